"""`check` and `test`: every step of CI, timed; all of them run even when one fails."""

import re
import subprocess
import sys
import time
from typing import NamedTuple
from xml.etree import ElementTree

from course.commands import lessons

PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile")
NBVAL = (*PYTEST, "--nbval", "--nbval-current-env", f"--nbval-cell-timeout={lessons.CELL_TIMEOUT}")
SANITIZE = "tests/nbval_sanitize.cfg"
REPORT = lessons.REPOSITORY / "build" / "notebooks.xml"
HUNG = re.compile(r"Timeout of|timed out|Kernel didn't respond")  # in what nbval and jupyter_client say


class Step(NamedTuple):
    """One line of the summary: a command, and what its environment has besides ours."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = {}


FAST = (
    Step("format", (sys.executable, "-m", "ruff", "format", "--check", ".")),
    Step("lint", (sys.executable, "-m", "ruff", "check", ".")),
    Step("architecture, unit tests, doctests", (*PYTEST, "--doctest-modules", "tests", "course")),
)
JAX = Step("Keras tests on JAX", (*PYTEST, "tests", "-m", "keras"), {"KERAS_BACKEND": "jax"})


def main(arguments):
    """Run the steps of the verb and print what each took; returns 1 if one failed."""
    runs = [(step.name, lambda step=step: _call(step.command, step.environment)) for step in FAST]
    if arguments.verb == "test":
        runs.append((JAX.name, lambda: _call(JAX.command, JAX.environment)))
        runs.append(("notebooks", run_notebooks))
    results = []
    for name, run in runs:
        print(f"\n==== {name}", flush=True)
        started = time.monotonic()
        code = run()
        results.append((name, time.monotonic() - started, code))
        print(f"==== {name}: {_verdict(code)} after {results[-1][1]:.0f} s", flush=True)
    print("\n" + summary(results), flush=True)
    return int(any(code for _, _, code in results))


def summary(results):
    """A table of (name, seconds, exit code).

    >>> print(summary([("lint", 1.26, 0), ("notebooks", 200.0, 1)]))
    step                                 seconds
    lint                                     1.3  ok
    notebooks                              200.0  FAILED
    together                               201.3  FAILED
    """
    total = ("together", sum(seconds for _, seconds, _ in results), any(code for _, _, code in results))
    lines = [f"{name:<34}  {seconds:8.1f}  {_verdict(code)}" for name, seconds, code in [*results, total]]
    return "\n".join([f"{'step':<34}  {'seconds':>8}", *lines])


def run_notebooks(folders=("notebooks", "solutions"), call=None):
    """Execute every notebook and compare its outputs with the stored ones; returns the exit code.

    The kernel hangs once in a while, whatever the notebook does; so notebooks run a second time when nothing failed
    but by a time-out.
    """
    call = call or _call
    REPORT.parent.mkdir(exist_ok=True)
    code = call(_nbval(folders))
    if code and (hung := only_hung(REPORT)):
        print(f"The kernel hung in {', '.join(hung)}: once more.", flush=True)
        code = call(_nbval(hung))
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
    plugins = ("-p", "no:hypothesispytest", "-o", "xfail_strict=false")
    return (*NBVAL, f"--nbval-sanitize-with={SANITIZE}", *plugins, *report, *paths)


def _call(command, environment=None):
    return subprocess.call(command, cwd=lessons.REPOSITORY, env={**lessons.static_environment(), **(environment or {})})


def _verdict(code):
    return "FAILED" if code else "ok"
