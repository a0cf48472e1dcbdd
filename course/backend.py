"""Keras, imported without its start-up log, and the few things that `keras.ops` does not offer.

Everything else in the course is written for any Keras back end. These need the engine below Keras itself: compiling a
plain function, running a recurrence, differentiating a function, differentiating a model's loss, making a sparse
gradient dense, Adam in one pass, feeding batches without waiting, and asking which devices and processes there are.
"""

import logging
import os
import sys


def _import_keras():
    """Import Keras and its engine with file descriptor 2 closed to them.

    TensorFlow's C++ log writes a screenful to stderr at its first import and a line at its first operation, before
    Python can configure it; in a notebook that is the student's first output, in pink. The log level alone silences
    only what comes later, so both are needed. A real error still raises: exceptions do not travel through stderr.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Several models in one lesson, each compiled for its own shapes, is what TensorFlow warns of as retracing.
    # A filter, not a level: in a notebook TensorFlow sets its logger's level anew at its first message.
    logging.getLogger("tensorflow").addFilter(lambda record: record.levelno >= logging.ERROR)
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        import keras

        if keras.backend.backend() == "tensorflow":
            keras.ops.add(keras.ops.zeros(1), 1.0)  # the first operation writes its own log line
        return keras
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


keras = _import_keras()


def compiled(function, *arguments):
    """The same function of arrays, traced and compiled once per shape and dtype of its arguments.

    A compiled function runs its whole loop inside the engine; one call per time step from Python costs far more than
    the arithmetic (about 1 ms a call).

    Args:
        function: of arrays, or of nests of them.
        arguments: what each argument looks like, if that is known beforehand: a nest of anything with a shape and a
            dtype, None in a shape where sizes vary. TensorFlow then traces once for all sizes; JAX still needs each.
    """
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        specs = keras.tree.map_structure(lambda array: tensorflow.TensorSpec(array.shape, array.dtype), list(arguments))
        return tensorflow.function(function, input_signature=specs or None, reduce_retracing=True, autograph=False)
    if keras.backend.backend() == "jax":
        import jax

        return jax.jit(function)
    return function


def scan(step, first, sequence):
    """The states after every step of a recurrence.

    A turn of TensorFlow's loop adds half to what a step of 200 units costs, so it takes several steps a turn there; the
    last turn is filled up with zeros, and what follows from them cut off. JAX compiles the loop to machine code.

    Args:
        step: from the states and one row of the sequence to the next states.
        first: the states before the first step, any nest of arrays (batch, units).
        sequence: what each step takes, (steps, batch, features), one step or more.

    Returns:
        The same nest of arrays (steps, batch, units).

    >>> import numpy as np
    >>> sums = scan(lambda total, x: total + x, np.zeros((1, 1)), np.ones((3, 1, 1)))
    >>> keras.ops.convert_to_numpy(sums).ravel().tolist()
    [1.0, 2.0, 3.0]
    """
    ops, map_structure = keras.ops, keras.tree.map_structure
    per_turn = 16 if keras.backend.backend() == "tensorflow" else 1
    steps, rest = ops.shape(sequence)[0], tuple(ops.shape(sequence)[1:])
    turns = ops.pad(sequence, ((0, -steps % per_turn), *[(0, 0)] * len(rest)))
    turns = ops.reshape(turns, (-1, per_turn, *rest))

    def turn(before, rows):
        states, kept = map_structure(lambda state: state[-1], before), []
        for row in ops.unstack(rows, per_turn):
            states = step(states, row)
            kept.append(states)
        kept = map_structure(lambda *history: ops.stack(history), *kept)
        return kept, kept  # what the next turn takes, and what is put out

    first = map_structure(lambda state: ops.repeat(state[None], per_turn, axis=0), first)
    _, histories = ops.scan(turn, first, turns)
    return map_structure(lambda states: ops.reshape(states, (-1, *ops.shape(states)[2:]))[:steps], histories)


def gradient(function, *arrays):
    """d function(*arrays) / d array for each of the arrays, as NumPy arrays of their shapes.

    Args:
        function: takes tensors, returns one number.
        arrays: where to differentiate.

    >>> import numpy as np
    >>> [dx] = gradient(lambda x: keras.ops.sum(x**2), np.array([1.0, 3.0], "float32"))
    >>> dx.tolist()
    [2.0, 6.0]
    """
    tensors = [keras.ops.convert_to_tensor(array) for array in arrays]
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        with tensorflow.GradientTape() as tape:
            tape.watch(tensors)
            value = function(*tensors)
        gradients = tape.gradient(value, tensors, unconnected_gradients="zero")
    elif keras.backend.backend() == "jax":
        import jax

        gradients = jax.grad(function, argnums=tuple(range(len(tensors))))(*tensors)
    else:
        raise NotImplementedError(f"expected the tensorflow or jax back end, got {keras.backend.backend()}")
    return [keras.ops.convert_to_numpy(g) for g in gradients]


def loss_gradients(model, loss, inputs, targets):
    """d loss(targets, model(inputs)) / d each trainable variable of the model, as a list of NumPy arrays.

    Args:
        model: a built Keras model or layer.
        loss: takes (targets, outputs), returns one number.
        inputs, targets: arrays as the model and the loss take them.
    """
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        with tensorflow.GradientTape() as tape:
            value = loss(targets, model(inputs))
        gradients = [dense(gradient) for gradient in tape.gradient(value, model.trainable_variables)]
    elif keras.backend.backend() == "jax":
        import jax

        def stateless_loss(trainable):
            outputs, _ = model.stateless_call(trainable, [v.value for v in model.non_trainable_variables], inputs)
            return loss(targets, outputs)

        gradients = jax.grad(stateless_loss)([v.value for v in model.trainable_variables])
    else:
        raise NotImplementedError(f"expected the tensorflow or jax back end, got {keras.backend.backend()}")
    return [keras.ops.convert_to_numpy(g) for g in gradients]


def dense(gradient):
    """The gradient as an ordinary tensor, one number per weight.

    TensorFlow hands the gradient of an embedding over as slices, a word that occurs twice as two of them: a norm
    taken over slices is wrong, and an optimiser that squares slices one by one is not the textbook's.
    """
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        return tensorflow.convert_to_tensor(gradient)
    return gradient


def fused_adam(variable, momentum, velocity, gradient, learning_rate, step, beta_1, beta_2, epsilon) -> bool:
    """Adam's update of one variable and its moments, in one pass over the memory; False where nothing was done.

    Keras writes the update as a dozen operations, which TensorFlow runs one after another: twice the time. JAX fuses
    them itself. Source: Kingma & Ba (2015), section 2, the reordered form, as in `keras.optimizers.Adam`.

    Args:
        variable: what is trained.
        momentum, velocity: Keras variables of its shape, means of the gradient and of its square.
        gradient: a dense tensor of its shape.
        learning_rate, beta_1, beta_2, epsilon: Adam's settings.
        step: of the training, counted from 1, a float.
    """
    if keras.backend.backend() != "tensorflow" or variable.dtype != "float32":
        return False
    import tensorflow

    tensorflow.raw_ops.ResourceApplyAdam(
        var=variable.handle,
        m=momentum.value.handle,
        v=velocity.value.handle,
        beta1_power=keras.ops.power(beta_1, step),
        beta2_power=keras.ops.power(beta_2, step),
        lr=learning_rate,
        beta1=beta_1,
        beta2=beta_2,
        epsilon=epsilon,
        grad=gradient,
    )
    return True


def batches(arrays, batch, seed=None):
    """The rows of the arrays in batches, shuffled anew each epoch when a seed is given, for `model.fit`.

    Arrays given to `fit` as they are can leave it waiting for seconds after the last step, until an idle timer of
    tf.data's autotuner fires; with the autotuner off it returns at once.

    Args:
        arrays: a tuple such as (inputs, targets) or (inputs, targets, weights), each with rows along its first axis.
        batch: rows in a batch; the last batch may be smaller.
        seed: shuffle with this seed; None keeps the order.
    """
    import tensorflow

    dataset = tensorflow.data.Dataset.from_tensor_slices(arrays)
    if seed is not None:
        dataset = dataset.shuffle(len(dataset), seed=seed, reshuffle_each_iteration=True)
    options = tensorflow.data.Options()
    options.autotune.enabled = False
    return dataset.batch(batch).prefetch(1).with_options(options)


def limit_devices(number: int) -> None:
    """Let JAX see so many devices of this machine; before its first operation. A processor is cut into as many."""
    import jax

    jax.config.update("jax_num_cpu_devices", number)
    jax.config.update("jax_cuda_visible_devices", ",".join(map(str, range(number))))


def processes() -> tuple[int, int]:
    """The number of this process among those that train one model together, from 0, and how many there are."""
    if keras.backend.backend() != "jax":
        return 0, 1
    import jax

    return jax.process_index(), jax.process_count()


def part_processes() -> None:
    """Let each process that trained with others go its own way: one may end long before another."""
    if processes()[1] > 1:
        import jax

        jax.distributed.shutdown()
