import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from course.cells.activations import sigmoid

numbers = st.floats(-700, 700)


@given(numbers)
def test_sigmoid_is_its_definition(x):
    # rtol: the definition itself loses a few last bits
    np.testing.assert_allclose(sigmoid(x), 1 / (1 + np.exp(-x)), rtol=1e-12)


@given(numbers)
def test_sigmoid_of_minus_x_is_the_rest_to_one(x):
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1, rtol=1e-15)


def test_sigmoid_keeps_tiny_values_and_never_overflows():
    np.testing.assert_allclose(sigmoid(np.array([-100.0, -1e6, 1e6])), [np.exp(-100.0), 0, 1])


def test_sigmoid_keeps_the_precision_of_its_input():
    assert sigmoid(np.zeros(3, np.float32)).dtype == np.float32
