import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cells.activations import sigmoid
from course.cells.lstm import LSTMStep, lstm
from course.cells.variants import VARIANTS, Variant, lstm_variant, variant_step

BATCH, STEPS, FEATURES, UNITS = 2, 5, 3, 4
every_variant = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


@pytest.fixture
def weights_of(draw):
    return lambda variant: draw(*variant.weight_shapes(FEATURES, UNITS).values())


@pytest.fixture
def sequences(draw):
    [inputs] = draw((BATCH, STEPS, FEATURES))
    return inputs


def test_without_peepholes_it_is_the_lstm_to_the_last_bit(sequences, weights_of):
    weights = weights_of(VARIANTS["NP"])
    for name, values in lstm(sequences, *weights)._asdict().items():
        ours = getattr(lstm_variant(sequences, weights, VARIANTS["NP"]), name)
        np.testing.assert_array_equal(ours, values, err_msg=name)


def test_vanilla_obeys_the_equations_written_out(draw):
    x, h, c = draw((BATCH, FEATURES), (BATCH, UNITS), (BATCH, UNITS))
    w, u, b, p = draw((4, FEATURES, UNITS), (4, UNITS, UNITS), (4, UNITS), (3, UNITS))
    weights = [np.concatenate(list(w), axis=1), np.concatenate(list(u), axis=1), b.ravel(), p]
    nothing = np.zeros((BATCH, UNITS))
    step = variant_step(x, LSTMStep(nothing, nothing, nothing, nothing, c, h), weights, VARIANTS["vanilla"])
    i = sigmoid(x @ w[0] + h @ u[0] + p[0] * c + b[0])
    f = sigmoid(x @ w[1] + h @ u[1] + p[1] * c + b[1])
    new = f * c + i * np.tanh(x @ w[2] + h @ u[2] + b[2])
    o = sigmoid(x @ w[3] + h @ u[3] + p[2] * new + b[3])  # the output gate sees the new memory
    np.testing.assert_allclose(step.cell_state, new)
    np.testing.assert_allclose(step.hidden_state, o * np.tanh(new))


@pytest.mark.parametrize(
    ("name", "gate"), [("NIG", "input_gate"), ("NFG", "forget_gate"), ("NOG", "output_gate")], ids=lambda value: value
)
def test_a_gate_switched_off_is_a_gate_held_open(draw, sequences, name, gate):
    """sigmoid(100) is 1: with that bias and nothing else in a gate, the vanilla cell is the cell without the gate."""
    vanilla = VARIANTS["vanilla"]
    kernel, recurrent_kernel, bias, peepholes = draw(*vanilla.weight_shapes(FEATURES, UNITS).values())
    column, row = vanilla.blocks.index(gate), vanilla.gates.index(gate)
    block = slice(column * UNITS, (column + 1) * UNITS)
    kernel[:, block], recurrent_kernel[:, block], bias[block], peepholes[row] = 0, 0, 100, 0
    held_open = lstm_variant(sequences, [kernel, recurrent_kernel, bias, peepholes], vanilla)
    smaller = [np.delete(array, block, axis=-1) for array in (kernel, recurrent_kernel, bias)]
    without = lstm_variant(sequences, [*smaller, np.delete(peepholes, row, axis=0)], VARIANTS[name])
    for field, values in held_open._asdict().items():
        np.testing.assert_allclose(getattr(without, field), values, rtol=1e-12, err_msg=field)  # order of sums


@pytest.mark.parametrize(("name", "of"), [("NIAF", "candidate_cell"), ("NOAF", "cell_state")])
def test_activation_switched_off_is_the_identity_in_the_place_of_tanh(draw, weights_of, name, of):
    [x] = draw((BATCH, FEATURES))
    weights = weights_of(VARIANTS[name])
    nothing = LSTMStep(*[np.zeros((BATCH, UNITS))] * 6)
    linear, squashed = (variant_step(x, nothing, weights, VARIANTS[key]) for key in (name, "vanilla"))
    if of == "candidate_cell":
        np.testing.assert_allclose(np.tanh(linear.candidate_cell), squashed.candidate_cell)
    else:
        np.testing.assert_allclose(linear.hidden_state, linear.output_gate * linear.cell_state)
        np.testing.assert_array_equal(linear.cell_state, squashed.cell_state)


def test_coupled_gates_write_what_they_forget(sequences, weights_of):
    history = lstm_variant(sequences, weights_of(VARIANTS["CIFG"]), VARIANTS["CIFG"])
    np.testing.assert_array_equal(history.forget_gate, 1 - history.input_gate)


def test_gate_recurrence_adds_the_gates_of_the_step_before(sequences, weights_of):
    fgr = VARIANTS["FGR"]
    *weights, gate_kernel = weights_of(fgr)
    with_it, blind = (lstm_variant(sequences, [*weights, kernel], fgr) for kernel in (gate_kernel, 0 * gate_kernel))
    vanilla = lstm_variant(sequences, weights, VARIANTS["vanilla"])
    np.testing.assert_array_equal(blind.hidden_state, vanilla.hidden_state)
    np.testing.assert_array_equal(with_it.input_gate[:, 0], vanilla.input_gate[:, 0])  # no step before the first

    def before_squashing(gate):
        return np.log(gate / (1 - gate))

    added = before_squashing(with_it.input_gate[:, 1])
    start = LSTMStep(*(values[:, 0] for values in with_it))
    added -= before_squashing(variant_step(sequences[:, 1], start, [*weights, 0 * gate_kernel], fgr).input_gate)
    three = np.concatenate([with_it.input_gate, with_it.forget_gate, with_it.output_gate], axis=-1)[:, 0]
    np.testing.assert_allclose(added, three @ gate_kernel[:, :UNITS], rtol=1e-9)  # through the logarithm


@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(VARIANTS)))
def test_gates_stay_in_their_range_and_bounded_cells_bounded(seed, name):
    rng, variant = np.random.default_rng(seed), VARIANTS[name]
    weights = [rng.normal(0, 1, shape) for shape in variant.weight_shapes(FEATURES, UNITS).values()]
    history = lstm_variant(rng.normal(0, 1, (BATCH, STEPS, FEATURES)), weights, variant)
    for gate in (history.input_gate, history.forget_gate, history.output_gate):
        assert np.all((gate >= 0) & (gate <= 1))
    if variant.output_activation:
        assert np.all(np.abs(history.hidden_state) <= 1)
    if variant.coupled_gates:  # a weighted mean of old memory and candidate
        assert np.all(np.abs(history.cell_state) <= 1)


@every_variant
def test_weights_are_counted_by_their_shapes(variant):
    shapes = variant.weight_shapes(FEATURES, UNITS)
    assert list(shapes)[:3] == ["kernel", "recurrent_kernel", "bias"]
    blocks = 1 + len(variant.gates)
    assert sum(np.prod(shape) for shape in list(shapes.values())[:3]) == blocks * UNITS * (FEATURES + UNITS + 1)


def test_each_name_switches_one_thing():
    vanilla = VARIANTS["vanilla"]
    assert vanilla == Variant()
    changed = {
        name: {field for field in Variant._fields if getattr(variant, field) != getattr(vanilla, field)}
        for name, variant in VARIANTS.items()
        if name != "vanilla"
    }
    assert all(len(fields) == 1 for fields in changed.values())
    assert set.union(*changed.values()) == set(Variant._fields)


def test_weights_of_another_variant_are_refused(sequences, weights_of):
    with pytest.raises(ValueError, match=r"expected weights of shapes .*'peepholes': \(3, 4\).*, got"):
        lstm_variant(sequences, weights_of(VARIANTS["NP"]), VARIANTS["vanilla"])
