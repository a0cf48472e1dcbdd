"""An object in another process."""

import multiprocessing
import os

import pytest

from benchmarks.worker import Worker, WorkerFailed


def test_it_keeps_its_state_between_calls():
    with Worker(list, [1, 2]) as there:
        there.call("append", 3)
        assert there.call("count", 3) == 1
        assert there.call("__len__") == 3


def test_its_environment_is_its_own_and_ours_stays():
    with Worker(os.getenv, "COURSE_BENCH_TEST", environment={"COURSE_BENCH_TEST": "there"}) as there:
        assert there.call("upper") == "THERE"
    assert "COURSE_BENCH_TEST" not in os.environ


def test_an_error_over_there_is_told_here():
    with Worker(dict) as there, pytest.raises(WorkerFailed, match="KeyError: 'absent'"):
        there.call("__getitem__", "absent")


def test_an_object_that_cannot_be_made_is_told_at_once():
    with pytest.raises(WorkerFailed, match="invalid literal"):
        Worker(int, "seven")


def test_a_process_that_dies_is_told_with_its_exit_code():
    with Worker(_Dying) as there, pytest.raises(WorkerFailed, match="exit code 3"):
        there.call("die")


def test_no_process_is_left_behind():
    before = set(multiprocessing.active_children())
    with Worker(list) as there:
        there.call("__len__")
        assert len(set(multiprocessing.active_children()) - before) == 1
    assert set(multiprocessing.active_children()) == before


class _Dying:
    def die(self):
        os._exit(3)
