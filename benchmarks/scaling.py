"""How cost grows with vocabulary, length, corpus, batch and class: measured slopes beside theory's, in docs/scaling.md.

A slope is that of the line through the logarithms of size and seconds, over the larger half of the sizes, where what
every call costs anyway no longer counts. A slope of 1 means twice the work for twice the size. The seconds are those of
the processor, but for a class that is graded: there the work is done by other processes, and the clock on the wall
counts, once.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot
import numpy as np

from benchmarks.measure import alternate, timed
from benchmarks.report import Figure
from course.backend import compiled, gradient, keras
from course.commands.lessons import REPOSITORY
from course.decoding import batched, greedy
from course.files import write_text
from course.gates import gates
from course.models.language_model import language_model
from course.models.softmax import chunked_cross_entropy, sampled_cross_entropy
from course.models.stepping import LiveSuggester
from course.models.translator import Translator
from course.ngrams import KneserNey, NGramCounts
from course.plotting.curves import plot_lines
from course.plotting.style import use_style
from course.text.vocabulary import END_ID, START_ID

PACKAGES = ("numpy", "keras", "tensorflow")
ROUNDS = 3
DOCS = Path(__file__).parents[1] / "docs"
UNITS, POSITIONS, FREQUENT, SAMPLED = 200, 1_120, 512, 512
EXERCISE = "12_encoder_decoder"
_CLOCKS = {"cpu": "CPU time", "wall": "time"}


class Curve(NamedTuple):
    """One kind of work at several sizes.

    Attributes:
        work: what is done.
        sizes: ascending.
        prepare: from a size to a function that does the work once.
        theory: the slope to expect.
        why: the reason, in a few words.
        clock: "cpu" or "wall".
    """

    work: str
    sizes: tuple[int, ...]
    prepare: Callable[[int], Callable[[], object]]
    theory: float
    why: str
    clock: str = "cpu"


def curves() -> dict[str, tuple[Curve, ...]]:
    """By what grows. Curves of one picture have the same sizes."""
    vocabularies = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
    lengths = (10, 30, 100, 300, 1_000, 2_000)
    return {
        "vocabulary": (
            Curve("exact loss and gradient", vocabularies, _exact_loss, 1, "one product with every word's vector"),
            Curve(
                "sampled loss and gradient",
                vocabularies,
                _sampled_loss,
                0,
                "as many words are scored; the gradient has a row for each",
            ),
        ),
        "length": (
            Curve("every gate of a text", lengths, _gates, 1, "a step a token"),
            Curve("the next word, state carried", lengths, _next_word, 0, "one step, however long the text is"),
        ),
        "corpus": (
            Curve(
                "count and fit, order 5",
                (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000),
                _count_and_fit,
                1,
                "sorting, n log n, 1.1; tables beyond the cache cost more",
            ),
        ),
        "batch": (
            Curve(
                "greedy translations",
                (1, 4, 16, 64, 256),
                _translations,
                1,
                "every sentence has its own states; weights are read once",
            ),
        ),
        "class": (
            Curve(
                "submissions graded by two workers",
                (10, 30, 100, 300, 1_000, 10_000),
                _graded,
                1,
                "every submission is executed; the start of the workers is paid once",
                clock="wall",
            ),
        ),
    }


def run(rounds: int) -> Iterator[Figure]:
    """A row for each size and one for each slope; then the pictures and the page."""
    seconds, slopes = {}, {}
    for what, several in curves().items():
        for curve in several:
            sides = {size: partial(timed, curve.prepare(size)) for size in curve.sizes}
            timings = alternate(sides, rounds) if curve.clock == "cpu" else alternate(sides, 1, warm_up=0)
            taken = [float(np.median([getattr(timing, curve.clock) for timing in timings[size]])) for size in sides]
            seconds.setdefault(what, {})[curve.work] = taken
            slopes[curve.work] = slope(curve.sizes, taken)
            for size, value in zip(curve.sizes, taken, strict=True):
                yield Figure(f"{curve.work}, {what} {size:,}", _CLOCKS[curve.clock], 1e3 * value, "ms")
            yield Figure(f"{curve.work} by {what}", f"slope, theory {curve.theory}", slopes[curve.work], "")
    for what, several in curves().items():
        _draw(what, several, seconds[what], slopes)
    write_text(DOCS / "scaling.md", page(slopes))


def slope(sizes, seconds) -> float:
    """Of log seconds over log sizes, by least squares, over the larger half of the sizes.

    >>> round(slope([1, 2, 4, 8], [5.0, 5.0, 8.0, 16.0]), 6)
    1.0
    """
    half = len(sizes) // 2
    return float(np.polyfit(np.log(sizes[half:]), np.log(seconds[half:]), 1)[0])


def page(slopes: dict[str, float]) -> str:
    """The page of the documentation, in Markdown."""
    lines = [
        "# How cost grows",
        "",
        "Made by `python -m course bench scaling`. A slope of 1 means twice the time for twice the size; it is "
        "taken over the larger half of the sizes. All timings, the machine and the versions stand in "
        "[the result file](../benchmarks/results/scaling.json).",
        "",
        "| what grows | work | measured slope | theory | because |",
        "|---|---|---|---|---|",
    ]
    for what, several in curves().items():
        for curve in several:
            lines.append(f"| {what} | {curve.work} | {slopes[curve.work]:.2f} | {curve.theory:g} | {curve.why} |")
    for what, several in curves().items():
        works = " and ".join(curve.work for curve in several)
        clock = _CLOCKS[several[0].clock]
        lines += ["", f"![{clock} of {works} over {what}, both axes logarithmic](pictures/scaling_{what}.png)"]
    return "\n".join(lines) + "\n"


def _draw(what, several, seconds, slopes) -> None:
    """The measured curves, and for each a dotted line of theory's slope that ends in its last point."""
    matplotlib.use("agg")
    use_style()
    sizes = np.array(several[0].sizes)
    named = {f"{work}: slope {slopes[work]:.2f}": [1e3 * value for value in taken] for work, taken in seconds.items()}
    title = f"How cost grows with the {what}; dotted: the slope of theory"
    axes = plot_lines(
        sizes, named, title, xlabel=f"{what}, logarithmic", ylabel=f"{_CLOCKS[several[0].clock]}, ms", log=True
    )
    axes.set_xscale("log")
    half = sizes[len(sizes) // 2 :]
    for curve, line in zip(several, axes.get_lines(), strict=True):
        theory = 1e3 * seconds[curve.work][-1] * (half / half[-1]) ** curve.theory
        axes.plot(half, theory, ":", color=line.get_color(), linewidth=1.5 * line.get_linewidth())
    axes.figure.savefig(DOCS / "pictures" / f"scaling_{what}.png", dpi=80, metadata={"Software": None})
    matplotlib.pyplot.close(axes.figure)


def _loss(vocab_size, loss):
    random = np.random.default_rng(0)
    arrays = [random.normal(size=shape).astype("float32") for shape in ((POSITIONS, UNITS), (UNITS, vocab_size))]
    arrays.append(np.zeros(vocab_size, "float32"))
    targets = random.integers(0, vocab_size, POSITIONS).astype("int32")
    whole = compiled(lambda *tensors: loss(*tensors, targets))
    return lambda: gradient(whole, *arrays)


def _exact_loss(vocab_size):
    weights = np.full(POSITIONS, 1 / POSITIONS, "float32")
    return _loss(vocab_size, lambda *arguments: chunked_cross_entropy(*arguments, weights))


def _sampled_loss(vocab_size):
    tail = np.random.default_rng(1).integers(FREQUENT, vocab_size, SAMPLED).astype("int32")
    return _loss(vocab_size, lambda *arguments: keras.ops.mean(sampled_cross_entropy(*arguments, FREQUENT, tail)))


def _two_layers():
    keras.utils.set_random_seed(0)
    return language_model(1_000, UNITS, embedding=UNITS, layers=2)


def _ids(length):
    return np.random.default_rng(0).integers(4, 1_000, length).astype("int32")


def _gates(length):
    model, ids = _two_layers(), _ids(length)[None]
    return lambda: gates(model, ids)


def _next_word(length):
    suggester, context = LiveSuggester(_two_layers()), [START_ID, *_ids(length).tolist()]
    suggester.suggest(context, 3)
    words = iter(range(4, 1_000))
    return lambda: suggester.suggest([*context, next(words)], 3)  # another last word each time


def _count_and_fit(tokens):
    """Sentences of 20 words that follow Zipf's law, independent of each other: nearly all long n-grams differ."""
    share = 1 / np.arange(1, 30_001)
    ids = 4 + np.random.default_rng(0).choice(30_000, tokens, p=share / share.sum())
    return lambda: KneserNey(NGramCounts(ids.reshape(-1, 20), 30_004, order=5))


def _translations(batch):
    keras.utils.set_random_seed(0)
    model = Translator(10_000, 10_000, embedding=256, units=256)
    model.decoder.logits.bias.assign(-1e9 * (np.arange(10_000) == END_ID))
    search = partial(greedy, start=START_ID, end=END_ID, max_steps=20)
    decode = batched(model.encode, model.step, search, batch=256)
    sources = list(np.random.default_rng(0).integers(4, 10_000, (batch, 16)))
    return lambda: decode(sources)


def _graded(copies):
    """Every other student hands in the solution, the others what they got."""
    files = [REPOSITORY / kind / EXERCISE / f"{EXERCISE}.ipynb" for kind in ("solutions", "exercises")]
    folder = tempfile.TemporaryDirectory()
    submissions, marked = Path(folder.name) / "submitted", Path(folder.name) / "marked"
    for number in range(copies):
        place = submissions / f"s{number:05}" / EXERCISE
        place.mkdir(parents=True)
        shutil.copy(files[number % 2], place)

    def work():
        words = ["grade", EXERCISE, "--submissions", str(submissions), "--into", str(marked), "--workers", "2"]
        done = subprocess.run([sys.executable, "-m", "course", *words], cwd=REPOSITORY, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"expected `{' '.join(words)}` to succeed, got:\n{done.stderr[-2000:]}")
        with open(marked / "grading" / f"{EXERCISE}.csv", newline="", encoding="utf-8") as sheet:
            rows = list(csv.DictReader(sheet))
        assert len(rows) == copies
        for number, row in enumerate(rows):
            right = {points != "0" for cell, points in row.items() if cell.startswith("check-")}
            assert right == {number % 2 == 0}, row
        folder.cleanup()

    return work
