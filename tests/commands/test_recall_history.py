"""The stored trainings of lesson 06 are whole, and the functions that measure them measure what they say."""

import numpy as np

from course.backend import keras
from course.commands.histories import read
from course.commands.recall_history import (
    CURRICULA,
    CURVE_SEEDS,
    FILE,
    LAYERS,
    LONGEST,
    SEGMENTS_READ,
    START_SEEDS,
    STARTS,
    STRAIGHT_DISTANCES,
    STREAM_BIASES,
    STREAM_CURRICULA,
    STREAM_SEEDS,
    UNITS,
    WORDS_BEFORE,
    accuracy_by_distance,
    recall_model,
    recall_stream,
)
from course.corpora.recall import KEYS, VOCAB_SIZE
from course.gates import gates


def test_stored_runs_are_whole():
    stored = read(FILE)
    assert [(run["layer"], run["trained at"], run["seed"]) for run in stored["curves"]] == [
        (layer, curriculum, seed) for layer in LAYERS for curriculum in CURRICULA for seed in CURVE_SEEDS
    ]
    assert [(run["start"], run["distance"], run["seed"]) for run in stored["starts"]] == [
        (start, distance, seed) for start in STARTS for distance in STRAIGHT_DISTANCES for seed in START_SEEDS
    ]
    assert [(run["forget gate"], run["trained at"], run["seed"]) for run in stored["streams"]] == [
        (gate, curriculum, seed) for gate in STREAM_BIASES for curriculum in STREAM_CURRICULA for seed in STREAM_SEEDS
    ]
    for run in stored["curves"]:
        assert len(run["accuracy"]) == LONGEST
        assert len(run["accuracy at 5 by words before"]) == len(WORDS_BEFORE)
    for run in stored["streams"]:
        assert {len(values) for values in run.values() if isinstance(values, list)} == {SEGMENTS_READ}


def knows_word(number):
    """A model that answers, at every step, the word at one place of the text."""
    ids = keras.Input((None,), dtype="int32")
    answer = keras.ops.one_hot(ids[:, number : number + 1], VOCAB_SIZE)
    return keras.Model(ids, answer + keras.ops.zeros_like(keras.ops.one_hot(ids, VOCAB_SIZE)))


def test_accuracy_by_distance_is_one_for_a_model_that_knows_the_key_wherever_it_stands():
    np.testing.assert_array_equal(accuracy_by_distance(knows_word(0), longest=7, texts=20), np.ones(7))
    np.testing.assert_array_equal(accuracy_by_distance(knows_word(3), longest=7, words_before=3, texts=20), np.ones(7))


def test_accuracy_by_distance_is_chance_for_a_model_that_knows_another_word():
    guessing = accuracy_by_distance(knows_word(0), longest=4, words_before=2, texts=2000)
    np.testing.assert_allclose(guessing, 1 / KEYS, atol=0.03)  # four standard errors of 2,000 texts


def test_stream_asks_for_the_key_of_its_own_segment():
    inputs, targets = recall_stream(examples=6, segments=3, distance=4, seed=2)
    assert inputs.shape == targets.shape == (6, 15)
    np.testing.assert_array_equal(targets[:, 4::5], inputs[:, ::5])
    assert np.count_nonzero(targets) == 18
    assert len({tuple(row) for row in inputs.reshape(18, 5)}) == 18


def test_start_of_the_forget_gates_is_set_before_training():
    for start, low, high in [(3.0, 0.94, 0.96), (100.0, 1.0, 1.0), ("chrono", 0.5, 0.9), (None, 0.72, 0.74)]:
        model, losses = recall_model("lstm", {9: 1}, seed=1, start=start)  # one step moves a bias by 0.003
        [reading] = gates(model, np.ones((1, 1), np.int32))
        assert low <= reading["forget_gate"].mean() <= high, start
        assert reading["forget_gate"].shape == (1, 1, UNITS)
        assert len(losses) == 1
    coupled, _ = recall_model("lstm", {9: 1}, seed=1, start="chrono")
    alone, _ = recall_model("lstm", {9: 1}, seed=1, start="chrono, forget gates alone")
    ids = np.ones((1, 1), np.int32)
    assert gates(coupled, ids)[0]["input_gate"].mean() < 0.4 < 0.45 < gates(alone, ids)[0]["input_gate"].mean()
