"""From the command to a page that answers: `python -m course lab` against `jupyter lab` itself, both started before.

What a browser then does is the same for both and is not counted. Each start is a new process; the first, which fills
caches, is not measured.
"""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import numpy as np

from benchmarks.measure import Timing, alternate
from benchmarks.report import Comparison, Figure
from course.commands.lab import FIRST_LESSON, REPOSITORY

PACKAGES = ("jupyterlab",)
ROUNDS = 5
PATIENCE = 60.0  # seconds for one start
OPTIONS = ("--no-browser", "--ServerApp.token=", "--ServerApp.password=", "--allow-root")
COMMANDS = {
    "ours": (sys.executable, "-m", "course", "lab"),
    "peer": (sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={REPOSITORY}"),
}


def run(rounds: int) -> Iterator[Comparison | Figure]:
    """All rows."""
    timings = alternate({name: lambda command=command: start(command) for name, command in COMMANDS.items()}, rounds)
    yield Comparison(
        work="a start, until the first lesson's page answers",
        ours="python -m course lab",
        peer="jupyter lab",
        unit="starts",
        checked="both answer for the page of the first lesson and for its notebook",
        timings=(timings["ours"], timings["peer"]),
    )
    longer = np.subtract(*([timing.wall for timing in timings[side]] for side in ("ours", "peer")))
    yield Figure("a start", "seconds more than jupyter lab, median", float(np.median(longer)), "s", goal=2)


def start(command) -> Timing:
    """Start a server, wait until it gives the page and the notebook, stop it.

    Raises:
        RuntimeError: it ended, or gave nothing in time; the message has what it said.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pages = [f"http://127.0.0.1:{port}/{kind}/{FIRST_LESSON}" for kind in ("lab/tree", "api/contents")]
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        server = subprocess.Popen(
            [*command, *OPTIONS, f"--port={port}"], cwd=REPOSITORY, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            while not all(map(_answers, pages)):
                if server.poll() is not None or time.perf_counter() - started > PATIENCE:
                    said.seek(0)
                    raise RuntimeError(f"{' '.join(command)} gave no page:\n{said.read()[-2000:]}")
                time.sleep(0.02)
            wall = time.perf_counter() - started
        finally:
            server.terminate()
            server.wait()
    return Timing(wall, wall)  # the server's CPU seconds are not known here


def _answers(page) -> bool:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
