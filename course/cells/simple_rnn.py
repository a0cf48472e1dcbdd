"""The simple (Elman) recurrent network: one step, and a whole sequence."""

import numpy as np

from course.cells.weights import check_sequences, check_shapes


def simple_rnn_step(inputs, hidden_state, kernel, recurrent_kernel, bias):
    """One time step: the new hidden state.

    Lesson 03, eq. (3.1); Elman (1990). Weights as in `keras.layers.SimpleRNN`.

    Args:
        inputs: x_t, shape (batch, features).
        hidden_state: h_{t-1}, shape (batch, units).
        kernel: W, shape (features, units).
        recurrent_kernel: U, shape (units, units).
        bias: b, shape (units,).

    Returns:
        h_t, shape (batch, units), every entry between -1 and 1.

    Raises:
        ValueError: a shape does not fit.

    >>> one = np.ones((1, 1))
    >>> simple_rnn_step(one, 0 * one, kernel=one, recurrent_kernel=one, bias=np.zeros(1)).round(3).tolist()
    [[0.762]]
    """
    check_shapes(1, inputs, hidden_state, kernel, recurrent_kernel, bias)
    return np.tanh(inputs @ kernel + hidden_state @ recurrent_kernel + bias)  # (3.1)


def simple_rnn(inputs, kernel, recurrent_kernel, bias, hidden_state=None):
    """The hidden state after every step of a batch of sequences.

    Args:
        inputs: shape (batch, steps, features).
        kernel, recurrent_kernel, bias: as in `simple_rnn_step`.
        hidden_state: h_0, shape (batch, units); zero when not given.

    Returns:
        h_1 … h_T, shape (batch, steps, units).
    """
    check_sequences(inputs)
    if hidden_state is None:
        hidden_state = np.zeros((len(inputs), len(recurrent_kernel)), inputs.dtype)
    history = []
    for t in range(inputs.shape[1]):
        hidden_state = simple_rnn_step(inputs[:, t], hidden_state, kernel, recurrent_kernel, bias)
        history.append(hidden_state)
    return np.stack(history, axis=1)
