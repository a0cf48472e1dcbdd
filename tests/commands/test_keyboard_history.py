"""The keyboard scores in one file are those that the lessons print."""

import pytest

from course.commands.histories import read
from course.commands.keyboard_history import FILE, collected, scores_in
from course.metrics import KeyboardScore


def test_stored_scores_are_those_that_the_lessons_print():
    stored = read(FILE)
    assert stored["scores"] == collected(), f"a lesson was stored anew: run `{stored['command']}`"
    assert any(score["model"] == "Kneser-Ney, order 5" for score in stored["scores"])


def test_a_printed_score_is_read_as_it_was_measured():
    score = KeyboardScore(hit_rate=0.801, low=0.79, high=0.812, keystrokes_saved=0.58)
    [found] = scores_in(f"GRU: two colons, 64 units: {score}\n")
    assert found == {"model": "GRU: two colons, 64 units", "hit_rate": 80.1, "low": 79.0, "high": 81.2, "saved": 58.0}


def test_a_line_that_is_no_score_is_not_passed_over():
    with pytest.raises(ValueError, match="keyboards of the lesson"):
        scores_in("keyboards of the lesson\nRNN: top-3 hit rate 7.2% (6.9% to 7.4%), keystrokes saved 5.0%")


def test_a_model_is_listed_once_at_the_first_lesson_that_measured_it():
    models = [score["model"] for score in collected()]
    assert len(models) == len(set(models))
    lessons = [score["lesson"] for score in collected()]
    assert lessons == sorted(lessons)
