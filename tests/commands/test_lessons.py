"""A lesson is run in a fresh kernel, stored in one normal form or not at all, and sealed by its digest."""

import copy

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from course.commands import lessons
from course.commands.lessons import LessonError

CODE, MARKDOWN = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
GOOD = (
    MARKDOWN("# A lesson", id="title"),
    CODE("import os, warnings\nprint(os.environ['COURSE_STATIC'])\nprint(os.path.basename(os.getcwd()))", id="where"),
    CODE("", id="empty", metadata={"execution": {"iopub.status.busy": "2026-11-21T08:00:00Z"}}),
    CODE("from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))\n6 * 7", id="answer"),
)


@pytest.fixture
def lesson(tmp_path):
    """Writes a notebook of the given cells into a folder `notebooks`; its path."""

    def write(*cells, **metadata):
        path = tmp_path / "notebooks" / "05_tiny.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=list(copy.deepcopy(cells)), metadata=metadata), path)
        return path

    return write


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A stored lesson, run once for the tests that only read it: its path, and the notebook `store` returned."""
    path = tmp_path_factory.mktemp("stored") / "notebooks" / "05_tiny.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=list(copy.deepcopy(GOOD)), metadata={"widgets": {"a": 1}}), path)
    seen = []
    notebook = lessons.store(path, lambda index, cell, seconds: seen.append((index, cell.id, seconds)))
    return path, notebook, seen


# ---- storing


def test_a_stored_lesson_holds_what_a_reader_would_see(stored):
    notebook = nbformat.read(stored[0], as_version=4)
    nbformat.validate(notebook)
    where, empty, answer = notebook.cells[1:]
    assert where.outputs == [{"output_type": "stream", "name": "stdout", "text": "1\nnotebooks\n"}]
    assert not empty.outputs
    assert [output.output_type for output in answer.outputs] == ["display_data", "execute_result"]
    assert answer.outputs[1].data["text/plain"] == "42"


def test_a_stored_lesson_keeps_nothing_that_changes_from_run_to_run(stored):
    notebook = nbformat.read(stored[0], as_version=4)
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, None, 2]
    assert notebook.cells[3].outputs[1].execution_count == 2
    assert not any("execution" in cell.metadata for cell in notebook.cells)
    assert notebook.metadata == {
        "kernelspec": lessons.KERNEL,
        "language_info": {"name": "python"},
        "course": {"digest": lessons.digest(notebook)},
    }
    assert stored[0].read_bytes().endswith(b"}\n")
    assert list(stored[0].parent.iterdir()) == [stored[0]]  # no half-written file beside it


def test_printed_text_is_one_piece_but_keeps_its_place_among_figures():
    def printed(text):
        return nbformat.v4.new_output("stream", text=text)

    figure = nbformat.v4.new_output("display_data", data={"text/html": "<figure>"})
    cell = CODE("x", id="cell", outputs=[printed("a"), printed("b"), figure, printed("c")])
    notebook = lessons.normalise(nbformat.v4.new_notebook(cells=[cell]))
    assert notebook.cells[0].outputs == [printed("ab"), figure, printed("c")]


def test_what_store_returns_is_what_it_wrote(stored):
    assert stored[1] == nbformat.read(stored[0], as_version=4)


def test_each_executed_cell_is_reported_with_its_seconds(stored):
    assert [(index, name) for index, name, _ in stored[2]] == [(1, "where"), (3, "answer")]
    assert all(0 < seconds < 60 for *_, seconds in stored[2])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "a cell raised an exception\n.*ZeroDivisionError"),
        ("import sys; print('pink', file=sys.stderr)", "cell bad: writes to stderr: pink"),
        ("import os; print(os.path.expanduser('~/x'))", "cell bad: prints a path of this machine"),
    ],
)
def test_a_lesson_that_goes_wrong_leaves_the_old_file(lesson, source, said):
    path = lesson(CODE(source, id="bad", outputs=[], execution_count=7))
    before = path.read_bytes()
    with pytest.raises(LessonError, match=f"(?s){said}"):
        lessons.store(path)
    assert path.read_bytes() == before


def test_an_edit_made_while_the_lesson_ran_is_not_lost(lesson, monkeypatch):
    path = lesson(*GOOD)

    def edited_meanwhile(path, *_):
        path.write_text("edited")
        return nbformat.v4.new_notebook()

    monkeypatch.setattr(lessons, "execute", edited_meanwhile)
    with pytest.raises(LessonError, match="it was edited while it ran"):
        lessons.store(path)
    assert path.read_text() == "edited"


# ---- hangs


class _Client:
    """Stands in for nbclient's: raises the faults of a list one after the other, then runs to the end."""

    def __init__(self, faults):
        self.faults = faults
        self.runs = 0

    def __call__(self, notebook, **options):
        return self

    def execute(self, env):
        self.runs += 1
        if self.faults:
            raise self.faults.pop(0)


@pytest.mark.parametrize(
    "fault", [CellTimeoutError("300 s"), DeadKernelError("died"), RuntimeError("Kernel didn't respond in 60 seconds")]
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_lesson_whose_kernel_hangs_gets_one_more_try(lesson, monkeypatch, fault, times):
    client = _Client([fault] * times)
    monkeypatch.setattr(lessons, "NotebookClient", client)
    if times == 1:
        lessons.execute(lesson(*GOOD))
    else:
        with pytest.raises(LessonError, match="hung or died twice"):
            lessons.execute(lesson(*GOOD))
    assert client.runs == 2


def test_a_cell_without_an_end_is_stopped(lesson):
    path = lesson(CODE("import time\ntime.sleep(60)", id="endless"))
    with pytest.raises(LessonError, match="hung or died twice"):
        lessons.execute(path, cell_timeout=1)


# ---- faults and digest


def _with_output(**output):
    return nbformat.v4.new_notebook(cells=[CODE("x", id="cell", outputs=[nbformat.v4.new_output(**output)])])


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ({"output_type": "stream", "name": "stderr", "text": "pink"}, "writes to stderr: pink"),
        ({"output_type": "error", "ename": "KeyError", "evalue": "'a'", "traceback": []}, "an error, KeyError: 'a'"),
        ({"output_type": "display_data", "data": {lessons.WIDGET_VIEW: {}}}, "shows a live widget"),
        ({"output_type": "stream", "name": "stdout", "text": f"in {lessons.REPOSITORY}/a"}, "prints a path"),
    ],
)
def test_outputs_that_must_not_be_stored_are_named(output, said):
    assert [said in fault for fault in lessons.faults(_with_output(**output))] == [True]


def test_harmless_outputs_have_no_fault():
    text = f"see docs{lessons.Path.home()}/x and notebooks/05"  # part of a longer name: no path of this machine
    assert lessons.faults(_with_output(output_type="stream", name="stdout", text=text)) == []


def _edit(cell, **new):
    for name, value in new.items():
        cell[name] = value


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: _edit(cells[1], source="print(1)"),
        lambda cells: _edit(cells[0], source="# Another title"),
        lambda cells: _edit(cells[1], id="elsewhere"),
        lambda cells: _edit(cells[1].metadata, tags=["nbval-ignore-output"]),
        lambda cells: cells[1].outputs.clear(),
        lambda cells: _edit(cells[1].outputs[0], text="2\n"),
        lambda cells: cells.pop(2),
        lambda cells: cells.reverse(),
        lambda cells: _edit(cells[0], cell_type="raw"),
    ],
)
def test_the_digest_changes_with_every_edit(stored, change):
    notebook = copy.deepcopy(stored[1])
    change(notebook.cells)
    assert lessons.digest(notebook) != lessons.digest(stored[1])


def test_the_digest_does_not_depend_on_the_order_of_keys_or_on_counts(stored):
    notebook = copy.deepcopy(stored[1])
    for cell in notebook.cells[1:]:
        cell.outputs = [nbformat.from_dict(dict(reversed(output.items()))) for output in cell.outputs]
    notebook.metadata.clear()
    assert lessons.digest(notebook) == lessons.digest(stored[1])


def test_lessons_are_listed_in_order():
    names = [path.name for path in lessons.lesson_paths()]
    assert names == sorted(names)
    assert all(path.parent == lessons.REPOSITORY / "notebooks" for path in lessons.lesson_paths())
