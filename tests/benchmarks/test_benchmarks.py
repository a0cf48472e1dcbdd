"""The benchmarks' own checks, on sizes that take a second: each compares like with like before it measures."""

import doctest
import json
import sys
from dataclasses import replace

import nbformat
import numpy as np
import pytest

from benchmarks import gates, keyboard, language_model, lessons, ngrams, perplexity, scaling, start, suite, translation
from benchmarks.measure import Ratio
from benchmarks.report import RESULTS, Comparison, Figure
from benchmarks.worker import Worker, WorkerFailed
from course.commands.checks import summary_table


def rows_of(run):
    rows = list(run)
    assert all(isinstance(row, Comparison | Figure) for row in rows)
    return rows


def test_gates_are_compared_with_the_states_of_the_cells(monkeypatch):
    for name, small in {"TOKENS": 6, "UNITS": 4, "VOCAB_SIZE": 20, "REPEATS": 1}.items():
        monkeypatch.setattr(gates, name, small)
    *comparisons, milliseconds = rows_of(gates.run(1))
    assert len({row.peer for row in comparisons}) == 3
    assert all(isinstance(row.ratio, Ratio) for row in comparisons)
    assert all(row.timings[0] is comparisons[0].timings[0] for row in comparisons)
    assert milliseconds.value > 0


def test_a_wrong_gate_stops_the_benchmark(monkeypatch):
    for name, small in {"TOKENS": 6, "UNITS": 4, "VOCAB_SIZE": 20, "REPEATS": 1}.items():
        monkeypatch.setattr(gates, name, small)
    right = gates.gates

    def wrong(model, ids):
        readings = right(model, ids)
        readings[1]["forget_gate"] = readings[1]["forget_gate"] + 0.1
        return readings

    monkeypatch.setattr(gates, "gates", wrong)
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        next(gates.run(1))


def test_keyboard_is_asked_after_every_key(monkeypatch):
    for name, small in {"VOCAB_SIZE": 300, "UNITS": 4, "EMBEDDING": 3, "LAYERS": 1, "KEYS": 45}.items():
        monkeypatch.setattr(keyboard, name, small)
    comparison, median, tail = rows_of(keyboard.run(1))
    assert comparison.timings[0][0].amount == 45
    assert 0 < median.value <= tail.value


def test_fitted_model_of_a_file_scores_and_suggests(tmp_path, monkeypatch):
    monkeypatch.setattr(ngrams, "SUGGESTIONS", 5)
    text = ngrams._write(tmp_path / "text", [["a", "b", "c"], ["a", "b", "d", "UNK"]] * 60)
    fitted = ngrams.Fitted(str(text), order=3)
    assert 1 < fitted.perplexity(str(text)) < 3
    assert fitted.timing("fit_ids").amount == 420
    assert fitted.suggestion_seconds(str(text)).shape == (5,)


def test_first_sentences_reach_the_number_of_tokens():
    sentences = [["a"] * 3, ["b"] * 3, ["c"] * 3]
    assert [len(ngrams._first(sentences, tokens)) for tokens in (1, 3, 4, 9)] == [1, 1, 2, 3]


def test_counts_that_differ_are_found():
    sentences = [["a", "b"], ["a", "b"]]
    vocabulary = ngrams.Vocabulary.from_tokens(["a", "b"])
    counts = ngrams.NGramCounts([vocabulary.encode(s) for s in sentences], len(vocabulary), order=2)
    ngrams._check_counts(counts, {("a",): {"b": 2}}, vocabulary, [tuple(s) for s in sentences], order=2)
    with pytest.raises(AssertionError):
        ngrams._check_counts(counts, {("a",): {"b": 1}}, vocabulary, [tuple(s) for s in sentences], order=2)


def test_all_ways_to_decode_write_the_same_ids(monkeypatch):
    for name, small in {"UNITS": 8, "VOCAB_SIZE": 50, "STEPS": 5, "WIDTH": 2}.items():
        monkeypatch.setattr(translation, name, small)
    keras_side = translation.KerasTranslator()
    ids, _ = keras_side.decoded("greedy", 3)
    assert ids.shape == (3, 5)
    np.testing.assert_array_equal(ids, keras_side.decoded("predict_on_batch", 3)[0])
    hypotheses, scores = keras_side.decoded("beam", 3)
    assert hypotheses.shape == (3, 2, 5)
    assert (scores[:, 0] >= scores[:, 1]).all()


def test_training_step_gives_loss_and_gradient_and_leaves_the_weights(monkeypatch):
    for name, small in {"VOCAB_SIZE": 60, "FREQUENT": 20, "SAMPLED": 30, "STEPS": 1}.items():
        monkeypatch.setattr(language_model, name, small)
    training = language_model.KerasTraining(language_model.Size(batch=2, steps=3, embedding=4, units=5, layers=1))
    loss, gradients = training.loss_and_gradients("plain")
    assert loss == pytest.approx(np.log(60), rel=0.1)  # nothing is learnt yet
    chunked, chunked_gradients = training.loss_and_gradients("chunked")
    assert chunked == pytest.approx(loss, rel=1e-5)  # float32
    for ours, theirs in zip(gradients, chunked_gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)  # weights of about 0.1 / GRADIENT_RATE
    assert training.loss_and_gradients("plain")[0] == loss
    assert training.mean_sampled_loss() == pytest.approx(loss, rel=0.05)
    assert training.timing("chunked").amount == 6


def test_recipe_lowers_the_perplexity_that_it_is_compared_by(monkeypatch):
    small = {
        "units": 6,
        "embedding": 6,
        "layers": 1,
        "streams": 2,
        "steps": 5,
        "frequent": 8,
        "sampled": 8,
        "epochs": 5,
    }
    monkeypatch.setattr(perplexity, "PRESET", replace(perplexity.PRESET, learning_rate=0.02, **small))
    monkeypatch.setattr(perplexity, "SCORED_STREAMS", 3)
    ids = np.tile([5, 6, 7, 8, 9, 10], 60)
    ours = perplexity.KerasRecipe(30, ids, perplexity.windows(ids[:61], 3, 10), seed=0)
    before = ours.perplexity()
    assert before == pytest.approx(30, rel=0.1)  # nothing is learnt yet
    assert ours.train().cpu > 0
    assert ours.perplexity() < 0.9 * before
    assert ours.perplexity() == ours.perplexity()  # states do not carry over


def test_server_that_ends_is_told_with_its_words():
    with pytest.raises(RuntimeError, match="no such thing"):
        start.start((sys.executable, "-c", "raise SystemExit('no such thing')"))


def test_suite_reads_the_table_of_the_steps_and_the_memory():
    table = summary_table([("lint", 1.0, 0), ("Keras tests on JAX", 59.0, 0)])
    assert suite.STEP.findall(table) == [("lint", "1.0"), ("Keras tests on JAX", "59.0"), ("together", "60.0")]
    pytest.importorskip("psutil")
    said, most = suite.watched(
        (sys.executable, "-c", "import time; held = b'x' * 50_000_000; time.sleep(2.5); print(9)")
    )
    assert said == "9\n"
    assert 50e6 < most < 200e6


def test_seconds_of_a_lesson_are_told_by_kind_of_work(tmp_path):
    drawing = "import matplotlib.pyplot as plt\nfor _ in range(3):\n    plt.subplots()[0].savefig('x.png')"
    cells = [nbformat.v4.new_code_cell(source) for source in (drawing, "n = 0\nwhile n < 3_000_000:\n    n += 1")]
    path = tmp_path / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with Worker(lessons.Profiled, path, environment={"MPLBACKEND": "agg"}) as lesson:
        cpu, seconds = lesson.call("seconds")
    assert cpu > 0.3
    assert min(seconds[kind] for kind in ("importing", "drawing", lessons.OTHER)) > 0.05
    assert seconds["training"] == 0
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")]), path)
    with Worker(lessons.Profiled, path) as lesson, pytest.raises(WorkerFailed, match="a cell of one failed"):
        lesson.call("seconds")


def test_scaling_prepares_every_kind_of_work():
    assert doctest.testmod(scaling) == (0, 1)  # failed, tried
    small = {"vocabulary": 600, "length": 3, "corpus": 400, "batch": 2, "class": 2}
    for what, several in scaling.curves().items():
        for curve in several:
            work = curve.prepare(small[what])
            work()
            if curve.clock == "cpu":  # measured once, the others again and again
                work()
            assert list(curve.sizes) == sorted(curve.sizes)


def test_scaling_page_is_made_from_the_stored_slopes():
    rows = json.loads((RESULTS / "scaling.json").read_text(encoding="utf-8"))["rows"]
    slopes = {row["work"].rpartition(" by ")[0]: row["value"] for row in rows if row["what"].startswith("slope")}
    assert (scaling.DOCS / "scaling.md").read_text(encoding="utf-8") == scaling.page(slopes)
