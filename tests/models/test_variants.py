import numpy as np
import pytest

from course.backend import gradient, keras
from course.cells.variants import VARIANTS, lstm_variant
from course.models.variants import LSTMVariantCell, variant_model

pytestmark = pytest.mark.keras

BATCH, STEPS, FEATURES, UNITS = 2, 4, 3, 2
every_variant = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


@pytest.fixture
def draw():
    rng = np.random.default_rng(11)
    return lambda *shapes: [rng.normal(0, 0.5, shape) for shape in shapes]


def layer_of(variant):
    layer = keras.layers.RNN(LSTMVariantCell(UNITS, variant), return_sequences=True)
    layer.build((None, None, FEATURES))
    return layer


@every_variant
def test_layer_equals_the_numpy_cell_in_value_and_gradient(draw, variant):
    inputs, loss_weights = draw((BATCH, STEPS, FEATURES), (BATCH, STEPS, UNITS))
    weights = draw(*variant.weight_shapes(FEATURES, UNITS).values())
    layer = layer_of(variant)
    layer.set_weights(weights)
    np.testing.assert_allclose(
        lstm_variant(inputs, weights, variant).hidden_state,
        keras.ops.convert_to_numpy(layer(inputs.astype("float32"))),
        atol=1e-6,  # float32 layer
    )

    def by_autodiff(inputs, *weights):
        outputs, _ = layer.stateless_call(weights, [v.value for v in layer.non_trainable_variables], inputs)
        return keras.ops.sum(loss_weights.astype("float32") * outputs)

    theirs = gradient(by_autodiff, *(array.astype("float32") for array in (inputs, *weights)))
    arrays = [inputs, *weights]
    for number, found in enumerate(theirs):
        for place in np.ndindex(arrays[number].shape):
            sides = []
            for move in (1e-5, -1e-5):
                moved = [array.copy() for array in arrays]
                moved[number][place] += move
                sides.append(np.sum(loss_weights * lstm_variant(moved[0], moved[1:], variant).hidden_state))
            # atol: float32 layer, sums over batch and steps; the central difference in float64 is exact to 1e-9
            np.testing.assert_allclose(found[place], (sides[0] - sides[1]) / 2e-5, atol=1e-5)


def test_without_peepholes_it_equals_keras_lstm_and_begins_like_it():
    keras.utils.set_random_seed(1)
    ours = layer_of(VARIANTS["NP"])
    theirs = keras.layers.LSTM(UNITS, return_sequences=True)
    theirs.build((None, None, FEATURES))
    np.testing.assert_array_equal(ours.get_weights()[2], theirs.get_weights()[2])  # the forget bias
    assert [w.shape for w in ours.get_weights()] == [w.shape for w in theirs.get_weights()]
    theirs.set_weights(ours.get_weights())
    inputs = np.random.default_rng(1).normal(size=(BATCH, 20, FEATURES)).astype("float32")
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(ours(inputs)), keras.ops.convert_to_numpy(theirs(inputs)), atol=1e-6
    )  # float32


@every_variant
def test_every_forget_gate_begins_at_the_same_place(variant):
    weights = layer_of(variant).get_weights()
    zeros = np.zeros((1, 1, FEATURES))
    weights[1] = 0 * weights[1]
    forget_gate = lstm_variant(zeros, weights, variant).forget_gate
    np.testing.assert_allclose(
        forget_gate, 1 if not variant.forget_gate else 1 / (1 + np.exp(-1)), rtol=1e-6
    )  # float32


@every_variant
def test_a_saved_model_is_the_same_function(variant, tmp_path):
    model = variant_model(10, units=4, embedding=3, variant=variant)
    ids = np.arange(6, dtype="int32").reshape(2, 3)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert again.get_layer("lstm_variant").cell.variant == variant
    np.testing.assert_array_equal(*(keras.ops.convert_to_numpy(m(ids)) for m in (model, again)))


def test_a_variant_is_known_by_its_name():
    assert variant_model(10, 4, 3, "NFG").get_layer("lstm_variant").cell.variant == VARIANTS["NFG"]
