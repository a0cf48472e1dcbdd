"""One training run on several devices or machines: each takes its share of every batch, and all have the same weights.

Keras' own data-parallel distribution, on the JAX back end: the loss is that of the whole batch, the gradients are
summed by the engine, and one process or several give the same numbers but for rounding.
"""

from collections.abc import Sequence

import numpy as np

from course.backend import keras, limit_devices, part_processes, processes

distribution = keras.distribution


def distribute(devices: int | None = None, hosts: Sequence[str] = (), host: int = 0) -> None:
    """Train data-parallel from here on. Call it before the first operation, in every process.

    Args:
        devices: of each machine to use; None takes all that there are. On processors any number can be had.
        hosts: addresses such as "10.0.0.1:1234", one for each process that takes part; none for this process alone.
        host: place of this process among the hosts.

    Raises:
        ValueError: the back end is not JAX, or there are not so many hosts or devices.
    """
    if keras.backend.backend() != "jax":
        raise ValueError(f"expected KERAS_BACKEND=jax for several devices or hosts, got {keras.backend.backend()}")
    if not 0 <= host < max(1, len(hosts)):
        raise ValueError(f"expected a host from 0 to {max(1, len(hosts)) - 1}, got {host}")
    if devices is not None:
        limit_devices(devices)
    if len(hosts) > 1:
        distribution.initialize(",".join(hosts), len(hosts), host)
    there = distribution.list_devices()
    if devices is not None and len(there) != devices * max(1, len(hosts)):
        raise ValueError(f"expected {devices} devices on each host, there are {len(there)}: {', '.join(there)}")
    distribution.set_distribution(distribution.DataParallel(devices=there, auto_shard_dataset=False))


def is_first_process() -> bool:
    """Whether this is the process that writes files."""
    return processes()[0] == 0


def finish() -> bool:
    """End the distribution, in all processes at the same time; whether this is the one that goes on, by itself."""
    goes_on = is_first_process()
    distribution.set_distribution(None)
    part_processes()
    return goes_on


def device_count() -> int:
    """Devices among which a batch is shared out, of all hosts together; 1 where nothing is distributed."""
    current = distribution.distribution()
    return 1 if current is None else current.device_mesh.devices.size


def own_share(inputs, targets):
    """This process's rows of a batch, in equal shares for all devices.

    Where the rows do not divide, the first ones fill up the last share, with nothing in their targets to be scored.

    Args:
        inputs: an array with the rows along its first axis, or a nest of them.
        targets: ids, shape (rows, steps).

    Returns:
        (inputs, targets), as they came where nothing is distributed.
    """
    devices, rows, (index, count) = device_count(), len(targets), processes()
    if devices == 1:
        return inputs, targets
    places = np.arange(-(-rows // devices) * devices)
    own = np.split(places, count)[index]
    targets = np.where((own < rows)[:, None], targets[own % rows], 0)
    return keras.tree.map_structure(lambda array: array[own % rows], inputs), targets
