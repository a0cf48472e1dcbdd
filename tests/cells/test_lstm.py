import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cells.activations import sigmoid
from course.cells.lstm import lstm, lstm_step

BATCH, STEPS, FEATURES, UNITS = 2, 5, 3, 4
WIDE_OPEN, CLOSED = 100.0, -100.0  # pre-activations: sigmoid(100) is 1 in float64, sigmoid(-100) is 4e-44


@pytest.fixture
def weights(draw):
    return draw((FEATURES, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,))


def silent(**bias):
    """Zero kernels and one bias per gate, for one unit and one feature: gates that nothing but their bias sets."""
    return {
        "kernel": np.zeros((1, 4)),
        "recurrent_kernel": np.zeros((1, 4)),
        "bias": np.array([bias.get(gate, 0.0) for gate in ("input", "forget", "candidate", "output")]),
    }


@pytest.mark.keras
@pytest.mark.parametrize("start", ["zero", "given"])
def test_lstm_reproduces_keras_layer_in_value(draw, weights, start):
    from course.backend import keras

    inputs, hidden_state, cell_state = draw((BATCH, STEPS, FEATURES), (BATCH, UNITS), (BATCH, UNITS))
    states = {} if start == "zero" else {"hidden_state": hidden_state, "cell_state": cell_state}
    layer = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    layer.build(inputs.shape)
    layer.set_weights(weights)
    initial = [state.astype("float32") for state in states.values()] or None
    outputs, _, last_cell_state = layer(inputs.astype("float32"), initial_state=initial)
    ours = lstm(inputs, *weights, **states)
    # atol: float32 layer
    np.testing.assert_allclose(ours.hidden_state, keras.ops.convert_to_numpy(outputs), atol=1e-6)
    np.testing.assert_allclose(ours.cell_state[:, -1], keras.ops.convert_to_numpy(last_cell_state), atol=1e-6)


@pytest.mark.keras
def test_lstm_reproduces_keras_layer_in_gradient(draw, weights, central_difference, layer_gradient):
    from course.backend import keras

    inputs, loss_weights = draw((BATCH, STEPS, FEATURES), (BATCH, STEPS, UNITS))
    layer = keras.layers.LSTM(UNITS, return_sequences=True)
    layer.build(inputs.shape)
    ours = central_difference(lambda x, *w: np.sum(loss_weights * lstm(x, *w).hidden_state), inputs, *weights)
    theirs = layer_gradient(layer, loss_weights, inputs, *weights)
    for mine, keras_gradient in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, keras_gradient, atol=1e-5)  # float32 layer, sums over batch and steps


def test_lstm_is_its_step_repeated(draw, weights):
    [inputs] = draw((BATCH, 2, FEATURES))
    nothing = np.zeros((BATCH, UNITS))
    first = lstm_step(inputs[:, 0], nothing, nothing, *weights)
    second = lstm_step(inputs[:, 1], first.hidden_state, first.cell_state, *weights)
    for name, values in lstm(inputs, *weights)._asdict().items():
        np.testing.assert_array_equal(values, np.stack([getattr(first, name), getattr(second, name)], 1), err_msg=name)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 10))
def test_every_gate_and_state_stays_in_its_range(seed, scale):
    rng = np.random.default_rng(seed)
    shapes = [(BATCH, STEPS, FEATURES), (FEATURES, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,)]
    history = lstm(*(rng.normal(0, scale, shape) for shape in shapes))
    for gate in (history.input_gate, history.forget_gate, history.output_gate):
        assert np.all((gate >= 0) & (gate <= 1))
    assert np.all(np.abs(history.candidate_cell) <= 1)
    assert np.all(np.abs(history.hidden_state) <= history.output_gate)
    grows_by_one_a_step = 1 + np.arange(STEPS)[:, None]
    assert np.all(np.abs(history.cell_state) <= grows_by_one_a_step)


@given(st.floats(-5, 5))
def test_open_forget_gate_and_closed_input_gate_keep_the_cell_state(memory):
    cell_state = np.array([[memory]])
    for _ in range(100):
        cell_state = lstm_step(
            np.zeros((1, 1)), np.zeros((1, 1)), cell_state, **silent(forget=WIDE_OPEN, input=CLOSED, candidate=1)
        ).cell_state
    np.testing.assert_allclose(cell_state, memory, atol=1e-40)  # what a gate of 4e-44 lets through


def test_closed_forget_gate_erases_and_open_input_gate_writes():
    step = lstm_step(
        np.zeros((1, 1)), np.zeros((1, 1)), np.full((1, 1), 7.0), **silent(forget=CLOSED, input=WIDE_OPEN, candidate=1)
    )
    np.testing.assert_allclose(step.cell_state, np.tanh(1))


def test_closed_output_gate_hides_a_memory_that_stays():
    step = lstm_step(
        np.zeros((1, 1)), np.zeros((1, 1)), np.full((1, 1), 7.0), **silent(forget=WIDE_OPEN, output=CLOSED)
    )
    np.testing.assert_allclose(step.hidden_state, 0, atol=1e-40)
    np.testing.assert_allclose(step.cell_state, 7)


@pytest.mark.parametrize("gate", ["input", "forget", "output"])
def test_each_block_of_the_bias_opens_its_own_gate_alone(gate):
    nothing = np.zeros((1, 1))
    step = lstm_step(nothing, nothing, nothing, **silent(**{gate: WIDE_OPEN}))
    gates = {"input": step.input_gate, "forget": step.forget_gate, "output": step.output_gate}
    assert {name: value.item() for name, value in gates.items()} == {
        name: 1.0 if name == gate else 0.5 for name in gates
    }


def test_memory_fades_by_one_factor_of_the_forget_gate_per_step():
    cell_state = np.ones((1, 1))
    for _ in range(10):
        cell_state = lstm_step(np.zeros((1, 1)), np.zeros((1, 1)), cell_state, **silent(forget=1)).cell_state
    np.testing.assert_allclose(cell_state, sigmoid(1.0) ** 10)


def test_mismatched_shapes_are_named_with_expected_and_got(draw, weights):
    inputs, hidden_state = draw((BATCH, FEATURES), (BATCH, UNITS))
    with pytest.raises(ValueError, match=r"expected kernel of shape \(3, 16\), got \(3, 15\)"):
        lstm_step(inputs, hidden_state, hidden_state, weights[0][:, 1:], *weights[1:])
    with pytest.raises(ValueError, match=r"expected cell_state of shape \(2, 4\), got \(1, 4\)"):
        lstm_step(inputs, hidden_state, hidden_state[:1], *weights)
    with pytest.raises(ValueError, match=r"of one batch, got \(2, 3\) and \(1, 4\)"):
        lstm_step(inputs, hidden_state[:1], hidden_state[:1], *weights)
