"""Stored runs: every file tells where it comes from, and a command of many runs goes on where it stopped."""

import json

import pytest

from course.commands.histories import FOLDER, add, opened, origin, read, stopwatch, write
from course.datasets import EMBEDDED
from course.files import sha256

STORED = sorted(FOLDER.glob("[0-9]*.json"))


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_stored_history_is_of_the_corpus_that_lies_beside_it(file):
    history = read(file)
    assert history["command"].startswith("python -m course")
    assert "python" in history["versions"]
    assert history.get("cpu_seconds", history.get("seconds")) > 0
    for name, digest in history.get("corpus", {}).items():
        if (EMBEDDED / name).exists():
            assert sha256(EMBEDDED / name) == digest, (
                f"{name} has changed since these runs: run `{history['command']}` again"
            )


def test_there_are_stored_histories_of_embedded_corpora():
    named = [name for file in STORED for name in read(file).get("corpus", {})]
    assert sum((EMBEDDED / name).exists() for name in named) >= 4


def test_what_is_read_is_what_was_written(tmp_path):
    history = {"command": "é", "runs": [{"seed": 1, "losses": [0.5]}, {"seed": 2}], "rows": [], "sizes": {"a": [1]}}
    write(tmp_path / "a.json", history)
    assert read(tmp_path / "a.json") == history
    assert len((tmp_path / "a.json").read_text(encoding="utf-8").splitlines()) == 9  # a run more is a line more


def test_runs_are_added_one_by_one_and_found_again(tmp_path):
    file = tmp_path / "a.json"
    settings = origin("no_history", "lives/train.txt") | {"rates": (0.1, 0.2)}
    history = opened(file, settings)
    assert history["runs"] == []
    assert not file.exists()
    add(file, history, {"seed": 1, "cpu_seconds": 1.4})
    add(file, history, {"seed": 2, "cpu_seconds": 1.4})
    again = opened(file, settings)
    assert again == history
    assert [run["seed"] for run in again["runs"]] == [1, 2]
    assert again["cpu_seconds"] == 3
    assert again["corpus"] == {"lives/train.txt": sha256(EMBEDDED / "lives" / "train.txt")}


def test_runs_of_other_settings_are_refused_and_kept(tmp_path):
    file = tmp_path / "a.json"
    add(file, opened(file, {"units": 96}), {"cpu_seconds": 1})
    before = file.read_bytes()
    with pytest.raises(ValueError, match=r"a\.json: expected runs with units 97, got 96; move the file away"):
        opened(file, {"units": 97})
    assert file.read_bytes() == before


def test_stopwatch_counts_the_seconds_of_the_processor():
    seconds = stopwatch()
    taken = seconds()
    assert set(taken) == {"wall_seconds", "cpu_seconds"}
    assert 0 <= taken["cpu_seconds"] <= 1
    json.dumps(taken)
