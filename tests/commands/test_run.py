"""`run` finds the lessons meant, executes them, and writes HTML."""

from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course.commands import lessons, run

PATHS = [Path("notebooks") / f"{stem}.ipynb" for stem in ("00_start_here", "05_lstm_gates", "12_translator")]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Two lessons that need no kernel: `execute` returns them with an output; the second fails if told to."""
    for stem in ("01_one", "02_two"):
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="cell")]), tmp_path / f"{stem}.ipynb"
        )
    monkeypatch.setattr(run, "HTML", tmp_path / "html")
    monkeypatch.setattr(lessons, "lesson_paths", lambda: sorted(tmp_path.glob("*.ipynb")))
    output = {"output_type": "stream", "name": "stdout", "text": "printed"}
    state = SimpleNamespace(folder=tmp_path, output=output, raises={}, stored=[])

    def execute(path, on_cell):
        if path.stem in state.raises:
            raise state.raises[path.stem]
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[0].outputs = [nbformat.from_dict(state.output)]
        on_cell(0, notebook.cells[0], 0.1)
        return notebook

    monkeypatch.setattr(lessons, "execute", execute)
    monkeypatch.setattr(
        lessons, "store", lambda path, on_cell: state.stored.append(path.stem) or execute(path, on_cell)
    )
    return state


def _run(*names, store=False):
    return run.main(SimpleNamespace(lessons=list(names), store=store))


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["05"], [1]),
        (["5"], [1]),
        (["05_lstm_gates"], [1]),
        (["12", "0"], [0, 2]),
        (["all", "05"], [0, 1, 2]),
    ],
)
def test_lessons_are_found_by_number_and_name_once_and_in_order(names, meant):
    assert run.lessons_named(names, PATHS) == [PATHS[index] for index in meant]


def test_a_path_is_a_lesson_too(tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_text("{}")
    assert run.lessons_named([str(path)], PATHS) == [path]


def test_an_unknown_lesson_says_which_there_are(course, capsys):
    assert _run("99") == 2
    assert "There is no lesson `99`. The lessons are: 01_one, 02_two." in capsys.readouterr().err


def test_each_lesson_is_written_as_a_page_and_timed(course, capsys):
    assert _run("all") == 0
    assert "printed" in (course.folder / "html" / "01_one.html").read_text(encoding="utf-8")
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[1:3] for line in shown] == [["s", "01_one"], ["s", "02_two"]]
    assert course.stored == []


def test_store_is_asked_for(course):
    assert _run("02", store=True) == 0
    assert course.stored == ["02_two"]


def test_a_lesson_that_fails_does_not_stop_the_others(course, capsys):
    course.raises["01_one"] = lessons.LessonError("01_one: a cell raised an exception")
    assert _run("all") == 1
    shown = capsys.readouterr()
    assert "FAILED  01_one: a cell raised" in shown.err
    assert "02_two" in shown.out


def test_a_lesson_that_writes_to_stderr_fails(course, capsys):
    course.output["name"] = "stderr"
    assert _run("01") == 1
    assert "FAILED  01_one, cell cell: writes to stderr" in capsys.readouterr().err


def test_the_page_of_a_solution_does_not_replace_that_of_its_lesson(course):
    solution = course.folder / "solutions" / "01_one" / "01_one.ipynb"
    solution.parent.mkdir(parents=True)
    solution.write_bytes((course.folder / "01_one.ipynb").read_bytes())
    assert _run(str(solution)) == 0
    assert [str(page.relative_to(run.HTML)) for page in run.HTML.rglob("*.html")] == [
        str(Path("solutions") / "01_one.html")
    ]
