import numpy as np
import pytest

from course.backend import gradient, keras
from course.models.language_model import language_model, reset_states
from course.models.softmax import chunked_cross_entropy, loss_model, sampled_cross_entropy

pytestmark = pytest.mark.keras

POSITIONS, UNITS, VOCAB = 11, 4, 30


@pytest.fixture(scope="module")
def numbers():
    random = np.random.default_rng(1)
    states = random.normal(size=(POSITIONS, UNITS)).astype("float32")
    kernel = random.normal(size=(UNITS, VOCAB)).astype("float32")
    bias = random.normal(size=VOCAB).astype("float32")
    targets = random.integers(0, VOCAB, POSITIONS).astype("int32")
    targets[3] = targets[4]  # one token twice: its gradients add up
    weights = random.uniform(size=POSITIONS).astype("float32")
    return states, kernel, bias, targets, weights


def whole(states, kernel, bias, targets, weights):
    """The definition, all logits at once."""
    log_probs = keras.ops.log_softmax(keras.ops.matmul(states, kernel) + bias)
    return -keras.ops.sum(weights * keras.ops.take_along_axis(log_probs, targets[:, None], axis=-1)[:, 0])


@pytest.mark.parametrize("rows", [1, 4, 11, 100])
def test_chunks_give_the_value_and_the_gradients_of_the_whole(numbers, rows):
    *arrays, targets, weights = numbers
    exact = float(whole(*numbers))
    assert float(chunked_cross_entropy(*numbers, rows=rows)) == pytest.approx(exact, rel=1e-5)  # float32
    of_chunks = gradient(lambda *a: 3 * chunked_cross_entropy(*a, targets, weights, rows), *arrays)
    of_whole = gradient(lambda *a: 3 * whole(*a, targets, weights), *arrays)
    for ours, theirs in zip(of_chunks, of_whole, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)  # float32


def test_a_sample_of_the_whole_tail_is_exact(numbers):
    states, kernel, bias, targets, _ = numbers
    tail = np.arange(10, VOCAB, dtype="int32")
    [losses] = [keras.ops.convert_to_numpy(sampled_cross_entropy(states, kernel, bias, targets, 10, tail))]
    for row, loss in enumerate(losses):
        one = np.eye(POSITIONS, dtype="float32")[row]
        assert loss == pytest.approx(float(whole(states, kernel, bias, targets, one)), rel=1e-5)  # float32


def test_the_sampled_normaliser_is_right_on_average(numbers):
    states, kernel, bias, targets, _ = numbers
    targets = np.minimum(targets, 9)  # frequent targets: the sampled part then holds the whole tail
    random = np.random.default_rng(2)
    right = np.take_along_axis(states @ kernel + bias, targets[:, None], axis=1)[:, 0]
    exact = np.exp(states @ kernel + bias).sum(axis=1)
    sums = [
        np.exp(
            keras.ops.convert_to_numpy(
                sampled_cross_entropy(states, kernel, bias, targets, 10, random.integers(10, VOCAB, 5).astype("int32"))
            )
            + right
        )
        for _ in range(600)
    ]
    error = np.std(sums, axis=0) / np.sqrt(len(sums))
    assert (np.abs(np.mean(sums, axis=0) - exact) < 4 * error).all()  # four standard errors, eleven positions


@pytest.mark.parametrize("tied", [False, True])
def test_loss_model_trains_the_weights_of_the_language_model(tied):
    model = language_model(VOCAB, units=5, embedding=4, tied=tied, streams=2)
    ids = np.array([[5, 6, 7], [8, 9, 0]], "int32")
    logits = model.predict_on_batch(ids)
    exact = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(ids[ids != 0], logits[ids != 0])
    before = model.get_weights()
    for sampling, tolerance in (({}, 1e-5), ({"frequent": VOCAB - 1, "sampled": 1}, 1e-5)):  # float32
        model.set_weights(before)
        reset_states(model)
        objective = loss_model(model, rows=2, **sampling)
        objective.compile(keras.optimizers.Adam(0.01), jit_compile=keras.backend.backend() == "jax")
        assert float(objective.train_on_batch([ids, ids])) == pytest.approx(float(exact), rel=tolerance)
        assert all(np.abs(new - old).max() > 0 for new, old in zip(model.get_weights(), before, strict=True))
