"""nbgrader's gradebook as the record of marks that instructors open: written by one process, one submission at a time.

Each submission is one transaction, in which stands which entry of the ledger it is. What a killed process had not yet
written is found by comparing the two, and written then: no mark is lost, and none is written twice.
"""

import contextlib
import os
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbgrader import api
from nbgrader.preprocessors import ComputeChecksums, SaveCells
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from course.files import write_text
from course.grading.ledger import Entry, joint_digest
from course.grading.marking import Mark


class GradebookFault(Exception):
    """The gradebook cannot be used; the message says why. What is in the ledger is written by the next run."""


class Gradebook:
    """The database of nbgrader, with the entries of the ledger in it; a context manager.

    Args:
        file: of the database; made if it is not there.

    Raises:
        GradebookFault: it cannot be opened, or is locked.
    """

    def __init__(self, file: Path):
        self.file = file
        with self._faults():
            if not file.exists():
                _create(file)
            self.book = api.Gradebook(_url(file))
            self.book.db.execute(
                text(
                    "CREATE TABLE IF NOT EXISTS course_ledger"
                    " (exercise TEXT, student TEXT, entry TEXT, PRIMARY KEY (exercise, student))"
                )
            )
            self.book.db.commit()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.book.close()

    def register(self, notebook: Path) -> None:
        """Tell the gradebook of an exercise's cells and points.

        Raises:
            GradebookFault: cells were added or taken away after submissions were graded.
        """
        name = notebook.stem
        cells = nbformat.read(notebook, as_version=4)
        resources = {"nbgrader": {"notebook": name, "assignment": name, "db_url": _url(self.file)}}
        with self._faults():
            self.book.update_or_create_assignment(name)
            try:
                cells, resources = ComputeChecksums().preprocess(cells, resources)
                SaveCells().preprocess(cells, resources)
            except RuntimeError as fault:
                raise GradebookFault(f"{self.file}: {fault}. Start a new gradebook for the changed exercise.") from None
            self.book.db.expire_all()

    def missing(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those entries that are not yet in the gradebook."""
        find = text("SELECT entry FROM course_ledger WHERE exercise = :exercise AND student = :student")
        with self._faults():
            return [
                one
                for one in entries
                if self.book.db.execute(find, {"exercise": one.exercise, "student": one.student}).scalar()
                != _identity(one)
            ]

    def record(self, entry: Entry) -> None:
        """Write the marks of a submission, all or none. Points that a person gave stay, and ask to be looked at again.

        Raises:
            GradebookFault: it is locked or the disk is full; nothing was written.
        """
        with self._faults():
            submission = self._submission(entry)
            [notebook] = submission.notebooks
            grades = {grade.name: grade for grade in notebook.grades}
            marks = entry.marked.marks if entry.marked else [Mark(name, 0, 0, "broken check") for name in grades]
            for mark in marks:
                grade = grades[mark.id]
                by_hand = mark.status in ("to read", "broken check")
                grade.auto_score = None if mark.status == "to read" else mark.points
                grade.needs_manual_grade = by_hand or grade.manual_score is not None
            self.book.db.execute(
                text("INSERT OR REPLACE INTO course_ledger VALUES (:exercise, :student, :entry)"),
                {"exercise": entry.exercise, "student": entry.student, "entry": _identity(entry)},
            )
            self.book.db.commit()

    def _submission(self, entry: Entry) -> api.SubmittedAssignment:
        """The row of a submission; a new one gets all that nbgrader gives it, but is not yet committed."""
        session = self.book.db
        assignment = self.book.find_assignment(entry.exercise)
        with session.no_autoflush:
            known = session.query(api.SubmittedAssignment).filter_by(
                assignment_id=assignment.id, student_id=entry.student
            )
            if submission := known.one_or_none():
                return submission
            student = session.get(api.Student, entry.student) or api.Student(id=entry.student)
            submission = api.SubmittedAssignment(assignment=assignment, student=student)
            [notebook] = assignment.notebooks
            submitted = api.SubmittedNotebook(notebook=notebook, assignment=submission)
            for cell in notebook.grade_cells:
                api.Grade(cell=cell, notebook=submitted)
            for cell in notebook.solution_cells:
                api.Comment(cell=cell, notebook=submitted)
            session.add(submission)
        session.flush()
        return submission

    @contextlib.contextmanager
    def _faults(self):
        try:
            yield
        except SQLAlchemyError as error:
            if hasattr(self, "book"):
                self.book.db.rollback()
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            raise GradebookFault(
                f"{self.file}: {reason}. The marks are in the ledger; the next run writes them once this is mended."
            ) from None


def _create(file: Path) -> None:
    """A new database under another name, which becomes the file's when it is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{path}"  # nbgrader calls `alembic`
    try:
        api.Gradebook(_url(unfinished)).close()
        unfinished.replace(file)
    finally:
        os.environ["PATH"] = path
        unfinished.unlink(missing_ok=True)


def _url(file: Path) -> str:
    return f"sqlite:///{file.resolve()}"


def _identity(entry: Entry) -> str:
    return joint_digest(entry.key, entry.digest, repr(entry.marked), entry.fault)


def write_graded(entry: Entry, notebook: Path, file: Path) -> None:
    """The graded notebook that formgrader shows: the exercise, the answers, and what each check said.

    Nothing a student wrote is active in it: answers in words are shown as they were typed, since HTML, a link or a
    formula can run a script in the page of the instructor who reads it.

    Args:
        entry: of the submission.
        notebook: the instructor's.
        file: such as `autograded/ada/05_lstm_gates/05_lstm_gates.ipynb`.
    """
    graded = nbformat.read(notebook, as_version=4)
    marks = {mark.id: mark for mark in entry.marked.marks} if entry.marked else {}
    for cell in graded.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
        if cell.id in entry.answers:
            answer = entry.answers[cell.id]
            cell.source = answer if cell.cell_type == "code" else _as_typed(answer)
            if cell.cell_type == "code" and entry.marked:
                _say(cell, entry.marked.printed.get(cell.id, ""), entry.marked.errors.get(cell.id, ""))
        if cell.id in marks and cell.cell_type == "code":
            _say(cell, marks[cell.id].printed, marks[cell.id].message)
    write_text(file, nbformat.writes(graded) + "\n")


def _as_typed(text: str) -> str:
    """Markdown that shows a text letter by letter, in lines that a page has room for."""
    lines = [line for long in text.splitlines() for line in textwrap.wrap(long, 100) or [""]]
    fence = "~" * (3 + max(map(len, re.findall("~+", text)), default=0))
    return "\n".join([f"{fence}text", *lines, fence])


def _say(cell, printed: str, message: str) -> None:
    if printed:
        cell.outputs.append(nbformat.v4.new_output("stream", name="stdout", text=printed))
    if message:
        cell.outputs.append(nbformat.v4.new_output("error", ename="", evalue=message, traceback=[message]))
