"""Lesson 09's sweeps: one language model, one thing changed at a time: `python -m course.commands.sweeps_history`.

Writes `datasets/histories/09_sweeps.json` after every run; a run that stands there is not repeated, so the command may
be stopped and started again. About 40 minutes on one core.
"""

import statistics
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from course.backend import keras
from course.commands.histories import FOLDER, add, opened, origin
from course.datasets import load
from course.metrics import cross_entropy, keyboard_score
from course.models.language_model import language_model, suggest_along, token_log_probs
from course.text.tokens import tokenize
from course.text.vocabulary import Vocabulary
from course.text.windows import next_token_rows, pad
from course.training import Diverged, History, fit

FILE = FOLDER / "09_sweeps.json"
SEEDS, FINAL_SEEDS = (1, 2, 3, 4, 5, 6), (1, 2, 3)
VALIDATION_TEXTS = 300
EVERY = 100_000  # more texts, and more tokens in a text, than there are


@dataclass(frozen=True)
class Setting:
    """Everything that one decides before training; the defaults are the baseline of lesson 09.

    Attributes:
        texts, longest: the first so many training biographies of at most so many tokens.
        units, embedding, layers: size of the hidden states and of the word vectors, number of LSTMs.
        dropout: share of values dropped before and behind each LSTM.
        recurrent_dropout: share dropped on the way from one step to the next.
        masks: what that mask is: "one a sequence" (Keras, after Gal & Ghahramani 2016), "one a step" for the hidden
            state, or "one a step, on the memory" for the cell state.
        tied: the output weights are the word vectors.
        learning_rate, schedule: of Adam; the peak of "cosine" and of "warm-up, cosine", the first tenth being warm-up.
        batch: texts in an update.
        piece: cut the training texts into pieces of at most so many tokens, each begun with an empty state; a batch
            then holds more pieces, so that the number of updates stays. None: whole texts.
        clip_norm: longest gradient; None never clips.
        epochs: passes through the training texts.
    """

    texts: int = 500
    longest: int = 40
    units: int = 96
    embedding: int = 96
    layers: int = 1
    dropout: float = 0.0
    recurrent_dropout: float = 0.0
    masks: str = "one a sequence"
    tied: bool = False
    learning_rate: float = 0.02
    schedule: str = "constant"
    batch: int = 16
    piece: int | None = None
    clip_norm: float | None = 1.0
    epochs: int = 12


BASELINE = Setting()
SWEEPS = {
    "learning rate": [{"learning_rate": rate} for rate in (0.001, 0.005, 0.08)],
    "schedule": [{"schedule": "cosine"}, {"schedule": "warm-up, cosine"}],
    "dropout": [{"dropout": 0.3}, {"dropout": 0.5}, {"dropout": 0.3, "epochs": 24}],
    "epochs": [{"epochs": 24}],
    "recurrent dropout": [
        {"recurrent_dropout": 0.3},
        {"recurrent_dropout": 0.3, "masks": "one a step"},
        {"recurrent_dropout": 0.3, "masks": "one a step, on the memory"},
    ],
    "hidden size": [{"units": units} for units in (48, 192, 384)],
    "depth": [{"layers": 2}],
    "weight tying": [{"tied": True}],
    "batch size": [{"batch": 8}, {"batch": 64}, {"batch": 64, "learning_rate": 0.04}],
    "sequence length": [{"piece": 5}, {"piece": 15}],
    "clipping": [{"clip_norm": None}, {"clip_norm": None, "learning_rate": 0.08}],
    "two at a time": [
        {"layers": 2, "epochs": 24},
        {"dropout": 0.3, "learning_rate": 0.001},
        {"dropout": 0.5, "units": 384},
        {"texts": 1500, "epochs": 4},
        {"texts": 1500, "epochs": 4, "dropout": 0.3},
    ],
}

# What the sweeps recommend, put together; lesson 09 derives it from the stored runs and asserts that this is it.
CHOSEN = {"schedule": "cosine", "units": 192}
ALL_TEXTS = {"texts": EVERY, "longest": EVERY}
FINALS = {  # the only runs that are scored on test texts
    "as Keras comes": {"learning_rate": 0.001},
    "baseline": {},
    "chosen": CHOSEN,
    "baseline, all texts": ALL_TEXTS | {"epochs": 2},
    "chosen, all texts": CHOSEN | ALL_TEXTS | {"epochs": 2},
}


# ---- one run


class NewMaskEachStep(keras.layers.LSTMCell):
    """Keras' LSTM cell, except that the mask on its hidden state is drawn anew at every step."""

    def get_recurrent_dropout_mask(self, step_input):
        self.reset_recurrent_dropout_mask()  # Keras keeps the mask until the sequence ends
        return super().get_recurrent_dropout_mask(step_input)


class NewMaskOnMemory(keras.layers.LSTMCell):
    """An LSTM cell that drops a share of its cell state at every step."""

    def __init__(self, units, memory_dropout):
        super().__init__(units)
        self.memory_dropout = memory_dropout

    def call(self, inputs, states, training=False):
        if training:
            hidden_state, cell_state = states
            cell_state = keras.random.dropout(cell_state, self.memory_dropout, seed=self.seed_generator)
            states = [hidden_state, cell_state]
        return super().call(inputs, states, training=training)


def build(setting: Setting, vocab_size: int) -> keras.Model:
    """The language model of a setting.

    >>> build(Setting(units=8, embedding=4), vocab_size=100).count_params()
    1716
    """
    if setting.masks == "one a sequence":
        return language_model(
            vocab_size,
            setting.units,
            setting.embedding,
            layers=setting.layers,
            dropout=setting.dropout,
            recurrent_dropout=setting.recurrent_dropout,
            tied=setting.tied,
        )
    cell = {
        "one a step": lambda units, share: NewMaskEachStep(units, recurrent_dropout=share),
        "one a step, on the memory": NewMaskOnMemory,
    }[setting.masks](setting.units, setting.recurrent_dropout)
    ids = keras.Input((None,), dtype="int32")
    states = keras.layers.RNN(cell, return_sequences=True)(keras.layers.Embedding(vocab_size, setting.embedding)(ids))
    return keras.Model(ids, keras.layers.Dense(vocab_size)(states))


class Biographies:
    """The corpus `lives` as ids over the vocabulary of all its training texts."""

    def __init__(self):
        lives = load("lives")
        tokens = {split: [tokenize(line) for line in lives.lines(split)] for split in ("train", "valid", "test")}
        self.vocabulary = Vocabulary.from_tokens(token for text in tokens["train"] for token in text)
        self.ids = {split: [self.vocabulary.encode(text) for text in texts] for split, texts in tokens.items()}

    def chosen(self, split: str, texts: int, longest: int) -> list[np.ndarray]:
        """The first so many texts of a split among those of at most so many tokens."""
        return [text for text in self.ids[split] if len(text) <= longest][:texts]


def in_pieces(inputs, targets, piece: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of next tokens cut into rows of at most `piece` steps; those of padding alone are left out.

    >>> in_pieces(np.array([[2, 7, 8]]), np.array([[7, 8, 3]]), 2)[1].tolist()
    [[7, 8], [3, 0]]
    """
    cuts = range(0, inputs.shape[1], piece)
    inputs, targets = (
        np.concatenate([pad(rows[:, first : first + piece], piece) for first in cuts]) for rows in (inputs, targets)
    )
    real = targets[:, 0] != 0
    return inputs[real], targets[real]


def train(setting: Setting, seed: int, biographies: Biographies) -> tuple[keras.Model, dict]:
    """A model trained in a setting, with the weights of its best epoch, and what happened as plain data."""
    started = time.process_time()
    texts = biographies.chosen("train", setting.texts, setting.longest)
    inputs, targets = next_token_rows(texts)
    batch = setting.batch
    if setting.piece is not None:
        inputs, targets = in_pieces(inputs, targets, setting.piece)
        batch = round(setting.batch * len(inputs) / len(texts))
    keras.utils.set_random_seed(seed)
    model = build(setting, len(biographies.vocabulary))
    clock = [time.process_time()]
    try:
        history = fit(
            model,
            inputs,
            targets,
            epochs=setting.epochs,
            batch=batch,
            learning_rate=learning_rates(setting, updates=setting.epochs * -(-len(inputs) // batch)),
            seed=seed,
            clip_norm=setting.clip_norm,
            validation=next_token_rows(biographies.chosen("valid", VALIDATION_TEXTS, setting.longest)),
            report=lambda line: clock.append(time.process_time()),
        )
    except Diverged as end:
        history = end.history
    return model, _as_data(history, model, np.count_nonzero(targets), clock, time.process_time() - started)


def learning_rates(setting: Setting, updates: int) -> float | keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate of a setting; a cosine ends at a twentieth of its peak."""
    peak, warm_up = setting.learning_rate, updates // 10
    decay = keras.optimizers.schedules.CosineDecay
    return {
        "constant": lambda: peak,
        "cosine": lambda: decay(peak, updates, alpha=0.05),
        "warm-up, cosine": lambda: decay(0.0, updates - warm_up, 0.05, warmup_target=peak, warmup_steps=warm_up),
    }[setting.schedule]()


def _as_data(history: History, model, tokens: int, clock: list[float], seconds: float) -> dict:
    """What the lesson plots from: losses by epoch, and what they cost. `tokens_per_second` includes validation."""
    epoch_seconds = statistics.median(np.diff(clock)) if len(clock) > 1 else seconds
    return {
        "parameters": model.count_params(),
        "losses": [round(loss, 4) for loss in history.losses],
        "validation_losses": [round(loss, 4) for loss in history.validation_losses],
        "diverged": not np.isfinite(history.step_losses[-1]),
        "clipped": round(float(np.mean(np.array(history.gradient_norms) > 1)), 3),
        "cpu_seconds": round(seconds, 1),
        "tokens_per_second": int(round(tokens / epoch_seconds, -2)),
    }


# ---- the command


def planned() -> list[tuple[dict, int]]:
    """(what is changed, seed) of every run of the sweeps; first all of one seed, then all of the next."""
    changes = [{}] + [change for sweep in SWEEPS.values() for change in sweep]
    return [(change, seed) for seed in SEEDS for change in changes]


def scored_on_test(model: keras.Model, longest: int, biographies: Biographies) -> dict:
    """Loss on the test texts of at most so many tokens, and the keyboard on the first 200."""
    log_probs = token_log_probs(model, biographies.chosen("test", EVERY, longest))
    typed = biographies.ids["test"][:200]
    keyboard = keyboard_score(suggest_along(model, typed), typed, biographies.vocabulary.tokens)
    return {"test_loss": round(cross_entropy(np.concatenate(log_probs)), 4), "keyboard": keyboard._asdict()}


def main(file: Path = FILE, runs=None, finals=FINALS, report=print) -> None:
    """Train what is not in the file yet, one run after another, and store each as soon as it is done.

    Raises:
        ValueError: the file holds runs of another corpus, another baseline or other versions.
    """
    biographies = Biographies()
    stored = opened(file, origin("sweeps_history", "lives/train.txt") | {"baseline": asdict(BASELINE)})
    swept = [("", change, seed) for change, seed in (planned() if runs is None else runs)]
    last = [(name, change, seed) for seed in FINAL_SEEDS for name, change in finals.items()]
    done = [(run["final"], run["change"], run["seed"]) for run in stored["runs"]]
    for number, (final, change, seed) in enumerate(swept + last, start=1):
        if (final, change, seed) in done:
            continue
        setting = replace(BASELINE, **change)
        model, result = train(setting, seed, biographies)
        if final:
            result |= scored_on_test(model, setting.longest, biographies)
        add(file, stored, {"final": final, "change": change, "seed": seed, **result})
        report(
            f"run {number} of {len(swept + last)}: {final} {change or 'baseline'}, seed {seed}: "
            f"{min(result['validation_losses'], default=np.nan):.3f} nats, {result['cpu_seconds']:.0f} s"
        )


if __name__ == "__main__":
    main()
