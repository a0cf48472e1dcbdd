"""Train two tiny models and print what happened: parallel_run.py DEVICES HOSTS HOST (hosts apart by commas)."""

import json
import sys

import numpy as np

from course.backend import keras
from course.models.language_model import language_model
from course.models.translator import Translator
from course.parallel import distribute
from course.training import fit, fit_stream


def main(devices, hosts, host):
    if int(devices) > 1 or hosts:
        distribute(int(devices), tuple(filter(None, hosts.split(","))), int(host))
    drawn = np.random.default_rng(0)
    source = drawn.integers(4, 20, (19, 5))  # batches of 8, 8 and 3 rows: the last does not divide by 2
    target = np.where(np.arange(6) < drawn.integers(2, 7, (19, 1)), drawn.integers(4, 20, (19, 6)), 0)
    inputs = np.pad(target[:, :-1], [(0, 0), (1, 0)], constant_values=2)
    keras.utils.set_random_seed(0)
    translator = Translator(20, 20, embedding=6, units=6, attention="multiplicative")
    data = (source, inputs), target
    pairs = fit(translator, *data, epochs=2, batch=8, learning_rate=0.01, seed=0, validation=data, report=None)
    model = language_model(20, 6, 5, streams=4, tied=True)
    text = drawn.integers(4, 20, 90)
    stream = fit_stream(model, text, steps=7, epochs=2, learning_rate=0.01, validation=text, report=None)
    weights = [float(np.square(weight).sum()) for weight in model.get_weights()]
    for history in (pairs, stream):
        print("result", json.dumps([history.step_losses, history.validation_losses, history.gradient_norms]))
    print("result", json.dumps(weights))


if __name__ == "__main__":
    main(*sys.argv[1:])
