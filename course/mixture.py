"""Two language models that predict together: their probabilities, weighted and added."""

import numpy as np

from course.text.vocabulary import SPECIALS


def mix(log_probs, other_log_probs, weight: float) -> np.ndarray:
    """log of `weight` · p + (1 − `weight`) · q, token by token. Lesson 08, eq. (8.6); Jelinek & Mercer (1980).

    Args:
        log_probs, other_log_probs: log p and log q of the same tokens in nats, of one shape.
        weight: share of the first model, from 0 to 1.

    Returns:
        nats, of that shape.

    Raises:
        ValueError: the shapes differ, or the weight is outside [0, 1].

    >>> np.exp(mix(np.log([0.5, 0.1]), np.log([0.1, 0.1]), 0.25)).round(6).tolist()
    [0.2, 0.1]
    """
    log_probs, other_log_probs = _same_tokens(log_probs, other_log_probs)
    if not 0 <= weight <= 1:
        raise ValueError(f"expected a weight from 0 to 1, got {weight}")
    with np.errstate(divide="ignore"):  # a weight of 0 silences its model
        return np.logaddexp(np.log(weight) + log_probs, np.log1p(-weight) + other_log_probs)


def fit_weight(log_probs, other_log_probs, tolerance: float = 1e-6) -> float:
    """The weight with which the mixture finds these tokens most probable, by expectation maximisation.

    Each round asks of every token which of the two models is the likelier to have written it, and makes the weight the
    mean of the answers (Dempster, Laird & Rubin 1977). The likelihood has one maximum in the weight, and every round
    climbs. Fit it on validation text; on the test text it would be one more parameter trained on the test.

    Args:
        log_probs, other_log_probs: log p and log q of the same held-out tokens in nats, of one shape.
        tolerance: ends when a round moves the weight by less.

    Returns:
        share of the first model, from 0 to 1.

    Raises:
        ValueError: the shapes differ, there is no token, or both models hold one impossible.

    >>> round(fit_weight(np.log([0.5, 0.5, 0.1]), np.log([0.1, 0.1, 0.5])), 2)
    0.75
    """
    log_probs, other_log_probs = (array.ravel() for array in _same_tokens(log_probs, other_log_probs))
    best = np.maximum(log_probs, other_log_probs)
    if not best.size or not np.isfinite(best).all():
        raise ValueError("expected tokens that at least one of the two models holds possible, got none or others")
    first, second = np.exp(log_probs - best), np.exp(other_log_probs - best)
    weight, moved = 0.5, 1.0
    while moved >= tolerance:
        fitted = float(np.mean(weight * first / (weight * first + (1 - weight) * second)))
        weight, moved = fitted, abs(fitted - weight)
    return weight


def _same_tokens(log_probs, other_log_probs) -> tuple[np.ndarray, np.ndarray]:
    log_probs, other_log_probs = (np.asarray(array, dtype=float) for array in (log_probs, other_log_probs))
    if log_probs.shape != other_log_probs.shape:
        raise ValueError(f"expected scores of the same tokens, got {log_probs.shape} and {other_log_probs.shape}")
    return log_probs, other_log_probs


class Mixture:
    """Two models as one, for the keyboard: anything with `distribution(context)` can take part.

    Attributes:
        first, second: the models, of one vocabulary.
        weight: share of the first.
    """

    def __init__(self, first, second, weight: float):
        if not 0 <= weight <= 1:
            raise ValueError(f"expected a weight from 0 to 1, got {weight}")
        self.first, self.second, self.weight = first, second, weight

    def distribution(self, context) -> np.ndarray:
        """P(· | context) over the vocabulary, shape (vocab_size,); the context of ids begins with <start>."""
        return self.weight * self.first.distribution(context) + (1 - self.weight) * self.second.distribution(context)

    def suggest(self, context, k: int) -> np.ndarray:
        """The ids of the k most probable next words after the context, best first, never a special token."""
        return best_words(self.distribution(context), k)


def best_words(probabilities, k: int) -> np.ndarray:
    """The ids of the k most probable words, best first, the special tokens left out.

    >>> best_words([0.5, 0.0, 0.0, 0.1, 0.1, 0.3], 2).tolist()
    [5, 4]
    """
    words = np.asarray(probabilities)[len(SPECIALS) :]
    bound = np.partition(words, -k)[-k] if 0 < k < len(words) else -np.inf  # only what reaches it is sorted
    [good] = np.nonzero(words >= bound)
    return good[np.argsort(-words[good], kind="stable")[:k]] + len(SPECIALS)
