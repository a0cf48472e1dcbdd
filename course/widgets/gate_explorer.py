"""Choose a sentence, a gate and units, and see the gate work."""

import os
from collections.abc import Callable, Mapping, Sequence

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

from course.plotting.gates import plot_cell_state, plot_gate
from course.plotting.style import show

Reading = tuple[Sequence[str], Mapping[str, np.ndarray]]


def gate_figure(reading: Reading, name: str, first_unit: int = 0, units: int = 16):
    """One gate or state of a reading as a heat map, and a sentence that says the same.

    Args:
        reading: tokens, and arrays of shape (steps, units) by name, such as one row of `gates`.
        name: which array; names that end in "gate" are drawn on the scale 0 … 1, all others about zero.
        first_unit, units: which units to draw; fewer at the end of the layer.

    Returns:
        The figure and its alternative text.

    Raises:
        ValueError: there is no array of this name, or no such unit.
    """
    tokens, arrays = reading
    if name not in arrays:
        raise ValueError(f"expected one of {sorted(arrays)}, got {name!r}")
    values = np.asarray(arrays[name])
    if not 0 <= first_unit < values.shape[1]:
        raise ValueError(f"expected a first unit from 0 to {values.shape[1] - 1}, got {first_unit}")
    values = values[:, first_unit : first_unit + units]
    plot = plot_gate if name.endswith("gate") else plot_cell_state
    last_unit = first_unit + values.shape[1] - 1
    ax = plot(values, tokens, f"{name.replace('_', ' ').capitalize()}, units {first_unit} to {last_unit}")
    rows = np.arange(values.shape[1])[:: max(1, values.shape[1] // 8)]
    ax.set_yticks(rows, rows + first_unit)
    means = values.mean(axis=1)
    high, low = int(means.argmax()), int(means.argmin())
    alt = (
        f"Heat map of the {name.replace('_', ' ')}, units {first_unit} to {last_unit}, over {len(tokens)} tokens. "
        f"Its mean over these units is highest, {means[high]:.2f}, at “{tokens[high]}” (token {high + 1}) "
        f"and lowest, {means[low]:.2f}, at “{tokens[low]}” (token {low + 1})."
    )
    return ax.figure, alt


def gate_explorer(
    read: Callable[[str], Reading], sentences: Sequence[str], name: str = "forget_gate", units: int = 16
) -> None:
    """Display a sentence to choose or type, a gate to choose, units to scroll through, and the heat map below.

    In a static run (COURSE_STATIC=1) it displays the heat map of the first sentence alone.

    Args:
        read: from one sentence to its tokens and its arrays of shape (steps, units) by name.
        sentences: offered in the list; any other can be typed.
        name: the gate shown first.
        units: how many units are drawn at a time.
    """
    reading = read(sentences[0])
    if os.environ.get("COURSE_STATIC") == "1":
        show(*gate_figure(reading, name, 0, units))
        return
    arrays = reading[1]
    last = max(0, arrays[name].shape[1] - units)
    wide = {"layout": {"width": "48em"}, "style": {"description_width": "6em"}}
    text = ipywidgets.Combobox(value=sentences[0], options=list(sentences), description="Sentence", **wide)
    text.continuous_update = False
    gate = ipywidgets.Dropdown(options=[(n.replace("_", " "), n) for n in arrays], value=name, description="Show")
    first_unit = ipywidgets.IntSlider(0, 0, last, description="First unit", continuous_update=False)
    below = ipywidgets.Output()

    def update(_=None):
        below.clear_output(wait=True)
        with below:
            try:
                show(*gate_figure(read(text.value), gate.value, first_unit.value, units))
            except ValueError as error:  # a text that cannot be read gets an answer, not a traceback
                plt.close("all")
                print(error)

    for control in (text, gate, first_unit):
        control.observe(update, names="value")
    box = ipywidgets.VBox([text, ipywidgets.HBox([gate, first_unit]), below])
    update()
    display(box)
