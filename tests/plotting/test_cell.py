import matplotlib.pyplot as plt
import pytest

from course.plotting.cell import plot_cell


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def words(ax):
    return [text.get_text() for text in ax.texts]


def widths(ax):
    """Line width of the roads that carry traffic, in points."""
    return sorted({line.get_linewidth() for line in ax.lines if line.get_color() == ax.lines[1].get_color()})


@pytest.mark.parametrize(
    ("gates", "said"),
    [
        ((1, 0, 0), ["$f_t$ = 1.00\nkeep", "$i_t$ = 0.00\nblock", "$o_t$ = 0.00\nhide"]),
        ((0, 1, 1), ["$f_t$ = 0.00\nerase", "$i_t$ = 1.00\nwrite", "$o_t$ = 1.00\nshow"]),
        ((0.5, 0.5, 0.5), ["$f_t$ = 0.50\nkeep some", "$i_t$ = 0.50\nwrite some", "$o_t$ = 0.50\nshow some"]),
    ],
)
def test_each_light_says_in_words_what_its_gate_does(gates, said):
    assert [text for text in words(plot_cell(*gates, "cell")) if " = " in text] == said


def test_traffic_behind_a_light_is_as_wide_as_its_gate_is_open():
    assert {0.25 * 9, 0.5 * 9, 0.75 * 9, 9} <= set(widths(plot_cell(0.25, 0.5, 0.75, "cell")))


def test_a_number_that_is_no_gate_is_refused():
    with pytest.raises(ValueError, match=r"expected input_gate from 0 .* to 1 .*, got 1.5"):
        plot_cell(0, 1.5, 0, "cell")
