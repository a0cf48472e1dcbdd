"""Mark one submission: its answers run in a sandbox, the checks run here, and call the answers through the bridge."""

import contextlib
import ctypes
import functools
import io
import linecache
import random
import signal
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from course.grading.bridge import Stopped, Student, StudentError
from course.grading.exercise import Cell, Exercise
from course.grading.sandbox import Limits, Sandbox
from course.grading.submission import Step, Submission
from course.grading.wire import NotPlain

SEED = 20
MOST_STARTS = 8  # of the sandbox, for one submission
MOST_PRINTED = 20_000  # characters

ONE_AT_A_TIME = threading.Lock()  # checks print and draw random numbers, of which a process has one each

Status = Literal["passed", "failed", "not run", "to read", "broken check"]


@dataclass(frozen=True)
class Mark:
    """What one marked cell is worth.

    Attributes:
        id: of the cell.
        points: given; 0 until a person has read an essay.
        most: that could be given.
        status: how it went. A "broken check" is the exercise's fault: a person must look.
        message: for the student: the hint of the check, or the error of their code.
        printed: what the check printed.
    """

    id: str
    points: float
    most: float
    status: Status
    message: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Marked:
    """A marked submission: plain data, which can be stored and compared.

    Attributes:
        marks: of each marked cell, in order.
        printed: what each of the student's cells printed, by its id.
        errors: why a cell of the student's did not run to its end, by its id.
        flags: what the instructor should know, a sentence each.
        seconds: it took.
    """

    marks: tuple[Mark, ...]
    printed: dict[str, str]
    errors: dict[str, str]
    flags: tuple[str, ...]
    seconds: float


class CheckLate(BaseException):
    """The check itself, not a call of the student's function, ran out of time."""


def mark(
    exercise: Exercise,
    submission: Submission,
    limits: Limits = Limits(),  # noqa: B008, frozen
    walls: bool = True,
) -> Marked:
    """Run a submission's code and the exercise's checks.

    Each check is one item: it passes, and gives all its points, if it runs to its end. Names that a check may take from
    the student are those that the instructor's own answers define; nothing else of the student's can stand in its way.

    Args:
        exercise: the instructor's.
        submission: what `rebuild` made of the student's.
        limits: of the sandbox.
        walls: False runs the answers without a sandbox, and says so in the flags.

    Raises:
        NoSandbox: nothing can be run here.
    """
    with ONE_AT_A_TIME, contextlib.closing(_Run(exercise, submission, limits, walls)) as run:
        start = time.monotonic()
        marks = tuple(run.marks())
        flags = submission.flags + tuple(run.flags)
        return Marked(marks, run.printed, run.errors, flags, round(time.monotonic() - start, 3))


class _Run:
    def __init__(self, exercise: Exercise, submission: Submission, limits: Limits, walls: bool):
        self.exercise, self.submission, self.limits, self.walls = exercise, submission, limits, walls
        self.until = time.monotonic() + limits.total
        self.printed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.flags: list[str] = [] if walls else ["trusted: ran without a sandbox"]
        self.done: list[Step] = []
        self.deadly: set[str] = set()  # cells that end the sandbox; not run again
        self.names: dict = {"__name__": "__main__"}  # where the checks run
        self.student: Student | None = None
        self.starts = 0

    def close(self) -> None:
        if self.student:
            self.student.sandbox.close()
        self.student = None

    def marks(self) -> Iterator[Mark]:
        random.seed(SEED)
        np.random.seed(SEED)  # noqa: NPY002, the state that a check may use
        self.run_steps(None)
        answered: set[str] = set()
        for cell in self.exercise.cells:
            self.run_steps(cell.id, added=False)
            answered |= cell.names
            if cell.role == "given" and cell.uses & answered:
                self.trusted(cell, answered)  # shows what an answer does; if it fails, a check that needs it will too
            elif cell.role == "given":
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(_compiled(cell), self.names)
            elif cell.role == "check":
                yield self.check(cell, answered)
            elif cell.role == "essay":
                yield Mark(cell.id, 0.0, cell.points, "to read")
            self.run_steps(cell.id, added=True)

    def alive(self) -> Student:
        """The student's process; a new one, with all cells run so far, if the last one ended."""
        while self.student is None:
            if self.starts >= MOST_STARTS:
                raise Stopped(f"Your code ended the process it ran in {self.starts} times.")
            if time.monotonic() >= self.until:
                raise Stopped(f"Your code took more than {self.limits.total:.0f} seconds in all.")
            self.starts += 1
            self.student = Student(Sandbox(self.limits, self.exercise.modules, walls=self.walls), self.until)
            try:
                self.student.seed(SEED)
                for step in self.done:
                    self.execute(step)
            except Stopped:  # a cell that went well the first time
                self.close()
        return self.student

    def execute(self, step: Step) -> None:
        """Run a cell; one that ends the sandbox is never run again."""
        if step.id in self.deadly or not step.source.strip():
            return
        try:
            self.student.run(step.id, step.source)
        except StudentError as error:
            self.errors[step.id] = _said(error)
        except Stopped as stop:
            self.deadly.add(step.id)
            self.errors[step.id] = stop.reason
            raise
        finally:
            self.printed[step.id] = self.student.take_printed()

    def run_steps(self, place: str | None, added: bool = True) -> None:
        for step in self.submission.steps:
            if (step.place, step.added) == (place, added):
                try:
                    self.alive()
                    self.execute(step)
                except Stopped as stop:
                    self.close()
                    self.flags.append(f"{step.id}: {stop.reason}")
                self.done.append(step)

    def check(self, cell: Cell, answered: set[str]) -> Mark:
        """Run a check with the student's names as they are now."""
        status, message, printed = self.trusted(cell, answered)
        return Mark(cell.id, cell.points * (status == "passed"), cell.points, status, message, printed)

    def trusted(self, cell: Cell, answered: set[str]) -> tuple[Status, str, str]:
        """Run code of the instructor's that calls the student's; how it went, why not, and what it printed."""
        printed = io.StringIO()
        status, message = "failed", ""
        try:
            with _time_limit(self.until - time.monotonic()), contextlib.redirect_stdout(printed):
                self.take_names(answered)
                exec(_compiled(cell), self.names)
            status = "passed"
        except (Stopped, CheckLate) as stop:
            self.close()
            late = f"Your code took more than {self.limits.total:.0f} seconds in all."
            status, message = "not run", stop.reason if isinstance(stop, Stopped) else late
            self.flags.append(f"{cell.id}: {message}")
        except NotPlain as fault:
            status, message = "broken check", "The check could not be run; a person will look at it."
            self.flags.append(f"{cell.id}: the check sends what is not plain: {fault}")
        except NameError as error:
            message = self.why_undefined(error)
        except Exception as error:
            message = _said(error)
        return status, message, printed.getvalue()[:MOST_PRINTED]

    def take_names(self, answered: set[str]) -> None:
        for name in answered:
            self.names.pop(name, None)  # nor does a given definition stand in for a missing answer
        student = self.alive()
        for name in sorted(answered):
            with contextlib.suppress(StudentError):  # a check that needs it will say so
                self.names[name] = student.get(name)

    def why_undefined(self, error: NameError) -> str:
        """A missing name is often the end of a longer story."""
        for cell in self.exercise.cells:
            if error.name in cell.names and cell.id in self.errors:
                return f"{error.name} is not defined, because its cell failed: {self.errors[cell.id]}"
        return _said(error)


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise CheckLate when the time is up: by a signal in a main thread, else between two steps of the interpreter."""

    def late(*_):
        raise CheckLate

    if threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGALRM, late)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), 1.0)  # again, should a library swallow the first
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        number = ctypes.c_ulong(threading.get_ident())
        interrupt = functools.partial(ctypes.pythonapi.PyThreadState_SetAsyncExc, number, ctypes.py_object(CheckLate))
        timer = threading.Timer(max(seconds, 0.01), interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _compiled(cell: Cell):
    file = f"<{cell.id}>"
    linecache.cache[file] = (len(cell.source), None, cell.source.splitlines(keepends=True), file)
    return compile(cell.source, file, "exec")


def _said(error: BaseException) -> str:
    """An error in words for the student; of a comparison of arrays, not the numbers that were expected."""
    if isinstance(error, AssertionError):
        text = str(error).split("\nMismatched elements", 1)[0].split("\n(shapes", 1)[0].strip()
        return text or "A check failed."
    if isinstance(error, StudentError):
        return f"{error}\n{error.where}".strip()
    return "".join(traceback.format_exception_only(error)).strip()
