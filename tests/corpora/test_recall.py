import numpy as np
import pytest

from course.corpora.recall import KEYS, VOCAB_SIZE, recall


@pytest.mark.parametrize("distance", [0, 1, 7])
def test_the_key_comes_first_and_is_asked_for_at_the_distance(distance):
    inputs, targets = recall(200, distance, seed=1)
    assert inputs.shape == targets.shape == (200, distance + 1)
    keys = inputs[:, 0]
    assert set(keys) == set(range(1, KEYS + 1))
    np.testing.assert_array_equal(targets[:, distance], keys)
    assert not targets[:, :distance].any()


def test_distractors_are_never_keys_and_all_occur():
    inputs, _ = recall(200, 20, seed=1)
    assert set(inputs[:, 1:].ravel()) == set(range(KEYS + 1, VOCAB_SIZE))


def test_longer_arrays_are_padded_behind():
    inputs, targets = recall(5, 3, seed=1, steps=9)
    short_inputs, short_targets = recall(5, 3, seed=1)
    np.testing.assert_array_equal(inputs, np.pad(short_inputs, [(0, 0), (0, 5)]))
    np.testing.assert_array_equal(targets, np.pad(short_targets, [(0, 0), (0, 5)]))


def test_seed_decides():
    first, again, other = (recall(5, 3, seed=seed)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize(("distance", "steps"), [(-1, None), (4, 4)])
def test_what_does_not_fit_is_refused(distance, steps):
    with pytest.raises(ValueError, match="expected a distance from 0 to"):
        recall(5, distance, seed=1, steps=steps)
