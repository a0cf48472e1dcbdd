import re

import numpy as np
import pytest

from course.backend import keras
from course.cells.gru import gru
from course.cells.lstm import lstm
from course.cells.simple_rnn import simple_rnn
from course.gates import _compiled_reader, gates
from course.models.language_model import language_model

pytestmark = pytest.mark.keras

BATCH, STEPS, FEATURES, UNITS = 2, 37, 3, 4
FLOAT32 = 1e-6  # atol: sums of a few products in float32


@pytest.fixture
def sequences():
    return np.random.default_rng(5).normal(0, 1, (BATCH, STEPS, FEATURES)).astype("float32")


def with_random_weights(layer, features=FEATURES):
    """The layer, built, with no weight zero: Keras starts its biases at 0 or 1."""
    layer.build((None, None, features))
    rng = np.random.default_rng(7)
    layer.set_weights([rng.normal(0, 0.5, weight.shape) for weight in layer.get_weights()])
    return layer


def as_float64(weights):
    return [weight.astype("float64") for weight in weights]


@pytest.mark.parametrize("use_bias", [True, False])
def test_lstm_gates_are_those_of_the_equations(sequences, use_bias):
    layer = with_random_weights(keras.layers.LSTM(UNITS, use_bias=use_bias))
    bias = [] if use_bias else [np.zeros(4 * UNITS)]
    [reading] = gates(layer, sequences)
    expected = lstm(sequences.astype("float64"), *as_float64(layer.get_weights()), *bias)._asdict()
    assert reading.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(reading[name], values, atol=FLOAT32, err_msg=name)


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("reset_after", [True, False])
def test_gru_gates_are_those_of_the_equations(sequences, reset_after, use_bias):
    layer = with_random_weights(keras.layers.GRU(UNITS, reset_after=reset_after, use_bias=use_bias))
    bias = [] if use_bias else [np.zeros((2, 3 * UNITS) if reset_after else 3 * UNITS)]
    [reading] = gates(layer, sequences)
    weights = as_float64(layer.get_weights())
    expected = gru(sequences.astype("float64"), *weights, *bias, reset_after=reset_after)._asdict()
    assert reading.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(reading[name], values, atol=FLOAT32, err_msg=name)


def test_simple_rnn_shows_its_hidden_state(sequences):
    layer = with_random_weights(keras.layers.SimpleRNN(UNITS))
    [reading] = gates(layer, sequences)
    np.testing.assert_allclose(reading["hidden_state"], simple_rnn(sequences, *layer.get_weights()), atol=FLOAT32)


@pytest.mark.parametrize("kind", ["simple_rnn", "gru", "lstm"])
def test_every_layer_of_a_language_model_is_read_and_leads_to_the_models_own_logits(kind):
    model = language_model(30, units=UNITS, embedding=FEATURES, layer=kind, layers=3, dropout=0.5)
    ids = np.random.default_rng(5).integers(0, 30, (BATCH, STEPS))
    readings = gates(model, ids)
    assert [reading["hidden_state"].shape for reading in readings] == [(BATCH, STEPS, UNITS)] * 3
    logits = model.get_layer("logits")(readings[-1]["hidden_state"])
    np.testing.assert_allclose(logits, model(ids, training=False), atol=FLOAT32)


def test_sequential_model_that_goes_through_one_last_state_is_read():
    keras.utils.set_random_seed(5)
    model = keras.Sequential(
        [keras.Input((None, FEATURES)), keras.layers.LSTM(UNITS), keras.layers.RepeatVector(3), keras.layers.GRU(2)]
    )
    x = np.ones((BATCH, STEPS, FEATURES), "float32")
    first, second = gates(model, x)
    assert first["forget_gate"].shape == (BATCH, STEPS, UNITS)
    np.testing.assert_allclose(second["hidden_state"][:, -1], model(x), atol=FLOAT32)


def test_layer_that_returns_its_states_hands_them_on():
    inputs = keras.Input((None, FEATURES))
    outputs, hidden_state, cell_state = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)(inputs)
    joined = keras.layers.Concatenate()([hidden_state, cell_state, outputs[:, -1]])
    model = keras.Model(inputs, keras.layers.SimpleRNN(2)(keras.layers.Reshape((3, UNITS))(joined)))
    x = np.ones((BATCH, STEPS, FEATURES), "float32")
    first, second = gates(model, x)
    np.testing.assert_allclose(second["hidden_state"][:, -1], model(x), atol=FLOAT32)
    np.testing.assert_array_equal(first["cell_state"].shape, (BATCH, STEPS, UNITS))


def test_weights_are_read_at_each_call_not_frozen_at_the_first(sequences):
    layer = with_random_weights(keras.layers.LSTM(UNITS))
    [before] = gates(layer, sequences)
    layer.set_weights([2 * weight for weight in layer.get_weights()])
    [after] = gates(layer, sequences)
    expected = lstm(sequences, *layer.get_weights())
    np.testing.assert_allclose(after["forget_gate"], expected.forget_gate, atol=FLOAT32)
    assert np.abs(after["forget_gate"] - before["forget_gate"]).max() > 0.01


def test_padding_at_the_end_changes_nothing_before_it(sequences):
    layer = with_random_weights(keras.layers.LSTM(UNITS))
    [reading], [short] = gates(layer, sequences), gates(layer, sequences[:, :3])
    for name, values in short.items():
        np.testing.assert_allclose(reading[name][:, :3], values, atol=FLOAT32)


def test_the_model_itself_is_left_as_it_was():
    model = language_model(30, units=UNITS, embedding=FEATURES, layers=2)
    weights, layers = model.get_weights(), list(model.layers)
    gates(model, np.ones((1, 5), "int32"))
    assert model.layers == layers
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


def test_a_second_call_does_not_compile_again():
    model = language_model(30, units=UNITS, embedding=FEATURES, layers=2)
    _, read = _compiled_reader(model)
    tensorflow = keras.backend.backend() == "tensorflow"
    for batch, steps in ((1, 20), (1, 20), (3, 7), (2, 33)) if tensorflow else ((1, 20), (1, 20)):
        gates(model, np.ones((batch, steps), "int32"))
    assert (read.experimental_get_tracing_count() if tensorflow else read._cache_size()) == 1


def custom_cell():
    return keras.layers.RNN(keras.layers.LSTMCell(UNITS))


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (lambda: keras.layers.Bidirectional(keras.layers.LSTM(UNITS)), "expected a forward .* Bidirectional"),
        (lambda: keras.layers.LSTM(UNITS, go_backwards=True), "expected a forward SimpleRNN, GRU or LSTM layer, got"),
        (custom_cell, "expected a forward .*: RNN"),
        (lambda: keras.layers.Flatten(), "expected a model with a SimpleRNN, GRU or LSTM layer, got"),
    ],
)
def test_model_whose_gates_cannot_be_read_is_refused(layer, message):
    model = keras.Sequential([keras.Input((STEPS, FEATURES)), layer()])
    with pytest.raises(ValueError, match=message):
        gates(model, np.zeros((1, STEPS, FEATURES)))


def test_mask_and_initial_state_are_refused():
    ids = keras.Input((None,))
    vectors = keras.layers.Embedding(9, FEATURES)(ids)
    masked = keras.Model(ids, keras.layers.GRU(UNITS)(keras.layers.Embedding(9, FEATURES, mask_zero=True)(ids)))
    start = keras.layers.Dense(UNITS)(vectors[:, 0])
    started = keras.Model(ids, keras.layers.GRU(UNITS)(vectors, initial_state=start))
    for model in (masked, started):
        with pytest.raises(ValueError, match="a mask or an initial state"):
            gates(model, np.ones((1, STEPS)))


def test_what_is_not_built_is_refused():
    with pytest.raises(ValueError, match=r"expected a built layer, got lstm.* without weights"):
        gates(keras.layers.LSTM(UNITS), np.zeros((1, STEPS, FEATURES)))
    with pytest.raises(ValueError, match="expected a built Functional or Sequential model"):
        gates(keras.Sequential([keras.layers.LSTM(UNITS)]), np.zeros((1, STEPS, FEATURES)))


def test_inputs_of_another_shape_are_refused_with_the_shape_expected(sequences):
    layer = with_random_weights(keras.layers.LSTM(UNITS))
    for wrong in (sequences[..., :2], sequences[0]):
        with pytest.raises(
            ValueError, match=re.escape(f"(None, None, 3), None standing for any number, got {wrong.shape}")
        ):
            gates(layer, wrong)


def test_texts_of_no_steps_are_refused(sequences):
    layer = with_random_weights(keras.layers.LSTM(UNITS))
    with pytest.raises(ValueError, match=re.escape("one step or more, got inputs of shape (2, 0, 3)")):
        gates(layer, sequences[:, :0])
