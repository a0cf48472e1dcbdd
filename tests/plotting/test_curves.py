import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.plotting.curves import plot_arrows, plot_bars, plot_by_distance, plot_intervals, plot_lines, plot_table


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_lines_carry_their_values_and_names():
    ax = plot_lines([1, 2, 3], {"a": [3, 2, 1], "b": [1, 4, 9]}, "b grows", "order (tokens)", "loss (nats)")
    np.testing.assert_array_equal([line.get_ydata() for line in ax.lines], [[3, 2, 1], [1, 4, 9]])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b"]
    assert (ax.get_title(loc="left") or ax.get_title()) == "b grows"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("order (tokens)", "loss (nats)")
    assert ax.get_xticks().tolist() == [1, 2, 3]  # no 1.5 between two orders


def test_infinite_values_leave_a_gap_instead_of_a_line_to_nowhere():
    ax = plot_lines([1, 2, 3], {"a": [3, np.inf, 1]}, "a", "x", "y")
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, True, False]


def test_log_axis_is_labelled_with_plain_numbers():
    ax = plot_lines([1, 2], {"a": [1, 2000]}, "a", "x", "y", log=True)
    ax.figure.canvas.draw()
    shown = {label.get_text() for label in ax.get_yticklabels()}
    assert {"1", "20", "1,000"} <= shown


def test_lines_are_drawn_on_the_axes_given():
    ax = plt.subplots()[1]
    assert plot_lines([1.0], {"a": [1]}, "a", "x", "y", ax=ax) is ax


def test_legend_stands_beside_the_data():
    ax = plot_lines([1, 2], {"a": [1, 2], "b": [2, 1]}, "a", "x", "y")
    ax.figure.canvas.draw()
    assert ax.get_legend().get_window_extent().x0 >= ax.get_window_extent().x1


def test_bars_read_from_top_to_bottom_with_their_values():
    ax = plot_bars(["first", "second"], [1234.56, 2], "first is longer", "tokens")
    assert [bar.get_width() for bar in ax.patches] == [1234.56, 2]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["first", "second"]
    assert ax.yaxis_inverted()
    assert {"1,234.6", "2.0"} <= {text.get_text() for text in ax.texts}


def test_table_shows_every_number():
    ax = plot_table([[0, 0.5, 1], [1, 0, 0]], ["r1", "r2"], ["a", "b", "c"], "half", number_format="{:.1f}")
    assert [text.get_text() for text in ax.texts] == ["0.0", "0.5", "1.0", "1.0", "0.0", "0.0"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b", "c"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plot_lines([1, 2], {}, "", "", ""), "at least one line"),
        (lambda: plot_lines([1, 2], {"a": [1]}, "", "", ""), r"expected 2 values.*'a'"),
        (lambda: plot_bars(["a"], [1, 2], "", ""), r"1 labels, got shape \(2,\)"),
        (lambda: plot_bars([], [], "", ""), "0 labels"),
        (lambda: plot_bars(["a"], [-1], "", ""), "got -1"),
        (lambda: plot_bars(["a"], [np.inf], "", ""), "finite"),
        (lambda: plot_table([[1, 2]], ["a"], ["b"], ""), r"\(1, 1\), got \(1, 2\)"),
        (lambda: plot_table([[np.nan]], ["a"], ["b"], ""), "finite"),
    ],
)
def test_figures_refuse_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_plot_by_distance_draws_the_mean_of_runs_and_a_band_that_holds_them():
    runs = np.array([[0.2, 0.4, 0.6], [0.4, 0.8, 1.0]])
    ax = plot_by_distance([1, 2, 3], {"one run": [1, 1, 1], "two runs": runs}, "t", "y", reference=("chance", 0.5))
    np.testing.assert_allclose(ax.lines[1].get_ydata(), [0.3, 0.6, 0.8])
    [band] = ax.collections
    corners = band.get_paths()[0].vertices
    assert (corners[:, 1].min(), corners[:, 1].max()) == (0.2, 1.0)
    assert ax.lines[2].get_ydata()[0] == 0.5


def test_plot_by_distance_takes_the_geometric_mean_on_a_logarithmic_axis():
    ax = plot_by_distance([1, 2], {"runs": [[1, 1], [100, 1]]}, "t", "y", log=True)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [10, 1])
    assert ax.get_yscale() == "log"


@pytest.mark.parametrize(
    ("lines", "log", "message"),
    [
        ({}, False, "at least one line"),
        ({"a": [1, 2]}, False, r"expected 3 values, one per distance, got \(2,\) for 'a'"),
        ({"a": [1, 0, 2]}, True, "positive values for a logarithmic axis, got 0"),
    ],
)
def test_plot_by_distance_refuses_what_does_not_fit(lines, log, message):
    with pytest.raises(ValueError, match=message):
        plot_by_distance([1, 2, 3], lines, "t", "y", log=log)


def test_plot_arrows_ends_each_arrow_at_its_vector():
    ax = plot_arrows({"a": (3, 1), "b": (-1, 2)}, "t", "x", "y")
    assert [text.xy for text in ax.texts] == [(3, 1), (-1, 2)]
    assert ax.get_aspect() == 1


def test_plot_arrows_refuses_other_than_two_entries():
    with pytest.raises(ValueError, match=r"expected two entries, got shape \(3,\) for 'a'"):
        plot_arrows({"a": (1, 2, 3)}, "t", "x", "y")


def test_plot_intervals_writes_the_first_label_on_top_and_the_interval_around_its_estimate():
    ax = plot_intervals(["a", "b"], [0.1, -0.2], [0.0, -0.5], [0.4, 0.3], "t", "difference")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert ax.yaxis_inverted()
    [bars] = ax.collections
    ends = [segment[:, 0].tolist() for segment in bars.get_segments()]
    np.testing.assert_allclose(ends, [[0.0, 0.4], [-0.5, 0.3]])


@pytest.mark.parametrize(
    ("values", "message"), [([0.1], "one finite value for each of 2 labels"), ([0.1, 2.0], "inside its interval")]
)
def test_plot_intervals_refuses_what_does_not_fit(values, message):
    with pytest.raises(ValueError, match=message):
        plot_intervals(["a", "b"], values, [0, 0], [1, 1], "t", "x")
