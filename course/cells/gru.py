"""The gated recurrent unit: one step, and a whole sequence, every gate returned."""

from typing import NamedTuple

import numpy as np

from course.cells.activations import sigmoid
from course.cells.weights import check_sequences, check_shapes


class GRUStep(NamedTuple):
    """What one step of a GRU computes; each of shape (batch, units), or (batch, steps, units) for sequences."""

    update_gate: np.ndarray  # z_t, 0 … 1: how much of the old state is KEPT (Keras, Cho et al.; others swap it)
    reset_gate: np.ndarray  # r_t, 0 … 1: how much of the old state the candidate sees
    candidate_state: np.ndarray  # h̃_t, -1 … 1
    hidden_state: np.ndarray  # h_t, -1 … 1: memory and output in one


def gru_step(inputs, hidden_state, kernel, recurrent_kernel, bias, reset_after=True) -> GRUStep:
    """One time step: the four equations.

    Lesson 11, eq. (11.1)-(11.4); Cho et al. (2014). Weights as in `keras.layers.GRU`: columns in three blocks z, r, h.

    Args:
        inputs: x_t, shape (batch, features).
        hidden_state: h_{t-1}, shape (batch, units).
        kernel: W, shape (features, 3 units).
        recurrent_kernel: U, shape (units, 3 units).
        bias: shape (2, 3 units), one row for inputs, one for the recurrent product; (3 units,) when not `reset_after`.
        reset_after: True, as Keras and the fast GPU kernels: the reset gate multiplies U h; False, as Cho et al.: it
            multiplies h before the product. The two differ in value: weights of one do not fit the other.

    Raises:
        ValueError: a shape does not fit.

    All weights zero: the new state is half the old one.

    >>> gru_step(np.zeros((1, 1)), np.ones((1, 1)), np.zeros((1, 3)), np.zeros((1, 3)), np.zeros((2, 3))).hidden_state
    array([[0.5]])
    """
    check_shapes(3, inputs, hidden_state, kernel, recurrent_kernel, bias, bias_rows=(2,) if reset_after else ())
    input_bias, recurrent_bias = bias if reset_after else (bias, np.zeros_like(bias))
    x_z, x_r, x_h = np.split(inputs @ kernel + input_bias, 3, axis=-1)
    u_z, u_r, u_h = np.split(recurrent_kernel, 3, axis=-1)
    b_z, b_r, b_h = np.split(recurrent_bias, 3)
    update_gate = sigmoid(x_z + hidden_state @ u_z + b_z)  # (11.1)
    reset_gate = sigmoid(x_r + hidden_state @ u_r + b_r)  # (11.2)
    recurrent = reset_gate * (hidden_state @ u_h + b_h) if reset_after else (reset_gate * hidden_state) @ u_h
    candidate_state = np.tanh(x_h + recurrent)  # (11.3)
    hidden_state = update_gate * hidden_state + (1 - update_gate) * candidate_state  # (11.4)
    return GRUStep(update_gate, reset_gate, candidate_state, hidden_state)


def gru(inputs, kernel, recurrent_kernel, bias, hidden_state=None, reset_after=True) -> GRUStep:
    """Every gate and state after every step of a batch of sequences.

    Args:
        inputs: shape (batch, steps, features).
        kernel, recurrent_kernel, bias, reset_after: as in `gru_step`.
        hidden_state: h_0, shape (batch, units); zero when not given.

    Returns:
        A GRUStep of arrays of shape (batch, steps, units).
    """
    check_sequences(inputs)
    if hidden_state is None:
        hidden_state = np.zeros((len(inputs), len(recurrent_kernel)), inputs.dtype)
    history = []
    for t in range(inputs.shape[1]):
        step = gru_step(inputs[:, t], hidden_state, kernel, recurrent_kernel, bias, reset_after)
        hidden_state = step.hidden_state
        history.append(step)
    return GRUStep(*(np.stack(values, axis=1) for values in zip(*history, strict=True)))
