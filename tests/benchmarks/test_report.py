"""Rows, the result file, and the tables in README.md."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from benchmarks import peers, report
from benchmarks.measure import Timing
from benchmarks.report import HEADING, README, RESULTS, Comparison, Figure
from course.commands import bench

ROWS = [
    Comparison("a step", "ours", "theirs", "tokens", "losses equal", ([Timing(1, 2, 10)], [Timing(4, 2, 10)]), goal=3),
    Comparison("a step", "ours", "theirs", "tokens", "losses equal", ([Timing(1, 2)], [Timing(4, 3)]), 2, "cpu"),
    Figure("a key", "99th percentile", 0.12345, "ms", goal=0.2),
    Figure("a key", "memory", 600.0, "MB", goal=500),
    Figure("a key", "median", 0.1, "ms"),
]


def test_table_says_rates_ratio_and_whether_the_goal_is_reached():
    lines = report.table(map(report.plain, ROWS)).splitlines()
    assert lines[2] == "| a step | ours: 10 tokens/s | theirs: 2.5 tokens/s | **4×** (4 to 4) | ≥ 3: reached |"
    assert "**1.5×** (1.5 to 1.5) in CPU seconds | ≥ 2: missed |" in lines[3]
    assert lines[-3:] == [
        "| a key | 99th percentile | 0.123 ms | ≤ 0.2: reached |",
        "| a key | memory | 600 MB | ≤ 500: missed |",
        "| a key | median | 0.1 ms |  |",
    ]


def test_result_file_holds_every_timing_and_where_it_was_measured(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"Above.\n\n{HEADING}\n\nold\n")
    found = report.result("steps", "python -m course bench steps", map(report.plain, ROWS), ("numpy", "no_such_peer"))
    stored = json.loads(report.store(found, tmp_path, readme).read_text())
    assert stored["rows"][0]["timings"] == {
        "ours": {"wall": [1], "cpu": [2], "amount": [10]},
        "peer": {"wall": [4], "cpu": [2], "amount": [10]},
    }
    assert stored["rows"][2]["value"] == 0.12345
    assert set(stored["versions"]) == {"python", "numpy"}
    assert stored["machine"]["cores"] >= 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", stored["date"])
    page = readme.read_text()
    assert page.startswith(f"Above.\n\n{HEADING}\n\n### steps\n")
    assert "old" not in page
    assert page.endswith(report.table(stored["rows"]) + "\n")


def test_page_without_the_heading_is_refused():
    with pytest.raises(ValueError, match="Latest results"):
        report.with_results("# Benchmarks\n")


def test_readme_shows_the_stored_results():
    page = README.read_text(encoding="utf-8")
    assert page == report.with_results(page), "the tables are made from benchmarks/results by `python -m course bench`"


def test_readme_says_what_each_benchmark_compares():
    page = README.read_text(encoding="utf-8").partition(HEADING)[0]
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(bench.benchmarks())


def test_every_result_is_of_a_benchmark_that_is_there():
    assert {file.stem for file in RESULTS.glob("*.json")} <= set(bench.benchmarks())


def test_example_of_the_readme_runs(tmp_path):
    [example] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "sorting.py"
    file.write_text(example)
    assert list(bench.benchmarks(tmp_path)) == ["sorting"]
    spec = importlib.util.spec_from_file_location("sorting", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    [row] = module.run(2)
    assert report.table([report.plain(row)]).count("**") == 2


def test_a_missing_peer_is_one_line_that_says_how_to_get_it(capsys):
    assert not peers.present("no_such_peer", "Speedy")
    assert re.fullmatch(r"Speedy is not here.*pip install .*\btorch\n", capsys.readouterr().out)
    assert peers.program("no-such-program", "Build it.") is None
    assert re.fullmatch(r"no-such-program is not on the PATH.*Build it\.\n", capsys.readouterr().out)
    assert peers.present("numpy", "NumPy")
    assert not capsys.readouterr().out


def test_results_name_no_folder_of_the_machine():
    for file in [*RESULTS.glob("*.json"), README]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(home|Users|root|tmp|work|opt)/", text), file.name
        assert str(Path.home()) not in text or str(Path.home()) == "/"
