"""A Python that does not fit says so in one sentence, or hands over to one that does."""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from course.commands import interpreter

REPOSITORY = Path(__file__).parents[2]
READ_BY_ANY_PYTHON = ("__init__.py", "__main__.py", "commands/__init__.py", "commands/interpreter.py")


@pytest.fixture
def too_old(monkeypatch):
    """This Python calls itself 3.8 and was started with `lab --no-browser`."""
    monkeypatch.setattr(sys, "version_info", (3, 8, 1, "final", 0))
    monkeypatch.setattr(sys, "argv", ["__main__.py", "lab", "--no-browser"])


def test_bounds_are_those_of_pyproject():
    wanted = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert wanted == ">={}.{},<{}.{}".format(*interpreter.OLDEST, *interpreter.TOO_NEW)


@pytest.mark.parametrize("name", READ_BY_ANY_PYTHON)
def test_first_files_are_readable_by_any_python(name):
    source = (REPOSITORY / "course" / name).read_bytes().decode("ascii")  # Python 2 takes no other bytes
    tree = ast.parse(source, feature_version=(3, 4))
    new = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Starred, ast.Nonlocal)
    assert not [node for node in ast.walk(tree) if isinstance(node, new) or getattr(node, "returns", None)]


def test_a_python_that_fits_goes_on():
    interpreter.require_supported()


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_a_python_that_does_not_fit_stops_with_one_sentence(monkeypatch, too_old, version):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setattr(interpreter, "find_supported", lambda: None)
    with pytest.raises(SystemExit) as stop:
        interpreter.require_supported()
    assert f"this is Python {version[0]}.{version[1]}. Install Python 3.12" in stop.value.code
    assert stop.value.code.endswith("python3.12 -m course lab --no-browser")


def test_an_installed_python_that_fits_takes_over_with_all_arguments(monkeypatch, too_old):
    started = []
    monkeypatch.setattr(interpreter, "find_supported", lambda: ["python3.12"])
    monkeypatch.setattr(interpreter, "hand_over", lambda command: (started.append(command), sys.exit(0)))
    with pytest.raises(SystemExit):
        interpreter.require_supported()
    assert started == [["python3.12", "-m", "course", "lab", "--no-browser"]]


@pytest.mark.skipif(os.name == "nt", reason="makes a program from a shell script")
def test_only_a_python_that_runs_is_found(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert interpreter.find_supported() is None
    for name, script in (("python3.13", "exit 127"), ("python3.12", f'exec "{sys.executable}" "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    assert interpreter.find_supported() == ["python3.12"]  # 3.13 is a shim of a version manager that is not installed


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_handing_over_passes_the_exit_code_on(system):
    if system == "posix" and os.name == "nt":
        pytest.skip("Windows cannot replace a process")
    program = (
        "import os, sys; from course.commands import interpreter; "
        f"os.name = {system!r}; interpreter.hand_over([sys.executable, '-c', 'raise SystemExit(7)'])"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY).returncode == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot replace a process")
def test_handing_over_leaves_one_process_for_signals_to_reach():
    program = (
        "import sys; from course.commands import interpreter; "
        "interpreter.hand_over([sys.executable, '-c', 'import os; print(os.getpid())'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        assert int(process.stdout.read()) == process.pid
