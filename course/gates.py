"""Every gate of a trained Keras recurrent layer over a batch of texts, in one compiled pass."""

import functools

import numpy as np

from course.backend import compiled, keras, scan

ops = keras.ops


def gates(model, inputs) -> list[dict[str, np.ndarray]]:
    """All gates and states of every recurrent layer, in the order in which the layers are called.

    Lesson 05, eq. (5.1)-(5.6). The first call for a model compiles; later ones take milliseconds. The weights are read
    at each call, so a model may be trained further in between. Every text is read from a zero state.

    Args:
        model: a built Functional or Sequential model, or one built `SimpleRNN`, `GRU` or `LSTM` layer.
        inputs: what the model takes, such as ids (batch, steps); for a layer, sequences (batch, steps, features).
            A text shorter than its row is padded at the end, where nothing real comes after the padding.

    Returns:
        One dictionary per recurrent layer, of arrays of shape (batch, steps, units) by name. LSTM: `input_gate`,
        `forget_gate`, `candidate_cell`, `output_gate`, `cell_state`, `hidden_state`. GRU: `update_gate`, `reset_gate`,
        `candidate_state`, `hidden_state`. Simple RNN: `hidden_state`.

    Raises:
        ValueError: the inputs' shape differs or has no steps, nothing is built yet, the model has more than one input
            or no recurrent layer, or it has one whose gates cannot be read: bidirectional, backwards, with a cell of
            its own, or called with a mask or an initial state.

    >>> layer = keras.layers.LSTM(8)
    >>> layer.build((None, None, 3))
    >>> [reading] = gates(layer, np.zeros((2, 5, 3), "float32"))
    >>> reading["forget_gate"].shape, round(float(reading["forget_gate"][0, 0, 0]), 3)
    ((2, 5, 8), 0.731)
    """
    reader, read = _compiled_reader(model)
    inputs, [expected] = np.asarray(inputs), reader.inputs
    sizes = zip(expected.shape, inputs.shape, strict=False)
    if inputs.ndim != len(expected.shape) or any(size not in (None, got) for size, got in sizes):
        raise ValueError(f"expected inputs of shape {expected.shape}, None standing for any number, got {inputs.shape}")
    if inputs.shape[1] == 0:
        raise ValueError(f"expected texts of one step or more, got inputs of shape {inputs.shape}")
    readings = read(
        [variable.value for variable in reader.trainable_variables],
        [variable.value for variable in reader.non_trainable_variables],
        ops.convert_to_tensor(inputs, expected.dtype),
    )
    return [{name: ops.convert_to_numpy(values) for name, values in reading.items()} for reading in readings]


@functools.lru_cache(maxsize=8)  # models are told apart by identity
def _compiled_reader(model):
    """The model that puts out gates, and its compiled call; weights are arguments, so that none is frozen into it."""
    reader = _reader_of_layer(model) if type(model) in _READINGS else _reader_of_model(model)

    def read(trainable, non_trainable, inputs):
        readings, _ = reader.stateless_call(trainable, non_trainable, inputs)
        return [readings] if isinstance(readings, dict) else readings  # Keras unwraps a list of one

    return reader, compiled(read, reader.trainable_variables, reader.non_trainable_variables, *reader.inputs)


def _reader_of_layer(layer):
    if not layer.built:
        raise ValueError(f"expected a built layer, got {layer.name} without weights: call it on a batch first")
    sequences = keras.Input((None, layer.cell.kernel.shape[0]))
    return keras.Model(sequences, [GateReader(layer)(sequences)])


def _reader_of_model(model):
    """The model's own graph with a reader in the place of each recurrent layer."""
    if len(getattr(model, "inputs", None) or []) != 1:
        raise ValueError(
            f"expected a built Functional or Sequential model of one input, or a {_SUPPORTED} layer, got {model!r}; "
            "of any other model, give one of its recurrent layers and that layer's inputs"
        )
    readings = []

    def call(layer, *arguments, **keywords):
        if not isinstance(layer, (keras.layers.RNN, keras.layers.Bidirectional)):
            return layer(*arguments, **keywords)
        readings.append(GateReader(layer)(*arguments, **keywords))
        return _outputs(layer, readings[-1])

    [old] = model.inputs
    inputs = keras.Input(batch_shape=old.shape, dtype=old.dtype)
    graph = keras.Model(old, model.outputs)
    keras.models.clone_model(graph, inputs, clone_function=lambda layer: layer, call_function=call)
    if not readings:
        raise ValueError(f"expected a model with a {_SUPPORTED} layer, got {[layer.name for layer in model.layers]}")
    return keras.Model(inputs, readings)


def _outputs(layer, reading):
    """What the layer itself would have put out."""
    states = [reading[name][:, -1] for name in ("hidden_state", "cell_state") if name in reading]
    outputs = reading["hidden_state"] if layer.return_sequences else states[0]
    return [outputs, *states] if layer.return_state else outputs


class GateReader(keras.layers.Layer):
    """A recurrent layer that puts out every gate: its weights and its arithmetic, nothing thrown away."""

    def __init__(self, layer):
        super().__init__(name=f"gates_of_{layer.name}")
        if type(layer) not in _READINGS or layer.go_backwards:
            raise ValueError(f"expected a forward {_SUPPORTED} layer, got {layer.name}: {type(layer).__name__}")
        self.layer = layer

    def call(self, sequences, initial_state=None, mask=None):
        """Sequences (batch, steps, features) to a dictionary of arrays (batch, steps, units)."""
        read, names = _READINGS[type(self.layer)]
        return read(names, self.layer.cell, sequences)

    def compute_output_spec(self, sequences, initial_state=None, mask=None):
        """The same dictionary by shape alone: to find it by a trace of the loop takes as long as compiling it."""
        if initial_state is not None or mask is not None:
            raise ValueError(f"expected {self.layer.name} to read sequences alone, got a mask or an initial state")
        shape = (*sequences.shape[:-1], self.layer.units)
        _, names = _READINGS[type(self.layer)]
        return {name: keras.KerasTensor(shape, self.compute_dtype) for name in names}


def _read_simple_rnn(names, cell, sequences):
    def step(before, projected):
        recurrent = ops.matmul(before["hidden_state"], cell.recurrent_kernel)
        return {"hidden_state": cell.activation(projected + recurrent)}

    return _at_every_step(step, names, cell, sequences, cell.bias)


def _read_lstm(names, cell, sequences):
    def step(before, projected):
        i, f, c, o = ops.split(projected + ops.matmul(before["hidden_state"], cell.recurrent_kernel), 4, axis=-1)
        now = {
            "input_gate": cell.recurrent_activation(i),  # (5.1)
            "forget_gate": cell.recurrent_activation(f),  # (5.2)
            "candidate_cell": cell.activation(c),  # (5.3)
            "output_gate": cell.recurrent_activation(o),  # (5.4)
        }
        cell_state = now["forget_gate"] * before["cell_state"] + now["input_gate"] * now["candidate_cell"]  # (5.5)
        return {**now, "cell_state": cell_state, "hidden_state": now["output_gate"] * cell.activation(cell_state)}

    return _at_every_step(step, names, cell, sequences, cell.bias)


def _read_gru(names, cell, sequences):
    biases = None if cell.bias is None else ops.convert_to_tensor(cell.bias)
    input_bias, recurrent_bias = (biases[0], biases[1]) if cell.use_bias and cell.reset_after else (biases, None)
    b_z, b_r, b_h = (0.0, 0.0, 0.0) if recurrent_bias is None else ops.split(recurrent_bias, 3)
    u_z, u_r, u_h = ops.split(cell.recurrent_kernel, 3, axis=-1)

    def step(before, projected):
        hidden_state = before["hidden_state"]
        x_z, x_r, x_h = ops.split(projected, 3, axis=-1)
        update_gate = cell.recurrent_activation(x_z + ops.matmul(hidden_state, u_z) + b_z)  # (11.1)
        reset_gate = cell.recurrent_activation(x_r + ops.matmul(hidden_state, u_r) + b_r)  # (11.2)
        if cell.reset_after:
            recurrent = reset_gate * (ops.matmul(hidden_state, u_h) + b_h)
        else:
            recurrent = ops.matmul(reset_gate * hidden_state, u_h)
        candidate_state = cell.activation(x_h + recurrent)  # (11.3)
        return {
            "update_gate": update_gate,
            "reset_gate": reset_gate,
            "candidate_state": candidate_state,
            "hidden_state": update_gate * hidden_state + (1 - update_gate) * candidate_state,  # (11.4)
        }

    return _at_every_step(step, names, cell, sequences, input_bias)


def _at_every_step(step, names, cell, sequences, bias):
    """What `step` finds, by name, each (batch, steps, units); all is zero before the first step."""
    # x W + b of all steps in one product: the half of the arithmetic that need not wait for the step before.
    projected = ops.matmul(sequences, cell.kernel)
    projected = projected if bias is None else projected + bias
    zeros = ops.zeros((ops.shape(projected)[0], cell.units), projected.dtype)
    found = scan(step, dict.fromkeys(names, zeros), ops.moveaxis(projected, 1, 0))
    return {name: ops.moveaxis(found[name], 0, 1) for name in names}


_READINGS = {
    keras.layers.SimpleRNN: (_read_simple_rnn, ("hidden_state",)),
    keras.layers.GRU: (_read_gru, ("update_gate", "reset_gate", "candidate_state", "hidden_state")),
    keras.layers.LSTM: (
        _read_lstm,
        ("input_gate", "forget_gate", "candidate_cell", "output_gate", "cell_state", "hidden_state"),
    ),
}
_SUPPORTED = "SimpleRNN, GRU or LSTM"
