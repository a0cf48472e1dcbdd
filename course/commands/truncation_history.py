"""Lesson 08's truncated backpropagation, measured: `python -m course.commands.truncation_history`.

Trains small language models on `lives` that differ in how far back the gradient reaches and in whether the state is
carried, then with and without clipping, with three seeds each, and scores each on the held-out biographies. Writes
`datasets/histories/08_truncation.json` after every run; a run that stands there is not repeated, so the command may be
stopped and started again. About fifteen minutes on one core.
"""

import time

import numpy as np

from course.backend import keras
from course.commands.histories import FOLDER, add, opened, origin
from course.corpora.lives import dependencies
from course.datasets import load
from course.metrics import perplexity
from course.models.forget_bias import set_forget_bias
from course.models.language_model import language_model, reset_states, token_log_probs
from course.models.softmax import loss_model
from course.text.tokens import tokenize
from course.text.vocabulary import END_ID, START_ID, Vocabulary
from course.text.windows import contiguous_batches
from course.training import RecordingAdam

SEEDS = (1, 2, 3)
TOKENS_PER_UPDATE = 560  # streams times steps, so that runs make as many updates of as many tokens
BANDS = ((1, 4), (5, 9), (10, 19), (20, 1000))  # tokens from the deciding word to the decided one
COMMON = {"steps": 35, "carry_state": True, "optimizer": "Adam", "clip_norm": 1.0}
EVERY_WORD = COMMON | {"scored": "every word", "learning_rate": 0.01, "epochs": 2}
DECIDED_WORDS = COMMON | {"scored": "decided words", "learning_rate": 0.008, "epochs": 4}
SETTINGS = [
    each | {"steps": steps, "carry_state": carry}
    for each in (EVERY_WORD, DECIDED_WORDS)
    for steps in (2, 8, 35)
    for carry in (True, False)
] + [
    EVERY_WORD | {"epochs": 1, "optimizer": optimizer, "learning_rate": rate, "clip_norm": clip}
    for optimizer, rate in (("Adam", 0.01), ("SGD", 1.0), ("SGD", 10.0))
    for clip in (None, 0.25)
]
CORPUS, FILE = ("lives/train.txt", "lives/valid.txt"), FOLDER / "08_truncation.json"


def main() -> None:
    """Make every run that the file does not hold yet, and write the file after each.

    Raises:
        ValueError: the file holds runs of another corpus or other versions.
    """
    history = opened(FILE, origin("truncation_history", *CORPUS) | {"bands": BANDS})
    done = [(run["setting"], run["seed"]) for run in history["runs"]]
    lives = Lives()
    for setting in SETTINGS:
        for seed in SEEDS:
            if (setting, seed) not in done:
                add(FILE, history, _run(lives, setting, seed))
                print(setting, seed, history["runs"][-1]["perplexity"])


class Lives:
    """The corpus as these runs need it: streams of ids to train on, and what to score."""

    def __init__(self):
        lives = load("lives")
        self.texts = {split: [tokenize(line) for line in lives.lines(split)] for split in ("train", "valid")}
        self.facts = {split: [dependencies(line) for line in lives.lines(split)] for split in self.texts}
        self.vocabulary = Vocabulary.from_tokens(token for text in self.texts["train"] for token in text)
        self.valid = [self.vocabulary.encode(text) for text in self.texts["valid"]]

    def stream(self, scored: str) -> tuple[np.ndarray, np.ndarray]:
        """The training biographies one after the other, and the same with 0 for every token that is not scored.

        Where only decided words are scored, the texts are the brief biographies that have some.
        """
        ids, answers = [], []
        for text, facts in zip(self.texts["train"], self.facts["train"], strict=True):
            row = np.array([START_ID, *self.vocabulary.encode(text), END_ID])
            decided = np.zeros_like(row)
            places = [1 + fact.target_index for fact in facts]
            decided[places] = row[places]
            if scored == "every word" or (len(text) <= 30 and places):
                ids.append(row)
                answers.append(row if scored == "every word" else decided)
        return np.concatenate(ids), np.concatenate(answers)

    def decided(self, shortest: int, longest: int) -> np.ndarray:
        """Places, among all scored validation tokens, of the words decided from that far back."""
        starts = np.cumsum([0] + [len(text) + 1 for text in self.valid])
        return np.array(
            [
                start + fact.target_index
                for start, facts in zip(starts, self.facts["valid"], strict=False)
                for fact in facts
                if shortest <= fact.distance <= longest
            ]
        )


def _run(lives: Lives, setting: dict, seed: int) -> dict:
    """Train one model; its losses, its gradient norms, and its perplexity over all words and by distance."""
    begin = time.process_time()
    streams, steps = TOKENS_PER_UPDATE // setting["steps"], setting["steps"]
    keras.utils.set_random_seed(seed)
    model, reader = (language_model(len(lives.vocabulary), units=128, embedding=64, streams=n) for n in (streams, None))
    vectors = model.get_layer("embedding")
    vectors.set_weights([10 * vectors.get_weights()[0]])  # as in lesson 07: words that look different
    if setting["scored"] == "decided words":
        set_forget_bias(model.get_layer("lstm_1"), 3.0)
    ids, answers = lives.stream(setting["scored"])
    inputs, targets = contiguous_batches(ids, streams, steps)[0], contiguous_batches(answers, streams, steps)[1]
    updates = setting["epochs"] * len(inputs)
    falling = keras.optimizers.schedules.CosineDecay(setting["learning_rate"], updates, alpha=0.05)
    optimizer = {"Adam": RecordingAdam, "SGD": keras.optimizers.SGD}[setting["optimizer"]](
        falling, global_clipnorm=setting["clip_norm"]
    )
    objective = loss_model(model)
    objective.compile(optimizer, jit_compile=False)
    losses, norms = [], []
    for _ in range(setting["epochs"]):
        reset_states(model)
        for window in zip(inputs, targets, strict=True):
            if not setting["carry_state"]:
                reset_states(model)
            losses.append(float(objective.train_on_batch(list(window))))
            norms.append(float(getattr(optimizer, "gradient_norm", np.nan)))
    reader.set_weights(model.get_weights())
    scores = np.concatenate(token_log_probs(reader, lives.valid, batch=100))
    return {
        "setting": setting,
        "seed": seed,
        "losses": np.mean(np.split(np.array(losses), setting["epochs"]), axis=1).round(4).tolist(),
        "gradient_norms": _quantiles(norms),
        "perplexity": round(perplexity(scores), 3),
        "decided": [round(perplexity(scores[lives.decided(*band)]), 3) for band in BANDS],
        "cpu_seconds": round(time.process_time() - begin, 1),
    }


def _quantiles(norms) -> dict | None:
    """Median, 99th percentile and maximum; None where the optimiser keeps no norms."""
    if np.isnan(norms).any():
        return None
    return {
        name: round(float(np.quantile(norms, q)), 3) for name, q in (("median", 0.5), ("99 %", 0.99), ("largest", 1))
    }


if __name__ == "__main__":
    main()
