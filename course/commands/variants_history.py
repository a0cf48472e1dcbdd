"""Train the cells of lesson 11 on two tasks, five seeds each: `python -m course.commands.variants_history`.

Writes `datasets/histories/11_variants.json`. First every cell tries each learning rate with a seed of its own, kept
apart from the others; then it trains with the rate that was best on validation data. Two follow-ups ask what this grid
leaves open. Each run is stored when it ends, and a command that was interrupted goes on where it stopped. About 35
minutes on one core.
"""

import hashlib
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course.backend import keras
from course.cells.variants import VARIANTS
from course.commands.histories import FOLDER, add, opened, origin
from course.corpora.last_key import last_key
from course.corpora.recall import VOCAB_SIZE
from course.datasets import load
from course.models.language_model import language_model
from course.models.variants import variant_model
from course.text.tokens import tokenize
from course.text.vocabulary import Vocabulary
from course.text.windows import next_token_rows
from course.training import Diverged, fit

FILE = FOLDER / "11_variants.json"
LEARNING_RATES = (0.01, 0.02, 0.04)  # of Adam, falling along a cosine to a twentieth
TUNING_SEED, SEEDS = 0, (1, 2, 3, 4, 5)
LONGEST = 24  # tokens of the biographies that the language model reads
PEERS = {  # Keras layer, how many of them, and whether units are chosen so that the model has as many weights as "LSTM"
    "RNN": ("simple_rnn", 1, False),
    "RNN, equal weights": ("simple_rnn", 1, True),
    "GRU": ("gru", 1, False),
    "GRU, equal weights": ("gru", 1, True),
    "LSTM": ("lstm", 1, False),
    "LSTM, 2 layers": ("lstm", 2, True),
    "LSTM, 3 layers": ("lstm", 3, True),
    "LSTM, 4 layers": ("lstm", 4, True),
}
CELLS = (*VARIANTS, *PEERS)


class Task(NamedTuple):
    """Rows of ids to train on, to choose by and to test on, and the size of the model; ids 0 are not scored."""

    train: tuple[np.ndarray, np.ndarray]
    valid: tuple[np.ndarray, np.ndarray]
    test: tuple[np.ndarray, np.ndarray]
    vocab_size: int
    units: int
    embedding: int
    batch: int
    epochs: int


def last_key_task() -> Task:
    """Name the last key: trained on streams of 50 words, tested on streams of 400."""
    train, valid, test = last_key(12_800, 50, 20, seed=0), last_key(200, 50, 20, seed=1), last_key(100, 400, 20, seed=2)
    return Task(train, valid, test, VOCAB_SIZE, units=32, embedding=32, batch=64, epochs=1)


def language_task() -> Task:
    """Predict the next word of brief biographies of `lives`."""
    lives = load("lives")
    texts = {split: [tokenize(line) for line in lives.lines(split)] for split in ("train", "valid", "test")}
    vocabulary = Vocabulary.from_tokens(token for text in texts["train"] for token in text)
    rows = {
        split: next_token_rows(vocabulary.encode(text) for text in found if len(text) <= LONGEST)
        for split, found in texts.items()
    }
    return Task(**rows, vocab_size=len(vocabulary), units=64, embedding=32, batch=32, epochs=4)


TASKS = {"last key": last_key_task, "language": language_task}


class FollowUp(NamedTuple):
    """Cells trained outside the grid: at another learning rate, or for longer. Its name is the task of its runs."""

    name: str
    task: str
    longer: int  # times the epochs of the task
    cells: list[str]
    learning_rate: float


FOLLOW_UPS = (
    FollowUp("language, rate 0.08", "language", 1, ["vanilla", "NOAF", "LSTM", "GRU"], 0.08),  # most chose the highest
    FollowUp("last key, 4 epochs", "last key", 4, ["LSTM", "LSTM, 2 layers", "LSTM, 4 layers"], 0.02),  # depth is slow
)


def number_of_weights(task: Task, layer: str, layers: int, units: int) -> int:
    """Number of weights of a language model with these recurrent layers, word vectors and output counted."""
    blocks, biases = {"simple_rnn": (1, 1), "gru": (3, 2), "lstm": (4, 1)}[layer]
    recurrent = sum(
        blocks * units * (features + units + biases) for features in [task.embedding] + [units] * (layers - 1)
    )
    return task.vocab_size * task.embedding + recurrent + (units + 1) * task.vocab_size


def build_cell(task: Task, cell: str) -> keras.Model:
    """The untrained model of one of `CELLS` for a task."""
    if cell in VARIANTS:
        return variant_model(task.vocab_size, task.units, task.embedding, cell)
    layer, layers, equal_weights = PEERS[cell]
    units = task.units
    if equal_weights:
        aim = number_of_weights(task, "lstm", 1, task.units)
        units = min(
            range(1, 8 * task.units), key=lambda units: abs(number_of_weights(task, layer, layers, units) - aim)
        )
    return language_model(task.vocab_size, units, task.embedding, layer=layer, layers=layers)


def train_cell(task: Task, cell: str, learning_rate: float, seed: int) -> dict:
    """Train one cell on one task; how good it became, in nats and share of right answers, and what it took.

    Returns:
        `validation_nats`, `test_nats` and `test_accuracy` per scored id, None where training diverged; `units` of a
        recurrent layer, `weights` of the whole model, `cpu_seconds`.
    """
    start = time.process_time()
    keras.utils.set_random_seed(seed)
    model = build_cell(task, cell)
    steps = task.epochs * -(-len(task.train[0]) // task.batch)
    falling = keras.optimizers.schedules.CosineDecay(learning_rate, steps, alpha=0.05)
    options = {"epochs": task.epochs, "batch": task.batch, "clip_norm": 1.0, "seed": seed, "report": None}
    try:
        fit(model, *task.train, learning_rate=falling, **options)
        [validation_nats, _], [test_nats, test_accuracy] = _score(model, *task.valid), _score(model, *task.test)
    except Diverged:
        validation_nats = test_nats = test_accuracy = None
    return {
        "units": model.get_layer("logits").kernel.shape[0],
        "weights": model.count_params(),
        "validation_nats": validation_nats,
        "test_nats": test_nats,
        "test_accuracy": test_accuracy,
        "cpu_seconds": round(time.process_time() - start, 1),
    }


def _score(model, inputs, targets) -> list[float]:
    """Mean of -log p(target) and share of targets ranked first, over the targets that are not 0."""

    logits = model(inputs, training=False)
    losses = keras.ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    losses, answers = keras.ops.convert_to_numpy(losses), keras.ops.convert_to_numpy(keras.ops.argmax(logits, axis=-1))
    scored = targets != 0
    return [round(float(losses[scored].mean()), 5), round(float((answers == targets)[scored].mean()), 5)]


def main(file: Path = FILE, tasks=TASKS, cells=CELLS, rates=LEARNING_RATES, seeds=SEEDS, follow_ups=FOLLOW_UPS) -> None:
    """Make the runs that the file lacks, one after another, and store each.

    Raises:
        ValueError: the file holds runs of another setting.
    """
    tasks = {name: make() for name, make in tasks.items()}
    settings = {
        "tasks": {name: task_description(task) for name, task in tasks.items()},
        "learning_rates": rates,
        "tuning_seed": TUNING_SEED,
        "seeds": seeds,
        "follow_ups": [follow_up._asdict() for follow_up in follow_ups],
    }
    stored = opened(file, origin("variants_history") | {"settings": settings})
    found = {tuple(run[key] for key in KEYS_OF_A_RUN): run for run in stored["runs"]}

    def run(*key):
        if key not in found:
            task, cell, rate, seed = key
            keras.backend.clear_session()  # or a hundred models stay in memory
            found[key] = dict(zip(KEYS_OF_A_RUN, key, strict=True)) | train_cell(tasks[task], cell, rate, seed)
            add(file, stored, found[key])
            print(f"{task}, {cell}, rate {rate}, seed {seed}: {found[key]['test_nats']} nats", flush=True)
        return found[key]

    best = {}
    for task in tasks:
        for cell in cells:
            tuning = {rate: run(task, cell, rate, TUNING_SEED)["validation_nats"] for rate in rates}
            best[task, cell] = min(rates, key=lambda rate: np.inf if tuning[rate] is None else tuning[rate])
    for seed in seeds:
        for (task, cell), rate in best.items():
            run(task, cell, rate, seed)
    for name, task, longer, chosen, rate in follow_ups:
        tasks[name] = tasks[task]._replace(epochs=longer * tasks[task].epochs)
        for seed in seeds:
            for cell in chosen:
                run(name, cell, rate, seed)


KEYS_OF_A_RUN = ("task", "cell", "learning_rate", "seed")


def task_description(task: Task) -> dict:
    """Sizes of the model and the training, and a digest of the data."""
    arrays = [array for split in (task.train, task.valid, task.test) for array in split]
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).hexdigest()
    sizes = {name: getattr(task, name) for name in ("vocab_size", "units", "embedding", "batch", "epochs")}
    return {**sizes, "texts": [len(split[0]) for split in (task.train, task.valid, task.test)], "sha256": digest}


if __name__ == "__main__":
    main()
