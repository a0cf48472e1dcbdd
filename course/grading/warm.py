"""A process that has imported an exercise's libraries once, and forks a new one for each submission in milliseconds."""

import atexit
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
START = "import sys; sys.path.insert(0, {root!r}); from course.grading.entering import main; main({control})"
SECONDS = 120  # to import all libraries on a busy machine
ENVIRONMENT = {
    "USER": "student",
    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "COURSE_STATIC": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
}


class NotWarm(Exception):
    """The process does not start or has ended; the message says what it said."""


class Warm:
    """Such a process; its environment is a new one, so that nothing of the grader's is handed on.

    Args:
        modules: names of what it imports.

    Raises:
        NotWarm: it does not start.
    """

    def __init__(self, modules: tuple[str, ...]):
        self.modules = modules
        self._said = tempfile.TemporaryFile()  # noqa: SIM115, closed with the process
        self._process = None
        self._orders, theirs = socket.socketpair()
        self._orders.settimeout(SECONDS)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-B", "-c", START.format(root=str(COURSE.parent), control=theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=self._said,
                    stderr=self._said,
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                    env=ENVIRONMENT,
                    cwd="/",
                )
            self._ask({"modules": modules})
        except OSError as fault:
            self.close()
            raise NotWarm(str(fault)) from None
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def fork(self, order: dict, *descriptors: int) -> int:
        """Make a process; see `entering` for what it does.

        Args:
            order: what it needs to know, plain data.
            descriptors: of its socket, and of the first process of its sandbox, if any.

        Returns:
            Its number, as this side counts.
        """
        return self._ask(order, *descriptors)["pid"]

    def _ask(self, order: dict, *descriptors: int) -> dict:
        try:
            socket.send_fds(self._orders, [json.dumps(order).encode()], descriptors)
            reply = json.loads(self._orders.recv(2**16))
        except BaseException as fault:
            said = f"{fault}\n{self._last_words()}".strip()
            self.close()  # or a late answer to this order would be taken for that to the next
            if isinstance(fault, OSError | ValueError):
                raise NotWarm(said) from None
            raise
        if "fault" in reply:
            raise NotWarm(reply["fault"])
        return reply

    def _last_words(self) -> str:
        content = b""
        with contextlib.suppress(OSError, ValueError):
            self._said.seek(0)
            content = self._said.read()[-600:]
        return content.decode("utf-8", "replace").strip()

    def close(self) -> None:
        """End it; what it forked goes on."""
        self._orders.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._said.close()


_kept: list[Warm] = []


def warm(modules: tuple[str, ...]) -> Warm:
    """The warm process of this process: one at a time, started anew when others are to be imported."""
    if not (_kept and _kept[0].alive and _kept[0].modules == modules):
        cool()
        _kept.append(Warm(modules))
    return _kept[0]


@atexit.register
def cool() -> None:
    """End the warm process of this process, if there is one."""
    while _kept:
        _kept.pop().close()
