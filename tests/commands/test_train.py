import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from course.commands import train
from course.commands.presets import PRESETS, Preset
from course.datasets import TextCorpus
from course.metrics import perplexity
from course.models.language_model import language_model

TINY = Preset(
    "tiny",
    units=6,
    embedding=5,
    layers=2,
    dropout=0.1,
    streams=2,
    steps=4,
    epochs=2,
    takes="a second",
    frequent=8,
    sampled=3,
)
LINES = ["the cat sees the dog", "", "a dog sees a cat", "the bird sings"]


@pytest.fixture
def tiny(monkeypatch, tmp_path):
    """A preset on a corpus of a few hundred words, its folders and its measurements made small."""
    text = "\n".join(LINES * 15) + "\n"
    monkeypatch.setattr(train, "load", lambda name: TextCorpus(name, text, text[:200], text[:300]))
    monkeypatch.setattr(train, "available", lambda name: True)
    monkeypatch.setattr(train, "PRESETS", {"tiny": TINY})
    monkeypatch.setattr(train, "FOLDER", tmp_path / "training")
    monkeypatch.setattr(train.histories, "FOLDER", tmp_path / "histories")
    monkeypatch.setattr(train, "CONTEXTS", 5)
    monkeypatch.setattr(train, "LONGEST", 20)
    monkeypatch.setattr(train, "DISTANCES", (2, 5))
    (tmp_path / "histories").mkdir()
    return tmp_path


def arguments(preset="tiny", store=False):
    return SimpleNamespace(preset=preset, store=store)


def test_a_run_leaves_checkpoint_and_history_and_repeats_itself_exactly(tiny, capsys):
    assert train.main(arguments(store=True)) == 0
    assert "test perplexity: LSTM" in capsys.readouterr().out
    file = tiny / "training" / "tiny" / "history.json"
    history = json.loads(file.read_text(encoding="utf-8"))
    assert [epoch["epoch"] for epoch in history["epochs"]] == [1, 2]
    assert history["test"]["mixture"] <= history["test"]["kneser_ney_5"] * 1.05
    assert (tiny / "histories" / "08_tiny.json").read_bytes() == file.read_bytes()
    assert history["command"] == "python -m course train tiny --store"
    assert len(history["context"]["drop"]) == len(history["context"]["distance"]) == 2
    assert train.main(arguments()) == 0  # all epochs are in the checkpoint: scores once more, trains nothing
    assert json.loads(file.read_text(encoding="utf-8"))["test"] == history["test"]


def test_a_stopped_run_goes_on(tiny, monkeypatch):
    assert train.main(arguments()) == 0
    whole = json.loads((tiny / "training" / "tiny" / "history.json").read_text(encoding="utf-8"))
    monkeypatch.setattr(train, "FOLDER", tiny / "again")
    report = train.Report.every_step

    def stop(self, epoch, step, steps, history):
        if epoch == 2 and step == 3:
            raise KeyboardInterrupt
        report(self, epoch, step, steps, history)

    monkeypatch.setattr(train.Report, "every_step", stop)
    with pytest.raises(KeyboardInterrupt):
        train.main(arguments())
    monkeypatch.setattr(train.Report, "every_step", report)
    assert train.main(arguments()) == 0
    resumed = json.loads((tiny / "again" / "tiny" / "history.json").read_text(encoding="utf-8"))
    assert resumed["curve"] == whole["curve"]
    assert resumed["test"] == whole["test"]


def test_a_run_with_other_settings_is_not_mixed_with_this_one(tiny, monkeypatch, capsys):
    assert train.main(arguments()) == 0
    before = (tiny / "training" / "tiny" / "checkpoint.npz").read_bytes()
    monkeypatch.setattr(train, "PRESETS", {"tiny": replace(TINY, learning_rate=0.1)})
    assert train.main(arguments()) == 1
    assert "got another learning_rate; delete the folder" in capsys.readouterr().err
    assert (tiny / "training" / "tiny" / "checkpoint.npz").read_bytes() == before


def test_a_mistyped_preset_gets_a_suggestion(capsys):
    assert train.main(arguments("wikitext2")) == 2
    assert "Did you mean `wikitext-2`?" in capsys.readouterr().err
    assert train.main(arguments(None)) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in PRESETS)


def test_a_missing_corpus_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(train, "available", lambda name: False)
    assert train.main(arguments("wikitext-2")) == 1
    assert "course data wikitext-2" in capsys.readouterr().err


def test_every_token_is_scored_once_by_both_models(tiny):
    vocabulary, ids = train.corpus_ids("tiny")
    words = [line.split() for line in LINES * 15]
    assert len(ids["train"]) == sum(len(line) + 1 for line in words)
    assert [vocabulary.decode(line) for line in train._lines(ids["train"])] == words
    model = language_model(len(vocabulary), 6, 5, layers=2, tied=True)
    result = train.evaluate(model, TINY, vocabulary, ids)["test"]
    assert result["tokens"] == len(ids["test"])
    uniform = perplexity(np.full(3, -np.log(len(vocabulary))))
    assert result["lstm"] == pytest.approx(uniform, rel=0.05)  # untrained: all tokens nearly alike


def test_the_learning_rate_rises_and_falls():
    rates = [float(train.schedule(0.01, 1000)(step)) for step in (0, 10, 20, 500, 1000)]
    assert rates[0] == pytest.approx(0.0002)
    assert rates[0] < rates[1] < rates[2] == pytest.approx(0.01)
    assert rates[2] > rates[3] > rates[4] == pytest.approx(0.0002)


def test_each_preset_builds_and_is_told_apart():
    for preset in PRESETS.values():
        small = replace(preset, units=6, embedding=5)
        model = train.build(small, 50, streams=2)
        assert model.count_params() > 0
        assert preset.takes.split(",")[0] in ("one core", "two cores", "one GPU")
