"""`data` lists the corpora, fetches one, and says in a sentence what went wrong."""

from types import SimpleNamespace

import pytest

from course import datasets
from course.commands import data
from course.downloads import DownloadError


def _run(name=None, accept_terms=False):
    return data.main(SimpleNamespace(name=name, accept_terms=accept_terms))


def test_all_corpora_are_listed_with_size_and_licence(capsys):
    assert _run() == 0
    shown = capsys.readouterr().out
    for corpus in datasets.catalogue():
        [line] = [line for line in shown.splitlines() if line.startswith(corpus.name + " ")]
        assert f"{corpus.bytes / 1e6:.1f}" in line
        assert corpus.licence in line
    assert "COURSE_DATA" in shown


def test_a_data_folder_that_is_not_there_is_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "missing"))
    assert _run() == 1
    assert "which is not a folder" in capsys.readouterr().err


def test_fetching_says_where_the_corpus_is(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(datasets, "fetch", lambda name, accept_terms: tmp_path / name)
    assert _run("ptb") == 0
    assert capsys.readouterr().out == f"ptb is complete and verified in {tmp_path / 'ptb'}\n"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (DownloadError("ptb could not be fetched: no network."), "no network."),
        (ValueError("no corpus is called 'x'"), "no corpus is called"),
        (PermissionError("For research only."), "For research only.\nTo accept these terms, add --accept-terms."),
    ],
)
def test_a_fault_is_a_sentence_and_an_exit_code(monkeypatch, capsys, fault, said):
    def fetch(name, accept_terms):
        raise fault

    monkeypatch.setattr(datasets, "fetch", fetch)
    assert _run("x") == 1
    assert said in capsys.readouterr().err


def test_terms_are_accepted_only_when_asked_to(monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(datasets, "fetch", lambda name, accept_terms: seen.append(accept_terms) or tmp_path)
    _run("ptb")
    _run("ptb", accept_terms=True)
    assert seen == [False, True]
