"""Arrays of equal-length rows from sequences of different lengths."""

import numpy as np

from course.text.vocabulary import END_ID, START_ID


def pad(sequences, length: int | None = None) -> np.ndarray:
    """The sequences as rows of one array, zeros (<pad>) behind the shorter ones.

    Padding at the end keeps the fused kernels usable and every time step aligned from the start; Keras' own
    `pad_sequences` pads in front unless told otherwise.

    Args:
        sequences: lists or arrays of ids.
        length: columns of the result; None takes the longest sequence.

    Returns:
        int32, shape (batch, steps).

    Raises:
        ValueError: a sequence is longer than `length`; nothing is ever cut off silently.

    >>> pad([[4, 5, 6], [7]]).tolist()
    [[4, 5, 6], [7, 0, 0]]
    """
    sequences = list(sequences)
    longest = max((len(sequence) for sequence in sequences), default=0)
    length = longest if length is None else length
    if longest > length:
        raise ValueError(f"expected sequences of at most {length} tokens, got one of {longest}")
    rows = np.zeros((len(sequences), length), dtype=np.int32)
    for row, sequence in zip(rows, sequences, strict=True):
        row[: len(sequence)] = sequence
    return rows


def next_token_rows(sequences) -> tuple[np.ndarray, np.ndarray]:
    """What a model reads and what it must answer when it predicts each next token from the true ones before it.

    For a language model these are its training arrays; for the decoder of a translator this is teacher forcing.

    Args:
        sequences: lists or arrays of ids without specials, one per sentence or text.

    Returns:
        inputs, targets: int32, both (sequences, longest + 1): `<start> y_1 … y_n` and `y_1 … y_n <end>`, padded at the
        end; targets[:, t] follows inputs[:, t].

    >>> inputs, targets = next_token_rows([[7, 8], [9]])
    >>> inputs.tolist(), targets.tolist()
    ([[2, 7, 8], [2, 9, 0]], [[7, 8, 3], [9, 3, 0]])
    """
    sequences = [list(sequence) for sequence in sequences]
    inputs = pad([[START_ID, *sequence] for sequence in sequences])
    return inputs, pad([[*sequence, END_ID] for sequence in sequences])


def contiguous_batches(ids, batch: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """One long text as windows for truncated backpropagation with a carried state.

    The text is cut into `batch` parallel streams. Row b of window w + 1 continues row b of window w, so a recurrent
    state may be handed from window to window. Targets are the inputs one token later; the rest that fills no whole
    window is left out.

    Args:
        ids: the text, shape (tokens,).
        batch: number of parallel streams.
        steps: tokens per window.

    Returns:
        inputs, targets: int32, shape (windows, batch, steps).

    Raises:
        ValueError: the text is too short for one window.

    >>> inputs, targets = contiguous_batches(range(9), batch=2, steps=2)
    >>> inputs.tolist(), targets.tolist()
    ([[[0, 1], [4, 5]], [[2, 3], [6, 7]]], [[[1, 2], [5, 6]], [[3, 4], [7, 8]]])
    """
    ids = np.asarray(ids, dtype=np.int32)
    windows = (len(ids) - 1) // (batch * steps)
    if windows < 1:
        raise ValueError(f"expected more than batch * steps = {batch * steps} tokens, got {len(ids)}")
    used = windows * batch * steps

    def cut(stream):
        return stream.reshape(batch, windows, steps).transpose(1, 0, 2)

    return cut(ids[:used]), cut(ids[1 : used + 1])
