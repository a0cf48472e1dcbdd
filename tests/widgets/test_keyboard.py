"""The keyboard suggests, appends what is picked, and never loses what was typed."""

from types import SimpleNamespace

import ipywidgets
import numpy as np
import pytest

from course.ngrams import KneserNey, NGramCounts
from course.text.tokens import tokenize
from course.text.vocabulary import START, Vocabulary
from course.widgets import keyboard
from course.widgets.keyboard import accept, example_html, suggestions

TEXTS = ["I love chocolate.", "I love pizza.", "I like ice cream."]
VOCABULARY = Vocabulary.from_tokens(token for text in TEXTS for token in tokenize(text))
MODEL = KneserNey(NGramCounts([VOCABULARY.encode(tokenize(text)) for text in TEXTS], len(VOCABULARY), order=3))


class Broken:
    def suggest(self, context, k):
        raise RuntimeError("out of <b>memory</b>")


class Recorder:
    def suggest(self, context, k):
        self.context = VOCABULARY.decode(context)
        return np.array([4, 5, 6])[:k]


@pytest.fixture
def live(monkeypatch):
    """Build the live keyboard; returns its line, chips and status."""

    def build(model=MODEL, example=""):
        shown = []
        monkeypatch.delenv("COURSE_STATIC", raising=False)
        monkeypatch.setattr(keyboard, "get_ipython", lambda: SimpleNamespace(kernel=True))
        monkeypatch.setattr(keyboard, "display", shown.append)
        keyboard.keyboard(model, VOCABULARY, example)
        [box] = shown
        assert isinstance(box, ipywidgets.VBox)
        line, chips, status = box.children
        return line, chips.children, status

    return build


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("", [START]),
        ("I love ", [START, "I", "love"]),
        ("I lo", [START, "I"]),
        ("I love pizza.", [START, "I", "love", "pizza", "."]),
        ("Zebras love ", [START, "<unk>", "love"]),
    ],
)
def test_context_is_what_stands_before_the_word_to_come(text, context):
    model = Recorder()
    suggestions(model, VOCABULARY, text)
    assert model.context == context


def test_after_a_space_the_next_word_is_suggested_and_within_a_word_its_completions():
    assert set(suggestions(MODEL, VOCABULARY, "I ", k=2)) == {"love", "like"}
    assert suggestions(MODEL, VOCABULARY, "I love pi") == ["pizza"]
    assert suggestions(MODEL, VOCABULARY, "i") == ["I", "ice"]  # the context is empty: "I" begins every text
    assert suggestions(MODEL, VOCABULARY, "xyz") == []


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("", "I", "I "),
        ("I ", "love", "I love "),
        ("I lo", "love", "I love "),
        ("I", "I", "I "),
        ("I love  ", "pizza", "I love pizza "),
        ("I love pizza ", ".", "I love pizza. "),
        ("I love pizza.", "I", "I love pizza. I "),
        ("   ", "I", "I "),
    ],
)
def test_picking_appends_the_word_or_completes_the_word_begun(text, word, expected):
    assert accept(text, word) == expected


def test_picked_chips_write_the_sentence(live):
    line, chips, _ = live()
    for word in ["I", "love", "pizza", "."]:
        [chip] = [chip for chip in chips if chip.description == word]
        chip.click()
    assert line.value == "I love pizza. "


def test_chips_without_a_suggestion_are_disabled(live):
    line, chips, status = live(example="I love pi")
    assert [(chip.description, chip.disabled) for chip in chips] == [("pizza", False), ("", True), ("", True)]
    line.value = "I love xyz"
    assert all(chip.disabled for chip in chips)
    assert "No word" in status.value
    line.value = "I love "
    assert not any(chip.disabled for chip in chips)
    assert status.value == ""


def test_an_error_in_the_model_leaves_the_typed_text(live):
    line, chips, status = live(model=Broken(), example="I love")
    line.value = "I love you"
    assert line.value == "I love you"
    assert status.value == "No suggestions: RuntimeError: out of &lt;b&gt;memory&lt;/b&gt;"
    assert all(chip.disabled for chip in chips)


def test_static_table_marks_the_words_that_were_suggested():
    page = example_html(MODEL, VOCABULARY, "I love pizza & <b>.")
    assert page.count('<th scope="row">') == len(tokenize("I love pizza & <b>."))
    assert "<strong>✓ love</strong>" in page
    assert "<caption>" in page
    assert "<b>" not in page
    assert "one tap" in page
    assert "<td>2 keys</td>" in page  # "&" and a space


@pytest.mark.parametrize("static", [True, False])
def test_without_a_kernel_the_table_is_shown_and_no_widget(monkeypatch, static):
    shown = []
    monkeypatch.setattr(keyboard, "display", shown.append)
    if static:
        monkeypatch.setenv("COURSE_STATIC", "1")
        monkeypatch.setattr(keyboard, "get_ipython", lambda: SimpleNamespace(kernel=True))
    else:
        monkeypatch.delenv("COURSE_STATIC", raising=False)
    keyboard.keyboard(MODEL, VOCABULARY, "I love pizza.")
    assert shown[0].data == example_html(MODEL, VOCABULARY, "I love pizza.")
