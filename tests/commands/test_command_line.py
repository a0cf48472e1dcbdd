"""Every way to call `python -m course` says what there is."""

import subprocess
import sys
from pathlib import Path

import pytest

from course.commands import command_line, environment

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def no_environment(monkeypatch):
    """Making an environment fails the test: nothing that only informs may start it."""
    monkeypatch.setattr(environment, "ensure", lambda: pytest.fail("made an environment"))


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_verb_all_verbs_are_listed(no_environment, capsys, arguments):
    try:
        code = command_line.main(arguments)
    except SystemExit as stop:
        code = stop.code
    shown = capsys.readouterr().out
    assert code == 0
    assert all(f"    {verb} " in shown for verb in command_line.VERBS)
    assert "COURSE_VENV" in shown


@pytest.mark.parametrize("verb", command_line.VERBS)
def test_each_verb_has_help(no_environment, capsys, verb):
    with pytest.raises(SystemExit) as stop:
        command_line.main([verb, "--help"])
    assert stop.value.code == 0
    assert command_line.VERBS[verb][1][1:] in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(("wrong", "meant"), [("tset", "test"), ("notebook", None), ("runs", "run")])
def test_a_wrong_verb_gets_the_nearest(no_environment, capsys, wrong, meant):
    assert command_line.main([wrong]) == 2
    said = capsys.readouterr().err
    assert f"There is no verb `{wrong}`." in said
    assert ("Did you mean" in said) == bool(meant)
    assert meant is None or f"Did you mean `{meant}`?" in said


def test_an_unknown_option_is_refused(no_environment, capsys):
    with pytest.raises(SystemExit):
        command_line.main(["check", "--fast"])
    assert "unknown option: --fast" in capsys.readouterr().err


def test_jupyterlab_gets_every_option(monkeypatch):
    seen = []
    monkeypatch.setattr(environment, "ensure", lambda: Path(sys.prefix))
    monkeypatch.setattr("course.commands.lab.main", lambda arguments: seen.append(arguments.others))
    command_line.main(["lab", "--no-browser", "--port", "8899", "--ServerApp.token=x"])
    assert seen == [["--no-browser", "--port", "8899", "--ServerApp.token=x"]]


def test_outside_the_environment_the_verb_is_handed_to_its_python(monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(environment, "ensure", lambda: tmp_path)
    monkeypatch.setattr(command_line.interpreter, "hand_over", lambda command: (started.append(command), sys.exit(0)))
    with pytest.raises(SystemExit):
        command_line.main(["run", "05", "--store"])
    assert started == [[str(environment.python_in(tmp_path)), "-m", "course", "run", "05", "--store"]]


def _raise(fault):
    raise fault


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [(environment.EnvironmentFault("No network."), 1, "No network."), (KeyboardInterrupt(), 130, "Start the same")],
)
def test_a_fault_is_one_sentence_and_an_exit_code(monkeypatch, capsys, fault, code, said):
    monkeypatch.setattr(environment, "ensure", lambda: _raise(fault))
    assert command_line.main(["check"]) == code
    assert said in capsys.readouterr().err


def test_nothing_but_the_standard_library_is_imported_before_the_environment_stands():
    program = (
        "import sys; from course.commands import command_line; "
        "print(sorted({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))"
    )
    isolated = [sys.executable, "-S", "-c", program]  # -S: no site-packages, and none of what its .pth files import
    shown = subprocess.run(isolated, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert shown.strip() in ("['__main__', 'course']", "['course']")
