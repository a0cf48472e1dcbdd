"""One side of a comparison in a process of its own.

Two libraries in one process share an allocator, fight over the cores with their thread pools, and cannot each have the
environment that suits them best.
"""

import contextlib
import multiprocessing
import os
import traceback
from collections.abc import Callable, Mapping


class WorkerFailed(RuntimeError):
    """The other process raised an error, or died; the message is what it said."""


class Worker(contextlib.AbstractContextManager):
    """An object that lives in another process, ready, and does nothing until it is asked.

    Args:
        make: class or function, importable by its name, that makes the object over there.
        arguments: for `make`; what is not plain data must be picklable.
        environment: variables set for the other process alone.

    >>> with Worker(dict, {"greeting": "hello"}) as there:
    ...     there.call("get", "greeting")
    'hello'
    """

    def __init__(self, make: Callable, *arguments, environment: Mapping[str, str] | None = None):
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, make, arguments), daemon=True)
        with _set(environment or {}):
            self._process.start()
        theirs.close()
        self._answer()

    def call(self, method: str, *arguments):
        """What that method of the object returns.

        Raises:
            WorkerFailed: it raised, or its process ended.
        """
        self._pipe.send((method, arguments))
        return self._answer()

    def __exit__(self, *_):
        self._pipe.close()  # the other side reads the end of the pipe, and ends
        self._process.join(10)
        self._process.kill()

    def _answer(self):
        try:
            error, value = self._pipe.recv()
        except EOFError:
            self._process.join()
            raise WorkerFailed(f"the process ended with exit code {self._process.exitcode}") from None
        if error:
            raise WorkerFailed(error)
        return value


def _serve(pipe, make, arguments):
    try:
        subject = make(*arguments)
        pipe.send((None, None))
        while True:
            method, arguments = pipe.recv()
            pipe.send((None, getattr(subject, method)(*arguments)))
    except EOFError:
        return
    except Exception:
        pipe.send((traceback.format_exc(), None))


@contextlib.contextmanager
def _set(variables):
    """Environment variables for the time in which a process starts."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
