"""Modified Kneser-Ney on WikiText-2: counting and fitting against KenLM's lmplz and NLTK, memory, suggestions.

KenLM (Heafield et al. 2013) counts and fits in C++; NLTK counts in Python dictionaries. Both sides start from the same
text, one sentence a line. <unk> is spelt UNK, an ordinary word, because lmplz keeps <unk> for words that it has never
seen; with that the conventions of the two are the same and so must be their perplexities.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measure import Timing, alternate, latencies, memory, run_program, timed
from benchmarks.peers import present, program
from benchmarks.report import Comparison, Figure
from benchmarks.worker import Worker
from course.datasets import load
from course.metrics import perplexity
from course.ngrams import KneserNey, NGramCounts
from course.text.vocabulary import START_ID, Vocabulary

PACKAGES = ("numpy", "nltk")
ROUNDS = 9
ORDERS = (3, 5)
TOKENS = (1_000_000, 2_000_000)
FEW = 20_000  # tokens for NLTK, which takes minutes for a million
LMPLZ_MEMORY = ("-S", "1G", "--vocab_estimate", "50000")  # everything sorted in memory; more is no faster
PERPLEXITY_TOLERANCE = 1e-4  # lmplz stores probabilities in float32
SUGGESTIONS = 5_000
HOW_TO_BUILD = (
    "It is part of the source distribution of the Python package kenlm (pip download --no-binary kenlm kenlm): with "
    "cmake and Boost build its targets lmplz and query, and put its folder bin on the PATH."
)


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows; lmplz is compared in CPU seconds, too, because it works on all cores and NumPy on one."""
    train, test = _lines("train"), _lines("test")
    lmplz, query = program("lmplz", HOW_TO_BUILD), program("query", HOW_TO_BUILD)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        held_out = _write(folder / "test.txt", test)
        for tokens in TOKENS:
            text = _write(folder / f"{tokens}.txt", _first(train, tokens))
            for order in ORDERS:
                with Worker(Fitted, str(text), order) as ours:
                    yield from _against_lmplz(ours, lmplz, query, text, held_out, order, tokens, rounds)
        with Worker(Fitted, str(text), max(ORDERS)) as ours:
            seconds = ours.call("suggestion_seconds", str(held_out))
        work = f"three suggestions, order {max(ORDERS)}, {tokens // 10**6}M tokens"
        yield Figure(work, "median", float(np.median(seconds)) * 1e3, "ms")
        yield Figure(work, "99th percentile", float(np.percentile(seconds, 99)) * 1e3, "ms", goal=0.2)
    if present("nltk", "NLTK"):
        yield _against_nltk(_first(train, FEW), rounds)


class Fitted:
    """Our model of a text file, in a process that holds nothing else."""

    def __init__(self, text: str, order: int):
        self.text, self.order = Path(text), order
        self.fit_text()

    def fit_text(self):
        """From the file to the fitted model: read, split, number the words, count, fit."""
        sentences = [line.split() for line in self.text.read_text(encoding="utf-8").splitlines()]
        self.vocabulary = Vocabulary.from_tokens(token for sentence in sentences for token in sentence)
        self.ids = [self.vocabulary.encode(sentence) for sentence in sentences]
        self.fit_ids()

    def fit_ids(self):
        """Count and fit alone."""
        self.model = None  # the one before makes room
        self.model = KneserNey(NGramCounts(self.ids, len(self.vocabulary), self.order))

    def timing(self, method: str) -> Timing:
        """Of one of the two above."""
        return timed(getattr(self, method), amount=sum(map(len, self.ids)))

    def peak_memory(self) -> float:
        """Bytes of the whole process at most, so far."""
        return memory()

    def perplexity(self, text: str) -> float:
        """On the lines of another file."""
        return perplexity(self.model.token_log_probs(self._encoded(text)))

    def suggestion_seconds(self, text: str) -> np.ndarray:
        """Seconds of each of many suggestions, after contexts of another file; the first few hundred warm up."""
        sentences = [[START_ID, *ids.tolist()] for ids in self._encoded(text)]
        contexts = [ids[:end] for ids in sentences for end in range(1, len(ids) + 1)]
        latencies(lambda number: self.model.suggest(contexts[-number], 3), 300)
        return latencies(lambda number: self.model.suggest(contexts[number], 3), SUGGESTIONS)

    def _encoded(self, text):
        return [self.vocabulary.encode(line.split()) for line in Path(text).read_text(encoding="utf-8").splitlines()]


def _against_lmplz(ours, lmplz, query, text, held_out, order, tokens, rounds):
    work = f"order {order}, {tokens // 10**6}M tokens"
    peak = ours.call("peak_memory") / 1e6 / (tokens / 1e6)
    yield Figure(f"text to model, {work}", "peak memory of the process per million tokens", peak, "MB", goal=500)
    found = ours.call("perplexity", str(held_out))
    yield Figure(f"text to model, {work}", "perplexity on the test text", found, "tokens")
    if lmplz is None or query is None:
        return
    arpa, models = text.with_suffix(".arpa"), text.with_suffix(".model")
    command = [lmplz, "-o", str(order), *LMPLZ_MEMORY, "-T", f"{text.parent}/"]
    run_program(command, text, arpa)
    theirs = _query(query, arpa, held_out)
    np.testing.assert_allclose(found, theirs, rtol=PERPLEXITY_TOLERANCE)
    # what is timed writes binary tables instead of an ARPA file: the least that lmplz can write
    with Worker(Program, [*command, "--intermediate", str(models)], str(text), str(arpa)) as peer:
        sides = {
            "text": lambda: ours.call("timing", "fit_text"),
            "ids": lambda: ours.call("timing", "fit_ids"),
            "lmplz": lambda: peer.call("timing"),
        }
        timings = alternate(sides, rounds)
        peak = peer.call("peak_memory")
    lmplz_timings = [timing._replace(amount=timings["ids"][0].amount) for timing in timings["lmplz"]]
    from_text = Comparison(
        work=f"text to model, {work}",
        ours="read, count, fit",
        peer="lmplz",
        unit="tokens",
        checked=f"test perplexity {found:.3f} and {theirs:.3f}",
        timings=(timings["text"], lmplz_timings),
        goal=1.0,
        clock="cpu",
    )
    yield from_text
    yield from_text._replace(goal=None, clock="wall")
    yield from_text._replace(work=work, ours="count, fit", timings=(timings["ids"], lmplz_timings))
    yield Figure(f"lmplz, {work}", "peak memory per million tokens", peak / tokens, "MB")


class Program:
    """A program in a small process: on Linux a program's peak memory is at least that of the process that starts it."""

    def __init__(self, command: list[str], stdin: str, stdout: str):
        self.command, self.files, self.peak = command, (Path(stdin), Path(stdout)), 0.0

    def timing(self) -> Timing:
        """Of one run."""
        timing, peak = run_program(self.command, *self.files)
        self.peak = max(self.peak, peak)
        return timing

    def peak_memory(self) -> float:
        """Bytes at most in all runs."""
        return self.peak


def _against_nltk(sentences: list[list[str]], rounds: int) -> Comparison:
    """NLTK's fit only counts: it leaves the smoothing to each question. Ours fits as well in this time."""
    from nltk.lm import KneserNeyInterpolated
    from nltk.lm.preprocessing import padded_everygram_pipeline

    order = max(ORDERS)
    vocabulary = Vocabulary.from_tokens(token for sentence in sentences for token in sentence)
    ids = [vocabulary.encode(sentence) for sentence in sentences]

    def theirs():
        ngrams, tokens = padded_everygram_pipeline(order, sentences)
        model = KneserNeyInterpolated(order)
        model.fit(ngrams, tokens)
        return model.counts

    def ours():
        return KneserNey(NGramCounts(ids, len(vocabulary), order)).counts

    _check_counts(ours(), theirs(), vocabulary, sentences, order)
    amount = sum(map(len, sentences))
    sides = {"ours": lambda: timed(ours, amount), "nltk": lambda: timed(theirs, amount)}
    timings = alternate(sides, rounds)
    return Comparison(
        work=f"order {order}, {amount:,} tokens",
        ours="count, fit",
        peer="NLTK, counting only",
        unit="tokens",
        checked="counts of 2,000 n-grams equal",
        timings=(timings["ours"], timings["nltk"]),
        goal=100,
        clock="cpu",
    )


def _check_counts(ours, theirs, vocabulary, sentences, order):
    checked = 0
    for sentence in sentences:
        for end in range(order, len(sentence) + 1):
            ngram = sentence[end - order : end]
            np.testing.assert_equal(ours.count(vocabulary.encode(ngram)), theirs[ngram[:-1]][ngram[-1]])
            checked += 1
            if checked == 2000:
                return


def _query(query: str, arpa: Path, text: Path) -> float:
    """Perplexity by KenLM's own program, every word counted."""
    with open(text, "rb") as lines:
        said = subprocess.run(
            [query, "-v", "summary", str(arpa)], stdin=lines, capture_output=True, check=True, text=True
        ).stdout
    [line] = [line for line in said.splitlines() if line.startswith("Perplexity including OOVs")]
    return float(line.split()[-1])


def _lines(part: str) -> list[list[str]]:
    lines = (line.replace("<unk>", "UNK").split() for line in load("wikitext-2").lines(part))
    return [line for line in lines if line]


def _first(sentences: list[list[str]], tokens: int) -> list[list[str]]:
    """The first sentences with together that many tokens, the last one whole."""
    ends = np.cumsum([len(sentence) for sentence in sentences])
    return sentences[: int(np.searchsorted(ends, tokens)) + 1]


def _write(file: Path, sentences: list[list[str]]) -> Path:
    file.write_text("".join(" ".join(sentence) + "\n" for sentence in sentences), encoding="utf-8")
    return file
