"""`check` and `test` run every step, say what failed, and give hung notebooks a second run, failed ones none."""

import re
from types import SimpleNamespace

import pytest
from nbval.plugin import get_sanitize_patterns

from course.commands import checks

CASE = '<testcase classname="n" file="notebooks/{file}" name="Cell 1" time="1">{problem}</testcase>'
PASSED = ""
HUNG = '<failure message="course">Cell 1: Timeout of 300 seconds exceeded while executing cell.</failure>'
NO_START = (
    '<error message="failed on setup with &quot;RuntimeError: Kernel didn\'t respond in 60 seconds&quot;">x</error>'
)
WRONG = '<failure message="course">Cell outputs differ</failure>'


@pytest.fixture
def calls(monkeypatch):
    """Every command that would run, with its environment; its exit code is 0 unless `codes` names its step."""
    seen = SimpleNamespace(commands=[], environments=[], codes={})

    def call(command, environment=None):
        seen.commands.append(" ".join(command))
        seen.environments.append(environment or {"as it is": "with one thread"})
        return next((code for part, code in seen.codes.items() if part in seen.commands[-1]), 0)

    monkeypatch.setattr(checks, "_call", call)
    return seen


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Writes the report of a pytest run: one case for each (file, problem)."""
    monkeypatch.setattr(checks, "REPORT", tmp_path / "build" / "report.xml")

    def write(*cases):
        checks.REPORT.parent.mkdir(exist_ok=True)
        body = "".join(CASE.format(file=file, problem=problem) for file, problem in cases)
        checks.REPORT.write_text(f"<testsuites><testsuite>{body}</testsuite></testsuites>")
        return checks.REPORT

    return write


def test_the_fast_checks_are_part_of_all(calls):
    checks.main(SimpleNamespace(verb="check"))
    fast = list(calls.commands)
    calls.commands.clear()
    checks.main(SimpleNamespace(verb="test"))
    assert calls.commands[: len(fast)] == fast
    assert len(calls.commands) == len(fast) + 2


def test_the_second_back_end_runs_the_keras_tests(calls):
    checks.main(SimpleNamespace(verb="test"))
    on_jax = [environment.get("KERAS_BACKEND") for environment in calls.environments].index("jax")
    assert calls.commands[on_jax].endswith("tests -m keras")


def test_notebooks_run_static_and_with_inline_figures(calls, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    checks.main(SimpleNamespace(verb="test"))
    notebooks = calls.environments[-1]
    assert "--nbval" in calls.commands[-1]
    assert notebooks["COURSE_STATIC"] == "1"
    assert "MPLBACKEND" not in notebooks


def test_a_failed_step_stops_nothing_and_is_named_at_the_end(calls, capsys):
    calls.codes["ruff check"] = 1
    assert checks.main(SimpleNamespace(verb="check")) == 1
    shown = capsys.readouterr().out.splitlines()
    table = shown[next(n for n, line in enumerate(shown) if line.startswith("step")) :]
    verdicts = {line.rsplit(maxsplit=2)[0]: line.split()[-1] for line in table[1:]}
    assert verdicts == {
        "format": "ok",
        "lint": "FAILED",
        "architecture, unit tests, doctests": "ok",
        "together": "FAILED",
    }


def test_all_steps_well_is_exit_code_zero(calls):
    assert checks.main(SimpleNamespace(verb="test")) == 0


@pytest.mark.parametrize(
    ("cases", "again"),
    [
        ([("a.ipynb", PASSED)], []),
        ([("a.ipynb", HUNG)], ["notebooks/a.ipynb"]),
        ([("a.ipynb", PASSED), ("a.ipynb", HUNG), ("b.ipynb", NO_START)], ["notebooks/a.ipynb", "notebooks/b.ipynb"]),
        ([("a.ipynb", WRONG)], []),
        ([("a.ipynb", HUNG), ("b.ipynb", WRONG)], []),
    ],
)
def test_only_notebooks_that_hung_run_again_and_only_if_nothing_else_failed(report, cases, again):
    assert checks.only_hung(report(*cases)) == again


@pytest.mark.parametrize(
    ("problem", "codes", "code", "runs"),
    [(HUNG, [1, 0], 0, 2), (HUNG, [1, 1], 1, 2), (WRONG, [1], 1, 1), (PASSED, [0], 0, 1), (None, [3], 3, 1)],
)
def test_a_second_run_decides_and_is_given_to_hung_notebooks_only(report, monkeypatch, problem, codes, code, runs):
    ran = []

    def call(command, environment):
        if problem is not None:  # pytest itself did not crash
            report(("a.ipynb", problem))
        ran.append(command)
        return codes.pop(0)

    report(("of_an_earlier_run.ipynb", HUNG))
    monkeypatch.setattr(checks, "_call", call)
    assert checks.run_notebooks() == code
    assert len(ran) == runs
    assert ran[0][-2:] == ("notebooks", "solutions")
    assert runs == 1 or ran[1][-1] == "notebooks/a.ipynb"


# ---- what nbval compares


def _as_compared(text):
    config = (checks.lessons.REPOSITORY / checks.SANITIZE).read_text(encoding="utf-8")
    for pattern, replacement in get_sanitize_patterns(config):
        text = re.sub(pattern, replacement, text)
    return text


FIGURE = '<figure><img alt="{alt}" src="data:image/png;base64,{pixels}"><figcaption>{caption}</figcaption></figure>'


def test_pixels_styled_ids_and_addresses_are_not_compared():
    assert _as_compared(FIGURE.format(alt="a", pixels="iVBO+/r==", caption="c")) == _as_compared(
        FIGURE.format(alt="a", pixels="AAAA", caption="c")
    )
    assert _as_compared('<td id="T_1a2b3_row0">') == _as_compared('<td id="T_ffff0_row0">')
    assert _as_compared("<Styler at 0x7fca3736b3d0>") == _as_compared("<Styler at 0x1>")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FIGURE.format(alt="a", pixels="AAAA", caption="c"), FIGURE.format(alt="b", pixels="AAAA", caption="c")),
        (FIGURE.format(alt="a", pixels="AAAA", caption="c"), FIGURE.format(alt="a", pixels="AAAA", caption="d")),
        ("perplexity 141.2", "perplexity 141.3"),
        ("hash abcde", "hash abcdf"),
    ],
)
def test_everything_else_is_compared(one, other):
    assert _as_compared(one) != _as_compared(other)
