import numpy as np
import pytest

from course.backend import compiled, keras
from course.decoding import greedy, sample
from course.models.language_model import RECURRENT_LAYERS, language_model, next_token_distribution
from course.models.stepping import LiveSuggester, stepper
from course.text.vocabulary import END_ID, START_ID

pytestmark = pytest.mark.keras

numpy = keras.ops.convert_to_numpy
IDS = np.random.default_rng(0).integers(0, 10, (3, 7)).astype("int32")
KINDS = [{"layer": layer} for layer in RECURRENT_LAYERS] + [{"tied": True}, {"dropout": 0.5, "recurrent_dropout": 0.5}]


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(1)
    return language_model(10, units=6, embedding=4)


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_steps_with_a_carried_state_are_the_full_pass(options):
    model = language_model(10, units=6, embedding=4, layers=2, **options)
    initial_state, step = stepper(model)
    step, state = compiled(step), initial_state(3)
    whole = numpy(keras.ops.log_softmax(model(IDS, training=False)))
    for t in range(IDS.shape[1]):
        log_probs, state = step(state, IDS[:, t])
        np.testing.assert_allclose(numpy(log_probs), whole[:, t], atol=1e-5)  # float32


def test_stepping_leaves_the_carried_states_of_streams_alone():
    model = language_model(10, units=6, embedding=4, streams=3)
    first = numpy(model(IDS))
    initial_state, step = stepper(model)
    log_probs, _ = step(initial_state(3), IDS[:, 0])
    np.testing.assert_allclose(numpy(log_probs), numpy(keras.ops.log_softmax(first[:, 0])), atol=1e-5)  # float32
    again = language_model(10, units=6, embedding=4, streams=3)
    again.set_weights(model.get_weights())
    again(IDS)
    np.testing.assert_allclose(numpy(model(IDS)), numpy(again(IDS)), atol=1e-6)


def test_greedy_decoding_takes_the_likeliest_token_of_the_full_pass(model):
    initial_state, step = stepper(model)
    [ids] = numpy(compiled(lambda: greedy(step, initial_state(1), START_ID, END_ID, 6))().ids)
    for position, token in enumerate(ids):
        if END_ID in ids[:position]:
            break
        assert token == next_token_distribution(model, ids[:position]).argmax()


def test_sampled_tokens_have_the_frequencies_of_the_distribution(model):
    initial_state, step = stepper(model)
    drawn = numpy(compiled(lambda: sample(step, initial_state(4000), START_ID, END_ID, 1, seed=3))().ids)[:, 0]
    shares = np.bincount(drawn, minlength=10) / 4000
    np.testing.assert_allclose(shares, next_token_distribution(model, []), atol=0.03)  # 4 standard errors of 4000


def test_suggester_gives_the_models_distribution_while_a_text_is_typed_deleted_and_changed(model):
    suggester = LiveSuggester(model)
    for text in ([5], [5, 6], [5, 6, 7], [5, 6], [5], [5, 8], [9, 8], [], [5, 6, 7, 8, 9], [5, 6, 7, 8, 9]):
        expected = next_token_distribution(model, text)
        np.testing.assert_allclose(suggester.distribution([START_ID, *text]), expected, rtol=1e-4)  # float32
        assert list(suggester.suggest([START_ID, *text], 3)) == list(4 + np.argsort(-expected[4:], kind="stable")[:3])


def test_a_word_more_costs_one_step_and_a_word_less_none(model, monkeypatch):
    suggester = LiveSuggester(model)
    steps, step = [], suggester._step
    monkeypatch.setattr(suggester, "_step", lambda state, tokens: steps.append(tokens) or step(state, tokens))
    cost = []
    for text in ([5, 6, 7, 8], [5, 6, 7, 8, 9], [5, 6, 7, 8], [5, 6, 7, 8], [5, 6, 9], [4]):
        suggester.suggest([START_ID, *text], 3)
        cost.append(len(steps))
        steps.clear()
    assert cost == [5, 1, 0, 0, 1, 1]


def test_an_empty_context_is_refused(model):
    with pytest.raises(ValueError, match="begins with <start>, got an empty one"):
        LiveSuggester(model).suggest([], 3)
