import nbformat
import pytest

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
