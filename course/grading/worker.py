"""The process that marks: what it is asked to do, and how it ends. It imports little, since there are many of them."""

import ctypes
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor

from course.grading.exercise import Exercise
from course.grading.marking import Marked, mark
from course.grading.sandbox import Limits
from course.grading.submission import Unreadable, rebuild

Result = tuple[Marked | None, str, dict[str, str]]  # as `mark_bytes` returns it


def mark_bytes(exercise: Exercise, content: bytes, limits: Limits, walls: bool = True) -> Result:
    """Mark what one student handed in; runs in a worker, here or on another machine.

    Args:
        exercise: the instructor's.
        content: the bytes handed in.
        limits: of what the answers may use.
        walls: whether they run in a sandbox.

    Returns:
        (marks or None, why there are none, answers by the id of their cell).
    """
    try:
        submission = rebuild(exercise, content)
    except Unreadable as fault:
        return None, str(fault), {}
    return mark(exercise, submission, limits, walls), "", dict(submission.answers)


def workers(number: int) -> ProcessPoolExecutor:
    """Local processes that mark; they end with this one, however it ends."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, mp_context=context, initializer=_end_with_parent, initargs=(os.getpid(),))


def _end_with_parent(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the writer is interrupted, and ends the workers
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it was killed while this one started
        os._exit(1)
