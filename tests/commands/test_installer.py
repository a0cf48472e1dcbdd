"""Packages come from the hashed lock, compiled; what pip and uv say about a fault becomes one sentence."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest

from course.commands import environment, installer
from course.commands.installer import EnvironmentFault
from course.commands.progress import Progress

# ---- with the real pip, offline: a lock of one wheel of our own


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """A folder with the wheels of two packages."""
    folder = tmp_path_factory.mktemp("wheels")
    for name in ("tiny", "other"):
        information = f"{name}-1.0.dist-info"
        files = {
            f"{name}.py": "VALUE = 42\n",
            f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        files[f"{information}/RECORD"] = "".join(f"{file},,\n" for file in files)
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            for file, text in files.items():
                wheel.writestr(file, text)
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory, wheels):
    """A repository whose environment pip made from the lock, without a network and with a hostile setting."""
    repository = tmp_path_factory.mktemp("repository")
    sha256 = hashlib.sha256((wheels / "tiny-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    (repository / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{sha256}\n")
    with pytest.MonkeyPatch.context() as patch:
        _offline(patch, wheels)
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        patch.setattr(installer, "NEEDED_SPACE", 0)
        environment.ensure(repository)
    return repository


def _offline(patch, folder):
    patch.delenv("COURSE_VENV", raising=False)
    patch.setattr(installer.shutil, "which", lambda program: None)  # no uv
    for name, value in (("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", str(folder)), ("PIP_CONFIG_FILE", os.devnull)):
        patch.setenv(name, value)


def test_pip_fills_the_environment_and_compiles_it(repository):
    folder = repository / ".venv"
    program = "import json, sys, tiny; print(json.dumps([tiny.VALUE, tiny.__cached__, sys.path]))"
    shown = subprocess.run([installer.python_in(folder), "-c", program], capture_output=True, text=True, check=True)
    value, compiled, path = json.loads(shown.stdout)
    assert value == 42
    assert os.path.exists(compiled)  # noqa: PTH110 (a string from elsewhere); it halves the time of an import
    assert str(repository) in path  # `course` is importable
    assert "tiny" in (repository / ".venv-install.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ("other==1.0 --hash=sha256:" + "0" * 64, r"does not have the hash that requirements.txt promises"),
        ("other==1.0", r"does not have the hash that requirements.txt promises"),
        ("absent==1.0 --hash=sha256:" + "0" * 64, r"No package index that was reached has all packages"),
    ],
)
def test_pip_refuses_what_the_lock_does_not_pin(repository, wheels, monkeypatch, lock, said):
    _offline(monkeypatch, wheels)
    monkeypatch.setattr(environment, "_empty", lambda folder: None)  # keeps the interpreter: a second saved
    (repository / "requirements.txt").write_text(lock)
    with pytest.raises(EnvironmentFault, match=said):
        environment.ensure(repository)


# ---- what pip and uv print, word for word


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: Failed to install: numpy.whl\n  cause: No space left on device (os error 28)", "The disk is full"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'", "Not allowed"),
        ("error: failed to create directory\n  cause: Permission denied (os error 13)", "Not allowed to write"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "does not have the hash"),
        ("  x Failed to download `absl-py==2.5.1`\n  Hash mismatch for `absl-py==2.5.1`", "does not have the hash"),
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'ProxyError('Cannot connect to proxy.', "
            "NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused'))'\n"
            "ERROR: No matching distribution found for absl-py==2.5.1",
            "index was not reached",
        ),
        (
            "error: Failed to fetch: `x`\n  cause: tcp connect error\n  cause: Connection refused",
            "index was not reached",
        ),
        ("error: No solution found\nhint: Packages were unavailable because the network was disabled.", "not reached"),
        ("Because tensorflow==2.21.0 has no wheels with a matching platform tag", "all packages for this machine"),
        ("ERROR: No matching distribution found for tensorflow==2.21.0", "all packages for this machine"),
        ("something else\nerror: the sky fell\nhint: run", "failed: error: the sky fell. Start again"),
    ],
)
def test_what_an_installer_prints_becomes_a_sentence(tmp_path, printed, said):
    log = tmp_path / "install.log"
    command = [sys.executable, "-c", f"print({printed!r}); raise SystemExit(1)"]
    with open(log, "w", encoding="utf-8") as output, pytest.raises(EnvironmentFault, match=said) as fault:
        installer._run(command, output, lambda line: None)
    assert "\n" not in str(fault.value)
    assert printed in log.read_text(encoding="utf-8")


def test_stopping_ends_the_installer_too(tmp_path):
    def stop(line):
        raise KeyboardInterrupt

    started = []
    popen = subprocess.Popen

    class Popen(popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    command = [sys.executable, "-c", "print('first line', flush=True); import time; time.sleep(60)"]
    with open(tmp_path / "log", "w") as output, pytest.MonkeyPatch.context() as patch:
        patch.setattr(installer.subprocess, "Popen", Popen)
        with pytest.raises(KeyboardInterrupt):
            installer._run(command, output, stop)
    assert started[0].returncode not in (None, 0)


def test_uv_is_used_where_there_is_one(tmp_path, monkeypatch):
    commands = []
    monkeypatch.setattr(installer.shutil, "which", lambda program: "uv")
    monkeypatch.setattr(installer, "NEEDED_SPACE", 0)
    monkeypatch.setattr(installer, "_run", lambda command, *_, **__: commands.append(command))
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda name: None)  # needs neither venv nor ensurepip
    (tmp_path / "requirements.txt").write_text(
        "# lock\na==1 \\\n    --hash=sha256:00\n    # via b\nb==2 ; os_name == 'nt'\n"
    )
    progress = Progress("packages", io.StringIO())
    installer.install(tmp_path, tmp_path / "requirements.txt", tmp_path / "log", progress)
    assert progress.total == 2
    assert [command[:3] for command in commands] == [["uv", "venv", "--allow-existing"], ["uv", "pip", "install"]]
    assert {"--require-hashes", "--compile-bytecode"} < set(commands[1])


# ---- progress


PIP = """\
Ignoring appnope: markers 'sys_platform == "darwin"' don't match your environment
Collecting absl-py==2.5.1 (from -r requirements.txt (line 3))
  Downloading absl_py-2.5.1-py3-none-any.whl (137 kB)
Processing /some/folder/arrow-1.4.0-py3-none-any.whl (from -r /the/requirements.txt (line 71))
""".splitlines(keepends=True)
UV = ["Resolved 152 packages in 2.84s\n", "Downloading numpy (16.0MiB)\n", "Prepared 152 packages in 9s\n"]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (PIP[:1], "fetching"),
        (PIP[:2], "fetching 1 of 2 packages: absl-py"),
        (PIP[:3], "fetching 1 of 2 packages: absl_py-2.5.1-py3-none-any.whl (137 kB)"),
        (PIP, "fetching 2 of 2 packages: arrow-1.4.0-py3-none-any.whl"),
        ([*PIP, "Installing collected packages: absl-py, arrow\n"], "installing 1 of 2 packages"),
        (UV[:2], "fetching: numpy (16.0MiB)"),
        (UV, "installing 1 of 152 packages"),
        ([*UV, "Installed 152 packages in 1.34s\n"], "compiling"),
    ],
)
def test_progress_is_read_from_the_installer(tmp_path, lines, shown):
    (tmp_path / "absl_py-2.5.1.dist-info").mkdir()
    progress = Progress("packages", io.StringIO())
    progress.stage, progress.total = "fetching", 3
    for line in lines:
        installer._follow(line, progress, tmp_path)
    assert progress.line().split(" s  ")[1] == shown


class _Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("stream", "moves"), [(io.StringIO, False), (_Terminal, True)])
def test_a_terminal_gets_one_moving_line_and_a_file_one_line_a_stage(stream, moves):
    with Progress("packages", stream()) as progress:
        for progress.stage in ("fetching", "installing"):
            _until_shown(progress)
    text = progress.stream.getvalue()
    assert ("\r" in text, "\n" in text) == (moves, not moves)
    assert moves or len(text.splitlines()) == 2


def _until_shown(progress):
    for _ in range(100):
        if progress.stage in progress.stream.getvalue():
            return
        progress._finished.wait(0.05)
    pytest.fail(f"{progress.stage} was not shown in 5 s")
