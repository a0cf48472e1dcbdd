"""Measuring in turns: who runs when, and what the ratio is."""

import doctest
import sys
import time

import numpy as np
import pytest

from benchmarks import measure, report
from benchmarks.measure import Timing, alternate, latencies, median_ratio, memory, rates, run_program, timed


@pytest.mark.parametrize("module", [measure, report])
def test_examples_of_the_docstrings_hold(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed


def test_sides_take_turns_and_every_other_round_is_reversed():
    order = []

    def side(name):
        return lambda: order.append(name) or Timing(1.0, 1.0)

    timings = alternate({"a": side("a"), "b": side("b")}, rounds=3, warm_up=1)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    assert [len(timings[name]) for name in "ab"] == [3, 3]  # the warm-up is not kept


def test_ratio_is_of_rates_in_the_same_round_whatever_the_amounts():
    ours = [Timing(1.0, 8.0, amount=10), Timing(2.0, 8.0, amount=10), Timing(4.0, 8.0, amount=10)]
    peer = [Timing(3.0, 4.0), Timing(6.0, 4.0), Timing(12.0, 4.0)]  # the machine slows down for both
    assert median_ratio(ours, peer) == (30.0, 30.0, 30.0)
    assert median_ratio(ours, peer, clock="cpu").median == 5.0
    assert rates(ours).tolist() == [10.0, 5.0, 2.5]


def test_interval_holds_the_median_and_one_odd_round_does_not_move_it():
    ours = [Timing(1.0, 1.0)] * 9
    peer = [Timing(2.0 + 0.1 * (number % 3), 1.0) for number in range(8)] + [Timing(50.0, 1.0)]
    ratio = median_ratio(ours, peer)
    assert 2.0 <= ratio.low <= ratio.median <= ratio.high < 3.0


@pytest.mark.parametrize(("ours", "peer"), [(1, 2), (0, 0)])
def test_rounds_that_do_not_pair_are_refused(ours, peer):
    with pytest.raises(ValueError, match=f"got {ours} and {peer}"):
        median_ratio([Timing(1.0, 1.0)] * ours, [Timing(1.0, 1.0)] * peer)


def test_wall_and_cpu_time_are_told_apart():
    slept = timed(lambda: time.sleep(0.05), amount=3)
    assert slept.wall >= 0.05
    assert slept.cpu < slept.wall
    assert slept.amount == 3


def test_each_call_has_its_latency_and_its_number():
    seen = []
    seconds = latencies(seen.append, 4)
    assert seen == [0, 1, 2, 3]
    assert (seconds > 0).all()
    assert seconds.shape == (4,)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc")
def test_memory_grows_with_what_is_held():
    before = memory("VmRSS")
    held = np.ones(4_000_000)  # 32 MB
    assert memory("VmRSS") - before > 0.9 * held.nbytes
    assert memory() >= memory("VmRSS")


@pytest.mark.skipif(sys.platform == "win32", reason="os.wait4")
def test_a_program_reads_and_writes_files_and_its_failure_is_told(tmp_path):
    text, copy = tmp_path / "text", tmp_path / "copy"
    text.write_text("a b c\n")
    program = "import sys; sys.stdout.write(sys.stdin.read()); sys.exit(%r)"
    timing, bytes_held = run_program([sys.executable, "-S", "-c", program % 0], text, copy)
    assert copy.read_text() == "a b c\n"
    assert 0 < timing.cpu < 60
    assert bytes_held > 1e6
    with pytest.raises(RuntimeError, match="out of luck"):
        run_program([sys.executable, "-S", "-c", program % "out of luck"], text, copy)
