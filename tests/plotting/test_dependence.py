import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.plotting.dependence import plot_dependence

TOKENS = ["I", "love", "tea"]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_squares_are_the_dependences_and_rings_the_answers():
    seen = np.tril(np.ones((3, 3), bool))
    ax = plot_dependence(seen, TOKENS, "It sees the past", answers=[1, 2, 3])
    np.testing.assert_array_equal(ax.images[0].get_array(), seen)
    assert [label.get_text() for label in ax.get_xticklabels()][:3] == TOKENS
    np.testing.assert_array_equal(ax.lines[-1].get_xydata(), [(1, 0), (2, 1)])  # the third answer is no input
    assert ax.get_title(loc="left") + ax.get_title() == "It sees the past"


def test_without_answers_there_are_no_rings():
    assert not plot_dependence(np.eye(3), TOKENS, "It sees itself").lines


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="for each of 3 tokens, got shape"):
        plot_dependence(np.eye(2), TOKENS, "too small")
    with pytest.raises(ValueError, match="one for each of 3 outputs, got 2"):
        plot_dependence(np.eye(3), TOKENS, "too few", answers=[1, 2])
