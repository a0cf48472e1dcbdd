import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.context_use import context_use, drop_beyond, shuffle_beyond
from course.ngrams import KneserNey, NGramCounts

contexts = st.lists(st.integers(0, 9), max_size=12)


@given(context=contexts, distance=st.integers(0, 15), fixed=st.integers(0, 3), seed=st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_near_and_fixed_tokens_stay_and_the_rest_is_gone_or_only_moved(context, distance, fixed, seed):
    dropped = drop_beyond(context, distance, fixed).tolist()
    shuffled = shuffle_beyond(context, distance, np.random.default_rng(seed), fixed).tolist()
    near = context[max(0, len(context) - distance) :]
    assert len(dropped) == min(len(context), distance + min(fixed, len(context)))
    assert dropped[: len(context[:fixed])] == context[:fixed]
    assert dropped[len(dropped) - len(near) :] == near or len(near) + fixed > len(context)
    assert shuffled[:fixed] == context[:fixed]
    assert shuffled[len(shuffled) - len(near) :] == near
    assert sorted(shuffled) == sorted(context)


def test_contexts_given_are_left_as_they_are():
    context = np.arange(10)
    shuffle_beyond(context, 2, np.random.default_rng(0))
    np.testing.assert_array_equal(context, np.arange(10))


def test_all_orders_of_the_distant_tokens_come_up():
    orders = {tuple(shuffle_beyond([1, 2, 3, 9], 1, np.random.default_rng(seed))[:3]) for seed in range(60)}
    assert len(orders) == 6


def n_gram_scores(order):
    texts = np.random.default_rng(1).integers(4, 9, (200, 12))
    model = KneserNey(NGramCounts(texts, 9, order))

    def score(contexts, targets):
        return np.array([np.log(model.distribution(c)[t]) for c, t in zip(contexts, targets, strict=True)])

    return score, [text[:11] for text in texts[:40]], texts[:40, 11]


@pytest.mark.parametrize("order", [2, 3, 4])
def test_an_n_gram_model_uses_its_window_and_nothing_beyond(order):
    score, contexts, targets = n_gram_scores(order)
    loss = context_use(score, contexts, targets, distances=range(6), seed=0)
    for kind, losses in loss.items():
        assert losses.shape == (6, 40), kind
        assert (losses[order - 1 :] == 0).all(), kind
        assert (losses[: order - 1] != 0).any(axis=1)[: order - 2 if kind == "shuffle" else order - 1].all(), kind


def test_a_model_that_counts_words_loses_by_dropping_and_not_by_shuffling():
    def bag_of_words(contexts, targets):
        return np.log([(1 + np.count_nonzero(c == t)) / (10 + len(c)) for c, t in zip(contexts, targets, strict=True)])

    rng = np.random.default_rng(3)
    loss = context_use(bag_of_words, list(rng.integers(0, 3, (20, 30))), rng.integers(0, 3, 20), [0, 5, 10, 30], seed=0)
    assert (loss["shuffle"] == 0).all()
    assert (loss["drop"][:3].mean(axis=1) > 0).all()
    assert (loss["drop"][3] == 0).all()


def test_what_does_not_fit_is_refused():
    score, contexts, targets = n_gram_scores(2)
    with pytest.raises(ValueError, match=r"one target for each of 40 contexts, got shape \(39,\)"):
        context_use(score, contexts, targets[1:], [1], seed=0)
    with pytest.raises(ValueError, match="at least 0, got -1"):
        context_use(score, contexts, targets, [-1, 2], seed=0)
