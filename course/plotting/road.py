"""The course drawn as a road: stations in order, coloured by part."""

import matplotlib.pyplot as plt
import numpy as np

from course.plotting.style import PALETTE


def plot_road(titles, parts, ready, per_row=5):
    """Lessons as numbered stations of one winding road.

    Args:
        titles: one short title per lesson, in order; may hold a line break.
        parts: the part each lesson belongs to; lessons of one part share a colour and its name in the legend.
        ready: whether each lesson can be opened; the others are drawn hollow.
        per_row: stations in a row before the road turns.

    Returns:
        The figure.

    Raises:
        ValueError: the three lists differ in length.
    """
    if not len(titles) == len(parts) == len(ready):
        raise ValueError(f"expected one part and one mark per title: {len(titles)}, {len(parts)}, {len(ready)}")
    row, column = np.divmod(np.arange(len(titles)), per_row)
    x = np.where(row % 2 == 0, column, per_row - 1 - column)  # every second row runs back
    y = -1.0 * row
    order = list(dict.fromkeys(parts))
    colour = {part: PALETTE[number % len(PALETTE)] for number, part in enumerate(order)}

    figure, ax = plt.subplots(figsize=(10, 1.2 * (row[-1] + 1) + 0.8))
    ax.plot(x, y, color="0.85", linewidth=14, solid_joinstyle="round", solid_capstyle="round", zorder=1)
    for number, (title, part) in enumerate(zip(titles, parts, strict=True)):
        face, ink = (colour[part], "white") if ready[number] else ("white", "0.25")
        ax.scatter(x[number], y[number], s=620, color=face, edgecolor=colour[part], linewidth=2.5, zorder=2)
        ax.text(x[number], y[number], f"{number + 1:02d}", color=ink, weight="bold", ha="center", va="center", zorder=3)
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # the road turns under some titles
        ax.text(x[number], y[number] - 0.24, title, ha="center", va="top", fontsize=10, bbox=ground, zorder=3)
    handles = [ax.scatter([], [], s=80, color=colour[part], label=part) for part in order]
    ax.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, fontsize=9)
    ax.set(xlim=(-0.6, per_row - 0.4), ylim=(y[-1] - 0.7, 0.35))
    ax.axis("off")
    return figure
