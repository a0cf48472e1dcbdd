"""An LSTM that reads a sentence and an LSTM that writes its translation: two language models joined by their state.

Lessons 12 and 13; Sutskever, Vinyals & Le (2014), Cho et al. (2014), Bahdanau, Cho & Bengio (2015), Luong, Pham &
Manning (2015). What differs from those papers: small networks, no ensemble, Adam instead of plain gradient descent, and
attention is asked with the state of the same step, as Luong et al. do, whichever score is used.
"""

from collections.abc import Iterable

import numpy as np

from course.backend import keras
from course.models.attention import Attention
from course.text.codecs import codec_from
from course.text.tokens import tokenize
from course.text.vocabulary import PAD_ID, Vocabulary

ops = keras.ops


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


def word_vectors(vocab_size: int, size: int, deviation: float = 1.0):
    """An embedding that starts with standard deviation 1, the scale at which a gate can tell two words apart.

    Keras starts within ±0.05: for the first epochs the LSTM then hardly sees its input, and a translator learns to
    write the target language long before it learns to look at the source.
    """
    normal = keras.initializers.RandomNormal(stddev=deviation)
    return keras.layers.Embedding(vocab_size, size, embeddings_initializer=normal, name="embedding")


def reverse_tokens(source):
    """Each row's tokens in reverse order, its padding still at the end.

    Args:
        source: ids padded at the end with 0, (batch, steps).

    >>> keras.ops.convert_to_numpy(reverse_tokens(np.array([[5, 6, 7, 0], [8, 9, 0, 0]]))).tolist()
    [[7, 6, 5, 0], [9, 8, 0, 0]]
    """
    source = ops.convert_to_tensor(source)
    return ops.take_along_axis(source, _mirrored(source), axis=1)


def _mirrored(source):
    """For each place of a row the place from which its reversed row takes its token, (batch, steps)."""
    lengths = ops.sum(ops.cast(ops.not_equal(source, PAD_ID), "int32"), axis=1, keepdims=True)
    places = ops.arange(ops.shape(source)[1], dtype="int32")[None, :]
    return ops.where(places < lengths, lengths - 1 - places, places)


class Encoder(keras.layers.Layer):
    """Reads a source sentence, one LSTM upon the other; each hands over its last hidden and its last cell state."""

    def __init__(self, embedding, scale, units, layers, bidirectional, reverse, dropout, **kwargs):
        super().__init__(**kwargs)
        self.embedding, self.scale, self.reverse = embedding, scale, reverse
        self.bidirectional = bidirectional
        self.lstms = [
            keras.layers.LSTM(units, return_sequences=True, return_state=True, name=f"lstm_{number}")
            for number in range(1 + bidirectional, layers + 1)
        ]
        if bidirectional:
            half = keras.layers.LSTM(units // 2, return_sequences=True, return_state=True, name="lstm_1")
            self.lstms.insert(0, keras.layers.Bidirectional(half, name="bidirectional_1"))
        self.dropout = keras.layers.Dropout(dropout) if dropout else None

    def build(self, _=None):
        """All weights."""
        self.embedding.build((None, None))
        size = self.embedding.output_dim
        for lstm in self.lstms:
            lstm.build((None, None, size))
            size = lstm.compute_output_shape((None, None, size))[0][-1]
        self.built = True

    def call(self, source, training=False):
        """Source ids (batch, source_steps) to the states, and the hidden state at every token.

        Returns:
            (hidden_state, cell_state) of every layer, each (batch, units), and the hidden states of the last layer,
            (batch, source_steps, units), in the order of the source whatever the direction of reading.
        """
        mirrored = _mirrored(source)
        if self.reverse:
            source = ops.take_along_axis(source, mirrored, axis=1)
        real = ops.not_equal(source, PAD_ID)  # a masked step leaves both states as they are
        outputs, states = self.embedding(source) * self.scale, []
        for number, lstm in enumerate(self.lstms):
            if self.dropout is not None:
                outputs = self.dropout(outputs, training=training)
            outputs, *last = lstm(outputs, mask=real)
            if self.bidirectional and number == 0:  # forwards h, c, backwards h, c
                last = [ops.concatenate([last[0], last[2]], axis=-1), ops.concatenate([last[1], last[3]], axis=-1)]
            states.append(tuple(last))
        if self.reverse:
            outputs = ops.take_along_axis(outputs, mirrored[:, :, None], axis=1)
        return tuple(states), outputs


class Decoder(keras.layers.Layer):
    """A language model of the target language that starts from the encoder's states instead of from zeros.

    With attention each hidden state h asks for a context vector and the two make the output, tanh([context; h] W).
    """

    def __init__(self, embedding, scale, units, layers, attention, dropout, tied, **kwargs):
        super().__init__(**kwargs)
        self.embedding, self.scale, self.tied = embedding, scale, tied
        self.lstms = [
            keras.layers.LSTM(units, return_sequences=True, name=f"lstm_{number}") for number in range(1, layers + 1)
        ]
        self.attention = None if attention is None else Attention(units, attention, name="attention")
        outputs = embedding.output_dim if tied else units
        joined = attention is not None or tied
        self.output_layer = keras.layers.Dense(outputs, "tanh", use_bias=False, name="output") if joined else None
        self.dropout = keras.layers.Dropout(dropout) if dropout else None
        self.logits = None if tied else keras.layers.Dense(embedding.input_dim, name="logits")

    def build(self, _=None):
        """All weights."""
        self.embedding.build((None, None))
        size, units = self.embedding.output_dim, self.lstms[0].units
        for lstm in self.lstms:
            lstm.build((None, None, size))
            size = units
        if self.attention is not None:
            self.attention.build(units, units)
            size += units
        if self.output_layer is not None:
            self.output_layer.build((None, None, size))
            size = self.output_layer.units
        if self.tied:
            self.bias = self.add_weight(shape=(self.embedding.input_dim,), initializer="zeros", name="bias")
        else:
            self.logits.build((None, size))
        self.built = True

    def call(self, target_inputs, states, looked_at, training=False):
        """All steps at once, gold tokens in: (batch, steps) ids to (batch, steps, vocab_size) logits and the weights.

        Args:
            target_inputs: ids.
            states: (hidden_state, cell_state) of each layer.
            looked_at: keys, memory and mask of the source, for attention.
        """
        outputs = self.embedding(target_inputs) * self.scale
        for lstm, state in zip(self.lstms, states, strict=True):
            outputs = lstm(self._dropped(outputs, training), initial_state=list(state))
        return self._logits(outputs, looked_at, training)

    def step(self, states, looked_at, tokens):
        """One step, any tokens in: (batch,) ids to (batch, vocab_size) logits and the next states."""
        output, after = self.embedding(tokens) * self.scale, []
        for lstm, state in zip(self.lstms, states, strict=True):
            output, state = lstm.cell(output, list(state))
            after.append(tuple(state))
        logits, _ = self._logits(output[:, None], looked_at, training=False)
        return logits[:, 0], tuple(after)

    def _logits(self, outputs, looked_at, training):
        attention_weights = None
        if self.attention is not None:
            context, attention_weights = self.attention(outputs, *looked_at)
            outputs = ops.concatenate([context, outputs], axis=-1)
        if self.output_layer is not None:
            outputs = self.output_layer(outputs)
        outputs = self._dropped(outputs, training)
        if self.tied:
            logits = ops.matmul(outputs, ops.transpose(self.embedding.embeddings)) + self.bias
        else:
            logits = self.logits(outputs)
        return logits, attention_weights

    def _dropped(self, values, training):
        return values if self.dropout is None else self.dropout(values, training=training)


@keras.saving.register_keras_serializable(package="course")
class Translator(keras.Model):
    """p(target | source) = product over t of p(y_t | y_1 … y_{t-1}, states of the encoder).

    Called with (source, target_inputs) it gives the logits of every target step under teacher forcing; `encode` and
    `step` are the same network cut in two, for decoding.

    Args:
        source_vocab_size, target_vocab_size: numbers of ids, specials counted.
        embedding: size of the word vectors on both sides.
        units: size of each hidden and of each cell state; without attention the last ones are the whole memory of the
            source sentence.
        reverse_source: read the source from its last word to its first (Sutskever et al. 2014).
        layers: LSTMs one upon the other, on both sides.
        bidirectional: the first LSTM of the encoder reads both ways, with half the units each.
        attention: None or one of `models.attention.SCORES`.
        dropout: share of values dropped in front of each LSTM and of the output.
        tied: the output weights are the word vectors of the target (Press & Wolf 2017).
        shared: source and target have one table of word vectors; their vocabularies must be one.
        source_texts, target_texts: codecs between text and ids (`text.codecs`), or their configurations; they are saved
            with the model.

    Raises:
        ValueError: a codec and its vocabulary size do not fit, or the table cannot be shared.

    >>> model = Translator(source_vocab_size=9, target_vocab_size=11, embedding=4, units=8)
    >>> tuple(model((np.array([[4, 5, 0]]), np.array([[2, 7, 8, 9]]))).shape)
    (1, 4, 11)
    """

    def __init__(
        self,
        source_vocab_size,
        target_vocab_size,
        embedding=64,
        units=128,
        reverse_source=False,
        layers=1,
        bidirectional=False,
        attention=None,
        dropout=0.0,
        tied=False,
        shared=False,
        source_texts=None,
        target_texts=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.settings = {
            "source_vocab_size": source_vocab_size,
            "target_vocab_size": target_vocab_size,
            "embedding": embedding,
            "units": units,
            "reverse_source": reverse_source,
            "layers": layers,
            "bidirectional": bidirectional,
            "attention": attention,
            "dropout": dropout,
            "tied": tied,
            "shared": shared,
        }
        if shared and source_vocab_size != target_vocab_size:
            raise ValueError(
                f"expected one vocabulary for a shared table, got sizes {source_vocab_size}, {target_vocab_size}"
            )
        self.source_texts, self.target_texts = codec_from(source_texts), codec_from(target_texts)
        for codec, size in ((self.source_texts, source_vocab_size), (self.target_texts, target_vocab_size)):
            if codec is not None and len(codec) != size:
                raise ValueError(f"expected a codec of {size} ids, got one of {len(codec)}")
        # Vectors that are output weights, too, must start short; scaled up again, the LSTM sees them like any others.
        source_vectors = word_vectors(source_vocab_size, embedding, embedding**-0.5 if tied and shared else 1.0)
        self.encoder = Encoder(
            source_vectors,
            embedding**0.5 if tied and shared else 1.0,
            units,
            layers,
            bidirectional,
            reverse_source,
            dropout,
            name="encoder",
        )
        target_vectors = (
            source_vectors if shared else word_vectors(target_vocab_size, embedding, embedding**-0.5 if tied else 1.0)
        )
        self.decoder = Decoder(
            target_vectors, embedding**0.5 if tied else 1.0, units, layers, attention, dropout, tied, name="decoder"
        )
        self.build()

    def build(self, _=None):
        """All weights."""
        self.encoder.build()
        self.decoder.build()
        self.built = True

    def call(self, inputs, training=False):
        """(source, target_inputs), ids of shape (batch, source_steps) and (batch, target_steps), to logits."""
        source, target_inputs = inputs
        logits, _ = self.decoder(target_inputs, *self.encode(source, training), training=training)
        return logits

    def encode(self, source, training=False):
        """What decoding starts from, arrays with the rows of the batch along their first axis.

        Returns:
            states: (hidden_state, cell_state) of each layer, each (batch, units).
            looked_at: with attention the keys, the memory and the mask of the source; without, nothing.
        """
        states, memory = self.encoder(source, training=training)
        if self.decoder.attention is None:
            return states, ()
        return states, (self.decoder.attention.keys(memory), memory, ops.not_equal(source, PAD_ID))

    def step(self, state, tokens):
        """Logits of the next token given the source and the tokens so far, (batch, vocab_size), and the next state.

        Args:
            state: from `encode` or from the last step.
            tokens: the last token of each row, (batch,); `<start>` at first.
        """
        states, looked_at = state
        logits, states = self.decoder.step(states, looked_at, tokens)
        return logits, (states, looked_at)

    def alignment(self, source, target_inputs):
        """Where the decoder looks at each step under teacher forcing.

        Returns:
            attention_weights, (batch, target_steps, source_steps); each row sums to one.

        Raises:
            ValueError: the model has no attention.
        """
        if self.decoder.attention is None:
            raise ValueError("expected a translator with attention, got one without: it looks at no word in particular")
        _, attention_weights = self.decoder(target_inputs, *self.encode(source))
        return attention_weights

    def get_config(self):
        """All arguments, the codecs as plain data."""
        codecs = {"source_texts": self.source_texts, "target_texts": self.target_texts}
        codecs = {name: None if codec is None else codec.get_config() for name, codec in codecs.items()}
        return {**super().get_config(), **self.settings, **codecs}
