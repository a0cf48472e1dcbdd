from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from course.backend import keras
from course.commands import language_runs, train, translation_runs
from course.commands.histories import read
from course.commands.presets import PRESETS, LanguagePreset, TranslationPreset
from course.datasets import Pair, ParallelCorpus, TextCorpus
from course.metrics import perplexity
from course.models.language_model import language_model
from course.models.translator import Translator
from course.training import warmed_cosine

TINY = LanguagePreset(
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
    monkeypatch.setattr(language_runs, "load", lambda name: TextCorpus(name, text, text[:200], text[:300]))
    monkeypatch.setattr(train, "available", lambda name: True)
    monkeypatch.setattr(train, "PRESETS", {"tiny": TINY})
    monkeypatch.setattr(train, "FOLDER", tmp_path / "training")
    monkeypatch.setattr(train.histories, "FOLDER", tmp_path / "histories")
    monkeypatch.setattr(language_runs, "CONTEXTS", 5)
    monkeypatch.setattr(language_runs, "LONGEST", 20)
    monkeypatch.setattr(language_runs, "DISTANCES", (2, 5))
    (tmp_path / "histories").mkdir()
    return tmp_path


def arguments(preset="tiny", store=False, devices=None, hosts="", host=0):
    return SimpleNamespace(preset=preset, store=store, devices=devices, hosts=hosts, host=host)


@pytest.mark.skipif(keras.backend.backend() == "jax", reason="JAX can")
@pytest.mark.parametrize("several", [{"devices": 2}, {"hosts": "a:1,b:1", "host": 1}])
def test_several_devices_need_jax(tiny, capsys, several):
    assert train.main(arguments(**several)) == 2
    assert "expected KERAS_BACKEND=jax" in capsys.readouterr().err


def test_a_run_leaves_checkpoint_and_history_and_repeats_itself_exactly(tiny, capsys):
    assert train.main(arguments(store=True)) == 0
    assert "test perplexity: LSTM" in capsys.readouterr().out
    file = tiny / "training" / "tiny" / "history.json"
    history = read(file)
    assert [epoch["epoch"] for epoch in history["epochs"]] == [1, 2]
    assert history["test"]["mixture"] <= history["test"]["kneser_ney_5"] * 1.05
    assert (tiny / "histories" / "08_tiny.json").read_bytes() == file.read_bytes()
    assert history["command"] == "python -m course train tiny --store"
    assert len(history["context"]["drop"]) == len(history["context"]["distance"]) == 2
    assert train.main(arguments()) == 0  # all epochs are in the checkpoint: scores once more, trains nothing
    assert read(file)["test"] == history["test"]


def whole_and_resumed(folder, monkeypatch, stop_at) -> tuple[dict, dict]:
    """The history of a run in one go, and that of one which was stopped in its second epoch and begun again."""
    assert train.main(arguments()) == 0
    monkeypatch.setattr(train, "FOLDER", folder / "again")
    report = train.Report.every_step

    def stop(self, epoch, step, steps, history):
        if epoch == 2 and step == stop_at:
            raise KeyboardInterrupt
        report(self, epoch, step, steps, history)

    monkeypatch.setattr(train.Report, "every_step", stop)
    with pytest.raises(KeyboardInterrupt):
        train.main(arguments())
    monkeypatch.setattr(train.Report, "every_step", report)
    assert train.main(arguments()) == 0
    return read(folder / "training" / "tiny" / "history.json"), read(folder / "again" / "tiny" / "history.json")


def test_a_stopped_run_goes_on(tiny, monkeypatch):
    whole, resumed = whole_and_resumed(tiny, monkeypatch, stop_at=3)
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
    vocabulary, ids = language_runs.corpus_ids("tiny")
    words = [line.split() for line in LINES * 15]
    assert len(ids["train"]) == sum(len(line) + 1 for line in words)
    assert [vocabulary.decode(line) for line in language_runs._lines(ids["train"])] == words
    model = language_model(len(vocabulary), 6, 5, layers=2, tied=True)
    result = language_runs.evaluate(model, TINY, vocabulary, ids)["test"]
    assert result["tokens"] == len(ids["test"])
    uniform = perplexity(np.full(3, -np.log(len(vocabulary))))
    assert result["lstm"] == pytest.approx(uniform, rel=0.05)  # untrained: all tokens nearly alike


def test_the_learning_rate_rises_and_falls():
    rates = [float(warmed_cosine(0.01, 1000)(step)) for step in (0, 10, 20, 500, 1000)]
    assert rates[0] == pytest.approx(0.0002)
    assert rates[0] < rates[1] < rates[2] == pytest.approx(0.01)
    assert rates[2] > rates[3] > rates[4] == pytest.approx(0.0002)


def test_each_preset_builds_and_is_told_apart():
    for preset in PRESETS.values():
        small = replace(preset, units=6, embedding=5)
        if isinstance(preset, LanguagePreset):
            model = language_runs.build(small, 50, streams=2)
        else:
            model = translation_runs.build(replace(small, vocab_size=60), PAIRS)
        assert model.count_params() > 0
        assert preset.takes.split(",")[0] in ("one core", "two cores", "one GPU")


# ---- translators

PAIRS = [Pair(f"I see {n} {what}.", (f"Je vois {n} {quoi}.",)) for n in range(9) for what, quoi in [("cats", "chats")]]
PAIRS += [Pair(f"You see {n} dogs!", (f"Tu vois {n} chiens !", f"Vous voyez {n} chiens !")) for n in range(9)]
TINY_TRANSLATOR = TranslationPreset(
    "tiny", "additive", vocab_size=70, units=6, embedding=4, batch=4, epochs=2, longest=40, takes="a second"
)


@pytest.fixture
def tiny_pairs(tiny, monkeypatch):
    """A preset of a translator on twenty sentences, searched with two widths."""
    corpus = ParallelCorpus("tiny", tuple(PAIRS), tuple(PAIRS[:3]), tuple(PAIRS[5:14]))
    monkeypatch.setattr(translation_runs, "load", lambda name: corpus)
    monkeypatch.setattr(train, "PRESETS", {"tiny": TINY_TRANSLATOR, "words": replace(TINY_TRANSLATOR, pieces="words")})
    monkeypatch.setattr(translation_runs, "WIDTHS", (1, 5))
    monkeypatch.setattr(translation_runs, "LENGTHS", ((1, 100),))
    monkeypatch.setattr(translation_runs, "SAMPLES", 2)
    monkeypatch.setattr(translation_runs, "MAX_STEPS", 12)
    monkeypatch.setattr(train, "MODELS", tiny / "translators")
    return tiny


@pytest.mark.parametrize("preset", ["tiny", "words"])
def test_a_translator_is_trained_scored_and_kept_with_its_codecs(tiny_pairs, preset, capsys):
    assert train.main(arguments(preset, store=True)) == 0
    assert "beam 5: BLEU" in capsys.readouterr().out
    history = read(tiny_pairs / "histories" / f"12_{preset}.json")
    assert [row["width"] for row in history["test"]["scores"]] == [1, 5]
    assert history["test"]["sentences"] == 9
    assert history["lengths"][0]["sentences"] == 9
    assert history["lengths"][0]["bleu, width 5"] == history["test"]["scores"][1]["bleu"]
    assert "nrefs:var" in history["test"]["signatures"]["bleu"]
    assert [sample["source"] for sample in history["samples"]] == [pair.source for pair in PAIRS[5:7]]
    kept = keras.models.load_model(tiny_pairs / "translators" / f"{preset}.keras")
    assert isinstance(kept, Translator)
    assert kept.source_texts.decode(kept.source_texts.encode("I see 5 cats.")) == "I see 5 cats."
    again = translation_runs.translated(kept, [PAIRS[5].source], width=5)
    assert again == [history["samples"][0]["width 5"]]


def test_a_stopped_translator_goes_on(tiny_pairs, monkeypatch):
    whole, resumed = whole_and_resumed(tiny_pairs, monkeypatch, stop_at=2)
    assert resumed["curve"] == whole["curve"]
    assert resumed["test"] == whole["test"]


def test_each_translation_is_a_row_and_a_long_one_is_left_out(tiny_pairs):
    model = translation_runs.build(replace(TINY_TRANSLATOR, pieces="words"), PAIRS)
    (sources, inputs), targets = translation_runs.rows(model, PAIRS[9:10], longest=6)
    assert [model.target_texts.decode(row[:5]) for row in targets.tolist()] == [
        "Tu vois 0 chiens!",
        "Vous voyez 0 chiens!",
    ]
    assert len(sources) == len(inputs) == 2
    assert len(translation_runs.rows(model, PAIRS[9:10], longest=4)[1]) == 0
