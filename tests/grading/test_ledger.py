"""No mark is lost and none doubled, whenever the process that writes them dies."""

import os

import pytest

from course.grading import ledger
from course.grading.ledger import Entry, Ledger, LedgerFault
from course.grading.marking import Mark, Marked


def entry(student="ada", points=5.0):
    marks = (Mark("check", points, 5.0, "passed", "a hint ✓", "printed\n"), Mark("explain", 0.0, 4.0, "to read"))
    return Entry("05", student, "key", Marked(marks, {"a": "x"}, {}, ("flag",), 0.1), "", {"double": "def"}, "digest")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new" / "ledger.jsonl"


def test_entries_come_back_as_they_were(file):
    unreadable = Entry("05", "bob", "key", None, "The file is no notebook.", {}, "digest")
    with Ledger(file) as book:
        book.append(entry())
        book.append(unreadable)
    with Ledger(file) as book:
        assert book.entries == [entry(), unreadable]


def test_last_entry_of_a_student_counts(file):
    with Ledger(file) as book:
        for points in (0.0, 5.0):
            book.append(entry(points=points))
        assert book.known() == {("05", "ada"): entry(points=5.0)}


def test_line_is_cut_off_wherever_the_writer_died(file):
    with Ledger(file) as book:
        book.append(entry("ada"))
    first = file.stat().st_size
    with Ledger(file) as book:
        book.append(entry("bob"))
    whole = file.read_bytes()
    for end in (first + 1, first + 65, len(whole) - 2, len(whole) - 1):
        file.write_bytes(whole[:end])
        with Ledger(file) as book:
            assert [one.student for one in book.entries] == ["ada"]
            book.append(entry("eve"))
        with Ledger(file) as book:
            assert [one.student for one in book.entries] == ["ada", "eve"]


def test_damage_in_the_middle_is_told_and_left_alone(file):
    with Ledger(file) as book:
        book.append(entry("ada"))
        book.append(entry("bob"))
    damaged = file.read_bytes().replace(b"ada", b"eve", 1)
    file.write_bytes(damaged)
    with pytest.raises(LedgerFault, match="line 1, is damaged"):
        Ledger(file)
    assert file.read_bytes() == damaged


def test_second_writer_is_refused(file):
    with Ledger(file), pytest.raises(LedgerFault, match="another process"):
        Ledger(file)


class FullDisk:
    def __init__(self, stream, room):
        self.stream, self.room = stream, room

    def write(self, line):
        return self.stream.write(line[: self.room])

    def __getattr__(self, name):
        return getattr(self.stream, name)


def test_full_disk_leaves_the_ledger_as_it_was(file):
    with Ledger(file) as book:
        book.append(entry("ada"))
        stream, before = book.stream, file.read_bytes()
        book.stream = FullDisk(stream, room=10)
        with pytest.raises(LedgerFault, match="No space left"):
            book.append(entry("bob"))
        book.stream = stream
        assert file.read_bytes() == before
        book.append(entry("bob"))
    with Ledger(file) as book:
        assert [one.student for one in book.entries] == ["ada", "bob"]


def test_entry_is_on_the_disk_when_it_is_appended(file, monkeypatch):
    synced = []
    monkeypatch.setattr(ledger.os, "fsync", lambda number: synced.append(os.fstat(number).st_size))
    with Ledger(file) as book:
        book.append(entry())
    assert synced == [file.stat().st_size]
