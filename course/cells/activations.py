"""The logistic function of every gate: one number between closed (0) and open (1)."""

import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)), entry by entry, without overflow for any x.

    Lesson 05. 0 is a closed gate, 1 an open one, 0.5 at x = 0.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.exp(-np.logaddexp(0, -np.asarray(x)))
