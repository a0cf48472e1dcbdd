"""Attention over the states of an encoder: where a decoder looks while it writes. Lesson 13."""

import numpy as np

from course.backend import keras

ops = keras.ops
SCORES = ("additive", "multiplicative", "scaled")


class Attention(keras.layers.Layer):
    """A weighted mean of memory vectors, the weights a softmax over how well each fits a query.

    With query q and memory vectors m_s, the score of m_s is

    - "multiplicative": q W m_s, the "general" score of Luong, Pham & Manning (2015);
    - "scaled": the same product divided by sqrt(units), as Vaswani et al. (2017) do, because a sum of more terms
      spreads wider and a softmax of wide scores passes little gradient;
    - "additive": v tanh(q W_q + m_s W_m), the score of Bahdanau, Cho & Bengio (2015).

    Args:
        units: size of the vectors that are compared: that of the queries for a product.
        score: one of `SCORES`.

    Raises:
        ValueError: the score is unknown.
    """

    def __init__(self, units: int, score: str, **keywords):
        super().__init__(**keywords)
        if score not in SCORES:
            raise ValueError(f"expected a score of {SCORES}, got {score!r}")
        self.units, self.score = units, score
        self.to_keys = keras.layers.Dense(units, use_bias=False, name="keys")
        self.to_queries = keras.layers.Dense(units, use_bias=False, name="queries") if score == "additive" else None

    def build(self, query_size: int, memory_size: int):
        """Weights for queries and memory vectors of these sizes."""
        self.to_keys.build((None, None, memory_size))
        if self.to_queries is not None:
            self.to_queries.build((None, None, query_size))
            self.vector = self.add_weight(shape=(self.units,), initializer="glorot_uniform", name="vector")
        self.built = True

    def keys(self, memory):
        """What the queries are compared with, (batch, memory_steps, units): the same for every query."""
        return self.to_keys(memory)

    def call(self, queries, keys, memory, real):
        """The context vector of each query, and the weights that made it.

        Args:
            queries: shape (batch, steps, query_size).
            keys: of the memory, from `keys`.
            memory: shape (batch, memory_steps, memory_size).
            real: False where the memory is padding, (batch, memory_steps).

        Returns:
            context (batch, steps, memory_size), attention_weights (batch, steps, memory_steps); the weights of a query
            sum to one, those of padding are 0.
        """
        if self.to_queries is None:
            if self.score == "scaled":
                queries = queries * self.units**-0.5
            scores = ops.matmul(queries, ops.transpose(keys, (0, 2, 1)))
        else:
            both = ops.tanh(self.to_queries(queries)[:, :, None, :] + keys[:, None, :, :])
            scores = ops.sum(both * self.vector, axis=-1)
        attention_weights = ops.softmax(ops.where(real[:, None, :], scores, -np.inf), axis=-1)
        return ops.matmul(attention_weights, memory), attention_weights
