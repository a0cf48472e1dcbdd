"""What runs inside the sandbox: it executes a student's cells and calls what they made, when asked over a socket.

Nothing here is trusted once the first cell has run: a student's code may change every name in this process. It holds no
check, no expected value and no file of anybody else, so that all it can do is to answer wrongly, or not at all.
"""

import io
import linecache
import random
import re
import signal
import sys
import traceback
import types

import numpy as np

from course.grading import wire
from course.grading.channel import Closed

MOST_OUTPUT = 20_000  # characters kept of what one cell or call prints
MAGIC = re.compile(r"^(?:%|!).*$", re.MULTILINE)


class TimeUp(BaseException):
    """A call took too long. Not an Exception, so that a student's `except Exception` lets it through."""


class Output(io.TextIOBase):
    """Keeps the first characters of what is printed."""

    def __init__(self):
        self.text = ""

    def writable(self):
        return True

    def write(self, text):
        text = str(text)
        self.text += text[: max(0, MOST_OUTPUT - len(self.text))]
        return len(text)


class Objects:
    """The objects the other side has a number for."""

    def __init__(self):
        self.by_number = {}

    def handle(self, value):
        """The array that a tensor holds, else a number for the object; see `wire.pack`."""
        if hasattr(type(value), "__array__"):
            array = np.asarray(value)
            return array if wire.DTYPE.fullmatch(array.dtype.str) else array.astype("float32")  # bfloat16 has no letter
        number = len(self.by_number) + 1
        self.by_number[number] = value
        return {"id": number, "type": type(value).__name__[:60]}

    def find(self, about):
        return self.by_number[about["id"]]


class Runner:
    """Answers requests: run a cell, get a name, call an object's method."""

    def __init__(self, channel, seconds):
        self.channel = channel
        self.seconds = seconds
        self.objects = Objects()
        self.main = types.ModuleType("__main__")
        sys.modules["__main__"] = self.main

    def serve(self):
        """Answer until the other side hangs up."""
        while True:
            try:
                self.answer(self.channel.receive(self.objects.find))
            except Closed:
                return

    def answer(self, request):
        output = Output()
        sys.stdout = sys.stderr = output
        try:
            signal.setitimer(signal.ITIMER_REAL, self.seconds)
            reply = {"value": getattr(self, "do_" + request["do"])(**request["with"])}
        except StopIteration:
            reply = {"stop": True}
        except BaseException as error:
            reply = {"error": self.describe(error)}
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            self.channel.send({**reply, "output": output.text}, self.objects.handle)
        except Closed:
            raise
        except BaseException as error:  # what a student's class does when it is described
            self.channel.send({"error": self.describe(error), "output": output.text})

    def describe(self, error):
        """Name, message and where in the student's own cells it happened."""
        kinds = [kind.__name__[:60] for kind in type(error).__mro__[:8]]
        try:
            message = str(error)[:2_000]
        except BaseException:
            message = "(an error that cannot be printed)"
        if isinstance(error, TimeUp):
            kinds, message = ["TimeoutError"], f"stopped after {self.seconds:.0f} seconds"
        frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith("<")][-5:]
        where = "\n".join(f"{one.filename[1:-1]}, line {one.lineno}: {one.line}" for one in frames)
        if isinstance(error, SyntaxError):
            where = f"line {error.lineno}: {str(error.text or '').strip()[:200]}"
        return {"kinds": kinds, "message": message, "where": where[:2_000]}

    def do_run(self, name, source):
        """Execute a cell; lines of the notebook's own commands (`%matplotlib`, `!ls`) are left out."""
        file = f"<{name}>"
        try:
            code = compile(source, file, "exec")
        except SyntaxError:
            code = compile(MAGIC.sub("pass", source), file, "exec")
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        exec(code, vars(self.main))

    def do_get(self, name):
        if name not in vars(self.main):
            raise NameError(f"name '{name}' is not defined")
        return vars(self.main)[name]

    def do_call(self, target, args, kwargs):
        return target(*args, **kwargs)

    def do_attribute(self, target, name):
        return getattr(target, name)

    def do_length(self, target):
        return len(target)

    def do_item(self, target, key):
        return target[key]

    def do_contains(self, target, value):
        return value in target

    def do_iterate(self, target):
        return target if isinstance(target, IteratorHandle) else IteratorHandle(iter(target))

    def do_next(self, target):
        return next(target)

    def do_seed(self, number):
        """Set every random state that is loaded."""
        random.seed(number)
        np.random.seed(number)  # noqa: NPY002, the state that a student's code may use
        if "keras" in sys.modules:
            sys.modules["keras"].utils.set_random_seed(number)


class IteratorHandle:
    """An iterator that is sent as a handle, whatever it is."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __next__(self):
        return next(self.iterator)
