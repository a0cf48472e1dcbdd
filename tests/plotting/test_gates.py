import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.plotting.gates import plot_cell_state, plot_gate, plot_mean_gates

TOKENS = ["I", "love", "chocolate", "."]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def gate():
    return np.random.default_rng(5).uniform(0, 1, (len(TOKENS), 3))


def test_gate_map_shows_units_down_tokens_across_on_the_fixed_scale_0_to_1(gate):
    ax = plot_gate(gate, TOKENS, "forget gate")
    [image] = ax.images
    np.testing.assert_array_equal(image.get_array(), gate.T)
    assert image.get_clim() == (0, 1)
    assert [label.get_text() for label in ax.get_xticklabels()] == TOKENS
    assert ax.get_title(loc=plt.rcParams["axes.titlelocation"]) == "forget gate"


def test_state_map_has_zero_in_the_middle_of_its_scale():
    [image] = plot_cell_state(np.array([[0.5, -3.0], [1.0, 0.0]]), TOKENS[:2], "cell state").images
    assert image.get_clim() == (-3, 3)


def test_state_map_of_zeros_still_has_a_scale():
    [image] = plot_cell_state(np.zeros((2, 3)), TOKENS[:2], "cell state").images
    assert image.get_clim() == (-1, 1)


def test_mean_gates_draw_one_named_curve_each_at_the_mean_of_the_units(gate):
    ax = plot_mean_gates({"forget_gate": gate, "input_gate": 1 - gate}, TOKENS, "gates")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["forget gate", "input gate"]
    np.testing.assert_allclose(ax.lines[0].get_ydata(), gate.mean(axis=1))
    assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()


def test_long_texts_turn_their_tokens(gate):
    short = plot_gate(gate, TOKENS, "short")
    long = plot_gate(np.tile(gate, (10, 1)), TOKENS * 10, "long")
    assert {label.get_rotation() for label in short.get_xticklabels()} == {0}
    assert {label.get_rotation() for label in long.get_xticklabels()} == {60}


@pytest.mark.parametrize("plot", [plot_gate, plot_cell_state, lambda a, *rest: plot_mean_gates({"gate": a}, *rest)])
def test_a_map_of_other_tokens_is_refused(plot, gate):
    with pytest.raises(ValueError, match="one token per time step: 4 steps, 3 tokens"):
        plot(gate, TOKENS[:3], "title")
    with pytest.raises(ValueError, match=r"expected one text, shape \(steps, units\), got \(1, 4, 3\)"):
        plot(gate[None], TOKENS, "title")


def test_gate_map_refuses_values_that_no_gate_has(gate):
    with pytest.raises(ValueError, match=r"expected gate values 0 … 1, got -1 … -1: .* use plot_cell_state"):
        plot_gate(gate * 0 - 1, TOKENS, "cell state")


def test_maps_draw_into_given_axes(gate):
    figure, axes = plt.subplots(2)
    assert plot_gate(gate, TOKENS, "gate", ax=axes[0]) is axes[0]
    assert plot_mean_gates({"gate": gate}, TOKENS, "gate", ax=axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]
