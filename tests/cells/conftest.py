"""The yardsticks of the cells: random numbers, derivatives by central differences, the gradient of a Keras layer."""

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@pytest.fixture
def draw(rng):
    """Draw float64 arrays of the given shapes, standard deviation 0.5: gates neither closed nor linear."""
    return lambda *shapes: [rng.normal(0, 0.5, shape) for shape in shapes]


@pytest.fixture
def central_difference():
    """d function(*arrays) / d array for each array, entry by entry, in float64."""

    def differentiate(function, *arrays, step=1e-5):
        gradients = []
        for position, array in enumerate(arrays):
            gradient = np.zeros_like(array)
            for index in np.ndindex(array.shape):
                moved = [a.copy() for a in arrays]
                moved[position][index] += step
                above = function(*moved)
                moved[position][index] -= 2 * step
                gradient[index] = (above - function(*moved)) / (2 * step)
            gradients.append(gradient)
        return gradients

    return differentiate


@pytest.fixture
def layer_gradient():
    """d sum(weights * layer(inputs)) / d (inputs, and each weight of the layer), by automatic differentiation."""
    from course.backend import gradient, keras

    def differentiate(layer, weights, inputs, *variables):
        def loss(inputs, *variables):
            outputs, _ = layer.stateless_call(variables, layer.non_trainable_variables, inputs)
            return keras.ops.sum(weights.astype("float32") * outputs)

        return gradient(loss, *(array.astype("float32") for array in (inputs, *variables)))

    return differentiate
