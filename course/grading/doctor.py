"""`python -m course doctor`: a canary in the sandbox tries to get through every wall, and says what it found."""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from course.grading.bridge import Stopped, Student, StudentError
from course.grading.sandbox import COURSE, NAMESPACES, Limits, NoSandbox, Sandbox, bubblewrap

SMALL = Limits(
    call=1.0, total=60, grace=0.5, memory=300 * 2**20, processes=40, file=2**20, scratch=4 * 2**20, open_files=64
)


def main(_arguments) -> int:
    """Look at every wall, a line each; the exit code is 0 if all stand."""
    try:
        print(f"bubblewrap: {bubblewrap()}")
        with Sandbox(SMALL) as box:
            print(f"✓ {', '.join(NAMESPACES)}: its own namespaces; no capability, no new privileges, filtered calls")
            found = list(examine(box))
    except NoSandbox as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    standing = all(held for _, held in found)
    print("Answers can be graded here." if standing else "Do not grade here: a wall is open.")
    return int(not standing)


def examine(box: Sandbox) -> Iterator[tuple[str, bool]]:
    """Try to get through each wall of a sandbox, and print how it went; the sandbox is closed in the end.

    Yields:
        (what is promised, whether it held).
    """
    student = Student(box, time.monotonic() + box.limits.total)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        canary = Path(folder) / "canary"
        canary.write_text("a mark")
        for path in (canary, canary.parent):
            path.chmod(0o777)  # so that the wall is tried, not the rights of a file
        for promise, source in _attempts(box.limits, canary, server.getsockname()[1]):
            yield _told(promise, _is_refused(student, source))
    running = box.processes()
    box.close()
    yield _told("nothing is left running", not any(Path(f"/proc/{process}").exists() for process in running))


def _attempts(limits: Limits, canary: Path, port: int) -> Iterator[tuple[str, str]]:
    """What is promised, and code that tries to break it."""
    write, forks = "open({!r}, 'w')", "for _ in range({}):\n    if os.fork() == 0:\n        time.sleep(60)"
    yield "files of this machine are not there", f"open({str(canary)!r})"
    yield "solutions are not there", f"import os; os.stat({str(COURSE.parent / 'solutions')!r})"
    yield "system folders cannot be written", write.format("/usr/canary")
    yield "the course cannot be written", write.format(str(COURSE / "canary"))
    yield "a local server cannot be reached", f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"
    yield "other processes cannot be reached", f"import os; os.kill({os.getpid()}, 0)"
    yield "it is not root and cannot become it", "import os; os.setuid(0)"
    yield "it can make no namespace", "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0"
    yield f"a file has at most {limits.file >> 20} MiB", f"open('f', 'wb').write(bytes({2 * limits.file}))"
    yield f"at most {limits.processes} processes run", "import os, time\n" + forks.format(2 * limits.processes)
    yield f"memory ends at {limits.memory >> 20} MiB", f"bytearray({4 * limits.memory})"
    yield f"a call ends after {limits.call:.0f} s", "while True: pass"


def _told(promise: str, held: bool) -> tuple[str, bool]:
    print(f"{'✓' if held else '✗'} {promise}", flush=True)
    return promise, held


def _is_refused(student: Student, source: str) -> bool:
    """Whether a piece of code raises an error in the sandbox."""
    try:
        student.run("canary", source)
    except (StudentError, Stopped):
        return True
    return False
