"""Type a sentence, read its translation and what else the beam found."""

import html
import os
from collections.abc import Callable, Sequence

import ipywidgets
from IPython.display import HTML, display

from course.text.tokens import tokenize
from course.text.vocabulary import Vocabulary


def answer_html(
    sentence: str, translate: Callable[[str], Sequence[tuple[str, float]]], vocabulary: Vocabulary, max_words: int
) -> str:
    """What the box shows for a sentence: translations, or why there are none; always HTML, with the input escaped.

    Arguments as `translator_box` has them. Whatever is typed gets an answer: what the model cannot read is said, and an
    error inside `translate` is shown as one line.
    """
    tokens = tokenize(sentence)
    unknown = [token for token in dict.fromkeys(tokens) if token not in vocabulary]
    if not tokens:
        return _paragraph("Type a sentence, then press Enter.")
    if len(tokens) > max_words:
        return _paragraph(f"That is {len(tokens)} words and marks; this translator reads at most {max_words}.")
    if not any(token in vocabulary and any(map(str.isalnum, token)) for token in tokens):
        return _paragraph("No word of this was in the training text, so there is nothing to translate from.")
    try:
        (best, _), *others = found = list(translate(sentence))
    except Exception as error:  # a box on a page must answer; the reader sees what went wrong
        return _paragraph(f"No translation: {type(error).__name__}: {error}")
    parts = [f'<p lang="fr" style="font-size:1.2em"><strong>{html.escape(best)}</strong></p>']
    if unknown:
        parts.append(_paragraph("Not in the vocabulary, read as <unk>: " + ", ".join(unknown)))
    if others:
        rows = "".join(f'<li><span lang="fr">{html.escape(text)}</span> ({score:.2f})</li>' for text, score in found)
        parts.append(f"<p>From the beam, best first, with their scores:</p><ol>{rows}</ol>")
    return "".join(parts)


def translator_box(
    translate: Callable[[str], Sequence[tuple[str, float]]],
    vocabulary: Vocabulary,
    example: str,
    max_words: int = 30,
) -> None:
    """Display a line to type into and its translation below; in a static run, the example and its translation.

    Args:
        translate: from one sentence to translations and their scores, best first.
        vocabulary: of the source language, to say which words the model does not know.
        example: the sentence that stands there first.
        max_words: longer inputs are declined.
    """
    answer = answer_html(example, translate, vocabulary, max_words)
    if os.environ.get("COURSE_STATIC") == "1":
        display(HTML(f'<p lang="en">{html.escape(example)}</p>{answer}'))
        return
    line = ipywidgets.Text(example, description="English", continuous_update=False, layout={"width": "40em"})
    below = ipywidgets.HTML(answer)

    def update(change):
        below.value = answer_html(change["new"], translate, vocabulary, max_words)

    line.observe(update, names="value")
    display(ipywidgets.VBox([line, below]))


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
