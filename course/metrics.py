"""Numbers that say how good a model is: likelihood, hits, keystrokes, and how sure one may be of them."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from sacrebleu.metrics import BLEU, CHRF


def cross_entropy(token_log_probs) -> float:
    """Mean surprise per token. Lesson 01, eq. (1.5); Shannon (1948).

    Args:
        token_log_probs: log p(token | context) of each held-out token, in nats, shape (tokens,).

    Returns:
        Nats per token: 0 for a perfect model, log of the vocabulary size for a uniform one, infinity where a token was
        held impossible.

    Raises:
        ValueError: nothing was scored, or something is no log-probability (positive or not a number).

    >>> round(cross_entropy(np.log([0.25, 0.25, 0.25])), 6)
    1.386294
    """
    token_log_probs = np.asarray(token_log_probs, dtype=float)
    if not token_log_probs.size:
        raise ValueError("expected the log-probability of at least one token, got none")
    if not (token_log_probs <= 1e-6).all():  # rounding may lift a float32 log 1 a little above 0
        wrong = token_log_probs[~(token_log_probs <= 1e-6)]
        raise ValueError(f"expected log-probabilities, which are at most 0, got {wrong.flat[0]:g}")
    return float(-token_log_probs.mean())


def perplexity(token_log_probs) -> float:
    """Number of equally likely tokens the model hesitates between. Lesson 01, eq. (1.6); Jelinek et al. (1977).

    Args:
        token_log_probs: log p(token | context) of each held-out token, in nats, shape (tokens,).

    Returns:
        Tokens: 1 for a perfect model, the vocabulary size for a uniform one, infinity where a token was held
        impossible.

    Raises:
        ValueError: nothing was scored, or something is no log-probability.

    >>> round(perplexity(np.log([0.25, 0.25, 0.25])), 6)
    4.0
    """
    with np.errstate(over="ignore"):
        return float(np.exp(cross_entropy(token_log_probs)))


def accuracy(predictions, targets, mask=None) -> float:
    """Share of targets that were predicted.

    Args:
        predictions, targets: ids of the same shape.
        mask: what counts, of that shape too; give it wherever there is padding, which any model predicts.

    Raises:
        ValueError: the shapes differ, or nothing counts.

    >>> accuracy([[5, 6, 0]], [[5, 7, 0]], mask=[[1, 1, 0]])
    0.5
    """
    predictions, targets = np.asarray(predictions), np.asarray(targets)
    mask = np.ones(targets.shape, bool) if mask is None else np.asarray(mask, dtype=bool)
    if not predictions.shape == targets.shape == mask.shape:
        raise ValueError(f"expected one shape, got {predictions.shape}, {targets.shape} and mask {mask.shape}")
    if not mask.any():
        raise ValueError("expected at least one target that counts, got none")
    return float((predictions == targets)[mask].mean())


def exact_match(predictions, references) -> float:
    """Share of predictions equal to one of their references.

    Args:
        predictions: one sequence each (a string or a list of tokens).
        references: for each prediction a list of acceptable sequences.

    Raises:
        ValueError: not one list of references for each prediction, or nothing to compare.

    >>> exact_match(["Je pars.", "Oui."], [["Je pars.", "Je m'en vais."], ["Non."]])
    0.5
    """
    if len(predictions) != len(references) or not len(references):
        raise ValueError(f"expected as many reference lists, got {len(predictions)} and {len(references)}")
    for wrong in references:
        if isinstance(wrong, str):
            raise ValueError(f"expected a list of references for each prediction, got the string {wrong!r}")
    hits = [prediction in list(accepted) for prediction, accepted in zip(predictions, references, strict=True)]
    return float(np.mean(hits))


def hit_rate(suggestions, targets) -> float:
    """Share of words that stood among the suggestions made before they were typed.

    Args:
        suggestions: for each word the ids suggested; lists may differ in length.
        targets: the ids of the words typed.

    Raises:
        ValueError: not one list for each word, or no word.

    >>> hit_rate([[4, 5, 6], [4, 5, 6]], [6, 7])
    0.5
    """
    return float(np.mean(_hits(suggestions, targets)))


def keystrokes_saved(suggestions, targets, lengths) -> float:
    """Share of keystrokes that a keyboard with suggestions saves. Lesson 01, eq. (1.13).

    A word typed by hand costs its letters and a space; a word that is suggested before its first letter costs one tap,
    space included. Completions of a word begun are not counted, so this is a lower bound.

    Args:
        suggestions: for each word the ids suggested.
        targets: the ids of the words typed.
        lengths: letters of each word typed.

    Raises:
        ValueError: not one list and one length for each word, or no word.

    >>> keystrokes_saved([[4, 5, 6], [4, 5, 6]], [6, 7], lengths=[9, 9])  # 10 + 10 keystrokes become 1 + 10
    0.45
    """
    hits = _hits(suggestions, targets)
    lengths = np.asarray(lengths)
    if lengths.shape != hits.shape:
        raise ValueError(f"expected one length for each of {len(hits)} words, got {len(lengths)}")
    return float((hits * lengths).sum() / (lengths + 1).sum())


class KeyboardScore(NamedTuple):
    """How much typing a keyboard spares: shares of words and of keystrokes, the first with its 95 % interval."""

    hit_rate: float
    low: float
    high: float
    keystrokes_saved: float

    def __str__(self):
        return (
            f"top-3 hit rate {self.hit_rate:.1%} ({self.low:.1%} to {self.high:.1%}), "
            f"keystrokes saved {self.keystrokes_saved:.1%}"
        )


def keyboard_score(suggestions, texts, tokens: Sequence[str]) -> KeyboardScore:
    """Hit rate (mean over texts, with its interval) and keystrokes saved when whole texts are typed with suggestions.

    Args:
        suggestions: for each text, for each of its tokens, the three ids suggested before it.
        texts: ids typed.
        tokens: the token of each id, for the number of its letters.

    Raises:
        ValueError: not one list of suggestions for each token of each text, or no text.

    >>> score = keyboard_score([[[4, 5, 6], [4, 5, 6]]] * 2, [[6, 5], [6, 7]], ["?"] * 5 + ["red", "green", "blue"])
    >>> print(score)
    top-3 hit rate 75.0% (50.0% to 100.0%), keystrokes saved 61.9%
    """
    if len(suggestions) != len(texts) or not len(texts):
        raise ValueError(f"expected suggestions for each text, got {len(suggestions)} for {len(texts)} texts")
    rates = [hit_rate(offers, text) for offers, text in zip(suggestions, texts, strict=True)]
    low, high = confidence_interval(rates)
    targets = np.concatenate(texts)
    offers = [offer for text in suggestions for offer in text]
    saved = keystrokes_saved(offers, targets, [len(tokens[target]) for target in targets])
    return KeyboardScore(float(np.mean(rates)), low, high, saved)


def _hits(suggestions, targets) -> np.ndarray:
    if len(suggestions) != len(targets) or not len(targets):
        raise ValueError(f"expected suggestions for each word, got {len(suggestions)} for {len(targets)} words")
    return np.array([target in list(suggested) for suggested, target in zip(suggestions, targets, strict=True)])


def confidence_interval(values, confidence: float = 0.95, seed: int = 0, resamples: int = 2000) -> tuple[float, float]:
    """Interval for the mean of the values by the percentile bootstrap (Efron & Tibshirani 1993).

    Args:
        values: independent measurements, shape (n,): one per sentence or per seed, not one per token of the same text.
        confidence: probability with which such an interval covers the mean of the population.
        seed, resamples: of the bootstrap.

    Returns:
        lower and upper end, in the unit of the values.

    Raises:
        ValueError: fewer than two values, a value that is no finite number, or a confidence outside (0, 1).

    >>> low, high = confidence_interval([1.0, 2.0, 3.0, 4.0])
    >>> 1.0 <= low < 2.5 < high <= 4.0
    True
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"expected at least two values in one dimension, got shape {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("expected finite values, got an infinity or a nan")
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")
    rng = np.random.default_rng(seed)
    rows = max(1, 2_000_000 // len(values))  # resamples drawn at once, so that memory stays bounded
    means = [
        values[rng.integers(len(values), size=(min(rows, resamples - done), len(values)))].mean(axis=1)
        for done in range(0, resamples, rows)
    ]
    tail = (1 - confidence) / 2
    low, high = np.quantile(np.concatenate(means), [tail, 1 - tail])
    return float(low), float(high)


# Translation: sacreBLEU, so that the figures can stand beside published ones -----------------------------------------


class TranslationScore(NamedTuple):
    """A score from 0 to 100, and the signature without which nobody can repeat it."""

    score: float
    signature: str


def bleu(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> TranslationScore:
    """Corpus BLEU of translations, in sacreBLEU's standard setting (Papineni et al. 2002; Post 2018).

    The geometric mean of the shares of n-grams of 1 to 4 tokens that also stand in a reference, times a penalty when
    the translations together are shorter than the references. It is defined for a corpus; means of sentence scores are
    something else.

    Args:
        hypotheses: one translation a sentence, detokenised: sacreBLEU does its own tokenising.
        references: for each of them one or more right translations, detokenised.

    Raises:
        ValueError: nothing to score, the two differ in length, or a sentence has no reference.

    >>> round(bleu(["The cat sat on the mat."], [["The cat sat on the mat.", "A cat sat on the mat."]]).score, 6)
    100.0
    """
    return _corpus_score(BLEU(), hypotheses, references)


def chrf(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> TranslationScore:
    """Corpus chrF2: F-score of character n-grams of 1 to 6, recall counted twice (Popović 2015). Arguments as `bleu`.

    >>> wrong, right = ["Les chats dorment."], [["Le chat dort."]]
    >>> chrf(wrong, right).score > bleu(wrong, right).score  # it gives credit for parts of words
    True
    """
    return _corpus_score(CHRF(), hypotheses, references)


def _corpus_score(metric, hypotheses, references) -> TranslationScore:
    if not len(hypotheses) or len(hypotheses) != len(references):
        raise ValueError(
            "expected one or more translations and as many lists of references, "
            f"got {len(hypotheses)} and {len(references)}"
        )
    bare = [i for i, sentences in enumerate(references) if isinstance(sentences, str) or not len(sentences)]
    if bare:
        raise ValueError(f"expected a list of one or more references for each sentence, got {references[bare[0]]!r}")
    streams = list(zip_longest(*references))  # sacreBLEU wants the first references of all, then the second of all, …
    return TranslationScore(metric.corpus_score(hypotheses, streams).score, str(metric.get_signature()))
