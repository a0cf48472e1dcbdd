"""Every corpus is the one its name promises, or a sentence says what is wrong and what to do."""

import dataclasses
import hashlib
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from course import datasets
from course.corpora.sources import EMBEDDED, MANIFEST, SOURCES, File, Source
from course.datasets import (
    SPLITS,
    Pair,
    ParallelCorpus,
    TextCorpus,
    available,
    cache_folder,
    catalogue,
    fetch,
    how_to_get,
    leak,
    load,
    sentence_key,
)
from course.downloads import DownloadError
from tests.loopback import Loopback

REAL = [source.name for source in catalogue() if not source.embedded]


def on_this_machine(name):
    """Run a test only where the folder that COURSE_DATA names, or the cache, holds the corpus."""
    return pytest.mark.skipif(not available(name), reason=how_to_get(name))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def empty_machine(monkeypatch, tmp_path):
    """No folder of the reader's own, an empty cache."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


TEXT = b"small corpus\n" * 100


@pytest.fixture
def server():
    with Loopback(TEXT).running() as running:
        yield running


@pytest.fixture
def small(server, monkeypatch, empty_machine):
    """A corpus of one file that the server serves."""
    file = File("small/a.txt", len(TEXT), hashlib.sha256(TEXT).hexdigest(), (server.address(),))
    source = Source("small", "a small corpus", "CC0", "nobody", (file,))
    monkeypatch.setitem(SOURCES, "small", source)
    monkeypatch.setitem(datasets._READERS, "small", lambda contents: TextCorpus("small", *contents, "", ""))
    return source


# ---- names


def test_an_unknown_name_lists_the_names_and_the_nearest():
    with pytest.raises(ValueError, match=r"'wikitext2'; did you mean wikitext-2\? There are: lives, postcards, ptb, "):
        load("wikitext2")
    with pytest.raises(ValueError, match=r"no corpus is called 'xyz'\. There are: lives"):
        available("xyz")
    for verb in (load, available, how_to_get, fetch):
        with pytest.raises(ValueError, match="There are: " + ", ".join(SOURCES)):
            verb("")


def test_an_unknown_split_lists_the_splits():
    with pytest.raises(ValueError, match=r"postcards can be split by random, composition, length, got 'sentence'"):
        load("postcards", split="sentence")
    with pytest.raises(ValueError, match=r"lives can be split by nothing, got 'random'"):
        load("lives", split="random")


def test_lines_refuse_an_unknown_part():
    with pytest.raises(ValueError, match=r"expected one of train, valid, test, got 'dev'"):
        TextCorpus("any", "a\n", "b\n", "c\n").lines("dev")


def test_lines_are_cut_at_line_ends_only_and_keep_the_empty_ones():
    corpus = TextCorpus("any", "one\u2028still one\n\n three \n", "", "x")
    assert corpus.lines("train") == ["one\u2028still one", "", " three "]
    assert corpus.lines("test") == ["x"]


def test_corpora_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        load("lives").train = ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Pair("Hi.", ("Salut !",)).source = ""


def test_every_source_tells_its_terms_and_credit():
    for source in catalogue():
        assert all((source.what, source.licence, source.credit, source.bytes))
        for file in source.files:
            assert re.fullmatch("[0-9a-f]{64}", file.sha256)
            assert len(file.addresses) >= 2
            assert all(address.startswith("https://") for address in file.addresses)


# ---- embedded corpora


def test_lives_comes_in_three_parts_of_one_biography_a_line():
    corpus = load("lives")
    assert isinstance(corpus, TextCorpus)
    lines = [corpus.lines(split) for split in SPLITS]
    assert all(len(part) > 100 and all(part) for part in lines)
    assert not set(lines[0]) & set(lines[2])


@pytest.mark.parametrize("split", [None, *SOURCES["postcards"].splits])
def test_postcards_can_be_cut_in_each_way(split):
    corpus = load("postcards", split=split)
    assert isinstance(corpus, ParallelCorpus)
    for part in (corpus.train, corpus.valid, corpus.test):
        assert len(part) > 100
        assert all(pair.source and pair.targets and all(pair.targets) for pair in part)
    sources = [pair.source for part in (corpus.train, corpus.valid, corpus.test) for pair in part]
    assert len(sources) == len(set(sources)) == json.loads(MANIFEST.read_text())["postcards/postcards.tsv"]["rows"]
    assert leak(corpus.train, corpus.test) < 0.01  # a few commands that differ in their last mark: "." or "!"


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: b"X" + text[1:], lambda text: text + b"\n"])
def test_a_changed_embedded_file_is_refused_with_the_way_back(monkeypatch, tmp_path, spoil):
    copy = tmp_path / "datasets"
    shutil.copytree(EMBEDDED, copy)
    monkeypatch.setattr(datasets, "EMBEDDED", copy)
    spoilt = copy / "lives" / "valid.txt"
    spoilt.write_bytes(spoil(spoilt.read_bytes()))
    with pytest.raises(ValueError, match=r"valid\.txt is not .*`git restore datasets/lives/valid\.txt` brings it back"):
        load("lives")
    spoilt.unlink()
    with pytest.raises(FileNotFoundError, match=r"lives/valid\.txt is missing.*`git restore datasets/lives` brings it"):
        load("lives")


def test_embedded_corpora_are_always_there_and_only_verified_by_fetch(empty_machine):
    for name in ("lives", "postcards"):
        assert available(name)
        assert fetch(name) == EMBEDDED / name
        assert "part of the course" in how_to_get(name)


# ---- real corpora: getting them


@pytest.mark.parametrize("name", REAL)
def test_a_corpus_that_is_not_there_is_never_fetched_by_load(empty_machine, monkeypatch, name):
    monkeypatch.setattr(datasets, "download", lambda *_: pytest.fail("load must not download"))
    assert not available(name)
    with pytest.raises(FileNotFoundError, match=rf"{name} is not on this machine .*`python -m course data {name}`"):
        load(name)


def test_fetch_brings_the_corpus_into_the_cache_and_load_finds_it(small, server):
    folder = fetch("small")
    assert folder == cache_folder() / "small"
    assert available("small")
    assert load("small").train.encode() == TEXT
    assert fetch("small") == folder
    assert len(server.requests) == 1  # the second fetch only verified


def test_a_failed_fetch_says_what_to_do_leaves_nothing_to_load_and_goes_on_next_time(small, server):
    server.faults = [("cut", 500), 404]
    with pytest.raises(DownloadError) as failure:
        fetch("small")
    assert "HTTP 404 Not Found" in str(failure.value)
    assert "run `python -m course data small` again" in str(failure.value)
    assert "\n" not in str(failure.value)
    assert not available("small")
    with pytest.raises(FileNotFoundError):
        load("small")
    fetch("small")
    assert load("small").train.encode() == TEXT
    assert server.sent == len(TEXT)  # continued: not one byte twice


def test_a_spoilt_file_in_the_cache_is_refused_and_fetched_anew(small, server):
    path = fetch("small") / "a.txt"
    path.write_bytes(TEXT[:-1])
    with pytest.raises(ValueError, match=r"expected 1,300 bytes .*got 1,299 bytes .*`python -m course data small`"):
        load("small")
    fetch("small")
    assert load("small").train.encode() == TEXT


def test_the_readers_own_folder_comes_first_and_is_verified_just_the_same(small, server, monkeypatch, tmp_path):
    own = tmp_path / "own" / "small" / "a.txt"
    own.parent.mkdir(parents=True)
    own.write_bytes(TEXT)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "own"))
    assert available("small")
    assert fetch("small") == own.parent
    assert server.requests == []
    assert not cache_folder().exists()
    assert [path.name for path in own.parent.iterdir()] == ["a.txt"]  # nothing is written there

    own.write_bytes(TEXT.replace(b"m", b"n", 1))
    for verb in (load, fetch):
        with pytest.raises(ValueError, match=r"own/small/a\.txt is not the file of small.*or unset COURSE_DATA"):
            verb("small")

    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(ValueError, match=r"COURSE_DATA names .*nowhere, which is not a folder"):
        available("small")


def test_terms_are_shown_before_anything_is_fetched_and_need_a_yes(small, server, monkeypatch):
    monkeypatch.setitem(SOURCES, "small", dataclasses.replace(small, terms="Only for readers with a licence."))
    with pytest.raises(PermissionError, match=r"Only for readers with a licence\."):
        fetch("small")
    assert server.requests == []
    fetch("small", accept_terms=True)
    assert fetch("small") == cache_folder() / "small"  # what is there need not be accepted again
    assert SOURCES["ptb"].terms


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, ".cache"),
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere"),
        ("darwin", {}, "Library/Caches"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local"),
        ("win32", {}, "AppData/Local"),
    ],
)
def test_the_cache_stands_where_the_system_keeps_caches(monkeypatch, platform, variables, expected):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert cache_folder() == Path.home() / expected / "sequence-course"


# ---- real corpora: what they hold


@on_this_machine("wikitext-2")
def test_wikitext_2_has_the_published_counts():
    corpus = load("wikitext-2")
    assert [sum(len(line.split()) + 1 for line in corpus.lines(split)) for split in SPLITS] == [
        2_088_628,
        217_646,
        245_569,
    ]


@on_this_machine("ptb")
def test_ptb_has_the_published_counts():
    corpus = load("ptb")
    assert [sum(len(line.split()) + 1 for line in corpus.lines(split)) for split in SPLITS] == [929_589, 73_760, 82_430]


@on_this_machine("tiny-shakespeare")
def test_tiny_shakespeare_is_cut_between_speakers_and_loses_nothing():
    corpus = load("tiny-shakespeare")
    whole = corpus.train + corpus.valid + corpus.test
    assert len(whole) == 1_115_394
    assert len(set(whole)) == 65
    for before, after in ((corpus.train, corpus.valid), (corpus.valid, corpus.test)):
        assert before.endswith("\n\n")
        assert re.match(r"[A-Z][^\n]*:\n", after)  # the next speaker's name
    assert 0.89 < len(corpus.train) / len(whole) < 0.91


@pytest.fixture(scope="module")
def tatoeba():
    return load("tatoeba-eng-fra")


@on_this_machine("tatoeba-eng-fra")
def test_tatoeba_keeps_every_english_sentence_with_all_its_translations(tatoeba):
    parts = (tatoeba.train, tatoeba.valid, tatoeba.test)
    sources = [pair.source for part in parts for pair in part]
    assert len(sources) == len(set(sources)) == 116_830
    assert min(len(tatoeba.valid), len(tatoeba.test)) > 2000
    rich = next(pair for pair in tatoeba.test if pair.source == "You're rich.")
    assert rich.targets == ("Tu es riche.", "Vous êtes riche.", "Vous êtes riches.")


@on_this_machine("tatoeba-eng-fra")
def test_tatoeba_does_not_leak_across_its_parts_and_the_usual_split_does(tatoeba):
    assert leak(tatoeba.train, tatoeba.valid + tatoeba.test) == leak(tatoeba.valid, tatoeba.test) == 0
    naive = load("tatoeba-eng-fra", split="pair")
    assert len(naive.train) + len(naive.valid) + len(naive.test) == 167_130
    assert 0.48 < leak(naive.train, naive.test) < 0.52  # measured 0.494; 0.48 to 0.51 over other draws


@on_this_machine("tatoeba-eng-fra")
def test_tatoeba_text_is_clean(tatoeba):
    pairs = tatoeba.train + tatoeba.valid + tatoeba.test
    sentences = [sentence for pair in pairs for sentence in (pair.source, *pair.targets)]
    assert all(sentence == sentence.strip() != "" for sentence in sentences)
    text = "\n".join(sentences)
    assert unicodedata.is_normalized("NFC", text)
    assert not set("\u202f\u00a0\u2009\u200b\u00ad\t’") & set(text)
    assert "  " not in text


@on_this_machine("tatoeba-eng-fra")
def test_the_first_pairs_of_tatoeba_are_a_sample_not_the_shortest(tatoeba):
    lengths = [len(pair.source) for pair in tatoeba.train]
    first, all_of_them = sum(lengths[:5000]) / 5000, sum(lengths) / len(lengths)
    assert abs(first - all_of_them) < 1  # characters; the file's own first 5,000 are 15 shorter


@pytest.mark.parametrize("name", [pytest.param(name, marks=on_this_machine(name)) for name in REAL])
def test_a_doctored_copy_of_a_real_corpus_is_refused(name, monkeypatch, tmp_path):
    source = SOURCES[name]
    originals = [datasets._find(source, file) for file in source.files]
    for file, original in zip(source.files, originals, strict=True):
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, tmp_path / file.path)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    doctored = tmp_path / source.files[0].path
    content = doctored.read_bytes()
    middle = len(content) // 2
    for spoilt in (content[:-1], content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]):
        doctored.write_bytes(spoilt)
        with pytest.raises(ValueError, match=rf"{doctored.name} is not the file of {name}: expected"):
            load(name)


@on_this_machine("wikitext-2")
def test_wikitext_2_with_its_articles_in_another_order_is_accepted(tmp_path):
    file = SOURCES["wikitext-2"].files[0]
    content = datasets._find(SOURCES["wikitext-2"], file).read_bytes()
    middle = content.index(b"\n = ", len(content) // 2) + 1
    other = tmp_path / "train.txt"
    other.write_bytes(content[middle:] + content[:middle])
    assert file.verify(other) != content


def test_wrong_counts_are_refused_even_when_the_hash_is_right():
    with pytest.raises(ValueError, match=r"ptb: expected \(929589, 73760, 82430\) tokens, got \(3, 1, 1\)"):
        datasets._ptb(["a b\n", "\n", "\n"])


# ---- leaks


def test_sentences_that_differ_in_case_spaces_or_punctuation_count_as_one():
    assert len({sentence_key(spelling) for spelling in ("I'm here.", "im  here", "I'm here!", "I’m HERE…")}) == 1
    assert sentence_key("I'm here.") != sentence_key("I'm there.")


def test_leak_counts_test_pairs_known_from_training():
    train = [Pair("Run!", ("Cours !",)), Pair("Hi.", ("Salut !",))]
    assert leak(train, [Pair("run", ("Courez !",)), Pair("Stop!", ("Stop !",))]) == 0.5
    with pytest.raises(ValueError, match="at least one test pair"):
        leak(train, [])
