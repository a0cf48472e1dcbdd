import matplotlib.pyplot as plt
import pytest

from course.plotting.verdicts import plot_verdicts

THREE = (["a", "b", "c"], [-0.1, 0.0, 0.9], [-0.2, -0.1, 0.8], [-0.05, 0.1, 1.0], ["held", "noise", "failed"])


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_verdicts_differ_in_colour_and_in_marker():
    ax = plot_verdicts(*THREE, "three rules", "nats", limit=0.5)
    points = [line for line in ax.lines if line.get_marker() not in ("None", None, "") and len(line.get_xdata()) == 1]
    assert len({str(point.get_color()) for point in points}) == 3
    assert len({point.get_marker() for point in points}) == 3
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["held", "noise", "failed"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b", "c"]
    assert ax.yaxis_inverted()


def test_an_estimate_beyond_the_limit_stands_at_the_edge_with_its_value():
    ax = plot_verdicts(*THREE, "three rules", "nats", limit=0.5)
    assert [text.get_text() for text in ax.texts] == ["+0.90"]
    [xs] = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2 and set(line.get_ydata()) == {2}]
    assert list(xs) == [0.5, 0.5]
    low, high = ax.get_xlim()
    assert low < -0.5 < 0.5 < high


@pytest.mark.parametrize(
    ("position", "wrong", "message"),
    [
        (1, [0.0, 0.0], "one finite value"),
        (1, [-0.3, 0.0, 0.9], "inside its interval"),
        (3, [-0.05, float("nan"), 1.0], "one finite value"),
        (4, ["held", "noise"], "one verdict for each"),
    ],
)
def test_what_does_not_fit_is_refused(position, wrong, message):
    arguments = list(THREE)
    arguments[position] = wrong
    with pytest.raises(ValueError, match=message):
        plot_verdicts(*arguments, "three rules", "nats", limit=0.5)


def test_a_fourth_verdict_is_refused():
    with pytest.raises(ValueError, match="3 kinds"):
        plot_verdicts(list("abcd"), [0] * 4, [0] * 4, [0] * 4, list("wxyz"), "four", "nats", limit=0.5)
