"""Read a notebook that a student handed in as what it is: bytes from a stranger; and rebuild the exercise around it.

Nothing of the submission is taken over but the text of its answers (and of cells the student added, which run where the
answers run). Checks, given code, points and metadata are always the instructor's.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.grading.exercise import Cell, Exercise

MOST_BYTES = 16 * 2**20  # a notebook with fifty figures has three million
MOST_CELLS = 2_000
MOST_CHARACTERS = 200_000  # in one cell; 4 000 lines
STUB = re.compile(r'raise NotImplementedError\("Exercise \d+: |^\*Exercise \d+: write your answer here\.\*$')


class Unreadable(Exception):
    """What was handed in is no notebook; the message is for the student."""


@dataclass(frozen=True)
class Step:
    """Code that runs in the sandbox: given by the instructor, an answer, or added by the student.

    Attributes:
        id: of the cell.
        source: its text.
        place: id of the instructor's cell where it runs; an added one runs behind it, or first of all if None.
        added: whether the student added it.
    """

    id: str
    source: str
    place: str | None
    added: bool = False


@dataclass(frozen=True)
class Submission:
    """The exercise with one student's answers.

    Attributes:
        answers: text of each answer by the id of its cell; empty where there was none.
        steps: all code that runs in the sandbox, in order. No check is among it.
        flags: what was put right, each a sentence for the instructor.
        digest: SHA-256 of what was handed in.
    """

    answers: Mapping[str, str]
    steps: tuple[Step, ...]
    flags: tuple[str, ...]
    digest: str


def read_submission(file: Path) -> bytes:
    """The bytes of a regular file of a decent size, opened without following a link or waiting for a device.

    Raises:
        Unreadable: a link, a folder, a pipe, a device, too large, or not there.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Unreadable(f"{file.name} cannot be opened: {error.strerror}. Links are not followed.") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(f"{file.name} is not a regular file.")
        with open(descriptor, "rb", closefd=False) as stream:
            content = stream.read(MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"{file.name} has {max(status.st_size, len(content)):,} bytes; at most {MOST_BYTES:,} are read. "
            "Hint: clear the outputs and save again."
        )
    return content


@dataclass(frozen=True)
class _Found:
    """A cell of the submission: its text and the names it goes by."""

    id: str | None
    grade_id: str | None
    code: bool
    text: str
    order: int = field(compare=False)


def rebuild(exercise: Exercise, content: bytes) -> Submission:
    """Put a student's answers into the instructor's exercise.

    An answer is found by its cell id, else by nbgrader's name for it (some editors rewrite ids), else by the function
    it has to define. Of doubled cells the one that is written in counts; of several such, the last.

    Args:
        exercise: the instructor's.
        content: the bytes handed in.

    Raises:
        Unreadable: the bytes are no notebook of format 4.
    """
    found = _cells(content)
    known = {cell.id: cell for cell in exercise.cells}
    flags, chosen = [], {}
    for cell in exercise.cells:
        if cell.role == "text":
            continue
        candidates = [one for one in found if cell.id in (one.id, one.grade_id)]
        if len(candidates) > 1:
            flags.append(f"{cell.id}: {len(candidates)} cells with this name; the last one written in counts")
        if not candidates and cell.role == "answer":
            candidates = [one for one in found if _known_name(one, known) is None and _defines(one.text, cell.names)]
            if candidates:
                flags.append(f"{cell.id}: the cell was gone; an answer was found in another cell by its name")
        if not candidates:
            flags.append(f"{cell.id}: the cell is missing")
            continue
        best = max(candidates, key=lambda one: (not STUB.search(one.text), bool(one.text.strip()), one.order))
        chosen[cell.id] = best
        if best.code != cell.code:
            flags.append(f"{cell.id}: the type of the cell was changed")
        if cell.role in ("given", "check") and best.text.strip() not in (cell.source.strip(), cell.released):
            flags.append(f"{cell.id}: the cell was edited; the instructor's was used")
    answers = {
        cell.id: chosen[cell.id].text if cell.id in chosen else ""
        for cell in exercise.cells
        if cell.role in ("answer", "essay")
    }
    steps = _steps(exercise, found, chosen, answers)
    added = sum(step.added for step in steps)
    if added:
        flags.append(f"{added} cell{'s' * (added > 1)} of the student's own ran beside the answers")
    return Submission(answers, steps, tuple(flags), hashlib.sha256(content).hexdigest())


def _defines(text: str, names: frozenset[str]) -> bool:
    """Whether a student's text looks as if it defined all of these; read as text, since parsing can be attacked."""
    definition = r"^(?:async\s+)?(?:def|class)\s+{0}\b|^{0}\s*(?::[^=\n]*)?=(?!=)"
    return bool(names) and all(re.search(definition.format(re.escape(name)), text, re.MULTILINE) for name in names)


def _steps(
    exercise: Exercise, found: list[_Found], chosen: Mapping[str, _Found], answers: Mapping[str, str]
) -> tuple[Step, ...]:
    """Given code, answers and added cells, each added cell after the known cell that it followed."""
    known = {cell.id: cell for cell in exercise.cells}
    taken = {one.order for one in chosen.values()}
    after: dict[str | None, list[Step]] = {}
    place = None
    for one in found:
        name = _known_name(one, known)
        if name is None:
            added = one.order not in taken
        else:
            place = name  # an import added to a given cell is the student's own code like any other
            added = known[name].role == "given" and one.text.strip() != known[name].source.strip()
        if one.code and added:
            after.setdefault(place, []).append(Step(f"added-{one.order}", one.text, place, added=True))
    steps = after.pop(None, [])
    for cell in exercise.cells:
        if cell.code and cell.role != "check":
            steps.append(Step(cell.id, answers.get(cell.id, cell.source), cell.id))
        steps += after.get(cell.id, [])
    return tuple(steps)


def _known_name(one: _Found, known: Mapping[str, Cell]) -> str | None:
    return next((name for name in (one.id, one.grade_id) if name in known), None)


def _cells(content: bytes) -> list[_Found]:
    """The cells of a notebook, everything in it checked for its type."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "no JSON in UTF-8"
        raise Unreadable(f"The file is no notebook: {reason}. Hint: hand in the .ipynb file itself.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("The file is no notebook of format 4: it has no list of cells. Hint: save it with JupyterLab.")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(cells):,} cells; at most {MOST_CELLS:,} are read.")
    return [_cell(cell, order) for order, cell in enumerate(cells) if isinstance(cell, dict)]


def _cell(cell: dict, order: int) -> _Found:
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    source = source[: MOST_CHARACTERS + 1]
    if len(source) > MOST_CHARACTERS:
        raise Unreadable(f"Cell {order + 1} has more than {MOST_CHARACTERS:,} characters.")
    marks = cell.get("metadata")
    marks = marks.get("nbgrader") if isinstance(marks, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    return _Found(
        id=name if isinstance(name := cell.get("id"), str) else None,
        grade_id=grade_id if isinstance(grade_id, str) else None,
        code=cell.get("cell_type") == "code",
        text=source.encode("utf-8", "replace").decode(),  # half a surrogate pair is a question mark
        order=order,
    )
