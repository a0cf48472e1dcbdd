import re

import matplotlib.pyplot as plt
import pytest

from course.plotting.style import DASHES, MARKERS, figure_html, line_style, line_styles, use_style


@pytest.fixture
def figure():
    use_style()
    figure, ax = plt.subplots()
    ax.plot([0, 1], [1, 0], **line_style(0))
    yield figure
    plt.close(figure)


def test_a_figure_keeps_its_alternative_text_and_escapes_it(figure):
    page = figure_html(figure, alt='a line that falls from "1" to <0>', caption="falls & falls")
    assert 'alt="a line that falls from &quot;1&quot; to &lt;0&gt;"' in page
    assert "<figcaption>falls &amp; falls</figcaption>" in page


def test_a_figure_needs_alternative_text(figure):
    with pytest.raises(ValueError, match="alt text"):
        figure_html(figure, alt="  ")


def test_the_same_figure_gives_the_same_bytes(figure):
    assert figure_html(figure, alt="a line") == figure_html(figure, alt="a line")
    assert re.search(r"base64,[A-Za-z0-9+/]{500,}", figure_html(figure, alt="a line"))


def test_no_two_lines_differ_by_colour_alone():
    styles = [line_style(number) for number in range(min(len(DASHES), len(MARKERS)))]
    assert (
        len({str(style["linestyle"]) for style in styles}) == len({style["marker"] for style in styles}) == len(styles)
    )


def test_a_kind_of_model_has_one_look_in_every_figure():
    alone, among = line_styles(["LSTM"]), line_styles(["RNN, trained at 5", "RNN, trained at 40", "LSTM, 64 units"])
    assert alone[0] == among[2] == line_style(1)
    assert among[0] == line_style(0)
    assert line_styles(["Kneser-Ney, order 5"]) == line_styles(["n-gram"])


def test_other_lines_do_not_borrow_the_look_of_a_kind_that_is_there():
    names = ["LSTM", "LSTM, gate open", "no model", *(f"run {number}" for number in range(9))]
    looks = [str(look) for look in line_styles(names)]
    assert len(set(looks)) == len(names)
    assert line_style(0) not in line_styles(names)[1:3]


def test_lines_that_are_no_models_are_numbered_in_order():
    assert line_styles(["one", "two", "three"]) == [line_style(0), line_style(1), line_style(2)]
