import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.widgets.gate_explorer import gate_explorer, gate_figure


def read(text):
    """A reading whose gate opens at the last token; the cell state has both signs."""
    tokens = text.split()
    if not tokens:
        raise ValueError("expected a word or more, got an empty text")
    gate = np.tile(np.linspace(0.1, 0.9, len(tokens))[:, None], 20)
    return tokens, {"forget_gate": gate, "cell_state": gate - 0.5}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_figure_says_in_words_where_the_gate_is_open():
    figure, alt = gate_figure(read("I love chocolate"), "forget_gate", first_unit=16, units=8)
    assert "units 16 to 19" in alt
    assert "highest, 0.90, at “chocolate” (token 3)" in alt
    [image] = figure.axes[0].images
    assert image.get_clim() == (0, 1)
    assert image.get_array().shape == (4, 3)


def test_states_are_drawn_about_zero():
    figure, _ = gate_figure(read("I love chocolate"), "cell_state")
    low, high = figure.axes[0].images[0].get_clim()
    assert low == -high


def test_unknown_gate_and_unit_are_refused():
    with pytest.raises(ValueError, match=r"expected one of \['cell_state', 'forget_gate'\], got 'gate'"):
        gate_figure(read("I love"), "gate")
    with pytest.raises(ValueError, match="expected a first unit from 0 to 19, got 20"):
        gate_figure(read("I love"), "forget_gate", first_unit=20)


def test_static_run_shows_the_first_sentence_and_no_widget(monkeypatch):
    monkeypatch.setenv("COURSE_STATIC", "1")
    shown = []
    monkeypatch.setattr("course.widgets.gate_explorer.display", lambda _: pytest.fail("expected no widget"))
    monkeypatch.setattr("course.widgets.gate_explorer.show", lambda figure, alt: shown.append(alt))
    gate_explorer(read, ["I love chocolate", "I grew up"])
    [alt] = shown
    assert "at “chocolate”" in alt


def test_live_explorer_answers_a_choice_and_a_text_it_cannot_read(monkeypatch):
    monkeypatch.delenv("COURSE_STATIC", raising=False)
    shown = []
    monkeypatch.setattr("course.widgets.gate_explorer.display", shown.append)
    monkeypatch.setattr("course.widgets.gate_explorer.show", lambda figure, alt: shown.append(alt))
    gate_explorer(read, ["I love chocolate"])
    first, box = shown
    text, (gate, first_unit) = box.children[0], box.children[1].children
    gate.value = "cell_state"
    first_unit.value = 4
    text.value = "Hello world"
    assert "forget gate, units 0 to 15" in first
    assert "cell state, units 4 to 19, over 2 tokens" in shown[-1]
    answers = len(shown)
    text.value = " "
    assert len(shown) == answers  # no figure: the message is printed in the box
