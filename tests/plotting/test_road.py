import matplotlib.pyplot as plt
import pytest

from course.plotting.road import plot_road


def test_road_names_every_lesson_and_part():
    figure = plot_road(["one", "two", "three"], ["A", "A", "B"], [True, True, False], per_row=2)
    words = {text.get_text() for text in figure.axes[0].texts}
    assert {"one", "two", "three", "01", "02", "03"} <= words
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["A", "B"]
    plt.close(figure)


def test_road_refuses_lists_of_different_lengths():
    with pytest.raises(ValueError, match="2, 1, 2"):
        plot_road(["one", "two"], ["A"], [True, True])
