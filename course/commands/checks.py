"""`check` and `test`: every step of CI, timed; all of them run even when one fails."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple
from xml.etree import ElementTree

from course.commands import lessons

RUFF = (sys.executable, "-m", "ruff")
PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile")
NBVAL = (*PYTEST, "--nbval", "--nbval-current-env", f"--nbval-cell-timeout={lessons.CELL_TIMEOUT}")
SANITIZE = "tests/nbval_sanitize.cfg"
REPORT = lessons.REPOSITORY / "build" / "notebooks.xml"
HUNG = re.compile(r"Timeout of|timed out|Kernel didn't respond")  # in what nbval and jupyter_client say


class CheckStep(NamedTuple):
    """One line of the summary; `run` returns an exit code."""

    name: str
    run: Callable[[], int]


def main(arguments):
    """Run the steps of the verb and print what each took; returns 1 if one failed."""
    results = []
    for name, run in FAST if arguments.verb == "check" else EVERYTHING:
        print(f"\n==== {name}", flush=True)
        started = time.monotonic()
        code = run()
        results.append((name, time.monotonic() - started, code))
        print(f"==== {name}: {_verdict(code)} after {results[-1][1]:.0f} s", flush=True)
    print("\n" + summary_table(results), flush=True)
    return int(any(code for _, _, code in results))


def summary_table(results):
    """A table of (name, seconds, exit code).

    >>> print(summary_table([("lint", 1.26, 0), ("notebooks", 200.0, 1)]))
    step                                 seconds
    lint                                     1.3  ok
    notebooks                              200.0  FAILED
    together                               201.3  FAILED
    """
    total = ("together", sum(seconds for _, seconds, _ in results), any(code for _, _, code in results))
    lines = [f"{name:<34}  {seconds:8.1f}  {_verdict(code)}" for name, seconds, code in [*results, total]]
    return "\n".join([f"{'step':<34}  {'seconds':>8}", *lines])


def run_notebooks():
    """Execute every notebook and compare its outputs with the stored ones; returns the exit code.

    The kernel hangs once in a while, whatever the notebook does; so notebooks run a second time when nothing failed
    but by a time-out.
    """
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.unlink(missing_ok=True)
    code = _call(_nbval(("notebooks", "solutions")), lessons.static_environment())
    if code and REPORT.exists() and (hung := only_hung(REPORT)):
        print(f"The kernel hung in {', '.join(hung)}: once more.", flush=True)
        code = _call(_nbval(hung), lessons.static_environment())
    return code


def only_hung(report):
    """The notebooks that failed, if each of them did by a time-out; otherwise none.

    Args:
        report: what pytest wrote with `--junitxml`, in the family xunit1, which names the files.
    """
    failed, hung = set(), set()
    for case in ElementTree.parse(report).iter("testcase"):
        for problem in [*case.iter("failure"), *case.iter("error")]:
            failed.add(case.get("file"))
            if HUNG.search(f"{problem.get('message')} {problem.text}"):
                hung.add(case.get("file"))
    return sorted(hung) if failed == hung else []


def _nbval(paths):
    # hypothesis' plug-in and notebooks in one process ended in a SystemError after failures (CPython 3.11.7)
    report = (f"--junitxml={REPORT}", "-o", "junit_family=xunit1")
    # nbval expects the cells after a time-out to fail; one that passes is no second failure
    settings = ("-p", "no:hypothesispytest", "-o", "xfail_strict=false", f"--nbval-sanitize-with={SANITIZE}")
    plain = () if sys.stdout.isatty() else ("--color=no",)
    return (*NBVAL, *settings, *report, *plain, *paths)


def _call(command, environment=None):
    return subprocess.call(command, cwd=lessons.REPOSITORY, env=environment or {**os.environ, **lessons.ONE_THREAD})


def _verdict(code):
    return "FAILED" if code else "ok"


def _on_jax():
    return _call((*PYTEST, "tests", "-m", "keras"), {**os.environ, **lessons.ONE_THREAD, "KERAS_BACKEND": "jax"})


FAST = (
    CheckStep("format", lambda: _call((*RUFF, "format", "--check", "."))),
    CheckStep("lint", lambda: _call((*RUFF, "check", "."))),
    CheckStep("architecture, unit tests, doctests", lambda: _call((*PYTEST, "--doctest-modules", "tests", "course"))),
)
EVERYTHING = (*FAST, CheckStep("Keras tests on JAX", _on_jax), CheckStep("notebooks", run_notebooks))
