"""A training run on disk: everything it needs to go on, written whole or not at all."""

import json
import zipfile
from pathlib import Path

import numpy as np

from course.backend import keras
from course.files import replacing


def save(file: Path, variables, history: dict, best_weights=None) -> None:
    """Write the values of the variables (weights, optimiser, random seeds), the history and the best weights so far.

    A process killed half-way leaves the old file.

    Args:
        file: where to; its folder is made.
        variables: Keras variables, in an order that the next process repeats.
        history: what `json` can write.
        best_weights: arrays to keep beside the present ones, or None.
    """
    arrays = {f"variable_{n}": keras.ops.convert_to_numpy(variable) for n, variable in enumerate(variables)}
    arrays |= {f"best_{n}": weights for n, weights in enumerate(best_weights or [])}
    with replacing(file) as stream:
        np.savez(stream, history=np.array(json.dumps(history)), **arrays)


def restore(file: Path, variables):
    """Put the values of a checkpoint into the variables; returns its history and its best weights (or None).

    Raises:
        ValueError: the file is no checkpoint of these variables; nothing has been changed then.
    """
    try:
        with open(file, "rb") as stream, np.load(stream) as stored:
            history = json.loads(str(stored["history"]))
            arrays = [stored[f"variable_{n}"] for n in range(len(variables))]
            count = sum(name.startswith("best_") for name in stored.files)
            best_weights = [stored[f"best_{n}"] for n in range(count)] or None
            surplus = f"variable_{len(variables)}" in stored.files
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise ValueError(
            f"expected a checkpoint of this model in {file}, got {fault}; delete it to begin anew"
        ) from None
    shapes = [tuple(variable.shape) for variable in variables], [array.shape for array in arrays]
    if surplus or shapes[0] != shapes[1]:
        raise ValueError(f"expected a checkpoint of this model in {file}, got one of another; delete it to begin anew")
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
    return history, best_weights
