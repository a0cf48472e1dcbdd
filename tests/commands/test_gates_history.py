"""The stored runs of lesson 07: whole, of the corpus that lies beside them, and of the cells the lesson has now."""

import hashlib
import json

import nbformat

from course.commands.gates_history import CORPUS, FILE, LESSON, SEEDS, cells_digest, measuring_cells

STORED = json.loads(FILE.read_text(encoding="utf-8"))
CELLS = measuring_cells(nbformat.read(LESSON, as_version=4))


def test_stored_runs_are_whole_and_of_the_embedded_corpus():
    assert STORED["corpus"]["sha256"] == hashlib.sha256(CORPUS.read_bytes()).hexdigest(), (
        f"the corpus has changed since these trainings: run `{STORED['command']}` again"
    )
    assert [run["seed"] for run in STORED["runs"]] == list(SEEDS)
    for run in STORED["runs"]:
        assert len(run["effects"]) == len(run["units"]) == 3
        for effect in run["effects"].values():
            assert effect["low"] <= effect["difference"] <= effect["high"]
    assert STORED["cpu_seconds"] > 0


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
