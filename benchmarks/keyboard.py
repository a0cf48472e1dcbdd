"""Three suggestions for each keystroke of a sentence: an LSTM that carries its state, against one that reads anew.

The keyboard asks again after every key: for the next word after a space, for completions of the word begun after a
letter. The model has the size of the preset for WikiText-2 on two cores, with random weights, which take as long.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.measure import Timing, alternate, latencies, timed
from benchmarks.report import Comparison, Figure
from course.backend import keras
from course.corpora import lives
from course.mixture import best_words
from course.models.language_model import language_model, next_token_distribution
from course.models.stepping import LiveSuggester
from course.text.tokens import tokenize
from course.text.vocabulary import START_ID, Vocabulary
from course.widgets.keyboard import suggestions

PACKAGES = ("keras", "tensorflow")
ROUNDS = 5
VOCAB_SIZE, UNITS, LAYERS, EMBEDDING = 33_278, 400, 2, 256
KEYS = 200  # of one measurement
EVERY = 10  # of these keys one is asked of the slow peer


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows."""
    text = " ".join(lives.generate(seed=0, biographies=40))
    tokens = list(dict.fromkeys(tokenize(text)))
    fillers = [f"word{number}" for number in range(VOCAB_SIZE)]
    vocabulary = Vocabulary.from_tokens([*tokens, *fillers], max_size=VOCAB_SIZE)
    keras.utils.set_random_seed(0)
    model = language_model(len(vocabulary), UNITS, EMBEDDING, layers=LAYERS, tied=True)
    live, anew = LiveSuggester(model), ReadAnew(model)
    typed = [text[: end + 1] for end in range(KEYS)]
    for text in typed[:: 4 * EVERY]:
        context = vocabulary.encode(tokenize(text))
        np.testing.assert_allclose(
            live.distribution([START_ID, *context]), anew.distribution([START_ID, *context]), rtol=1e-3
        )
    seconds = []

    def ours() -> Timing:
        live.distribution([START_ID])  # forgets the text
        keys = partial(latencies, lambda number: suggestions(live, vocabulary, typed[number]), KEYS)
        return timed(lambda: seconds.append(keys()), amount=KEYS)

    def peer() -> Timing:
        some = typed[EVERY - 1 :: EVERY]
        return timed(lambda: [suggestions(anew, vocabulary, text) for text in some], amount=len(some))

    timings = alternate({"ours": ours, "peer": peer}, rounds)
    seconds = np.concatenate(seconds[1:])  # without the warm-up
    work = f"a key, vocabulary {len(vocabulary):,}, {LAYERS} layers of {UNITS}"
    yield Comparison(
        work=work,
        ours="state carried",
        peer="the text read anew, not compiled",
        unit="keys",
        checked="probabilities equal to 0.1 %",
        timings=(timings["ours"], timings["peer"]),
    )
    yield Figure(work, "median", 1e3 * float(np.median(seconds)), "ms")
    yield Figure(work, "99th percentile", 1e3 * float(np.percentile(seconds, 99)), "ms", goal=10)


class ReadAnew:
    """A suggester that gives the model the whole text for every key."""

    def __init__(self, model):
        self.model = model

    def distribution(self, context) -> np.ndarray:
        """As the model has it."""
        return next_token_distribution(self.model, context[1:])

    def suggest(self, context, k: int) -> np.ndarray:
        """As `LiveSuggester.suggest`."""
        return best_words(self.distribution(context), k)
