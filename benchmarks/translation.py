"""Decoding 20 tokens of a translation: one compiled loop against a call of Keras for each token, and PyTorch.

An LSTM encoder-decoder of 256 units with vocabularies of 10,000 tokens; every sentence has 20 tokens on both sides
(<end> is made impossible). All sides have the same random weights and must write the same ids. Encoding and the way
from ids to arrays and back are part of the time.

The peers: `model.predict` once a token, as in the well-known Keras example of a character-level translator (Chollet
2017); `predict_on_batch` once a token; a loop in eager PyTorch.
"""

import os
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.measure import Timing, alternate, rates, timed
from benchmarks.peers import TUNED_ALLOCATOR, present
from benchmarks.report import Comparison, Figure
from benchmarks.worker import Worker

PACKAGES = ("keras", "tensorflow", "torch")
ROUNDS = 9
UNITS, VOCAB_SIZE, STEPS, WIDTH, BATCH = 256, 10_000, 20, 5, 64
LENGTH_POWER = 0.6
# sentences of one measurement, so that it takes a tenth of a second or more
REPEATS = {"greedy": {1: 30, BATCH: 6}, "beam": {1: 12, BATCH: 2}, "predict": {1: 1, BATCH: 1}}
REPEATS["predict_on_batch"] = {1: 8, BATCH: 4}
GOALS = {  # (peer, search, batch): how many times faster
    ("predict", "greedy", 1): 200,
    ("predict", "greedy", BATCH): 30,
    ("torch", "greedy", 1): 2,
    ("torch", "greedy", BATCH): 1.7,
    ("torch", "beam", BATCH): 1.5,
}
NAMES = {"predict": "predict, a call a token", "predict_on_batch": "predict_on_batch", "torch": "PyTorch, eager"}


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows."""
    with Worker(KerasTranslator) as keras_side:
        yield Figure(
            f"greedy, lengths 1 to 40, batches 1 to {BATCH}", "times traced", keras_side.call("traces"), "times", goal=1
        )
        peers = {name: (keras_side, name) for name in ("predict", "predict_on_batch")}
        if not present("torch", "PyTorch"):
            yield from _compare(keras_side, peers, rounds)
            return
        with Worker(TorchTranslator, keras_side.call("weights"), environment=TUNED_ALLOCATOR) as torch_side:
            yield from _compare(keras_side, peers | {"torch": (torch_side, "greedy")}, rounds, torch_side)


def _compare(ours, peers, rounds, torch_side=None):
    one_by_one, ours_in_batches = None, None
    for batch in (1, BATCH):
        checked = _check(ours, peers, "greedy", batch)
        sides = {"ours": _side(ours, "greedy", batch)}
        sides |= {name: _side(worker, way, batch) for name, (worker, way) in peers.items()}
        timings = alternate(sides, rounds)
        for name in peers:
            yield _comparison("greedy", batch, name, timings["ours"], timings[name], checked)
        one_by_one = timings["predict"] if batch == 1 else one_by_one
        ours_in_batches = timings["ours"]
    yield _comparison("greedy", BATCH, "predict", ours_in_batches, one_by_one, checked)._replace(
        work=f"greedy, ours in batches of {BATCH}, predict one sentence at a time", goal=1500
    )
    for batch in (1, BATCH):
        sides = {"ours": _side(ours, "beam", batch), "greedy": _side(ours, "greedy", batch)}
        checked = ""
        if torch_side is not None:
            checked = _check(ours, {"torch": (torch_side, "beam")}, "beam", batch)
            sides["torch"] = _side(torch_side, "beam", batch)
        timings = alternate(sides, rounds)
        if torch_side is not None:
            yield _comparison("beam", batch, "torch", timings["ours"], timings["torch"], checked)
        slower = float(np.median(rates(timings["greedy"]) / rates(timings["ours"])))
        goal = 5 if batch == BATCH else None
        yield Figure(f"beam {WIDTH}, batch {batch}", "time of greedy search", slower, "times", goal=goal)


def _side(worker, way, batch):
    return lambda: worker.call("timing", way, batch)


def _comparison(search, batch, peer, ours, theirs, checked):
    return Comparison(
        work=f"{search if search == 'greedy' else f'beam {WIDTH}'}, batch {batch}",
        ours="one compiled loop",
        peer=NAMES[peer],
        unit="sentences",
        checked=checked,
        timings=(ours, theirs),
        goal=GOALS.get((peer, search, batch)),
    )


def _check(ours, peers, search, batch) -> str:
    ids, scores = ours.call("decoded", search, batch)
    assert ids.shape[-1] == STEPS
    assert len(np.unique(ids)) > 10  # no stuck model, which would hide a wrong state
    for worker, way in peers.values():
        their_ids, their_scores = worker.call("decoded", way, batch)
        np.testing.assert_array_equal(ids, their_ids)
        if their_scores is not None:
            np.testing.assert_allclose(scores, their_scores, rtol=1e-4)  # float32, 20 sums
    return f"all {ids.size} ids equal"


def sources(batch: int) -> list[np.ndarray]:
    """The sentences to translate: random ids, 20 a sentence."""
    return list(np.random.default_rng(batch).integers(4, VOCAB_SIZE, (batch, STEPS)).astype("int32"))


class KerasTranslator:
    """The course's translator, decoded by the course and by a call of Keras for each token."""

    def __init__(self):
        from course.backend import keras
        from course.decoding import batched, beam, greedy
        from course.models.translator import Translator
        from course.text.vocabulary import END_ID, START_ID

        keras.utils.set_random_seed(0)
        self.start = START_ID
        self.model = Translator(VOCAB_SIZE, VOCAB_SIZE, embedding=UNITS, units=UNITS)
        logits = self.model.decoder.logits
        logits.kernel.assign(8 * logits.kernel)  # clear decisions: rounding must not change an id
        logits.bias.assign(-1e9 * (np.arange(VOCAB_SIZE) == END_ID))
        search = {"start": START_ID, "end": END_ID, "max_steps": STEPS}
        self.tracings = 0
        self.decode = {
            "greedy": batched(self._counted_encode, self.model.step, partial(greedy, **search), BATCH),
            "beam": batched(
                self.model.encode,
                self.model.step,
                partial(beam, **search, width=WIDTH, length_power=LENGTH_POWER),
                BATCH,
            ),
        }
        self.encoder, self.decoder = self._models_of_the_example(keras)

    def _counted_encode(self, source):
        self.tracings += 1  # Python runs only while the function is traced
        return self.model.encode(source)

    def traces(self) -> int:
        """How often greedy search is traced until it has met sentences of all lengths in batches of all sizes."""
        for length in range(1, 41):
            self.decode["greedy"]([np.full(length, 7)] * (1 + 63 * length // 40))
        return self.tracings

    def weights(self) -> dict[str, list[np.ndarray]]:
        """Of every layer, by its name."""
        encoder, decoder = self.model.encoder, self.model.decoder
        layers = {
            "source_embedding": encoder.embedding,
            "encoder": encoder.lstms[0],
            "target_embedding": decoder.embedding,
            "decoder": decoder.lstms[0],
            "logits": decoder.logits,
        }
        return {name: layer.get_weights() for name, layer in layers.items()}

    def decoded(self, way: str, batch: int) -> tuple[np.ndarray, np.ndarray | None]:
        """ids (batch, [width,] steps) and scores (batch, [width]) found in one of the four ways."""
        if way in self.decode:
            return tuple(self.decode[way](sources(batch)))
        return self._token_by_token(way, batch), None

    def timing(self, way: str, batch: int) -> Timing:
        """Of some batches, in sentences."""
        repeats = REPEATS[way][batch]
        return timed(lambda: [self.decoded(way, batch) for _ in range(repeats)], amount=repeats * batch)

    def _models_of_the_example(self, keras):
        """An encoder that puts out its states, and a decoder of one token and the states before it."""
        encoder, decoder = self.model.encoder, self.model.decoder
        source, token = keras.Input((None,), dtype="int32"), keras.Input((1,), dtype="int32")
        before = [keras.Input((UNITS,)) for _ in range(2)]
        lstm = keras.layers.LSTM(UNITS, return_state=True)
        _, *states = lstm(encoder.embedding(source))
        lstm.set_weights(encoder.lstms[0].get_weights())
        step = keras.layers.LSTM(UNITS, return_state=True)
        output, *after = step(decoder.embedding(token), initial_state=before)
        step.set_weights(decoder.lstms[0].get_weights())
        return keras.Model(source, states), keras.Model([token, *before], [decoder.logits(output), *after])

    def _token_by_token(self, way, batch):
        def call(model, inputs):
            return model.predict_on_batch(inputs) if way == "predict_on_batch" else model.predict(inputs, verbose=0)

        states = call(self.encoder, np.stack(sources(batch)))
        token, ids = np.full((batch, 1), self.start, "int32"), []
        for _ in range(STEPS):
            logits, *states = call(self.decoder, [token, *states])
            token = logits.argmax(axis=-1)[:, None].astype("int32")
            ids.append(token)
        return np.concatenate(ids, axis=1)


class TorchTranslator:
    """The same network in PyTorch, decoded by a Python loop without gradients."""

    def __init__(self, weights: dict[str, list[np.ndarray]]):
        import torch

        from course.text.vocabulary import END_ID, START_ID

        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
        self.torch, self.start, self.end = torch, START_ID, END_ID
        self.source_embedding, self.target_embedding = (
            torch.nn.Embedding.from_pretrained(torch.tensor(weights[name][0]))
            for name in ("source_embedding", "target_embedding")
        )
        self.encoder = torch.nn.LSTM(UNITS, UNITS, batch_first=True)
        self.decoder = torch.nn.LSTMCell(UNITS, UNITS)
        for lstm, suffix, name in ((self.encoder, "_l0", "encoder"), (self.decoder, "", "decoder")):
            kernel, recurrent_kernel, bias = map(torch.tensor, weights[name])  # gates in the same order: i, f, c, o
            arrays = {"weight_ih": kernel.T, "weight_hh": recurrent_kernel.T, "bias_ih": bias, "bias_hh": 0 * bias}
            lstm.load_state_dict({key + suffix: value.contiguous() for key, value in arrays.items()})
        kernel, bias = map(torch.tensor, weights["logits"])
        self.logits = torch.nn.Linear(UNITS, VOCAB_SIZE)
        self.logits.load_state_dict({"weight": kernel.T.contiguous(), "bias": bias})

    def decoded(self, way: str, batch: int) -> tuple[np.ndarray, np.ndarray | None]:
        """ids and scores by "greedy" or "beam" search."""
        with self.torch.inference_mode():
            source = self.torch.from_numpy(np.stack(sources(batch)))
            _, (hidden, cell) = self.encoder(self.source_embedding(source))
            return (self._greedy if way == "greedy" else self._beam)(hidden[0], cell[0])

    def timing(self, way: str, batch: int) -> Timing:
        """Of some batches, in sentences."""
        repeats = REPEATS[way][batch]
        return timed(lambda: [self.decoded(way, batch) for _ in range(repeats)], amount=repeats * batch)

    def _greedy(self, hidden, cell):
        token, ids = self.torch.full((len(hidden),), self.start), []
        for _ in range(STEPS):
            hidden, cell = self.decoder(self.target_embedding(token), (hidden, cell))
            token = self.logits(hidden).argmax(dim=-1)
            ids.append(token)
            if (token == self.end).all():
                break
        return self.torch.stack(ids, dim=1).numpy(), None

    def _beam(self, hidden, cell):
        torch, batch = self.torch, len(hidden)
        rows = torch.arange(batch)[:, None] * WIDTH
        hidden, cell = (state.repeat_interleave(WIDTH, dim=0) for state in (hidden, cell))
        token, ids = torch.full((batch * WIDTH,), self.start), torch.zeros(batch, WIDTH, 0, dtype=torch.long)
        log_p = torch.full((batch, WIDTH), -torch.inf)
        log_p[:, 0] = 0.0
        for _ in range(STEPS):  # <end> never comes here, so that finished hypotheses cost nothing
            hidden, cell = self.decoder(self.target_embedding(token), (hidden, cell))
            log_probs = self.logits(hidden).log_softmax(dim=-1).view(batch, WIDTH, VOCAB_SIZE)
            log_p, best = (log_p[:, :, None] + log_probs).view(batch, -1).topk(WIDTH)
            parent, last = best // VOCAB_SIZE, best % VOCAB_SIZE
            kept = (rows + parent).view(-1)
            hidden, cell, token = hidden[kept], cell[kept], last.view(-1)
            ids = torch.cat([ids.gather(1, parent[:, :, None].expand_as(ids)), last[:, :, None]], dim=2)
        return ids.numpy(), (log_p / ((5 + STEPS) / 6) ** LENGTH_POWER).numpy()
