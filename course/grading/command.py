"""`python -m course grade`: from a folder of submissions to marks, feedback and a list of what to look at."""

import contextlib
import functools
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from tqdm import tqdm

from course.files import write_text
from course.grading import report
from course.grading.batch import ExerciseFault, grade, try_solution
from course.grading.exercise import load_exercise
from course.grading.gradebook import Gradebook, GradebookFault
from course.grading.handed_in import find
from course.grading.ledger import Ledger, LedgerFault
from course.grading.sandbox import COURSE, Limits, NoSandbox
from course.grading.worker import workers

SOLUTIONS = COURSE.parent / "solutions"


def main(arguments) -> int:
    """Grade a class; the exit code is 0 if all is graded and recorded, else 1."""
    try:
        return _grade(arguments)
    except (ExerciseFault, GradebookFault, LedgerFault, NoSandbox, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1


def _grade(arguments) -> int:
    notebook = _solution(arguments.exercise)
    exercise, limits, into = load_exercise(notebook), Limits(), arguments.into
    walls = not arguments.trust_submissions
    handed_in = find(arguments.submissions, exercise.name)
    try_solution(exercise, notebook, limits, walls)
    pool = functools.partial(_cluster, arguments.scheduler) if arguments.scheduler else _local(arguments.workers)
    start, lines, entries = time.monotonic(), [], []
    with (
        Ledger(into / "grading" / "ledger.jsonl") as ledger,
        Gradebook(into / "gradebook.db") as gradebook,
        tqdm(total=len(handed_in), unit="submission", disable=None) as bar,
    ):
        gradebook.register(notebook)
        known = len(ledger.entries)
        for entry in grade(
            exercise, notebook, handed_in, ledger, gradebook, into / "autograded", pool, limits, walls, lines.append
        ):
            entries.append(entry)
            page = into / "feedback" / entry.student / exercise.name / f"{exercise.name}.html"
            _write(page, report.feedback(exercise, entry), lines)
            bar.update()
        new = len(ledger.entries) - known
    sheet = into / "grading" / f"{exercise.name}.csv"
    _write(sheet, report.spreadsheet(exercise, entries), lines)
    print(report.table(exercise, entries))
    for group in report.identical(exercise, entries):
        print(f"the same code: {', '.join(group)}")
    print("\n".join(lines), end="\n" * bool(lines), file=sys.stderr)
    seconds = time.monotonic() - start
    print(f"{new} marked now, {len(entries) - new} before, in {seconds:.0f} s; {sheet}, {into / 'feedback'}")
    print("Read what waits for a person in nbgrader's formgrader: `jupyter lab`, menu Nbgrader, Formgrader.")
    return int(bool(lines))


def _write(file: Path, text: str, lines: list[str]) -> None:
    try:
        write_text(file, text)
    except OSError as fault:
        lines.append(f"{file} cannot be written: {fault.strerror}. The next run writes it.")


def _solution(name: str) -> Path:
    """The instructor's notebook of an exercise by its number or name."""
    names = sorted(folder.name for folder in SOLUTIONS.iterdir() if folder.is_dir())
    chosen = [one for one in names if one == name or one.split("_")[0] == name]
    if len(chosen) != 1:
        raise ValueError(f"There is no exercise {name}; there are {', '.join(names)}.")
    return SOLUTIONS / chosen[0] / f"{chosen[0]}.ipynb"


def _local(number: int) -> Callable[[], Executor]:
    return functools.partial(workers, max(1, number))


@contextlib.contextmanager
def _cluster(address: str):
    """The executor of a dask cluster, on whose machines this package is installed too."""
    try:
        from distributed import Client
    except ImportError:
        raise ValueError("--scheduler needs dask: `pip install distributed`.") from None
    with Client(address, set_as_default=False) as client, client.get_executor(pure=False) as executor:
        yield executor
