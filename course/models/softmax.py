"""The loss of a large vocabulary without its table of logits: exact in chunks of rows, or with a sample of the tail.

With tens of thousands of tokens the scores of all of them are most of the arithmetic and nearly all of the memory of a
language model. `loss_model` puts one of the two below in the place of a model's last layer; the weights are the same.
"""

import math

from course.backend import keras

ops = keras.ops


def loss_model(model, rows: int = 256, frequent: int | None = None, sampled: int = 0, seed: int = 0) -> keras.Model:
    """A model of (ids, targets) that adds the mean loss of the targets, on the same weights as a language model.

    Args:
        model: a language model; its last layer, "logits", has a kernel (states, vocab_size) and a bias.
        rows: positions whose logits exist at one time, for the exact loss.
        frequent: ids below this are scored exactly in every step, of the others a sample; None scores all exactly.
        sampled: size of that sample, drawn anew in every step.
        seed: of the sample.

    Returns:
        A Keras model without an output worth reading; train it with `compile(optimizer)` and no other loss.
    """
    head = model.get_layer("logits")
    targets = keras.Input(batch_shape=model.input.shape, dtype="int32", name="targets")
    loss = ExactLoss(head, rows) if frequent is None else SampledLoss(head, frequent, sampled, seed)
    return keras.Model([model.input, targets], loss(head.input, targets), name="loss_model")


class ExactLoss(keras.layers.Layer):
    """Adds the exact mean of -log p(target) over the targets that are not padding; puts out its input."""

    def __init__(self, head, rows: int):
        super().__init__(name="exact_loss")
        self.head, self.rows = head, rows

    def call(self, states, targets):
        """States (batch, steps, units) and targets (batch, steps)."""
        states, targets, weights = _flat(states, targets)
        self.add_loss(chunked_cross_entropy(states, self.head.kernel, self.head.bias, targets, weights, self.rows))
        return states

    def compute_output_shape(self, states_shape, targets_shape):
        """Positions of all rows one behind the other."""
        return (None, states_shape[-1])


class SampledLoss(keras.layers.Layer):
    """Adds an estimate of that mean: frequent tokens exact, the rest of the normaliser from a uniform sample."""

    def __init__(self, head, frequent: int, sampled: int, seed: int):
        super().__init__(name="sampled_loss")
        self.head, self.frequent, self.sampled = head, frequent, sampled
        self.generator = keras.random.SeedGenerator(seed)

    def call(self, states, targets):
        """States (batch, steps, units) and targets (batch, steps)."""
        states, targets, weights = _flat(states, targets)
        vocab_size = self.head.bias.shape[0]
        tail = keras.random.randint((self.sampled,), self.frequent, vocab_size, seed=self.generator)
        losses = sampled_cross_entropy(states, self.head.kernel, self.head.bias, targets, self.frequent, tail)
        self.add_loss(ops.sum(losses * weights))
        return states

    def compute_output_shape(self, states_shape, targets_shape):
        """Positions of all rows one behind the other."""
        return (None, states_shape[-1])


def _flat(states, targets):
    """One row per position, and the share of each in the mean (nothing for padding)."""
    states = ops.reshape(states, (-1, states.shape[-1]))
    targets = ops.reshape(targets, (-1,))
    scored = ops.cast(targets != 0, states.dtype)
    return states, targets, scored / ops.maximum(ops.sum(scored), 1)


def chunked_cross_entropy(states, kernel, bias, targets, weights, rows: int = 256):
    """Sum of weights * -log softmax(states kernel + bias)[targets]; the logits of only `rows` positions ever exist.

    The gradient of a softmax is known as soon as the softmax is, so both are taken in one pass over the chunks, and the
    backward pass has nothing left to do but to scale. Exact to rounding.

    Args:
        states: shape (positions, units), the number of positions known when the graph is built.
        kernel, bias: shapes (units, vocab_size), (vocab_size,).
        targets: ids, shape (positions,).
        weights: of each position in the sum, shape (positions,); no gradient flows into them.
        rows: positions at a time.
    """

    kernel, bias = ops.convert_to_tensor(kernel), ops.convert_to_tensor(bias)

    @ops.custom_gradient
    def loss(states, kernel, bias):
        vectors, shares = ops.transpose(kernel), weights[:, None]
        log_sums, d_states, d_vectors, d_bias = 0.0, [], 0.0, 0.0
        for first in range(0, states.shape[0], rows):
            here = slice(first, min(first + rows, states.shape[0]))
            logits = ops.matmul(states[here], kernel) + bias
            largest = ops.max(logits, axis=-1, keepdims=True)
            powers = ops.exp(logits - largest)
            sums = ops.sum(powers, axis=-1, keepdims=True)
            log_sums = log_sums + ops.sum(shares[here] * (ops.log(sums) + largest))
            soft = powers * (shares[here] / sums)  # d log_sums / d logits
            d_states.append(ops.matmul(soft, vectors))
            d_vectors = d_vectors + ops.matmul(ops.transpose(soft), states[here])
            d_bias = d_bias + ops.sum(soft, axis=0)
        # The other half of the loss, -logits[target], touches one vector per position: no chunks needed.
        wanted = ops.take(vectors, targets, axis=0)
        value = log_sums - ops.sum(weights * (ops.sum(states * wanted, axis=-1) + ops.take(bias, targets)))
        d_states = ops.concatenate(d_states) - shares * wanted
        d_vectors = d_vectors - ops.scatter(targets[:, None], shares * states, vectors.shape)
        d_bias = d_bias - ops.scatter(targets[:, None], weights, bias.shape)

        def backward(*arguments, upstream=None):
            scale = arguments[0] if upstream is None else upstream
            return scale * d_states, scale * ops.transpose(d_vectors), scale * d_bias

        return value, backward

    return loss(states, kernel, bias)


def sampled_cross_entropy(states, kernel, bias, targets, frequent: int, tail):
    """-log p(target) with a normaliser that is exact for the ids below `frequent` and estimated for the others.

    Each sampled id stands for (vocab_size - frequent) / samples others. Where the target itself is rare it is added
    exactly, and left out of the sample. Importance sampling after Bengio & Senecal (2003); the estimate of the sum is
    unbiased, its logarithm is a little low.

    Args:
        states, kernel, bias, targets: as for `chunked_cross_entropy`.
        frequent: ids below this are scored exactly.
        tail: sampled ids, each at least `frequent`, shape (samples,).

    Returns:
        nats, shape (positions,).
    """
    vectors = ops.transpose(kernel)
    ids = ops.concatenate([ops.arange(frequent, dtype="int32"), tail])
    scores = ops.matmul(states, ops.transpose(ops.take(vectors, ids, axis=0))) + ops.take(bias, ids)
    stands_for = math.log((bias.shape[0] - frequent) / tail.shape[0])
    rare = ops.cast(ids >= frequent, scores.dtype) * stands_for
    scores = scores + rare
    scores = ops.where(ids[None, :] == targets[:, None], -1e9, scores)  # the target is added exactly below
    right = ops.sum(states * ops.take(vectors, targets, axis=0), axis=-1) + ops.take(bias, targets)
    return ops.logaddexp(ops.logsumexp(scores, axis=-1), right) - right
