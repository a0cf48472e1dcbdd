"""An LSTM that reads a sentence and an LSTM that writes its translation: two language models joined by their state.

Lesson 12; Sutskever, Vinyals & Le (2014), Cho et al. (2014). What differs from those papers: one layer instead of four,
no ensemble, and Adam instead of plain gradient descent.
"""

from collections.abc import Iterable

import numpy as np

from course.backend import keras
from course.text.tokens import tokenize
from course.text.vocabulary import PAD_ID, Vocabulary


def encode_sources(sentences: Iterable[str], vocabulary: Vocabulary) -> list[np.ndarray]:
    """The sentences to translate as id arrays, one a sentence, not padded."""
    return [vocabulary.encode(tokenize(sentence)) for sentence in sentences]


def covered(pair, source_vocabulary: Vocabulary, target_vocabulary: Vocabulary, longest: int) -> bool:
    """Whether a sentence pair is short and holds known words only: what a small model can learn in a minute.

    Args:
        pair: has a `source` and its `targets`, of which the first is looked at.
        source_vocabulary, target_vocabulary: every token must be in them.
        longest: tokens of the longest source sentence; its translation may have two more.
    """
    source, target = tokenize(pair.source), tokenize(pair.targets[0])
    short = len(source) <= longest and len(target) <= longest + 2
    return short and all(t in source_vocabulary for t in source) and all(t in target_vocabulary for t in target)


def word_vectors(vocab_size: int, size: int):
    """An embedding that starts with standard deviation 1, the scale at which a gate can tell two words apart.

    Keras starts within ±0.05: for the first epochs the LSTM then hardly sees its input, and a translator learns to
    write the target language long before it learns to look at the source.
    """
    return keras.layers.Embedding(
        vocab_size, size, embeddings_initializer=keras.initializers.RandomNormal(stddev=1.0), name="embedding"
    )


def reverse_tokens(source):
    """Each row's tokens in reverse order, its padding still at the end.

    Args:
        source: ids padded at the end with 0, (batch, steps).

    >>> keras.ops.convert_to_numpy(reverse_tokens(np.array([[5, 6, 7, 0], [8, 9, 0, 0]]))).tolist()
    [[7, 6, 5, 0], [9, 8, 0, 0]]
    """
    source = keras.ops.convert_to_tensor(source)
    lengths = keras.ops.sum(keras.ops.cast(keras.ops.not_equal(source, PAD_ID), "int32"), axis=1, keepdims=True)
    places = keras.ops.arange(keras.ops.shape(source)[1], dtype="int32")[None, :]
    return keras.ops.take_along_axis(source, keras.ops.where(places < lengths, lengths - 1 - places, places), axis=1)


class Encoder(keras.layers.Layer):
    """Reads a source sentence; what it hands over is its last hidden state and its last cell state, nothing else."""

    def __init__(self, vocab_size, embedding, units, reverse, **kwargs):
        super().__init__(**kwargs)
        self.reverse = reverse
        self.embedding = word_vectors(vocab_size, embedding)
        self.lstm = keras.layers.LSTM(units, return_state=True, name="lstm")

    def build(self, _=None):
        self.embedding.build((None, None))
        self.lstm.build((None, None, self.embedding.output_dim))
        self.built = True

    def call(self, source):
        """Source ids (batch, source_steps) to (hidden_state, cell_state), each (batch, units)."""
        if self.reverse:
            source = reverse_tokens(source)
        real = keras.ops.not_equal(source, PAD_ID)  # a masked step leaves both states as they are
        _, hidden_state, cell_state = self.lstm(self.embedding(source), mask=real)
        return hidden_state, cell_state


class Decoder(keras.layers.Layer):
    """A language model of the target language that starts from the encoder's state instead of from zeros."""

    def __init__(self, vocab_size, embedding, units, **kwargs):
        super().__init__(**kwargs)
        self.embedding = word_vectors(vocab_size, embedding)
        self.lstm = keras.layers.LSTM(units, return_sequences=True, name="lstm")
        self.logits = keras.layers.Dense(vocab_size, name="logits")

    def build(self, _=None):
        self.embedding.build((None, None))
        self.lstm.build((None, None, self.embedding.output_dim))
        self.logits.build((None, self.lstm.units))
        self.built = True

    def call(self, target_inputs, state):
        """All steps at once, gold tokens in: (batch, steps) ids to (batch, steps, vocab_size) logits."""
        return self.logits(self.lstm(self.embedding(target_inputs), initial_state=list(state)))

    def step(self, state, tokens):
        """One step, any tokens in: (batch,) ids to (batch, vocab_size) logits and the next state."""
        output, state = self.lstm.cell(self.embedding(tokens), list(state))
        return self.logits(output), tuple(state)


@keras.saving.register_keras_serializable(package="course")
class Translator(keras.Model):
    """p(target | source) = product over t of p(y_t | y_1 … y_{t-1}, state of the encoder).

    Called with (source, target_inputs) it gives the logits of every target step under teacher forcing; `encode` and
    `step` are the same network cut in two, for decoding.

    Args:
        source_vocab_size, target_vocab_size: numbers of ids, specials counted.
        embedding: size of the word vectors on both sides.
        units: size of the hidden and of the cell state, the whole memory of the source sentence.
        reverse_source: read the source from its last word to its first (Sutskever et al. 2014).

    >>> model = Translator(source_vocab_size=9, target_vocab_size=11, embedding=4, units=8)
    >>> tuple(model((np.array([[4, 5, 0]]), np.array([[2, 7, 8, 9]]))).shape)
    (1, 4, 11)
    """

    def __init__(self, source_vocab_size, target_vocab_size, embedding=64, units=128, reverse_source=False, **kwargs):
        super().__init__(**kwargs)
        self.sizes = {
            "source_vocab_size": source_vocab_size,
            "target_vocab_size": target_vocab_size,
            "embedding": embedding,
            "units": units,
            "reverse_source": reverse_source,
        }
        self.encoder = Encoder(source_vocab_size, embedding, units, reverse_source, name="encoder")
        self.decoder = Decoder(target_vocab_size, embedding, units, name="decoder")
        self.build()

    def build(self, _=None):
        self.encoder.build()
        self.decoder.build()
        self.built = True

    def call(self, inputs):
        """(source, target_inputs), ids of shape (batch, source_steps) and (batch, target_steps), to logits."""
        source, target_inputs = inputs
        return self.decoder(target_inputs, self.encoder(source))

    def encode(self, source):
        """The state from which decoding starts: (hidden_state, cell_state), each (batch, units)."""
        return self.encoder(source)

    def step(self, state, tokens):
        """log p(next token | source, tokens so far) for all tokens, (batch, vocab_size), in nats, and the next state.

        Args:
            state: (hidden_state, cell_state) from `encode` or from the last step.
            tokens: the last token of each row, (batch,); `<start>` at first.
        """
        logits, state = self.decoder.step(state, tokens)
        return keras.ops.log_softmax(logits), state

    def get_config(self):
        return {**super().get_config(), **self.sizes}
