"""Every smoother against its defining sums, written out with dictionaries and fractions; then published figures."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import datasets
from course.metrics import perplexity
from course.ngrams import AddK, BackOff, Interpolation, KneserNey, MaximumLikelihood, NGramCounts, NGramModel
from course.text.vocabulary import Vocabulary

UNK, START, END = 1, 2, 3
VOCAB = 10  # ids 8 and 9 never occur in a training text below
PREDICTED = [UNK, END, 4, 5, 6, 7, 8, 9]
UNIFORM = Fraction(1, len(PREDICTED))
TOLERANCE = 1e-9  # float64, a few dozen operations


# The oracle: definitions, one word at a time. A context is a tuple; it is cut to order - 1 tokens by the caller.


def occurrences(corpus, length):
    """How often each tuple of that length occurs; <start> alone is not a token of the text."""
    padded = [(START, *sentence, END) for sentence in corpus]
    found = Counter(s[i : i + length] for s in padded for i in range(len(s) - length + 1))
    del found[(START,)]
    return found


def continuation_counts(corpus, length):
    """Number of different tokens before each tuple; the plain count where it begins with <start>."""
    plain = occurrences(corpus, length)
    before = {(longer[1:], longer[0]) for longer in occurrences(corpus, length + 1)}
    neighbours = Counter(ngram for ngram, _ in before)
    return {ngram: plain[ngram] if ngram[0] == START else neighbours[ngram] for ngram in plain}


def after(counts, context):
    return {ngram[-1]: count for ngram, count in counts.items() if ngram[:-1] == context}


def literal_add_k(corpus, context, word, k):
    counts = after(occurrences(corpus, len(context) + 1), context)
    if not counts:
        return UNIFORM
    return (counts.get(word, 0) + k) / (sum(counts.values()) + k * len(PREDICTED))


def literal_back_off(corpus, context, word, factor):
    def shorter(w):
        return literal_back_off(corpus, context[1:], w, factor) if context else UNIFORM

    counts = after(occurrences(corpus, len(context) + 1), context)
    if not counts:
        return shorter(word)
    total = sum(counts.values())
    scores = {w: Fraction(counts[w], total) if w in counts else factor * shorter(w) for w in PREDICTED}
    return scores[word] / sum(scores.values())


def literal_interpolation(corpus, context, word, weights):
    below = literal_interpolation(corpus, context[1:], word, weights) if context else UNIFORM
    counts = after(occurrences(corpus, len(context) + 1), context)
    if not counts:
        return below
    weight = weights[len(context)]
    return weight * Fraction(counts.get(word, 0), sum(counts.values())) + (1 - weight) * below


def literal_discounts(counts):
    n = Counter(counts.values())
    if n[1] and n[2] and n[3]:
        y = Fraction(n[1], n[1] + 2 * n[2])
        found = [i - (i + 1) * y * Fraction(n[i + 1], n[i]) for i in (1, 2, 3)]
        if min(found) >= 0:
            return found
    return [Fraction(1, 2), Fraction(1), Fraction(3, 2)]


def literal_kneser_ney(corpus, context, word, order):
    below = literal_kneser_ney(corpus, context[1:], word, order) if context else UNIFORM
    length = len(context) + 1
    adjusted = occurrences(corpus, length) if length == order else continuation_counts(corpus, length)
    counts = after(adjusted, context)
    if not counts:
        return below
    discounts = literal_discounts(adjusted)
    taken = {w: discounts[min(count, 3) - 1] for w, count in counts.items()}
    total = sum(counts.values())
    return (counts.get(word, 0) - taken.get(word, 0)) / total + sum(taken.values()) / total * below


SMOOTHERS = {
    "maximum likelihood": (
        lambda counts: MaximumLikelihood(counts),
        lambda corpus, context, word, model: literal_add_k(corpus, context, word, 0),
    ),
    "add k": (
        lambda counts: AddK(counts, k=0.25),
        lambda corpus, context, word, model: literal_add_k(corpus, context, word, Fraction(1, 4)),
    ),
    "back-off": (
        lambda counts: BackOff(counts, factor=0.25),
        lambda corpus, context, word, model: literal_back_off(corpus, context, word, Fraction(1, 4)),
    ),
    "interpolation": (
        lambda counts: Interpolation(counts, held_out=[[4, 5], [6, 8]]),
        lambda corpus, context, word, model: literal_interpolation(corpus, context, word, model.weights),
    ),
    "Kneser-Ney": (
        lambda counts: KneserNey(counts),
        lambda corpus, context, word, model: literal_kneser_ney(corpus, context, word, model.order),
    ),
}
every_smoother = pytest.mark.parametrize("smoother", SMOOTHERS)
corpora = st.lists(st.lists(st.sampled_from([UNK, 4, 5, 6, 7]), max_size=6), min_size=1, max_size=7)
orders = st.integers(1, 4)
contexts = st.builds(
    lambda begin, rest: (*begin, *rest),
    st.sampled_from([(), (START,)]),
    st.lists(st.sampled_from([UNK, 4, 5, 6, 7, 8]), max_size=4).map(tuple),
)
thorough = settings(max_examples=60, deadline=None, derandomize=True)


@every_smoother
@thorough
@given(corpora, orders, contexts)
def test_distribution_equals_the_defining_sums(smoother, corpus, order, context):
    make, literal = SMOOTHERS[smoother]
    model = make(NGramCounts(corpus, VOCAB, order))
    used = context[len(context) - min(len(context), order - 1) :]
    expected = np.zeros(VOCAB)
    expected[PREDICTED] = [float(literal(corpus, used, word, model)) for word in PREDICTED]
    np.testing.assert_allclose(model.distribution(context), expected, atol=TOLERANCE)


@every_smoother
@thorough
@given(corpora, orders, contexts)
def test_probabilities_sum_to_one_and_spare_what_cannot_be_predicted(smoother, corpus, order, context):
    distribution = SMOOTHERS[smoother][0](NGramCounts(corpus, VOCAB, order)).distribution(context)
    assert distribution.sum() == pytest.approx(1, abs=TOLERANCE)
    assert (distribution >= 0).all()
    assert distribution[0] == distribution[START] == 0


@every_smoother
@thorough
@given(corpora, orders, st.lists(st.lists(st.sampled_from([UNK, 4, 5, 6, 7, 8]), max_size=5), max_size=4))
def test_scores_of_a_text_are_those_of_its_distributions_one_by_one(smoother, corpus, order, text):
    model = SMOOTHERS[smoother][0](NGramCounts(corpus, VOCAB, order))
    padded = [(START, *sentence, END) for sentence in text]
    expected = [model.distribution(s[:i])[s[i]] for s in padded for i in range(1, len(s))]
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(model.token_log_probs(text), np.log(expected), rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("smoother", [name for name in SMOOTHERS if name != "back-off"])  # its docstring says why
@thorough
@given(corpora, orders, contexts, st.integers(1, 5))
def test_suggestions_are_the_most_probable_words(smoother, corpus, order, context, k):
    model = SMOOTHERS[smoother][0](NGramCounts(corpus, VOCAB, order))
    distribution = model.distribution(context)
    suggested = model.suggest(context, k)
    best = np.sort(distribution[4:])[::-1][:k]
    np.testing.assert_allclose(distribution[suggested], best[: len(suggested)], rtol=TOLERANCE)
    assert len(set(suggested.tolist())) == len(suggested)
    assert len(suggested) == k or (best[len(suggested) :] == 0).all()
    assert (suggested >= 4).all()


@pytest.mark.parametrize("smoother", [name for name in SMOOTHERS if name != "back-off"])
def test_suggestions_from_a_large_vocabulary_are_the_most_probable_words(smoother):
    rng = np.random.default_rng(0)
    corpus = [(4 + rng.zipf(1.2, 8) % 60).tolist() for _ in range(200)]
    model = SMOOTHERS[smoother][0](NGramCounts(corpus, 64, order=3))
    for sentence in corpus[:50]:
        context = [START, *sentence[:-1]]
        distribution = model.distribution(context)
        suggested = model.suggest(context, 3)
        best = np.sort(distribution[4:])[::-1][: len(suggested)]
        np.testing.assert_allclose(distribution[suggested], best, rtol=TOLERANCE)


def test_equally_probable_words_are_suggested_in_the_order_of_their_ids():
    model = MaximumLikelihood(NGramCounts([[4, word] for word in range(30, 9, -1)], 31, order=2))
    assert model.suggest([START, 4], 3).tolist() == [10, 11, 12]


def test_impossible_words_are_not_suggested():
    model = MaximumLikelihood(NGramCounts([[4, 5], [6, 7]], VOCAB, order=2))
    assert model.suggest([START, 4], 3).tolist() == [5]


@thorough
@given(corpora, orders)
def test_lower_orders_share_the_counts_of_the_highest(corpus, order):
    together = KneserNey(NGramCounts(corpus, VOCAB, 4), order)
    alone = KneserNey(NGramCounts(corpus, VOCAB, order))
    np.testing.assert_array_equal(together.token_log_probs(corpus), alone.token_log_probs(corpus))


@thorough
@given(corpora, st.lists(st.sampled_from([UNK, START, END, 4, 5, 6, 7, 8]), min_size=1, max_size=4))
def test_counts_are_those_of_a_dictionary(corpus, ngram):
    assert NGramCounts(corpus, VOCAB, 4).count(ngram) == occurrences(corpus, len(ngram))[tuple(ngram)]


def test_continuations_count_different_neighbours_and_keep_the_counts_at_the_start():
    francisco, san, glasses, my, your = 4, 5, 6, 7, 8  # "Francisco" is frequent, after one word only
    counts = NGramCounts([[san, francisco]] * 3 + [[my, glasses], [your, glasses]], VOCAB, order=3)
    words, pairs = counts.continuations(1), counts.levels[1]
    assert words[[francisco, glasses, san, START]].tolist() == [1, 2, 1, 0]
    at_start = counts.continuations(2)[pairs.find(np.array([START]), np.array([san]))]
    assert at_start.tolist() == [3]


def test_discounts_follow_chen_and_goodman():
    corpus = [[4]] * 5 + [[5]] * 3 + [[6]] * 2 + [[7]] * 2 + [[8]] + [[9]] + [[UNK]]  # n1 = 3, n2 = 2, n3 = 1, n4 = 0
    model = KneserNey(NGramCounts(corpus, VOCAB, order=2))
    y = 3 / (3 + 2 * 2)
    np.testing.assert_allclose(model.discounts[1], [0, 1 - 2 * y * 2 / 3, 2 - 3 * y * 1 / 2, 3])


def test_discounts_fall_back_where_the_text_is_too_small():
    assert KneserNey(NGramCounts([[4, 5]], VOCAB, order=2)).discounts.tolist() == [[0, 0.5, 1, 1.5]] * 2


@thorough
@given(corpora, st.lists(st.lists(st.sampled_from([4, 5, 6, 8]), max_size=5), min_size=1, max_size=5), orders)
def test_fitted_weights_beat_any_other_weights_on_the_held_out_text(corpus, held_out, order):
    counts = NGramCounts(corpus, VOCAB, order)
    fitted = Interpolation(counts, held_out)
    best = fitted.token_log_probs(held_out).mean()

    class Fixed(Interpolation):
        def _fit(self, counts, held_out):
            self.weights[:] = weights

    for seed in range(5):
        weights = np.random.default_rng(seed).uniform(0.02, 0.98, order)
        # 40 rounds come within a hundredth of a nat of the optimum, which may lie at a weight of 0
        assert Fixed(counts, held_out).token_log_probs(held_out).mean() <= best + 0.01


def test_generated_words_are_drawn_from_the_distribution():
    corpus = [[4, 5], [4, 5], [4, 6], [4, 7]]
    model = MaximumLikelihood(NGramCounts(corpus, VOCAB, order=2))
    drawn = Counter(tuple(model.generate(10, seed)) for seed in range(400))
    assert set(drawn) == {(4, 5), (4, 6), (4, 7)}
    assert drawn[4, 5] == pytest.approx(200, abs=50)  # five standard deviations of a fair coin
    assert model.generate(1, seed=0) == [4]
    assert model.generate(10, seed=0, context=[START, 4]) == model.generate(10, seed=0, context=[4])
    assert model.generate(10, seed=3) == model.generate(10, seed=3)


def test_an_impossible_token_scores_minus_infinity_without_a_warning():
    model = MaximumLikelihood(NGramCounts([[4, 5]], VOCAB, order=2))
    assert model.token_log_probs([[4, 6]]).tolist() == [0, -np.inf, np.log(1 / 8)]  # "6" was never a context


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: NGramCounts([[4, 5]], VOCAB, order=0), "at least 1, got 0"),
        (lambda: NGramCounts([], VOCAB, order=2), "at least one sentence"),
        (lambda: NGramCounts([[4, 10]], VOCAB, order=2), "from 0 to 9, got 4 to 10"),
        (lambda: NGramCounts([[4, START]], VOCAB, order=2), "without <pad>, <start> and <end>"),
        (lambda: NGramCounts([[4]], VOCAB, order=2).count([]), "1 to 2 tokens, got 0"),
        (lambda: NGramCounts([[4]], VOCAB, order=2).continuations(2), "from 1 to 1, got 2"),
        (lambda: KneserNey(NGramCounts([[4]], VOCAB, order=2), order=3), "from 1 to 2, as far as was counted, got 3"),
        (lambda: KneserNey(NGramCounts([[4]], VOCAB, order=2)).distribution([10]), "from 0 to 9, got 10"),
        (lambda: AddK(NGramCounts([[4]], VOCAB, order=2), k=-1), "at least 0, got -1"),
        (lambda: BackOff(NGramCounts([[4]], VOCAB, order=2), factor=0), "above 0, got 0"),
        (lambda: Interpolation(NGramCounts([[4]], VOCAB, order=2), held_out=[]), "held-out sentences"),
    ],
)
def test_errors_say_what_was_expected_and_what_was_got(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_model_is_a_table_filled_by_its_smoother():
    with pytest.raises(NotImplementedError):
        NGramModel(NGramCounts([[4]], VOCAB, order=1))


@pytest.mark.skipif(not datasets.available("wikitext-2"), reason=datasets.how_to_get("wikitext-2"))
def test_kneser_ney_reaches_the_measured_perplexities_of_wikitext_2():
    # Each line is a sentence with its <end>, empty lines too, as in the 2,088,628 and 245,569 tokens of the corpus.
    corpus = datasets.load("wikitext-2")
    train, test = ([line.split() for line in corpus.lines(split)] for split in ("train", "test"))
    vocabulary = Vocabulary.from_tokens(token for line in train for token in line)
    assert len(vocabulary) - 2 == 33_278  # <pad> and <start> are ours
    test = [vocabulary.encode(line) for line in test]
    counts = NGramCounts([vocabulary.encode(line) for line in train], len(vocabulary), order=5)
    for order, expected in ((3, 226.1), (5, 220.1)):
        scores = KneserNey(counts, order).token_log_probs(test)
        assert len(scores) == 245_569
        assert perplexity(scores) == pytest.approx(expected, abs=0.05)  # the figures have one decimal
