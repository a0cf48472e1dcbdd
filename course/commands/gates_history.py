"""Run lesson 07's measurements with eight seeds: `python -m course.commands.gates_history`.

Executes the lesson's own cells, its claims included, once for each seed, and writes what they measured to
`datasets/histories/07_gates.json`, with the corpus, the cells, versions and duration. About six minutes on one core.
"""

import hashlib
import json

import nbformat
import numpy as np

from course.commands.histories import FOLDER, origin, stopwatch, write
from course.commands.lessons import REPOSITORY

SEEDS = (1, 2, 3, 4, 5, 6, 7, 8)
LESSON = REPOSITORY / "notebooks" / "07_seeing_the_gates.ipynb"
FILE = FOLDER / "07_gates.json"
OF_ALL_RUNS = {  # claims about what is stored here
    "one-sign-only-at-the-full-stop",
    "input-gate-does-not-mark-content",
    "output-gate-does-not-mark-memory",
}
LEFT_OUT = {"seed", "explorer", "real-data-run", *OF_ALL_RUNS}  # and figures


def measuring_cells(notebook) -> list:
    """The code cells that train and measure, in order: no figure, no explorer, and not the cell that sets the seed."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.id not in LEFT_OUT]
    return [cell for cell in cells if not cell.id.endswith("-figure")]


def cells_digest(cells) -> str:
    """SHA-256 of the sources that measure; the claims only assert, and may be sharpened without a new run."""
    sources = [cell.source for cell in cells if "claim" not in cell.metadata.get("tags", [])]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def main() -> None:
    """Execute the cells once for each seed, one after another, and store what they measured."""
    seconds = stopwatch()
    cells = measuring_cells(nbformat.read(LESSON, as_version=4))
    history = origin("gates_history", "lives/train.txt", "lives/test.txt") | {
        "cells": {"lesson": LESSON.stem, "sha256": cells_digest(cells)},
        "runs": [_run(cells, seed) for seed in SEEDS],
    }
    write(FILE, history | seconds())


def _run(cells, seed) -> dict:
    """One execution of the cells; a claim that does not hold with this seed ends it with an AssertionError."""
    names = {"SEED": seed}
    for cell in cells:
        exec(compile(cell.source, f"<{LESSON.stem}, {cell.id}, seed {seed}>", "exec"), names)
    scores, far, perplexity = names["scores"], names["far"], names["perplexity"]
    eight = int(np.flatnonzero(names["CUTS"] == 8)[0])
    measured = {
        "seed": seed,
        "perplexity": {name: perplexity(values) for name, values in scores.items()},
        "perplexity decided 10 or more back": {name: perplexity(values[far]) for name, values in scores.items()},
        "effects": names["effects"].T.to_dict(),
        "units": {
            claim: {"d < -0.5": int((d < -0.5).sum()), "d > 0.5": int((d > 0.5).sum()), "third lowest d": np.sort(d)[2]}
            for claim, d in names["by_unit"].items()
        },
        "variance explained": names["shares"].max(),
        "language read from cells": dict(zip(map(str, names["counts"]), names["readable"], strict=True)),
        "p(language), 8 cells cut": {
            "none": names["uncut"].mean(),
            "highest-ranked": names["cut_ranked"][eight],
            "random": names["cut_random"][:, eight].mean(),
        },
    }
    return json.loads(json.dumps(measured, default=float), parse_float=lambda text: round(float(text), 4))


if __name__ == "__main__":
    main()
