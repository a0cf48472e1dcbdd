"""The long short-term memory cell: one step, and a whole sequence, every gate returned."""

from typing import NamedTuple

import numpy as np

from course.cells.activations import sigmoid
from course.cells.weights import check_sequences, check_shapes


class LSTMStep(NamedTuple):
    """What one step of an LSTM computes; each of shape (batch, units), or (batch, steps, units) for sequences."""

    input_gate: np.ndarray  # i_t, 0 … 1: how much of the candidate is written
    forget_gate: np.ndarray  # f_t, 0 … 1: how much of the old cell state is KEPT
    candidate_cell: np.ndarray  # c̃_t, -1 … 1: what would be written
    output_gate: np.ndarray  # o_t, 0 … 1: how much of the cell state is shown
    cell_state: np.ndarray  # c_t, unbounded: the memory
    hidden_state: np.ndarray  # h_t, -1 … 1: what the layer puts out


def lstm_step(inputs, hidden_state, cell_state, kernel, recurrent_kernel, bias) -> LSTMStep:
    """One time step: the six equations.

    Lesson 05, eq. (5.1)-(5.6); Hochreiter & Schmidhuber (1997), forget gate by Gers, Schmidhuber & Cummins (2000).
    Weights as in `keras.layers.LSTM`: columns in four blocks i, f, c, o.

    Args:
        inputs: x_t, shape (batch, features).
        hidden_state: h_{t-1}, shape (batch, units).
        cell_state: c_{t-1}, shape (batch, units).
        kernel: W, shape (features, 4 units).
        recurrent_kernel: U, shape (units, 4 units).
        bias: b, shape (4 units,).

    Raises:
        ValueError: a shape does not fit.

    All weights zero and a forget bias of 1: the memory 1.0 fades to sigmoid(1) in one step.

    >>> step = lstm_step(np.zeros((1, 1)), np.zeros((1, 1)), np.ones((1, 1)),
    ...                  kernel=np.zeros((1, 4)), recurrent_kernel=np.zeros((1, 4)), bias=np.array([0.0, 1, 0, 0]))
    >>> step.cell_state.round(3).tolist()
    [[0.731]]
    """
    check_shapes(4, inputs, hidden_state, kernel, recurrent_kernel, bias)
    if cell_state.shape != hidden_state.shape:
        raise ValueError(f"expected cell_state of shape {hidden_state.shape}, got {cell_state.shape}")
    i, f, c, o = np.split(inputs @ kernel + hidden_state @ recurrent_kernel + bias, 4, axis=-1)
    input_gate, forget_gate, output_gate = sigmoid(i), sigmoid(f), sigmoid(o)  # (5.1) (5.2) (5.4)
    candidate_cell = np.tanh(c)  # (5.3)
    cell_state = forget_gate * cell_state + input_gate * candidate_cell  # (5.5)
    hidden_state = output_gate * np.tanh(cell_state)  # (5.6)
    return LSTMStep(input_gate, forget_gate, candidate_cell, output_gate, cell_state, hidden_state)


def lstm(inputs, kernel, recurrent_kernel, bias, hidden_state=None, cell_state=None) -> LSTMStep:
    """Every gate and state after every step of a batch of sequences.

    Args:
        inputs: shape (batch, steps, features).
        kernel, recurrent_kernel, bias: as in `lstm_step`.
        hidden_state, cell_state: h_0 and c_0, shape (batch, units); zero when not given.

    Returns:
        An LSTMStep of arrays of shape (batch, steps, units).
    """
    check_sequences(inputs)
    zeros = np.zeros((len(inputs), len(recurrent_kernel)), inputs.dtype)
    hidden_state = zeros if hidden_state is None else hidden_state
    cell_state = zeros if cell_state is None else cell_state
    history = []
    for t in range(inputs.shape[1]):
        step = lstm_step(inputs[:, t], hidden_state, cell_state, kernel, recurrent_kernel, bias)
        hidden_state, cell_state = step.hidden_state, step.cell_state
        history.append(step)
    return LSTMStep(*(np.stack(values, axis=1) for values in zip(*history, strict=True)))
