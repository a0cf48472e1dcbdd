"""The `postcards` corpus: English-French sentence pairs written by one synchronous grammar.

A sentence is drawn as a meaning and rendered in both languages (`course.corpora.bilingual`). Within the corpus English
decides French: no English sentence has two translations.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from course.corpora.bilingual import english, french, linked, spoken, statements, wishes
from course.corpora.bilingual.grammar import Draw
from course.text.tokens import tokenize

SEED, PAIRS = 2026, 45_000
FILE = "postcards.tsv"
PATTERNS = {**statements.PATTERNS, **wishes.PATTERNS, **linked.PATTERNS, **spoken.PATTERNS}
TOKENS = range(3, 21)  # admitted lengths, in tokens, of either side
COLUMNS = ("english", "french", "pattern", "combinations")


class SentencePair(NamedTuple):
    """An English sentence, its French, the kind of sentence, and the combinations of words in it ("eat+apple")."""

    english: str
    french: str
    pattern: str
    combinations: tuple[str, ...]


def generate(seed: int = SEED, pairs: int = PAIRS) -> list[SentencePair]:
    """Distinct sentence pairs, in the order drawn.

    Args:
        seed: of the draw.
        pairs: how many to make.

    Raises:
        ValueError: the grammar made two French sentences of one English sentence.

    >>> generate(pairs=2)[1][:2]
    ('Our parents love listening to the concert.', 'Nos parents adorent écouter le concert.')
    """
    draw = Draw(seed)
    found: dict[str, SentencePair] = {}
    while len(found) < pairs:
        make = draw.weighted(PATTERNS)
        words, mark, keys = make(draw)
        source = english.write_line(f"{words.english} {mark}")
        target = french.write_line(f"{words.french} {mark}")
        pair = SentencePair(source, target, make.__name__, tuple(sorted(set(keys))))
        if not all(len(tokenize(line)) in TOKENS for line in (source, target)):
            continue
        known = found.setdefault(source, pair)
        if known.french != target:
            kinds = f"{known.pattern} and {pair.pattern}"
            raise ValueError(f"expected one French for {source!r}, got {known.french!r} and {target!r}; see {kinds}")
    return list(found.values())


def write(folder: Path | str, pairs: list[SentencePair] | None = None) -> Path:
    """Writes the corpus as tab-separated text (UTF-8, line feeds, a header line) into a folder; returns the file."""
    path = Path(folder) / FILE
    rows = [COLUMNS, *((*pair[:3], " ".join(pair.combinations)) for pair in pairs or generate())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join("\t".join(row) + "\n" for row in rows).encode())
    return path


def read(path: Path | str) -> list[SentencePair]:
    """The pairs of a file that `write` has written.

    Raises:
        ValueError: the header is another one.
    """
    header, *lines = Path(path).read_bytes().decode().removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"expected the columns {COLUMNS}, got {header!r}; write the file anew with postcards.write")
    return [SentencePair(a, b, kind, tuple(keys.split())) for a, b, kind, keys in (line.split("\t") for line in lines)]


class Split(NamedTuple):
    """The three parts of a corpus, each in the order of the file."""

    train: list[SentencePair]
    valid: list[SentencePair]
    test: list[SentencePair]


HELD_OUT = {"valid": 2_000, "test": 3_000}  # sentence pairs, at least


def split(pairs: list[SentencePair], by: str = "random", seed: int = SEED) -> Split:
    """Train, validation and test part, without an English sentence in two of them.

    Args:
        pairs: distinct English sentences.
        by: "random"; "composition" (every test word occurs in training, but no combination held out, such as
            "eat+apple", does); "length" (every test sentence has more English tokens than any in training).
        seed: of the draw; the split by length does not depend on it in its test part.

    Raises:
        ValueError: another name.
    """
    if by not in ("random", "composition", "length"):
        raise ValueError(f"expected a split by 'random', 'composition' or 'length', got {by!r}")
    return {"random": _by_chance, "composition": _by_composition, "length": _by_length}[by](pairs, Draw(seed))


def shuffled(items, draw: Draw) -> list:
    """The items in a random order (Fisher-Yates)."""
    items = list(items)
    for i in range(len(items) - 1, 0, -1):
        j = draw.pick(range(i + 1))
        items[i], items[j] = items[j], items[i]
    return items


def _by_chance(pairs, draw: Draw) -> Split:
    order = shuffled(range(len(pairs)), draw)
    first, second = HELD_OUT["test"], HELD_OUT["test"] + HELD_OUT["valid"]
    parts = order[second:], order[first:second], order[:first]
    return Split(*([pairs[i] for i in sorted(part)] for part in parts))


def _by_length(pairs, draw: Draw) -> Split:
    lengths = [len(tokenize(pair.english)) for pair in pairs]
    longest = max(n for n in set(lengths) if sum(length > n for length in lengths) >= HELD_OUT["test"])
    short = [i for i, length in enumerate(lengths) if length <= longest]
    valid = set(shuffled(short, draw)[: HELD_OUT["valid"]])
    train = [pairs[i] for i in short if i not in valid]
    return Split(
        train,
        [pairs[i] for i in sorted(valid)],
        [p for p, length in zip(pairs, lengths, strict=True) if length > longest],
    )


def _by_composition(pairs, draw: Draw) -> Split:
    words = [_words(pair) for pair in pairs]
    occurrences: dict[str, list[int]] = {}  # combination: the sentences that hold it
    for i, pair in enumerate(pairs):
        for combination in pair.combinations:
            occurrences.setdefault(combination, []).append(i)
    combinations = shuffled(sorted(occurrences), draw)
    part = ["train"] * len(pairs)
    in_training = Counter(word for sentence in words for word in sentence)
    for name in ("test", "valid"):
        size = 0
        for combination in combinations:
            if size >= HELD_OUT[name]:
                break
            members = occurrences[combination]
            lost = Counter(word for i in members for word in words[i])
            if all(part[i] == "train" for i in members) and all(in_training[word] > lost[word] for word in lost):
                in_training.subtract(lost)
                size += len(members)
                for i in members:
                    part[i] = name
    named = {name: [pair for pair, where in zip(pairs, part, strict=True) if where == name] for name in Split._fields}
    return Split(**named)


def _words(pair: SentencePair) -> set[tuple[str, str]]:
    """The words of a pair, each with its language."""
    return {("english", word) for word in tokenize(pair.english)} | {("french", word) for word in tokenize(pair.french)}
