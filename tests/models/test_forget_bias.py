"""Forget biases: set where the forget gate is, drawn as the paper says."""

import numpy as np
import pytest

from course.backend import gradient, keras
from course.cells.activations import sigmoid
from course.gates import gates
from course.models.forget_bias import chrono, set_forget_bias


def built_layer(units=4):
    layer = keras.layers.LSTM(units)
    layer.build((None, None, 3))
    return layer


def first_gates(layer):
    """The gates at a first input of zero, where the biases alone decide."""
    [reading] = gates(layer, np.zeros((1, 1, 3), "float32"))
    return {name: values[0, 0] for name, values in reading.items()}


@pytest.mark.parametrize("values", [0.0, 3.0, [-1.0, 0.0, 1.0, 2.0]])
def test_forget_gate_alone_is_moved(values):
    layer = built_layer()
    before = layer.get_weights()
    set_forget_bias(layer, values)
    reading = first_gates(layer)
    expected = np.broadcast_to(sigmoid(np.array(values)), 4)
    np.testing.assert_allclose(reading["forget_gate"], expected, rtol=1e-6)  # float32
    for name in ("input_gate", "output_gate"):
        np.testing.assert_allclose(reading[name], 0.5)
    np.testing.assert_array_equal(reading["candidate_cell"], 0)
    for old, new in zip(before[:2], layer.get_weights()[:2], strict=True):
        np.testing.assert_array_equal(old, new)


def test_coupled_input_gate_is_what_is_not_kept():
    layer = built_layer()
    set_forget_bias(layer, chrono(4, longest=50, seed=1), coupled=True)
    reading = first_gates(layer)
    np.testing.assert_allclose(reading["input_gate"], 1 - reading["forget_gate"], rtol=1e-5)  # float32 near 0


def test_bias_of_100_is_a_gate_that_is_one_and_cannot_learn():
    layer = built_layer()
    set_forget_bias(layer, 100.0)
    assert (first_gates(layer)["forget_gate"] == 1).all()
    [slope] = gradient(lambda bias: keras.ops.sum(keras.ops.sigmoid(bias)), np.full(4, 100.0, "float32"))
    np.testing.assert_array_equal(slope, 0)


def test_chrono_memories_are_uniform_up_to_the_longest():
    lasting = 1 / (1 - sigmoid(chrono(100_000, longest=200, seed=3)))  # steps
    assert 2 <= lasting.min() < 3
    assert 199 < lasting.max() <= 200
    shares = np.histogram(lasting, bins=9, range=(2, 200))[0] / len(lasting)
    np.testing.assert_allclose(shares, 1 / 9, atol=0.005)  # five standard errors of 100,000 draws


def test_chrono_repeats_with_its_seed_alone():
    np.testing.assert_array_equal(chrono(8, 100, seed=1), chrono(8, 100, seed=1))
    assert not np.array_equal(chrono(8, 100, seed=1), chrono(8, 100, seed=2))


@pytest.mark.parametrize(("units", "longest"), [(0, 100), (4, 1)])
def test_chrono_refuses_what_cannot_be_drawn(units, longest):
    with pytest.raises(ValueError, match="expected at least one unit and a longest distance of at least 2, got"):
        chrono(units, longest, seed=0)


def test_what_has_no_forget_bias_is_refused():
    with pytest.raises(ValueError, match="expected an LSTM layer with a bias, got <GRU"):
        set_forget_bias(keras.layers.GRU(4), 1.0)
    with pytest.raises(ValueError, match="expected an LSTM layer with a bias"):
        set_forget_bias(keras.layers.LSTM(4, use_bias=False), 1.0)
    with pytest.raises(ValueError, match="expected a built layer"):
        set_forget_bias(keras.layers.LSTM(4), 1.0)


@pytest.mark.parametrize("values", [[1.0, 2.0], np.nan, [[1.0, 2.0, 3.0, 4.0]]])
def test_values_that_do_not_fit_the_units_are_refused(values):
    with pytest.raises(ValueError, match="expected one finite number or 4 of them, one per unit, got"):
        set_forget_bias(built_layer(), values)
