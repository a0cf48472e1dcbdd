"""Lines, bars and annotated tables from plain arrays."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from matplotlib.ticker import LogLocator, NullFormatter

from course.plotting.style import PALETTE, line_styles


def plot_lines(x, lines: Mapping[str, Sequence[float]], title: str, xlabel: str, ylabel: str, log=False, ax=None):
    """One line per name over the same x; values that are not finite leave a gap.

    Args:
        x: shape (points,).
        lines: name to values, each of shape (points,). The legend stands beside the axes, in this order.
        title: what the figure finds.
        xlabel, ylabel: with units.
        log: logarithmic y axis.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: there is no line, or one that does not have one value per point.
    """
    x = np.asarray(x)
    if not lines:
        raise ValueError("expected at least one line, got none")
    for name, values in lines.items():
        if np.shape(values) != x.shape:
            raise ValueError(f"expected {len(x)} values, one per point, got shape {np.shape(values)} for {name!r}")
    ax = plt.subplots()[1] if ax is None else ax
    for look, (name, values) in zip(line_styles(lines), lines.items(), strict=True):
        values = np.asarray(values, dtype=float)
        ax.plot(x, np.where(np.isfinite(values), values, np.nan), label=name, **look)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    if log:
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.yaxis.set_major_formatter("{x:,.10g}")  # 200, not 2 × 10²
        ax.yaxis.set_minor_formatter(NullFormatter())
    if x.dtype.kind == "i" and len(x) <= 12:
        ax.set_xticks(x)
    if len(lines) > 1:
        ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return ax


def plot_bars(labels: Sequence[str], values, title: str, xlabel: str, number_format: str = "{:,.1f}", ax=None):
    """One horizontal bar per label, top to bottom, with its value written at its end.

    Args:
        labels: names of the bars.
        values: shape (bars,), not negative.
        title: what the figure finds.
        xlabel: what is measured, with its unit.
        number_format: of the written values.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: not one finite value of at least 0 per label, or no label.
    """
    values = np.asarray(values, dtype=float)
    if not len(labels) or values.shape != (len(labels),):
        raise ValueError(f"expected one value for each of {len(labels)} labels, got shape {values.shape}")
    if not (np.isfinite(values) & (values >= 0)).all():
        raise ValueError(f"expected finite values of at least 0, got {values.min()} to {values.max()}")
    ax = plt.subplots(figsize=(7.5, 1.2 + 0.4 * len(labels)))[1] if ax is None else ax
    bars = ax.barh(range(len(labels)), values, color=PALETTE[0], height=0.65)
    ax.bar_label(bars, [number_format.format(value) for value in values], padding=4)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.grid(visible=False, axis="y")
    ax.set(title=title, xlabel=xlabel)
    return ax


def plot_table(values, rows: Sequence[str], columns: Sequence[str], title: str, number_format: str = "{:g}", ax=None):
    """A table of numbers whose cells are darker the larger the number; zeros stay white, so that they can be seen.

    Args:
        values: shape (rows, columns), not negative.
        rows, columns: their names.
        title: what the figure finds.
        number_format: of the numbers in the cells.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: the values do not fit the names, or one is negative or not finite.
    """
    values = np.asarray(values, dtype=float)
    if values.shape != (len(rows), len(columns)) or not values.size:
        raise ValueError(f"expected values of shape {(len(rows), len(columns))}, got {values.shape}")
    if not (np.isfinite(values) & (values >= 0)).all():
        raise ValueError(f"expected finite values of at least 0, got {values.min()} to {values.max()}")
    if ax is None:
        ax = plt.subplots(figsize=(2 + 0.85 * len(columns), 1.4 + 0.38 * len(rows)))[1]
    sns.heatmap(
        values,
        vmin=0,
        annot=np.array([[number_format.format(value) for value in row] for row in values]),
        fmt="",
        cmap="Blues",
        cbar=False,
        linewidths=1,
        linecolor="lightgrey",
        xticklabels=columns,
        yticklabels=rows,
        ax=ax,
    )
    ax.tick_params(axis="x", labeltop=True, labelbottom=False, rotation=0)
    ax.tick_params(axis="y", rotation=0)
    ax.set_title(title)
    return ax


def plot_by_distance(
    distances,
    lines: Mapping[str, Sequence],
    title: str,
    ylabel: str,
    xlabel: str = "distance, time steps",
    log: bool = False,
    reference: tuple[str, float] | None = None,
    ax=None,
):
    """One line per name over the distance between a cause and its effect; several runs become a mean and a band.

    Args:
        distances: shape (points,).
        lines: name to values of shape (points,), or (runs, points): the line is their mean, the band holds them all.
        title: what the figure finds.
        ylabel, xlabel: with units.
        log: logarithmic y axis; the mean is then the geometric one.
        reference: name and height of a thin level line, such as chance.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: there is no line, one does not have one value per distance, or a logarithm is asked of 0.
    """
    distances = np.asarray(distances)
    if not lines:
        raise ValueError("expected at least one line, got none")
    ax = plt.subplots()[1] if ax is None else ax
    for look, (name, values) in zip(line_styles(lines), lines.items(), strict=True):
        runs = np.atleast_2d(np.asarray(values, dtype=float))
        if runs.ndim != 2 or runs.shape[1:] != distances.shape:
            raise ValueError(f"expected {len(distances)} values, one per distance, got {np.shape(values)} for {name!r}")
        if log and not (runs > 0).all():
            raise ValueError(f"expected positive values for a logarithmic axis, got {runs.min()} for {name!r}")
        mean = np.exp(np.log(runs).mean(axis=0)) if log else runs.mean(axis=0)
        ax.plot(distances, mean, label=name, markevery=max(1, len(distances) // 8), **look)
        if len(runs) > 1:
            ax.fill_between(distances, runs.min(axis=0), runs.max(axis=0), color=look["color"], alpha=0.15, linewidth=0)
    if reference is not None:
        name, height = reference
        ax.axhline(height, color="grey", linewidth=1, zorder=1)
        clear = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
        where = {"xycoords": ("axes fraction", "data"), "ha": "right", "va": "bottom"}
        ax.annotate(name, (1, height), color="dimgrey", bbox=clear, **where)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    if log:
        ax.set_yscale("log")
    if len(lines) > 1:
        ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return ax


def plot_arrows(arrows: Mapping[str, Sequence[float]], title: str, xlabel: str, ylabel: str, ax=None):
    """Vectors of two entries as arrows from the origin, to compare their directions; both axes in one scale.

    Args:
        arrows: name to its two entries.
        title: what the figure finds.
        xlabel, ylabel: what the entries are.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: a vector does not have two entries.
    """
    ax = plt.subplots()[1] if ax is None else ax
    for look, (name, vector) in zip(line_styles(arrows), arrows.items(), strict=True):
        if np.shape(vector) != (2,):
            raise ValueError(f"expected two entries, got shape {np.shape(vector)} for {name!r}")
        x, y = vector
        ax.annotate("", (x, y), (0, 0), arrowprops={"arrowstyle": "-|>", "color": look["color"], "linewidth": 2})
        ax.plot(x, y, label=name, **look | {"linestyle": "none"})
    ax.axhline(0, color="grey", linewidth=1)
    ax.axvline(0, color="grey", linewidth=1)
    ax.set_aspect("equal")
    ax.margins(0.1)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return ax


def plot_intervals(labels: Sequence[str], values, lows, highs, title: str, xlabel: str, ax=None):
    """Estimates with their intervals, one row per label, top to bottom, about a line at zero.

    Args:
        labels: names of the estimates.
        values, lows, highs: estimate and ends of its interval, each of shape (labels,).
        title: what the figure finds.
        xlabel: what is estimated, with its unit.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: not one finite value per label, or an estimate outside its interval.
    """
    values, lows, highs = (np.asarray(array, dtype=float) for array in (values, lows, highs))
    for array in (values, lows, highs):
        if array.shape != (len(labels),) or not np.isfinite(array).all():
            raise ValueError(f"expected one finite value for each of {len(labels)} labels, got {array}")
    if not ((lows <= values) & (values <= highs)).all():
        raise ValueError(f"expected every estimate inside its interval, got {values} in {lows} to {highs}")
    ax = plt.subplots(figsize=(7.5, 1.3 + 0.5 * len(labels)))[1] if ax is None else ax
    rows = np.arange(len(labels))
    ax.errorbar(values, rows, xerr=[values - lows, highs - values], fmt="o", color=PALETTE[0], capsize=4)
    ax.axvline(0, color="grey", linewidth=1)
    ax.set_yticks(rows, labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False, axis="y")
    ax.set(title=title, xlabel=xlabel)
    return ax
