"""Whatever is typed into the box gets a clear, escaped answer."""

from html.parser import HTMLParser

import ipywidgets
import numpy as np
import pytest

from course.translation import Translation, Untranslatable
from course.widgets import translator_box
from course.widgets.translator_box import _colours, alignment_html, answer_html

WEIGHTS = np.array([[0.96, 0.04, 0.0], [0.02, 0.9, 0.08], [0.0, 0.3, 0.7]])
FOUND = Translation(
    "Le chat dort.",
    -0.5,
    (("Le chat <dort>.", -1.25),),
    (),
    ("▁The", "▁cat", "."),
    ("▁Le", "▁chat", "<end>"),
    WEIGHTS,
)


def translate(sentences):
    return [FOUND for _ in sentences]


def finding(**changes):
    return lambda sentences: [FOUND._replace(**changes)]


def raising(error):
    def translate(sentences):
        raise error

    return translate


class Elements(HTMLParser):
    """All elements of a page, in order, with their attributes; refuses tags that do not close."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_translation_stands_first_then_the_beam_then_the_alignment():
    shown = answer_html("The cat sleeps.", translate)
    assert shown.index("<strong>Le chat dort.</strong>") < shown.index("<ol>") < shown.index("<table")
    assert '<li><span lang="fr">Le chat dort.</span> (-0.50)</li>' in shown
    assert "Le chat &lt;dort&gt;.</span> (-1.25)" in shown
    assert "Not in the vocabulary" not in shown


def test_the_sentence_is_handed_over_as_it_was_typed():
    got = []
    answer_html(" <b>x</b> ", lambda sentences: got.extend(sentences) or [FOUND])
    assert got == [" <b>x</b> "]


def test_answers_are_read_out_when_they_come():
    for how in (translate, raising(Untranslatable("no")), raising(RuntimeError("no"))):
        tag, attributes = Elements(answer_html("The cat.", how)).found[0]
        assert (tag, attributes) == ("div", {"role": "status", "aria-live": "polite"})


def test_unknown_words_are_named():
    shown = answer_html("The purple cat sleeps 😀.", finding(unknown_words=("purple", "😀")))
    assert "Le chat dort." in shown
    assert "Not in the vocabulary, read as &lt;unk&gt;: purple, 😀" in shown


def test_a_beam_of_one_and_a_model_without_attention_show_the_translation_alone():
    shown = answer_html("The cat sleeps.", finding(alternatives=(), attention_weights=None))
    assert [tag for tag, _ in Elements(shown).found] == ["div", "p", "strong"]


def test_alignment_has_a_header_for_every_piece_and_a_cell_for_every_pair():
    page = Elements(alignment_html(WEIGHTS, FOUND.source_pieces, FOUND.target_pieces))
    headers = [attributes["scope"] for tag, attributes in page.found if tag == "th"]
    assert headers == ["col"] * 3 + ["row"] * 3
    assert sum(tag == "td" for tag, _ in page.found) == 1 + 9  # the corner
    shown = alignment_html(WEIGHTS, FOUND.source_pieces, FOUND.target_pieces)
    rows = [row.split("</th>")[1] for row in shown.split("<tr ")[1:]]
    written = [[cell.split("</td>")[0].rpartition(">")[2] for cell in row.split("<td")[1:]] for row in rows]
    assert written == [["96", "", ""], ["", "90", "8"], ["", "30", "70"]]
    assert "▁ begins a word" in shown
    assert "▁" not in alignment_html(WEIGHTS, ["The", "cat", "."], ["Le", "chat", "."])


def test_every_number_can_be_read_on_its_shade():
    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return np.dot(channels, [0.2126, 0.7152, 0.0722])

    grounds = []
    for weight in np.linspace(0, 1, 101):
        ground, ink = map(luminance, _colours(weight))
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5  # WCAG 2, level AA
        grounds.append(ground)
    assert np.all(np.diff(grounds) > 0)  # the more weight, the lighter


def test_what_cannot_be_translated_is_told_in_the_words_of_the_translator():
    shown = answer_html("<😀>", raising(Untranslatable("got “<😀>”, in which I know no word.")))
    assert "<p>got “&lt;😀&gt;”, in which I know no word.</p>" in shown
    assert "Error" not in shown


def test_a_failing_model_is_one_escaped_line():
    shown = answer_html("The cat sleeps.", raising(RuntimeError("out of <b>memory</b>")))
    assert "<p>No translation: RuntimeError: out of &lt;b&gt;memory&lt;/b&gt;</p>" in shown


def test_html_in_any_part_of_an_answer_stays_text():
    bad = "<script>alert(1)</script>"
    found = finding(
        text=bad,
        alternatives=((bad, -1.0),),
        unknown_words=(bad,),
        source_pieces=(bad,) * 3,
        target_pieces=(bad,) * 3,
    )
    shown = answer_html(bad, found)
    assert "script" not in {tag for tag, _ in Elements(shown).found}
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1 + 2 + 1 + 6


def test_static_run_displays_every_example_without_widgets(monkeypatch):
    shown = []
    monkeypatch.setenv("COURSE_STATIC", "1")
    monkeypatch.setattr(translator_box, "display", shown.append)
    translator_box.translator_box(translate, ["The cat <3.", "The cat sleeps."])
    assert [page.data for page in shown] == [
        '<p lang="en">The cat &lt;3.</p>' + answer_html("The cat <3.", translate),
        '<p lang="en">The cat sleeps.</p>' + answer_html("The cat sleeps.", translate),
    ]


@pytest.fixture
def live(monkeypatch):
    """Build the live box; returns its line and what stands below."""

    def build(translate):
        shown = []
        monkeypatch.delenv("COURSE_STATIC", raising=False)
        monkeypatch.setattr(translator_box, "display", shown.append)
        translator_box.translator_box(translate, ["The cat sleeps.", "The dog sleeps."])
        [box] = shown
        assert isinstance(box, ipywidgets.VBox)
        return box.children

    return build


def test_live_box_answers_what_is_typed(live):
    line, below = live(lambda sentences: [FOUND._replace(text=f"« {sentence} »") for sentence in sentences])
    assert (line.value, line.options) == ("The cat sleeps.", ("The cat sleeps.", "The dog sleeps."))
    assert "« The cat sleeps. »" in below.value
    line.value = "A bird sings."
    assert "« A bird sings. »" in below.value
    assert "The cat sleeps" not in below.value
    line.value = "<img src=x onerror=y>"
    assert "<img" not in below.value


def test_live_box_says_that_it_works_and_drops_an_answer_that_comes_too_late(live):
    seen = []

    def slow(sentences):
        seen.append(below.value if len(seen) else "")
        if sentences == ["first"]:
            line.value = "second"  # typed while the first is being translated
        return [FOUND._replace(text=f"« {sentences[0]} »")]

    line, below = live(slow)
    line.value = "first"
    assert seen[1:] == ["<p>Translating …</p>"] * 2
    assert "« second »" in below.value
    assert "« first »" not in below.value
