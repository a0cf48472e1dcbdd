"""A recurrent language model, and the questions one asks it."""

import numpy as np

from course.backend import compiled, keras
from course.text.vocabulary import START_ID
from course.text.windows import next_token_rows

RECURRENT_LAYERS = {"simple_rnn": keras.layers.SimpleRNN, "gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


def language_model(
    vocab_size: int, units: int, embedding: int, layer: str = "lstm", layers: int = 1, dropout: float = 0.0
) -> keras.Model:
    """Ids in, for every position the scores of the next token out: embedding, recurrent layers, linear map.

    No mask is needed: padding stands at the end, and what comes later cannot change an earlier state.

    Args:
        vocab_size: number of tokens, the specials counted.
        units: size of each hidden state.
        embedding: size of the token vectors.
        layer: "simple_rnn", "gru" or "lstm".
        layers: recurrent layers, one upon the other, named "<layer>_1", "<layer>_2", …
        dropout: share of values dropped between the layers, never inside the recurrence.

    Returns:
        A model from ids (batch, steps) to logits (batch, steps, vocab_size).

    Raises:
        ValueError: the layer is unknown.

    >>> language_model(100, units=8, embedding=4).output_shape
    (None, None, 100)
    """
    if layer not in RECURRENT_LAYERS:
        raise ValueError(f"expected one of {sorted(RECURRENT_LAYERS)}, got {layer!r}")
    ids = keras.Input((None,), dtype="int32", name="ids")
    states = keras.layers.Embedding(vocab_size, embedding, name="embedding")(ids)
    for number in range(1, layers + 1):
        states = keras.layers.Dropout(dropout)(states) if dropout else states
        states = RECURRENT_LAYERS[layer](units, return_sequences=True, name=f"{layer}_{number}")(states)
    states = keras.layers.Dropout(dropout)(states) if dropout else states
    logits = keras.layers.Dense(vocab_size, name="logits")(states)
    return keras.Model(ids, logits, name="language_model")


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

    @compiled
    def score(inputs, targets):
        log_probs = keras.ops.log_softmax(model(inputs, training=False))
        return keras.ops.squeeze(keras.ops.take_along_axis(log_probs, targets[..., None], axis=-1), axis=-1)

    sequences = [np.asarray(sequence) for sequence in sequences]
    inputs, targets = next_token_rows(sequences)
    rows = []
    for first in range(0, len(sequences), batch):
        window = slice(first, first + batch)
        rows.extend(keras.ops.convert_to_numpy(score(inputs[window], targets[window])))
    return [row[: len(sequence) + 1] for row, sequence in zip(rows, sequences, strict=True)]


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
