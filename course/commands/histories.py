"""Stored runs: what a lesson shows and cannot train in front of its reader, as JSON in `datasets/histories`.

Every file says which command wrote it, from which corpus, with which versions, and what it cost. A command of many runs
stores each as it ends, and goes on where it stopped.
"""

import json
import platform
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import packages_distributions, version
from pathlib import Path

import numpy as np

from course.backend import keras
from course.datasets import EMBEDDED
from course.files import sha256, write_text

FOLDER = EMBEDDED / "histories"
SEED = 1  # of the runs of `python -m course train`
CURVE = 50  # steps averaged for one point of their training curves


def origin(command: str, *corpus: str, packages: tuple[str, ...] = ("keras", "numpy")) -> dict:
    """Where a history comes from: the command, the embedded files that were read, and what ran.

    Args:
        command: module of `course.commands` that writes the history.
        corpus: files of the folder `datasets`, such as "lives/train.txt".
        packages: distributions whose version matters.

    Returns:
        `command`, `corpus` (file to SHA-256; only if there are files) and `versions`.
    """
    read = {"corpus": {name: sha256(EMBEDDED / name) for name in corpus}} if corpus else {}
    ran = {"versions": {"python": platform.python_version()} | {name: version(name) for name in packages}}
    return {"command": f"python -m course.commands.{command}"} | read | ran


def training_run(name: str, preset, model, history) -> dict:
    """What every preset of `python -m course train` stores: settings, versions, size, epochs and training curve."""
    back_end = keras.backend.backend()
    engine = packages_distributions()[back_end][0]  # tensorflow also comes as tensorflow-cpu
    ran = {"python": platform.python_version(), "keras": version("keras"), back_end: version(engine)}
    means = [np.mean(history.step_losses[first : first + CURVE]) for first in range(0, len(history.step_losses), CURVE)]
    return {
        "command": f"python -m course train {name} --store",
        "preset": asdict(preset),
        "seed": SEED,
        "versions": ran,
        "parameters": model.count_params(),
        "seconds": round(sum(history.seconds)),
        "best_epoch": history.best_epoch,
        "epochs": _epochs(history),
        "curve": {"steps": CURVE, "losses": [round(float(mean), 4) for mean in means]},
    }


def _epochs(history) -> list[dict]:
    steps = len(history.step_losses) // len(history.losses)
    return [
        {
            "epoch": number + 1,
            "loss": round(history.losses[number], 4),
            "validation_loss": round(history.validation_losses[number], 4),
            "seconds": round(history.seconds[number], 1),
            "learning_rate": history.learning_rates[(number + 1) * steps - 1],
            "gradient_norm": round(float(np.median(history.gradient_norms[number * steps : (number + 1) * steps])), 4),
        }
        for number in range(len(history.losses))
    ]


def stopwatch() -> Callable[[], dict]:
    """Starts now; the returned function tells `wall_seconds` and `cpu_seconds` since, of this process."""
    wall, cpu = time.time(), time.process_time()
    return lambda: {"wall_seconds": round(time.time() - wall), "cpu_seconds": round(time.process_time() - cpu)}


def write(file: Path, history: dict) -> None:
    """Store a history, whole or not at all: one line for each entry, and for each run of a list of runs.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "history.json"
    >>> write(file, {"command": "python -m it", "runs": [{"seed": 1}, {"seed": 2}]})
    >>> print(file.read_text())
    {
     "command": "python -m it",
     "runs": [
      {"seed": 1},
      {"seed": 2}
     ]
    }
    <BLANKLINE>
    """
    entries = ",\n ".join(f"{_json(name)}: {_by_run(value)}" for name, value in history.items())
    write_text(file, f"{{\n {entries}\n}}\n")


def read(file: Path) -> dict:
    """A stored history."""
    return json.loads(file.read_text(encoding="utf-8"))


def opened(file: Path, settings: dict) -> dict:
    """The history that a command goes on with: that of the file, or an empty one of these settings.

    Args:
        file: of the history.
        settings: what all runs have in common, their origin included.

    Returns:
        the settings, `cpu_seconds` and `runs`.

    Raises:
        ValueError: the file holds runs of other settings.
    """
    settings = json.loads(_json(settings))  # as it would be read back: tuples are lists
    if not file.exists():
        return settings | {"cpu_seconds": 0, "runs": []}
    history = read(file)
    for name, expected in settings.items():
        if history.get(name) != expected:
            raise ValueError(
                f"{file.name}: expected runs with {name} {expected}, got {history.get(name)}; "
                "move the file away to begin anew"
            )
    return history


def add(file: Path, history: dict, run: dict) -> None:
    """Append a run, which tells its own `cpu_seconds`, and store the history."""
    history["runs"].append(run)
    history["cpu_seconds"] = round(sum(run["cpu_seconds"] for run in history["runs"]))
    write(file, history)


def _by_run(value) -> str:
    if isinstance(value, list) and value and all(isinstance(run, dict) for run in value):
        return "[\n  " + ",\n  ".join(map(_json, value)) + "\n ]"
    return _json(value)


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)
