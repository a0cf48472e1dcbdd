"""Whatever is typed into the box gets a clear, escaped answer."""

import ipywidgets
import pytest

from course.text.vocabulary import Vocabulary
from course.widgets import translator_box
from course.widgets.translator_box import answer_html

VOCABULARY = Vocabulary.from_tokens(["The", "cat", "sleeps", ".", "!"])


def translate(sentence):
    return [("Le chat dort.", -0.5), ("Le chat <dort>.", -1.25)]


def broken(sentence):
    raise RuntimeError("out of <b>memory</b>")


def answer(sentence, translate=translate):
    return answer_html(sentence, translate, VOCABULARY, max_words=20)


def test_translation_stands_first_and_the_beam_below():
    shown = answer("The cat sleeps.")
    assert shown.index("<strong>Le chat dort.</strong>") < shown.index("<ol>")
    assert "Le chat &lt;dort&gt;.</span> (-1.25)" in shown
    assert "unk" not in shown


def test_unknown_words_are_named():
    shown = answer("The purple cat sleeps 😀.")
    assert "Le chat dort." in shown
    assert "Not in the vocabulary, read as &lt;unk&gt;: purple, 😀" in shown


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("", "Type a sentence"),
        (" \t\n  ", "Type a sentence"),
        ("cat " * 500, "That is 500 words and marks; this translator reads at most 20."),
        ("😀🎉", "No word of this was in the training text"),
        ("猫が眠る", "No word of this was in the training text"),
        ("кошка спит.", "No word of this was in the training text"),
        ("!!!", "No word of this was in the training text"),
        ("\x00\u202e", "No word of this was in the training text"),
    ],
)
def test_input_that_cannot_be_translated_is_told_why(sentence, expected):
    shown = answer(sentence, translate=broken)  # and the model is never asked
    assert expected in shown
    assert "Error" not in shown


@pytest.mark.parametrize("sentence", ["<script>alert(1)</script> cat", "The cat & <img src=x onerror=y>"])
def test_html_is_escaped(sentence):
    shown = answer(sentence)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<unk>" not in answer(sentence, lambda sentence: [("<unk> & <b>", -1.0)])


def test_a_failing_model_is_one_escaped_line():
    assert answer("The cat sleeps.", broken) == "<p>No translation: RuntimeError: out of &lt;b&gt;memory&lt;/b&gt;</p>"


def test_static_run_displays_the_example_without_widgets(monkeypatch):
    shown = []
    monkeypatch.setenv("COURSE_STATIC", "1")
    monkeypatch.setattr(translator_box, "display", shown.append)
    translator_box.translator_box(translate, VOCABULARY, example="The cat <3.")
    assert len(shown) == 1
    assert shown[0].data.startswith('<p lang="en">The cat &lt;3.</p>')
    assert "Le chat dort." in shown[0].data


def test_live_box_answers_what_is_typed(monkeypatch):
    shown = []
    monkeypatch.delenv("COURSE_STATIC", raising=False)
    monkeypatch.setattr(translator_box, "display", shown.append)
    translator_box.translator_box(translate, VOCABULARY, example="The cat sleeps.")
    [box] = shown
    assert isinstance(box, ipywidgets.VBox)
    line, below = box.children
    assert "Le chat dort." in below.value
    line.value = "   "
    assert below.value == "<p>Type a sentence, then press Enter.</p>"
