"""The instructor's notebook as grading sees it: which cells are given, answered, checked, or read by a person."""

import ast
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HIDDEN = re.compile(r"^[^\n]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*\n?", re.MULTILINE | re.DOTALL)

Role = Literal["text", "given", "answer", "check", "essay"]


@dataclass(frozen=True)
class Cell:
    """One cell of the instructor's notebook.

    Attributes:
        id: name of the cell, the same in the notebook and in nbgrader's metadata.
        role: "text" is read, "given" is code that everybody runs, "answer" is code the student writes, "check" tests
            it, "essay" is an answer that a person reads.
        source: the instructor's text, with solution and hidden tests.
        points: 0 where nothing is marked.
        code: whether it is a code cell.
    """

    id: str
    role: Role
    source: str
    points: float
    code: bool

    @property
    def names(self) -> frozenset[str]:
        """Names that the instructor's answer binds at its top level: all that a check may ask the student for.

        >>> sorted(Cell("a", "answer", "import math as m\\nx, y = 1, 2\\ndef f(): z = 3", 0, True).names)
        ['f', 'm', 'x', 'y']
        """
        return bound_names(self.source) if self.role == "answer" and self.code else frozenset()

    @property
    def uses(self) -> frozenset[str]:
        """Names that the cell reads anywhere; none if it is no code."""
        nodes = ast.walk(ast.parse(self.source)) if self.code else ()
        return frozenset(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))

    @property
    def released(self) -> str:
        """The text as the student got it: without hidden tests."""
        return HIDDEN.sub("", self.source).strip()


@dataclass(frozen=True)
class Exercise:
    """An exercise to grade: its cells in order, and a digest that changes when any byte of the notebook does."""

    name: str
    cells: tuple[Cell, ...]
    digest: str

    @property
    def modules(self) -> tuple[str, ...]:
        """What its given code imports, by name."""
        names = {"numpy"}
        for cell in self.cells:
            for node in ast.walk(ast.parse(cell.source)) if cell.role == "given" else ():
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module)
        return tuple(sorted(names))

    @property
    def marked(self) -> tuple[Cell, ...]:
        """The cells that carry points, in order."""
        return tuple(cell for cell in self.cells if cell.role in ("check", "essay"))


def bound_names(source: str) -> frozenset[str]:
    """Names a piece of Python binds at its top level; none if it is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name.split(".")[0] for alias in statement.names}
        else:
            names |= {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return frozenset(names)


def load_exercise(notebook: Path) -> Exercise:
    """Read the instructor's notebook, such as `solutions/05_lstm_gates/05_lstm_gates.ipynb`.

    Raises:
        ValueError: a cell is no cell of this course: without an id, or under another name in nbgrader's metadata, or
            twice, or an nbgrader "task" cell, which lets students add cells that no program can find again.
    """
    content = notebook.read_bytes()
    cells = []
    for cell in json.loads(content)["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        name = cell.get("id")
        if not name or marks.get("grade_id", name) != name:
            raise ValueError(f"{notebook.name}: expected cell id and grade_id to be one, got {name!r} and {marks}")
        if name in {known.id for known in cells}:
            raise ValueError(f"{notebook.name}: expected each cell id once, got {name!r} twice")
        if marks.get("task"):
            raise ValueError(f"{notebook.name}: {name!r} is a task cell; use a solution cell that is graded by hand")
        code = cell["cell_type"] == "code"
        if marks.get("solution"):
            role = "essay" if marks.get("grade") else "answer"
        elif marks.get("grade"):
            role = "check"
        else:
            role = "given" if code else "text"
        points = float(marks["points"]) if marks.get("grade") else 0.0
        cells.append(Cell(name, role, "".join(cell["source"]), points, code))
    return Exercise(notebook.stem, tuple(cells), hashlib.sha256(content).hexdigest())
