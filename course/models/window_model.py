"""The feed-forward language model of Bengio et al. (2003): word vectors and a hidden layer over a window of tokens."""

from course.backend import keras


def window_model(vocab_size: int, units: int, embedding: int, window: int) -> keras.Model:
    """Ids in, for every position the scores of the next token out, from the last `window` tokens and no others.

    Lesson 02, eqs. (2.3) to (2.5). The vectors of the window, joined, go through one hidden layer; that is the same
    as a causal convolution over the vectors of the whole text, `window` tokens wide, which answers at all positions
    at once. Before the beginning of a text stand zero vectors. Training, scoring and suggesting are those of
    `course.models.language_model`.

    Args:
        vocab_size: number of tokens, the specials counted.
        units: size of the hidden layer.
        embedding: size of the token vectors.
        window: tokens read for each prediction, n - 1 of an n-gram model.

    Returns:
        A model from ids (batch, steps) to logits (batch, steps, vocab_size).

    Raises:
        ValueError: the window is empty.

    >>> window_model(100, units=8, embedding=4, window=3).output_shape
    (None, None, 100)
    >>> window_model(100, units=8, embedding=4, window=3).count_params()  # 100 * 4 + (3 * 4 + 1) * 8 + (8 + 1) * 100
    1404
    """
    if window < 1:
        raise ValueError(f"expected a window of at least 1 token, got {window}; without context count single words")
    ids = keras.Input((None,), dtype="int32", name="ids")
    vectors = keras.layers.Embedding(vocab_size, embedding, name="embedding")(ids)
    hidden = keras.layers.Conv1D(units, window, padding="causal", activation="tanh", name="hidden")(vectors)
    return keras.Model(ids, keras.layers.Dense(vocab_size, name="logits")(hidden), name="window_model")
