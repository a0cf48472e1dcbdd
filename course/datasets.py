"""Load a corpus by its name: embedded in the course, or real and verified by hash; never silently another one.

Embedded corpora stand in ``datasets/`` and are checked against ``datasets/MANIFEST.json``. Real corpora are fetched on
request, never by `load`, into the user's cache folder, or read from the folder that the environment variable
``COURSE_DATA`` names. What each corpus is, and on which terms: ``datasets/README.md``.
"""

import bisect
import difflib
import hashlib
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.corpora.sources import EMBEDDED, SOURCES, Source
from course.downloads import DownloadError, download

SPLITS = ("train", "valid", "test")


@dataclass(frozen=True)
class TextCorpus:
    """Running text in three parts; ``lines`` gives a part line by line, without the line ends."""

    name: str
    train: str
    valid: str
    test: str

    def lines(self, split: str) -> list[str]:
        """The lines of ``"train"``, ``"valid"`` or ``"test"``, as they stand in the file, empty ones included."""
        if split not in SPLITS:
            raise ValueError(f"expected one of {', '.join(SPLITS)}, got {split!r}")
        return getattr(self, split).removesuffix("\n").split("\n")  # splitlines() would cut at rarer characters too


@dataclass(frozen=True)
class Pair:
    """A sentence and all translations of it that the corpus knows, the first being as good as any."""

    source: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class ParallelCorpus:
    """Sentences with their translations, in three parts."""

    name: str
    train: tuple[Pair, ...]
    valid: tuple[Pair, ...]
    test: tuple[Pair, ...]


# ---- the public verbs


def load(name: str, split: str | None = None) -> TextCorpus | ParallelCorpus:
    """The corpus of that name, its files verified by hash and its counts asserted; nothing is downloaded.

    Args:
        name: one of `SOURCES`: "lives", "postcards", "ptb", "wikitext-2", "tatoeba-eng-fra", "tiny-shakespeare".
        split: how to cut a parallel corpus: "postcards" by "random" (the usual), "composition" or "length";
            "tatoeba-eng-fra" by "sentence" (the usual), or by "pair", which leaks and is there to be looked at.

    Raises:
        ValueError: no corpus or split has that name, or a file does not hold what it must.
        FileNotFoundError: the corpus is not on this machine; the message says how to get it.

    >>> load("live")
    Traceback (most recent call last):
    ValueError: no corpus is called 'live'; did you mean lives? There are: lives, postcards, ptb, wikitext-2, ...
    """
    source = _source(name)
    if split is not None and split not in source.splits:
        raise ValueError(f"{name} can be split by {', '.join(source.splits) or 'nothing'}, got {split!r}")
    contents = [_read(source, file) for file in source.parts()]
    return _READERS[name](contents, *((split or source.splits[0],) if source.splits else ()))


def available(name: str) -> bool:
    """Whether all files of the corpus stand on this machine; `load` verifies them.

    >>> available("lives")
    True
    """
    source = _source(name)
    return all(_find(source, file) for file in source.parts())


def how_to_get(name: str) -> str:
    """One line for a reader who does not have the corpus.

    >>> how_to_get("tiny-shakespeare")
    '`python -m course data tiny-shakespeare` fetches it (1.1 MB, public domain); or put it at
    tinyshakespeare/input.txt in the folder that COURSE_DATA names.'
    """
    source = _source(name)
    if source.embedded:
        return f"{name} is part of the course: `git restore datasets/{name}` brings it back."
    paths = " ".join(file.path for file in source.files)
    return (
        f"`python -m course data {name}` fetches it ({source.bytes / 1e6:.1f} MB, {source.licence}); "
        f"or put it at {paths} in the folder that COURSE_DATA names."
    )


def catalogue() -> tuple[Source, ...]:
    """All corpora, embedded ones first."""
    return tuple(SOURCES.values())


def fetch(name: str, accept_terms: bool = False) -> Path:
    """Bring the corpus onto this machine, verify and load it once; tell the folder in which its files stand.

    Args:
        name: one of `SOURCES`; what is there already, or comes with the course, is only verified.
        accept_terms: the reader has read and accepted the source's ``terms``, where it has some.

    Raises:
        PermissionError: the source has terms and they are not accepted; the message is the terms.
        DownloadError: it cannot be downloaded or stored; the message says why and what to do.
        ValueError: no corpus has that name, or a file of the reader's own folder does not hold what it must.
    """
    source = _source(name)
    missing = [file for file in source.files if not _own(file) and not _intact(file)]
    if missing and source.terms and not accept_terms:
        raise PermissionError(source.terms)
    for file in missing:
        try:
            download(file.addresses, cache_folder() / file.path, file.verify, 2 * file.bytes, file.member)
        except DownloadError as error:
            raise DownloadError(
                f"{name}: {file.path} could not be fetched: {error}. Check the network and the disk, then run "
                f"`python -m course data {name}` again, which goes on where this one stopped; or put the file at "
                f"{file.path} in the folder that COURSE_DATA names."
            ) from error
    load(name)
    return _find(source, source.parts()[0]).parent


def cache_folder() -> Path:
    """The folder for what is fetched: below the system's usual place for what can be fetched again."""
    if os.environ.get("XDG_CACHE_HOME"):
        base = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    return base / "sequence-course"


# ---- files


def _source(name):
    if name not in SOURCES:
        near = difflib.get_close_matches(str(name).lower(), SOURCES, n=1)
        hint = f"; did you mean {near[0]}?" if near else "."
        raise ValueError(f"no corpus is called {name!r}{hint} There are: {', '.join(SOURCES)}")
    return SOURCES[name]


def _own(file):
    """The path of the file in the reader's own folder, or None."""
    named = os.environ.get("COURSE_DATA")
    if not named:
        return None
    if not Path(named).is_dir():
        raise ValueError(f"COURSE_DATA names {named}, which is not a folder: correct it or unset it")
    path = Path(named) / file.path
    return path if path.is_file() else None


def _find(source, file):
    """The path at which the file stands, or None; the reader's own folder comes before the cache."""
    if not source.embedded and (own := _own(file)):
        return own
    path = (EMBEDDED if source.embedded else cache_folder()) / file.path
    return path if path.is_file() else None


def _read(source, file):
    path = _find(source, file)
    if path is None:
        raise FileNotFoundError(
            f"{source.name} is not on this machine ({file.path} is missing). {how_to_get(source.name)}"
        )
    try:
        return file.verify(path).decode("utf-8")
    except ValueError as error:
        if source.embedded:
            remedy = f"`git restore datasets/{file.path}` brings it back"
        elif path == _own(file):
            remedy = "replace it by a good copy, or unset COURSE_DATA"
        else:
            remedy = f"`python -m course data {source.name}` fetches it anew"
        raise ValueError(f"{path} is not the file of {source.name}: {error}; {remedy}") from error


def _intact(file):
    try:
        file.verify(cache_folder() / file.path)
    except (FileNotFoundError, ValueError):
        return False
    return True


# ---- readers: from the contents of the files to the corpus


def _expect(name, what, expected, got):
    if got != expected:
        raise ValueError(f"{name}: expected {expected} {what}, got {got}")


def _lives(contents):
    return TextCorpus("lives", *contents)


def _ptb(contents):
    return _counted("ptb", contents, tokens=(929_589, 73_760, 82_430), types=10_000)


def _wikitext(contents):
    return _counted("wikitext-2", contents, tokens=(2_088_628, 217_646, 245_569), types=33_278)


def _counted(name, contents, tokens, types):
    """Three files of words between spaces; each line end counts as the token <eos>, as in the literature."""
    words = [content.split() for content in contents]
    lines = [content.count("\n") for content in contents]
    _expect(name, "tokens", tokens, tuple(len(part) + ends for part, ends in zip(words, lines, strict=True)))
    _expect(name, "types", types, len(set(words[0]) | {"<eos>"}))
    return TextCorpus(name, *contents)


def _tiny_shakespeare(contents):
    """Cut at the first empty line, which parts two speakers, after 90 % and after 95 % of the characters."""
    (text,) = contents
    _expect("tiny-shakespeare", "characters", 1_115_394, len(text))
    _expect("tiny-shakespeare", "distinct characters", 65, len(set(text)))
    valid, test = (text.index("\n\n", len(text) * percent // 100) + 2 for percent in (90, 95))
    return TextCorpus("tiny-shakespeare", text[:valid], text[valid:test], text[test:])


def _postcards(_, split):
    from course.corpora import postcards  # the other corpora do without its grammar

    parts = postcards.split(postcards.read(EMBEDDED / "postcards" / postcards.FILE), by=split)  # verified just before
    return ParallelCorpus("postcards", *(tuple(Pair(p.english, (p.french,)) for p in part) for part in parts))


# ---- Tatoeba


HELD_OUT = 0.02  # share of the English sentences in each of valid and test
ENGLISH_SHA256 = "34adfba9c912fc14ff9d45a371e169221299c9d522f5462735019480f275f421"  # of the three parts
_TYPOGRAPHY = (
    ("\u202f", " "),
    ("\u00a0", " "),
    ("\u2009", " "),
    ("\u200b", ""),
    ("\u00ad", ""),
    ("’", "'"),
    ("‘", "'"),
)


def sentence_key(sentence: str) -> str:
    """What sentences share that differ only in case, spaces or punctuation.

    >>> sentence_key("I'm  here!") == sentence_key("Im here.")
    True
    """
    return re.sub(r"[\W_]+", "", sentence.casefold())


def leak(train: Iterable[Pair], test: Iterable[Pair]) -> float:
    """Share of the test pairs whose source sentence stands in training, whatever its translation there.

    >>> leak([Pair("Run!", ("Cours !",))], [Pair("Run!", ("Courez !",)), Pair("Hi.", ("Salut !",))])
    0.5
    """
    known = {sentence_key(pair.source) for pair in train}
    hits = [sentence_key(pair.source) in known for pair in test]
    if not hits:
        raise ValueError("expected at least one test pair, got none")
    return sum(hits) / len(hits)


def _tatoeba(contents, split):
    """Cut by English sentence, so that all its spellings and translations fall on one side; or by pair, which leaks.

    A hash of the sentence draws its side, the same on every machine. The pairs of a part stand in the order of their
    draws, so that the first thousand are a sample: the file itself is sorted by length.
    """
    (text,) = contents
    _expect("tatoeba-eng-fra", "pairs", 167_130, text.count("\n"))
    for mark, replacement in _TYPOGRAPHY:
        text = text.replace(mark, replacement)
    text = text.replace("  ", " ")
    rows = [line.split("\t")[:2] for line in text.removesuffix("\n").split("\n")]
    if split == "pair":
        drawn = [(_draw(f"{english}\t{french}"), Pair(english, (french,))) for english, french in rows]
    else:
        translations = {}
        for english, french in rows:
            translations.setdefault(english, {})[french] = None  # a set that keeps its order
        _expect("tatoeba-eng-fra", "English sentences", 116_830, len(translations))
        drawn = [
            (_draw(sentence_key(english)), Pair(english, tuple(french))) for english, french in translations.items()
        ]
    drawn.sort(key=lambda item: item[0])
    test, valid = (bisect.bisect_left(drawn, share, key=lambda item: item[0]) for share in (HELD_OUT, 2 * HELD_OUT))
    pairs = tuple(pair for _, pair in drawn)
    parts = pairs[valid:], pairs[test:valid], pairs[:test]
    if split == "sentence":
        english = "\n\n".join("\n".join(pair.source for pair in part) for part in parts)
        _expect(
            "tatoeba-eng-fra", "as SHA-256 of the split", ENGLISH_SHA256, hashlib.sha256(english.encode()).hexdigest()
        )
    return ParallelCorpus("tatoeba-eng-fra", *parts)


def _draw(text):
    """A number in [0, 1) that looks random and is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


_READERS = {
    "lives": _lives,
    "postcards": _postcards,
    "ptb": _ptb,
    "wikitext-2": _wikitext,
    "tatoeba-eng-fra": _tatoeba,
    "tiny-shakespeare": _tiny_shakespeare,
}
