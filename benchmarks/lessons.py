"""Where the seconds of every lesson go: importing, tracing, training, decoding and reading gates, drawing, the rest.

Each lesson runs in a process of its own, cell after cell as in a notebook, while a second thread looks every few
milliseconds at what the first is doing. The time since the last look counts for the innermost kind of work that stands
on the stack. Nothing is compared; the goal is the course's own, 60 s of one lesson.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.worker import Worker

PACKAGES = ("keras", "tensorflow", "matplotlib")
ROUNDS = 1
GOAL = 60.0  # CPU seconds
EVERY = 0.005  # seconds between two looks
KINDS = {  # what a file name on the stack tells, the innermost first
    "importing": ("importlib._bootstrap",),
    "tracing": ("tensorflow/python/framework/func_graph",),
    "drawing": ("/matplotlib/", "/course/plotting/", "/seaborn/"),
    "training": ("/course/training.py", "keras/src/backend/tensorflow/trainer"),
    "decoding, gates": ("/course/decoding.py", "/course/gates.py", "/course/translation.py"),
    "counting": ("/course/ngrams",),
}
OTHER = "the rest"


def run(rounds: int) -> Iterator[Figure]:
    """Rows of each lesson: its CPU seconds, and its wall time by kind of work."""
    from course.commands.lessons import lesson_paths, static_environment

    for path in lesson_paths():
        for _ in range(rounds):
            with Worker(Profiled, path, environment={**static_environment(), "MPLBACKEND": "agg"}) as one:
                cpu, seconds = one.call("seconds")
            yield Figure(path.stem, "CPU time", cpu, "s", goal=GOAL)
            for kind, spent in seconds.items():
                yield Figure(path.stem, kind, spent, "s")


def kind_of(frame) -> str:
    """The kind of work of the innermost frame that tells one."""
    while frame is not None:
        for kind, marks in KINDS.items():
            if any(mark in frame.f_code.co_filename for mark in marks):
                return kind
        frame = frame.f_back
    return OTHER


class Profiled:
    """A lesson, to be run once."""

    def __init__(self, path: Path):
        self.path = path

    def seconds(self) -> tuple[float, dict[str, float]]:
        """CPU seconds of the whole lesson, and wall seconds by kind of work.

        Raises:
            RuntimeError: a cell failed.
        """
        import nbformat
        from IPython.core.interactiveshell import InteractiveShell
        from IPython.utils.capture import capture_output

        os.chdir(self.path.parent)
        shell = InteractiveShell.instance()
        cells = [cell.source for cell in nbformat.read(self.path, as_version=4).cells if cell.cell_type == "code"]
        seconds, ended, main = dict.fromkeys((*KINDS, OTHER), 0.0), threading.Event(), threading.get_ident()

        def look():
            before = time.perf_counter()
            while not ended.wait(EVERY):
                now = time.perf_counter()
                seconds[kind_of(sys._current_frames()[main])] += now - before
                before = now

        watcher = threading.Thread(target=look)
        cpu = time.process_time()
        watcher.start()
        try:
            for source in cells:
                with capture_output():
                    result = shell.run_cell(source, silent=True)
                if not result.success:
                    raise RuntimeError(f"a cell of {self.path.stem} failed") from result.error_in_exec
        finally:
            ended.set()
            watcher.join()
        return time.process_time() - cpu, seconds
