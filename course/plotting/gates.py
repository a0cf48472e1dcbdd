"""Gates and cell states of a sequence, drawn over its tokens."""

import matplotlib.pyplot as plt
import numpy as np

from course.plotting.style import GATE_CMAP, STATE_CMAP, line_style


def plot_gate(activations, tokens, title, ax=None):
    """Heat map of one gate: units down, tokens across, dark for closed (0) and light for open (1).

    Args:
        activations: one text's gate, shape (steps, units), values 0 … 1.
        tokens: the token read at each step.
        title: what the figure shows.
        ax: where to draw; a new figure when not given.

    Returns:
        The axes.

    Raises:
        ValueError: tokens and steps differ in number, or a value is no gate's.
    """
    activations = _steps_by_units(activations, tokens)
    if activations.min() < 0 or activations.max() > 1:
        raise ValueError(
            f"expected gate values 0 … 1, got {activations.min():.3g} … {activations.max():.3g}: "
            "for candidates and states use plot_cell_state"
        )
    return _heat_map(activations, tokens, title, ax, GATE_CMAP, (0, 1), "gate: 0 closed, 1 open")


def plot_cell_state(states, tokens, title, ax=None):
    """Heat map of signed values (cell state, hidden state, candidate): units down, tokens across, white for zero.

    Args:
        states: one text's values, shape (steps, units).
        tokens, title, ax: as in `plot_gate`.

    Returns:
        The axes.

    Raises:
        ValueError: tokens and steps differ in number.
    """
    states = _steps_by_units(states, tokens)
    largest = float(np.abs(states).max()) or 1.0
    return _heat_map(states, tokens, title, ax, STATE_CMAP, (-largest, largest), "value")


def plot_mean_gates(gates, tokens, title, ax=None):
    """The mean over all units of each gate, token by token; a band holds the middle half of the units.

    Args:
        gates: one text's gates by name, each of shape (steps, units), values 0 … 1.
        tokens, title, ax: as in `plot_gate`.

    Returns:
        The axes.

    Raises:
        ValueError: tokens and steps differ in number.
    """
    ax = ax or plt.subplots(figsize=(_width(tokens), 3.4))[1]
    steps = np.arange(len(tokens))
    for number, (name, activations) in enumerate(gates.items()):
        activations = _steps_by_units(activations, tokens)
        look = line_style(number)
        low, high = np.percentile(activations, [25, 75], axis=1)
        ax.fill_between(steps, low, high, color=look["color"], alpha=0.15, linewidth=0)
        ax.plot(steps, activations.mean(axis=1), **look, label=name.replace("_", " "))
    ax.set(title=title, ylim=(-0.02, 1.02), ylabel="mean over units\n0 closed, 1 open", xlabel="token read")
    _token_axis(ax, tokens)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))  # beside the data, never over it
    return ax


def _steps_by_units(values, tokens):
    values = np.asarray(values)
    if values.ndim != 2:
        raise ValueError(f"expected one text, shape (steps, units), got {values.shape}")
    if len(tokens) != len(values):
        raise ValueError(f"expected one token per time step: {len(values)} steps, {len(tokens)} tokens")
    return values


def _heat_map(values, tokens, title, ax, cmap, limits, label):
    ax = ax or plt.subplots(figsize=(_width(tokens), 3.4))[1]
    image = ax.imshow(
        values.T, aspect="auto", cmap=cmap, vmin=limits[0], vmax=limits[1], interpolation="nearest", rasterized=True
    )
    ax.figure.colorbar(image, ax=ax, label=label, pad=0.015)
    ax.set(title=title, ylabel="unit", xlabel="token read")
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.grid(visible=False)
    _token_axis(ax, tokens)
    return ax


def _token_axis(ax, tokens):
    """Every token written once; upright only while there is room for it."""
    upright = max(len(token) for token in tokens) * len(tokens) <= 80  # characters across a figure of usual width
    turn = {} if upright else {"rotation": 60, "ha": "right", "rotation_mode": "anchor"}
    ax.set_xticks(np.arange(len(tokens)), tokens, **turn)


def _width(tokens):
    return float(np.clip(0.42 * len(tokens) + 2.5, 6.0, 14.0))  # inches
