"""The LSTM cell drawn as a road with three traffic lights."""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle, FancyBboxPatch

from course.plotting.style import PALETTE

_OPEN, _CLOSED, _INK, _PALE = PALETTE[0], PALETTE[3], "0.15", "0.8"  # blue and vermilion: apart for every reader
_WORDS = {"F": ("keep", "erase"), "I": ("write", "block"), "O": ("show", "hide")}


def plot_cell(forget_gate, input_gate, output_gate, title, ax=None):
    """One LSTM cell with its gates as traffic lights; behind each light the road is as wide as the gate is open.

    The upper lamp, marked 1, shines when the gate is open, the lower, marked 0, when it is closed: position, mark and
    word say what the colour says.

    Args:
        forget_gate, input_gate, output_gate: one number each, 0 closed … 1 open.
        title: what the figure shows.
        ax: where to draw; a new figure when not given.

    Returns:
        The axes.

    Raises:
        ValueError: a gate is not between 0 and 1.
    """
    for name, value in [("forget_gate", forget_gate), ("input_gate", input_gate), ("output_gate", output_gate)]:
        if not 0 <= value <= 1:
            raise ValueError(f"expected {name} from 0 (closed) to 1 (open), got {value}")
    ax = ax or plt.subplots(figsize=(7.5, 4.2))[1]

    _road(ax, [(0.9, 4.0), (2.6, 4.0)], 1)  # the memory road: c_{t-1}, forget light, plus, c_t
    _road(ax, [(2.6, 4.0), (4.9, 4.0)], forget_gate)
    _road(ax, [(4.9, 4.0), (9.2, 4.0)], 1, arrow=True)
    _road(ax, [(4.9, 1.2), (4.9, 2.5)], 1)  # the candidate, the input light, up to the plus
    _road(ax, [(4.9, 2.5), (4.9, 4.0)], input_gate)
    _road(ax, [(7.4, 4.0), (7.4, 2.1)], 1)  # the memory through tanh and the output light: h_t
    _road(ax, [(7.4, 2.1), (7.4, 0.8), (9.2, 0.8)], output_gate, arrow=True)

    for x, foot in [(2.6, 3.4), (3.6, 2.5), (6.1, 2.1)]:  # what sets the lights
        ax.plot([x, x], [0.3, foot], color="0.55", linestyle=":", linewidth=1.4, zorder=1)
    ax.plot([1.0, 6.1], [0.3, 0.3], color="0.55", linestyle=":", linewidth=1.4, zorder=1)
    for start, end, y in [(3.6, 4.6, 2.5), (6.1, 7.1, 2.1)]:
        ax.plot([start, end], [y, y], color="0.55", linestyle=":", linewidth=1.4, zorder=1)
    ax.plot([4.9, 4.9], [0.3, 1.0], color="0.55", linestyle=":", linewidth=1.4, zorder=1)

    ax.add_patch(Circle((4.9, 4.0), 0.26, facecolor="white", edgecolor=_INK, linewidth=1.5, zorder=5))
    ax.text(4.9, 3.98, "+", ha="center", va="center", fontsize=16, color=_INK, zorder=6)
    _box(ax, 4.9, 1.2, r"$\tilde{c}_t$")
    _box(ax, 7.4, 3.2, "tanh")
    _box(ax, 1.0, 0.3, r"$x_t,\ h_{t-1}$", width=1.5)
    for x, y, words in [(0.5, 4.0, r"$c_{t-1}$"), (9.6, 4.0, r"$c_t$"), (9.6, 0.8, r"$h_t$")]:
        ax.text(x, y, words, ha="center", va="center", fontsize=14, color=_INK)

    _light(ax, 2.6, 4.0, "F", forget_gate, words_at=(2.6, 5.0))
    _light(ax, 4.9, 2.5, "I", input_gate, words_at=(5.3, 2.5))
    _light(ax, 7.4, 2.1, "O", output_gate, words_at=(7.8, 2.1))
    ax.set(xlim=(0, 10), ylim=(-0.1, 5.4), title=title)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def _road(ax, points, share, arrow=False):
    """A road whose traffic is `share` of its width; the empty road stays visible as a pale strip."""
    x, y = zip(*points, strict=True)
    ax.plot(x, y, color=_PALE, linewidth=9, solid_capstyle="butt", solid_joinstyle="miter", zorder=2)
    if share > 0:
        ax.plot(x, y, color=_OPEN, linewidth=9 * share, solid_capstyle="butt", solid_joinstyle="miter", zorder=3)
    if arrow:
        ax.plot(x[-1], y[-1], marker=">", markersize=13, color=_OPEN if share > 0 else _PALE, zorder=3)


def _light(ax, x, y, letter, gate, words_at):
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.24, y - 0.5), 0.48, 1.0, boxstyle="round,pad=0.04", facecolor="0.25", edgecolor="white", zorder=6
        )
    )
    for dy, colour, brightness, mark in [(0.24, _OPEN, gate, "1"), (-0.24, _CLOSED, 1 - gate, "0")]:
        ax.add_patch(Circle((x, y + dy), 0.2, facecolor="0.4", edgecolor="0.6", zorder=7))
        ax.add_patch(Circle((x, y + dy), 0.2, facecolor=colour, alpha=brightness, zorder=8))
        ink = "white" if brightness >= 0.5 else "0.6"
        ax.text(x, y + dy - 0.01, mark, ha="center", va="center", color=ink, fontsize=10, weight="bold", zorder=9)
    opened, closed = _WORDS[letter]
    word = opened if gate > 0.9 else closed if gate < 0.1 else f"{opened} some"
    side = {"ha": "center", "va": "center"} if letter == "F" else {"ha": "left", "va": "center"}
    ax.text(*words_at, f"${letter.lower()}_t$ = {gate:.2f}\n{word}", fontsize=11, color=_INK, zorder=9, **side)


def _box(ax, x, y, words, width=0.9):
    ax.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - 0.26),
            width,
            0.52,
            boxstyle="round,pad=0.05",
            facecolor="white",
            edgecolor=_INK,
            zorder=5,
        )
    )
    ax.text(x, y, words, ha="center", va="center", fontsize=12, color=_INK, zorder=6)
