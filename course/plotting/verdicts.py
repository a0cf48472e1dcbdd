"""Rules of thumb on one page: effect, interval, and what follows from them."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from course.plotting.style import MARKERS, PALETTE

LOOKS = ((PALETTE[0], MARKERS[0]), (PALETTE[1], MARKERS[1]), ("0.45", MARKERS[3]))


def plot_verdicts(
    labels: Sequence[str], values, lows, highs, verdicts: Sequence[str], title: str, xlabel: str, limit: float, ax=None
):
    """Estimates with their intervals about a line at zero, one row per label, marked by the verdict on each.

    Args:
        labels: what is judged, top to bottom.
        values, lows, highs: estimate and ends of its interval, each of shape (labels,).
        verdicts: one per label; at most three different ones, each with a colour and a marker of its own.
        title: what the figure finds.
        xlabel: what is estimated, with its unit.
        limit: the axis runs from -limit to limit; an estimate beyond stands at the edge, with its value written there.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: not one finite estimate, interval and verdict per label, an estimate outside its interval, or too
            many verdicts.
    """
    values, lows, highs = (np.asarray(array, dtype=float) for array in (values, lows, highs))
    for array in (values, lows, highs):
        if array.shape != (len(labels),) or not np.isfinite(array).all():
            raise ValueError(f"expected one finite value for each of {len(labels)} labels, got {array}")
    if not ((lows <= values) & (values <= highs)).all():
        raise ValueError(f"expected every estimate inside its interval, got {values} in {lows} to {highs}")
    kinds = list(dict.fromkeys(verdicts))
    if len(verdicts) != len(labels) or len(kinds) > len(LOOKS):
        raise ValueError(f"expected one verdict for each of {len(labels)} labels, {len(LOOKS)} kinds, got {verdicts}")
    ax = plt.subplots(figsize=(9, 1.4 + 0.36 * len(labels)))[1] if ax is None else ax
    for row, (value, low, high, verdict) in enumerate(zip(values, lows, highs, verdicts, strict=True)):
        colour, marker = LOOKS[kinds.index(verdict)]
        ax.plot(np.clip([low, high], -limit, limit), [row, row], color=colour)
        ax.plot(np.clip(value, -limit, limit), row, color=colour, marker=marker, markersize=8, linestyle="none")
        if abs(value) > limit:
            inward = "left" if value < 0 else "right"
            offset = (8 if value < 0 else -8, 5)
            ax.annotate(
                f"{value:+.2f}",
                (np.copysign(limit, value), row),
                xytext=offset,
                textcoords="offset points",
                ha=inward,
                color=colour,
                fontsize=9,
            )
    ax.axvline(0, color="grey", linewidth=1, zorder=0)
    ax.set(title=title, xlabel=xlabel, xlim=(-1.03 * limit, 1.03 * limit), ylim=(len(labels) - 0.5, -0.5))
    ax.set_yticks(range(len(labels)), labels)
    ax.grid(visible=False, axis="y")
    keys = [Line2D([], [], color=c, marker=m, label=kind) for kind, (c, m) in zip(kinds, LOOKS, strict=False)]
    ax.figure.legend(handles=keys, loc="outside lower right", ncols=len(kinds))
    return ax
