"""The stored trainings of lesson 12: whole."""

from course.commands.histories import read
from course.commands.reversal_history import EPOCHS, FILE, SEARCHES, SEEDS


def test_stored_runs_are_whole():
    stored = read(FILE)
    assert [(run["seed"], run["reverse_source"]) for run in stored["runs"]] == [
        (seed, reverse) for seed in SEEDS for reverse in (False, True)
    ]
    for run in stored["runs"]:
        assert len(run["losses"]) == EPOCHS
        assert set(run["scores"]) == {f"{s}, {who}" for s in ("random", "composition", "length") for who in SEARCHES}
