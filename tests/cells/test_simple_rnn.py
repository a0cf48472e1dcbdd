import numpy as np
import pytest

from course.cells.simple_rnn import simple_rnn, simple_rnn_step

BATCH, STEPS, FEATURES, UNITS = 2, 5, 3, 4


@pytest.fixture
def weights(draw):
    return draw((FEATURES, UNITS), (UNITS, UNITS), (UNITS,))


@pytest.mark.keras
def test_simple_rnn_reproduces_keras_layer_in_value_and_gradient(draw, weights, central_difference, layer_gradient):
    from course.backend import keras

    inputs, loss_weights = draw((BATCH, STEPS, FEATURES), (BATCH, STEPS, UNITS))
    layer = keras.layers.SimpleRNN(UNITS, return_sequences=True)
    layer.build(inputs.shape)
    layer.set_weights(weights)
    np.testing.assert_allclose(
        simple_rnn(inputs, *weights), keras.ops.convert_to_numpy(layer(inputs.astype("float32"))), atol=1e-6
    )  # float32 layer
    ours = central_difference(lambda x, *w: np.sum(loss_weights * simple_rnn(x, *w)), inputs, *weights)
    theirs = layer_gradient(layer, loss_weights, inputs, *weights)
    for mine, keras_gradient in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, keras_gradient, atol=1e-5)  # float32 layer, sums over batch and steps


def test_simple_rnn_is_its_step_repeated_and_starts_where_it_is_told(draw, weights):
    inputs, hidden_state = draw((BATCH, 2, FEATURES), (BATCH, UNITS))
    first = simple_rnn_step(inputs[:, 0], hidden_state, *weights)
    second = simple_rnn_step(inputs[:, 1], first, *weights)
    whole = simple_rnn(inputs, *weights, hidden_state=hidden_state)
    np.testing.assert_array_equal(whole, np.stack([first, second], axis=1))


def test_hidden_state_stays_between_minus_one_and_one(draw, weights):
    [inputs] = draw((BATCH, STEPS, FEATURES))
    assert np.all(np.abs(simple_rnn(10 * inputs, *weights)) <= 1)


@pytest.mark.parametrize(("position", "name"), [(0, "kernel"), (1, "recurrent_kernel"), (2, "bias")])
def test_wrong_weight_is_named_with_the_shape_expected_and_got(draw, weights, position, name):
    inputs, hidden_state, wrong = draw((BATCH, FEATURES), (BATCH, UNITS), (UNITS + 3, UNITS))
    weights[position] = wrong
    with pytest.raises(ValueError, match=rf"expected {name} of shape .*, got \(7, 4\)"):
        simple_rnn_step(inputs, hidden_state, *weights)


def test_inputs_that_are_no_sequences_are_refused(draw, weights):
    for shape in [(BATCH, FEATURES), (BATCH, 0, FEATURES)]:
        with pytest.raises(ValueError, match="one step or more, got"):
            simple_rnn(np.zeros(shape), *weights)
