"""From a model that scores next tokens to a whole sequence: greedy, sampled, by beam search.

These functions know no model. They take a step function

    step(state, tokens) -> logits, state

where `state` is any nest of arrays with the rows of the batch along their first axis, `tokens` are the last ids,
(batch,), and `logits` are those of the next token, (batch, vocab_size); log-probabilities are logits, too. A step need
not turn them into log-probabilities: a search needs those of a few tokens only. Each search is one loop inside the
engine, so it can be compiled as a whole; `batched` does so for any number of inputs.
"""

from typing import NamedTuple

import numpy as np

from course.backend import compiled, keras
from course.text.windows import pad

ops = keras.ops
map_structure = keras.tree.map_structure


class Decoded(NamedTuple):
    """What a search found; beam search has an axis `width` behind the batch, best first.

    ids: int32, (batch, [width,] max_steps); after the first `end` only `end`.
    scores: (batch, [width]); log p of the sequence in nats, its `end` counted; for beam search divided by the length
        penalty, by which the hypotheses are ordered.
    """

    ids: object
    scores: object


def greedy(step, state, start: int, end: int, max_steps: int) -> Decoded:
    """The likeliest token at every step. Not always the likeliest sequence: that is what beam search is for.

    Args:
        step: the step function, see the module's docstring.
        state: where it starts.
        start, end: ids of the first token fed in and of the one that ends a sequence.
        max_steps: longest sequence, `end` counted; one that has not ended by then is cut.
    """

    def choose(logits, _):
        likeliest = ops.top_k(logits, 1)[1]  # on TensorFlow argmax takes longer
        return likeliest, likeliest

    return _one_path(step, state, start, end, max_steps, choose)


def sample(
    step,
    state,
    start: int,
    end: int,
    max_steps: int,
    seed: int,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float = 1.0,
) -> Decoded:
    """Tokens drawn from the model's distribution, sharpened or cut as asked; the first arguments are greedy's.

    Args:
        seed: the same seed gives the same sequences for a batch of the same size.
        temperature: log p is divided by it first; below 1 the likely tokens gain.
        top_k: draw from the k likeliest tokens only; None for all.
        top_p: draw from the fewest tokens that hold this share of the probability (nucleus; Holtzman et al. 2020).

    Raises:
        ValueError: the temperature is not positive, top_k is below 1, or top_p is not in (0, 1].
    """
    if not (temperature > 0 and (top_k is None or top_k >= 1) and 0 < top_p <= 1):
        raise ValueError(
            f"expected temperature > 0, top_k >= 1 and 0 < top_p <= 1, got {temperature}, {top_k} and {top_p}"
        )
    uniform = keras.random.uniform((max_steps, _rows(state)), seed=seed)

    def choose(logits, t):
        candidates = logits.shape[-1] if top_k is None else min(top_k, logits.shape[-1])
        best, tokens = ops.top_k(logits / temperature, candidates)
        weights = ops.exp(best - best[:, :1])  # the likeliest weighs 1
        cumulative = ops.cumsum(weights, axis=-1)
        nucleus = cumulative - weights < top_p * cumulative[:, -1:]  # all likelier tokens hold less than top_p
        cumulative = ops.cumsum(ops.where(nucleus, weights, 0.0), axis=-1)
        drawn = ops.take(uniform, t, axis=0)[:, None] * cumulative[:, -1:]
        place = ops.sum(ops.cast(cumulative <= drawn, "int32"), axis=-1, keepdims=True)
        place = ops.minimum(place, candidates - 1)
        return ops.take_along_axis(tokens, place, axis=-1), tokens[:, :1]

    return _one_path(step, state, start, end, max_steps, choose)


def length_penalty(lengths, power: float):
    """By what the log-probability of a hypothesis is divided: ((5 + length) / 6) ** power, Wu et al. (2016), eq. (14).

    Every further token costs probability, so the plain log-probability prefers short outputs. Power 0 is the plain
    log-probability; Wu et al. found 0.6 to 0.7 best.

    >>> length_penalty(1, 0.6), length_penalty(13, 1.0)
    (1.0, 3.0)
    """
    return ((5.0 + lengths) / 6.0) ** power


def beam(step, state, start: int, end: int, max_steps: int, width: int, length_power: float = 0.6) -> Decoded:
    """The best sequences found with `width` hypotheses kept alive at every step.

    A hypothesis that has reached `end` stays as it is and keeps its place as long as its score holds it. Hypotheses are
    compared by log p / length_penalty(length), at every step and at the end. Exact when `width` is at least the number
    of hypotheses; with width 1 it is greedy search. Where there are fewer hypotheses than `width`, the rest have score
    -inf. The other arguments are greedy's.
    """
    batch = _rows(state)
    state = map_structure(lambda array: ops.repeat(array, width, axis=0), state)
    rows = ops.arange(batch, dtype="int32")[:, None] * width  # first row of each group of hypotheses
    log_p = ops.tile(ops.where(ops.arange(width) == 0, 0.0, -np.inf)[None, :], (batch, 1))  # one hypothesis at first

    def more(t, state, last, finished, lengths, log_p, ids):
        return ops.logical_and(t < max_steps, ops.logical_not(ops.all(finished)))

    def advance(t, state, last, finished, lengths, log_p, ids):
        logits, state = step(state, ops.reshape(last, (-1,)))
        # More than `width` futures of one hypothesis are never wanted: what follows knows no vocabulary.
        futures = min(width, logits.shape[-1])
        _, tokens = _largest(logits, futures)
        gains = ops.reshape(_log_p(logits, tokens, tokens[:, :1]), (batch, width, futures))
        tokens = ops.reshape(tokens, (batch, width, futures))
        stay = ops.where(ops.arange(futures) == 0, 0.0, -np.inf)  # a finished one has one future, at no cost
        extended = log_p[:, :, None] + ops.where(finished[:, :, None], stay, gains)
        tokens = ops.where(finished[:, :, None], end, tokens)
        lengths = lengths + ops.cast(ops.logical_not(finished), "int32")
        ranked = extended / length_penalty(ops.cast(lengths, extended.dtype), length_power)[:, :, None]
        _, best = ops.top_k(ops.reshape(ranked, (batch, width * futures)), width)
        parent = best // futures
        log_p, last = (
            ops.take_along_axis(ops.reshape(a, (batch, width * futures)), best, axis=1) for a in (extended, tokens)
        )
        finished = ops.logical_or(ops.take_along_axis(finished, parent, axis=1), last == end)
        lengths = ops.take_along_axis(lengths, parent, axis=1)
        ids = _write(ops.take_along_axis(ids, parent[:, :, None], axis=1), t, last)
        kept = ops.reshape(rows + parent, (-1,))
        return t + 1, map_structure(lambda a: ops.take(a, kept, axis=0), state), last, finished, lengths, log_p, ids

    *_, lengths, log_p, ids = ops.while_loop(
        more,
        advance,
        (
            ops.convert_to_tensor(0, dtype="int32"),
            state,
            ops.full((batch, width), start, dtype="int32"),
            ops.zeros((batch, width), dtype="bool"),
            ops.zeros((batch, width), dtype="int32"),
            log_p,
            ops.full((batch, width, max_steps), end, dtype="int32"),
        ),
    )
    return Decoded(ids, log_p / length_penalty(ops.cast(lengths, log_p.dtype), length_power))


def until(ids, end: int) -> list[int]:
    """The ids of one sequence before its first `end`.

    >>> until([7, 8, 3, 3], end=3)
    [7, 8]
    """
    ids = [int(i) for i in ids]
    return ids[: ids.index(end)] if end in ids else ids


def batched(initial_state, step, search, batch: int = 64, bucket: int = 8):
    """A function from any number of id sequences to what the search finds for each, compiled once.

    Sequences of similar length share a batch, lengths are rounded up to a multiple of `bucket` and batch sizes to a
    power of two: back ends that compile each shape anew soon meet only shapes they know. Make it after the training:
    some compile the weights in.

    Args:
        initial_state: from padded ids, (batch, steps), to the state the search starts from.
        step: the step function.
        search: `functools.partial(greedy, start=…, end=…, max_steps=…)`, or likewise with `sample` or `beam`.
        batch: largest number of sequences decoded at once.
        bucket: lengths are rounded up to a multiple of this.

    Returns:
        decode(sequences) -> Decoded of NumPy arrays, in the order of the sequences. It raises ValueError when there are
        none, or one is empty.
    """
    run = compiled(lambda source: search(step, initial_state(source)), keras.KerasTensor((None, None), "int32"))

    def decode(sequences) -> Decoded:
        lengths = np.array([len(sequence) for sequence in sequences])
        if not lengths.size or lengths.min() == 0:
            raise ValueError("expected one or more sequences of one or more ids each, got none or an empty one")
        order = np.argsort(lengths, kind="stable")
        found = []
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            rows = min(batch, 1 << (len(chosen) - 1).bit_length())
            filled = np.resize(chosen, rows)  # spare rows repeat real ones, so none of them runs on and on
            steps = -(-lengths[chosen].max() // bucket) * bucket
            result = run(ops.convert_to_tensor(pad([sequences[i] for i in filled], steps)))
            found.append([ops.convert_to_numpy(array)[: len(chosen)] for array in result])
        back = np.argsort(order)
        return Decoded(*(np.concatenate(arrays)[back] for arrays in zip(*found, strict=True)))

    return decode


def _one_path(step, state, start, end, max_steps, choose) -> Decoded:
    """One sequence a row; `choose(logits, t)` gives the next tokens and the likeliest ones, both (batch, 1)."""
    batch = _rows(state)

    def more(t, state, last, finished, score, ids):
        return ops.logical_and(t < max_steps, ops.logical_not(ops.all(finished)))

    def advance(t, state, last, finished, score, ids):
        logits, state = step(state, last)
        chosen, likeliest = choose(logits, t)
        score = score + ops.where(finished, 0.0, _log_p(logits, chosen, likeliest)[:, 0])
        chosen = ops.where(finished, end, ops.cast(chosen[:, 0], "int32"))
        return t + 1, state, chosen, ops.logical_or(finished, chosen == end), score, _write(ids, t, chosen)

    *_, score, ids = ops.while_loop(
        more,
        advance,
        (
            ops.convert_to_tensor(0, dtype="int32"),
            state,
            ops.full((batch,), start, dtype="int32"),
            ops.zeros((batch,), dtype="bool"),
            ops.zeros((batch,), dtype="float32"),
            ops.full((batch, max_steps), end, dtype="int32"),
        ),
    )
    return Decoded(ids, score)


def _log_p(logits, tokens, likeliest):
    """log p of some tokens of each row, (batch, k), measured from its likeliest token, (batch, 1).

    That one's probability is no less than 1 / vocab_size, so its logarithm is exact; and a softmax takes TensorFlow
    half as long as a log-softmax of everything, which would be read at k places.
    """
    log_p = ops.log(ops.take_along_axis(ops.softmax(logits), likeliest, axis=-1))
    return ops.take_along_axis(logits, tokens, axis=-1) - ops.take_along_axis(logits, likeliest, axis=-1) + log_p


def _largest(values, k: int, group: int = 128):
    """`ops.top_k(values, k)` for many columns: the k largest stand in the k groups with the largest maxima.

    Those groups are found in one quick pass, and only they are searched; TensorFlow's own search of all columns takes
    several times as long.
    """
    columns = values.shape[-1]
    groups = -(-columns // group)
    if groups <= k:
        return ops.top_k(values, k)
    grouped = ops.pad(values, ((0, 0), (0, groups * group - columns)), constant_values=-np.inf)
    grouped = ops.reshape(grouped, (-1, groups, group))
    best = ops.sort(ops.top_k(ops.max(grouped, axis=-1), k)[1], axis=-1)  # in order: of equals the first one wins
    rows = ops.arange(ops.shape(values)[0], dtype="int32")[:, None] * groups
    searched = ops.reshape(ops.take(ops.reshape(grouped, (-1, group)), rows + best, axis=0), (-1, k * group))
    found, places = ops.top_k(searched, k)
    return found, ops.take_along_axis(best, places // group, axis=1) * group + places % group


def _rows(state) -> int:
    """Rows of the batch, from any array of the state."""
    return ops.shape(keras.tree.flatten(state)[0])[0]


def _write(ids, t, tokens):
    """The ids with column t set to the tokens."""
    return ops.where(ops.arange(ids.shape[-1], dtype="int32") == t, tokens[..., None], ids)
