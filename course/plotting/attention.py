"""Where a decoder looked while it wrote, drawn over the source and the target."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np

from course.plotting.style import GATE_CMAP


def plot_alignment(attention_weights, source: Sequence[str], target: Sequence[str], title: str, ax=None):
    """Heat map of attention weights: source across, target down, dark for no weight (0) and light for all of it (1).

    Args:
        attention_weights: shape (target_steps, source_steps); each row sums to 1.
        source, target: a token for each column and each row.
        title: what the figure shows.
        ax: where to draw; a new figure when not given.

    Returns:
        The axes.

    Raises:
        ValueError: the tokens do not fit the weights, or a row is not a distribution.
    """
    attention_weights = np.asarray(attention_weights, dtype=float)
    if attention_weights.shape != (len(target), len(source)) or not attention_weights.size:
        raise ValueError(
            f"expected weights of shape (target, source) = {(len(target), len(source))}, got {attention_weights.shape}"
        )
    sums = attention_weights.sum(axis=1)
    if not (attention_weights.min() >= 0 and np.allclose(sums, 1, atol=1e-3)):  # float32, or rounded for storing
        raise ValueError(
            f"expected weights of at least 0 and rows that sum to 1, got weights from {attention_weights.min():.3g} "
            f"and sums {sums.min():.3g} … {sums.max():.3g}: one row for each target token?"
        )
    if ax is None:
        width, height = 0.42 * len(source) + 3.2, 0.34 * len(target) + 1.6  # inches
        ax = plt.subplots(figsize=(np.clip(width, 4.5, 14), np.clip(height, 3, 14)))[1]
    image = ax.imshow(attention_weights, aspect="auto", cmap=GATE_CMAP, vmin=0, vmax=1, interpolation="nearest")
    ax.figure.colorbar(image, ax=ax, label="attention weight", pad=0.02)
    ax.set_xticks(range(len(source)), source, rotation=60, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(target)), target)
    ax.set_xticks(np.arange(1, len(source)) - 0.5, minor=True)
    ax.set_yticks(np.arange(1, len(target)) - 0.5, minor=True)
    ax.grid(visible=False)
    ax.grid(which="minor", color="0.35", linewidth=0.6)  # on a map that is mostly dark the eye loses its column
    ax.tick_params(which="minor", length=0)
    ax.set(title=title, xlabel="source read", ylabel="target written")
    return ax
