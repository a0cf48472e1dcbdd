"""The translators that come with the course: the files, their card, their histories and the code belong together."""

import hashlib
import json
import re
from dataclasses import asdict

import pytest

from course.commands.histories import FOLDER as HISTORIES
from course.commands.presets import PRESETS
from course.commands.translation_runs import translated
from course.translation import FOLDER, load_translator, text_translator

NAMES = ("tatoeba", "tatoeba-attention")
CARD = (FOLDER / "README.md").read_text(encoding="utf-8")


def history_of(name):
    return json.loads((HISTORIES / f"12_{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_file_is_the_one_on_the_card_and_small(name):
    content = (FOLDER / f"{name}.keras").read_bytes()
    assert len(content) <= 25e6
    assert f"| `{name}.keras` | {len(content):,} | `{hashlib.sha256(content).hexdigest()}` |" in CARD


@pytest.mark.parametrize("name", NAMES)
def test_history_was_made_with_the_settings_of_the_preset(name):
    history, settings = history_of(name), json.loads(json.dumps(asdict(PRESETS[name])))
    assert {key: value for key, value in history["preset"].items() if key != "takes"} == {
        key: value for key, value in settings.items() if key != "takes"
    }
    assert len(history["epochs"]) == settings["epochs"]


def test_card_has_the_scores_of_the_histories():
    scores = [history_of(name)["test"]["scores"] for name in NAMES]
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", CARD, re.MULTILINE)
    assert rows == [
        (f"{one['width']}", *(f"{row[metric]:.1f}" for row in (one, other) for metric in ("bleu", "chrf")))
        for one, other in zip(*scores, strict=True)
    ]
    for name in NAMES:
        assert all(signature in CARD for signature in history_of(name)["test"]["signatures"].values())


@pytest.mark.keras
@pytest.mark.parametrize("name", NAMES)
def test_model_writes_what_its_history_says(name):
    model, samples = load_translator(name), history_of(name)["samples"]
    for width in (1, 5):
        written = translated(model, [sample["source"] for sample in samples], width)
        same = [text == sample[f"width {width}"] for text, sample in zip(written, samples, strict=True)]
        assert sum(same) >= 28, width  # of 30: on another processor a tie of two words may fall the other way


@pytest.mark.keras
def test_famous_sentence_is_aligned_with_its_words():
    [found] = text_translator(load_translator("tatoeba-attention"))(["The cat sat on the mat."])
    looked_at = {
        piece: found.source_pieces[weights.argmax()]
        for piece, weights in zip(found.target_pieces, found.attention_weights, strict=True)
    }
    assert looked_at["▁chat"] == "▁cat"
