"""The translator against its definition: an LSTM replayed in NumPy, state by state; its options against each other."""

import itertools

import numpy as np
import pytest

from course.backend import compiled, keras
from course.cells.attention import multiplicative_attention
from course.datasets import Pair
from course.models.translator import (
    Translator,
    covered,
    encode_sources,
    reverse_tokens,
)
from course.text.codecs import Subwords, Words
from course.text.vocabulary import Vocabulary
from course.text.windows import next_token_rows, pad
from course.training import fit

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return Translator(source_vocab_size=12, target_vocab_size=14, embedding=5, units=7)


OPTIONS = {
    "layers": (1, 2),
    "bidirectional": (False, True),
    "attention": (None, "additive", "multiplicative", "scaled"),
    "tied": (False, True),
    "shared": (False, True),
    "reverse_source": (False, True),
}
# Nine models in which any two values of any two options meet; all 128 pass as well.
PAIRWISE = [
    dict(zip(OPTIONS, row, strict=True))
    for row in [
        (1, False, "additive", True, True, True),
        (1, False, None, False, False, False),
        (1, True, "additive", True, True, False),
        (1, True, "multiplicative", False, True, True),
        (2, False, "multiplicative", True, False, False),
        (2, True, "additive", False, False, True),
        (1, True, "scaled", True, True, True),
        (2, False, "scaled", False, False, False),
        (2, True, None, True, True, True),
    ]
]
SOURCE = np.array([[4, 5, 6, 7, 8], [9, 10, 0, 0, 0], [11, 4, 4, 0, 0]], dtype="int32")
TARGET = np.array([[2, 7, 8, 9], [2, 13, 0, 0], [2, 4, 5, 0]], dtype="int32")


def numpy(tensor):
    return keras.ops.convert_to_numpy(tensor)


def replay(layer, vectors, hidden_state, cell_state):
    """The states of a Keras LSTM layer over one sequence of vectors, written out."""
    kernel, recurrent_kernel, bias = (numpy(w) for w in layer.weights)
    for vector in vectors:
        i, f, c, o = np.split(vector @ kernel + hidden_state @ recurrent_kernel + bias, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        cell_state = f * cell_state + i * np.tanh(c)
        hidden_state = o * np.tanh(cell_state)
        yield hidden_state, cell_state


def words(layer, ids):
    return numpy(layer.embedding.weights[0])[list(ids)]


@pytest.mark.parametrize("reverse", [False, True])
def test_encoder_hands_over_both_states_after_the_last_real_word(reverse):
    model = Translator(12, 14, embedding=5, units=7, reverse_source=reverse)
    [[hidden_state, cell_state]], _ = keras.tree.map_structure(numpy, model.encode(SOURCE))
    for row, ids in enumerate(SOURCE):
        ids = ids[ids != 0][::-1] if reverse else ids[ids != 0]
        *_, (hidden, cell) = replay(model.encoder.lstms[0], words(model.encoder, ids), np.zeros(7), np.zeros(7))
        np.testing.assert_allclose(hidden_state[row], hidden, atol=1e-6)  # float32 weights
        np.testing.assert_allclose(cell_state[row], cell, atol=1e-6)


def test_decoder_starts_from_both_states_of_the_encoder(model):
    logits = numpy(model((SOURCE, TARGET)))
    [[hidden_state, cell_state]], _ = keras.tree.map_structure(numpy, model.encode(SOURCE))
    kernel, bias = (numpy(w) for w in model.decoder.logits.weights)
    for row, ids in enumerate(TARGET):
        states = replay(model.decoder.lstms[0], words(model.decoder, ids), hidden_state[row], cell_state[row])
        expected = [hidden @ kernel + bias for hidden, _ in states]
        np.testing.assert_allclose(logits[row], expected, atol=1e-6)


def test_later_target_words_do_not_reach_earlier_predictions(model):
    changed = TARGET.copy()
    changed[:, 3] = 6
    np.testing.assert_array_equal(numpy(model((SOURCE, TARGET)))[:, :3], numpy(model((SOURCE, changed)))[:, :3])


def test_reversing_twice_is_nothing_and_keeps_padding_behind():
    once = numpy(reverse_tokens(SOURCE))
    np.testing.assert_array_equal(once != 0, SOURCE != 0)
    np.testing.assert_array_equal(once[1], [10, 9, 0, 0, 0])
    np.testing.assert_array_equal(numpy(reverse_tokens(once)), SOURCE)


def test_saved_model_loads_as_it_was(tmp_path):
    model = Translator(12, 14, embedding=5, units=7, reverse_source=True)
    model.save(tmp_path / "translator.keras")
    loaded = keras.models.load_model(tmp_path / "translator.keras")
    assert isinstance(loaded, Translator)
    assert loaded.encoder.reverse
    np.testing.assert_array_equal(numpy(loaded((SOURCE, TARGET))), numpy(model((SOURCE, TARGET))))
    np.testing.assert_array_equal(numpy(loaded.step(loaded.encode(SOURCE), TARGET[:, 0])[0]).shape, (3, 14))


def test_sources_are_tokenized_and_unknown_words_are_unk():
    vocabulary = Vocabulary.from_tokens(["I", "love", "it", "."])
    [ids] = encode_sources(["I love pizza."], vocabulary)
    assert vocabulary.decode(ids) == ["I", "love", "<unk>", "."]


def test_word_vectors_start_with_standard_deviation_one(model):
    for part in (model.encoder, model.decoder):
        assert numpy(part.embedding.weights[0]).std() == pytest.approx(1.0, abs=0.3)  # 60 numbers: 3 standard errors


def test_lengths_may_change_from_call_to_call_while_reversing():
    model = Translator(12, 14, embedding=5, units=7, reverse_source=True)
    encode = compiled(model.encode)
    for steps in (5, 6, 7):
        wider = np.pad(SOURCE, [(0, 0), (0, steps - 5)])
        np.testing.assert_allclose(numpy(encode(wider)[0]), numpy(model.encode(SOURCE)[0]), atol=1e-6)


@pytest.mark.parametrize(
    ("pair", "longest", "expected"),
    [
        (Pair("I love it.", ("Je aime.", "unknown words do not matter here")), 4, True),
        (Pair("I love it.", ("Je aime.",)), 3, False),
        (Pair("I love pizza.", ("Je aime.",)), 9, False),
        (Pair("I love it.", ("Je adore.",)), 9, False),
        (Pair("I.", ("Je aime aime aime.",)), 2, False),
        (Pair("I.", ("Je aime aime.",)), 2, True),
    ],
)
def test_covered_pairs_are_short_and_hold_known_words_only(pair, longest, expected):
    english, french = Vocabulary.from_tokens(["I", "love", "it", "."]), Vocabulary.from_tokens(["Je", "aime", "."])
    assert covered(pair, english, french, longest) is expected


def test_training_learns_to_copy_through_the_state():
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    sentences = [rng.integers(4, 8, size=rng.integers(1, 4)) for _ in range(256)]
    inputs, answers = next_token_rows(sentences)
    model = Translator(8, 8, embedding=8, units=32)
    data = (pad(sentences), inputs), answers
    history = fit(model, *data, epochs=20, batch=32, learning_rate=0.02, seed=0, clip_norm=1.0, report=None)
    assert history.losses[0] > 1.3  # who does not see the source cannot do better: (2 ln 4 + ln 3) / 3 = 1.29
    assert history.losses[-1] < 0.1  # measured 0.004 to 0.007 over four seeds


# ---- all options


def test_any_two_values_of_any_two_options_are_tested_together():
    for (one, values), (other, others) in itertools.combinations(OPTIONS.items(), 2):
        met = {(model[one], model[other]) for model in PAIRWISE}
        assert met == set(itertools.product(values, others))


# JAX compiles each operation for each shape, a second a test: two models that differ in every option have to do there.
HERE = PAIRWISE if keras.backend.backend() == "tensorflow" else [PAIRWISE[0], PAIRWISE[4]]


@pytest.fixture(scope="module", params=HERE, ids=lambda options: "-".join(map(str, options.values())))
def any_model(request):
    keras.utils.set_random_seed(0)
    model = Translator(14, 14, embedding=5, units=6, dropout=0.5, **request.param)
    model.options = request.param
    return model


def test_stepping_gives_what_teacher_forcing_gives(any_model):
    expected = numpy(any_model((SOURCE, TARGET)))
    state = any_model.encode(SOURCE)
    for t in range(TARGET.shape[1]):
        logits, state = any_model.step(state, TARGET[:, t])
        np.testing.assert_allclose(numpy(logits), expected[:, t], atol=1e-5)  # float32 weights, vectors scaled up


def test_more_padding_changes_nothing(any_model):
    wider = np.pad(SOURCE, [(0, 0), (0, 3)])
    narrow, wide = (numpy(any_model((ids, TARGET))) for ids in (SOURCE, wider))
    np.testing.assert_allclose(wide, narrow, atol=1e-5)
    if any_model.options["attention"]:
        narrow, wide = (numpy(any_model.alignment(ids, TARGET)) for ids in (SOURCE, wider))
        np.testing.assert_allclose(wide[:, :, :5], narrow, atol=1e-5)
        assert np.all(wide[:, :, 5:] == 0)


def test_translations_depend_on_every_word_of_the_source(any_model):
    changed = np.repeat(SOURCE[:1], 6, axis=0)
    np.fill_diagonal(changed, 13)  # row i has another word at place i; the last is as it was
    logits = numpy(any_model((changed, np.repeat(TARGET[:1], 6, axis=0))))
    assert np.all(np.abs(logits[:5] - logits[5]).max(axis=(1, 2)) > 1e-5)
    alone = numpy(any_model((SOURCE[:1], TARGET[:1])))
    np.testing.assert_allclose(logits[5:], alone, atol=1e-5)  # rows do not reach each other


def test_tables_are_shared_and_outputs_tied_as_asked(any_model):
    options = any_model.options
    assert (any_model.encoder.embedding is any_model.decoder.embedding) == options["shared"]
    tables = sum(tuple(weight.shape) == (14, 5) for weight in any_model.weights)
    assert tables == 2 - options["shared"]
    assert any(tuple(weight.shape) == (6, 14) for weight in any_model.weights) != options["tied"]


def test_alignment_is_there_with_attention_and_refused_without(any_model):
    if any_model.options["attention"] is None:
        with pytest.raises(ValueError, match="expected a translator with attention, got one without"):
            any_model.alignment(SOURCE, TARGET)
        return
    attention_weights = numpy(any_model.alignment(SOURCE, TARGET))
    assert attention_weights.shape == (3, 4, 5)
    np.testing.assert_allclose(attention_weights.sum(axis=-1), 1, atol=1e-5)
    assert np.all(attention_weights[(SOURCE == 0)[:, None].repeat(4, axis=1)] == 0)


@pytest.mark.parametrize("reverse", [False, True])
def test_alignment_is_in_the_order_of_the_source_whichever_way_it_is_read(reverse):
    model = Translator(12, 14, embedding=5, units=7, attention="multiplicative", reverse_source=reverse)
    attention_weights = numpy(model.alignment(SOURCE, TARGET))
    kernel = numpy(model.decoder.attention.to_keys.kernel)
    for row, ids in enumerate(SOURCE):
        ids = ids[ids != 0][:: -1 if reverse else 1]
        states = list(replay(model.encoder.lstms[0], words(model.encoder, ids), *np.zeros((2, 7))))
        memory = np.array([hidden for hidden, _ in states])[:: -1 if reverse else 1]
        written = replay(model.decoder.lstms[0], words(model.decoder, TARGET[row]), *states[-1])
        queries = np.array([hidden for hidden, _ in written])
        expected = multiplicative_attention(queries[None], memory[None], np.ones((1, len(ids)), dtype=bool), kernel)
        np.testing.assert_allclose(attention_weights[row, :, : len(ids)], expected.attention_weights[0], atol=1e-6)


def test_upper_layers_and_both_directions_hand_over_their_own_states():
    model = Translator(12, 14, embedding=5, units=6, layers=2, bidirectional=True)
    (lower, upper), memory = keras.tree.map_structure(numpy, model.encode(SOURCE)[0]), numpy(model.encoder(SOURCE)[1])
    both, second = model.encoder.lstms
    for row, ids in enumerate(SOURCE):
        vectors = words(model.encoder, ids[ids != 0])
        forwards = list(replay(both.forward_layer, vectors, *np.zeros((2, 3))))
        backwards = list(replay(both.backward_layer, vectors[::-1], *np.zeros((2, 3))))
        np.testing.assert_allclose(lower[0][row], np.concatenate([forwards[-1][0], backwards[-1][0]]), atol=1e-6)
        np.testing.assert_allclose(lower[1][row], np.concatenate([forwards[-1][1], backwards[-1][1]]), atol=1e-6)
        read = [np.concatenate([f, b]) for (f, _), (b, _) in zip(forwards, backwards[::-1], strict=True)]
        states = list(replay(second, read, *np.zeros((2, 6))))
        np.testing.assert_allclose(upper[0][row], states[-1][0], atol=1e-6)
        np.testing.assert_allclose(upper[1][row], states[-1][1], atol=1e-6)
        np.testing.assert_allclose(memory[row, : len(vectors)], [hidden for hidden, _ in states], atol=1e-6)


def test_dropout_works_in_training_only():
    model = Translator(12, 14, embedding=5, units=7, layers=2, attention="additive", dropout=0.5)
    keras.utils.set_random_seed(0)
    first, second = (numpy(model((SOURCE, TARGET), training=True)) for _ in range(2))
    assert np.abs(first - second).max() > 1e-3
    first, second = (numpy(model((SOURCE, TARGET))) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("kind", ["words", "subwords"])
def test_saved_model_loads_with_its_codecs_and_all_options(kind, tmp_path):
    texts = ["The cat sees the dog.", "Le chat voit le chien."]
    codec = Words.from_texts(texts) if kind == "words" else Subwords.from_texts(texts, 40)
    options = {"layers": 2, "bidirectional": True, "attention": "additive", "tied": True, "shared": True}
    model = Translator(
        len(codec),
        len(codec),
        5,
        6,
        dropout=0.1,
        source_texts=codec,
        target_texts=codec,
        reverse_source=True,
        **options,
    )
    model.save(tmp_path / "translator.keras")
    loaded = keras.models.load_model(tmp_path / "translator.keras")
    assert loaded.get_config() == model.get_config()
    assert type(loaded.source_texts) is type(loaded.target_texts) is type(codec)
    assert loaded.source_texts.encode(texts[0]).tolist() == codec.encode(texts[0]).tolist()
    assert loaded.encoder.embedding is loaded.decoder.embedding
    source, target = np.array([codec.encode(texts[0])]), np.array([codec.encode(texts[1])])
    np.testing.assert_array_equal(numpy(loaded((source, target))), numpy(model((source, target))))


def test_vocabularies_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="expected one vocabulary for a shared table, got sizes 12, 14"):
        Translator(12, 14, 4, 4, shared=True)
    with pytest.raises(ValueError, match="expected a codec of 12 ids, got one of 6"):
        Translator(12, 14, 4, 4, source_texts=Words.from_texts(["a b"]))
