import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.backend import keras
from course.instruments import (
    input_gain,
    lowest_loss,
    overfit_one_batch,
    saturation,
    sees,
    update_ratios,
)
from course.models.language_model import language_model
from course.text.windows import next_token_rows

VOCAB_SIZE = 12
TEXTS = [[4, 5, 6], [4, 5, 7, 8], [9], [4, 6]]


def small_model(layer="gru", seed=1):
    keras.utils.set_random_seed(seed)
    return language_model(VOCAB_SIZE, units=16, embedding=8, layer=layer)


def by_definition(inputs, targets):
    """Mean surprise under the relative frequency of each target after its whole prefix."""
    found = {}
    for row, answers in zip(inputs.tolist(), targets.tolist(), strict=True):
        for step, answer in enumerate(answers):
            if answer:
                found.setdefault(tuple(row[: step + 1]), []).append(answer)
    surprises = [-np.log(np.mean(np.array(after) == answer)) for after in found.values() for answer in after]
    return np.mean(surprises)


@given(st.lists(st.lists(st.integers(4, 6), min_size=1, max_size=5), min_size=1, max_size=6))
def test_lowest_loss_is_the_entropy_of_each_target_after_its_prefix(texts):
    inputs, targets = next_token_rows(texts)
    np.testing.assert_allclose(lowest_loss(inputs, targets), by_definition(inputs, targets), atol=1e-12)


def test_lowest_loss_does_not_change_with_columns_of_padding():
    inputs, targets = (np.pad(ids, ((0, 0), (0, 3))) for ids in next_token_rows(TEXTS))
    np.testing.assert_allclose(lowest_loss(inputs, targets), by_definition(inputs, targets), atol=1e-12)


def test_lowest_loss_is_zero_when_the_targets_are_the_inputs():
    inputs, _ = next_token_rows(TEXTS)
    assert lowest_loss(inputs, inputs) == 0


@pytest.mark.keras
def test_one_batch_is_learnt_down_to_its_lowest_loss_and_the_weights_are_put_back():
    model = small_model()
    before = model.get_weights()
    rows = next_token_rows(TEXTS)
    losses = overfit_one_batch(model, *rows, steps=60)
    assert abs(losses[0] - np.log(VOCAB_SIZE)) < 0.1  # untrained: all tokens alike
    assert lowest_loss(*rows) - 1e-3 < losses[-1] < lowest_loss(*rows) + 0.05
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.keras
def test_one_batch_is_not_learnt_through_an_activation_on_the_scores():
    squashed = keras.Sequential([small_model(), keras.layers.Activation("tanh")])
    losses = overfit_one_batch(squashed, *next_token_rows(TEXTS), steps=60)
    best = np.log(1 + (VOCAB_SIZE - 1) * np.exp(-2))  # the right score is 1 and all others are -1: no more can be said
    assert losses[-1] > best - 1e-3


@pytest.mark.keras
def test_update_ratio_is_relative_to_the_weights_and_leaves_vectors_out():
    model = small_model("simple_rnn")
    before = model.get_weights()
    model.set_weights([weight * 1.25 + 1.0 * (weight.ndim == 1) for weight in before])
    ratios = update_ratios(model, before)
    assert [name.rpartition("/")[2] for name in ratios] == ["embeddings", "kernel", "recurrent_kernel", "kernel"]
    np.testing.assert_allclose(list(ratios.values()), 0.25, rtol=1e-6)  # float32


@pytest.mark.keras
def test_update_ratio_refuses_the_weights_of_another_model():
    with pytest.raises(ValueError, match="expected earlier weights of shapes"):
        update_ratios(small_model("simple_rnn"), small_model("gru").get_weights())


def test_saturation_counts_both_ends():
    assert saturation(np.array([[0.0, 0.04, 0.06], [0.5, 0.94, 0.96]]), margin=0.05) == (2 / 6, 1 / 6)


@pytest.mark.parametrize("values", [[], [-0.5, 0.5], [0.5, 1.5]])
def test_saturation_refuses_what_is_no_gate(values):
    with pytest.raises(ValueError, match="values of a gate"):
        saturation(values)


@pytest.mark.keras
def test_language_model_sees_its_past_and_present_alone():
    seen = sees(small_model(), np.array([2, 5, 6, 7, 8]))
    np.testing.assert_array_equal(seen, np.tril(np.ones((5, 5), bool)))


@pytest.mark.keras
def test_output_without_a_state_sees_its_own_input_alone():
    model = keras.Sequential([keras.layers.Embedding(VOCAB_SIZE, 4), keras.layers.Dense(VOCAB_SIZE)])
    np.testing.assert_array_equal(sees(model, np.array([2, 5, 6])), np.eye(3, dtype=bool))


@pytest.mark.keras
def test_bidirectional_model_is_seen_to_look_ahead():
    both = keras.layers.Bidirectional(keras.layers.GRU(4, return_sequences=True))
    model = keras.Sequential([keras.layers.Embedding(VOCAB_SIZE, 4), both])
    assert sees(model, np.array([2, 5, 6, 7])).all()


@pytest.mark.parametrize("ids", [[5], [5, 6, 5], [[5, 6], [7, 8]]])
def test_sees_refuses_rows_in_which_an_exchange_would_change_nothing(ids):
    with pytest.raises(ValueError, match="different ids"):
        sees(None, np.array(ids))


@pytest.mark.keras
def test_input_gain_is_the_price_of_somebody_elses_input():
    inputs = np.array([[4, 4, 4], [5, 5, 5]])
    targets = inputs
    copying = keras.Sequential([keras.layers.Embedding(VOCAB_SIZE, VOCAB_SIZE)])
    copying.build((None, None))
    copying.set_weights([3.0 * np.eye(VOCAB_SIZE, dtype="float32")])
    np.testing.assert_allclose(input_gain(copying, inputs, targets), 3.0, rtol=1e-5)  # a score of 3 on the wrong token
    copying.set_weights([np.tile(np.arange(VOCAB_SIZE, dtype="float32"), (VOCAB_SIZE, 1))])
    assert abs(input_gain(copying, inputs, targets)) < 1e-6  # the same answer whatever it reads


def test_input_gain_refuses_a_single_row():
    with pytest.raises(ValueError, match="at least two rows"):
        input_gain(None, np.array([[4, 5]]), np.array([[5, 6]]))
