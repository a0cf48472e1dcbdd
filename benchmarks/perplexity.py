"""CPU time to a held-out perplexity on WikiText-2: our recipe against that of PyTorch's word_language_model example.

Both train the same model on the same ids: an LSTM of 256 behind word vectors of 256, which are the output weights, too
(the example's `--tied`), dropout 0.2, vocabulary 33,278. What differs is the recipe. The example has
batches of 20 × 35, plain gradient descent at rate 20, gradients clipped to 0.25, and the rate divided by four after an
epoch that made the validation loss no better (github.com/pytorch/examples, word_language_model, its defaults). Ours is
the preset `wikitext-2-short` in fewer epochs, the first tenth to warm up: Adam under a cosine, sampled softmax. The
perplexity is exact on both sides, over the same windows of the validation text. Scoring is not counted, compiling is.
"""

import os
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.measure import Timing, timed
from benchmarks.peers import TUNED_ALLOCATOR, present
from benchmarks.report import Comparison, Figure
from benchmarks.worker import Worker
from course.commands.language_runs import corpus_ids
from course.commands.presets import PRESETS
from course.text.vocabulary import START_ID
from course.text.windows import contiguous_batches

PACKAGES = ("keras", "tensorflow", "torch")
ROUNDS = 1
EPOCHS = 1  # of ours; the peer trains until its perplexity is as low
PRESET = replace(PRESETS["wikitext-2-short"], epochs=EPOCHS)
PEER_BATCH, PEER_RATE, PEER_CLIP = 20, 20.0, 0.25
PARTS, LIMIT = 4, 4  # the peer is scored so many times an epoch, and trains at most so many epochs
SCORED_STREAMS, SCORED_STEPS = 32, 64


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows; every round is another seed."""
    if not present("torch", "PyTorch"):
        return
    vocabulary, ids = corpus_ids(PRESET.corpus)
    scored = windows(ids["valid"], SCORED_STREAMS, SCORED_STEPS)
    ours, peers = [], []
    for seed in range(1, rounds + 1):
        with (
            Worker(KerasRecipe, len(vocabulary), ids["train"], scored, seed) as keras_side,
            Worker(TorchRecipe, len(vocabulary), ids["train"], scored, seed, environment=TUNED_ALLOCATOR) as torch_side,
        ):
            checked = _check(keras_side, torch_side)
            ours.append(keras_side.call("train"))
            goal = keras_side.call("perplexity")
            yield Figure(f"ours, seed {seed}", "validation perplexity", goal, "tokens")
            peers.append(Timing(0.0, 0.0))
            best = np.inf
            for part in range(PARTS * LIMIT):
                wall, cpu, _ = torch_side.call("train", part)
                peers[-1] = Timing(peers[-1].wall + wall, peers[-1].cpu + cpu)
                best = min(best, torch_side.call("perplexity"))
                name = f"PyTorch's recipe, seed {seed}, after {(part + 1) / PARTS:g} epochs"
                yield Figure(name, "validation perplexity", best, "tokens")
                if best <= goal:
                    break
            reached = "which the peer reached" if best <= goal else f"the peer stopped at {best:.0f}"
            checked += f"; ours {goal:.0f}, {reached} after {(part + 1) / PARTS:g} epochs"
    yield Comparison(
        work=f"WikiText-2, {PRESET.layers} × {PRESET.units}, to the perplexity of {EPOCHS} epoch of ours",
        ours="Adam, cosine, sampled softmax",
        peer="word_language_model's recipe, PyTorch",
        unit="trainings",
        checked=checked,
        timings=(ours, peers),
        goal=2,
        clock="cpu",
    )


def windows(ids, streams: int, steps: int):
    """Inputs and targets of all windows of one text, each (windows, streams, steps)."""
    return contiguous_batches(np.concatenate([[START_ID], ids]), streams, steps)


def _check(ours, peer) -> str:
    """Both score the same with the same weights."""
    peer.call("set_weights", ours.call("weights"))
    scores = [side.call("perplexity", 3) for side in (ours, peer)]
    np.testing.assert_allclose(*scores, rtol=1e-4)  # float32
    peer.call("begin")
    return f"with the same weights both score {scores[0]:.1f}"


class KerasRecipe:
    """The course's training, as `python -m course train` does it."""

    def __init__(self, vocab_size, train_ids, scored, seed):
        from course.backend import keras
        from course.commands.language_runs import build

        keras.utils.set_random_seed(seed)
        self.ids, self.scored, self.seed = train_ids, scored, seed
        self.model = build(PRESET, vocab_size, PRESET.streams)
        self.scorer = build(PRESET, vocab_size, SCORED_STREAMS)

    def weights(self) -> list[np.ndarray]:
        """Embedding, then kernel, recurrent kernel and bias of each layer, then the bias of the output."""
        return self.model.get_weights()

    def train(self) -> Timing:
        """All epochs, compiling counted."""
        return timed(self._train)

    def perplexity(self, first: int | None = None) -> float:
        """Of all the windows, or the first few."""
        from course.models.language_model import reset_states
        from course.models.softmax import loss_model

        self.scorer.set_weights(self.model.get_weights())
        exact = loss_model(self.scorer)
        exact.compile(jit_compile=False)
        reset_states(exact)
        losses = [float(exact.test_on_batch(list(window))) for window in list(zip(*self.scored, strict=True))[:first]]
        return float(np.exp(np.mean(losses)))

    def _train(self):
        from course.models.softmax import loss_model
        from course.training import fit_stream, warmed_cosine

        steps = PRESET.epochs * (len(self.ids) // (PRESET.streams * PRESET.steps))
        fit_stream(
            self.model,
            self.ids,
            steps=PRESET.steps,
            epochs=PRESET.epochs,
            learning_rate=warmed_cosine(PRESET.learning_rate, steps, warmed=0.1),
            clip_norm=PRESET.clip_norm,
            objective=loss_model(self.model, frequent=PRESET.frequent, sampled=PRESET.sampled, seed=self.seed),
            report=None,
        )


class TorchRecipe:
    """The example's training, on the same model."""

    def __init__(self, vocab_size, train_ids, scored, seed):
        import torch

        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
        torch.manual_seed(seed)
        self.torch, self.vocab_size = torch, vocab_size
        self.train_windows = [torch.tensor(part).long() for part in windows(train_ids, PEER_BATCH, PRESET.steps)]
        self.scored = [torch.tensor(part).long() for part in scored]
        self.embedding = torch.nn.Embedding(vocab_size, PRESET.embedding)
        between = PRESET.dropout if PRESET.layers > 1 else 0.0
        self.lstm = torch.nn.LSTM(PRESET.embedding, PRESET.units, PRESET.layers, batch_first=True, dropout=between)
        self.dropout = torch.nn.Dropout(PRESET.dropout)
        self.head = torch.nn.Linear(PRESET.units, vocab_size)
        self.head.weight = self.embedding.weight
        self.modules = torch.nn.ModuleList([self.embedding, self.lstm, self.dropout, self.head])
        self.fresh = {name: values.clone() for name, values in self.lstm.state_dict().items()}
        self.begin()

    def begin(self) -> None:
        """The weights that the example begins with."""
        self.torch.nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        self.torch.nn.init.zeros_(self.head.bias)
        self.lstm.load_state_dict(self.fresh)
        self.state, self.rate, self.losses = None, PEER_RATE, []

    def set_weights(self, weights) -> None:
        """Those of the Keras model; the second bias of PyTorch's LSTM becomes zero."""
        embedding, *layers, bias = [self.torch.tensor(array) for array in weights]
        with self.torch.no_grad():
            self.embedding.weight.copy_(embedding)
            for number in range(PRESET.layers):
                for kind, tensor in zip(("weight_ih", "weight_hh", "bias_ih"), layers[3 * number :], strict=False):
                    getattr(self.lstm, f"{kind}_l{number}").copy_(tensor.mT if tensor.ndim == 2 else tensor)
                getattr(self.lstm, f"bias_hh_l{number}").zero_()
            self.head.bias.copy_(bias)

    def train(self, part: int) -> Timing:
        """That part of the training, counted through all epochs; at the end of an epoch the rate may fall."""
        if part and part % PARTS == 0:
            self._anneal()
        if part % PARTS == 0:
            self.state = None
        edges = np.linspace(0, len(self.train_windows[0]), PARTS + 1).astype(int)
        first, last = edges[part % PARTS : part % PARTS + 2]
        self.modules.train()
        return timed(lambda: [self._step(*window) for window in self._windows(first, last)])

    def perplexity(self, first: int | None = None) -> float:
        """Of all the windows to score, or the first few."""
        self.modules.eval()
        kept, self.state, losses = self.state, None, []
        with self.torch.no_grad():
            for window in list(zip(*self.scored, strict=True))[:first]:
                losses.append(self._loss(*window).item())
        self.state = kept
        self.losses.append(float(np.mean(losses)))
        return float(np.exp(self.losses[-1]))

    def _anneal(self):
        ends = self.losses[-1::-PARTS][::-1]  # after each epoch
        if len(ends) > 1 and ends[-1] >= min(ends[:-1]):
            self.rate /= 4

    def _windows(self, first, last):
        return zip(*(part[first:last] for part in self.train_windows), strict=True)

    def _loss(self, inputs, targets):
        states, after = self.lstm(self.dropout(self.embedding(inputs)), self.state)
        self.state = tuple(state.detach() for state in after)
        logits = self.head(self.dropout(states))
        return self.torch.nn.functional.cross_entropy(logits.view(-1, self.vocab_size), targets.reshape(-1))

    def _step(self, inputs, targets):
        self.modules.zero_grad()
        self._loss(inputs, targets).backward()
        self.torch.nn.utils.clip_grad_norm_(self.modules.parameters(), PEER_CLIP)
        with self.torch.no_grad():
            for parameter in self.modules.parameters():
                parameter.add_(parameter.grad, alpha=-self.rate)
