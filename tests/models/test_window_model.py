import numpy as np
import pytest

from course.backend import keras
from course.models.language_model import suggest_along, token_log_probs
from course.models.window_model import window_model
from course.text.windows import next_token_rows
from course.training import fit

pytestmark = pytest.mark.keras

WINDOW = 3
IDS = np.array([[2, 5, 6, 7, 8, 4, 9], [2, 9, 9, 4, 5, 6, 0]], "int32")


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    return window_model(10, units=6, embedding=4, window=WINDOW)


def logits(model, ids):
    return keras.ops.convert_to_numpy(model(ids))


def test_model_is_the_layer_over_joined_vectors_of_its_definition(model):
    vectors = model.get_layer("embedding").get_weights()[0]
    kernel, bias = model.get_layer("hidden").get_weights()
    head, head_bias = model.get_layer("logits").get_weights()
    for row, found in zip(IDS, logits(model, IDS), strict=True):
        for position in range(len(row)):
            seen = vectors[row[max(0, position - WINDOW + 1) : position + 1]]
            joined = np.concatenate([np.zeros((WINDOW - len(seen), 4)), seen]).ravel()
            hidden = np.tanh(joined @ kernel.reshape(-1, 6) + bias)
            np.testing.assert_allclose(found[position], hidden @ head + head_bias, atol=1e-6)  # float32


@pytest.mark.parametrize("changed", range(IDS.shape[1]))
def test_a_token_changes_the_predictions_of_its_window_and_no_others(model, changed):
    other = IDS.copy()
    other[:, changed] = 3
    moved = (logits(model, IDS) != logits(model, other)).any(axis=(0, 2))
    within = np.arange(IDS.shape[1]) - changed
    np.testing.assert_array_equal(moved, (within >= 0) & (within < WINDOW))


def test_empty_window_is_refused():
    with pytest.raises(ValueError, match="expected a window of at least 1 token, got 0"):
        window_model(10, units=6, embedding=4, window=0)


def test_model_learns_to_copy_within_its_window_and_not_beyond():
    random = np.random.default_rng(0)
    keys = random.integers(4, 8, size=512)
    near, far = ([[key, *[8] * gap, key] for key in keys] for gap in (WINDOW - 1, WINDOW))
    losses = {}
    for name, texts in {"near": near, "far": far}.items():
        keras.utils.set_random_seed(1)
        model = window_model(10, units=16, embedding=8, window=WINDOW)
        fit(model, *next_token_rows(texts), epochs=6, batch=16, learning_rate=0.01, seed=1, report=None)
        losses[name] = -np.mean([scores[-2] for scores in token_log_probs(model, texts)])
    assert losses["near"] < 0.1
    assert losses["far"] == pytest.approx(np.log(4), abs=0.05)  # one of four keys, drawn evenly


def test_suggestions_depend_on_the_window_alone(model):
    one, two = suggest_along(model, [[4, 5, 6, 7, 8], [9, 5, 6, 7, 8]])
    np.testing.assert_array_equal(one[4], two[4])  # before the last token it sees 5 6 7 in both
