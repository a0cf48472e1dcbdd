"""Train a Keras model of tokens, and keep everything that happened as plain numbers."""

import time
from dataclasses import asdict, dataclass, field

import numpy as np

from course import checkpoints
from course.backend import dense, fused_adam, keras
from course.models.language_model import reset_states
from course.models.softmax import loss_model
from course.parallel import device_count, is_first_process, own_share
from course.text.vocabulary import START_ID
from course.text.windows import contiguous_batches


@dataclass
class History:
    """What happened in a training run; `dataclasses.asdict` makes it a dictionary of lists, ready for a JSON file.

    Attributes:
        losses, validation_losses: nats per token, one entry per epoch; without validation data the second is empty.
        seconds: wall time of each epoch, its validation included.
        step_losses, gradient_norms, learning_rates: one entry per step; the norm is that of all gradients together,
            before clipping.
        best_epoch: number of the epoch with the lowest validation loss, counted from 1; None without validation.
    """

    losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    step_losses: list[float] = field(default_factory=list)
    gradient_norms: list[float] = field(default_factory=list)
    learning_rates: list[float] = field(default_factory=list)
    best_epoch: int | None = None


class Diverged(ArithmeticError):
    """The loss is not a number any more. `history` holds everything up to that step, the bad step included."""

    def __init__(self, message: str, history: History):
        super().__init__(message)
        self.history = history


class RecordingAdam(keras.optimizers.Adam):
    """Adam that keeps the norm of the last gradient, all variables together, before clipping.

    Sparse embedding gradients are made dense first: a word that occurs twice in a batch then counts as in the
    textbook, both in the norm and in Adam's moments. Where the back end can, an update is one pass over the memory.
    """

    def build(self, variables):
        super().build(variables)
        self.gradient_norm = self.add_variable(shape=(), initializer="zeros", name="gradient_norm")

    def apply(self, grads, trainable_variables=None):
        if trainable_variables is not None and not self.built:
            self.build(trainable_variables)
        grads = [dense(gradient) for gradient in grads]
        self.gradient_norm.assign(keras.ops.sqrt(sum(keras.ops.sum(keras.ops.square(g)) for g in grads)))
        super().apply(grads, trainable_variables)

    def update_step(self, gradient, variable, learning_rate):
        place = self._get_variable_index(variable)
        moments = self._momentums[place], self._velocities[place]
        step = keras.ops.cast(self.iterations + 1, "float32")
        if not fused_adam(variable, *moments, gradient, learning_rate, step, self.beta_1, self.beta_2, self.epsilon):
            super().update_step(gradient, variable, learning_rate)


def masked_cross_entropy(targets, logits):
    """Mean of −log p(target) over the targets that are not padding (id 0), in nats per token.

    Args:
        targets: ids, shape (batch, steps).
        logits: scores before the softmax, shape (batch, steps, vocab_size).
    """
    targets = keras.ops.cast(targets, "int32")
    losses = keras.ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    scored = keras.ops.cast(targets != 0, losses.dtype)
    return keras.ops.sum(losses * scored) / keras.ops.sum(scored)


def fit(
    model,
    inputs,
    targets,
    *,
    epochs: int,
    batch: int,
    learning_rate,
    seed: int,
    clip_norm: float | None = None,
    validation=None,
    patience: int | None = None,
    checkpoint=None,
    report=print,
) -> History:
    """Train by Adam on the masked cross-entropy of the next token, in shuffled batches of texts of similar length.

    With validation data the weights of the best epoch are in the model at the end, not those of the last.

    Args:
        model: maps the inputs to logits of shape (batch, steps, vocab_size).
        inputs: ids, shape (examples, steps), padding behind; or a tuple of such arrays for a model of several inputs.
        targets: ids, shape (examples, steps); 0 marks padding, which is not scored.
        epochs: passes through the examples.
        batch: examples per step; the last batch of an epoch may be smaller.
        learning_rate: a number or a Keras learning-rate schedule.
        seed: of the shuffling. Weights and dropout follow `keras.utils.set_random_seed`, called before the model
            is built.
        clip_norm: gradients longer than this, all variables together, are shortened to it; None never clips.
        validation: (inputs, targets) scored after each epoch.
        patience: stop after this many epochs without a better validation loss; None runs all epochs.
        checkpoint: file to write after each epoch. Where it is there already, training goes on behind the last epoch
            that it holds, as if nothing had happened.
        report: called with one line of text per epoch, and by its method `every_step` after each step if it has one;
            None for silence.

    Raises:
        ValueError: the arrays differ in their number of rows, or patience is given without validation.
        Diverged: the loss became infinite or not a number.
    """
    _check_rows(inputs, targets)
    if validation is not None:
        _check_rows(*validation)
    elif patience is not None:
        raise ValueError("expected validation data, because patience watches the validation loss; got none")

    optimizer = RecordingAdam(learning_rate, global_clipnorm=clip_norm)
    # XLA compiles longer than a lesson trains; on JAX it is the only compiler there is.
    model.compile(optimizer, loss=masked_cross_entropy, jit_compile=keras.backend.backend() == "jax")
    run = _Run(model, optimizer, epochs, patience, checkpoint, report)
    shuffle = np.random.default_rng(seed)
    for _ in run.history.losses:  # epochs of the checkpoint drew their batches, too
        _shuffled_batches(inputs, targets, batch, shuffle)
    for _ in run.epochs_left():
        batches = _shuffled_batches(inputs, targets, batch, shuffle)
        for rows in batches:
            # One compiled step per call instead of `model.fit`: no input pipeline to wait for, every step recorded.
            loss = model.train_on_batch(*own_share(*_take(inputs, targets, rows, batch)))
            run.record(loss, len(batches), tokens=np.count_nonzero(targets[rows]))
        if validation is not None:
            run.validated(_evaluate(model, *validation, batch))
    return run.finished()


def fit_stream(
    model,
    ids,
    *,
    steps: int,
    epochs: int,
    learning_rate,
    clip_norm: float | None = None,
    carry_state: bool = True,
    objective=None,
    validation=None,
    patience: int | None = None,
    checkpoint=None,
    report=print,
) -> History:
    """Train a language model on one long text by truncated backpropagation through time (Williams & Peng 1990).

    The text is cut into as many parallel streams as the model has rows, and read in windows. The gradient ends at the
    beginning of a window, the state does not. With validation text the weights of the best epoch are in the model at
    the end.

    Args:
        model: a language model built with `streams`.
        ids: the text, shape (tokens,), <end> behind every line or sentence.
        steps: tokens of a window: how far back the gradient reaches.
        epochs: passes through the text; each begins with empty states.
        learning_rate: a number or a Keras learning-rate schedule.
        clip_norm: as for `fit`.
        carry_state: False begins every window with empty states, too.
        objective: a model of (ids, targets) that adds the loss, such as `models.softmax.loss_model(model, ...)`;
            None takes the exact loss.
        validation: ids of another text, scored after each epoch.
        patience: as for `fit`.
        checkpoint, report: as for `fit`.

    Raises:
        ValueError: the model has no streams, or not a multiple of the devices; the text is too short; or patience is
            given without validation.
        Diverged: the loss became infinite or not a number.
    """
    if model.input.shape[0] is None:
        raise ValueError("expected a model built with streams=n, which carries its states from call to call")
    if validation is None and patience is not None:
        raise ValueError("expected a validation text, because patience watches the validation loss; got none")
    if model.input.shape[0] % device_count():
        raise ValueError(f"expected streams in equal shares for {device_count()} devices, got {model.input.shape[0]}")
    inputs, targets = contiguous_batches(np.concatenate([[START_ID], ids]), model.input.shape[0], steps)
    exact = loss_model(model)
    objective = exact if objective is None else objective
    if objective is not exact:
        exact.compile(jit_compile=keras.backend.backend() == "jax")
    optimizer = RecordingAdam(learning_rate, global_clipnorm=clip_norm)
    objective.compile(optimizer, jit_compile=keras.backend.backend() == "jax")
    run = _Run(model, optimizer, epochs, patience, checkpoint, report, objective)
    for _ in run.epochs_left():
        reset_states(model)
        for window in zip(inputs, targets, strict=True):
            if not carry_state:
                reset_states(model)
            run.record(objective.train_on_batch(list(own_share(*window))), len(inputs))
        if validation is not None:
            run.validated(_stream_loss(exact, validation, steps))
    reset_states(model)
    return run.finished()


def stream_log_probs(model, ids, steps: int = 64) -> np.ndarray:
    """log p(token | the text before it) of every token of a long text, in nats, shape (tokens,).

    The text is cut into as many streams as the model has rows, and the states carry over; the first token of each
    stream is predicted from the one before it alone. One stream never forgets, and takes longest.

    Args:
        model: a language model built with `streams`.
        ids: the text, <end> behind every line or sentence.
        steps: tokens per call, which changes nothing but speed.
    """
    if not model.compiled:  # else Keras would compile it through XLA, which takes longer than it saves
        model.compile(jit_compile=keras.backend.backend() == "jax")
    reset_states(model)
    windows = []
    for inputs, targets in _stream_windows(ids, model.input.shape[0], steps):
        # Not `compiled`: a step of Keras' own keeps the carried states on every back end.
        logits = model.predict_on_batch(inputs)
        right = np.take_along_axis(logits, targets[:, :, None], axis=-1)[..., 0]
        largest = logits.max(axis=-1)
        windows.append(right - largest - np.log(np.exp(logits - largest[..., None]).sum(axis=-1)))
    reset_states(model)
    return np.concatenate(windows, axis=1).reshape(-1)[: len(ids)]


def _stream_loss(objective, ids, steps: int) -> float:
    """Mean of -log p over a long text, as `stream_log_probs` has it; of an exact loss model, on any devices."""
    reset_states(objective)
    losses, tokens = [], []
    for inputs, targets in _stream_windows(ids, objective.inputs[0].shape[0], steps):
        losses.append(float(objective.test_on_batch(list(own_share(inputs, targets)))))
        tokens.append(np.count_nonzero(targets))
    reset_states(objective)
    return float(np.average(losses, weights=tokens))


def _stream_windows(ids, streams: int, steps: int):
    """A long text cut into streams of equal length, padded behind, and read in windows: (inputs, targets) of each."""
    ids = np.asarray(ids, dtype=np.int32)
    width = -(-len(ids) // streams)
    width += -width % steps
    targets = np.zeros(streams * width, np.int32)
    targets[: len(ids)] = ids
    inputs = np.concatenate([[START_ID], targets[:-1]]).astype(np.int32).reshape(streams, width)
    targets = targets.reshape(streams, width)
    for first_step in range(0, width, steps):
        window = slice(first_step, first_step + steps)
        yield inputs[:, window], targets[:, window]


class _Run:
    """The bookkeeping of a training run: history, best weights, checkpoint, report, and when to stop."""

    def __init__(self, model, optimizer, epochs, patience, checkpoint, report, objective=None):
        self.model, self.optimizer, self.epochs, self.patience = model, optimizer, epochs, patience
        self.checkpoint, self.report = checkpoint, report
        self.history, self.best_weights, self.tokens = History(), None, []
        objective = model if objective is None else objective
        optimizer.build(objective.trainable_variables)  # a compiled step that still has to make them is traced twice
        if checkpoint is not None:
            self.variables = [*objective.variables, *optimizer.variables]
            if checkpoint.exists():
                stored, self.best_weights = checkpoints.restore(checkpoint, self.variables)
                self.history = History(**stored)

    def epochs_left(self):
        """Numbers of the epochs to run; each is closed when the next is asked for."""
        for epoch in range(len(self.history.losses) + 1, self.epochs + 1):
            start, self.tokens = time.perf_counter(), []
            yield epoch
            history = self.history
            history.losses.append(float(np.average(history.step_losses[-len(self.tokens) :], weights=self.tokens)))
            history.seconds.append(time.perf_counter() - start)
            if self.checkpoint is not None and is_first_process():
                checkpoints.save(self.checkpoint, self.variables, asdict(history), self.best_weights)
            if self.report is not None:
                self.report(_line(history, epoch, self.epochs, len(self.tokens)))
            if self.patience is not None and epoch - history.best_epoch >= self.patience:
                break

    def record(self, loss, steps: int, tokens: int = 1) -> None:
        """One step of the `steps` of this epoch; its loss is the mean over so many tokens."""
        history, loss = self.history, float(loss)
        history.step_losses.append(loss)
        history.gradient_norms.append(float(self.optimizer.gradient_norm))
        history.learning_rates.append(float(self.optimizer.learning_rate))
        self.tokens.append(tokens)
        if not np.isfinite(loss):
            step = len(history.step_losses)
            raise Diverged(f"expected a finite loss, got {loss} at step {step}; lower the learning rate", history)
        if hasattr(self.report, "every_step"):
            self.report.every_step(len(history.losses) + 1, len(self.tokens), steps, history)

    def validated(self, loss: float) -> None:
        """The validation loss at the end of an epoch."""
        self.history.validation_losses.append(loss)
        if loss == min(self.history.validation_losses):
            self.history.best_epoch = len(self.history.validation_losses)
            self.best_weights = self.model.get_weights()

    def finished(self) -> History:
        """The history; the model has the best weights from here on."""
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)
        return self.history


def warmed_cosine(peak: float, steps: int, warmed: float = 0.02) -> keras.optimizers.schedules.LearningRateSchedule:
    """A learning rate over so many steps: up to the peak, then down along a cosine to 2 % of it.

    Args:
        peak: the highest rate.
        steps: of the whole run.
        warmed: share of them on the way up.

    A run of few steps wants a larger share to warm up in: Adam needs some hundred to know the sizes of its gradients.
    """
    warm = max(1, int(warmed * steps))
    return keras.optimizers.schedules.CosineDecay(
        peak / 50, max(1, steps - warm), alpha=0.02, warmup_target=peak, warmup_steps=warm
    )


def _check_rows(inputs, targets) -> None:
    rows = [len(array) for array in [*keras.tree.flatten(inputs), targets]]
    if len(set(rows)) != 1:
        raise ValueError(f"expected as many rows in every input as in the targets, got {rows}")


def _shuffled_batches(inputs, targets, batch: int, shuffle) -> list[np.ndarray]:
    """Row numbers of each batch, in random order, texts of similar length together: a short one needs no long row."""
    rows = shuffle.permutation(len(targets))
    arrays = [*inputs, targets] if isinstance(inputs, tuple) else [targets]
    rows = rows[np.lexsort([_lengths(ids[rows]) for ids in arrays])]  # the targets' first; equal ones stay shuffled
    batches = _row_batches(rows, batch)
    return [batches[number] for number in shuffle.permutation(len(batches))]


def _row_batches(rows, batch: int) -> list[np.ndarray]:
    return [rows[first : first + batch] for first in range(0, len(rows), batch)]


def _lengths(ids) -> np.ndarray:
    """Columns of each row up to its last id that is not padding."""
    return ids.shape[1] - np.argmax(ids[:, ::-1] != 0, axis=1)


def _take(inputs, targets, rows, batch: int):
    """The rows of each array, without the columns in which all arrays of that width have only padding.

    The last batch is filled up to the size of the others, where there are others, with rows in which nothing is scored:
    another size would have to be compiled.

    Widths are rounded up, to a multiple of 8 or, beyond 32, of 16, so that few shapes need compiling. Those of pairs of
    sentences are not, unless every shape is compiled anew: so short are they that a third of the work would be padding.
    """
    filled = np.resize(rows, batch) if len(targets) > batch else rows
    inputs, targets = keras.tree.map_structure(lambda ids: ids[filled], (inputs, targets))
    exact = isinstance(inputs, tuple) and keras.backend.backend() != "jax"
    columns = {}
    for ids in keras.tree.flatten((inputs, targets)):
        longest = _lengths(ids).max()
        coarse = 1 if exact else 8 if longest <= 32 else 16
        used = -(-longest // coarse) * coarse
        columns[ids.shape[1]] = max(used, columns.get(ids.shape[1], 0))
    targets[len(rows) :] = 0  # behind the widths: a row without a word would count as a full one
    return keras.tree.map_structure(lambda ids: ids[:, : columns[ids.shape[1]]], (inputs, targets))


def _evaluate(model, inputs, targets, batch: int) -> float:
    losses, tokens = [], []
    for rows in _row_batches(np.argsort(_lengths(targets), kind="stable"), batch):
        losses.append(float(model.test_on_batch(*own_share(*_take(inputs, targets, rows, batch)))))
        tokens.append(np.count_nonzero(targets[rows]))
    return float(np.average(losses, weights=tokens))


def _line(history: History, epoch: int, epochs: int, steps: int) -> str:
    validation = f"   validation {history.validation_losses[-1]:.3f}" if history.validation_losses else ""
    norm = np.median(history.gradient_norms[-steps:])
    return (
        f"epoch {epoch:{len(str(epochs))}}/{epochs}   loss {history.losses[-1]:.3f}{validation} nats per token   "
        f"gradient norm {norm:.2g}   {history.seconds[-1]:.1f} s"
    )
