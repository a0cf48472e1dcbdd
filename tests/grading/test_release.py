import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.grading.gradebook import Gradebook
from course.grading.release import NamedStubs

MARKED = 'def {name}(x):\n    """Double it."""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION'


def cleared(*sources, cell_type="code"):
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[cell_type]
    metadata = {"nbgrader": {"solution": True, "grade": False, "locked": False, "schema_version": 3, "grade_id": "a"}}
    notebook = nbformat.v4.new_notebook(
        cells=[new(source, id=f"answer-{number}", metadata=metadata) for number, source in enumerate(sources)]
    )
    notebook.metadata["kernelspec"] = {"language": "python", "name": "python3", "display_name": "Python 3"}
    notebook.metadata["course"] = {"digest": "of the outputs"}
    notebook, _ = NamedStubs().preprocess(notebook, {"nbgrader": {"assignment": "05_lstm_gates"}})
    return notebook


def test_each_stub_names_its_exercise_and_its_function():
    cells = cleared(MARKED.format(name="double"), MARKED.format(name="twice")).cells
    assert [cell.source.split("\n")[-1] for cell in cells] == [
        '    raise NotImplementedError("Exercise 05: write double")',
        '    raise NotImplementedError("Exercise 05: write twice")',
    ]


def test_stub_outside_a_function_names_its_cell():
    [cell] = cleared("### BEGIN SOLUTION\nhalf = 0.5\n### END SOLUTION").cells
    assert cell.source == 'raise NotImplementedError("Exercise 05: write answer-0")'


def test_written_answer_becomes_a_place_to_write():
    [cell] = cleared("(a) Because it adds.", cell_type="markdown").cells
    assert cell.source == "*Exercise 05: write your answer here.*"


def test_digest_of_cleared_outputs_is_dropped():
    assert "course" not in cleared(MARKED.format(name="double")).metadata


def test_solution_without_an_end_is_an_error():
    with pytest.raises(RuntimeError, match="no end solution"):
        cleared("### BEGIN SOLUTION\nhalf = 0.5")


def test_nbgraders_own_autograde_refuses_before_the_first_cell(tmp_path):
    root, name = Path(__file__).parents[2], "05_lstm_gates"
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    shutil.copytree(root / "solutions" / name, tmp_path / "solutions" / name)
    submitted = tmp_path / "submitted" / "eve" / name / f"{name}.ipynb"
    shutil.copytree(root / "solutions" / name, submitted.parent)
    notebook = nbformat.read(submitted, as_version=4)
    ran = tmp_path / "ran"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = f"open({str(ran)!r}, 'w')"
    nbformat.write(notebook, submitted)
    with Gradebook(tmp_path / "gradebook.db") as gradebook:
        gradebook.register(tmp_path / "solutions" / name / f"{name}.ipynb")
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {"PYTHONPATH": str(root), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "autograde", name, "--create"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert "expected `python -m course grade 05`" in done.stderr
    assert done.returncode != 0
    assert not ran.exists()
