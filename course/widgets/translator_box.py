"""Type a sentence, read its translation, what else the beam found, and where the model looked."""

import html
import os
from collections.abc import Callable, Sequence

import ipywidgets
import matplotlib
from IPython.display import HTML, display
from matplotlib.colors import to_hex

from course.plotting.style import GATE_CMAP
from course.translation import Translation, Untranslatable

Translate = Callable[[Sequence[str]], Sequence[Translation]]


def answer_html(sentence: str, translate: Translate) -> str:
    """What the box shows for a sentence: its translation, or why there is none; always HTML, whatever was typed.

    Args:
        sentence: what was typed.
        translate: as `translator_box` has it; an error inside it is shown as one line.
    """
    try:
        [translation] = translate([sentence])
        answer = translation_html(translation)
    except Untranslatable as refusal:
        answer = _paragraph(str(refusal))
    except Exception as error:  # a box on a page must answer; the reader sees what went wrong
        answer = _paragraph(f"No translation: {type(error).__name__}: {error}")
    return f'<div role="status" aria-live="polite">{answer}</div>'


def translation_html(translation: Translation) -> str:
    """A translation, its unknown words, its alternatives and its alignment, everything escaped."""
    parts = [f'<p lang="fr" style="font-size:1.2em"><strong>{html.escape(translation.text)}</strong></p>']
    if translation.unknown_words:
        parts.append(_paragraph("Not in the vocabulary, read as <unk>: " + ", ".join(translation.unknown_words)))
    if translation.alternatives:
        found = ((translation.text, translation.score), *translation.alternatives)
        rows = "".join(f'<li><span lang="fr">{html.escape(text)}</span> ({score:.2f})</li>' for text, score in found)
        parts.append(f"<p>From the beam, best first, with their scores:</p><ol>{rows}</ol>")
    if translation.attention_weights is not None:
        parts.append(
            alignment_html(translation.attention_weights, translation.source_pieces, translation.target_pieces)
        )
    return "".join(parts)


def alignment_html(attention_weights, source: Sequence[str], target: Sequence[str]) -> str:
    """A table of attention weights in percent, shaded as `plotting.attention.plot_alignment` does.

    Args:
        attention_weights: shape (target_steps, source_steps), 0 … 1.
        source, target: a token for each column and each row.
    """
    caption = "Where the model looked (across) while it wrote (down): attention weights in percent"
    if any(piece.startswith("▁") for piece in (*source, *target)):
        caption += "; ▁ begins a word"
    upright = "text-align:center;vertical-align:bottom;padding:2px;font-weight:normal"
    head = "".join(
        f'<th scope="col" lang="en" style="{upright}">'
        f'<span style="writing-mode:vertical-rl;transform:rotate(180deg)">{html.escape(piece)}</span></th>'
        for piece in source
    )
    rows = "".join(
        f'<tr style="background:none"><th scope="row" lang="fr" style="text-align:right;padding:2px 6px;'
        f'font-weight:normal">{html.escape(piece)}</th>{"".join(map(_cell, weights))}</tr>'
        for piece, weights in zip(target, attention_weights, strict=True)
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;font-size:0.9em">'
        '<caption style="text-align:left;caption-side:top">'
        f"{caption}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def translator_box(translate: Translate, examples: Sequence[str]) -> None:
    """Display a line to type into and the answer below; in a static run, all examples and their answers.

    Args:
        translate: from a list of sentences to their translations, from `translation.text_translator`.
        examples: offered in the list, the first of them shown first; any other sentence can be typed.
    """
    if os.environ.get("COURSE_STATIC") == "1":
        for example in examples:
            display(HTML(f'<p lang="en">{html.escape(example)}</p>{answer_html(example, translate)}'))
        return
    line = ipywidgets.Combobox(
        value=examples[0],
        options=list(examples),
        description="English",
        continuous_update=False,
        layout={"width": "48em"},
        style={"description_width": "6em"},
    )
    below = ipywidgets.HTML()

    def update(_=None):
        sentence = line.value
        below.value = _paragraph("Translating …")
        answer = answer_html(sentence, translate)
        if sentence == line.value:  # another sentence stands there by now: its own answer comes
            below.value = answer

    line.observe(update, names="value")
    update()
    display(ipywidgets.VBox([line, below]))


def _cell(weight: float) -> str:
    """One weight on its shade; the smallest are left unwritten."""
    ground, ink = _colours(float(weight))
    percent = f"{100 * weight:.0f}" if weight >= 0.05 else ""
    style = f"background:{ground};color:{ink};border:1px solid #555;min-width:1.9em;text-align:center;padding:2px"
    return f'<td style="{style}">{percent}</td>'


def _colours(weight: float) -> tuple[str, str]:
    """The shade of a weight, and black or white, whichever can be read on it."""
    ground = matplotlib.colormaps[GATE_CMAP](weight)[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in ground]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]  # WCAG 2
    return to_hex(ground), "#000000" if luminance > 0.179 else "#ffffff"


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
