"""A language model one token at a time, with its state carried: for decoding and for the keyboard.

A recurrent model needs of the past its state and nothing else. Whoever keeps that state pays one step per new token,
however long the text is already.
"""

import numpy as np

from course.backend import compiled, keras
from course.mixture import best_words

ops = keras.ops


def stepper(model):
    """The model as a start and a step, in the shape that `course.decoding` takes.

    Dropout is off. The weights are the model's own; make anew what you compile around the step after training, because
    some back ends compile the weights in.

    Args:
        model: a language model, with or without `streams`.

    Returns:
        initial_state(rows) -> state: the empty states of that many texts.
        step(state, tokens) -> log_probs, state: one token of each text read, ids of shape (rows,); log p of each next
            token in nats, (rows, vocab_size), and the states after it.

    >>> from course.models.language_model import language_model
    >>> initial_state, step = stepper(language_model(100, units=8, embedding=4))
    >>> log_probs, state = step(initial_state(2), np.array([7, 9]))
    >>> log_probs, state = step(state, np.array([8, 9]))
    >>> tuple(log_probs.shape)
    (2, 100)
    """
    embedding, head = model.get_layer("embedding"), model.get_layer("logits")
    cells = [layer.cell for layer in model.layers if isinstance(layer, keras.layers.RNN)]

    def initial_state(rows):
        return [[ops.zeros((rows, size)) for size in keras.tree.flatten(cell.state_size)] for cell in cells]

    def step(state, tokens):
        values, states = embedding(tokens), []
        for cell, carried in zip(cells, state, strict=True):
            values, carried = cell(values, carried, training=False)
            states.append(list(carried) if isinstance(carried, list | tuple) else [carried])
        return ops.log_softmax(head(values)), states

    return initial_state, step


class LiveSuggester:
    """A trained language model at the keyboard: it remembers the text so far, so that a new word costs one step.

    Deleting costs nothing: the state after every word of the text is kept, and a text that begins differently is read
    again only from where it differs.

    >>> from course.models.language_model import language_model
    >>> suggester = LiveSuggester(language_model(100, units=8, embedding=4))
    >>> suggester.suggest([2, 7], 3).shape, round(float(suggester.distribution([2, 7, 8]).sum()), 4)
    ((3,), 1.0)
    """

    def __init__(self, model):
        """The model's weights are read now; after further training make a new one."""
        initial_state, step = stepper(model)
        self._step = compiled(step)
        self._empty = initial_state(1)
        self._text, self._states, self._log_probs = [], [], []  # after each token of the text read last

    def distribution(self, context) -> np.ndarray:
        """P(· | context) over the vocabulary, shape (vocab_size,).

        Args:
            context: ids, beginning with <start>.

        Raises:
            ValueError: the context is empty; before <start> there is nothing to go on.
        """
        context = [int(token) for token in context]
        if not context:
            raise ValueError("expected a context that begins with <start>, got an empty one")
        same = [old == new for old, new in zip(self._text, context, strict=False)]
        kept = same.index(False) if False in same else len(same)
        for memory in (self._text, self._states, self._log_probs):
            del memory[kept:]
        for token in context[kept:]:
            state = self._states[-1] if self._states else self._empty
            log_probs, state = self._step(state, np.array([token], "int32"))
            self._text.append(token)
            self._states.append(state)
            self._log_probs.append(ops.convert_to_numpy(log_probs)[0])
        return np.exp(self._log_probs[-1])

    def suggest(self, context, k: int) -> np.ndarray:
        """The ids of the k most probable next words after the context, best first, never a special token."""
        return best_words(self.distribution(context), k)
