import numpy as np
import pytest

from course.backend import keras
from course.models.language_model import (
    RECURRENT_LAYERS,
    distributions_along,
    language_model,
    next_token_distribution,
    next_token_scorer,
    reset_states,
    suggest_along,
    token_log_probs,
)
from course.text.vocabulary import END_ID, START_ID

pytestmark = pytest.mark.keras

SEQUENCES = [[5, 6, 7, 8], [9], [], [4, 4, 4]]


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(1)
    return language_model(10, units=6, embedding=4)


@pytest.mark.parametrize("layer", RECURRENT_LAYERS)
def test_layers_are_stacked_and_named(layer):
    model = language_model(10, units=6, embedding=4, layer=layer, layers=2, dropout=0.1)
    assert [model.get_layer(f"{layer}_{n}").units for n in (1, 2)] == [6, 6]
    assert model(np.zeros((3, 5), "int32")).shape == (3, 5, 10)


def test_unknown_layer_is_refused():
    with pytest.raises(ValueError, match=r"expected one of .*'lstm'.* got 'transformer'"):
        language_model(10, units=6, embedding=4, layer="transformer")


def test_a_prediction_never_sees_later_tokens(model):
    ids = np.array([[2, 5, 6, 7, 8]], "int32")
    changed = ids.copy()
    changed[0, 3:] = 9
    before, after = (keras.ops.convert_to_numpy(model(x))[0] for x in (ids, changed))
    np.testing.assert_array_equal(before[:3], after[:3])
    assert (before[3:] != after[3:]).all()


def test_token_log_probs_are_the_softmax_of_each_sequence_alone(model):
    scores = token_log_probs(model, SEQUENCES, batch=3)
    for sequence, log_probs in zip(SEQUENCES, scores, strict=True):
        logits = keras.ops.convert_to_numpy(model(np.array([[START_ID, *sequence]], "int32")))[0]
        probabilities = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        expected = np.log(probabilities[np.arange(len(sequence) + 1), [*sequence, END_ID]])
        np.testing.assert_allclose(log_probs, expected, rtol=1e-5)  # float32


def test_distribution_after_a_context_is_what_token_log_probs_scores(model):
    [scores] = token_log_probs(model, [[5, 6, 7]])
    for position, token in enumerate([5, 6, 7, END_ID]):
        distribution = next_token_distribution(model, [5, 6, 7][:position])
        assert distribution.shape == (10,)
        assert distribution.sum() == pytest.approx(1, rel=1e-5)  # float32
        assert np.log(distribution[token]) == pytest.approx(scores[position], rel=1e-4)  # float32


@pytest.mark.parametrize("layer", RECURRENT_LAYERS)
def test_streams_go_on_where_the_call_before_ended(layer):
    model = language_model(10, units=6, embedding=4, layer=layer, layers=2, streams=2)
    ids = np.random.default_rng(1).integers(4, 10, (2, 8)).astype("int32")
    whole = keras.ops.convert_to_numpy(model(ids))
    reset_states(model)
    parts = [keras.ops.convert_to_numpy(model(part)) for part in (ids[:, :3], ids[:, 3:])]
    np.testing.assert_allclose(np.concatenate(parts, axis=1), whole, atol=1e-6)  # float32
    afresh = language_model(10, units=6, embedding=4, layer=layer, layers=2)
    afresh.set_weights(model.get_weights())
    assert np.abs(keras.ops.convert_to_numpy(afresh(ids[:, 3:])) - whole[:, 3:]).max() > 1e-4


def test_tied_scores_are_products_with_the_word_vectors():
    model = language_model(10, units=6, embedding=4, layers=2, tied=True)
    assert [model.get_layer(f"lstm_{n}").units for n in (1, 2)] == [6, 4]
    states = keras.Model(model.input, model.get_layer("logits").input)(np.array([[5, 6]], "int32"))
    bias = np.linspace(-1, 1, 10).astype("float32")
    model.get_layer("logits").bias.assign(bias)
    vectors = model.get_layer("embedding").get_weights()[0]
    expected = keras.ops.convert_to_numpy(states) @ vectors.T + bias
    np.testing.assert_allclose(model(np.array([[5, 6]], "int32")), expected, atol=1e-6)  # float32


def test_suggestions_are_the_likeliest_tokens_that_are_no_specials(model):
    for sequence, offers in zip(SEQUENCES, suggest_along(model, SEQUENCES, k=2, batch=3), strict=True):
        assert offers.shape == (len(sequence), 2)
        for position, offered in enumerate(offers):
            distribution = next_token_distribution(model, sequence[:position])
            assert list(offered) == list(4 + np.argsort(-distribution[4:], kind="stable")[:2])


@pytest.mark.parametrize("options", [{}, {"layers": 2, "tied": True}], ids=str)
def test_next_token_scorer_is_the_full_softmax_at_the_last_token_of_each_context(options):
    model = language_model(10, units=6, embedding=4, **options)
    rng = np.random.default_rng(2)
    contexts = [rng.integers(2, 10, length) for length in (1, 40, 3, 16, 17, 2, 3)]
    targets = rng.integers(2, 10, 7)
    scores = next_token_scorer(model, batch=3)(contexts, targets)
    for context, target, score in zip(contexts, targets, scores, strict=True):
        logits = keras.ops.convert_to_numpy(model(context[None].astype("int32")))[0, -1]
        assert score == pytest.approx(logits[target] - np.log(np.exp(logits).sum()), abs=1e-5)  # float32


def test_next_token_scorer_refuses_an_empty_context(model):
    with pytest.raises(ValueError, match="at least one token, got an empty one"):
        next_token_scorer(model)([[2], []], [4, 5])


def test_distributions_along_a_text_are_those_after_each_of_its_prefixes(model):
    for sequence, rows in zip(SEQUENCES, distributions_along(model, SEQUENCES, batch=3), strict=True):
        assert rows.shape == (len(sequence) + 1, 10)
        for position, row in enumerate(rows):
            np.testing.assert_allclose(row, next_token_distribution(model, sequence[:position]), rtol=1e-4)  # float32


def test_scores_follow_the_weights_when_a_model_is_trained_further():
    model = language_model(10, units=6, embedding=4)
    [before] = token_log_probs(model, [[5, 6, 7]])
    model.set_weights([2 * weights for weights in model.get_weights()])
    [after] = token_log_probs(model, [[5, 6, 7]])
    expected = [np.log(next_token_distribution(model, [5, 6, 7][:n])[t]) for n, t in enumerate([5, 6, 7, END_ID])]
    np.testing.assert_allclose(after, expected, rtol=1e-4)  # float32
    assert np.abs(after - before).max() > 1e-4
