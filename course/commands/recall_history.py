"""Train lesson 06's models of recall from several seeds: `python -m course.commands.recall_history`.

Writes `datasets/histories/06_recall.json`: recall by distance for three layers, learning from different forget biases,
and what a cell without a forget gate does on a stream, with the command, seeds, versions and duration. About ten
minutes on one core.
"""

import numpy as np

from course.backend import keras
from course.commands.histories import FOLDER, origin, stopwatch, write
from course.corpora.recall import KEYS, VOCAB_SIZE, recall
from course.gates import gates
from course.models.forget_bias import chrono, set_forget_bias
from course.models.language_model import language_model
from course.training import fit

FILE = FOLDER / "06_recall.json"
UNITS, BATCH, LEARNING_RATE = 64, 64, 3e-3

# 1. Recall by distance: training steps at each distance, in this order
CURRICULA = {"5": {5: 200}, "5, 10, 20, 40": {5: 100, 10: 60, 20: 80, 40: 120}}
LAYERS = ("simple_rnn", "lstm", "gru")
CURVE_SEEDS = (1, 2, 3, 4, 5)
LONGEST = 150
WORDS_BEFORE = (0, 1, 2, 3, 5, 10, 20)

# 2. Learning one distance straight away: layer, start of its forget gates, training steps
STARTS = {
    "RNN": ("simple_rnn", None, 200),
    "LSTM, bias 0": ("lstm", 0.0, 200),
    "LSTM, bias 1": ("lstm", 1.0, 200),
    "LSTM, bias 3": ("lstm", 3.0, 200),
    "LSTM, chrono": ("lstm", "chrono", 200),
    "LSTM, chrono, 3 × the steps": ("lstm", "chrono", 600),
    "LSTM, chrono without its input gates": ("lstm", "chrono, forget gates alone", 200),
}
STRAIGHT_DISTANCES = (10, 20, 50, 100)
START_SEEDS = (1, 2, 3)

# 3. A stream of recalls without a pause between them
STREAM_BIASES = {"free, from 3": 3.0, "always 1": 100.0}  # in float32 the sigmoid of 100 is 1 and its slope 0
STREAM_SEEDS = (1, 2, 3, 4, 5)
STREAM_RATE = 5e-3
STREAM_CURRICULA = {"15": {15: 300}, "5, 10, 15": {5: 150, 10: 100, 15: 200}}
SEGMENTS_TRAINED, SEGMENTS_READ = 4, 50  # recalls without a pause, in training and after it


def main() -> None:
    """Train all models, one after another, and store what they reached."""
    seconds = stopwatch()
    history = origin("recall_history") | {
        "task": {"keys": KEYS, "units": UNITS, "batch": BATCH, "learning_rate": LEARNING_RATE},
        "curves": [_curve(la, c, seed) for la in LAYERS for c in CURRICULA for seed in CURVE_SEEDS],
        "starts": [_start(name, d, seed) for name in STARTS for d in STRAIGHT_DISTANCES for seed in START_SEEDS],
        "streams": [_stream(b, c, seed) for b in STREAM_BIASES for c in STREAM_CURRICULA for seed in STREAM_SEEDS],
    }
    write(FILE, history | seconds())


def recall_model(layer: str, curriculum, seed: int, start=None, segments: int = 1, rate: float = LEARNING_RATE):
    """A language model trained to name the key, and its losses.

    Args:
        layer: "simple_rnn", "gru" or "lstm".
        curriculum: distance to training steps, in order.
        seed: of weights, texts and batches.
        start: of an LSTM's forget gates: a bias, "chrono" or "chrono, forget gates alone"; None leaves Keras' own.
        segments: recalls in each text, without a pause.
        rate: learning rate.

    Returns:
        The model, and one loss per step in nats per key.
    """
    keras.utils.set_random_seed(seed)
    model, losses = language_model(VOCAB_SIZE, units=UNITS, embedding=UNITS, layer=layer), []
    if start is not None:
        values = chrono(UNITS, max(curriculum), seed) if isinstance(start, str) else start
        set_forget_bias(model.get_layer("lstm_1"), values, coupled=start == "chrono")
    options = {"epochs": 1, "batch": BATCH, "learning_rate": rate, "clip_norm": 1.0, "report": None}
    for distance, steps in curriculum.items():
        rows = recall_stream(BATCH * steps, segments, distance, seed)
        losses += fit(model, *rows, seed=seed, **options).step_losses
    return model, losses


def recall_stream(examples: int, segments: int, distance: int, seed: int):
    """Recalls one after another: inputs and targets, shape (examples, segments * (distance + 1))."""
    parts = [recall(examples, distance, seed=1000 * seed + number) for number in range(segments)]
    return tuple(np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True))


def accuracy_by_distance(model, longest: int = LONGEST, words_before: int = 0, texts: int = 400) -> np.ndarray:
    """Share of keys named after 1, 2, … distractors, in unseen texts: shape (longest,).

    A text is read once: what the model answers after d of its words, it would answer if the text ended there.

    Args:
        model: a model of recall.
        longest: distractors behind the key.
        words_before: distractors in front of the key.
        texts: how many.
    """
    words, _ = recall(texts, longest, seed=1_000_000)
    in_front = np.random.default_rng(0).integers(1 + KEYS, VOCAB_SIZE, (texts, words_before), dtype=np.int32)
    named = _named_keys(model, np.concatenate([in_front, words], axis=1))
    return (named == words[:, :1])[:, words_before + 1 :].mean(axis=0)


def _named_keys(model, ids) -> np.ndarray:
    """The likeliest key after every word: shape of the ids."""
    logits = model(ids, training=False)
    return 1 + keras.ops.convert_to_numpy(logits)[..., 1 : KEYS + 1].argmax(axis=-1)


def _curve(layer, curriculum, seed) -> dict:
    model, _ = recall_model(layer, CURRICULA[curriculum], seed)
    print("curve:", layer, curriculum, seed, flush=True)
    return {
        "layer": layer,
        "trained at": curriculum,
        "seed": seed,
        "accuracy": _rounded(accuracy_by_distance(model)),
        "accuracy at 5 by words before": _rounded(accuracy_by_distance(model, 5, n)[-1] for n in WORDS_BEFORE),
    }


def _start(name, distance, seed) -> dict:
    layer, start, steps = STARTS[name]
    model, losses = recall_model(layer, {distance: steps}, seed, start)
    accuracy = accuracy_by_distance(model, distance)[-1]
    print("start:", name, distance, seed, accuracy, flush=True)
    tenths = np.mean(np.split(np.array(losses), 10), axis=1)
    run = {"start": name, "distance": distance, "seed": seed, "accuracy": float(accuracy)}
    return run | {"losses by tenth": _rounded(tenths)}


def _stream(forget_gate, trained_at, seed) -> dict:
    curriculum = STREAM_CURRICULA[trained_at]
    model, _ = recall_model("lstm", curriculum, seed, STREAM_BIASES[forget_gate], SEGMENTS_TRAINED, STREAM_RATE)
    distance = max(curriculum)
    words, targets = recall_stream(200, SEGMENTS_READ, distance, seed=1000)
    asked = slice(distance, None, distance + 1)  # the last word of each segment
    [reading] = gates(model, words)
    cells = reading["cell_state"][:, asked].astype(float)
    print("stream:", forget_gate, trained_at, seed, flush=True)
    return {
        "forget gate": forget_gate,
        "trained at": trained_at,
        "seed": seed,
        "accuracy": _rounded((_named_keys(model, words) == targets)[:, asked].mean(axis=0)),
        "mean |c|": _rounded(np.abs(cells).mean(axis=(0, 2))),
        "median slope of tanh": np.median(1 / np.cosh(np.clip(cells, -300, 300)) ** 2, axis=(0, 2)).tolist(),
    }


def _rounded(values) -> list[float]:
    return [round(float(value), 4) for value in values]


if __name__ == "__main__":
    main()
