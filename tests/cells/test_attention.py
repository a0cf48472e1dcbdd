import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cells.attention import additive_attention, attend, multiplicative_attention

BATCH, TARGET_STEPS, SOURCE_STEPS, QUERY, MEMORY, UNITS = 2, 3, 4, 5, 6, 7
REAL = np.array([[True, True, True, True], [True, True, False, False]])
SEEDS = st.integers(0, 2**32 - 1)


def weights_of(kind, rng, scale=0.5):
    shapes = {"additive": [(QUERY, UNITS), (MEMORY, UNITS), (UNITS,)], "multiplicative": [(MEMORY, QUERY)]}
    return [rng.normal(0, scale, shape) for shape in shapes[kind]]


def texts(rng):
    return rng.normal(0, 0.5, (BATCH, TARGET_STEPS, QUERY)), rng.normal(0, 0.5, (BATCH, SOURCE_STEPS, MEMORY))


@pytest.fixture(params=["additive", "multiplicative"])
def kind(request):
    return request.param


@pytest.fixture
def attention(kind):
    return {"additive": additive_attention, "multiplicative": multiplicative_attention}[kind]


def test_scores_are_their_definition_pair_by_pair(kind, attention, rng):
    queries, memory = texts(rng)
    weights = weights_of(kind, rng)
    scores = attention(queries, memory, REAL, *weights).scores
    for b, t, s in np.ndindex(scores.shape):
        if kind == "additive":
            query_kernel, memory_kernel, vector = weights
            expected = sum(
                vector[u] * np.tanh(queries[b, t] @ query_kernel[:, u] + memory[b, s] @ memory_kernel[:, u])
                for u in range(UNITS)
            )
        else:
            expected = sum(queries[b, t, q] * (memory[b, s] @ weights[0][:, q]) for q in range(QUERY))
        np.testing.assert_allclose(scores[b, t, s], expected, atol=1e-12)


def test_context_is_the_mean_of_the_memory_under_the_weights(kind, attention, rng):
    queries, memory = texts(rng)
    found = attention(queries, memory, REAL, *weights_of(kind, rng))
    for b, t in np.ndindex(BATCH, TARGET_STEPS):
        real = np.exp(found.scores[b, t]) * REAL[b]
        np.testing.assert_allclose(found.attention_weights[b, t], real / real.sum(), atol=1e-12)
        expected = sum(found.attention_weights[b, t, s] * memory[b, s] for s in range(SOURCE_STEPS))
        np.testing.assert_allclose(found.context[b, t], expected, atol=1e-12)


@given(SEEDS, st.floats(0, 1e4))
def test_weights_are_shares_padding_has_none_and_nothing_overflows(seed, scale):
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 1, (BATCH, TARGET_STEPS, SOURCE_STEPS)) * scale
    memory = texts(rng)[1]
    found = attend(scores, memory, REAL)
    assert np.all(found.attention_weights >= 0)
    np.testing.assert_allclose(found.attention_weights.sum(axis=-1), 1, rtol=1e-12)
    assert np.all(found.attention_weights[1, :, 2:] == 0)
    assert np.all(found.context[1] <= memory[1, :2].max(axis=0) + 1e-12)  # a mean lies between what it is a mean of
    assert np.all(found.context[1] >= memory[1, :2].min(axis=0) - 1e-12)


@given(SEEDS, st.permutations(range(SOURCE_STEPS)))
def test_memory_in_another_order_gives_the_same_context(seed, order):
    for kind, attention in (("additive", additive_attention), ("multiplicative", multiplicative_attention)):
        rng = np.random.default_rng(seed)
        queries, memory = texts(rng)
        weights = weights_of(kind, rng)
        found = attention(queries, memory, REAL, *weights)
        moved = attention(queries, memory[:, order], REAL[:, order], *weights)
        np.testing.assert_allclose(moved.attention_weights, found.attention_weights[:, :, order], atol=1e-12)
        np.testing.assert_allclose(moved.context, found.context, atol=1e-12)  # attention has no sense of order


def test_what_padding_holds_changes_nothing(kind, attention, rng):
    queries, memory = texts(rng)
    weights = weights_of(kind, rng)
    other = np.where(REAL[:, :, None], memory, 1e3)
    found, changed = (attention(queries, states, REAL, *weights) for states in (memory, other))
    np.testing.assert_array_equal(changed.attention_weights, found.attention_weights)
    np.testing.assert_array_equal(changed.context, found.context)


def test_each_query_is_answered_by_itself(kind, attention, rng):
    queries, memory = texts(rng)
    weights = weights_of(kind, rng)
    together = attention(queries, memory, REAL, *weights)
    for t in range(TARGET_STEPS):
        alone = attention(queries[:, t : t + 1], memory, REAL, *weights)
        np.testing.assert_allclose(alone.context, together.context[:, t : t + 1], atol=1e-12)


def test_zero_weights_give_the_plain_mean(kind, attention, rng):
    queries, memory = texts(rng)
    found = attention(queries, memory, REAL, *(0 * weight for weight in weights_of(kind, rng)))
    np.testing.assert_allclose(found.context[0], np.tile(memory[0].mean(axis=0), (TARGET_STEPS, 1)))
    np.testing.assert_allclose(found.context[1], np.tile(memory[1, :2].mean(axis=0), (TARGET_STEPS, 1)))


def test_sharpened_scores_pick_the_best_word(rng):
    scores, memory = rng.normal(0, 1, (BATCH, TARGET_STEPS, SOURCE_STEPS)), texts(rng)[1]
    found = attend(1e4 * scores, memory, REAL)
    best = np.where(REAL[:, None, :], scores, -np.inf).argmax(axis=-1)
    np.testing.assert_allclose(found.context, np.take_along_axis(memory, best[:, :, None], axis=1))


def test_one_constant_added_to_all_scores_of_a_query_changes_nothing(rng):
    scores, memory = rng.normal(0, 1, (BATCH, TARGET_STEPS, SOURCE_STEPS)), texts(rng)[1]
    shift = rng.normal(0, 100, (BATCH, TARGET_STEPS, 1))
    expected = attend(scores, memory, REAL).attention_weights
    np.testing.assert_allclose(attend(scores + shift, memory, REAL).attention_weights, expected, atol=1e-12)


def test_additive_scores_are_bounded_and_multiplicative_ones_grow_with_the_query(rng):
    queries, memory = texts(rng)
    weights = weights_of("additive", rng)
    bound = np.abs(weights[2]).sum()
    assert np.abs(additive_attention(1e3 * queries, 1e3 * memory, REAL, *weights).scores).max() <= bound
    [kernel] = weights_of("multiplicative", rng)
    small, large = (multiplicative_attention(k * queries, memory, REAL, kernel).scores for k in (1, 1e3))
    np.testing.assert_allclose(large, 1e3 * small)


def test_scaled_scores_do_not_spread_wider_with_more_units(rng):
    def spread(units, scaled):
        queries, memory = rng.normal(size=(1, 40, units)), rng.normal(size=(1, 50, units))
        real = np.ones((1, 50), bool)
        return multiplicative_attention(queries, memory, real, np.eye(units), scaled).scores.std()

    for units in (16, 64, 256):  # a product of two normal vectors has variance `units`
        assert spread(units, scaled=False) == pytest.approx(units**0.5, rel=0.2)
        assert spread(units, scaled=True) == pytest.approx(1, rel=0.2)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda q, m, r, w: (q[..., 1:], m, r, w), r"expected memory_kernel of shape \(6, 4\), got \(6, 5\)"),
        (lambda q, m, r, w: (q, m[..., 1:], r, w), r"expected memory_kernel of shape \(5, 5\), got \(6, 5\)"),
        (lambda q, m, r, w: (q, m, r[:, 1:], w), r"expected real of shape \(2, 4\), got \(2, 3\)"),
        (lambda q, m, r, w: (q, m, r & False, w), "nothing but padding"),
    ],
)
def test_arrays_that_do_not_fit_are_named(rng, spoil, message):
    queries, memory = texts(rng)
    with pytest.raises(ValueError, match=message):
        multiplicative_attention(*spoil(queries, memory, REAL, *weights_of("multiplicative", rng)))


def test_kernels_and_scores_that_do_not_fit_are_named(rng):
    queries, memory = texts(rng)
    query_kernel, memory_kernel, vector = weights_of("additive", rng)
    with pytest.raises(ValueError, match=r"expected query_kernel of shape \(5, 7\), got \(4, 7\)"):
        additive_attention(queries, memory, REAL, query_kernel[1:], memory_kernel, vector)
    with pytest.raises(ValueError, match=r"expected memory_kernel of shape \(6, 7\), got \(6, 6\)"):
        additive_attention(queries, memory, REAL, query_kernel, memory_kernel[:, 1:], vector)
    with pytest.raises(ValueError, match=r"expected memory of shape \(2, 3, 6\), got \(2, 4, 6\)"):
        attend(np.zeros((BATCH, TARGET_STEPS, 3)), memory, REAL)
