"""The translator against its definition: an LSTM replayed in NumPy, state by state."""

import numpy as np
import pytest

from course.backend import compiled, keras
from course.datasets import Pair
from course.models.translator import (
    Translator,
    covered,
    encode_sources,
    reverse_tokens,
)
from course.text.vocabulary import Vocabulary
from course.text.windows import next_token_rows, pad
from course.training import fit

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return Translator(source_vocab_size=12, target_vocab_size=14, embedding=5, units=7)


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


def test_stepping_gives_what_teacher_forcing_gives(model):
    expected = numpy(keras.ops.log_softmax(model((SOURCE, TARGET))))
    state = model.encode(SOURCE)
    for t in range(TARGET.shape[1]):
        log_probs, state = model.step(state, TARGET[:, t])
        np.testing.assert_allclose(numpy(log_probs), expected[:, t], atol=1e-6)
    np.testing.assert_allclose(np.exp(numpy(log_probs)).sum(axis=-1), 1.0, atol=1e-5)


@pytest.mark.parametrize("reverse", [False, True])
def test_more_padding_changes_nothing(reverse):
    model = Translator(12, 14, embedding=5, units=7, reverse_source=reverse)
    wider = np.pad(SOURCE, [(0, 0), (0, 6)])
    for narrow, wide in zip(*(keras.tree.flatten(model.encode(ids)) for ids in (SOURCE, wider)), strict=True):
        np.testing.assert_allclose(numpy(narrow), numpy(wide), atol=1e-6)


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
