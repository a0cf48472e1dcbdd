"""Decoding against its definition: slow Python searches over a tiny model, and every possible output scored."""

import itertools
from functools import partial

import numpy as np
import pytest

from course.backend import compiled, keras
from course.decoding import Decoded, _largest, batched, beam, greedy, length_penalty, sample, until

pytestmark = pytest.mark.keras

VOCAB_SIZE, START, END = 5, 2, 3
ops = keras.ops


class TinyModel:
    """Next-token distributions that depend on the whole prefix, through a state of three random numbers a row."""

    def __init__(self, seed, sharpness=2.0):
        rng = np.random.default_rng(seed)
        self.recurrent = rng.normal(size=(3, 3)).astype("float32")
        self.tokens = rng.normal(size=(VOCAB_SIZE, 3)).astype("float32")
        self.out = sharpness * rng.normal(size=(3, VOCAB_SIZE)).astype("float32")

    def start(self, rows, seed=0):
        return (np.random.default_rng(seed).normal(size=(rows, 3)).astype("float32"),)

    def step(self, state, tokens):
        hidden = ops.tanh(ops.matmul(state[0], self.recurrent) + ops.take(self.tokens, tokens, axis=0))
        return ops.matmul(hidden, self.out) + self.tokens[:1, :1], (hidden,)  # logits may all be higher or lower

    def numpy_step(self, state, token):
        hidden = np.tanh(state @ self.recurrent + self.tokens[token])
        logits = hidden @ self.out
        return logits - np.log(np.exp(logits).sum()), hidden


def penalty(length, power):
    return ((5 + length) / 6) ** power


def python_beam(model, state, max_steps, width, power):
    """Beam search as one would write it down: a list of hypotheses, extended, sorted and cut."""
    hypotheses = [((), 0.0, state, START)]
    for _ in range(max_steps):
        extended = []
        for ids, log_p, state, last in hypotheses:
            if END in ids:
                extended.append((ids, log_p, state, last))
                continue
            log_probs, new_state = model.numpy_step(state, last)
            extended += [((*ids, token), log_p + log_probs[token], new_state, token) for token in range(VOCAB_SIZE)]
        extended.sort(key=lambda hypothesis: -hypothesis[1] / penalty(len(hypothesis[0]), power))
        hypotheses = extended[:width]
    return [(list(ids), log_p / penalty(len(ids), power)) for ids, log_p, _, _ in hypotheses]


def every_output(model, state, max_steps, power):
    """All sequences that end, and all of full length that do not, with their scores, best first."""
    found = []
    for ids in itertools.product(range(VOCAB_SIZE), repeat=max_steps):
        ids = ids[: ids.index(END) + 1] if END in ids else ids
        found.append(ids)
    scored = []
    for ids in set(found):
        log_p, hidden, last = 0.0, state, START
        for token in ids:
            log_probs, hidden = model.numpy_step(hidden, last)
            log_p, last = log_p + log_probs[token], token
        scored.append((list(ids), log_p / penalty(len(ids), power)))
    return sorted(scored, key=lambda pair: -pair[1])


def with_end(ids):
    """The ids up to and with the first end; all of them if there is none."""
    ids = [int(i) for i in ids]
    return ids[: ids.index(END) + 1] if END in ids else ids


def arrays(decoded):
    return [ops.convert_to_numpy(array) for array in decoded]


search = {"start": START, "end": END}


@pytest.mark.parametrize("power", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_beam_keeps_the_hypotheses_of_a_literal_python_beam(width, power):
    model = TinyModel(seed=width)
    [starts] = model.start(rows=6, seed=7)
    run = compiled(lambda state: beam(model.step, (state,), max_steps=6, width=width, length_power=power, **search))
    ids, scores = arrays(run(ops.convert_to_tensor(starts)))
    for row, state in enumerate(starts):
        expected = python_beam(model, state, 6, width, power)
        assert [with_end(hypothesis) for hypothesis in ids[row]] == [hypothesis for hypothesis, _ in expected]
        np.testing.assert_allclose(scores[row], [score for _, score in expected], atol=1e-5)  # float32, six sums


@pytest.mark.parametrize("power", [0.0, 0.6])
def test_beam_as_wide_as_the_space_equals_exhaustive_search(power):
    model = TinyModel(seed=11)
    [starts] = model.start(rows=2)
    expected = every_output(model, starts[0], 4, power)
    assert len(expected) == 341  # 1 + 4 + 16 + 64 that end at step 1 to 4, and 4**4 that do not
    ids, scores = arrays(beam(model.step, (starts,), max_steps=4, width=400, length_power=power, **search))
    assert [with_end(hypothesis) for hypothesis in ids[0, :20]] == [hypothesis for hypothesis, _ in expected[:20]]
    np.testing.assert_allclose(scores[0, :341], [score for _, score in expected], atol=1e-5)
    assert np.all(np.isneginf(scores[0, 341:]))  # there are no more than 341


def test_a_wider_beam_finds_what_greedy_search_misses():
    better = 0
    for seed in range(4):
        model = TinyModel(seed)
        [starts] = model.start(rows=8, seed=seed)
        found = arrays(greedy(model.step, (starts,), max_steps=4, **search)).pop()
        exact = [every_output(model, state, 4, 0.0)[0][1] for state in starts]
        wide = arrays(beam(model.step, (starts,), max_steps=4, width=5, length_power=0.0, **search)).pop()[:, 0]
        assert np.all(wide <= np.array(exact) + 1e-5)
        better += np.sum(wide > found + 1e-4)
    assert better >= 5  # of 32 searches; nothing guarantees it for a single one


@pytest.mark.parametrize("power", [0.0, 0.6])
def test_beam_of_width_one_is_greedy(power):
    model = TinyModel(seed=3)
    state = model.start(rows=16)
    ids, log_p = arrays(greedy(model.step, state, max_steps=9, **search))
    beam_ids, scores = arrays(beam(model.step, state, max_steps=9, width=1, length_power=power, **search))
    np.testing.assert_array_equal(beam_ids[:, 0], ids)
    lengths = np.array([len(with_end(row)) for row in ids])
    np.testing.assert_allclose(scores[:, 0], log_p / penalty(lengths, power), atol=1e-5)


@pytest.mark.parametrize("method", [greedy, partial(beam, width=4), partial(sample, seed=0)])
def test_a_sequence_that_reached_its_end_stays_as_it_is(method):
    model = TinyModel(seed=0)
    state = model.start(rows=32)
    short, long = (arrays(method(model.step, state, max_steps=steps, **search)) for steps in (12, 24))
    ids = long[0].reshape(-1, 24)
    ended = ids == END
    assert ended.any(axis=1).sum() > 20  # otherwise this test tests nothing
    np.testing.assert_array_equal(np.logical_or.accumulate(ended, axis=1), ended)
    if method is greedy:
        done = (short[0] == END).any(axis=1)
        np.testing.assert_array_equal(long[0][done, :12], short[0][done])
        np.testing.assert_allclose(long[1][done], short[1][done], atol=1e-6)


def test_scores_are_the_log_probabilities_of_the_ids():
    model = TinyModel(seed=8)
    [starts] = model.start(rows=5)
    for method in (greedy, partial(beam, width=3, length_power=0.0), partial(sample, seed=4, temperature=0.7)):
        ids, scores = arrays(method(model.step, (starts,), max_steps=7, **search))
        ids, scores = ids.reshape(5, -1, 7)[:, 0], scores.reshape(5, -1)[:, 0]
        for row in range(5):
            log_p, hidden, last = 0.0, starts[row], START
            for token in with_end(ids[row]):
                log_probs, hidden = model.numpy_step(hidden, last)
                log_p, last = log_p + log_probs[token], token
            assert scores[row] == pytest.approx(log_p, abs=1e-5)


def test_samples_follow_the_distribution_of_the_model():
    model = TinyModel(seed=1, sharpness=1.0)
    state = (np.repeat(model.start(rows=1)[0], 20_000, axis=0),)
    expected = np.exp(model.numpy_step(state[0][0], START)[0])

    def frequencies(**options):
        ids, _ = arrays(sample(model.step, state, max_steps=1, seed=6, **search, **options))
        return np.bincount(ids[:, 0], minlength=VOCAB_SIZE) / len(ids)

    noise = 5 * np.sqrt(0.25 / 20_000)  # five standard errors of a share
    np.testing.assert_allclose(frequencies(), expected, atol=noise)
    cooled = expected**2 / np.sum(expected**2)
    np.testing.assert_allclose(frequencies(temperature=0.5), cooled, atol=noise)
    two = np.where(expected >= np.sort(expected)[-2], expected, 0)
    np.testing.assert_allclose(frequencies(top_k=2), two / two.sum(), atol=noise)
    order = np.argsort(-expected)
    nucleus = order[: np.searchsorted(np.cumsum(expected[order]), 0.8) + 1]
    kept = np.where(np.isin(np.arange(VOCAB_SIZE), nucleus), expected, 0)
    np.testing.assert_allclose(frequencies(top_p=0.8), kept / kept.sum(), atol=noise)


def test_one_candidate_left_is_greedy_and_a_seed_repeats_itself():
    model = TinyModel(seed=2)
    state = model.start(rows=16)
    expected = arrays(greedy(model.step, state, max_steps=8, **search))[0]
    np.testing.assert_array_equal(
        arrays(sample(model.step, state, max_steps=8, seed=1, top_k=1, **search))[0], expected
    )
    first, again, other = (arrays(sample(model.step, state, max_steps=8, seed=s, **search))[0] for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != other)


@pytest.mark.parametrize("options", [{"temperature": 0.0}, {"top_k": 0}, {"top_p": 0.0}, {"top_p": 1.5}])
def test_impossible_sampling_options_are_refused(options):
    model = TinyModel(seed=2)
    with pytest.raises(ValueError, match="expected temperature > 0"):
        sample(model.step, model.start(rows=1), max_steps=3, seed=0, **search, **options)


def test_length_penalty_is_one_without_power_and_grows_with_length():
    np.testing.assert_allclose(length_penalty(np.arange(1, 9), 0.0), 1.0)
    assert np.all(np.diff(length_penalty(np.arange(1, 9), 0.6)) > 0)


def summed(model):
    """A stand-in for an encoder: three numbers from the ids of a row, padding counted as nothing."""
    table = np.random.default_rng(9).normal(size=(50, 3)).astype("float32")
    table[0] = 0.0
    return lambda source: (ops.sum(ops.take(table, source, axis=0), axis=1),)


@pytest.mark.parametrize("method", [greedy, partial(beam, width=3)])
def test_batches_of_one_and_of_sixty_four_decode_alike_and_in_order(method):
    model = TinyModel(seed=4)
    rng = np.random.default_rng(0)
    sources = [rng.integers(1, 50, size=rng.integers(1, 20)) for _ in range(100)]
    run = partial(method, max_steps=7, **search)
    many = batched(summed(model), model.step, run, batch=64)(sources)
    one = batched(summed(model), model.step, run, batch=1)(sources)
    assert isinstance(many, Decoded)
    np.testing.assert_array_equal(many.ids, one.ids)
    np.testing.assert_allclose(many.scores, one.scores, atol=1e-5)
    for place in (0, 41, 99):
        alone = arrays(run(model.step, summed(model)(sources[place][None])))
        np.testing.assert_array_equal(many.ids[place], alone[0][0])


def test_new_lengths_meet_compiled_shapes():
    model = TinyModel(seed=4)
    traced = []

    def step(state, tokens):
        traced.append(tokens.shape)
        return model.step(state, tokens)

    decode = batched(summed(model), step, partial(greedy, max_steps=5, **search), batch=16, bucket=8)
    rng = np.random.default_rng(0)

    def some(rows, longest):
        return [rng.integers(1, 50, size=rng.integers(1, longest + 1)) for _ in range(rows)]

    for rows in (1, 2, 4, 8, 16):
        for longest in (8, 16):
            decode([*some(rows - 1, longest), rng.integers(1, 50, size=longest)])
    before = len(traced)
    for rows in (3, 7, 16, 20, 33):
        decode(some(rows, longest=16))
    assert len(traced) == before
    if keras.backend.backend() == "tensorflow":
        assert before == 1


@pytest.mark.parametrize("sources", [[], [[4, 5], []]])
def test_nothing_to_decode_is_an_error(sources):
    model = TinyModel(seed=4)
    decode = batched(summed(model), model.step, partial(greedy, max_steps=5, **search))
    with pytest.raises(ValueError, match="expected one or more sequences of one or more ids"):
        decode(sources)


def test_until_cuts_before_the_first_end():
    assert until([7, 8, END, 9, END], END) == [7, 8]
    assert until(np.array([7, 8]), END) == [7, 8]
    assert until([END], END) == []


@pytest.mark.parametrize(("columns", "k"), [(5, 5), (384, 3), (1000, 1), (1000, 5), (10_000, 5)])
def test_search_by_groups_finds_the_largest_and_of_equals_the_first(columns, k):
    values = np.random.default_rng(columns).integers(0, columns // 4, (7, columns)).astype("float32")  # many are equal
    values[3, : columns - 1] = -np.inf  # as after a hypothesis that is not there
    found, places = map(ops.convert_to_numpy, _largest(ops.convert_to_tensor(values), k))
    expected = np.argsort(-values, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(found, np.take_along_axis(values, expected, axis=1))
    alive = np.isfinite(found)
    np.testing.assert_array_equal(places[alive], expected[alive])
