"""The stored trainings of lesson 11: whole, and the command goes on where it stopped."""

import numpy as np
import pytest

from course.commands.histories import read, write
from course.commands.variants_history import (
    CELLS,
    FILE,
    FOLLOW_UPS,
    KEYS_OF_A_RUN,
    LEARNING_RATES,
    SEEDS,
    TASKS,
    TUNING_SEED,
    FollowUp,
    Task,
    build_cell,
    main,
    number_of_weights,
    task_description,
)
from course.corpora.last_key import last_key
from course.corpora.recall import VOCAB_SIZE

pytestmark = pytest.mark.keras


def tiny_task():
    rows = last_key(16, 8, 4, seed=0)
    return Task(rows, rows, rows, VOCAB_SIZE, units=4, embedding=4, batch=8, epochs=1)


def test_stored_runs_are_whole():
    stored = read(FILE)
    for task in TASKS:
        for cell in CELLS:
            runs = [run for run in stored["runs"] if (run["task"], run["cell"]) == (task, cell)]
            tuning = {run["learning_rate"]: run["validation_nats"] for run in runs if run["seed"] == TUNING_SEED}
            assert tuple(tuning) == LEARNING_RATES
            best = min(tuning, key=lambda rate: np.inf if tuning[rate] is None else tuning[rate])
            final = [run for run in runs if run["seed"] != TUNING_SEED]
            assert [(run["learning_rate"], run["seed"]) for run in final] == [(best, seed) for seed in SEEDS]
    follow_ups = [
        (name, cell, rate, seed) for name, _, _, cells, rate in FOLLOW_UPS for seed in SEEDS for cell in cells
    ]
    runs = [tuple(run[key] for key in KEYS_OF_A_RUN) for run in stored["runs"]]
    assert [run for run in runs if run[0] not in TASKS] == follow_ups
    assert len(runs) == len(TASKS) * len(CELLS) * (len(LEARNING_RATES) + len(SEEDS)) + len(follow_ups)
    assert stored["cpu_seconds"] == pytest.approx(sum(run["cpu_seconds"] for run in stored["runs"]), abs=1)


def test_stored_runs_are_of_the_tasks_as_they_are_today():
    stored = read(FILE)
    assert stored["settings"]["tasks"] == {name: task_description(make()) for name, make in TASKS.items()}, (
        f"the data has changed since these trainings: move the file away and run `{stored['command']}` again"
    )


def test_an_interrupted_command_goes_on_where_it_stopped(tmp_path, capsys):
    file = tmp_path / "runs.json"
    longer = FollowUp("tiny, twice", "tiny", 2, ["NP"], 0.2)
    setting = {"tasks": {"tiny": tiny_task}, "cells": ("NP",), "rates": (0.1,), "seeds": (1,), "follow_ups": [longer]}
    main(file, **setting)
    whole = read(file)
    assert [tuple(run[key] for key in KEYS_OF_A_RUN) for run in whole["runs"]] == [
        ("tiny", "NP", 0.1, TUNING_SEED),
        ("tiny", "NP", 0.1, 1),
        ("tiny, twice", "NP", 0.2, 1),
    ]
    for run in whole["runs"]:
        assert 0 < run["test_nats"] < 10
        assert 0 <= run["test_accuracy"] <= 1

    write(file, whole | {"runs": whole["runs"][:2]})
    capsys.readouterr()
    main(file, **setting)
    assert len(capsys.readouterr().out.splitlines()) == 1  # the one run that was missing
    again = read(file)
    for before, after in zip(whole["runs"], again["runs"], strict=True):
        assert before["test_nats"] == pytest.approx(after["test_nats"], rel=1e-4)  # order of float sums

    with pytest.raises(ValueError, match="expected runs with settings"):
        main(file, **setting | {"seeds": (1, 2)})


def test_seeds_take_the_rate_best_on_validation_data_and_follow_ups_their_own(tmp_path, monkeypatch):
    trained = []

    def train_cell(task, cell, learning_rate, seed):
        trained.append((learning_rate, seed, task.epochs))
        nats = {0.1: 2.0, 0.2: 1.0, 0.3: None}[learning_rate]  # the last one diverges
        return {"validation_nats": nats, "test_nats": 3.0 - (nats or 0), "cpu_seconds": 0.0}

    monkeypatch.setattr("course.commands.variants_history.train_cell", train_cell)
    longer = FollowUp("tiny, twice", "tiny", 2, ["NP"], 0.1)
    main(tmp_path / "runs.json", {"tiny": tiny_task}, ("NP",), (0.1, 0.2, 0.3), (1,), [longer])
    tuning = [(rate, TUNING_SEED, 1) for rate in (0.1, 0.2, 0.3)]
    assert trained == [*tuning, (0.2, 1, 1), (0.1, 1, 2)]


@pytest.mark.parametrize("cell", ["NP", "RNN, equal weights", "GRU, equal weights", "LSTM, 3 layers"])
def test_equal_weights_are_equal_to_a_tenth(cell):
    task = tiny_task()._replace(units=16)
    assert build_cell(task, cell).count_params() == pytest.approx(
        number_of_weights(task, "lstm", 1, 16),
        rel=0.1,  # units are whole
    )


def test_weights_are_those_that_keras_counts():
    task = tiny_task()
    assert build_cell(task, "GRU").count_params() == number_of_weights(task, "gru", 1, task.units)
    assert build_cell(task, "RNN").count_params() == number_of_weights(task, "simple_rnn", 1, task.units)
    two = build_cell(task, "LSTM, 2 layers")
    assert two.count_params() == number_of_weights(task, "lstm", 2, two.get_layer("lstm_1").units)
