import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.plotting.memory import plot_memory

CONTENTS = [["London", "London", "Rome"], ["", "38", ""]]
KEEP, WRITE = [[0, 1, 0], [1, 0, 0]], [[1, 0, 1], [0, 1, 0]]


def draw(contents=CONTENTS, keep=KEEP, write=WRITE):
    return plot_memory(contents, keep, write, ["home", "age"], ["one", "two", "three"], "Kept, written, erased")


def test_every_cell_shows_what_it_holds_and_the_legend_only_what_occurs():
    ax = draw()
    assert [text.get_text() for text in ax.texts] == list(np.ravel(CONTENTS))
    assert len(ax.patches) == 6
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert [name.split(": ")[1] for name in legend] == ["kept", "written anew", "erased"]
    plt.close(ax.figure)


def test_kept_and_written_cells_differ():
    ax = draw()
    kept, written = ax.patches[1], ax.patches[0]
    assert kept.get_facecolor()[:3] != written.get_facecolor()[:3]  # not by its transparency alone
    assert ax.patches[5].get_hatch() != written.get_hatch()  # erased, not by colour alone
    plt.close(ax.figure)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"keep": [[1, 1], [1, 1]]}, r"expected arrays of shape \(2, 3\), got \(2, 2\)"),
        ({"write": [[0.5, 0, 0], [0, 0, 0]]}, "expected keep and write of 0 or 1"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        draw(**wrong)
