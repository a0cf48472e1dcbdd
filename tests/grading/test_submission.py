"""A submission is bytes from a stranger: only the text of its answers is taken over, whatever else was done to it."""

import json
import os

import pytest

from course.grading import submission
from course.grading.exercise import Cell, Exercise, load_exercise
from course.grading.submission import Step, Unreadable, read_submission, rebuild

GIVEN = Cell("setup", "given", "import math", 0, True)
ANSWER = Cell("double", "answer", "def double(x):\n    return 2 * x", 0, True)
CHECK = Cell(
    "check",
    "check",
    "assert double(1) == 2\n### BEGIN HIDDEN TESTS\nassert double(4) == 8\n### END HIDDEN TESTS",
    5,
    True,
)
ESSAY = Cell("explain", "essay", "Because it adds.", 4, False)
EXERCISE = Exercise("e", (Cell("intro", "text", "# E", 0, False), GIVEN, ANSWER, CHECK, ESSAY), "digest")
MINE = "def double(x):\n    return x + x"
STUB = 'def double(x):\n    raise NotImplementedError("Exercise 05: write double")'


def cell(name, source, kind="code", grade_id=None):
    metadata = {"nbgrader": {"grade_id": grade_id or name}} if grade_id is not False else {}
    return {"id": name, "cell_type": kind, "metadata": metadata, "source": source, "outputs": []}


HONEST = [
    cell("intro", "# E", "markdown"),
    cell("setup", "import math"),
    cell("double", MINE),
    cell("check", "assert double(1) == 2"),
    cell("explain", ["It is\n", "so."], "markdown"),
]
STEPS = (Step("setup", "import math", "setup"), Step("double", MINE, "double"))


def rebuilt(cells):
    return rebuild(EXERCISE, json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode())


def changed(name, **changes):
    return [dict(one, **changes) if one["id"] == name else one for one in HONEST]


def test_honest_submission_is_its_answers_without_a_flag():
    result = rebuilt(HONEST)
    assert (result.answers, result.steps, result.flags) == ({"double": MINE, "explain": "It is\nso."}, STEPS, ())


def test_no_check_ever_runs_where_the_answers_run():
    assert all("assert" not in step.source for step in rebuilt(HONEST).steps)


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        pytest.param([c for c in HONEST if c["id"] != "check"], "check: the cell is missing", id="deleted check"),
        pytest.param(changed("check", source="pass"), "check: the cell was edited", id="edited check"),
        pytest.param(changed("double", cell_type="markdown"), "type of the cell was changed", id="retyped answer"),
        pytest.param(HONEST + [HONEST[3]], "2 cells with this name", id="doubled check"),
        pytest.param(HONEST + [cell("double", STUB)], "2 cells with this name", id="stub copied behind the answer"),
        pytest.param(
            [HONEST[1], cell("copy", "nothing", grade_id="double"), *HONEST[2:]], "2 cells", id="copied in JupyterLab"
        ),
    ],
)
def test_answer_counts_and_is_flagged_when_its_notebook_was(cells, flag):
    result = rebuilt(cells)
    assert result.answers["double"] == MINE
    assert result.steps == STEPS
    assert any(flag in one for one in result.flags)


def test_answer_is_found_by_nbgraders_name_when_the_editor_rewrote_the_ids():
    renamed = [dict(one, id=f"x{number}") for number, one in enumerate(HONEST)]
    assert (rebuilt(renamed).answers, rebuilt(renamed).flags) == (rebuilt(HONEST).answers, ())


def test_answer_is_found_by_its_function_when_the_cell_was_made_anew():
    result = rebuilt([HONEST[0], HONEST[1], cell("fresh", MINE, grade_id=False), *HONEST[3:]])
    assert result.steps == STEPS
    assert any("found in another cell" in flag for flag in result.flags)


def test_missing_answer_is_empty_and_not_the_instructors():
    result = rebuilt([HONEST[0]])
    assert result.answers == {"double": "", "explain": ""}
    assert Step("double", "", "double") in result.steps


def test_added_cell_runs_where_the_student_put_it():
    result = rebuilt([*HONEST[:2], cell("helper", "two = 2", grade_id=False), *HONEST[2:]])
    assert result.steps == (STEPS[0], Step("added-2", "two = 2", "setup", added=True), STEPS[1])


def test_import_added_to_a_given_cell_runs_after_the_instructors():
    result = rebuilt(changed("setup", source="import math\nimport itertools"))
    assert [step.source for step in result.steps] == ["import math", "import math\nimport itertools", MINE]
    assert any("setup: the cell was edited" in flag for flag in result.flags)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x80\x00PK", id="no text"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"cells": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, id="deep and closed"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"worksheets": []}', id="format 3"),
        pytest.param(b'{"cells": {"0": 1}}', id="cells no list"),
        pytest.param(b'{"cells": [' + b"0," * 3000 + b"0]}", id="too many cells"),
        pytest.param(b'{"n": 1' + b"0" * 10_000 + b', "cells": []}', id="endless number"),
        pytest.param(json.dumps({"cells": [cell("double", "x" * 300_000)]}).encode(), id="endless cell"),
    ],
)
def test_what_is_no_notebook_is_said_to_the_student(content):
    with pytest.raises(Unreadable, match=r"\."):
        rebuild(EXERCISE, content)


@pytest.mark.parametrize(
    "strange",
    [
        7,
        {"id": 3, "cell_type": [], "metadata": "no", "source": {"a": 1}},
        {"id": ["double"], "metadata": {"nbgrader": {"grade_id": {"x": 1}}}, "source": [1, None, "ok"]},
        {"id": "double", "metadata": {"nbgrader": 5}, "source": None},
        {"id": "other", "cell_type": "code", "source": "\ud800"},
    ],
)
def test_cell_of_foreign_shape_harms_no_other(strange):
    assert rebuilt([strange, *HONEST]).answers["double"] == MINE


def test_link_pipe_folder_and_giant_are_not_read(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("the solution")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    with open(tmp_path / "giant.ipynb", "wb") as stream:
        stream.truncate(submission.MOST_BYTES + 1)
    for name in ("link", "pipe", "folder", "giant", "nowhere"):
        with pytest.raises(Unreadable, match=f"{name}.ipynb"):
            read_submission(tmp_path / f"{name}.ipynb")


def test_regular_file_is_read_as_it_is(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"\x00\xff")
    assert read_submission(tmp_path / "a.ipynb") == b"\x00\xff"


def notebook(tmp_path, **marks):
    cells = [
        {"id": "a", "cell_type": "code", "source": ["x = 1"], "metadata": {"nbgrader": {"grade_id": "a", **marks}}}
    ]
    (tmp_path / "e.ipynb").write_text(json.dumps({"cells": cells}))
    return tmp_path / "e.ipynb"


@pytest.mark.parametrize(
    ("marks", "role"),
    [
        ({}, "given"),
        ({"solution": True}, "answer"),
        ({"grade": True, "points": 5}, "check"),
        ({"grade": True, "solution": True, "points": 5}, "essay"),
    ],
)
def test_roles_come_from_nbgraders_metadata(tmp_path, marks, role):
    [one] = load_exercise(notebook(tmp_path, **marks)).cells
    assert (one.role, one.points) == (role, marks.get("points", 0))


@pytest.mark.parametrize("marks", [{"task": True}, {"grade_id": "b"}])
def test_exercise_with_a_cell_that_no_submission_can_match_is_refused(tmp_path, marks):
    with pytest.raises(ValueError, match="'a'"):
        load_exercise(notebook(tmp_path, **marks))
