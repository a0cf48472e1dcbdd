"""The stored trainings of lesson 13: whole, of today's data, and the command goes on where it stopped."""

import pytest

from course.commands.attention_history import (
    EPOCHS,
    FILE,
    LENGTHS,
    MODELS,
    SEEDS,
    SmallLanguage,
    main,
    small_language,
)
from course.commands.histories import read
from course.corpora.sources import EMBEDDED
from course.datasets import Pair
from course.files import sha256
from course.text.tokens import tokenize
from course.text.vocabulary import Vocabulary

pytestmark = pytest.mark.keras


def tiny_language():
    pairs = [Pair(f"I see {n} cats.", (f"Je vois {n} chats.",)) for n in ("two", "three", "four", "five")]
    english, french = (
        Vocabulary.from_tokens(token for pair in pairs for token in tokenize(text(pair)))
        for text in (lambda pair: pair.source, lambda pair: pair.targets[0])
    )
    return SmallLanguage(english, french, pairs, pairs, {"random": pairs, "length": pairs})


def test_stored_runs_are_whole():
    stored = read(FILE)
    runs = [(run["seed"], run["model"]) for run in stored["runs"]]
    assert sorted(runs) == sorted((seed, name) for seed in SEEDS for name in MODELS)
    for run in stored["runs"]:
        assert ("alignment" in run) == (not run["model"].startswith("without"))
        assert len(run["losses"]) == len(run["validation_losses"]) == EPOCHS
        assert list(run["scores"]) == ["random", "composition", "length"]
        assert [tuple(row["tokens"]) for row in run["lengths"]] == list(LENGTHS)
        counted = [run["scores"][split]["sentences"] for split in ("random", "length")]
        assert sum(row["sentences"] for row in run["lengths"]) == sum(counted)
    assert stored["corpus"] == {name: sha256(EMBEDDED / name) for name in stored["corpus"]}
    assert stored["cpu_seconds"] == sum(run["cpu_seconds"] for run in stored["runs"])


def test_small_language_holds_nothing_out_of_its_vocabulary_or_length():
    language = small_language()
    assert len(language.train) == read(FILE)["training_pairs"]
    assert (len(language.english), len(language.french)) == (704, 904)
    known = {pair.source for pair in language.train}
    for part in (language.valid, *language.tests.values()):
        assert not known & {pair.source for pair in part}
        assert all(token in language.english for pair in part for token in tokenize(pair.source))
    longest = max(len(tokenize(pair.source)) for pair in language.train)
    assert longest == 10 < min(len(tokenize(pair.source)) for pair in language.tests["length"])


def test_an_interrupted_command_goes_on_where_it_stopped(tmp_path, capsys):
    file, setting = tmp_path / "runs.json", {"language": tiny_language(), "models": {"additive": ("additive", True)}}
    main(file, seeds=(1,), **setting)
    [first] = read(file)["runs"]
    assert 0 <= first["scores"]["random"]["bleu"] <= 100
    assert [(row["tokens"], row["sentences"]) for row in first["lengths"]] == [([5, 6], 8)]
    capsys.readouterr()
    main(file, seeds=(1, 2), **setting)
    assert len(capsys.readouterr().out.splitlines()) == 1  # the one run that was missing
    assert [(run["seed"], run["model"]) for run in read(file)["runs"]] == [(1, "additive"), (2, "additive")]
    assert read(file)["runs"][0] == first
    with pytest.raises(ValueError, match="expected runs with training_pairs"):
        main(file, tiny_language()._replace(train=[]), {}, ())
