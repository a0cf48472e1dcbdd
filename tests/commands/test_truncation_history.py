"""The stored trainings of lesson 08: whole, and of the corpus that lies beside them."""

import json

import numpy as np

from course.commands.truncation_history import BANDS, FILE, SEEDS, SETTINGS, Lives, sha256
from course.text.vocabulary import END_ID, START_ID


def test_stored_runs_are_whole_and_of_the_embedded_corpus():
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    for split in ("train", "valid"):
        assert stored["corpus"][f"lives/{split}.txt"] == sha256(split), (
            f"the corpus has changed since these trainings: delete {FILE.name} and run `{stored['command']}` again"
        )
    assert [(run["setting"], run["seed"]) for run in stored["runs"]] == [(s, seed) for s in SETTINGS for seed in SEEDS]
    for run in stored["runs"]:
        assert len(run["losses"]) == run["setting"]["epochs"]
        assert len(run["decided"]) == len(BANDS)
    assert stored["cpu_seconds"] > 0
    assert set(stored["versions"]) == {"python", "keras", "numpy"}


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
