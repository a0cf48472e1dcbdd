import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course.backend import keras
from course.parallel import device_count, distribute, own_share
from tests import parallel_run

pytestmark = pytest.mark.keras


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def numbers(printed):
    """The results that a run printed, among what the engine says, an array for each line."""
    results = [json.loads(line[6:]) for line in printed.splitlines() if line.startswith("result")]
    return [np.concatenate([np.ravel(part) for part in result]) for result in results]


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="several devices are a matter of JAX")
def test_two_processes_of_two_devices_train_as_one(capsys):
    """Processes of their own: JAX must learn of devices and hosts before its first operation."""
    hosts = f"127.0.0.1:{free_port()},127.0.0.1:{free_port()}"
    environment = os.environ | {"PYTHONPATH": str(Path(parallel_run.__file__).parents[1])}
    pair = [
        subprocess.Popen(
            [sys.executable, parallel_run.__file__, "2", hosts, host],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for host in "01"
    ]
    try:
        parallel_run.main("1", "", "0")
        alone = numbers(capsys.readouterr().out)
        for process in pair:
            printed, said = process.communicate(timeout=240)
            assert process.returncode == 0, said
            assert len(alone) == 3
            for expected, got in zip(alone, numbers(printed), strict=True):
                np.testing.assert_allclose(got, expected, rtol=2e-4)  # float32, sums in another order
    finally:
        for process in pair:
            process.kill()
            process.communicate()


def test_what_is_not_distributed_is_left_as_it_is():
    inputs, targets = np.ones((3, 2)), np.ones((3, 2))
    assert device_count() == 1
    assert own_share(inputs, targets)[0] is inputs
    assert own_share(inputs, targets)[1] is targets


@pytest.mark.parametrize(("count", "expected"), [(1, [[0, 1, 2, 3, 4, 0]]), (3, [[0, 1], [2, 3], [4, 0]])])
def test_each_process_gets_its_share_and_filled_up_rows_are_not_scored(monkeypatch, count, expected):
    monkeypatch.setattr("course.parallel.device_count", lambda: 3)
    inputs, targets = np.arange(5)[:, None] * [1, 1], np.arange(5)[:, None] + [1, 1]
    for index, rows in enumerate(expected):
        monkeypatch.setattr("course.parallel.processes", lambda index=index: (index, count))
        (first, second), own = own_share((inputs, inputs + 10), targets)
        assert first[:, 0].tolist() == rows
        assert second[:, 0].tolist() == [row + 10 for row in rows]
        scored = [row + 1 for row in rows]
        if index == len(expected) - 1:
            scored[-1] = 0
        assert own[:, 0].tolist() == scored


@pytest.mark.skipif(keras.backend.backend() == "jax", reason="JAX can")
def test_another_back_end_is_refused():
    with pytest.raises(ValueError, match="expected KERAS_BACKEND=jax"):
        distribute(devices=2)


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="another back end is refused before")
def test_a_host_that_is_not_among_the_hosts_is_refused():
    with pytest.raises(ValueError, match="expected a host from 0 to 1, got 2"):
        distribute(hosts=("a:1", "b:2"), host=2)
