import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.mixture import Mixture, best_words, fit_weight, mix
from course.ngrams import KneserNey, MaximumLikelihood, NGramCounts
from course.text.vocabulary import START_ID

RNG = np.random.default_rng(0)
P, Q = RNG.uniform(0.001, 1, (2, 500))


def nats(weight, p=P, q=Q):
    return -np.log(weight * p + (1 - weight) * q).mean()


@given(weight=st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_mixture_lies_between_its_models_and_never_costs_more_than_their_weighted_losses(weight):
    mixed = mix(np.log(P), np.log(Q), weight)
    np.testing.assert_allclose(np.exp(mixed), weight * P + (1 - weight) * Q, rtol=1e-12)  # float64
    assert ((mixed >= np.log(np.minimum(P, Q)) - 1e-12) & (mixed <= np.log(np.maximum(P, Q)) + 1e-12)).all()
    assert -mixed.mean() <= -weight * np.log(P).mean() - (1 - weight) * np.log(Q).mean() + 1e-12  # the log is concave


def test_weights_of_zero_and_one_are_the_models_themselves_even_where_the_other_is_impossible():
    np.testing.assert_array_equal(mix([-1.0, -np.inf], [-np.inf, -2.0], 1), [-1.0, -np.inf])
    np.testing.assert_array_equal(mix([-1.0, -np.inf], [-np.inf, -2.0], 0), [-np.inf, -2.0])


@pytest.mark.parametrize("seed", range(3))
def test_fitted_weight_is_the_best_of_all_weights_tried_by_brute_force(seed):
    rng = np.random.default_rng(seed)
    p, q = rng.beta(0.3, 1, (2, 400)) + 1e-6
    weights = np.linspace(0, 1, 10_001)
    best = weights[np.argmin([nats(weight, p, q) for weight in weights])]
    assert fit_weight(np.log(p), np.log(q), tolerance=1e-9) == pytest.approx(best, abs=2e-4)  # two steps of the grid
    assert fit_weight(np.log(q), np.log(p), tolerance=1e-9) == pytest.approx(1 - best, abs=2e-4)


def test_fitted_mixture_is_no_worse_than_either_model_on_the_text_it_was_fitted_to():
    weight = fit_weight(np.log(P), np.log(Q))
    assert nats(weight) <= min(nats(0), nats(1))


def test_equal_models_share_evenly_and_a_model_that_is_always_better_takes_all():
    assert fit_weight(np.log(P), np.log(P)) == 0.5
    assert fit_weight(np.log(P), np.log(P / 2)) == pytest.approx(1, abs=1e-4)


def test_a_token_that_one_model_holds_impossible_is_left_to_the_other():
    assert fit_weight([-np.inf, -1.0], [-1.0, -np.inf]) == pytest.approx(0.5)


def test_fit_survives_probabilities_that_float64_cannot_hold():
    assert fit_weight([-2000.0, -1.0], [-2001.0, -1.0]) > 0.5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([-1.0], [-1.0, -2.0]), r"same tokens, got \(1,\) and \(2,\)"),
        (([], []), "at least one of the two"),
        (([-np.inf], [-np.inf]), "at least one of the two"),
    ],
)
def test_scores_that_cannot_be_fitted_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        fit_weight(*arguments)


@pytest.mark.parametrize("weight", [-0.1, 1.1, np.nan])
def test_weight_outside_zero_to_one_is_refused(weight):
    with pytest.raises(ValueError, match="from 0 to 1"):
        mix([-1.0], [-1.0], weight)
    with pytest.raises(ValueError, match="from 0 to 1"):
        Mixture(None, None, weight)


def test_mixture_of_two_models_suggests_the_best_of_their_mixed_distributions():
    counts = NGramCounts([[4, 5, 6], [4, 5, 7], [4, 5, 7], [8, 4, 9]], vocab_size=10, order=3)
    models = KneserNey(counts), MaximumLikelihood(counts, order=1)
    mixture = Mixture(*models, weight=0.3)
    context = [START_ID, 4]
    distribution = mixture.distribution(context)
    np.testing.assert_allclose(distribution.sum(), 1)
    np.testing.assert_allclose(
        np.log(distribution[4:]), mix(*(np.log(model.distribution(context)[4:]) for model in models), 0.3)
    )
    assert mixture.suggest(context, 1).tolist() == [4 + int(np.argmax(distribution[4:]))]


def test_best_words_are_in_falling_order_without_specials():
    probabilities = np.array([0.3, 0.2, 0.1, 0.1, 0.05, 0.15, 0.1])
    assert best_words(probabilities, 3).tolist() == [5, 6, 4]
    assert best_words(probabilities, 99).tolist() == [5, 6, 4]


@pytest.mark.parametrize("k", [0, 1, 3, 50, 96, 97])
def test_best_words_are_those_of_a_full_sort_and_of_equals_the_first(k):
    probabilities = np.random.default_rng(k).integers(0, 20, 100) / 1000  # many are equal
    assert best_words(probabilities, k).tolist() == (4 + np.argsort(-probabilities[4:], kind="stable"))[:k].tolist()
