import subprocess
import sys

import numpy as np
import pytest

from course.backend import batches, compiled, gradient, keras, loss_gradients, scan

pytestmark = pytest.mark.keras


def test_importing_keras_through_the_course_writes_nothing():
    code = "from course.backend import keras; keras.ops.matmul(keras.ops.ones((2, 2)), keras.ops.ones((2, 2)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_an_error_after_the_import_still_reaches_stderr():
    code = "from course.backend import keras; raise ValueError('seen')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert "ValueError: seen" in done.stderr


def test_compiled_function_gives_the_same_numbers_and_is_traced_once():
    traces = []

    @compiled
    def double(x):
        traces.append(1)
        return keras.ops.tanh(x) * 2

    x = np.linspace(-1, 1, 5, dtype="float32")
    for shift in range(3):
        np.testing.assert_allclose(double(x + shift), 2 * np.tanh(x + shift), rtol=1e-5)  # float32
    assert len(traces) == 1


def test_known_arguments_are_traced_once_for_all_sizes():
    traces = []

    def total(weights, x):
        traces.append(1)
        return keras.ops.sum(weights[0] * x)

    total = compiled(total, [keras.KerasTensor((3,))], keras.KerasTensor((None, 3)))
    for rows in (1, 4, 2):
        found = total([np.arange(3, dtype="float32")], np.ones((rows, 3), "float32"))
        np.testing.assert_allclose(found, 3 * rows, rtol=1e-6)
    assert len(traces) == (1 if keras.backend.backend() == "tensorflow" else 3)


@pytest.mark.parametrize("steps", [1, 15, 16, 17, 40])
def test_scan_gives_the_states_of_a_python_loop(steps):
    sequence = np.random.default_rng(steps).normal(size=(steps, 2, 3)).astype("float32")

    def step(states, row):
        level, speed = states["level"], states["speed"]
        # zeros in the place of a row would still move it
        return {"level": level + 0.1 * speed, "speed": 0.9 * speed + row - 0.5}

    states = {"level": np.ones((2, 3), "float32"), "speed": np.zeros((2, 3), "float32")}
    first = {name: keras.ops.convert_to_tensor(state) for name, state in states.items()}
    expected = []
    for row in sequence:
        states = step(states, row)
        expected.append(states)
    found = compiled(lambda sequence: scan(step, first, sequence))(sequence)
    for name, history in found.items():
        values = np.stack([states[name] for states in expected])
        np.testing.assert_allclose(keras.ops.convert_to_numpy(history), values, atol=1e-5)  # float32, 40 sums


def test_gradient_agrees_with_central_differences():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(3, 2)).astype("float32"), rng.normal(size=(2,)).astype("float32")

    def value(a, b):
        return keras.ops.sum(keras.ops.tanh(keras.ops.matmul(a, b)) ** 2)

    gradients = gradient(value, a, b)
    assert [g.shape for g in gradients] == [(3, 2), (2,)]
    step = 1e-2
    for argument, found in enumerate(gradients):
        for index in np.ndindex(found.shape):
            up, down = [a.copy(), b.copy()], [a.copy(), b.copy()]
            up[argument][index] += step
            down[argument][index] -= step
            slope = (float(value(*up)) - float(value(*down))) / (2 * step)
            assert found[index] == pytest.approx(slope, abs=1e-3)  # step² of curvature and float32 differences


def test_gradient_of_what_the_value_does_not_use_is_zero():
    _, unused = gradient(lambda x, y: keras.ops.sum(x), np.ones(2, "float32"), np.ones(3, "float32"))
    assert unused.tolist() == [0, 0, 0]


def test_loss_gradients_are_dense_and_sum_over_repeated_words():
    keras.utils.set_random_seed(1)
    embedding = keras.layers.Embedding(4, 2)
    model = keras.Sequential([keras.Input((3,), dtype="int32"), embedding])
    ids = np.array([[1, 1, 3]])
    [found] = loss_gradients(model, lambda targets, outputs: keras.ops.sum(outputs * targets), ids, np.ones((1, 3, 2)))
    assert found.tolist() == [[0, 0], [2, 2], [0, 0], [1, 1]]


def test_batches_hold_every_row_once_and_shuffle_anew_each_epoch():
    rows = np.arange(10)
    data = batches((rows, rows * 10), batch=4, seed=1)
    epochs = [[np.asarray(part) for part in batch] for _ in range(2) for batch in data]
    assert [len(x) for x, _ in epochs] == [4, 4, 2] * 2
    assert all((x * 10 == y).all() for x, y in epochs)
    first, second = (np.concatenate([x for x, _ in epochs[i : i + 3]]) for i in (0, 3))
    assert sorted(first) == sorted(second) == rows.tolist()
    assert first.tolist() != second.tolist()


def test_batches_keep_the_order_without_a_seed():
    data = batches((np.arange(5),), batch=2)
    assert [np.asarray(batch[0]).tolist() for batch in data] == [[0, 1], [2, 3], [4]]
