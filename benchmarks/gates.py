"""Every gate of a two-layer LSTM language model over 1,000 tokens: one compiled pass against a loop in Python.

The loop calls Keras' own cells, one call a token and layer, as one would write it first; it keeps the two states, and
not even the gates. The second peer is the layers themselves, compiled, which put out hidden states alone: what reading
the gates costs beyond reading the text. The third is a sketch of what machine code could do: both layers with the input
projection before the loop, every gate stored in it, compiled by XLA for texts of exactly this length (which takes it
anew for each other length).
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.measure import alternate, rates, timed
from benchmarks.report import Comparison, Figure
from course.backend import keras
from course.gates import gates
from course.models.language_model import language_model

PACKAGES = ("keras", "tensorflow")
ROUNDS = 9
TOKENS, UNITS, VOCAB_SIZE = 1_000, 200, 10_000
TOLERANCE = 1e-5  # float32, a thousand steps
REPEATS = 5  # of the fast ones, in one measurement


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows."""
    keras.utils.set_random_seed(0)
    model = language_model(VOCAB_SIZE, UNITS, embedding=UNITS, layers=2)
    ids = np.random.default_rng(0).integers(4, VOCAB_SIZE, (1, TOKENS)).astype("int32")
    recurrent = [layer for layer in model.layers if isinstance(layer, keras.layers.RNN)]
    states_alone = keras.Model(model.input, [layer.output for layer in recurrent])
    states_alone.compile(jit_compile=False)
    readings = gates(model, ids)
    xla = _sketch(model, recurrent)
    _check(readings, _loop(model, recurrent, ids), states_alone.predict_on_batch(ids), xla(ids))
    sides = {
        "ours": lambda: timed(lambda: [gates(model, ids) for _ in range(REPEATS)], amount=REPEATS * TOKENS),
        "loop": lambda: timed(lambda: _loop(model, recurrent, ids), amount=TOKENS),
        "layers": lambda: timed(
            lambda: [states_alone.predict_on_batch(ids) for _ in range(REPEATS)], amount=REPEATS * TOKENS
        ),
        "xla": lambda: timed(lambda: [xla(ids) for _ in range(REPEATS)], amount=REPEATS * TOKENS),
    }
    timings = alternate(sides, rounds)
    row = Comparison(
        work=f"two layers of {UNITS}, {TOKENS:,} tokens",
        ours="every gate, one compiled pass",
        peer="Python loop over Keras' cells",
        unit="tokens",
        checked=f"both states equal to {TOLERANCE:.0e}, gates consistent with them",
        timings=(timings["ours"], timings["loop"]),
        goal=50,
    )
    yield row
    yield row._replace(
        peer="the layers, compiled, hidden states alone", timings=(timings["ours"], timings["layers"]), goal=None
    )
    yield row._replace(peer="a sketch, XLA for this length alone", timings=(timings["ours"], timings["xla"]), goal=1)
    milliseconds = 1e3 * TOKENS / float(np.median(rates(timings["ours"])))
    yield Figure(row.work, "every gate, median", milliseconds, "ms")


def _loop(model, recurrent, ids) -> list[tuple[np.ndarray, np.ndarray]]:
    """Hidden and cell states of each layer, (1, steps, units), one call of a cell after the other."""
    vectors = model.get_layer("embedding")(ids)
    states = [[keras.ops.zeros((1, UNITS))] * 2 for _ in recurrent]
    kept = [([], []) for _ in recurrent]
    for step in range(ids.shape[1]):
        output = vectors[:, step]
        for number, layer in enumerate(recurrent):
            output, states[number] = layer.cell(output, states[number])
            for history, state in zip(kept[number], states[number], strict=True):
                history.append(keras.ops.convert_to_numpy(state))
    return [tuple(np.stack(history, axis=1) for history in layer) for layer in kept]


def _sketch(model, recurrent):
    """From ids to the four gates, the cell state and the hidden state of each layer, (steps, batch, units) each."""
    import tensorflow

    ops = keras.ops

    @tensorflow.function(jit_compile=True)
    def read(ids):
        outputs, readings = ops.moveaxis(model.get_layer("embedding")(ids), 1, 0), []
        for layer in recurrent:
            kernel, recurrent_kernel, bias = layer.trainable_variables

            def step(before, projected, recurrent_kernel=recurrent_kernel):
                *_, cell_state, hidden_state = before
                i, f, c, o = ops.split(projected + ops.matmul(hidden_state, recurrent_kernel), 4, axis=-1)
                i, f, c, o = ops.sigmoid(i), ops.sigmoid(f), ops.tanh(c), ops.sigmoid(o)
                cell_state = f * cell_state + i * c
                after = (i, f, c, o, cell_state, o * ops.tanh(cell_state))
                return after, after

            first = (ops.zeros((len(ids), UNITS)),) * 6
            readings.append(ops.scan(step, first, ops.matmul(outputs, kernel) + bias)[1])
            outputs = readings[-1][-1]
        return readings

    return lambda ids: [[array.numpy() for array in reading] for reading in read(ids)]


def _check(readings, looped, hidden_states, sketched) -> None:
    for reading, stored in zip(readings, sketched, strict=True):
        for values, others in zip(reading.values(), stored, strict=True):
            np.testing.assert_allclose(values, np.moveaxis(others, 0, 1), atol=TOLERANCE)
    for reading, (hidden, cell), outputs in zip(readings, looped, hidden_states, strict=True):
        np.testing.assert_allclose(reading["hidden_state"], hidden, atol=TOLERANCE)
        np.testing.assert_allclose(reading["hidden_state"], outputs, atol=TOLERANCE)
        np.testing.assert_allclose(reading["cell_state"], cell, atol=TOLERANCE)
        before = np.concatenate([np.zeros_like(cell[:, :1]), cell[:, :-1]], axis=1)
        written = reading["forget_gate"] * before + reading["input_gate"] * reading["candidate_cell"]
        np.testing.assert_allclose(written, cell, atol=TOLERANCE)
        np.testing.assert_allclose(reading["output_gate"] * np.tanh(cell), hidden, atol=TOLERANCE)
