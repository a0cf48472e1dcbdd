"""The stored runs of lesson 07: whole, and of the cells the lesson has now."""

import nbformat

from course.commands.gates_history import FILE, LESSON, SEEDS, cells_digest, measuring_cells
from course.commands.histories import read

STORED = read(FILE)
CELLS = measuring_cells(nbformat.read(LESSON, as_version=4))


def test_stored_runs_are_whole():
    assert [run["seed"] for run in STORED["runs"]] == list(SEEDS)
    for run in STORED["runs"]:
        assert len(run["effects"]) == len(run["units"]) == 3
        for effect in run["effects"].values():
            assert effect["low"] <= effect["difference"] <= effect["high"]


def test_stored_runs_are_of_the_cells_that_the_lesson_has_now():
    assert STORED["cells"] == {"lesson": LESSON.stem, "sha256": cells_digest(CELLS)}, (
        f"lesson 07 measures otherwise since these trainings: run `{STORED['command']}` again"
    )


def test_another_way_to_measure_is_another_digest_and_a_sharper_claim_is_not():
    training = next(cell for cell in CELLS if cell.id == "train")
    claim = next(cell for cell in CELLS if "claim" in cell.metadata.get("tags", []))
    before = cells_digest(CELLS)
    claim.source += "\nassert True"
    assert cells_digest(CELLS) == before
    training.source = training.source.replace("0.008", "0.004")
    assert cells_digest(CELLS) != before


def test_the_seed_is_set_from_outside():
    assert "SEED" in "".join(cell.source for cell in CELLS)
    assert not any(line.startswith("SEED =") for cell in CELLS for line in cell.source.splitlines())
