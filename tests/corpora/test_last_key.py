import numpy as np
import pytest

from course.corpora.last_key import last_key
from course.corpora.recall import KEYS, VOCAB_SIZE


def test_the_target_is_the_last_key_read():
    for words, targets in zip(*last_key(examples=20, steps=30, every=5, seed=3), strict=True):
        key = None
        for word, target in zip(words, targets, strict=True):
            key = word if 1 <= word <= KEYS else key
            assert target == key
            assert 1 <= word < VOCAB_SIZE


def test_keys_come_as_often_as_asked():
    inputs, _ = last_key(examples=200, steps=400, every=20, seed=0)
    assert np.all(inputs[:, 0] <= KEYS)
    assert np.mean(inputs[:, 1:] <= KEYS) == pytest.approx(1 / 20, abs=0.003)  # 80,000 draws: four standard deviations


def test_a_seed_is_a_corpus():
    assert np.array_equal(last_key(5, 9, 3, seed=1), last_key(5, 9, 3, seed=1))
    assert not np.array_equal(last_key(5, 9, 3, seed=1), last_key(5, 9, 3, seed=2))


def test_an_empty_stream_is_refused():
    with pytest.raises(ValueError, match="expected numbers of at least 1, got examples 1, steps 0, every 3"):
        last_key(1, 0, 3, seed=0)
