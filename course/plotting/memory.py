"""A memory of a few slots over time: what each holds, and what was kept and written."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch, Rectangle

from course.plotting.style import PALETTE

_LOOKS = {  # (keep, write): name, colour, hatch
    (1, 0): ("keep = 1, write = 0: kept", "white", ""),
    (0, 1): ("keep = 0, write = 1: written anew", PALETTE[0], ""),
    (1, 1): ("keep = 1, write = 1: added to", PALETTE[1], ".."),
    (0, 0): ("keep = 0, write = 0: erased", PALETTE[7], "//"),
}


def plot_memory(contents, keep, write, slots: Sequence[str], steps: Sequence[str], title: str, ax=None):
    """A grid of what each slot of a memory holds after each step; the ground says how it came about.

    Args:
        contents: strings, shape (slots, steps); "" for an empty slot.
        keep, write: 0 or 1, shape (slots, steps).
        slots, steps: their names.
        title: what the figure finds.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: the arrays do not fit the names, or a gate is neither 0 nor 1.
    """
    contents, keep, write = (np.asarray(array) for array in (contents, keep, write))
    for array in (contents, keep, write):
        if array.shape != (len(slots), len(steps)) or not array.size:
            raise ValueError(f"expected arrays of shape {(len(slots), len(steps))}, got {array.shape}")
    if not (np.isin(keep, (0, 1)).all() and np.isin(write, (0, 1)).all()):
        raise ValueError(f"expected keep and write of 0 or 1, got {np.unique([keep, write])}")
    ax = plt.subplots(figsize=(2 + 1.25 * len(steps), 1.9 + 0.5 * len(slots)))[1] if ax is None else ax
    used = set()
    for (slot, step), content in np.ndenumerate(contents):
        look = int(keep[slot, step]), int(write[slot, step])
        used.add(look)
        _, colour, hatch = _LOOKS[look]
        box = {"facecolor": colour, "hatch": hatch, "edgecolor": "grey", "alpha": 0.45 if look != (1, 0) else 1.0}
        ax.add_patch(Rectangle((step - 0.5, slot - 0.5), 1, 1, **box))
        ax.text(step, slot, content, ha="center", va="center", zorder=3)
    ax.set(xlim=(-0.5, len(steps) - 0.5), ylim=(len(slots) - 0.5, -0.5), title=title)
    ax.set_xticks(range(len(steps)), steps, rotation=25, ha="right")
    ax.set_yticks(range(len(slots)), slots)
    ax.grid(visible=False)
    patches = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="grey", label=name, alpha=0.45 if look != (1, 0) else 1.0)
        for look, (name, colour, hatch) in _LOOKS.items()
        if look in used
    ]
    ax.legend(handles=patches, loc="center left", bbox_to_anchor=(1, 0.5))
    return ax
