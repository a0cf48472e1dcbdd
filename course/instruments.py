"""Instruments for a model that does not learn as it should: each turns a suspicion into a number. Lesson 10.

The gradient norm is not here: `training.History` records it at every step. Baselines are in `ngrams`.
"""

from typing import NamedTuple

import numpy as np

from course.backend import keras
from course.training import fit, masked_cross_entropy


def lowest_loss(inputs, targets) -> float:
    """The loss that a model with a perfect memory of these rows would have, and no causal model can get below.

    Rows that begin alike and go on differently cannot all be foretold: at <start> the best is the distribution of
    first words. Lesson 10, eq. (10.1).

    Args:
        inputs, targets: ids, shape (rows, steps); the target 0 is not scored.

    Returns:
        nats per token.

    >>> two_beginnings = np.array([[2, 7], [2, 8]]), np.array([[7, 3], [8, 3]])
    >>> round(lowest_loss(*two_beginnings), 4)  # ln 2 at the first of two tokens, nothing at the second
    0.3466
    """
    targets = np.asarray(targets)
    alike = np.zeros(len(targets), dtype=int)  # rows with one number have the same inputs so far
    nats = 0.0
    for now, answers in zip(np.asarray(inputs).T, targets.T, strict=True):
        alike = np.unique(np.stack([alike, now], axis=1), axis=0, return_inverse=True)[1].ravel()
        scored = answers != 0
        together, each = np.stack([alike, answers])[:, scored], alike[scored]
        pairs, times = np.unique(together, axis=1, return_counts=True)
        nats -= (times * np.log(times / np.bincount(each)[pairs[0]])).sum()
    return float(nats / np.count_nonzero(targets))


def overfit_one_batch(model, inputs, targets, steps: int = 100, learning_rate: float = 0.05) -> list[float]:
    """Losses while the model learns one small batch by heart; the last must come near `lowest_loss` of the batch.

    The first test of any model (Karpathy 2019): one that cannot learn eight rows by heart has a fault in the model,
    in its loss or in its optimiser. One that can may still be trained on wrong data. The weights are put back.

    Args:
        model, inputs, targets: as `training.fit` takes them; few rows.
        steps: updates, all on the same rows.
        learning_rate: of Adam; gradients are clipped to norm 1.

    Returns:
        nats per token before each update.
    """
    before = model.get_weights()
    try:
        settings = {"batch": len(targets), "learning_rate": learning_rate, "clip_norm": 1.0, "seed": 0, "report": None}
        return fit(model, inputs, targets, epochs=steps, **settings).step_losses
    finally:
        model.set_weights(before)


def update_ratios(model, before) -> dict[str, float]:
    """|Δw| / |w| of every weight matrix since `before`: how far the updates moved it, relative to its size.

    Lesson 10, eq. (10.2). For one update about 0.001 is a rule of thumb (CS231n notes, Stanford 2016); 0.00001 hardly
    learns, and 1 throws away what was there. Vectors are left out: biases begin at 0.

    Args:
        model: a built model.
        before: what `model.get_weights()` returned before the updates.

    Raises:
        ValueError: `before` is not a list of arrays like the model's weights.

    >>> layer = keras.layers.Dense(2, kernel_initializer="ones", name="dense")
    >>> layer.build((None, 3))
    >>> before = layer.get_weights()
    >>> layer.set_weights([0.9 * before[0], before[1]])
    >>> {name: round(ratio, 6) for name, ratio in update_ratios(layer, before).items()}
    {'dense/kernel': 0.1}
    """
    expected, got = [tuple(weight.shape) for weight in model.weights], [np.shape(weight) for weight in before]
    if got != expected:
        raise ValueError(f"expected earlier weights of shapes {expected}, as model.get_weights() gives, got {got}")
    return {
        variable.path: float(np.linalg.norm(now - then) / np.linalg.norm(then))
        for variable, now, then in zip(model.weights, model.get_weights(), before, strict=True)
        if now.ndim > 1
    }


class Saturation(NamedTuple):
    """Shares of gate values that are nearly 0 and nearly 1, where a sigmoid has no slope to learn by."""

    closed: float
    open: float


def saturation(gate_values, margin: float = 0.1) -> Saturation:
    """Shares of gate values within `margin` of 0 and of 1 (Karpathy, Johnson & Fei-Fei 2016).

    Args:
        gate_values: values of a sigmoid gate, as `gates.gates` returns them, any shape.
        margin: what counts as near.

    Raises:
        ValueError: nothing to count, or a value is outside [0, 1].

    >>> saturation([0.05, 0.5, 0.95, 1.0])
    Saturation(closed=0.25, open=0.5)
    """
    values = np.asarray(gate_values)
    if not values.size or not ((values >= 0) & (values <= 1)).all():
        raise ValueError("expected values of a gate, from 0 to 1, got none or one outside")
    return Saturation(float(np.mean(values < margin)), float(np.mean(values > 1 - margin)))


def sees(model, ids, tolerance: float = 1e-5) -> np.ndarray:
    """Which outputs depend on which inputs, found by changing one input at a time.

    In a language model the output at step t may see the inputs up to t and must not see its answer. A model that
    looks ahead has marks above the diagonal; targets that are not shifted lie on it.

    Args:
        model: maps ids (batch, steps) to outputs (batch, steps, …); rows must not influence each other.
        ids: one row of different ids, shape (steps,), at least two.
        tolerance: change of an output, relative to the largest output, that counts.

    Returns:
        bool, shape (outputs, inputs).

    Raises:
        ValueError: fewer than two steps, or an id twice: exchanging equal ids would change nothing.
    """
    ids = np.asarray(ids)
    if ids.ndim != 1 or len(set(ids.tolist())) < max(2, len(ids)):
        raise ValueError(f"expected one row of at least two different ids, got {ids.tolist()}")
    rows = np.tile(ids, (1 + len(ids), 1))
    np.fill_diagonal(rows[1:], np.roll(ids, 1))  # row 1 + s has another token at step s
    outputs = keras.ops.convert_to_numpy(model(rows, training=False))
    changes = np.abs(outputs[1:] - outputs[0]).reshape(len(ids), len(ids), -1).max(axis=-1)
    return changes.T > tolerance * np.abs(outputs).max()


def input_gain(model, inputs, targets) -> float:
    """What reading its own input is worth to a model: loss after another row's input minus loss after its own.

    About 0: the model does not use its input, whatever its loss has fallen to. Inputs and targets that belong to
    different texts teach a model just that. Lesson 10, eq. (10.3).

    Args:
        model: as `training.fit` takes it.
        inputs, targets: ids, shape (rows, steps), rows of about one length; at least two rows.

    Returns:
        nats per token.

    Raises:
        ValueError: there are fewer than two rows.
    """
    if len(inputs) < 2:
        raise ValueError(f"expected at least two rows, to exchange their inputs, got {len(inputs)}")

    def loss(inputs):
        return float(masked_cross_entropy(keras.ops.convert_to_tensor(targets), model(inputs, training=False)))

    return loss(np.roll(inputs, 1, axis=0)) - loss(inputs)
