import dataclasses
import json

import numpy as np
import pytest

from course.backend import keras, loss_gradients
from course.models.language_model import language_model
from course.text.vocabulary import START_ID
from course.text.windows import next_token_rows
from course.training import (
    Diverged,
    RecordingAdam,
    _shuffled_batches,
    _take,
    fit,
    fit_stream,
    masked_cross_entropy,
    stream_log_probs,
)

pytestmark = pytest.mark.keras

SETTINGS = {"epochs": 1, "batch": 8, "learning_rate": 0.01, "seed": 0, "report": None}


def small_model(vocab_size=12, seed=1):
    keras.utils.set_random_seed(seed)
    return language_model(vocab_size, units=6, embedding=4, layer="simple_rnn")


def counting_rows(examples=32, seed=0):
    """Texts that count upwards from 4, so that the next token is certain; lengths differ."""
    rng = np.random.default_rng(seed)
    return next_token_rows([range(4, 4 + rng.integers(2, 8)) for _ in range(examples)])


def test_masked_cross_entropy_is_the_mean_of_minus_log_p_over_real_targets():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(2, 3, 5)).astype("float32")
    targets = np.array([[1, 4, 0], [2, 0, 0]])
    log_probs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    expected = -(log_probs[0, 0, 1] + log_probs[0, 1, 4] + log_probs[1, 0, 2]) / 3
    value = float(masked_cross_entropy(targets, keras.ops.convert_to_tensor(logits)))
    assert value == pytest.approx(expected, rel=1e-5)  # float32


def test_training_learns_a_certain_next_token():
    inputs, targets = counting_rows()
    history = fit(small_model(), inputs, targets, **SETTINGS | {"epochs": 30})
    assert history.losses[0] > 2 * history.losses[-1]


def test_padding_changes_no_loss():
    inputs, targets = counting_rows()
    wider = [np.pad(array, [(0, 0), (0, 5)]) for array in (inputs, targets)]
    history = fit(small_model(), inputs, targets, **SETTINGS)
    history_wider = fit(small_model(), *wider, **SETTINGS)
    np.testing.assert_allclose(history.step_losses, history_wider.step_losses, rtol=1e-5)  # float32 sums


def test_long_padding_is_cut_off_and_never_a_word():
    short, long = np.array([[5, 6, 7, 0, 0, 0] + [0] * 40]), np.array([[4] * 20 + [0] * 26])
    first, second = _take(short, long, np.array([0]), 1)
    assert first.shape == second.shape == (1, 24)  # arrays of one width stay aligned; 20 is rounded up
    np.testing.assert_array_equal(second, long[:, :24])
    assert _take(short, short, np.array([0]), 1)[0].shape == (1, 8)
    many = np.array([[4] * 33 + [0] * 20])
    assert _take(many, many, np.array([0]), 1)[1].shape == (1, 48)  # long rows are rounded to 16


def test_widths_of_pairs_are_exact_unless_each_shape_is_compiled():
    source, target = np.array([[5, 6, 7, 0, 0, 0, 0, 0, 0, 0]]), np.array([[4, 4, 4, 4, 4] + [0] * 15])
    (first, second), third = _take((source, target), target, np.array([0]), 1)
    rounded = keras.backend.backend() == "jax"
    assert [array.shape[1] for array in (first, second, third)] == ([8, 8, 8] if rounded else [3, 5, 5])


def test_last_batch_is_filled_with_rows_that_are_not_scored():
    inputs, targets = counting_rows(examples=7)
    before = targets.copy()
    some, answers = _take(inputs, targets, np.array([5, 6]), 4)
    np.testing.assert_array_equal(some, inputs[[5, 6, 5, 6]])
    np.testing.assert_array_equal(answers[:2], targets[[5, 6]])
    assert not answers[2:].any()
    np.testing.assert_array_equal(targets, before)
    assert len(_take(inputs, targets, np.arange(7), 10)[0]) == 7  # the only batch stays as it is
    wide = [np.pad(array, [(0, 0), (0, 40)]) for array in (inputs, targets)]
    assert _take(*wide, np.array([5, 6]), 4)[1].shape == (4, 8)  # no wider for the rows that fill
    seen, model = [], small_model()
    step = model.train_step
    model.train_step = lambda *state_and_data: (seen.append(state_and_data[-1][1].shape[0]), step(*state_and_data))[1]
    fit(model, inputs, targets, **SETTINGS | {"batch": 4})
    assert seen == [4]  # compiled once


def test_a_batch_has_rows_of_similar_length_in_all_arrays():
    drawn = np.random.default_rng(3).integers(1, 10, (2, 400))  # lengths of sources and of targets
    sources, targets = (np.arange(9) < lengths[:, None] for lengths in drawn)
    batches = _shuffled_batches((sources, targets), targets, 4, np.random.default_rng(0))
    places = sum(drawn[:, rows].max(axis=1).sum() * len(rows) for rows in batches)
    assert places < 1.1 * drawn.sum()  # 1.3 times as many if only the targets are looked at


def test_targets_may_be_scored_at_the_first_words_alone():
    inputs, targets = counting_rows(examples=8)
    inputs, targets = (np.pad(array, [(0, 0), (0, 20)], constant_values=5) for array in (inputs, targets))
    targets[:, 3:] = 0
    expected = float(masked_cross_entropy(targets, small_model()(inputs)))
    assert fit(small_model(), inputs, targets, **SETTINGS).step_losses[0] == pytest.approx(
        expected, rel=1e-5
    )  # float32


def test_texts_of_similar_length_share_a_batch():
    inputs, targets = next_token_rows([[4] * n for n in (1, 30, 2, 29, 3, 28)])
    seen = []
    model = small_model()
    train_on_batch = model.train_on_batch
    model.train_on_batch = lambda x, y: (seen.append(x.shape), train_on_batch(x, y))[1]
    fit(model, inputs, targets, **SETTINGS | {"batch": 3})
    assert sorted(seen) == [(3, 8), (3, 31)]


def test_epoch_loss_weighs_batches_by_their_tokens():
    inputs, targets = counting_rows(examples=12)
    history = fit(small_model(), inputs, targets, **SETTINGS | {"batch": 8, "learning_rate": 0.0, "seed": 4})
    model = small_model()
    whole = float(masked_cross_entropy(targets, model(inputs)))
    assert history.losses[0] == pytest.approx(whole, rel=1e-5)  # float32; nothing was learnt at rate 0


def test_recorded_gradient_norm_is_that_of_all_gradients_before_clipping():
    inputs, targets = counting_rows(examples=8)
    gradients = loss_gradients(small_model(), masked_cross_entropy, inputs, targets)
    expected = np.sqrt(sum((g**2).sum() for g in gradients))
    for clip_norm in (None, expected / 100):
        history = fit(small_model(), inputs, targets, **SETTINGS, clip_norm=clip_norm)
        assert history.gradient_norms[0] == pytest.approx(expected, rel=1e-4)  # float32, rows summed in another order


def test_first_adam_step_on_a_repeated_word_is_the_textbook_one():
    inputs, targets = counting_rows(examples=8)
    model = small_model()
    before = model.get_weights()
    gradients = loss_gradients(model, masked_cross_entropy, inputs, targets)
    fit(model, inputs, targets, **SETTINGS)
    for old, new, gradient in zip(before, model.get_weights(), gradients, strict=True):
        # bias-corrected moments of one step are g and g²; Keras adds its 1e-7 to the uncorrected root, √(1 − β₂) |g|
        step = 0.01 * gradient / (np.abs(gradient) + 1e-7 / np.sqrt(1 - 0.999))
        np.testing.assert_allclose(old - new, step, rtol=1e-3, atol=1e-5)  # float32 sums in another order


def test_adam_in_one_pass_is_keras_adam():
    rng = np.random.default_rng(0)
    shapes = [(5, 3), (3,), (2, 3, 4)]
    start = [rng.normal(size=shape).astype("float32") for shape in shapes]
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 6)
    weights = {}
    for make in (RecordingAdam, keras.optimizers.Adam):
        random = np.random.default_rng(1)
        variables = [keras.Variable(values) for values in start]
        optimizer = make(schedule, beta_1=0.8, beta_2=0.95, epsilon=1e-3, global_clipnorm=3.0)
        for _ in range(6):
            optimizer.apply([keras.ops.convert_to_tensor(random.normal(size=s), "float32") for s in shapes], variables)
        weights[make] = [keras.ops.convert_to_numpy(variable) for variable in variables]
    for ours, theirs, before in zip(*weights.values(), start, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)  # float32
        assert np.abs(ours - before).max() > 0.05


def test_clipping_shortens_the_gradient_that_adam_sees():
    inputs, targets = counting_rows(examples=8)
    gradients = loss_gradients(small_model(), masked_cross_entropy, inputs, targets)
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    model = small_model()
    fit(model, inputs, targets, **SETTINGS, clip_norm=norm / 10)
    first_moments = [v for v in model.optimizer.variables if "momentum" in v.path]
    clipped = np.sqrt(sum((np.asarray(v) ** 2).sum() for v in first_moments)) / (1 - 0.9)  # m = (1 − β₁) g
    assert clipped == pytest.approx(norm / 10, rel=1e-4)  # float32


def test_seeded_runs_repeat_exactly_and_other_seeds_shuffle_otherwise():
    inputs, targets = counting_rows()
    first = fit(small_model(), inputs, targets, **SETTINGS)
    again = fit(small_model(), inputs, targets, **SETTINGS)
    other = fit(small_model(), inputs, targets, **SETTINGS | {"seed": 1})
    assert first.step_losses == again.step_losses
    assert first.step_losses != other.step_losses


def test_each_example_is_seen_once_an_epoch():
    class Seen(keras.layers.Layer):
        def call(self, ids):
            return keras.ops.one_hot(ids, 12) + 0.0 * self.scale

        def build(self, shape):
            self.scale = self.add_weight(shape=(), name="scale")

    inputs, targets = counting_rows(examples=11)
    ids = keras.Input((None,), dtype="int32")
    model = keras.Model(ids, Seen()(ids))
    seen = []
    train_on_batch = model.train_on_batch
    model.train_on_batch = lambda x, y: (seen.append((x, y)), train_on_batch(x, y))[1]
    fit(model, inputs, targets, **SETTINGS | {"batch": 4})
    assert [len(x) for x, _ in seen] == [4, 4, 4]
    rows = [(*x[x != 0], *y[y != 0]) for pair in seen for x, y in zip(*pair, strict=True) if y.any()]
    assert sorted(rows) == sorted((*x[x != 0], *y[y != 0]) for x, y in zip(inputs, targets, strict=True))


def test_best_epoch_is_restored_and_patience_ends_the_run():
    inputs, targets = counting_rows()
    backwards = next_token_rows([[9, 8, 7, 6, 5, 4]])  # learning to count upwards makes this worse
    model = small_model()
    history = fit(model, inputs, targets, **SETTINGS | {"epochs": 40}, validation=backwards, patience=3)
    assert history.best_epoch == 1 + int(np.argmin(history.validation_losses))
    assert len(history.losses) == history.best_epoch + 3 < 40
    restored = float(masked_cross_entropy(backwards[1], model(backwards[0])))
    assert restored == pytest.approx(min(history.validation_losses), rel=1e-5)  # float32


def test_several_inputs_may_come_as_a_tuple():
    first, second = (keras.Input((None,), dtype="int32", name=name) for name in ("first", "second"))
    embed = keras.layers.Embedding(12, 4)
    logits = keras.layers.Dense(12)(embed(first) + embed(second))
    model = keras.Model((first, second), logits)
    inputs, targets = counting_rows()
    history = fit(model, (inputs, inputs), targets, **SETTINGS, validation=((inputs, inputs), targets))
    assert np.isfinite(history.validation_losses).all()


def test_a_masked_model_has_the_same_loss():
    ids = keras.Input((None,), dtype="int32")
    logits = keras.layers.Dense(12)(keras.layers.Embedding(12, 4, mask_zero=True)(ids))
    model = keras.Model(ids, logits)
    inputs, targets = counting_rows(examples=8)
    expected = float(masked_cross_entropy(targets, model(inputs)))
    history = fit(model, inputs, targets, **SETTINGS)
    assert history.step_losses[0] == pytest.approx(expected, rel=1e-5)  # float32


def test_divergence_is_an_error_that_holds_the_history():
    inputs, targets = counting_rows()
    model = small_model()
    model.get_layer("logits").bias.assign(np.full(12, np.nan))
    with pytest.raises(Diverged, match="finite loss, got nan at step 1") as caught:
        fit(model, inputs, targets, **SETTINGS)
    assert np.isnan(caught.value.history.step_losses[-1])


def test_a_learning_rate_schedule_is_followed_and_recorded():
    inputs, targets = counting_rows(examples=24)
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([2], [0.1, 0.01])
    history = fit(small_model(), inputs, targets, **SETTINGS | {"learning_rate": schedule})
    np.testing.assert_allclose(history.learning_rates, [0.1, 0.1, 0.01], rtol=1e-6)  # float32


def test_history_is_plain_data_with_one_entry_per_step_and_epoch(capsys):
    inputs, targets = counting_rows(examples=20)
    history = fit(small_model(), inputs, targets, **SETTINGS | {"epochs": 2}, validation=(inputs, targets))
    plain = json.loads(json.dumps(dataclasses.asdict(history)))
    assert [len(plain[name]) for name in ("losses", "validation_losses", "seconds")] == [2, 2, 2]
    assert [len(plain[name]) for name in ("step_losses", "gradient_norms", "learning_rates")] == [6, 6, 6]
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_progress_is_one_plain_line_an_epoch(capsys):
    inputs, targets = counting_rows()
    settings = {name: value for name, value in SETTINGS.items() if name != "report"}
    fit(small_model(), inputs, targets, **settings | {"epochs": 2}, validation=(inputs, targets))
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert [line.split()[:2] for line in lines] == [["epoch", "1/2"], ["epoch", "2/2"]]
    assert all(line.isprintable() for line in lines)
    assert captured.err == ""


def test_what_does_not_fit_is_refused():
    inputs, targets = counting_rows()
    with pytest.raises(ValueError, match=r"as many rows .* got \[31, 32\]"):
        fit(small_model(), inputs[1:], targets, **SETTINGS)
    with pytest.raises(ValueError, match="patience watches the validation loss"):
        fit(small_model(), inputs, targets, **SETTINGS, patience=2)


# One long text --------------------------------------------------------------------------------------------------------

STREAM = np.tile([5, 6, 7, 8, 9, 3], 60)


def stream_model(seed=1, **options):
    keras.utils.set_random_seed(seed)
    return language_model(12, units=8, embedding=6, streams=4, **options)


def weights(model):
    return np.concatenate([array.ravel() for array in model.get_weights()])


def test_stream_log_probs_are_those_of_the_text_read_in_one_piece():
    model = stream_model()
    one = language_model(12, units=8, embedding=6, streams=1)
    one.set_weights(model.get_weights())
    logits = one.predict_on_batch(np.concatenate([[START_ID], STREAM[:-1]])[None].astype("int32"))[0]
    expected = (logits - np.log(np.exp(logits).sum(-1, keepdims=True)))[np.arange(len(STREAM)), STREAM]
    np.testing.assert_allclose(stream_log_probs(one, STREAM, steps=7), expected, atol=1e-5)  # float32
    streams = stream_log_probs(model, STREAM, steps=7)
    assert streams.shape == expected.shape
    # Each of the four streams begins with an empty state, and soon has forgotten that it did.
    np.testing.assert_allclose(streams[:90], expected[:90], atol=1e-5)
    assert 1e-5 < np.abs(streams - expected)[90:].max() < 0.5


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path):
    options = {"steps": 5, "learning_rate": 0.01, "validation": STREAM[:60], "report": None}
    through = stream_model(dropout=0.2)
    history = fit_stream(through, STREAM, epochs=3, **options)
    for epochs in (1, 3):
        resumed = stream_model(dropout=0.2)
        again = fit_stream(resumed, STREAM, epochs=epochs, checkpoint=tmp_path / "run.npz", **options)
    np.testing.assert_array_equal(weights(through), weights(resumed))
    assert (again.step_losses, again.validation_losses) == (history.step_losses, history.validation_losses)
    assert again.best_epoch == history.best_epoch
    finished = stream_model(dropout=0.2)
    fit_stream(finished, STREAM, epochs=3, checkpoint=tmp_path / "run.npz", **options)
    np.testing.assert_array_equal(weights(through), weights(finished))  # nothing left to train, the weights are there


def test_a_carried_state_tells_what_the_window_does_not():
    ids = np.tile([5, 6, 6, 6, 7, 6, 6, 6], 80)  # after 6 6 6 one must know what stood before them
    losses = {}
    for carry in (True, False):
        model = stream_model()
        history = fit_stream(
            model, ids, steps=2, epochs=12, learning_rate=0.03, carry_state=carry, clip_norm=1.0, report=None
        )
        losses[carry] = history.losses[-1]
    assert losses[True] < losses[False] - 0.1  # nats per token


def test_streams_need_a_model_that_carries_states():
    with pytest.raises(ValueError, match="expected a model built with streams=n"):
        fit_stream(language_model(12, 4, 4), STREAM, steps=5, epochs=1, learning_rate=0.01)
    with pytest.raises(ValueError, match="expected a validation text"):
        fit_stream(stream_model(), STREAM, steps=5, epochs=1, learning_rate=0.01, patience=2)


def test_a_stream_that_diverges_stops_with_its_history():
    model = stream_model()
    model.set_weights([array * np.nan for array in model.get_weights()])
    with pytest.raises(Diverged, match="expected a finite loss, got nan at step 1") as caught:
        fit_stream(model, STREAM, steps=5, epochs=1, learning_rate=0.01)
    assert len(caught.value.history.step_losses) == 1
