"""Exercises are what solutions generate; checks accept the solution, fail by name on the stub, reject wrong answers."""

import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NAMES = sorted(folder.name for folder in (ROOT / "solutions").iterdir() if folder.is_dir())
SOLUTIONS = {name: nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4) for name in NAMES}
EXERCISES = {name: nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4) for name in NAMES}
WRONG_ANSWERS = {
    name: tomllib.loads((ROOT / "tests" / "exercises" / f"{name}.toml").read_text(encoding="utf-8")) for name in NAMES
}
HINT = re.compile(r"^\s*([a-z ]+): .+ Hint: .+[.?]\s*$", re.MULTILINE)


def nbgrader(cell) -> dict:
    return cell.metadata.get("nbgrader", {})


def tasks(notebook) -> dict:
    """The check cell of each code task, by the id of its solution cell: the check follows the solution."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    pairs = itertools.pairwise(code)
    return {cell.id: check for cell, check in pairs if nbgrader(cell).get("solution") and nbgrader(check).get("grade")}


def failures(notebook, answers=()) -> dict[str, Exception]:
    """Run the code cells in order, some replaced by other answers; the error of each cell that raised one."""
    names, errors = {}, {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            try:
                exec(compile(dict(answers).get(cell.id, cell.source), cell.id, "exec"), names)
            except Exception as error:
                errors[cell.id] = error
    return errors


def wrong_answers():
    return [
        pytest.param(name, task, wrong, id=f"{name[:2]}: {task}: {wrong['mistake']}")
        for name, by_task in WRONG_ANSWERS.items()
        for task, answers in by_task.items()
        for wrong in answers
    ]


def test_exercises_are_what_the_solutions_generate(tmp_path):
    for name in NAMES:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--no-db"]
        options = [f"--CourseDirectory.release_directory={tmp_path}", "--log-level=ERROR"]
        subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)
    generated = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    released = {
        path.relative_to(ROOT / "exercises"): path.read_bytes()
        for path in (ROOT / "exercises").rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    assert sorted(generated) == sorted(released)
    for path, content in generated.items():
        assert content == released[path], f"{path}: run `nbgrader generate_assignment {path.parent} --no-db --force`"


@pytest.mark.parametrize("name", NAMES)
def test_solution_passes_every_check(name):
    assert failures(SOLUTIONS[name]) == {}


@pytest.mark.parametrize("name", NAMES)
def test_empty_exercise_fails_by_name_in_every_check(name):
    errors = failures(EXERCISES[name])
    for task, check in tasks(EXERCISES[name]).items():
        function = re.search(r"^def (\w+)", next(c.source for c in EXERCISES[name].cells if c.id == task), re.MULTILINE)
        assert isinstance(errors[check.id], NotImplementedError)
        assert str(errors[check.id]) == f"Exercise {name[:2]}: write {function[1]}"


@pytest.mark.parametrize(("name", "task", "wrong"), wrong_answers())
def test_wrong_answer_is_rejected_with_the_hint_on_its_property(name, task, wrong):
    errors = failures(SOLUTIONS[name], {task: wrong["answer"]})
    check = tasks(SOLUTIONS[name])[task]
    assert set(errors) == {check.id}, "its own check rejects it, and no other check does"
    [error] = errors.values()
    assert isinstance(error, AssertionError)
    hint = HINT.search(str(error))
    assert hint, f"the message names no property or gives no hint: {error}"
    assert hint[1] == wrong["property"]


@pytest.mark.parametrize("name", NAMES)
def test_every_code_task_is_tried_with_four_wrong_answers_or_more(name):
    assert {task: len(WRONG_ANSWERS[name].get(task, [])) >= 4 for task in tasks(SOLUTIONS[name])} == dict.fromkeys(
        tasks(SOLUTIONS[name]), True
    )


@pytest.mark.parametrize("name", NAMES)
def test_released_exercise_holds_no_line_of_a_solution_or_hidden_check(name):
    released = {line.strip() for cell in EXERCISES[name].cells for line in cell.source.split("\n")}
    for cell in SOLUTIONS[name].cells:
        secret = re.findall(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", cell.source, re.DOTALL)
        secret += re.findall(r"=== BEGIN MARK SCHEME ===\n(.*?)=== END", cell.source, re.DOTALL)
        shown = re.sub(r"### BEGIN.*?### END[^\n]*", "", cell.source, flags=re.DOTALL)
        lines = {line.strip() for block in secret for line in block.split("\n") if len(line.strip()) > 8}
        assert not (lines - {line.strip() for line in shown.split("\n")}) & released, cell.id


@pytest.mark.parametrize("name", NAMES)
def test_exercise_has_points_hidden_checks_and_a_task_for_a_reader(name):
    checks = tasks(SOLUTIONS[name]).values()
    assert all("### BEGIN HIDDEN TESTS" in check.source for check in checks)
    graded = [cell for cell in SOLUTIONS[name].cells if nbgrader(cell).get("grade")]
    assert all(nbgrader(cell)["points"] > 0 for cell in graded)
    assert any(cell.cell_type == "markdown" for cell in graded)
    total = sum(nbgrader(cell)["points"] for cell in graded)
    assert f"{total} points" in SOLUTIONS[name].cells[0].source
