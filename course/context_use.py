"""How far back a language model looks: spoil the distant context and see what that costs (Khandelwal et al. 2018)."""

from collections.abc import Callable, Sequence

import numpy as np


def drop_beyond(context, distance: int, fixed: int = 0) -> np.ndarray:
    """The last `distance` tokens of a context, behind its first `fixed` ones; all else is gone.

    >>> drop_beyond([2, 10, 11, 12, 13], distance=2, fixed=1).tolist()
    [2, 12, 13]
    """
    context = np.asarray(context)
    return np.concatenate([context[:fixed], context[max(fixed, len(context) - distance) :]])


def shuffle_beyond(context, distance: int, rng: np.random.Generator, fixed: int = 0) -> np.ndarray:
    """A context in which all but the last `distance` and the first `fixed` tokens stand in random order.

    >>> shuffle_beyond([2, 10, 11, 12, 13, 14], distance=2, rng=np.random.default_rng(0), fixed=1).tolist()
    [2, 12, 10, 11, 13, 14]
    """
    context = np.array(context)
    rng.shuffle(context[fixed : max(fixed, len(context) - distance)])
    return context


def context_use(
    score: Callable[[Sequence[np.ndarray], np.ndarray], np.ndarray],
    contexts: Sequence,
    targets,
    distances: Sequence[int],
    seed: int,
    fixed: int = 0,
) -> dict[str, np.ndarray]:
    """What each token loses when the context further back than a distance is dropped or shuffled.

    A rise at distance n means that the model used something that stands more than n tokens before the target; a rise
    under "shuffle" means that it used its order. Lesson 08, eq. (8.7).

    Args:
        score: log p(target | context) in nats, shape (targets,), from a list of id arrays and the targets. Any model
            will do; `models.language_model.next_token_scorer` makes one of a Keras model.
        contexts: ids before each target, oldest first; as long as the model can use.
        targets: the true next token after each context, shape (targets,).
        distances: the last so many tokens stay as they are.
        seed: of the shuffling.
        fixed: tokens at the front of each context that stay, such as a <start>.

    Returns:
        "drop" and "shuffle": nats lost against the whole context, shape (distances, targets). Their mean over targets
        is the rise of the cross-entropy.

    Raises:
        ValueError: not one target per context, or a distance below 0.

    >>> def repeats(contexts, targets):  # sure that the token three back comes again, when there is one
    ...     return np.array([0.0 if len(c) > 2 and c[-3] == t else -1.0 for c, t in zip(contexts, targets)])
    >>> loss = context_use(repeats, [[7, 8, 9], [6, 8, 9]], [7, 6], distances=[2, 3], seed=0)
    >>> loss["drop"].tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    targets = np.asarray(targets)
    if targets.shape != (len(contexts),):
        raise ValueError(f"expected one target for each of {len(contexts)} contexts, got shape {targets.shape}")
    if min(distances, default=0) < 0:
        raise ValueError(f"expected distances of at least 0, got {min(distances)}")
    rng = np.random.default_rng(seed)
    whole = np.asarray(score([np.asarray(context) for context in contexts], targets))
    dropped = [score([drop_beyond(c, distance, fixed) for c in contexts], targets) for distance in distances]
    shuffled = [score([shuffle_beyond(c, distance, rng, fixed) for c in contexts], targets) for distance in distances]
    return {"drop": whole - np.array(dropped), "shuffle": whole - np.array(shuffled)}
