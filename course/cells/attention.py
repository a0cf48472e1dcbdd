"""Attention of a decoder over the states of an encoder, in NumPy: scores, weights, context, each returned."""

from typing import NamedTuple

import numpy as np


class Attended(NamedTuple):
    """What attention computes for each query."""

    scores: np.ndarray  # e_ts, unbounded: how well memory vector s fits query t, (batch, target_steps, source_steps)
    attention_weights: np.ndarray  # α_ts, 0 … 1, the sum over s is 1, padding has 0, same shape
    context: np.ndarray  # the mean of the memory under these weights, (batch, target_steps, memory_size)


def additive_attention(queries, memory, real, query_kernel, memory_kernel, vector) -> Attended:
    """The score of a small network: v tanh(q W_q + m W_m).

    Lesson 13, eq. (13.1), (13.3), (13.4); Bahdanau, Cho & Bengio (2015).

    Args:
        queries: q_t, the decoder's hidden states, shape (batch, target_steps, query_size).
        memory: m_s, the encoder's hidden states, shape (batch, source_steps, memory_size).
        real: False where the memory is padding, shape (batch, source_steps).
        query_kernel: W_q, shape (query_size, units).
        memory_kernel: W_m, shape (memory_size, units).
        vector: v, shape (units,).

    Raises:
        ValueError: a shape does not fit, or a row of the memory is nothing but padding.

    All weights zero: no word fits better than another, and the context is the plain mean of the two real words.

    >>> memory = np.array([[[1.0], [3.0], [8.0]]])
    >>> found = additive_attention(np.ones((1, 1, 2)), memory, np.array([[True, True, False]]),
    ...                            query_kernel=np.zeros((2, 4)), memory_kernel=np.zeros((1, 4)), vector=np.zeros(4))
    >>> found.attention_weights.tolist(), found.context.tolist()
    ([[[0.5, 0.5, 0.0]]], [[[2.0]]])
    """
    units = np.shape(vector)[0]
    _check("query_kernel", query_kernel, (queries.shape[-1], units))
    _check("memory_kernel", memory_kernel, (memory.shape[-1], units))
    both = (queries @ query_kernel)[:, :, None, :] + (memory @ memory_kernel)[:, None, :, :]
    return attend(np.tanh(both) @ vector, memory, real)  # (13.1)


def multiplicative_attention(queries, memory, real, memory_kernel, scaled: bool = False) -> Attended:
    """The score of a product: q W m, the "general" score.

    Lesson 13, eq. (13.2)-(13.4); Luong, Pham & Manning (2015).

    Args:
        queries, memory, real: as in `additive_attention`.
        memory_kernel: W, shape (memory_size, query_size).
        scaled: divide the scores by sqrt(query_size), as Vaswani et al. (2017) do.

    Raises:
        ValueError: a shape does not fit, or a row of the memory is nothing but padding.

    >>> memory = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    >>> found = multiplicative_attention(3 * memory, memory, np.array([[True, True]]), memory_kernel=np.eye(2))
    >>> found.attention_weights.round(2).tolist()  # each query finds its own word
    [[[0.95, 0.05], [0.05, 0.95]]]
    """
    _check("memory_kernel", memory_kernel, (memory.shape[-1], queries.shape[-1]))
    scores = queries @ (memory @ memory_kernel).transpose(0, 2, 1)  # (13.2)
    return attend(scores / np.sqrt(queries.shape[-1]) if scaled else scores, memory, real)


def attend(scores, memory, real) -> Attended:
    """From scores to weights and context, whatever the scores come from.

    Args:
        scores: e_ts, shape (batch, target_steps, source_steps).
        memory, real: as in `additive_attention`.

    Raises:
        ValueError: a shape does not fit, or a row of the memory is nothing but padding.
    """
    _check("memory", memory, (len(scores), scores.shape[-1], memory.shape[-1]))
    _check("real", real, memory.shape[:2])
    if not np.any(real, axis=1).all():
        raise ValueError("expected one or more real memory vectors in each row, got a row of nothing but padding")
    masked = np.where(real[:, None, :], scores, -np.inf)
    shares = np.exp(masked - masked.max(axis=-1, keepdims=True))  # the best weighs 1 here, so nothing overflows
    attention_weights = shares / shares.sum(axis=-1, keepdims=True)  # (13.3)
    return Attended(scores, attention_weights, attention_weights @ memory)  # (13.4)


def _check(name, array, expected):
    if np.shape(array) != tuple(expected):
        raise ValueError(f"expected {name} of shape {tuple(expected)}, got {np.shape(array)}")
