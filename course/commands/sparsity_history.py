"""Count for lesson 02 how much of real text was never seen before: `python -m course.commands.sparsity_history`.

Writes `datasets/histories/02_sparsity.json`: for WikiText-2 the share of held-out n-grams that training never had, and
the number of different n-grams, by order and by size of the training text, with the command, the corpus, versions and
duration. Needs WikiText-2 (`python -m course data wikitext-2`); about 15 seconds on one core.
"""

import hashlib

import numpy as np

from course.commands.histories import FOLDER, origin, stopwatch, write
from course.datasets import load
from course.ngrams import NGramCounts
from course.text.vocabulary import Vocabulary

FILE = FOLDER / "02_sparsity.json"
ORDER, SHARES = 5, tuple(2.0**-power for power in range(8, -1, -1))  # of the training lines
MOST_FREQUENT = 10_000


def sparsity(train, test, vocab_size: int, order: int) -> dict[str, list]:
    """How much of the test text is new to one who has read the training text.

    Args:
        train, test: lists of arrays of ids, one per line or text, without specials.
        vocab_size: tokens in the vocabulary, the specials counted.
        order: length of the longest n-grams.

    Returns:
        for each length from 1 to `order`: "distinct", the number of different n-grams of `train`, and "unseen", the
        share of all n-grams of `test` that `train` does not have. <start> and <end> belong to the n-grams.

    >>> sparsity([[4, 5, 6]], [[4, 5, 4]], vocab_size=7, order=2)
    {'distinct': [4, 4], 'unseen': [0.0, 0.5]}
    """
    counts = NGramCounts(train, vocab_size, order)
    _, entries, _ = counts.find_scored(test, order)
    unseen = []
    for level, entry in zip(counts.levels, entries, strict=True):
        entry = entry[entry > -2]  # where the text reaches so far back
        unseen.append(float(np.mean((entry < 0) | (level.counts[entry] == 0))))
    return {"distinct": [int(np.count_nonzero(level.counts)) for level in counts.levels], "unseen": unseen}


def drawn_lines(lines) -> list[list[str]]:
    """The lines that are not empty, as tokens, in an order drawn by hash: the same whatever order they came in."""
    filled = [line.split() for line in lines if line.strip()]
    return sorted(filled, key=lambda tokens: hashlib.sha256(" ".join(tokens).encode()).digest())


def main() -> None:
    """Count the parts of WikiText-2, one after another, and store what was found."""
    seconds = stopwatch()
    corpus = load("wikitext-2")
    train, test = (drawn_lines(corpus.lines(part)) for part in ("train", "test"))
    history = origin("sparsity_history", packages=("numpy",)) | {
        "corpus": {"name": corpus.name, "train": _digest(train), "test": _digest(test)},
        "all_tokens": _curve(train, test, SHARES, max_size=None),
        "most_frequent": _curve(train, test, SHARES[-1:], max_size=MOST_FREQUENT),
    }
    write(FILE, history | seconds())


def _digest(lines) -> str:
    return hashlib.sha256("\n".join(map(" ".join, lines)).encode()).hexdigest()


def _curve(train, test, shares, max_size) -> dict:
    """Sparsity by share of the training lines, the vocabulary being that of all of them."""
    vocabulary = Vocabulary.from_tokens((token for line in train for token in line), max_size)
    train, test = ([vocabulary.encode(line) for line in part] for part in (train, test))
    sizes = [round(share * len(train)) for share in shares]
    return {
        "types": len(vocabulary),
        "tokens": [sum(map(len, train[:size])) + size for size in sizes],
        "sparsity": [sparsity(train[:size], test, len(vocabulary), ORDER) for size in sizes],
    }


if __name__ == "__main__":
    main()
