"""A recurrent language model, and the questions one asks it."""

import functools

import numpy as np

from course.backend import compiled, keras
from course.text.vocabulary import SPECIALS, START_ID
from course.text.windows import next_token_rows, pad

RECURRENT_LAYERS = {"simple_rnn": keras.layers.SimpleRNN, "gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


class TiedLogits(keras.layers.Layer):
    """Scores of all tokens from the word vectors themselves: states E^T + b. Press & Wolf (2017).

    One table of vectors serves for reading and for writing, which saves vocab_size * embedding weights.
    """

    def __init__(self, embedding, **keywords):
        super().__init__(**keywords)
        self.embedding = embedding

    def build(self, _):
        """The bias; the vectors belong to the embedding layer."""
        self.bias = self.add_weight(shape=(self.embedding.input_dim,), initializer="zeros", name="bias")

    def call(self, states):
        """States (batch, steps, embedding) to logits (batch, steps, vocab_size)."""
        return keras.ops.matmul(states, keras.ops.transpose(self.embedding.embeddings)) + self.bias

    @property
    def kernel(self):
        """The weights as an ordinary output layer would hold them, (embedding, vocab_size)."""
        return keras.ops.transpose(self.embedding.embeddings)


class CarriedState(keras.layers.Layer):
    """The states of a recurrent layer between two calls of the model.

    `stateful=True` would do the same on TensorFlow. But Keras keeps those states out of the model's variables, and on
    JAX, where a compiled step hands back only variables, they would silently stay empty.
    """

    weights = ()  # states are no weights: `get_weights` and `set_weights` leave them alone

    def __init__(self, streams: int, sizes, **keywords):
        super().__init__(**keywords)
        self.streams, self.sizes = streams, sizes

    def build(self, *_):
        """One row of zeros per stream."""
        shapes = [(self.streams, size) for size in self.sizes]
        self.states = [self.add_weight(shape=shape, initializer="zeros", trainable=False) for shape in shapes]

    def call(self, inputs, states=None):
        """Without states the ones kept; with states they are kept instead, and the inputs go through."""
        if states is None:
            return [keras.ops.convert_to_tensor(kept) for kept in self.states]
        for kept, state in zip(self.states, states, strict=True):
            kept.assign(state)
        return inputs

    def compute_output_shape(self, inputs_shape, states_shape=None):
        """Shapes of what `call` returns."""
        return [(self.streams, size) for size in self.sizes] if states_shape is None else inputs_shape

    def reset(self):
        """Empty the states."""
        for state in self.states:
            state.assign(keras.ops.zeros(state.shape))


def language_model(
    vocab_size: int,
    units: int,
    embedding: int,
    layer: str = "lstm",
    layers: int = 1,
    dropout: float = 0.0,
    recurrent_dropout: float = 0.0,
    tied: bool = False,
    streams: int | None = None,
) -> keras.Model:
    """Ids in, for every position the scores of the next token out: embedding, recurrent layers, linear map.

    No mask is needed: padding stands at the end, and what comes later cannot change an earlier state.

    Args:
        vocab_size: number of tokens, the specials counted.
        units: size of each hidden state; with `tied`, the last layer has `embedding` units.
        embedding: size of the token vectors.
        layer: "simple_rnn", "gru" or "lstm".
        layers: recurrent layers, one upon the other, named "<layer>_1", "<layer>_2", …
        dropout: share of values dropped before, between and behind the layers.
        recurrent_dropout: share of the hidden state dropped inside the recurrence, one mask per sequence as Gal &
            Ghahramani (2016) have it.
        tied: the scores are taken with the word vectors as weights.
        streams: rows of every batch; row b of a call then goes on where row b of the call before ended
            (`reset_states` begins anew). None: every row of every call begins with an empty state.

    Returns:
        A model from ids (batch, steps) to logits (batch, steps, vocab_size).

    Raises:
        ValueError: the layer is unknown.

    >>> language_model(100, units=8, embedding=4).output_shape
    (None, None, 100)
    >>> language_model(100, units=8, embedding=4).count_params()
    1716
    >>> language_model(100, units=8, embedding=4, tied=True).count_params()  # 4 units in the last layer
    644
    """
    if layer not in RECURRENT_LAYERS:
        raise ValueError(f"expected one of {sorted(RECURRENT_LAYERS)}, got {layer!r}")
    ids = keras.Input(batch_shape=(streams, None), dtype="int32", name="ids")
    vectors = keras.layers.Embedding(vocab_size, embedding, name="embedding")
    states = vectors(ids)
    for number in range(1, layers + 1):
        states = keras.layers.Dropout(dropout)(states) if dropout else states
        recurrent = RECURRENT_LAYERS[layer](
            embedding if tied and number == layers else units,
            return_sequences=True,
            recurrent_dropout=recurrent_dropout,
            return_state=streams is not None,
            name=f"{layer}_{number}",
        )
        if streams is None:
            states = recurrent(states)
        else:
            carried = CarriedState(streams, keras.tree.flatten(recurrent.cell.state_size), name=f"carried_{number}")
            outputs, *after = recurrent(states, initial_state=carried(states))
            states = carried(outputs, after)
    states = keras.layers.Dropout(dropout)(states) if dropout else states
    head = TiedLogits(vectors, name="logits") if tied else keras.layers.Dense(vocab_size, name="logits")
    return keras.Model(ids, head(states), name="language_model")


def reset_states(model) -> None:
    """Empty the recurrent states of a model with `streams`: what it reads next is the beginning of a text."""
    for layer in model.layers:
        if isinstance(layer, CarriedState):
            layer.reset()


def token_log_probs(model, sequences, batch: int = 32) -> list[np.ndarray]:
    """log p(token | all tokens before it in its sequence) in nats, <end> scored, padding left out.

    Args:
        model: a language model.
        sequences: lists or arrays of ids without specials.
        batch: sequences scored at a time.

    Returns:
        One array of shape (tokens + 1,) per sequence; joined, they are what `metrics.perplexity` takes.

    >>> model = language_model(100, units=8, embedding=4)
    >>> [scores.shape for scores in token_log_probs(model, [[7, 8, 9], [9]])]
    [(4,), (2,)]
    """

    sequences = [np.asarray(sequence) for sequence in sequences]
    inputs, targets = next_token_rows(sequences)
    rows = []
    for first in range(0, len(sequences), batch):
        window = slice(first, first + batch)
        log_probs = keras.ops.log_softmax(_logits(model, inputs[window]))
        scores = keras.ops.take_along_axis(log_probs, targets[window][..., None], axis=-1)
        rows.extend(keras.ops.convert_to_numpy(scores)[..., 0])
    return [row[: len(sequence) + 1] for row, sequence in zip(rows, sequences, strict=True)]


def distributions_along(model, sequences, batch: int = 32):
    """p(token | all tokens before it) of every token of the vocabulary, one sequence after the other.

    Args:
        model: a language model.
        sequences: lists or arrays of ids without specials.
        batch: sequences read at a time.

    Yields:
        One array of shape (tokens + 1, vocab_size) per sequence; its last row is what may follow the whole sequence.

    >>> model = language_model(100, units=8, embedding=4)
    >>> [rows.shape for rows in distributions_along(model, [[7, 8, 9], [9]])]
    [(4, 100), (2, 100)]
    """
    sequences = [np.asarray(sequence) for sequence in sequences]
    inputs, _ = next_token_rows(sequences)
    for first in range(0, len(sequences), batch):
        window = slice(first, first + batch)
        rows = keras.ops.convert_to_numpy(keras.ops.softmax(_logits(model, inputs[window])))
        yield from (row[: len(sequence) + 1] for row, sequence in zip(rows, sequences[window], strict=True))


def next_token_distribution(model, context) -> np.ndarray:
    """p(token | context) of every token of the vocabulary, shape (vocab_size,).

    Args:
        model: a language model.
        context: ids since the beginning of the sequence, without <start>; may be empty.

    >>> model = language_model(100, units=8, embedding=4)
    >>> round(float(next_token_distribution(model, [7, 8]).sum()), 4)
    1.0
    """
    inputs = np.array([[START_ID, *context]], dtype=np.int32)
    logits = model(inputs, training=False)[0, -1]
    return keras.ops.convert_to_numpy(keras.ops.softmax(logits))


def next_token_scorer(model, batch: int = 64):
    """A function that scores one token after each of many contexts, for `context_use.context_use`.

    Only the last state of a context meets the vocabulary, so that long contexts and large vocabularies fit.

    Args:
        model: a language model without `streams`.
        batch: contexts read at a time.

    Returns:
        score(contexts, targets) -> log p(target | context) in nats, shape (targets,). A context is an array of ids,
        read from an empty state; the beginning of a text is <start>. ValueError where one is empty.

    >>> score = next_token_scorer(language_model(100, units=8, embedding=4))
    >>> score([[2, 7, 8], [2]], [9, 7]).shape
    (2,)
    """
    head = model.get_layer("logits")
    states = keras.Model(model.input, head.input)

    @compiled
    def last(ids, places, targets):
        at = keras.ops.take_along_axis(states(ids, training=False), places[:, None, None], axis=1)
        log_probs = keras.ops.log_softmax(head(at))[:, 0]
        return keras.ops.take_along_axis(log_probs, targets[:, None], axis=1)[:, 0]

    def score(contexts, targets):
        lengths, targets = np.array([len(context) for context in contexts]), np.asarray(targets, np.int32)
        if lengths.min() == 0:
            raise ValueError("expected contexts of at least one token, got an empty one; begin them with <start>")
        order, scores = np.argsort(lengths, kind="stable"), np.empty(len(lengths))
        for first in range(0, len(order), batch):
            rows = np.resize(order[first : first + batch], batch)  # the last batch repeats rows: one shape to compile
            longest = -(-lengths[rows].max() // 16) * 16
            ids = pad([contexts[row] for row in rows], longest)
            scores[rows] = keras.ops.convert_to_numpy(last(ids, lengths[rows].astype(np.int32) - 1, targets[rows]))
        return scores

    return score


def suggest_along(model, sequences, k: int = 3, batch: int = 32) -> list[np.ndarray]:
    """The ids of the k most likely tokens before each token of each sequence, best first, never a special token.

    Args:
        model: a language model.
        sequences: lists or arrays of ids without specials.
        k: suggestions per token.
        batch: sequences read at a time.

    Returns:
        One array of shape (tokens, k) per sequence.

    >>> model = language_model(100, units=8, embedding=4)
    >>> [offers.shape for offers in suggest_along(model, [[7, 8, 9], [9]])]
    [(3, 3), (1, 3)]
    """

    sequences = [np.asarray(sequence) for sequence in sequences]
    inputs, _ = next_token_rows(sequences)
    rows = []
    for first in range(0, len(sequences), batch):
        logits = _logits(model, inputs[first : first + batch])
        rows.extend(keras.ops.convert_to_numpy(keras.ops.top_k(logits[:, :, len(SPECIALS) :], k)[1] + len(SPECIALS)))
    return [row[: len(sequence)] for row, sequence in zip(rows, sequences, strict=True)]


def _logits(model, ids):
    """The model's scores, compiled once per model; the weights are arguments, so that none is frozen into it."""
    trainable, fixed = (
        [v.value for v in group] for group in (model.trainable_variables, model.non_trainable_variables)
    )
    [expected] = model.inputs
    return _compiled_pass(model)(trainable, fixed, keras.ops.convert_to_tensor(ids, expected.dtype))


@functools.lru_cache(maxsize=8)  # models are told apart by identity
def _compiled_pass(model):
    return compiled(
        lambda trainable, fixed, ids: model.stateless_call(trainable, fixed, ids, training=False)[0],
        model.trainable_variables,
        model.non_trainable_variables,
        *model.inputs,
    )
