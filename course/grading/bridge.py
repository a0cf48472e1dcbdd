"""The trusted side of the sandbox: a student's functions as stand-ins that checks call like functions.

Arguments go over as plain data, results come back as plain data or as stand-ins. A stand-in never decides a comparison:
it is equal to nothing but itself, is neither true nor false, and lends no attribute that begins with an underscore.
"""

import time
from typing import Any

from course.grading import wire
from course.grading.channel import Closed, Late
from course.grading.sandbox import OutOfMemory, Sandbox

KINDS = (  # what a check may expect a student's function to raise; StopIteration would end the check's own loops
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    LookupError,
    NameError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TimeoutError,
    TypeError,
    ValueError,
    ZeroDivisionError,
)


class StudentError(Exception):
    """The student's code raised an error, or returned what cannot be sent.

    Attributes:
        kind: name of its class.
        message: its text.
        where: lines of the student's cells that led to it.
    """

    def __init__(self, kind: str, message: str, where: str):
        super().__init__(message)
        self.kind, self.message, self.where = kind, message, where

    def __str__(self):
        return f"{self.kind}: {self.message}" if self.message else self.kind


ERRORS = {kind.__name__: type(f"Student{kind.__name__}", (StudentError, kind), {}) for kind in KINDS}


class Stopped(BaseException):
    """The sandbox is gone: the student's code ended it, or used more than its share. No check can catch this by chance.

    Attributes:
        reason: a sentence for the student.
    """

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Student:
    """What a student wrote, alive in a sandbox.

    Args:
        sandbox: where it lives.
        until: `time.monotonic` by which all of it must be done.
    """

    def __init__(self, sandbox: Sandbox, until: float):
        self.sandbox = sandbox
        self.until = until
        self.calls = 0
        self.printed = ""

    def run(self, name: str, source: str) -> None:
        """Execute a cell."""
        self._ask("run", name=name, source=source)

    def get(self, name: str) -> Any:
        """The value of a name of the student's; raises a NameError of the student's if there is none."""
        return self._ask("get", name=name)

    def seed(self, number: int) -> None:
        """Set the random states."""
        self._ask("seed", number=number)

    def take_printed(self) -> str:
        """What the student's code has printed since this was asked last."""
        printed, self.printed = self.printed, ""
        return printed

    def _ask(self, do: str, **arguments) -> Any:
        """Have something done inside.

        Raises:
            StudentError: it raised an error.
            Stopped: the sandbox is of no more use.
            wire.NotPlain: an argument cannot be sent; then the exercise is at fault, not the student.
        """
        limits = self.sandbox.limits
        seconds = min(limits.call + limits.grace, self.until - time.monotonic())
        self.calls += 1
        if self.calls > limits.calls:
            raise Stopped(f"Your functions were called more than {limits.calls:,} times.")
        channel = self.sandbox.channel
        try:
            channel.send({"do": do, "with": arguments}, _number_of, seconds=max(0.01, seconds))
            reply = channel.receive(self._stand_in, seconds, self.sandbox.look)
        except Closed:
            raise Stopped("Your code ended the process it ran in.") from None
        except Late:
            if time.monotonic() >= self.until:
                raise Stopped(f"Your code took more than {limits.total:.0f} seconds in all.") from None
            raise Stopped(f"Your code took more than {limits.call:.0f} seconds and could not be stopped.") from None
        except OutOfMemory:
            raise Stopped(f"Your code used more than {limits.memory / 2**30:.1f} GiB of memory.") from None
        return self._read(reply, do)

    def _read(self, reply: Any, do: str) -> Any:
        if not isinstance(reply, dict) or not isinstance(reply.get("output"), str):
            raise Stopped("Your code wrote into the channel of the grader.")
        self.printed = (self.printed + reply["output"])[:20_000]
        if "value" in reply:
            return reply["value"]
        if "stop" in reply and do == "next":
            raise StopIteration
        raise _error(reply.get("error"))

    def _stand_in(self, about: dict) -> "StandIn":
        number, kind = about["id"], about["type"]
        if type(number) is not int or not isinstance(kind, str) or not wire.NAME.fullmatch(kind.lstrip("_")):
            raise wire.BadFrame("expected the number and the type of an object")
        return StandIn(self, number, kind)


class StandIn:
    """Stands for an object in the sandbox: it can be called, asked for attributes and items, and iterated over."""

    __slots__ = ("_kind", "_number", "_student")

    def __init__(self, student: Student, number: int, kind: str):
        self._student, self._number, self._kind = student, number, kind

    def __call__(self, *args, **kwargs):
        return self._student._ask("call", target=self, args=args, kwargs=kwargs)

    def __getattr__(self, name):
        if name.startswith("_"):  # NumPy and others ask for these to learn how to compare and convert
            raise AttributeError(name)
        return self._student._ask("attribute", target=self, name=name)

    def __len__(self):
        return self._student._ask("length", target=self)

    def __getitem__(self, key):
        return self._student._ask("item", target=self, key=key)

    def __contains__(self, value):
        return self._student._ask("contains", target=self, value=value) is True

    def __iter__(self):
        iterator = self._student._ask("iterate", target=self)
        if not isinstance(iterator, StandIn):
            raise StudentError("TypeError", "the iterator of an object is no iterator", "")
        return iterator

    def __next__(self):
        return self._student._ask("next", target=self)

    def __bool__(self):
        raise TypeError(f"expected a plain value, got {self!r}, which is neither true nor false")

    def __repr__(self):
        return f"<{self._kind} of the student>"


def _error(about: Any) -> StudentError:
    """The error that the other side describes, as one that a check may expect."""
    try:
        kinds, message, where = about["kinds"], about["message"], about["where"]
        kind = next((ERRORS[name] for name in kinds if name in ERRORS), StudentError)
        return kind(str(kinds[0])[:60], str(message)[:2_000], str(where)[:2_000])
    except (TypeError, KeyError, IndexError):
        return StudentError("RuntimeError", "an error that says nothing", "")


def _number_of(value: Any) -> dict:
    """A stand-in's number; nothing else that is not plain may be sent."""
    if type(value) is not StandIn:
        raise wire.NotPlain(f"expected plain data or something the student made, got {type(value).__name__}")
    return {"id": value._number}
