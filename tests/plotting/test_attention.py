import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.plotting.attention import plot_alignment

SOURCE, TARGET = ["The", "cat", "sleeps", "."], ["Le", "chat", "<end>"]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def weights():
    return np.random.default_rng(5).dirichlet(np.ones(len(SOURCE)), len(TARGET))


def test_map_shows_source_across_and_target_down_on_the_fixed_scale_0_to_1(weights):
    ax = plot_alignment(weights, SOURCE, TARGET, "alignment")
    [image] = ax.images
    np.testing.assert_array_equal(image.get_array(), weights)
    assert image.get_clim() == (0, 1)
    assert image.get_cmap().name == "mako"
    assert [label.get_text() for label in ax.get_xticklabels()] == SOURCE
    assert [label.get_text() for label in ax.get_yticklabels()] == TARGET
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first word written is on top
    assert ax.get_title(loc=plt.rcParams["axes.titlelocation"]) == "alignment"


def test_map_of_a_longer_sentence_is_wider_but_not_for_ever():
    widths = [
        plot_alignment(np.full((1, n), 1 / n), ["word"] * n, ["mot"], "t").figure.get_size_inches()[0]
        for n in (4, 12, 100)
    ]
    assert widths[0] < widths[1] < widths[2] <= 14


@pytest.mark.parametrize("turn", [lambda w: w.T, lambda w: w[:2], lambda w: w[None]])
def test_tokens_that_do_not_fit_are_refused(weights, turn):
    with pytest.raises(ValueError, match=r"expected weights of shape \(target, source\) = \(3, 4\), got"):
        plot_alignment(turn(weights), SOURCE, TARGET, "title")
    with pytest.raises(ValueError, match=r"= \(0, 4\), got \(0, 4\)"):
        plot_alignment(weights[:0], SOURCE, [], "title")


def test_weights_the_wrong_way_round_are_refused_even_when_square():
    weights = np.random.default_rng(0).dirichlet(np.ones(3), 3)
    plot_alignment(weights.round(4), TARGET, TARGET, "rounded for storing")
    with pytest.raises(ValueError, match=r"rows that sum to 1, got weights from .* one row for each target token"):
        plot_alignment(weights.T, TARGET, TARGET, "title")


def test_values_that_are_no_weights_are_refused(weights):
    weights[0, :2] = -1, 2 - weights[0, 2:].sum()
    with pytest.raises(ValueError, match=r"expected weights of at least 0 .*, got weights from -1"):
        plot_alignment(weights, SOURCE, TARGET, "title")
    weights[0] = np.nan
    with pytest.raises(ValueError, match="got weights from nan"):
        plot_alignment(weights, SOURCE, TARGET, "title")


def test_map_draws_into_given_axes(weights):
    figure, ax = plt.subplots()
    assert plot_alignment(weights, SOURCE, TARGET, "alignment", ax=ax) is ax
    assert plt.get_fignums() == [figure.number]
