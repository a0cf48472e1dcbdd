"""The sweeps of lesson 09: runs are stored one by one and never repeated; the stored ones are whole."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from course.backend import keras
from course.commands.histories import read, write
from course.commands.sweeps_history import (
    BASELINE,
    FILE,
    FINAL_SEEDS,
    FINALS,
    SEEDS,
    SWEEPS,
    Biographies,
    NewMaskEachStep,
    Setting,
    build,
    in_pieces,
    learning_rates,
    main,
    planned,
    train,
)

TINY = {"texts": 12, "longest": 14, "units": 4, "embedding": 4, "epochs": 2}


@pytest.fixture(scope="module")
def biographies():
    return Biographies()


def test_a_run_in_the_file_is_not_repeated(tmp_path):
    file, first, again = tmp_path / "sweeps.json", [], []
    runs = [(TINY, 1), (TINY | {"piece": 5}, 1)]
    main(file, runs[:1], {}, first.append)
    main(file, runs, {"tiny": TINY}, again.append)
    assert len(first) == 1
    assert [line.split(": ")[0] for line in again] == ["run 2 of 5", "run 3 of 5", "run 4 of 5", "run 5 of 5"]
    stored = read(file)
    swept, finals = stored["runs"][:2], stored["runs"][2:]
    assert [(run["change"], run["seed"]) for run in swept] == runs
    assert [(run["final"], run["seed"]) for run in finals] == [("tiny", seed) for seed in FINAL_SEEDS]
    assert all("test_loss" not in run for run in swept)  # test texts are for the end
    assert all(run["test_loss"] > 0 and 0 <= run["keyboard"]["hit_rate"] <= 1 for run in finals)
    assert stored["baseline"] == asdict(BASELINE)


def test_runs_of_another_baseline_are_refused(tmp_path):
    file = tmp_path / "sweeps.json"
    main(file, [(TINY, 1)], {}, lambda line: None)
    write(file, read(file) | {"baseline": asdict(replace(BASELINE, units=97))})
    with pytest.raises(ValueError, match=r"expected runs with baseline .*'units': 96.* got .*'units': 97"):
        main(file, [], {}, print)


def test_one_seed_gives_one_result(biographies):
    results = [train(replace(BASELINE, **TINY), seed, biographies)[1] for seed in (1, 1, 2)]
    losses = [result["validation_losses"] for result in results]
    np.testing.assert_allclose(losses[0], losses[1], atol=2e-4)  # rounded to four digits
    assert losses[0] != losses[2]


def test_pieces_hold_every_target_once_and_no_row_of_padding():
    inputs, targets = np.array([[2, 5, 6, 7, 8], [2, 9, 0, 0, 0]]), np.array([[5, 6, 7, 8, 3], [9, 3, 0, 0, 0]])
    cut_inputs, cut_targets = in_pieces(inputs, targets, 2)
    assert cut_inputs.tolist() == [[2, 5], [2, 9], [6, 7], [8, 0]]
    assert cut_targets.tolist() == [[5, 6], [9, 3], [7, 8], [3, 0]]


@pytest.mark.parametrize(("cell", "kept"), [(keras.layers.LSTMCell, True), (NewMaskEachStep, False)])
def test_keras_keeps_its_mask_and_the_naive_cell_draws_a_new_one(cell, kept):
    keras.utils.set_random_seed(1)
    cell = cell(64, recurrent_dropout=0.5)
    state = np.ones((1, 64), "float32")
    first, second = (keras.ops.convert_to_numpy(cell.get_recurrent_dropout_mask(state)[0]) for _ in range(2))
    assert np.array_equal(first, second) == kept
    assert set(np.unique(first)) == {0.0, 2.0}


@pytest.mark.parametrize("masks", ["one a sequence", "one a step", "one a step, on the memory"])
def test_recurrent_dropout_acts_in_training_alone(masks):
    keras.utils.set_random_seed(1)
    model = build(Setting(units=8, embedding=4, recurrent_dropout=0.5, masks=masks), vocab_size=20)
    ids = np.arange(12)[None] + 4
    silent = [keras.ops.convert_to_numpy(model(ids, training=False)) for _ in range(2)]
    noisy = [keras.ops.convert_to_numpy(model(ids, training=True)) for _ in range(2)]
    np.testing.assert_array_equal(*silent)
    assert not np.allclose(*noisy)
    np.testing.assert_allclose(noisy[0][:, 0], silent[0][:, 0], atol=1e-6)  # the first state is zero: nothing to drop


def test_schedules_start_peak_and_end_where_they_should():
    rates = {
        name: [float(learning_rates(Setting(learning_rate=0.1, schedule=name), updates=100)(n)) for n in (0, 10, 100)]
        for name in ("cosine", "warm-up, cosine")
    }
    np.testing.assert_allclose(rates["cosine"][::2], [0.1, 0.005], rtol=1e-5)
    np.testing.assert_allclose(rates["warm-up, cosine"], [0.0, 0.1, 0.005], rtol=1e-5)
    assert learning_rates(Setting(learning_rate=0.1), updates=100) == 0.1


def test_every_change_is_a_real_one_and_planned_once_for_each_seed():
    runs = planned()
    changes = [change for sweep in SWEEPS.values() for change in sweep]
    assert all(replace(BASELINE, **change) != BASELINE for change in changes)
    assert all(runs.count((change, seed)) == 1 for change in changes for seed in SEEDS)
    assert [seed for change, seed in runs if not change] == list(SEEDS)


def test_stored_runs_are_whole():
    stored = read(FILE)
    assert stored["baseline"] == asdict(BASELINE)
    runs = [(run["final"], run["change"], run["seed"]) for run in stored["runs"]]
    assert all(("", change, seed) in runs for change, seed in planned())
    assert all((name, change, seed) in runs for name, change in FINALS.items() for seed in FINAL_SEEDS)
    for run in stored["runs"]:
        assert len(run["losses"]) == replace(BASELINE, **run["change"]).epochs or run["diverged"]
        assert len(run["validation_losses"]) == len(run["losses"])
