import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import FancyBboxPatch

from course.plotting.unrolled import plot_unrolled

WORDS = ["I", "love", "pizza"]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def words(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def arrows(ax, linestyle):
    """(start, end) of each arrow drawn in that linestyle."""
    found = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    return [(text.xyann, text.xy) for text in found if text.arrow_patch.get_linestyle() == linestyle]


def cells(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def test_there_is_one_copy_of_the_cell_per_token_beside_the_loop():
    ax = plot_unrolled(WORDS, "three words")
    assert len(cells(ax)) == 1 + 3
    assert [word for word in words(ax) if word in WORDS] == WORDS
    assert [word for word in words(ax) if word.startswith("$h")] == ["$h_t$", "$h_0$", "$h_{1}$", "$h_{2}$", "$h_{3}$"]


def test_every_copy_has_the_same_two_weight_matrices():
    written = words(plot_unrolled(WORDS, "three words"))
    assert written.count("$W$") == written.count("$U$") == 1 + 3


def test_outputs_stand_above_their_tokens():
    ax = plot_unrolled(WORDS, "three words", outputs=["love?", "pizza?", ".?"])
    place = {text.get_text(): text.get_position() for text in ax.texts}
    for token, output in zip(WORDS, ["love?", "pizza?", ".?"], strict=True):
        assert place[token][0] == place[output][0]
        assert place[token][1] < place[output][1]


def test_the_gradient_enters_at_the_last_state_and_goes_back_to_the_first():
    ax = plot_unrolled(WORDS, "three words", gradient=True)
    level = [(start[0], end[0]) for start, end in arrows(ax, "--") if start[1] == end[1]]
    assert len(level) == 2  # between three states
    assert all(end < start for start, end in level)
    down = [(start, end) for start, end in arrows(ax, "--") if start[0] == end[0]]
    assert len(down) == 1 + 3  # the loss, and a share at each word
    assert all(end[1] < start[1] for start, end in down)
    assert words(ax).count(r"$U^\top$") == 2


def test_without_a_gradient_nothing_points_back():
    assert arrows(plot_unrolled(WORDS, "three words"), "--") == []


def test_all_forward_arrows_of_the_steps_point_right_or_up():
    forward = arrows(plot_unrolled(WORDS, "three words", outputs=["a", "b", "c"]), "-")
    assert len(forward) == 2 + 3 * 3  # the loop has two; each step reads, hands on and puts out
    steps = [(start, end) for start, end in forward if start[0] >= 0]
    assert len(steps) == 9
    assert all(end[0] > start[0] or end[1] > start[1] for start, end in steps)


@pytest.mark.parametrize(
    ("tokens", "options", "message"),
    [
        ([], {}, "at least one token"),
        (WORDS, {"outputs": ["love?"]}, "3 tokens, 1 outputs"),
        (WORDS, {"outputs": WORDS, "gradient": True}, "outputs or the gradient"),
    ],
)
def test_what_does_not_fit_is_refused(tokens, options, message):
    with pytest.raises(ValueError, match=message):
        plot_unrolled(tokens, "refused", **options)
