"""How open the forget gates of a Keras LSTM stand before training."""

import numpy as np

from course.backend import keras


def set_forget_bias(layer, values, coupled: bool = False) -> None:
    """Overwrite the bias of the forget gates, b_f of eq. (5.2), in place.

    Lesson 06. Keras starts at 1 (Gers et al. 2000 and Jozefowicz et al. 2015 advise a positive value). At 100 the gate
    is exactly 1 in float32 and its gradient exactly 0: the cell of Hochreiter & Schmidhuber (1997), which cannot
    forget.

    Args:
        layer: a built `keras.layers.LSTM` with a bias.
        values: one number, or one per unit, shape (units,).
        coupled: set b_i = -b_f as well, so that the input gate starts at 1 - f.

    Raises:
        ValueError: the layer is no LSTM with a bias, or is not built; the values do not fit its units.

    >>> layer = keras.layers.LSTM(2)
    >>> layer.build((None, None, 3))
    >>> set_forget_bias(layer, 3.0)
    >>> layer.get_weights()[2].tolist()  # i, f, c, o
    [0.0, 0.0, 3.0, 3.0, 0.0, 0.0, 0.0, 0.0]
    """
    if type(layer) is not keras.layers.LSTM or not layer.use_bias:
        raise ValueError(f"expected an LSTM layer with a bias, got {layer!r}")
    if not layer.built:
        raise ValueError(f"expected a built layer, got {layer.name} without weights: call it on a batch first")
    values, units = np.asarray(values, dtype=float), layer.units
    if values.shape not in [(), (units,)] or not np.isfinite(values).all():
        raise ValueError(f"expected one finite number or {units} of them, one per unit, got {values}")
    kernel, recurrent_kernel, bias = layer.get_weights()
    bias[units : 2 * units] = values  # i, f, c, o: f is the second
    if coupled:
        bias[:units] = -values
    layer.set_weights([kernel, recurrent_kernel, bias])


def chrono(units: int, longest: int, seed: int) -> np.ndarray:
    """Forget biases that spread the units' memories over all lengths up to the longest dependency.

    Lesson 06, eq. (6.6); Tallec & Ollivier (2018): b_f = log U(1, longest - 1), to be set with `coupled=True`. A unit
    with bias log u keeps u / (1 + u) a step, so that it remembers about 1 + u steps.

    Args:
        units: how many.
        longest: longest distance to be remembered, time steps; at least 2.
        seed: of the draw.

    Returns:
        Biases of shape (units,), from 0 to log(longest - 1).

    Raises:
        ValueError: there is no unit, or the longest distance is below 2.

    >>> biases = chrono(units=64, longest=100, seed=0)
    >>> biases.shape, bool(biases.max() <= np.log(99))
    ((64,), True)
    """
    if units < 1 or longest < 2:
        raise ValueError(f"expected at least one unit and a longest distance of at least 2, got {units} and {longest}")
    return np.log(np.random.default_rng(seed).uniform(1, longest - 1, units))
