"""The last-key task: after every word, name the key that came last. It asks for memory and for forgetting.

In the recall task one key has to be kept to the end; here every new key makes the old one worthless, in a stream
without a mark between the old matter and the new. After the continual tasks of Gers, Schmidhuber & Cummins (2000). Ids
are those of `course.corpora.recall`.
"""

import numpy as np

from course.corpora.recall import KEYS, VOCAB_SIZE


def last_key(examples: int, steps: int, every: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Texts of distractors in which a key stands at the first place and, on average, at one place in `every`.

    Args:
        examples: number of texts.
        steps: words of each text.
        every: mean number of steps from one key to the next.
        seed: of keys, places and distractors.

    Returns:
        inputs, targets: int32, shape (examples, steps). Every target is the last key, the word just read included.

    Raises:
        ValueError: a number is below 1.

    >>> inputs, targets = last_key(examples=1, steps=6, every=3, seed=1)
    >>> inputs[0].tolist(), targets[0].tolist()
    ([3, 9, 3, 32, 6, 25], [3, 3, 3, 3, 6, 6])
    """
    if min(examples, steps, every) < 1:
        raise ValueError(f"expected numbers of at least 1, got examples {examples}, steps {steps}, every {every}")
    random = np.random.default_rng(seed)
    is_key = random.random((examples, steps)) < 1 / every
    is_key[:, 0] = True
    keys = random.integers(1, 1 + KEYS, (examples, steps))
    inputs = np.where(is_key, keys, random.integers(1 + KEYS, VOCAB_SIZE, (examples, steps))).astype(np.int32)
    place = np.maximum.accumulate(np.where(is_key, np.arange(steps), 0), axis=1)  # of the last key
    return inputs, np.take_along_axis(inputs, place, axis=1)
