"""The stored trainings of lesson 08 are whole, and the streams they train on hold what they should."""

import numpy as np

from course.commands.histories import read
from course.commands.truncation_history import BANDS, FILE, SEEDS, SETTINGS, Lives
from course.text.vocabulary import END_ID, START_ID


def test_stored_runs_are_whole():
    stored = read(FILE)
    assert [(run["setting"], run["seed"]) for run in stored["runs"]] == [(s, seed) for s in SETTINGS for seed in SEEDS]
    for run in stored["runs"]:
        assert len(run["losses"]) == run["setting"]["epochs"]
        assert len(run["decided"]) == len(BANDS)


def test_streams_hold_whole_biographies_and_score_what_they_say():
    lives = Lives()
    ids, answers = lives.stream("every word")
    assert (ids == answers).all()
    assert (ids == START_ID).sum() == (ids == END_ID).sum() == len(lives.texts["train"])
    ids, answers = lives.stream("decided words")
    scored = answers != 0
    assert (ids[scored] == answers[scored]).all()
    assert 0.02 < scored.mean() < 0.2
    assert not np.isin(answers, [START_ID, END_ID]).any()
    languages = lives.vocabulary.encode(["French", "Spanish", "Japanese"])
    assert np.isin(answers, languages).any()


def test_bands_count_every_decided_word_of_the_validation_text_once():
    lives = Lives()
    places = np.concatenate([lives.decided(*band) for band in BANDS])
    assert len(places) == sum(len(found) for found in lives.facts["valid"])
    text = np.concatenate([[*text, END_ID] for text in lives.valid])
    [row] = [row for row, found in enumerate(lives.facts["valid"]) if found][:1]
    first = sum(len(text) + 1 for text in lives.valid[:row]) + lives.facts["valid"][row][0].target_index
    assert first in places
    assert lives.vocabulary.tokens[text[first]] == lives.facts["valid"][row][0].target
