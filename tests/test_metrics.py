import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.metrics import (
    accuracy,
    confidence_interval,
    cross_entropy,
    exact_match,
    hit_rate,
    keyboard_score,
    keystrokes_saved,
    perplexity,
)

log_probs = st.lists(st.floats(-30, 0), min_size=1, max_size=30)


@given(st.integers(1, 50), st.integers(1, 50_000))
def test_a_uniform_model_hesitates_between_all_tokens(tokens, vocab_size):
    assert perplexity(np.full(tokens, -np.log(vocab_size))) == pytest.approx(vocab_size)


@given(log_probs)
def test_perplexity_is_the_exponential_of_the_mean_and_at_most_the_mean_of_exponentials(scores):
    assert perplexity(scores) == pytest.approx(np.exp(cross_entropy(scores)))
    assert perplexity(scores) <= np.exp(-np.array(scores)).mean() * (1 + 1e-9)  # Jensen


@given(log_probs, log_probs)
def test_cross_entropy_weighs_tokens_and_not_texts(one, other):
    both = (len(one) * cross_entropy(one) + len(other) * cross_entropy(other)) / (len(one) + len(other))
    assert cross_entropy(one + other) == pytest.approx(both)


def test_one_impossible_token_makes_perplexity_infinite():
    assert perplexity([-0.1, -np.inf, -0.1]) == np.inf
    assert perplexity([-1e4]) == np.inf  # beyond float64, without a warning


@pytest.mark.parametrize("measure", [cross_entropy, perplexity])
@pytest.mark.parametrize(("scores", "message"), [([], "got none"), ([-1, 0.5], "got 0.5"), ([np.nan], "got nan")])
def test_likelihood_refuses_what_is_no_log_probability(measure, scores, message):
    with pytest.raises(ValueError, match=message):
        measure(scores)


def test_float32_rounding_above_zero_is_a_log_probability():
    assert cross_entropy(np.array([1e-7], "float32")) == pytest.approx(0, abs=1e-6)


def test_accuracy_leaves_padding_out():
    predictions, targets = [[5, 6, 0, 0], [7, 9, 8, 0]], [[5, 5, 0, 0], [7, 8, 8, 0]]
    assert accuracy(predictions, targets, mask=np.array(targets) > 0) == pytest.approx(3 / 5)
    assert accuracy(predictions, targets) == pytest.approx(6 / 8)  # what padding would pretend


@pytest.mark.parametrize(
    ("predictions", "targets", "mask", "message"),
    [
        ([1, 2], [1], None, r"got \(2,\), \(1,\)"),
        ([1], [1], [[1]], r"mask \(1, 1\)"),
        ([1], [1], [0], "got none"),
        ([], [], None, "got none"),
    ],
)
def test_accuracy_refuses_what_does_not_fit(predictions, targets, mask, message):
    with pytest.raises(ValueError, match=message):
        accuracy(predictions, targets, mask)


def test_exact_match_accepts_any_reference():
    assert exact_match(["a", "b", "c"], [["x", "a"], ["b"], ["x"]]) == pytest.approx(2 / 3)
    assert exact_match([["a", "b"]], [[["a"], ["a", "b"]]]) == 1


@pytest.mark.parametrize(
    ("predictions", "references", "message"),
    [(["a"], [], "got 1 and 0"), ([], [], "got 0 and 0"), (["a"], ["a"], "string 'a'")],
)
def test_exact_match_refuses_what_does_not_fit(predictions, references, message):
    with pytest.raises(ValueError, match=message):
        exact_match(predictions, references)


def test_hits_and_keystrokes_are_counted_as_typed():
    suggestions, targets = [[4, 5, 6], [], [7]], [5, 6, 7]
    assert hit_rate(suggestions, targets) == pytest.approx(2 / 3)
    # by hand 4 + 6 + 9 strokes with the spaces; two taps and six keys remain
    assert keystrokes_saved(suggestions, targets, lengths=[3, 5, 8]) == pytest.approx(1 - 8 / 19)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=20))
def test_keystrokes_saved_lie_between_none_and_all_but_the_taps(lengths):
    words = np.arange(len(lengths))
    assert keystrokes_saved([[]] * len(words), words, lengths) == 0
    everything = keystrokes_saved(words[:, None], words, lengths)
    assert everything == pytest.approx(1 - len(words) / (np.sum(lengths) + len(words)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hit_rate([[4]], [4, 5]), "got 1 for 2 words"),
        (lambda: hit_rate([], []), "got 0 for 0 words"),
        (lambda: keystrokes_saved([[4]], [4], lengths=[1, 2]), "each of 1 words, got 2"),
    ],
)
def test_suggestion_metrics_refuse_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_confidence_interval_covers_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(1)
    covered = [low <= 3 <= high for low, high in (confidence_interval(rng.normal(3, 2, 40)) for _ in range(300))]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.05)  # four standard errors; the bootstrap is a little narrow


def test_confidence_interval_narrows_with_the_square_root_and_repeats_with_its_seed():
    values = np.random.default_rng(0).normal(size=6400)
    low, high = confidence_interval(values)
    short_low, short_high = confidence_interval(values[:400])
    assert (short_high - short_low) / (high - low) == pytest.approx(4, rel=0.2)
    assert confidence_interval(values) == (low, high)
    assert confidence_interval(values, seed=1) != (low, high)
    inner = confidence_interval(values, confidence=0.5)
    assert low < inner[0] < inner[1] < high


@pytest.mark.parametrize(
    ("values", "confidence", "message"),
    [
        ([1.0], 0.95, r"shape \(1,\)"),
        ([[1.0, 2.0]], 0.95, r"shape \(1, 2\)"),
        ([1.0, np.inf], 0.95, "finite"),
        ([1.0, 2.0], 95, "between 0 and 1, got 95"),
    ],
)
def test_confidence_interval_refuses_what_has_none(values, confidence, message):
    with pytest.raises(ValueError, match=message):
        confidence_interval(values, confidence)


def test_keyboard_score_counts_words_of_each_text_and_keystrokes_of_all():
    tokens = ["?"] * 4 + ["tea", "coffee", "milk"]
    score = keyboard_score([[[4, 5, 6]], [[4, 4, 4]] * 4], [[5], [6, 6, 6, 4]], tokens)
    assert score.hit_rate == pytest.approx((1 + 1 / 4) / 2)
    assert score.low == pytest.approx(0.25)  # of two texts, the worse one drawn twice
    assert score.high == pytest.approx(1.0)
    assert score.keystrokes_saved == pytest.approx((6 + 3) / (7 + 15 + 4))
    with pytest.raises(ValueError, match="expected suggestions for each text, got 1 for 2 texts"):
        keyboard_score([[[4, 5, 6]]], [[5], [6]], tokens)
