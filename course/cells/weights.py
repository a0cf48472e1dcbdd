"""Do the arrays of a recurrent layer fit together? One check for all cells."""


def check_shapes(blocks, inputs, hidden_state, kernel, recurrent_kernel, bias, bias_rows=()) -> None:
    """Compare every shape with the one that inputs and hidden state ask for.

    Args:
        blocks: how many blocks of `units` columns the kernels have: 1 simple RNN, 3 GRU, 4 LSTM.
        inputs: shape (batch, features).
        hidden_state: shape (batch, units).
        kernel, recurrent_kernel, bias: the weights as Keras stores them.
        bias_rows: leading shape of the bias: (2,) for a GRU that resets after its matrix product.

    Raises:
        ValueError: a shape differs; names the array, says the shape expected and the shape got.
    """
    if inputs.ndim != 2 or hidden_state.ndim != 2 or len(inputs) != len(hidden_state):
        raise ValueError(
            f"expected inputs (batch, features) and hidden_state (batch, units) of one batch, "
            f"got {inputs.shape} and {hidden_state.shape}"
        )
    features, units = inputs.shape[1], hidden_state.shape[1]
    for name, array, expected in [
        ("kernel", kernel, (features, blocks * units)),
        ("recurrent_kernel", recurrent_kernel, (units, blocks * units)),
        ("bias", bias, (*bias_rows, blocks * units)),
    ]:
        if array.shape != expected:
            raise ValueError(f"expected {name} of shape {expected}, got {array.shape}")


def check_sequences(inputs) -> None:
    """Raise ValueError unless inputs are sequences, shape (batch, steps, features), of at least one step."""
    if inputs.ndim != 3 or inputs.shape[1] == 0:
        raise ValueError(f"expected inputs (batch, steps, features) with one step or more, got {inputs.shape}")
