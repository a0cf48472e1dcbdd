"""The LSTM with peepholes and its eight variants: one step, and a whole sequence, every gate returned."""

from typing import NamedTuple

import numpy as np

from course.cells.activations import sigmoid
from course.cells.lstm import LSTMStep
from course.cells.weights import check_sequences


class Variant(NamedTuple):
    """Switches of an LSTM cell; as they stand, the cell of Graves & Schmidhuber (2005), which has peepholes.

    >>> Variant(output_gate=False).gates, Variant(coupled_gates=True, peepholes=False).blocks
    (('input_gate', 'forget_gate'), ('input_gate', 'candidate_cell', 'output_gate'))
    """

    input_gate: bool = True  # False: i = 1
    forget_gate: bool = True  # False: f = 1
    output_gate: bool = True  # False: o = 1
    input_activation: bool = True  # False: the candidate is linear, without its tanh
    output_activation: bool = True  # False: h = o * c, without the tanh
    coupled_gates: bool = False  # True: f = 1 - i
    peepholes: bool = True  # True: the gates see the cell state
    gate_recurrence: bool = False  # True: the gates see all gates of the step before

    @property
    def gates(self) -> tuple[str, ...]:
        """Names of the gates that have weights of their own, in the order i, f, o."""
        there = {
            "input_gate": self.input_gate,
            "forget_gate": self.forget_gate and not self.coupled_gates,
            "output_gate": self.output_gate,
        }
        return tuple(name for name, present in there.items() if present)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks of columns of the kernels, in the order i, f, c, o of `keras.layers.LSTM`."""
        order = ("input_gate", "forget_gate", "candidate_cell", "output_gate")
        return tuple(name for name in order if name in self.gates or name == "candidate_cell")

    def weight_shapes(self, features: int, units: int) -> dict[str, tuple[int, ...]]:
        """Names and shapes of all weights, in the order in which functions and layers take them.

        >>> Variant().weight_shapes(features=3, units=2)["peepholes"]  # one row for each of i, f, o
        (3, 2)
        """
        columns, gates = len(self.blocks) * units, len(self.gates)
        shapes = {"kernel": (features, columns), "recurrent_kernel": (units, columns), "bias": (columns,)}
        if self.peepholes:
            shapes["peepholes"] = (gates, units)
        if self.gate_recurrence:
            shapes["gate_kernel"] = (gates * units, gates * units)
        return shapes


VARIANTS = {  # by the letters of Greff et al. (2015)
    "vanilla": Variant(),
    "NIG": Variant(input_gate=False),
    "NFG": Variant(forget_gate=False),
    "NOG": Variant(output_gate=False),
    "NIAF": Variant(input_activation=False),
    "NOAF": Variant(output_activation=False),
    "CIFG": Variant(coupled_gates=True),
    "NP": Variant(peepholes=False),  # the LSTM of lesson 05 and of Keras
    "FGR": Variant(gate_recurrence=True),
}


def variant_step(inputs, before: LSTMStep, weights, variant: Variant) -> LSTMStep:
    """One time step of an LSTM with the parts that its switches leave.

    Lesson 11, eq. (11.8)-(11.12); Gers & Schmidhuber (2000), Greff et al. (2015).

    Args:
        inputs: x_t, shape (batch, features).
        before: the step before, arrays of shape (batch, units); zeros for the first. Its hidden and cell state are
            read, and its gates where `variant.gate_recurrence`.
        weights: arrays of the shapes `variant.weight_shapes(features, units)`, in that order, as `get_weights()` of
            the Keras cell gives them.
        variant: which parts the cell has; a gate that is missing stands at 1.

    Raises:
        ValueError: a weight is missing, or its shape does not fit.

    Without a forget gate nothing is ever forgotten:

    >>> variant, one = VARIANTS["NFG"], np.ones((1, 1))
    >>> silent = [np.zeros(shape) for shape in variant.weight_shapes(1, 1).values()]
    >>> variant_step(one, LSTMStep(*[one] * 6), silent, variant).cell_state
    array([[1.]])
    """
    weights = _named(weights, variant.weight_shapes(inputs.shape[1], before.hidden_state.shape[1]))
    summed = inputs @ weights["kernel"] + before.hidden_state @ weights["recurrent_kernel"] + weights["bias"]
    blocks = dict(zip(variant.blocks, np.split(summed, len(variant.blocks), axis=-1), strict=True))
    if variant.gate_recurrence:  # (11.12)
        gates_before = np.concatenate([getattr(before, name) for name in variant.gates], axis=-1)
        from_gates = np.split(gates_before @ weights["gate_kernel"], len(variant.gates), axis=-1)
        for name, values in zip(variant.gates, from_gates, strict=True):
            blocks[name] = blocks[name] + values

    def gate(name, memory):
        if name not in variant.gates:
            return np.ones_like(memory)
        seen = weights["peepholes"][variant.gates.index(name)] * memory if variant.peepholes else 0
        return sigmoid(blocks[name] + seen)

    input_gate = gate("input_gate", before.cell_state)  # (11.8)
    forget_gate = 1 - input_gate if variant.coupled_gates else gate("forget_gate", before.cell_state)  # (11.11) (11.9)
    candidate_cell = np.tanh(blocks["candidate_cell"]) if variant.input_activation else blocks["candidate_cell"]
    cell_state = forget_gate * before.cell_state + input_gate * candidate_cell  # (5.5)
    output_gate = gate("output_gate", cell_state)  # (11.10): it sees the new memory
    hidden_state = output_gate * (np.tanh(cell_state) if variant.output_activation else cell_state)  # (5.6)
    return LSTMStep(input_gate, forget_gate, candidate_cell, output_gate, cell_state, hidden_state)


def lstm_variant(inputs, weights, variant: Variant) -> LSTMStep:
    """Every gate and state after every step of a batch of sequences, each read from zero states.

    Args:
        inputs: shape (batch, steps, features).
        weights, variant: as in `variant_step`.

    Returns:
        An LSTMStep of arrays of shape (batch, steps, units).
    """
    check_sequences(inputs)
    step = LSTMStep(*[np.zeros((len(inputs), weights[1].shape[0]), inputs.dtype)] * 6)
    history = []
    for t in range(inputs.shape[1]):
        step = variant_step(inputs[:, t], step, weights, variant)
        history.append(step)
    return LSTMStep(*(np.stack(values, axis=1) for values in zip(*history, strict=True)))


def _named(weights, shapes) -> dict:
    """The weights by name, after a look at their shapes."""
    found = [np.shape(weight) for weight in weights]
    if found != list(shapes.values()):
        raise ValueError(f"expected weights of shapes {shapes}, got {found}")
    return dict(zip(shapes, weights, strict=True))
