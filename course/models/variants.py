"""The LSTM with switches as a Keras cell, and a language model around it."""

from course.backend import keras
from course.cells.variants import VARIANTS, Variant

ops = keras.ops


@keras.saving.register_keras_serializable(package="course")
class LSTMVariantCell(keras.layers.Layer):
    """One LSTM step with the parts that its switches leave, for `keras.layers.RNN`.

    The same function as `course.cells.variants.variant_step`, whose weights it takes in the same order. Initial
    weights are those of `keras.layers.LSTM`. Every forget gate begins at sigmoid(1): by its bias of 1, or, where it
    is one minus the input gate, by that gate's bias of -1. Peepholes begin at 0, where they change nothing.

    Args:
        units: size of each state.
        variant: which parts the cell has; None is the LSTM with peepholes.

    >>> layer = keras.layers.RNN(LSTMVariantCell(8, VARIANTS["NFG"]), return_sequences=True)
    >>> layer(ops.zeros((2, 5, 3))).shape == (2, 5, 8)
    True
    """

    def __init__(self, units: int, variant: Variant | dict | None = None, **options):
        super().__init__(**options)
        self.units = units
        self.variant = Variant(**variant) if isinstance(variant, dict) else variant or Variant()
        gates = [len(self.variant.gates) * units] if self.variant.gate_recurrence else []
        self.state_size = [units, units, *gates]  # h, c, and the gates side by side where they are read again
        self.output_size = units

    def build(self, input_shape):
        """Make the weights for inputs of shape (batch, features)."""
        initializers = {
            "kernel": "glorot_uniform",
            "recurrent_kernel": "orthogonal",
            "bias": self._first_bias,
            "peepholes": "zeros",
            "gate_kernel": "glorot_uniform",
        }
        for name, shape in self.variant.weight_shapes(input_shape[-1], self.units).items():
            setattr(self, name, self.add_weight(shape=shape, name=name, initializer=initializers[name]))

    def _first_bias(self, shape, dtype=None):
        first = {"forget_gate": 1.0, "input_gate": -1.0 if self.variant.coupled_gates else 0.0}
        return ops.concatenate([ops.full((self.units,), first.get(name, 0.0), dtype) for name in self.variant.blocks])

    def call(self, inputs, states, training=False):
        """Inputs (batch, features) and the states of the step before to (output, new states)."""
        variant = self.variant
        hidden_state, cell_state, *gates_before = states
        summed = ops.matmul(inputs, self.kernel) + ops.matmul(hidden_state, self.recurrent_kernel) + self.bias
        blocks = dict(zip(variant.blocks, ops.split(summed, len(variant.blocks), axis=-1), strict=True))
        if variant.gate_recurrence:  # (11.12)
            from_gates = ops.split(ops.matmul(gates_before[0], self.gate_kernel), len(variant.gates), axis=-1)
            for name, values in zip(variant.gates, from_gates, strict=True):
                blocks[name] = blocks[name] + values

        def gate(name, memory):
            if name not in variant.gates:
                return ops.ones_like(memory)
            seen = self.peepholes[variant.gates.index(name)] * memory if variant.peepholes else 0
            return ops.sigmoid(blocks[name] + seen)

        input_gate = gate("input_gate", cell_state)  # (11.8)
        forget_gate = 1 - input_gate if variant.coupled_gates else gate("forget_gate", cell_state)  # (11.11) (11.9)
        candidate_cell = ops.tanh(blocks["candidate_cell"]) if variant.input_activation else blocks["candidate_cell"]
        cell_state = forget_gate * cell_state + input_gate * candidate_cell  # (5.5)
        output_gate = gate("output_gate", cell_state)  # (11.10)
        hidden_state = output_gate * (ops.tanh(cell_state) if variant.output_activation else cell_state)  # (5.6)
        gates = {"input_gate": input_gate, "forget_gate": forget_gate, "output_gate": output_gate}
        kept = [ops.concatenate([gates[name] for name in variant.gates], axis=-1)] if variant.gate_recurrence else []
        return hidden_state, [hidden_state, cell_state, *kept]

    def get_config(self):
        """What `from_config` needs to make this cell again."""
        return {**super().get_config(), "units": self.units, "variant": self.variant._asdict()}


def variant_model(vocab_size: int, units: int, embedding: int, variant: str | Variant) -> keras.Model:
    """`language_model` with one recurrent layer of an LSTM with switches.

    Args:
        vocab_size: number of tokens, the specials counted.
        units: size of each state.
        embedding: size of the token vectors.
        variant: a name in `VARIANTS`, or the switches.

    Returns:
        A model from ids (batch, steps) to logits (batch, steps, vocab_size).

    >>> variant_model(100, units=8, embedding=4, variant="CIFG").output_shape
    (None, None, 100)
    """
    variant = VARIANTS[variant] if isinstance(variant, str) else variant
    ids = keras.Input((None,), dtype="int32", name="ids")
    vectors = keras.layers.Embedding(vocab_size, embedding, name="embedding")(ids)
    states = keras.layers.RNN(LSTMVariantCell(units, variant), return_sequences=True, name="lstm_variant")(vectors)
    return keras.Model(ids, keras.layers.Dense(vocab_size, name="logits")(states), name="variant_model")
