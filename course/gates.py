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
        ValueError: the inputs' shape differs, nothing is built yet, the model has more than one input or no recurrent
            layer, or it has one whose gates cannot be read: bidirectional, backwards, with a cell of its own, or called
            with a mask or an initial state.

    >>> layer = keras.layers.LSTM(8)
    >>> layer.build((None, None, 3))
    >>> [reading] = gates(layer, np.zeros((2, 5, 3), "float32"))
    >>> reading["forget_gate"].shape, round(float(reading["forget_gate"][0, 0, 0]), 3)
    ((2, 5, 8), 0.731)
    """
    reader, read = _compiled_reader(model)
    inputs, expected = np.asarray(inputs), reader.inputs[0].shape
    if inputs.ndim != len(expected) or any(e not in (None, got) for e, got in zip(expected, inputs.shape, strict=True)):
        raise ValueError(f"expected inputs of shape {expected}, None standing for any number, got {inputs.shape}")
    readings = read(
        [variable.value for variable in reader.trainable_variables],
        [variable.value for variable in reader.non_trainable_variables],
        inputs,
    )
    return [{name: ops.convert_to_numpy(values) for name, values in reading.items()} for reading in readings]


@functools.lru_cache(maxsize=8)  # models are told apart by identity
def _compiled_reader(model):
    """The model that puts out gates, and its compiled call; weights are arguments, so that none is frozen into it."""
    reader = _reader_of_layer(model) if type(model) in _READINGS else _reader_of_model(model)

    def read(trainable, non_trainable, inputs):
        readings, _ = reader.stateless_call(trainable, non_trainable, inputs)
        return [readings] if isinstance(readings, dict) else readings  # Keras unwraps a list of one

    return reader, compiled(read)


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
        if initial_state is not None or mask is not None:
            raise ValueError(f"expected {self.layer.name} to read sequences alone, got a mask or an initial state")
        return _READINGS[type(self.layer)](self.layer.cell, sequences)


def _read_simple_rnn(cell, sequences):
    projected = _project(cell, sequences, cell.bias)

    def step(states, projected):
        return (cell.activation(projected + ops.matmul(states[0], cell.recurrent_kernel)),)

    [hidden_state] = _scan(step, cell, projected)
    return {"hidden_state": hidden_state}


def _read_lstm(cell, sequences):
    projected = _project(cell, sequences, cell.bias)

    def look(projected, hidden_state):
        i, f, c, o = ops.split(projected + ops.matmul(hidden_state, cell.recurrent_kernel), 4, axis=-1)
        return {
            "input_gate": cell.recurrent_activation(i),  # (5.1)
            "forget_gate": cell.recurrent_activation(f),  # (5.2)
            "candidate_cell": cell.activation(c),  # (5.3)
            "output_gate": cell.recurrent_activation(o),  # (5.4)
        }

    def step(states, projected):
        hidden_state, cell_state = states
        now = look(projected, hidden_state)
        cell_state = now["forget_gate"] * cell_state + now["input_gate"] * now["candidate_cell"]  # (5.5)
        return now["output_gate"] * cell.activation(cell_state), cell_state  # (5.6)

    hidden_state, cell_state = _scan(step, cell, projected)
    return {**look(projected, _before(hidden_state)), "cell_state": cell_state, "hidden_state": hidden_state}


def _read_gru(cell, sequences):
    biases = None if cell.bias is None else ops.convert_to_tensor(cell.bias)
    input_bias, recurrent_bias = (biases[0], biases[1]) if cell.use_bias and cell.reset_after else (biases, None)
    projected = _project(cell, sequences, input_bias)

    def look(projected, hidden_state):
        x_z, x_r, x_h = ops.split(projected, 3, axis=-1)
        u_z, u_r, u_h = ops.split(cell.recurrent_kernel, 3, axis=-1)
        b_z, b_r, b_h = (0.0, 0.0, 0.0) if recurrent_bias is None else ops.split(recurrent_bias, 3)
        update_gate = cell.recurrent_activation(x_z + ops.matmul(hidden_state, u_z) + b_z)  # (11.1)
        reset_gate = cell.recurrent_activation(x_r + ops.matmul(hidden_state, u_r) + b_r)  # (11.2)
        if cell.reset_after:
            recurrent = reset_gate * (ops.matmul(hidden_state, u_h) + b_h)
        else:
            recurrent = ops.matmul(reset_gate * hidden_state, u_h)
        candidate_state = cell.activation(x_h + recurrent)  # (11.3)
        return {"update_gate": update_gate, "reset_gate": reset_gate, "candidate_state": candidate_state}

    def step(states, projected):
        [hidden_state] = states
        now = look(projected, hidden_state)
        return (now["update_gate"] * hidden_state + (1 - now["update_gate"]) * now["candidate_state"],)  # (11.4)

    [hidden_state] = _scan(step, cell, projected)
    return {**look(projected, _before(hidden_state)), "hidden_state": hidden_state}


def _project(cell, sequences, bias):
    """x W + b of all steps in one product: the half of the arithmetic that need not wait for the step before."""
    projected = ops.matmul(sequences, cell.kernel)
    return projected if bias is None else projected + bias


def _scan(step, cell, projected):
    """The states after every step, each (batch, steps, units); the loop carries states alone.

    The gates follow afterwards, for all steps at once, from the hidden states: that is no slower than storing them one
    step at a time, and is the same function of the same numbers.
    """
    zeros = ops.zeros((ops.shape(projected)[0], cell.units), projected.dtype)
    first = tuple(zeros for _ in range(2 if isinstance(cell, keras.layers.LSTMCell) else 1))
    return [ops.moveaxis(states, 0, 1) for states in scan(step, first, ops.moveaxis(projected, 1, 0))]


def _before(states):
    """The states one step earlier: zero, then all but the last."""
    return ops.pad(states[:, :-1], ((0, 0), (1, 0), (0, 0)))


_READINGS = {keras.layers.SimpleRNN: _read_simple_rnn, keras.layers.GRU: _read_gru, keras.layers.LSTM: _read_lstm}
_SUPPORTED = "SimpleRNN, GRU or LSTM"
