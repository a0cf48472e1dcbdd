"""What lesson 02 counts, and the curve that it has stored."""

import numpy as np
import pytest

from course.commands import sparsity_history
from course.commands.histories import read
from course.commands.sparsity_history import FILE, MOST_FREQUENT, ORDER, SHARES, drawn_lines, sparsity
from course.text.vocabulary import END_ID, START_ID


def test_sparsity_counts_what_a_set_of_tuples_counts():
    random = np.random.default_rng(2)
    train, test = (
        [random.integers(4, highest + 1, size=random.integers(0, 8)) for _ in range(count)]
        for count, highest in ((12, 7), (30, 8))  # training never has an 8
    )

    def ngrams(texts, length):
        rows = [(START_ID, *map(int, text), END_ID) for text in texts]
        found = [row[end - length : end] for row in rows for end in range(length, len(row) + 1)]
        return [ngram for ngram in found if ngram != (START_ID,)]  # it is never predicted

    found = sparsity(train, test, vocab_size=9, order=4)
    for length in range(1, 5):
        known = set(ngrams(train, length))
        assert found["distinct"][length - 1] == len(known)
        new = [ngram not in known for ngram in ngrams(test, length)]
        assert found["unseen"][length - 1] == pytest.approx(np.mean(new))


def test_lines_are_drawn_alike_whatever_order_they_came_in():
    lines = [" = Title = ", "", " one two ", " ", "three <unk> . "]
    assert drawn_lines(lines) == drawn_lines(lines[::-1])
    assert sorted(drawn_lines(lines)) == [["=", "Title", "="], ["one", "two"], ["three", "<unk>", "."]]


def test_stored_curve_is_whole_and_falls_with_the_size_of_the_text():
    stored = read(FILE)
    curve = stored["all_tokens"]
    assert len(curve["tokens"]) == len(curve["sparsity"]) == len(SHARES)
    assert curve["types"] == 33_278 + 2  # two of the four specials are types of the corpus: <unk>, and <end> as <eos>
    unseen = np.array([part["unseen"] for part in curve["sparsity"]])
    distinct = np.array([part["distinct"] for part in curve["sparsity"]])
    assert unseen.shape == distinct.shape == (len(SHARES), ORDER)
    assert (np.diff(unseen, axis=0) <= 0).all()  # more text, less that is new
    assert (np.diff(unseen, axis=1) > 0).all()  # longer n-grams, more that is new
    assert (np.diff(distinct, axis=0) > 0).all()
    assert stored["most_frequent"]["types"] == MOST_FREQUENT


def test_command_stores_the_curve_of_the_corpus_at_hand(tmp_path, monkeypatch):
    class Corpus:
        name = "wikitext-2"

        def lines(self, part):
            return [f" a {number % 7} b {number % 5} " for number in range(600 if part == "train" else 20)]

    monkeypatch.setattr(sparsity_history, "load", lambda name: Corpus())
    monkeypatch.setattr(sparsity_history, "FILE", tmp_path / "curve.json")
    sparsity_history.main()
    stored = read(tmp_path / "curve.json")
    assert stored["all_tokens"]["tokens"][-1] == 600 * 5
    assert stored["all_tokens"]["sparsity"][-1]["unseen"] == [0.0] * ORDER
    assert stored["corpus"]["train"] != stored["corpus"]["test"]
