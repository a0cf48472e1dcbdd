import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.text.vocabulary import END_ID, START_ID
from course.text.windows import contiguous_batches, next_token_rows, pad


@given(st.lists(st.lists(st.integers(1, 9), max_size=6), max_size=5))
def test_padding_stands_behind_the_sequences_and_changes_none(sequences):
    rows = pad(sequences)
    assert rows.dtype == np.int32
    assert [row[: len(sequence)].tolist() for row, sequence in zip(rows, sequences, strict=True)] == sequences
    assert (rows > 0).sum() == sum(map(len, sequences))


def test_padding_to_a_length_never_cuts():
    assert pad([[4]], length=3).tolist() == [[4, 0, 0]]
    with pytest.raises(ValueError, match="at most 1 tokens, got one of 2"):
        pad([[4, 5]], length=1)


@given(st.integers(1, 4), st.integers(1, 5), st.integers(0, 60))
def test_rows_continue_from_window_to_window_and_targets_come_one_later(batch, steps, more):
    ids = np.arange(batch * steps + 1 + more)
    inputs, targets = contiguous_batches(ids, batch, steps)
    np.testing.assert_array_equal(targets, inputs + 1)
    streams = inputs.transpose(1, 0, 2).reshape(batch, -1)
    np.testing.assert_array_equal(np.diff(streams, axis=1), 1)
    assert inputs.size == len(np.unique(inputs)) > len(ids) - 1 - batch * steps  # less than one window is left out


def test_too_short_a_text_is_refused():
    with pytest.raises(ValueError, match=r"batch \* steps = 6 tokens, got 6"):
        contiguous_batches(range(6), batch=2, steps=3)


def test_next_token_rows_are_shifted_by_one_and_end_every_sequence():
    inputs, targets = next_token_rows([[7, 8, 9], [], np.array([5])])
    assert inputs.tolist() == [[START_ID, 7, 8, 9], [START_ID, 0, 0, 0], [START_ID, 5, 0, 0]]
    assert targets.tolist() == [[7, 8, 9, END_ID], [END_ID, 0, 0, 0], [5, END_ID, 0, 0]]
