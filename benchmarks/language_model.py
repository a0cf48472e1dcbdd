"""Training steps of an LSTM language model, vocabulary 10,000: plain, exact in chunks, sampled, against PyTorch.

Two sizes: A has the size of Zaremba, Sutskever & Vinyals' (2014) small model (batch 32 × 35 steps, two layers of 200),
B one wider layer behind smaller word vectors (batch 64 × 50 steps, 100 and 256). A step is forward, backward, clipping
and Adam, with the states carried from step to step, as `course.training.fit_stream` does it; no dropout.

The ids follow Zipf's law. Loss and gradient of the first step are compared first. They come from the compiled training
step itself: with plain gradient descent at a high rate, the change of the weights is the gradient.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.measure import Timing, alternate, timed
from benchmarks.peers import TUNED_ALLOCATOR, present
from benchmarks.report import Comparison
from benchmarks.worker import Worker

PACKAGES = ("keras", "tensorflow", "torch")
ROUNDS = 9
VOCAB_SIZE = 10_000
STEPS = 4  # of training, in one measurement
CLIP_NORM, LEARNING_RATE = 1.0, 1e-3
GRADIENT_RATE = 1e3  # changes the weights by far more than float32 rounds them
FREQUENT, SAMPLED = 512, 512  # a tenth of the vocabulary, the share that the presets for two cores take of theirs
LOSSES = {"plain": "all logits", "chunked": "exact, in chunks", "sampled": f"{FREQUENT} exact + {SAMPLED} sampled"}


class Size(NamedTuple):
    """Of a model and its batches."""

    batch: int
    steps: int
    embedding: int
    units: int
    layers: int


SIZES = {"A": Size(32, 35, 200, 200, 2), "B": Size(64, 50, 100, 256, 1)}
GOALS = {("chunked", "A"): 1.4, ("chunked", "B"): 1.6, ("sampled", "A"): 3, ("sampled", "B"): 5}


def run(rounds: int) -> Iterator[Comparison]:
    """All rows; PyTorch runs with the C allocator that suits it best, and as it comes."""
    if not present("torch", "PyTorch"):
        return
    for name, size in SIZES.items():
        with (
            Worker(KerasTraining, size) as ours,
            Worker(TorchTraining, size, ours.call("weights"), environment=TUNED_ALLOCATOR) as tuned,
            Worker(TorchTraining, size, ours.call("weights")) as untuned,
        ):
            checked = _check(ours, tuned)
            sides = {loss: _side(ours, loss) for loss in LOSSES} | {"tuned": _side(tuned), "untuned": _side(untuned)}
            timings = alternate(sides, rounds)
        for loss, text in LOSSES.items():
            yield Comparison(
                work=f"training step {name}: {size.batch} × {size.steps}, {size.layers} × {size.units}",
                ours=text,
                peer="PyTorch, eager, allocator tuned",
                unit="tokens",
                checked=checked[loss],
                timings=(timings[loss], timings["tuned"]),
                goal=GOALS.get((loss, name)),
            )
        yield Comparison(
            work=f"training step {name}",
            ours=LOSSES["chunked"],
            peer="PyTorch, eager, as it comes",
            unit="tokens",
            checked=checked["chunked"],
            timings=(timings["chunked"], timings["untuned"]),
        )


def _side(worker, *arguments):
    return lambda: worker.call("timing", *arguments)


def _check(ours, peer) -> dict[str, str]:
    loss, gradients = peer.call("loss_and_gradients")
    checked = {}
    for name in ("plain", "chunked"):
        our_loss, our_gradients = ours.call("loss_and_gradients", name)
        np.testing.assert_allclose(our_loss, loss, rtol=1e-5)  # float32, thousands of terms
        distances = [
            float(np.linalg.norm(a - b) / np.linalg.norm(b)) for a, b in zip(our_gradients, gradients, strict=True)
        ]
        assert max(distances) < 1e-3, distances
        checked[name] = f"loss {our_loss:.5f} and {loss:.5f}; gradients differ by {max(distances):.0e} of their norm"
    estimate = ours.call("mean_sampled_loss")
    np.testing.assert_allclose(estimate, loss, rtol=1e-2)  # of the first step, where all words are alike
    checked["sampled"] = f"mean estimate {estimate:.4f} of the loss {loss:.4f}"
    return checked


def windows(size: Size) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets of one step, (batch, steps); the frequent tokens have the small ids, as in a vocabulary."""
    share = 1 / np.arange(1, VOCAB_SIZE - 3)
    random = np.random.default_rng(0)
    ids = 4 + random.choice(VOCAB_SIZE - 4, (size.batch, size.steps + 1), p=share / share.sum())
    return ids[:, :-1].astype("int32"), ids[:, 1:].astype("int32")


class KerasTraining:
    """The course's model and its three losses, each on its own weights."""

    def __init__(self, size: Size):
        from course.backend import keras
        from course.models.language_model import language_model, reset_states
        from course.models.softmax import loss_model
        from course.training import RecordingAdam, masked_cross_entropy

        self.size, self.window = size, list(windows(size))
        self.keras, self.reset_states, self.masked_cross_entropy = keras, reset_states, masked_cross_entropy
        keras.utils.set_random_seed(0)
        self.models, self.objectives = {}, {}
        for loss in LOSSES:
            model = language_model(VOCAB_SIZE, size.units, size.embedding, layers=size.layers, streams=size.batch)
            if self.models:
                model.set_weights(self.weights())
            self.models[loss] = model
        self.objectives = {
            "plain": self.models["plain"],
            "chunked": loss_model(self.models["chunked"]),
            "sampled": loss_model(self.models["sampled"], frequent=FREQUENT, sampled=SAMPLED),
        }
        self.make_optimizer = lambda: RecordingAdam(LEARNING_RATE, global_clipnorm=CLIP_NORM)
        self.ready = False

    def weights(self) -> list[np.ndarray]:
        """Of the first model: embedding, then kernel, recurrent kernel and bias of each layer, kernel, bias."""
        return self.models["plain"].get_weights()

    def loss_and_gradients(self, loss: str) -> tuple[float, list[np.ndarray]]:
        """Of the first step, in the order of the weights; the weights stay."""
        model, before = self.models[loss], self.models[loss].get_weights()
        self._compile(loss, self.keras.optimizers.SGD(GRADIENT_RATE))
        value = float(self._step(loss))
        gradients = [(old - new) / GRADIENT_RATE for old, new in zip(before, model.get_weights(), strict=True)]
        model.set_weights(before)
        self.reset_states(model)
        return value, gradients

    def mean_sampled_loss(self) -> float:
        """Over 20 draws, without learning."""
        self._compile("sampled", self.keras.optimizers.SGD(0.0))
        losses = []
        for _ in range(20):
            losses.append(float(self._step("sampled")))
            self.reset_states(self.models["sampled"])
        return float(np.mean(losses))

    def timing(self, loss: str) -> Timing:
        """Of some training steps, in tokens."""
        if not self.ready:
            for name in LOSSES:
                self._compile(name, self.make_optimizer())
            self.ready = True
        tokens = STEPS * self.size.batch * self.size.steps
        return timed(lambda: [float(self._step(loss)) for _ in range(STEPS)], amount=tokens)

    def _compile(self, loss, optimizer):
        function = self.masked_cross_entropy if loss == "plain" else None  # the other objectives bring their own
        self.objectives[loss].compile(optimizer, loss=function, jit_compile=False)

    def _step(self, loss):
        if loss == "plain":
            return self.objectives[loss].train_on_batch(*self.window)
        return self.objectives[loss].train_on_batch(self.window)


class TorchTraining:
    """The same model in PyTorch, as its word-level language-model example trains it, with Adam in one fused kernel."""

    def __init__(self, size: Size, weights: list[np.ndarray]):
        import torch

        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
        self.torch, self.size = torch, size
        self.inputs, self.targets = (torch.tensor(ids).long() for ids in windows(size))
        self.embedding = torch.nn.Embedding(VOCAB_SIZE, size.embedding)
        self.lstm = torch.nn.LSTM(size.embedding, size.units, size.layers, batch_first=True)
        self.head = torch.nn.Linear(size.units, VOCAB_SIZE)
        self._set_weights(weights)
        for name, bias in self.lstm.named_parameters():  # Keras has one bias a gate, PyTorch two that are added
            bias.requires_grad_("bias_hh" not in name)
        self.parameters = [
            parameter
            for module in (self.embedding, self.lstm, self.head)
            for parameter in module.parameters()
            if parameter.requires_grad
        ]
        self.optimizer = torch.optim.Adam(self.parameters, LEARNING_RATE, eps=1e-7, fused=True)
        self.state = None

    def loss_and_gradients(self) -> tuple[float, list[np.ndarray]]:
        """Of the first step, in Keras' shapes and order."""
        loss = self._loss()
        loss.backward()
        self.state = None
        gradients = [self.embedding.weight.grad]
        for layer in range(self.size.layers):
            gradients += [getattr(self.lstm, f"weight_{kind}_l{layer}").grad.mT for kind in ("ih", "hh")]
            gradients.append(getattr(self.lstm, f"bias_ih_l{layer}").grad)
        gradients += [self.head.weight.grad.mT, self.head.bias.grad]
        return loss.item(), [gradient.numpy().copy() for gradient in gradients]

    def timing(self) -> Timing:
        """Of some training steps, in tokens."""
        tokens = STEPS * self.size.batch * self.size.steps
        return timed(lambda: [self._step() for _ in range(STEPS)], amount=tokens)

    def _set_weights(self, weights):
        tensors = [self.torch.tensor(array) for array in weights]
        embedding, *layers, kernel, bias = tensors
        with self.torch.no_grad():
            self.embedding.weight.copy_(embedding)
            for number in range(self.size.layers):
                for kind, tensor in zip(("weight_ih", "weight_hh", "bias_ih"), layers[3 * number :], strict=False):
                    getattr(self.lstm, f"{kind}_l{number}").copy_(tensor.mT if tensor.ndim == 2 else tensor)
                getattr(self.lstm, f"bias_hh_l{number}").zero_()
            self.head.weight.copy_(kernel.mT)
            self.head.bias.copy_(bias)

    def _loss(self):
        states, after = self.lstm(self.embedding(self.inputs), self.state)
        self.state = tuple(state.detach() for state in after)
        logits = self.head(states)
        return self.torch.nn.functional.cross_entropy(logits.view(-1, VOCAB_SIZE), self.targets.reshape(-1))

    def _step(self) -> float:
        self.optimizer.zero_grad()
        loss = self._loss()
        loss.backward()
        self.torch.nn.utils.clip_grad_norm_(self.parameters, CLIP_NORM)
        self.optimizer.step()
        return loss.item()
