"""A class with every hostile submission we know, each beside two honest ones, graded in one run."""

import hashlib
import json
import os
import socket
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from nbgrader import api

from course.commands.command_line import command_parser
from course.grading import command
from course.grading.ledger import Ledger
from course.grading.sandbox import Limits
from tests.grading import hostile

pytestmark = pytest.mark.usefixtures("walls")
LIMITS = Limits(call=1.5, total=10, grace=0.3, memory=300 * 2**20, scratch=8 * 2**20, calls=2_000)


class Graded(NamedTuple):
    """What is there after the class was graded.

    Attributes:
        code: of the command's exit.
        points: each student deserves.
        entries: of the ledger, in order.
        room: folder with the gradebook.
        changed: names of solutions and submissions that are not as they were.
        visits: to the local server.
    """

    code: int
    points: dict
    entries: list
    room: Path
    changed: set
    visits: list


def state(*folders):
    """Digest of every file and link in these folders."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        for folder in folders
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def graded(walls):
    before = os.umask(0)  # everything is open to everybody: what is tried are the walls, not the rights of files
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o777)
            yield grade_class(Path(folder))
    finally:
        os.umask(before)


def grade_class(root):
    solutions, submitted, room = root / "solutions", root / "submitted", root / "room"
    (solutions / "05_double").mkdir(parents=True)
    (solutions / "05_double" / "05_double.ipynb").write_text(json.dumps(hostile.notebook()))
    room.mkdir()
    visits = []
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        port = server.getsockname()[1]
        abstract.bind(f"\0course-{port}".encode())
        abstract.listen()
        threads = [threading.Thread(target=wait_for_visits, args=(one, visits)) for one in (server, abstract)]
        for thread in threads:
            thread.start()
        points = hostile.lay_out(submitted, solutions, room, port)
        before = state(solutions, submitted)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COURSE_CANARY", "secret")
            patch.setattr(command, "SOLUTIONS", solutions)
            patch.setattr(command, "Limits", lambda: LIMITS)
            options = ["--submissions", str(submitted), "--into", str(room), "--workers", "2"]
            code = command.main(command_parser().parse_args(["grade", "05", *options]))
        for one in (server, abstract):
            one.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()
    after = state(solutions, submitted)
    with Ledger(room / "grading" / "ledger.jsonl") as ledger:
        changed = {path for path in before | after if before.get(path) != after.get(path)}
        return Graded(code, points, ledger.entries, room, changed, visits)


def wait_for_visits(server, visits):
    while True:
        try:
            visits.append(server.accept()[1])
        except OSError:
            return


def scores(room):
    with api.Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        return {one.student.id: one.score for one in book.assignment_submissions("05_double")}


@pytest.mark.parametrize("name", hostile.CASES)
def test_hostile_submission_gets_the_mark_it_deserves(graded, name):
    [entry] = [one for one in graded.entries if one.student[3:] == name]
    points = sum(mark.points for mark in entry.marked.marks) if entry.marked else 0.0
    assert points == hostile.CASES[name].points, entry
    if points < 8:  # and its student is told why
        assert entry.fault or all(
            mark.message for mark in entry.marked.marks if mark.status not in ("passed", "to read")
        )


def test_nobody_else_is_touched(graded):
    assert graded.code == 0
    honest = {student: score for student, score in scores(graded.room).items() if student.endswith("-honest")}
    assert len(honest) == len(hostile.CASES) + 1
    assert set(honest.values()) == {8.0}
    flagged = [one.student for one in graded.entries if one.student.endswith("-honest") and one.marked.flags]
    assert flagged == []


def test_gradebook_is_whole_and_says_what_the_ledger_says(graded):
    assert scores(graded.room) == graded.points
    with sqlite3.connect(graded.room / "gradebook.db") as book:
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall() == []
    book.close()
    assert sorted(one.student for one in graded.entries) == sorted(graded.points)


def test_nothing_was_written_outside(graded):
    assert graded.changed == set()
    there = {path.name for path in graded.room.iterdir()}
    assert there == {"gradebook.db", "grading", "feedback", "autograded"}


def test_no_server_was_reached(graded):
    assert graded.visits == []


def test_nothing_is_left_running(graded):
    commands = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                commands.append((process / "cmdline").read_bytes())
            except OSError:  # it has ended meanwhile
                continue
    assert not [one for one in commands if b"98.765" in one]


def test_feedback_is_there_for_everybody(graded):
    pages = {path.parts[-3] for path in (graded.room / "feedback").glob("*/*/*.html")}
    assert pages == set(graded.points)
