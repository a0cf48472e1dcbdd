"""The doctor says what stands, and does not call a sandbox with an open wall healthy."""

import argparse
import ast
import tempfile
from pathlib import Path

from course.grading import doctor, sandbox
from course.grading.sandbox import NoSandbox, Sandbox


def test_every_wall_stands(walls, capsys):
    assert doctor.main(argparse.Namespace()) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Answers can be graded here."
    assert len([line for line in said if line.startswith("✓")]) == len(said) - 2 > 12


def test_wall_that_is_open_is_named(walls, monkeypatch, capsys):
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to others
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setattr(doctor, "Sandbox", lambda limits: Sandbox(limits, readable=(Path(folder),)))
        assert doctor.main(argparse.Namespace()) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("✗")] == ["✗ files of this machine are not there"]
    assert said[-1] == "Do not grade here: a wall is open."


def test_machine_without_a_sandbox_is_told_in_one_line(monkeypatch, capsys):
    def missing():
        raise NoSandbox("bubblewrap is not installed.")

    monkeypatch.setattr(doctor, "bubblewrap", missing)
    assert doctor.main(argparse.Namespace()) == 1
    assert capsys.readouterr().err == "✗ bubblewrap is not installed.\n"


def test_verbs_are_there_to_refuse_on_windows():
    unix = {"fcntl", "resource", "pwd", "termios"}
    for file in sorted((sandbox.COURSE / "grading").glob("*.py")):
        top = [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.Import)]
        assert not unix & {alias.name for node in top for alias in node.names}, file
