"""The recall task: remember the first word of a text past a number of words that do not matter.

It isolates one thing, distance. Words are ids: 0 is padding, 1 to `KEYS` are the words to remember, the others are
distractors. After Hochreiter & Schmidhuber (1997), whose long-lag tasks are of this kind.
"""

import numpy as np

KEYS = 8
DISTRACTORS = 31
VOCAB_SIZE = 1 + KEYS + DISTRACTORS


def recall(examples: int, distance: int, seed: int, steps: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Texts of one key and `distance` distractors; after the last of them the key has to be named.

    Args:
        examples: number of texts.
        distance: time steps from reading the key to naming it; at 0 it is named at once.
        seed: of keys and distractors.
        steps: columns of the arrays, padding behind the text; None for distance + 1.

    Returns:
        inputs, targets: int32, shape (examples, steps). Targets are 0, not scored, except for the key at the last word.

    Raises:
        ValueError: the text is longer than `steps`, or the distance is negative.

    >>> inputs, targets = recall(examples=1, distance=3, seed=0)
    >>> inputs.shape, targets[0].tolist() == [0, 0, 0, inputs[0, 0]]
    ((1, 4), True)
    """
    steps = distance + 1 if steps is None else steps
    if not 0 <= distance < steps:
        raise ValueError(f"expected a distance from 0 to steps - 1 = {steps - 1}, got {distance}")
    random = np.random.default_rng(seed)
    inputs, targets = np.zeros((2, examples, steps), dtype=np.int32)
    inputs[:, 0] = random.integers(1, 1 + KEYS, examples)
    inputs[:, 1 : distance + 1] = random.integers(1 + KEYS, VOCAB_SIZE, (examples, distance))
    targets[:, distance] = inputs[:, 0]
    return inputs, targets
