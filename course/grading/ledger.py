"""The record of all marking: one line per marked submission, on the disk before anything else hears of it.

One process writes it, under a lock. A line that a killed process or a full disk left unfinished is cut off when the
ledger is opened again; a line that is in the ledger is never lost, and marking starts again after the last one.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from course.grading.marking import Mark, Marked


class LedgerFault(Exception):
    """The ledger cannot be written or read; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """One marked submission.

    Attributes:
        exercise: its name.
        student: who handed it in.
        key: digest of all that the marks depend on: exercise, submission and the code that marks.
        marked: the marks; None if what was handed in is no notebook.
        fault: then, why.
        answers: text of each answer by the id of its cell.
        digest: of what was handed in.
    """

    exercise: str
    student: str
    key: str
    marked: Marked | None
    fault: str
    answers: dict[str, str]
    digest: str


class Ledger:
    """The ledger in a file; a context manager that holds its lock.

    Raises:
        LedgerFault: another process writes it, or a line in its middle is damaged.
    """

    def __init__(self, file: Path):
        import fcntl  # which Windows lacks, where nothing comes this far

        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        self.stream = open(file, "a+b", buffering=0)  # noqa: SIM115, closed with the ledger
        try:
            fcntl.flock(self.stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.stream.close()
            raise LedgerFault(
                f"{file} is being written by another process. Wait until its grading has ended."
            ) from None
        try:
            self.entries = list(self._read())
        except BaseException:
            self.stream.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()

    def _read(self) -> Iterator[Entry]:
        self.stream.seek(0)
        lines = self.stream.read().splitlines(keepends=True)
        end = 0
        for number, line in enumerate(lines, start=1):
            entry = _parsed(line)
            if entry is None:
                if number < len(lines):
                    raise LedgerFault(f"{self.file}, line {number}, is damaged. Put back a copy, or delete the line.")
                break
            end += len(line)
            yield entry
        self.stream.truncate(end)  # what was left unfinished

    def append(self, entry: Entry) -> None:
        """Write an entry; it is on the disk when this returns.

        Raises:
            LedgerFault: it cannot be written; the ledger is as it was.
        """
        end = self.stream.seek(0, os.SEEK_END)
        line = _line(entry)
        try:
            written = self.stream.write(line)
            if written != len(line):
                raise OSError(28, "No space left on device")
            os.fsync(self.stream.fileno())
        except OSError as error:
            self.stream.truncate(end)
            raise LedgerFault(f"{self.file} cannot be written: {error.strerror}. Nothing is lost; make room.") from None
        self.entries.append(entry)

    def known(self) -> dict[tuple[str, str], Entry]:
        """The last entry of each exercise and student."""
        return {(entry.exercise, entry.student): entry for entry in self.entries}


def joint_digest(*parts: str) -> str:
    """One digest of several texts, which no other texts share.

    >>> joint_digest("ab", "c") == joint_digest("a", "bc")
    False
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _line(entry: Entry) -> bytes:
    text = json.dumps(asdict(entry), sort_keys=True)
    return f"{hashlib.sha256(text.encode()).hexdigest()} {text}\n".encode()


def _parsed(line: bytes) -> Entry | None:
    digest, _, text = line.partition(b" ")
    if not text.endswith(b"\n") or hashlib.sha256(text[:-1]).hexdigest().encode() != digest:
        return None
    fields = json.loads(text)
    if marked := fields["marked"]:
        marks = tuple(Mark(**mark) for mark in marked["marks"])
        fields["marked"] = Marked(**{**marked, "marks": marks, "flags": tuple(marked["flags"])})
    return Entry(**fields)
