"""A recurrent network drawn twice: as one cell with a loop, and unrolled, one copy of the cell for each time step."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from course.plotting.style import PALETTE

_FORWARD, _BACK, _INK = PALETTE[0], PALETTE[3], "0.15"  # blue and vermilion, solid and dashed: apart for every reader
_SPACING, _HALF, _WORD, _CELL, _OUT = 2.2, 0.5, 0.0, 1.6, 3.0  # between copies; half a box; heights of the three rows


def plot_unrolled(tokens: Sequence[str], title: str, outputs: Sequence[str] = (), gradient: bool = False, ax=None):
    """One copy of the cell per token, from left to right; every arrow of one kind carries the same weight matrix.

    Args:
        tokens: what is read, one per time step.
        title: what the figure shows.
        outputs: what is read off above each state, one per token; none leaves the row out.
        gradient: draw the way back of the gradient as well, from a loss L at the last state to the first word.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: there is no token, not one output per token, or outputs and gradient together.
    """
    if not len(tokens):
        raise ValueError("expected at least one token to draw a step for, got none")
    if gradient and len(outputs):
        raise ValueError("expected outputs or the gradient, got both; they would stand in the same place")
    if len(outputs) not in (0, len(tokens)):
        raise ValueError(f"expected no output or one per token: {len(tokens)} tokens, {len(outputs)} outputs")
    ax = plt.subplots(figsize=(1.9 * len(tokens) + 3.9, 3.8))[1] if ax is None else ax

    loop = -_SPACING - 0.1
    _box(ax, loop, _CELL, "$h_t$")
    _arrow(ax, (loop, _WORD + 0.3), (loop, _CELL - _HALF), "$W$")
    ax.text(loop, _WORD, "$x_t$", ha="center", va="center", fontsize=14, color=_INK)
    _arrow(ax, (loop + 0.35, _CELL + _HALF), (loop - 0.35, _CELL + _HALF), "$U$", curve=1.6)
    ax.text(loop + 1.2, _CELL, "=", ha="center", va="center", fontsize=22, color=_INK)

    ax.text(0, _CELL, "$h_0$", ha="center", va="center", fontsize=14, color=_INK)
    for step, token in enumerate(tokens, start=1):
        at, before = _SPACING * step, _SPACING * (step - 1)
        _box(ax, at, _CELL, f"$h_{{{step}}}$")
        ax.text(at, _WORD, token, ha="center", va="center", fontsize=13, color=_INK)
        _arrow(ax, (at, _WORD + 0.3), (at, _CELL - _HALF), "$W$")
        _arrow(ax, (before + (_HALF if step > 1 else 0.3), _CELL), (at - _HALF, _CELL), "$U$")
        if outputs:
            _arrow(ax, (at, _CELL + _HALF), (at, _OUT - 0.25), "")
            ax.text(at, _OUT, outputs[step - 1], ha="center", va="center", fontsize=13, color=_INK)
        if gradient and step > 1:
            _arrow(ax, (at - _HALF, _CELL - 0.3), (before + _HALF, _CELL - 0.3), r"$U^\top$", back=True)
        if gradient:
            _arrow(ax, (at + 0.2, _CELL - _HALF), (at + 0.2, _WORD + 0.3), "", back=True)
    if gradient:
        _arrow(ax, (at + 0.2, _OUT - 0.25), (at + 0.2, _CELL + _HALF), "", back=True)
        ax.text(at + 0.2, _OUT, "$L$", ha="center", va="center", fontsize=15, color=_BACK)
    ax.set(xlim=(loop - 0.9, at + 0.9), ylim=(_WORD - 0.5, _OUT + 0.4), title=title)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def _box(ax, x, y, words):
    corner, size = (x - _HALF, y - _HALF), 2 * _HALF
    ax.add_patch(
        FancyBboxPatch(corner, size, size, boxstyle="round,pad=0", facecolor="white", edgecolor=_INK, linewidth=1.5)
    )
    ax.text(x, y, words, ha="center", va="center", fontsize=15, color=_INK)


def _arrow(ax, start, end, name, back=False, curve=0.0):
    """An arrow, its weights written beside its middle: above it, left of it when it stands upright."""
    look = {"color": _BACK if back else _FORWARD, "linewidth": 2, "linestyle": "--" if back else "-"}
    bent = {"connectionstyle": f"arc3,rad={curve}"} if curve else {}
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, **look, **bent})
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if start[0] == end[0]:
        place = {"x": x - 0.1, "y": y, "ha": "right", "va": "center"}
    else:
        place = {"x": x, "y": y + (0.75 if curve else -0.1 if back else 0.08), "ha": "center"}
        place["va"] = "top" if back else "bottom"
    ax.text(**place, s=name, fontsize=13, color=look["color"])
