"""nbgrader's gradebook holds the marks of the ledger: each once, whatever happens in between."""

import html
import re
import shutil
import sqlite3
from dataclasses import replace
from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert.filters import markdown2html
from nbgrader import api

from course.grading import gradebook
from course.grading.gradebook import Gradebook, GradebookFault, write_graded
from course.grading.ledger import Entry
from course.grading.marking import Mark, Marked


def cell(name, source, kind="code", **marks):
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, "grade": False, "solution": False, "task": False}}
    metadata["nbgrader"] |= {"locked": not marks.get("solution"), **marks}
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[kind]
    return new(source, id=name, metadata=metadata)


@pytest.fixture
def notebook(tmp_path):
    cells = [
        cell("double", "def double(x): return 2 * x", solution=True),
        cell("check", "assert double(1) == 2", grade=True, points=5),
        cell("explain", "Because.", "markdown", solution=True, grade=True, points=4),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, tmp_path / "05.ipynb")
    return tmp_path / "05.ipynb"


def entry(student="ada", points=5.0, status="passed"):
    marks = (Mark("check", points, 5.0, status, "<b>hint</b>", "printed"), Mark("explain", 0.0, 4.0, "to read"))
    answers = {"double": "def double(x): return x + x", "explain": "<script>alert(1)</script> $a<b$ &lt;"}
    return Entry("05", student, f"key {points}", Marked(marks, {"double": "x"}, {}, (), 0.1), "", answers, "digest")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An empty gradebook; to make one takes nbgrader three seconds."""
    file = tmp_path_factory.mktemp("empty") / "gradebook.db"
    Gradebook(file).book.close()
    return file


@pytest.fixture
def book(tmp_path, notebook, empty):
    (tmp_path / "new").mkdir()
    shutil.copy(empty, tmp_path / "new" / "gradebook.db")
    with Gradebook(tmp_path / "new" / "gradebook.db") as book:
        book.register(notebook)
        yield book


def scores(book):
    """{student: score} as nbgrader itself reads it."""
    with api.Gradebook(f"sqlite:///{book.file}") as fresh:
        return {one.student.id: (one.score, one.needs_manual_grade) for one in fresh.assignment_submissions("05")}


def test_marks_are_read_by_nbgrader(book):
    book.record(entry("ada"))
    book.record(entry("bob", points=0.0, status="failed"))
    assert scores(book) == {"ada": (5.0, True), "bob": (0.0, True)}
    with api.Gradebook(f"sqlite:///{book.file}") as fresh:
        assert fresh.find_assignment("05").max_score == 9
        grade = fresh.find_grade("check", "05", "05", "ada")
        assert (grade.auto_score, grade.needs_manual_grade) == (5.0, False)
        assert fresh.find_grade("explain", "05", "05", "ada").auto_score is None


def test_only_what_is_not_yet_written_is_missing(book):
    book.record(entry("ada"))
    assert book.missing([entry("ada"), entry("bob"), entry("ada", points=0.0)]) == [
        entry("bob"),
        entry("ada", points=0.0),
    ]


def test_recording_twice_is_recording_once(book):
    for _ in range(2):
        book.record(entry("ada"))
    assert scores(book) == {"ada": (5.0, True)}


def test_second_submission_replaces_the_marks_and_keeps_a_persons(book):
    book.record(entry("ada", points=0.0))
    book.book.find_grade("explain", "05", "05", "ada").manual_score = 3.0
    book.book.db.commit()
    book.record(entry("ada", points=5.0))
    assert scores(book)["ada"] == (8.0, True)


def test_unreadable_submission_has_no_points_and_is_looked_at(book):
    book.record(replace(entry("ada"), marked=None, fault="no notebook"))
    assert scores(book) == {"ada": (0.0, True)}


def test_writer_that_dies_inside_a_submission_leaves_nothing_of_it(book, monkeypatch):
    book.record(entry("ada"))
    with monkeypatch.context() as patch:
        patch.setattr(book.book.db, "commit", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            book.record(entry("bob"))
    book.book.db.rollback()
    assert scores(book) == {"ada": (5.0, True)}
    assert book.missing([entry("ada"), entry("bob")]) == [entry("bob")]


def test_locked_gradebook_is_one_clear_line_and_the_marks_come_later(tmp_path, notebook, book, monkeypatch):
    lock = sqlite3.connect(book.file)
    book.book.db.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradebookFault, match=r"database is locked\. The marks are in the ledger"):
        book.record(entry("ada"))
    lock.rollback()
    lock.close()
    book.record(entry("ada"))
    assert scores(book) == {"ada": (5.0, True)}


def test_what_is_no_database_is_one_clear_line(tmp_path):
    (tmp_path / "gradebook.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(GradebookFault, match="file is not a database"):
        Gradebook(tmp_path / "gradebook.db")


def test_killed_first_start_leaves_no_half_database(tmp_path, monkeypatch):
    monkeypatch.setattr(gradebook.api, "get_alembic_version", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Gradebook(tmp_path / "gradebook.db")
    assert list(tmp_path.iterdir()) == []


def test_exercise_with_other_cells_needs_a_new_gradebook(book, notebook):
    book.record(entry("ada"))
    book.register(notebook)
    changed = nbformat.read(notebook, as_version=4)
    changed.cells.append(cell("more", "assert True", grade=True, points=1))
    nbformat.write(changed, notebook)
    with pytest.raises(GradebookFault, match="new gradebook"):
        book.register(notebook)


def test_graded_notebook_shows_the_answer_and_no_script_of_it(tmp_path, notebook):
    write_graded(entry(), notebook, tmp_path / "graded" / "05.ipynb")
    double, check, explain = nbformat.read(tmp_path / "graded" / "05.ipynb", as_version=4).cells
    assert double.source == "def double(x): return x + x"
    assert [one.get("text", one.get("evalue")) for one in check.outputs] == ["printed", "<b>hint</b>"]
    assert "<script>alert(1)</script> $a<b$ &lt;" in explain.source


class Attributes(HTMLParser):
    """All attributes of a page, and the tags outside of code."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.found = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.found += [value or "" for _, value in attributes]


@pytest.mark.parametrize(
    "answer",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "[read](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
        "[read][1]\n\n[1]: javascript:alert(1)",
        "$\\href{javascript:alert(1)}{x}$ and $$\\href{javascript:alert(1)}{x}$$",
        "~~~\n[read](javascript:alert(1))\n~~~~~~\n\n[read](javascript:alert(1))\n" + "~" * 50,
    ],
)
def test_answer_in_words_is_shown_as_typed_and_runs_nothing(tmp_path, notebook, answer):
    words = replace(entry(), answers={"explain": answer})
    write_graded(words, notebook, tmp_path / "graded.ipynb")
    source = nbformat.read(tmp_path / "graded.ipynb", as_version=4).cells[2].source
    page = markdown2html(source)
    shown = Attributes(page)
    assert set(shown.tags) <= {"div", "pre", "code", "span"}
    assert not [value for value in shown.found if "alert" in value]
    text = html.unescape(re.sub("<[^>]+>", "", page))
    assert "".join(text.split()) == "".join(answer.split())
