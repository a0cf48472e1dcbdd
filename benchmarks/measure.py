"""Time two or more ways to do the same work, turn by turn, and say how their speeds compare."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Timing(NamedTuple):
    """One measurement: `amount` units of work took `wall` seconds, and `cpu` seconds of all threads together."""

    wall: float
    cpu: float
    amount: float = 1.0


class Ratio(NamedTuple):
    """How many times faster: the median over the rounds, and a 95 % interval for it."""

    median: float
    low: float
    high: float


def timed(work: Callable[[], object], amount: float = 1.0) -> Timing:
    """Do the work once.

    Args:
        work: does it, and has done it when it returns.
        amount: how many units that is, such as tokens or sentences.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Timing(time.perf_counter() - wall, time.process_time() - cpu, amount)


def alternate(sides: Mapping[str, Callable[[], Timing]], rounds: int, warm_up: int = 1) -> dict[str, list[Timing]]:
    """Measure every side once a round, in turns, so that a slow minute of the machine meets all of them.

    Every other round runs in reverse order, because the first of two runs is not the second.

    Args:
        sides: what is measured, by name; each call is one measurement.
        rounds: measurements of each side.
        warm_up: calls of each side before, not measured: compiling and filling caches is not what is compared.

    >>> sides = {"ours": lambda: Timing(1.0, 1.0), "peer": lambda: Timing(2.0, 2.0)}
    >>> timings = alternate(sides, rounds=3)
    >>> median_ratio(timings["ours"], timings["peer"])
    Ratio(median=2.0, low=2.0, high=2.0)
    """
    for _ in range(warm_up):
        for measure in sides.values():
            measure()
    timings = {name: [] for name in sides}
    for number in range(rounds):
        for name in list(sides)[:: -1 if number % 2 else 1]:
            timings[name].append(sides[name]())
    return timings


def rates(timings: Sequence[Timing], clock: str = "wall") -> np.ndarray:
    """Units of work per second of each measurement, shape (rounds,); the clock is "wall" or "cpu"."""
    return np.array([timing.amount / getattr(timing, clock) for timing in timings])


def median_ratio(ours: Sequence[Timing], peer: Sequence[Timing], clock: str = "wall", seed: int = 0) -> Ratio:
    """Our rate over the peer's, round by round; the interval is a percentile bootstrap of the median.

    Args:
        ours, peer: measurements of the same rounds.
        clock: "wall" or "cpu" seconds.
        seed: of the bootstrap.

    Raises:
        ValueError: the numbers of rounds differ, or there is none.
    """
    if len(ours) != len(peer) or not len(ours):
        raise ValueError(f"expected measurements of the same rounds, got {len(ours)} and {len(peer)}")
    ratios = rates(ours, clock) / rates(peer, clock)
    drawn = np.random.default_rng(seed).choice(ratios, size=(2000, len(ratios)))
    low, high = np.quantile(np.median(drawn, axis=1), [0.025, 0.975])
    return Ratio(float(np.median(ratios)), float(low), float(high))


def latencies(work: Callable[[int], object], calls: int) -> np.ndarray:
    """Seconds of each of so many calls, shape (calls,); call i gets its number."""
    seconds = np.empty(calls)
    for number in range(calls):
        started = time.perf_counter()
        work(number)
        seconds[number] = time.perf_counter() - started
    return seconds


def memory(which: str = "VmHWM") -> float:
    """Bytes that this process holds ("VmRSS") or has held at most ("VmHWM"); nan where /proc does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    [line] = [line for line in status.read_text().splitlines() if line.startswith(which)]
    return 1024.0 * int(line.split()[1])


def run_program(command: Sequence[str], stdin: Path, stdout: Path) -> tuple[Timing, float]:
    """Run a program on a file; returns its timing, and the bytes it held at most.

    Raises:
        RuntimeError: it failed; the message is what it wrote last.
    """
    log = stdout.with_name(stdout.name + ".log")
    with open(stdin, "rb") as read, open(stdout, "wb") as write, open(log, "wb") as said:
        actions = [(os.POSIX_SPAWN_DUP2, stream.fileno(), number) for number, stream in enumerate((read, write, said))]
        started = time.perf_counter()
        process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, used = os.wait4(process, 0)
        wall = time.perf_counter() - started
    if status:
        raise RuntimeError(f"expected `{' '.join(command)}` to succeed, got:\n{log.read_text()[-1000:]}")
    return Timing(wall, used.ru_utime + used.ru_stime), 1024.0 * used.ru_maxrss
