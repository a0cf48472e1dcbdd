"""What people read is complete, and text stays text."""

import csv
from dataclasses import replace
from html.parser import HTMLParser

from course.grading.exercise import Cell, Exercise
from course.grading.ledger import Entry
from course.grading.marking import Mark, Marked
from course.grading.report import feedback, identical, spreadsheet, table, total, waiting

EXERCISE = Exercise(
    "05",
    (
        Cell("double", "answer", "", 0, True),
        Cell("check", "check", "", 5, True),
        Cell("explain", "essay", "", 4, False),
    ),
    "digest",
)
SCRIPT = "<script>alert(1)</script>"


def entry(student="ada", points=5.0, flags=(), answer="def double(x): return x + x", **changes):
    marks = (Mark("check", points, 5.0, "passed" if points else "failed", SCRIPT), Mark("explain", 0.0, 4.0, "to read"))
    marked = Marked(marks, {"double": SCRIPT}, {"double": f"ValueError: {SCRIPT}"}, flags, 0.1)
    return replace(Entry("05", student, "key", marked, "", {"double": answer}, "digest"), **changes)


UNREADABLE = entry("bob", marked=None, fault="The file is no notebook.", answers={})


def test_totals_count_what_is_marked_and_what_waits():
    assert (total(entry()), waiting(entry())) == (5.0, 1)
    assert (total(UNREADABLE), waiting(UNREADABLE)) == (0.0, 1)


def test_table_has_a_line_for_each_student_in_order():
    lines = table(EXERCISE, [UNREADABLE, entry(flags=("check: the cell was edited", "more"))]).splitlines()
    assert lines[0].split("  ")[1:2] == ["points of 9"]
    assert [line.split()[:3] for line in lines[1:]] == [["ada", "5", "1"], ["bob", "0", "1"]]
    assert lines[1].endswith("check: the cell was edited (and 1 more)")
    assert lines[2].endswith("The file is no notebook.")


def test_spreadsheet_is_read_back_and_holds_no_formula():
    rows = list(csv.DictReader(spreadsheet(EXERCISE, [entry("=cmd", flags=("+1", "a, b")), UNREADABLE]).splitlines()))
    assert rows[0] == {
        "student": "'=cmd",
        "points": "5",
        "maximum": "9",
        "check": "5",
        "explain": "0",
        "to read": "1",
        "flags": "'+1; a, b",
    }
    assert rows[1]["flags"] == "The file is no notebook."


def test_identical_answers_are_listed_and_empty_exercises_are_not():
    same = [entry("ada"), entry("bob", answer="def double(x): return x + x  \n"), entry("eve", answer="other")]
    empty = [entry(name, answer='def double(x):\n    raise NotImplementedError("Exercise")') for name in ("x", "y")]
    assert identical(EXERCISE, same + empty) == [("ada", "bob")]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_feedback_shows_marks_hints_and_output_and_runs_no_script():
    page = Tags()
    page.feed(feedback(EXERCISE, entry("<b>ada</b>", points=0.0)))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.text.count(SCRIPT) == 3
    assert "<b>ada</b>: 0 of 9 points; 1 answer will be read by a person." in page.text


def test_feedback_on_what_is_no_notebook_says_so():
    assert "The file is no notebook." in feedback(EXERCISE, UNREADABLE)
