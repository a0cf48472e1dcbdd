"""Which outputs of a model depend on which of its inputs, as a square of marks."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

from course.plotting.style import PALETTE


def plot_dependence(seen, tokens: Sequence[str], title: str, answers: Sequence[int] = (), ax=None):
    """One row per output, one column per input; dark where the output depends on the input, a ring where its answer is.

    A ring on a dark square is an answer that the model can read off.

    Args:
        seen: bool, shape (outputs, inputs), as many outputs as inputs.
        tokens: the input tokens, in order.
        title: what the figure finds.
        answers: for each output the column where its right answer stands; -1 or beyond the last column: nowhere.
        ax: where to draw; None makes a new figure.

    Returns:
        the matplotlib axes.

    Raises:
        ValueError: the tokens or the answers do not fit the square.
    """
    seen = np.asarray(seen, dtype=bool)
    if seen.shape != (len(tokens), len(tokens)):
        raise ValueError(f"expected a row and a column for each of {len(tokens)} tokens, got shape {seen.shape}")
    if len(answers) not in (0, len(tokens)):
        raise ValueError(f"expected no answers or one for each of {len(tokens)} outputs, got {len(answers)}")
    ax = plt.subplots(figsize=(1.6 + 0.42 * len(tokens), 1.6 + 0.36 * len(tokens)))[1] if ax is None else ax
    ax.imshow(seen, cmap=ListedColormap(["white", PALETTE[0]]), vmin=0, vmax=1, aspect="auto")
    ringed = [(column, row) for row, column in enumerate(answers) if 0 <= column < len(tokens)]
    if ringed:
        ax.plot(*zip(*ringed, strict=True), "o", markersize=11, markerfacecolor="none", markeredgecolor="white", mew=5)
        ax.plot(
            *zip(*ringed, strict=True), "o", markersize=11, markerfacecolor="none", markeredgecolor=PALETTE[3], mew=2.5
        )
    places = np.arange(len(tokens))
    ax.set_xticks(places, tokens, rotation=60, ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    ax.set_yticks(places, places + 1)
    ax.set_xticks(places - 0.5, minor=True)
    ax.set_yticks(places - 0.5, minor=True)
    ax.grid(visible=False)
    ax.grid(which="minor", color="lightgrey", linewidth=1)
    ax.tick_params(which="minor", length=0)
    ax.set(ylabel="output at step")
    ax.set_title(title)
    return ax
