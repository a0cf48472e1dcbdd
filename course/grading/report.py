"""What the instructor and the students read: a table, a CSV file, flags, and a page of feedback for each student."""

import csv
import hashlib
import html
import io
from collections.abc import Sequence

from course.grading.exercise import Exercise
from course.grading.ledger import Entry
from course.grading.marking import Mark

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ max-width: 56rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #222; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-bottom: 1px solid #ccc; }}
td:nth-child(2) {{ white-space: nowrap; }}
pre {{ background: #f5f5f5; padding: 0.6rem; overflow-x: auto; white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{student}: <strong>{points} of {most} points</strong>{waiting}.</p>
{body}
</body>
</html>
"""
LATER = ("to read", "broken check")  # a person decides
WORDS = {
    "passed": "✓ passed",
    "failed": "✗ failed",
    "not run": "✗ not run to its end",
    "to read": "a person will read it",
    "broken check": "a person will look at it",
}


def total(entry: Entry) -> float:
    """Points given by checks."""
    return sum(mark.points for mark in entry.marked.marks) if entry.marked else 0.0


def waiting(entry: Entry) -> int:
    """How many answers wait for a person."""
    return sum(mark.status in LATER for mark in entry.marked.marks) if entry.marked else 1


def table(exercise: Exercise, entries: Sequence[Entry]) -> str:
    """A line for each student, in plain text."""
    most = sum(cell.points for cell in exercise.marked)
    width = max([len("student"), *(len(entry.student) for entry in entries)])
    lines = [f"{'student':{width}}  points of {most:g}  to read  what to know"]
    for entry in sorted(entries, key=lambda one: one.student):
        first, *more = [*([entry.fault] if entry.fault else []), *(entry.marked.flags if entry.marked else [])] or [""]
        known = first if not more else f"{first} (and {len(more)} more)"
        lines.append(
            f"{entry.student:{width}}  {total(entry):{len(f'points of {most:g}')}g}  {waiting(entry):7}  {known}"
        )
    return "\n".join(line.rstrip() for line in lines)


def spreadsheet(exercise: Exercise, entries: Sequence[Entry]) -> str:
    """A CSV text: student, points, maximum, one column for each marked cell, answers to read, flags.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    most = sum(cell.points for cell in exercise.marked)
    writer.writerow(["student", "points", "maximum", *(cell.id for cell in exercise.marked), "to read", "flags"])
    for entry in sorted(entries, key=lambda one: one.student):
        points = {mark.id: mark.points for mark in entry.marked.marks} if entry.marked else {}
        flags = "; ".join(entry.marked.flags) if entry.marked else entry.fault
        items = [f"{points.get(cell.id, 0.0):g}" for cell in exercise.marked]
        writer.writerow(
            [_no_formula(entry.student), f"{total(entry):g}", f"{most:g}", *items, waiting(entry), _no_formula(flags)]
        )
    return text.getvalue()


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def identical(exercise: Exercise, entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Groups of students whose code is the same but for blanks at line ends; what was left empty is no likeness."""
    code = [cell.id for cell in exercise.cells if cell.role == "answer"]
    groups: dict[str, list[str]] = {}
    for entry in entries:
        texts = [[line.rstrip() for line in entry.answers.get(name, "").strip().splitlines()] for name in code]
        written = [text for text in texts if text and "raise NotImplementedError(" not in text[-1]]
        if written:
            groups.setdefault(hashlib.sha256(repr(written).encode()).hexdigest(), []).append(entry.student)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def feedback(exercise: Exercise, entry: Entry) -> str:
    """A page for the student: marks, hints and what their code said; all of it text, whatever it looks like."""
    most = f"{sum(cell.points for cell in exercise.marked):g}"
    if entry.marked is None:
        body = f"<p>{html.escape(entry.fault)}</p>"
    else:
        rows = [
            f"<tr><td>{html.escape(mark.id)}</td><td>{_given(mark)} of {mark.most:g}</td>"
            f"<td>{WORDS[mark.status]}{_pre(mark.message)}{_pre(mark.printed)}</td></tr>"
            for mark in entry.marked.marks
        ]
        body = "<table><tr><th>task</th><th>points</th><th>what was found</th></tr>" + "\n".join(rows) + "</table>"
        said = {name: (text, entry.marked.errors.get(name, "")) for name, text in entry.marked.printed.items()}
        for name, (printed, error) in said.items():
            if printed or error:
                body += f"\n<h2>{html.escape(name)}</h2>{_pre(error)}{_pre(printed)}"
    number = waiting(entry)
    answers = f"; {number} answer{'s' * (number > 1)} will be read by a person" if number else ""
    return PAGE.format(
        title=html.escape(f"Feedback on {exercise.name}"),
        student=html.escape(entry.student),
        points=f"{total(entry):g}",
        most=most,
        waiting=answers,
        body=body,
    )


def _given(mark: Mark) -> str:
    return "?" if mark.status in LATER else f"{mark.points:g}"


def _pre(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>" if text else ""
