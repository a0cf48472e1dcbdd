"""Submissions graded in a minute: ours cold, warm, with two workers and on a dask cluster, and plain nbgrader."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import Timing, alternate, timed
from benchmarks.report import Comparison
from course.commands.command_line import command_parser
from course.commands.lessons import REPOSITORY

PACKAGES = ("nbgrader", "distributed", "keras", "tensorflow")
ROUNDS = 1
COPIES = 100
FEWER = 10  # where each copy costs as much as the first
EXERCISE = "12_encoder_decoder"
MOST = 21  # points of its checks
KERAS = """
from course.backend import keras

layer = keras.layers.LSTM(4)
assert layer(np.zeros((1, 2, 3), "float32")).shape == (1, 4)
"""
HERE = "from benchmarks.grading import grade_here; grade_here({!r}, {!r})"


def run(rounds):
    """Rows for an exercise as it is, and with a Keras layer in its first cell, as later lessons will have it."""
    for work, extra in ((f"exercise {EXERCISE[:2]}", ""), (f"exercise {EXERCISE[:2]} with a Keras layer", KERAS)):
        with tempfile.TemporaryDirectory() as folder:
            yield from _compare(work, _school(Path(folder), extra), rounds)


def _compare(work: str, root: Path, rounds: int):
    sides = {
        f"one process each, {FEWER} copies": _ours(root, "submitted", ["cold", "1"]),
        f"warm, {COPIES} copies": _ours(root, "more", ["warm", "1"]),
        f"warm, two workers, {COPIES} copies": _ours(root, "more", ["warm", "2"]),
    }
    with contextlib.ExitStack() as stack:
        if find_spec("distributed"):
            address = stack.enter_context(_cluster())
            sides[f"two dask workers, {COPIES} copies"] = _ours(root, "more", ["warm", "2", "--scheduler", address])
        sides["nbgrader"] = _nbgrader(root)
        timings = alternate(sides, rounds, warm_up=0)
    for name in list(sides)[:-1]:
        yield Comparison(
            work,
            name,
            f"nbgrader autograde, {FEWER} copies",
            "submissions",
            "the same points for each student",
            (timings[name], timings["nbgrader"]),
            goal=4 if name.startswith("warm, two") and "Keras" in work else None,
        )


def _school(root: Path, extra: str) -> Path:
    """Solutions and what a class handed in: every other student left the exercise as it was."""
    solution = json.loads((REPOSITORY / "solutions" / EXERCISE / f"{EXERCISE}.ipynb").read_text(encoding="utf-8"))
    released = json.loads((REPOSITORY / "exercises" / EXERCISE / f"{EXERCISE}.ipynb").read_text(encoding="utf-8"))
    for notebook in (solution, released):
        setup = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        setup["source"] = [*setup["source"], extra]
    _write(root / "solutions" / EXERCISE / f"{EXERCISE}.ipynb", solution)
    for number in range(COPIES):
        place = "submitted" if number < FEWER else "more"
        _write(root / place / f"s{number:03}" / EXERCISE / f"{EXERCISE}.ipynb", (solution, released)[number % 2])
    for number in range(FEWER):
        shutil.copytree(root / "submitted" / f"s{number:03}", root / "more" / f"s{number:03}")
    config = "c = get_config()\nc.CourseDirectory.source_directory = 'solutions'\nc.ExecutePreprocessor.timeout = 300\n"
    (root / "nbgrader_config.py").write_text(config)
    _call(["-m", "nbgrader", "generate_assignment", EXERCISE], root)
    return root


def _write(file: Path, notebook: dict) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def _call(words: list[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path[1:]])}
    environment |= {"TF_CPP_MIN_LOG_LEVEL": "3", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"expected `{' '.join(words)}` to succeed, got:\n{done.stderr[-2000:]}")


def _nbgrader(root: Path) -> Callable[[], Timing]:
    def measure() -> Timing:
        shutil.rmtree(root / "autograded", ignore_errors=True)
        timing = timed(lambda: _call(["-m", "nbgrader", "autograde", EXERCISE, "--force"], root), FEWER)
        _check(_points(root), FEWER)
        return timing

    return measure


def _ours(root: Path, place: str, how: list[str]) -> Callable[[], Timing]:
    copies = len(list((root / place).iterdir()))

    def measure() -> Timing:
        with tempfile.TemporaryDirectory() as into:
            program = HERE.format(str(root), [*how, "--submissions", str(root / place), "--into", into])
            timing = timed(lambda: _call(["-c", f"if __name__ == '__main__': {program}"], root), copies)
            _check(_points(Path(into)), copies)
        return timing

    return measure


def _check(points: dict[str, float], copies: int) -> None:
    expected = {f"s{number:03}": 0 if number % 2 else MOST for number in range(copies)}
    if points != expected:
        raise RuntimeError(f"expected {MOST} points for every other student and none for the rest, got {points}")


def _points(folder: Path) -> dict[str, float]:
    """Points by student, of the cells that a program marks."""
    question = """
        SELECT submitted_assignment.student_id, SUM(COALESCE(grade.auto_score, 0)) FROM grade
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id GROUP BY 1"""
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as book:
        return dict(book.execute(question).fetchall())


@contextlib.contextmanager
def _cluster():
    """The address of a scheduler with two worker processes on this machine."""
    from distributed import LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(**options) as cluster:
        yield cluster.scheduler_address


def grade_here(root: str, how: list[str]) -> None:
    """In a process of its own: `python -m course grade` with other solutions, warm or not."""
    from course.grading import batch, command

    warmth, workers, *options = how
    command.SOLUTIONS = Path(root) / "solutions"
    if warmth == "cold":
        batch.mark_bytes = mark_cold
    sys.exit(command.main(command_parser().parse_args(["grade", EXERCISE, "--workers", workers, *options])))


def mark_cold(*arguments):
    """Mark one submission in a process that was not there before."""
    from course.grading import warm, worker

    warm.cool()
    return worker.mark_bytes(*arguments)
