import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cells.gru import gru, gru_step

BATCH, STEPS, FEATURES, UNITS = 2, 5, 3, 4
both_reset_placements = pytest.mark.parametrize("reset_after", [True, False])


def shapes(reset_after):
    return [(FEATURES, 3 * UNITS), (UNITS, 3 * UNITS), (2, 3 * UNITS) if reset_after else (3 * UNITS,)]


@pytest.mark.keras
@both_reset_placements
def test_gru_reproduces_keras_layer_in_value_and_gradient(draw, central_difference, layer_gradient, reset_after):
    from course.backend import keras

    inputs, loss_weights = draw((BATCH, STEPS, FEATURES), (BATCH, STEPS, UNITS))
    weights = draw(*shapes(reset_after))
    layer = keras.layers.GRU(UNITS, return_sequences=True, reset_after=reset_after)
    layer.build(inputs.shape)
    layer.set_weights(weights)
    np.testing.assert_allclose(
        gru(inputs, *weights, reset_after=reset_after).hidden_state,
        keras.ops.convert_to_numpy(layer(inputs.astype("float32"))),
        atol=1e-6,  # float32 layer
    )
    ours = central_difference(
        lambda x, *w: np.sum(loss_weights * gru(x, *w, reset_after=reset_after).hidden_state), inputs, *weights
    )
    theirs = layer_gradient(layer, loss_weights, inputs, *weights)
    for mine, keras_gradient in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, keras_gradient, atol=1e-5)  # float32 layer, sums over batch and steps


@both_reset_placements
def test_gru_is_its_step_repeated_and_starts_where_it_is_told(draw, reset_after):
    inputs, hidden_state = draw((BATCH, 2, FEATURES), (BATCH, UNITS))
    weights = draw(*shapes(reset_after))
    first = gru_step(inputs[:, 0], hidden_state, *weights, reset_after)
    second = gru_step(inputs[:, 1], first.hidden_state, *weights, reset_after)
    for name, values in gru(inputs, *weights, hidden_state, reset_after)._asdict().items():
        np.testing.assert_array_equal(values, np.stack([getattr(first, name), getattr(second, name)], 1), err_msg=name)


def test_the_two_reset_placements_differ_unless_the_reset_gate_is_open(draw):
    inputs, hidden_state, kernel, recurrent_kernel = draw(
        (BATCH, FEATURES), (BATCH, UNITS), *shapes(reset_after=False)[:2]
    )

    def apart(reset_bias):
        bias = np.repeat([0.0, reset_bias, 0.0], UNITS)
        after = gru_step(inputs, hidden_state, kernel, recurrent_kernel, np.stack([bias, 0 * bias]), reset_after=True)
        before = gru_step(inputs, hidden_state, kernel, recurrent_kernel, bias, reset_after=False)
        return np.abs(after.hidden_state - before.hidden_state).max()

    assert apart(reset_bias=0) > 1e-3
    assert apart(reset_bias=100) < 1e-15  # r = 1: nothing is reset in either place


@given(st.floats(-1, 1))
def test_update_gate_one_keeps_the_state_exactly(memory):
    keep = np.array([[100.0, 0.0, 1.0], [0.0, 0.0, 0.0]])  # sigmoid(100) is 1 in float64
    step = gru_step(np.zeros((1, 1)), np.array([[memory]]), np.zeros((1, 3)), np.zeros((1, 3)), keep)
    np.testing.assert_array_equal(step.hidden_state, memory)


@both_reset_placements
def test_blocks_of_the_bias_are_update_reset_candidate(reset_after):
    bias = np.array([100.0, -100.0, 1.0])
    nothing = np.zeros((1, 1))
    step = gru_step(
        nothing,
        nothing,
        np.zeros((1, 3)),
        np.zeros((1, 3)),
        np.stack([bias, 0 * bias]) if reset_after else bias,
        reset_after,
    )
    np.testing.assert_allclose(
        [step.update_gate.item(), step.reset_gate.item(), step.candidate_state.item()], [1, 0, np.tanh(1)], atol=1e-40
    )  # atol: what a gate of 4e-44 lets through


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 10))
def test_every_gate_and_state_stays_in_its_range(seed, scale):
    rng = np.random.default_rng(seed)
    history = gru(*(rng.normal(0, scale, shape) for shape in [(BATCH, STEPS, FEATURES), *shapes(reset_after=True)]))
    for gate in (history.update_gate, history.reset_gate):
        assert np.all((gate >= 0) & (gate <= 1))
    assert np.all(np.abs(history.candidate_state) <= 1)
    assert np.all(np.abs(history.hidden_state) <= 1)


def test_bias_of_the_other_reset_placement_is_refused(draw):
    inputs, hidden_state = draw((BATCH, FEATURES), (BATCH, UNITS))
    with pytest.raises(ValueError, match=r"expected bias of shape \(2, 12\), got \(12,\)"):
        gru_step(inputs, hidden_state, *draw(*shapes(reset_after=False)), reset_after=True)
