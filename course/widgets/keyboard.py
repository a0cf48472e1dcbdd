"""The predictive keyboard: a line to type into and three suggestions, from any model that can suggest."""

import html
import os
from typing import Protocol

import ipywidgets
import numpy as np
from IPython import get_ipython
from IPython.display import HTML, display

from course.text.tokens import detokenize, tokenize
from course.text.vocabulary import START, Vocabulary

CHIPS = 3


class Suggester(Protocol):
    """What the keyboard asks of a model."""

    def suggest(self, context: np.ndarray, k: int) -> np.ndarray:
        """The ids of the k best next words after a context of ids that begins with <start>, best first."""


def suggestions(model: Suggester, vocabulary: Vocabulary, text: str, k: int = CHIPS) -> list[str]:
    """The k best words at the end of a text: the next word after a space, else completions of the word begun.

    >>> from course.ngrams import KneserNey, NGramCounts
    >>> vocabulary = Vocabulary.from_tokens(tokenize("I love pizza."))
    >>> model = KneserNey(NGramCounts([vocabulary.encode(tokenize("I love pizza."))], len(vocabulary), order=2))
    >>> suggestions(model, vocabulary, "I ")[0], suggestions(model, vocabulary, "I love p")
    ('love', ['pizza'])
    """
    tokens = tokenize(text)
    begun = tokens.pop() if tokens and text[-1:].isalnum() else ""
    context = vocabulary.encode([START, *tokens])
    if not begun:
        return vocabulary.decode(model.suggest(context, k))
    words = model.suggest(context, len(vocabulary))
    return vocabulary.decode(words[np.isin(words, vocabulary.starting_with(begun))][:k])


def accept(text: str, word: str) -> str:
    """The text after a suggestion was picked: a word begun is replaced, and a space follows.

    >>> accept("I lo", "love"), accept("I love ", "pizza"), accept("I love pizza ", ".")
    ('I love ', 'I love pizza ', 'I love pizza. ')
    """
    kept = text[: len(text) - len(tokenize(text)[-1])] if text[-1:].isalnum() else text
    spaced = detokenize(["x", word]).removeprefix("x")  # no space before a full stop
    return (kept.rstrip() + spaced if kept.strip() else word) + " "


def keyboard(model: Suggester, vocabulary: Vocabulary, example: str) -> None:
    """Display the keyboard; without a kernel, what it suggests before each word of the example.

    An error inside the model is shown as one line below; the text typed so far stays.

    Args:
        model: makes the suggestions.
        vocabulary: of the model.
        example: the text that stands in the line at first, or is typed word by word in the static picture.
    """
    shell = get_ipython()
    if os.environ.get("COURSE_STATIC") == "1" or not hasattr(shell, "kernel"):
        display(HTML(example_html(model, vocabulary, example)))
        return
    line = ipywidgets.Text(
        value=example, description="Type:", placeholder="Begin a sentence", layout=ipywidgets.Layout(width="40em")
    )
    chips = [ipywidgets.Button(disabled=True) for _ in range(CHIPS)]
    status = ipywidgets.HTML()

    def offer(_change=None):
        try:
            words = suggestions(model, vocabulary, line.value)
            status.value = "" if words else "No word of the vocabulary begins so."
        except Exception as error:  # whatever the model does, the text in the line stays
            words = []
            status.value = html.escape(f"No suggestions: {type(error).__name__}: {error}")
        for chip, word in zip(chips, [*words, *[""] * CHIPS], strict=False):
            chip.description, chip.disabled = word, not word
            chip.tooltip = f"Append {word}" if word else "No suggestion"

    def pick(chip):
        line.value = accept(line.value, chip.description)

    for chip in chips:
        chip.on_click(pick)
    line.observe(offer, names="value")
    offer()
    display(ipywidgets.VBox([line, ipywidgets.HBox(chips), status]))


def example_html(model: Suggester, vocabulary: Vocabulary, example: str) -> str:
    """A table: what was typed, what was suggested, and whether the next word of the example was among it."""
    tokens = tokenize(example)
    rows = []
    for typed, word in enumerate(tokens):
        before = detokenize(tokens[:typed])
        offered = suggestions(model, vocabulary, before + " " if before else "")
        chips = "".join(f"<td>{_marked(offer, offer == word)}</td>" for offer in [*offered, *[""] * CHIPS][:CHIPS])
        tap = "one tap" if word in offered else f"{len(word) + 1} keys"  # its letters and a space
        rows.append(f'<tr><th scope="row">{html.escape(before) or "(nothing yet)"}</th>{chips}<td>{tap}</td></tr>')
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("typed so far", "first", "second", "third", "next word costs")
    )
    return (
        f"<table><caption>Suggestions before each word of “{html.escape(detokenize(tokens))}”; "
        f"✓ marks the word that comes next.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _marked(word: str, hit: bool) -> str:
    return f"<strong>✓ {html.escape(word)}</strong>" if hit else html.escape(word)
