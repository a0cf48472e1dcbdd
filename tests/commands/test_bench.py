"""`bench` finds the benchmarks, starts each in a process of its own, and goes on when one fails."""

import subprocess
import sys
from argparse import Namespace

import pytest

from course.commands import bench


@pytest.fixture
def two(monkeypatch, tmp_path):
    """A folder with two benchmarks and a helper; the processes that would have been started are collected."""
    (tmp_path / "fast.py").write_text('"""Ours against\nanother."""\ndef run(rounds):\n    raise ImportError\n')
    (tmp_path / "other.py").write_text('"""The other."""\ndef run(rounds):\n    pass\n')
    (tmp_path / "helper.py").write_text('"""No benchmark."""\ndef start():\n    pass\n')
    monkeypatch.setattr(bench, "benchmarks", lambda: {"fast": "Ours against", "other": "The other."})
    started = []
    monkeypatch.setattr(bench.subprocess, "call", lambda command, cwd: started.append(command) or 0)
    return tmp_path, started


def test_a_benchmark_is_a_module_with_run_and_none_is_imported(tmp_path, two, monkeypatch):
    monkeypatch.undo()
    assert bench.benchmarks(tmp_path) == {"fast": "Ours against", "other": "The other."}


def test_without_a_name_they_are_listed(two, capsys):
    assert bench.main(Namespace(names=[], rounds=None)) == 0
    assert capsys.readouterr().out == "fast   Ours against\nother  The other.\n"
    assert two[1] == []


@pytest.mark.parametrize(
    ("names", "rounds", "expected"),
    [(["other"], None, [["other"]]), (["all"], 3, [["fast", "--rounds", "3"], ["other", "--rounds", "3"]])],
)
def test_each_runs_in_its_own_process(two, names, rounds, expected):
    assert bench.main(Namespace(names=names, rounds=rounds)) == 0
    assert two[1] == [[sys.executable, "-m", "benchmarks", *rest] for rest in expected]


def test_an_unknown_name_gets_the_nearest_and_nothing_runs(two, capsys):
    assert bench.main(Namespace(names=["fast", "othr"], rounds=None)) == 2
    said = capsys.readouterr().err
    assert "There is no benchmark `othr`. Did you mean `other`?" in said
    assert two[1] == []


def test_one_that_fails_does_not_stop_the_others(two, monkeypatch, capsys):
    started = []
    monkeypatch.setattr(bench.subprocess, "call", lambda command, cwd: started.append(command[3]) or len(started) == 1)
    assert bench.main(Namespace(names=["all"], rounds=None)) == 1
    assert started == ["fast", "other"]
    assert "fast failed" in capsys.readouterr().err


def test_the_list_costs_no_peer_and_no_engine():
    program = (
        "import sys; from course.commands import bench; bench.benchmarks(); "
        "print(sorted({'keras', 'tensorflow', 'torch', 'numpy'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", program], cwd=bench.REPOSITORY, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]", shown.stderr
