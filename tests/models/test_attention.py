"""The attention layer against its equations in NumPy, in value and in gradient."""

from functools import partial

import numpy as np
import pytest

from course.backend import gradient, keras
from course.cells.attention import additive_attention, multiplicative_attention
from course.models.attention import Attention

pytestmark = pytest.mark.keras

BATCH, TARGET_STEPS, SOURCE_STEPS, UNITS, MEMORY = 2, 3, 4, 5, 6
REAL = np.array([[True, True, True, True], [True, True, False, False]])
EQUATIONS = {
    "additive": additive_attention,
    "multiplicative": multiplicative_attention,
    "scaled": partial(multiplicative_attention, scaled=True),
}


@pytest.fixture(params=sorted(EQUATIONS))
def layer(request):
    keras.utils.set_random_seed(0)
    layer = Attention(UNITS, request.param)
    layer.build(UNITS, MEMORY)
    return layer


@pytest.fixture
def texts():
    rng = np.random.default_rng(5)
    return rng.normal(size=(BATCH, TARGET_STEPS, UNITS)), rng.normal(size=(BATCH, SOURCE_STEPS, MEMORY))


def numpy_weights(layer):
    """In the order in which the equations take them, float64."""
    variables = [layer.to_keys.kernel]
    if layer.score == "additive":
        variables = [layer.to_queries.kernel, layer.to_keys.kernel, layer.vector]
    return [keras.ops.convert_to_numpy(variable).astype("float64") for variable in variables]


def called(layer, queries, memory, real=REAL):
    memory = keras.ops.convert_to_tensor(memory, dtype="float32")
    return layer(keras.ops.convert_to_tensor(queries, dtype="float32"), layer.keys(memory), memory, real)


def test_layer_reproduces_the_equations_in_value(layer, texts):
    expected = EQUATIONS[layer.score](*texts, REAL, *numpy_weights(layer))
    context, attention_weights = map(keras.ops.convert_to_numpy, called(layer, *texts))
    np.testing.assert_allclose(context, expected.context, atol=1e-6)  # float32 weights
    np.testing.assert_allclose(attention_weights, expected.attention_weights, atol=1e-6)
    assert attention_weights.std() > 0.05  # otherwise any score would do


def test_padding_weighs_nothing_and_the_rest_sums_to_one(layer, texts):
    _, attention_weights = called(layer, *texts)
    attention_weights = keras.ops.convert_to_numpy(attention_weights)
    assert np.all(attention_weights[1, :, 2:] == 0)
    np.testing.assert_allclose(attention_weights.sum(axis=-1), 1, atol=1e-6)


def test_layer_reproduces_the_equations_in_gradient(layer, texts):
    rng = np.random.default_rng(6)
    pull = rng.normal(size=(BATCH, TARGET_STEPS, MEMORY))

    def equations(queries, memory, *weights):
        return np.sum(pull * EQUATIONS[layer.score](queries, memory, REAL, *weights).context)

    def loss(queries, memory, *values):
        with keras.StatelessScope([(v, value) for v, value in zip(variables, values, strict=True)]):
            context, _ = called(layer, queries, memory)
        return keras.ops.sum(pull.astype("float32") * context)

    variables = [layer.to_keys.kernel]
    if layer.score == "additive":
        variables = [layer.to_queries.kernel, layer.to_keys.kernel, layer.vector]
    arrays = [*texts, *numpy_weights(layer)]
    gradients = gradient(loss, *(array.astype("float32") for array in arrays))
    for place, (array, found) in enumerate(zip(arrays, gradients, strict=True)):
        for _ in range(4):  # a gradient that is right along random directions is right
            direction = rng.normal(size=array.shape)
            above, below = (
                [a + h * direction if n == place else a for n, a in enumerate(arrays)] for h in (1e-6, -1e-6)
            )
            slope = (equations(*above) - equations(*below)) / 2e-6
            np.testing.assert_allclose(np.sum(found * direction), slope, atol=1e-4)  # float32 layer, sums of 60 terms
            assert abs(slope) > 1e-4


def test_an_unknown_score_is_refused():
    with pytest.raises(ValueError, match=r"expected a score of .*additive.*multiplicative.*scaled.*, got 'cosine'"):
        Attention(4, "cosine")


def test_keys_of_longer_memory_are_masked_away(layer, texts):
    queries, memory = texts
    wider = np.concatenate([memory, np.full((BATCH, 3, MEMORY), 9.0)], axis=1)
    real = np.concatenate([REAL, np.zeros((BATCH, 3), dtype=bool)], axis=1)
    narrow, wide = called(layer, queries, memory), called(layer, queries, wider, real)
    np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (wide[0], narrow[0])), atol=1e-6)
