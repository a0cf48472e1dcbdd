"""The whole course, executed and tested: seconds of each step of `python -m course test`, and the memory it holds.

Nothing is compared. The memory is that of all its processes together, pages that several share counted once between
them (PSS), looked at every second.
"""

import contextlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.peers import present
from benchmarks.report import Figure
from course.commands.lab import REPOSITORY

PACKAGES = ("nbval", "pytest")
ROUNDS = 1
STEP = re.compile(r"^(\S.*?) {2,}(\d+\.\d) {2}ok$", re.MULTILINE)
COMMAND = (sys.executable, "-m", "course", "test")


def run(rounds: int) -> Iterator[Figure]:
    """A row for each step, and one for the memory; every round runs everything.

    Raises:
        RuntimeError: a step failed.
    """
    if not present("psutil", "psutil"):
        return
    for number in range(1, rounds + 1):
        output, most = watched(COMMAND)
        steps = dict(STEP.findall(output))
        if "together" not in steps:
            raise RuntimeError(f"{' '.join(COMMAND)} failed:\n{output[-2000:]}")
        for step, seconds in steps.items():
            goal = 12 if step == "together" else None
            yield Figure(f"run {number}, {step}", "minutes", float(seconds) / 60, "min", goal)
        yield Figure(f"run {number}", "most memory held", most / 2**30, "GiB", goal=6)


def watched(command) -> tuple[str, float]:
    """What a command wrote, and the most bytes that its processes held together."""
    import psutil

    most = 0.0
    with tempfile.TemporaryFile("w+") as said:
        whole = subprocess.Popen(command, cwd=REPOSITORY, stdout=said, stderr=subprocess.STDOUT)
        root = psutil.Process(whole.pid)
        while whole.poll() is None:
            held = 0.0
            for process in (root, *root.children(recursive=True)):
                with contextlib.suppress(psutil.Error):  # it has ended
                    held += process.memory_full_info().pss
            most = max(most, held)
            time.sleep(1)
        said.seek(0)
        return said.read(), most
