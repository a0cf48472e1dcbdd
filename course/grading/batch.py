"""Grade a class: workers mark, one writer records; what is recorded already is not marked again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from course.grading.exercise import Exercise
from course.grading.gradebook import Gradebook, GradebookFault, write_graded
from course.grading.handed_in import HandedIn
from course.grading.ledger import Entry, Ledger, joint_digest
from course.grading.sandbox import Limits
from course.grading.submission import Unreadable
from course.grading.worker import Result, mark_bytes

HERE = Path(__file__).parent
AHEAD = 64  # submissions in the hands of the workers
TRIES = 3  # for a submission whose worker died


class ExerciseFault(Exception):
    """The exercise itself does not pass its checks here, so that no mark would mean anything."""


def version(limits: Limits, walls: bool) -> str:
    """Digest of the code that marks, of its limits and walls: other code, other marks."""
    sources = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(HERE.glob("*.py"))]
    return joint_digest(*sources, repr(limits), repr(walls))


def try_solution(exercise: Exercise, notebook: Path, limits: Limits, walls: bool) -> None:
    """Mark the instructor's own solution.

    Raises:
        ExerciseFault: it does not get all points.
    """
    marked, fault, _ = mark_bytes(exercise, notebook.read_bytes(), limits, walls)
    wrong = [one for one in marked.marks if one.status not in ("passed", "to read")] if marked else []
    if wrong or fault:
        reason = fault or f"{wrong[0].id}: {wrong[0].message or wrong[0].status}"
        raise ExerciseFault(f"{notebook}: the solution does not pass its own checks here. {reason}")


def grade(
    exercise: Exercise,
    notebook: Path,
    handed_in: Iterable[HandedIn],
    ledger: Ledger,
    gradebook: Gradebook,
    graded: Path,
    pool: Callable[[], Executor],
    limits: Limits,
    walls: bool,
    tell: Callable[[str], None],
) -> Iterator[Entry]:
    """Mark what is not in the ledger yet, and record it there, in the gradebook and as graded notebooks.

    A submission that cannot be marked, a locked gradebook and a notebook that cannot be written each cost one line; the
    rest is graded, and the next run does what this one could not.

    Args:
        exercise: the instructor's.
        notebook: its file.
        handed_in: by the class.
        ledger: opened by this process.
        gradebook: with the exercise registered.
        graded: folder for STUDENT/EXERCISE/EXERCISE.ipynb, nbgrader's `autograded`.
        pool: makes an executor; called again if its processes died.
        limits: of each submission.
        walls: whether each runs in a sandbox.
        tell: shows a line to the person who grades.

    Yields:
        Each entry as it stands in the ledger, marked now or before.

    Raises:
        LedgerFault: the ledger cannot be written: nothing more would be kept.
    """
    known, code = ledger.known(), version(limits, walls)

    def record(entry: Entry) -> None:
        try:
            for one in gradebook.missing([entry]):
                write_graded(one, notebook, graded / one.student / exercise.name / f"{exercise.name}.ipynb")
                gradebook.record(one)
        except (GradebookFault, OSError) as fault:
            tell(f"{entry.student}: marked, but not in the gradebook yet: {fault}")

    def new(one: HandedIn, digest: str, result: Result) -> Entry:
        marked, fault, answers = result
        entry = Entry(
            exercise.name, one.student, joint_digest(exercise.digest, digest, code), marked, fault, answers, digest
        )
        ledger.append(entry)
        return entry

    waiting = []
    for one in handed_in:
        try:
            content = one.read()
        except Unreadable as fault:
            entry = known.get((exercise.name, one.student))
            if entry is None or entry.fault != str(fault):
                entry = new(one, "", (None, str(fault), {}))
            record(entry)
            yield entry
            continue
        digest = hashlib.sha256(content).hexdigest()
        entry = known.get((exercise.name, one.student))
        if entry and entry.key == joint_digest(exercise.digest, digest, code):
            record(entry)
            yield entry
        else:
            waiting.append(one)
    for one, digest, result in _marked(exercise, waiting, pool, limits, walls, tell):
        entry = new(one, digest, result)
        record(entry)
        yield entry


def _marked(
    exercise: Exercise,
    waiting: list[HandedIn],
    pool: Callable[[], Executor],
    limits: Limits,
    walls: bool,
    tell: Callable[[str], None],
) -> Iterator[tuple[HandedIn, str, Result]]:
    """Results as they come; those whose worker died are tried again in new processes."""
    tries = dict.fromkeys((one.student for one in waiting), 0)
    while waiting:
        again: list[HandedIn] = []
        with pool() as executor:
            futures: dict[Future, tuple[HandedIn, str]] = {}
            queue = iter(waiting)
            try:
                for one in queue:
                    try:
                        content = one.read()
                        future = executor.submit(mark_bytes, exercise, content, limits, walls)
                    except Unreadable as fault:
                        tell(f"{one.student}: it was changed while the class was graded. {fault}")
                        continue
                    except BrokenProcessPool:
                        left = [one, *queue]
                        again += left
                        if not futures:  # the processes died before they had anything to do
                            tries.update({late.student: tries[late.student] + 1 for late in left})
                        break
                    futures[future] = one, hashlib.sha256(content).hexdigest()
                    if len(futures) >= AHEAD:
                        yield from _finished(futures, again, tries, tell)
                while futures:
                    yield from _finished(futures, again, tries, tell)
            except BaseException:  # an interruption, or a full disk: nothing more is begun
                for future in futures:
                    future.cancel()
                raise
        waiting = [one for one in again if tries[one.student] < TRIES]
        for one in again:
            if tries[one.student] >= TRIES:
                tell(f"{one.student}: not graded: its worker died {TRIES} times. Run the same command again.")


def _finished(futures, again, tries, tell) -> Iterator[tuple[HandedIn, str, Result]]:
    """The next results, as soon as there are any."""
    for future in wait(futures, return_when=FIRST_COMPLETED).done:
        one, digest = futures.pop(future)
        try:
            result = future.result()
        except BrokenProcessPool:
            tries[one.student] += 1
            again.append(one)
        except Exception as fault:  # of the exercise or of this machine; of no other submission
            tell(f"{one.student}: not graded: {type(fault).__name__}: {fault}")
        else:
            yield one, digest, result
