"""A class is graded once, by whatever number of workers, and wherever the grader was killed."""

import collections
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from course.commands.command_line import command_parser
from course.grading import batch, command, sandbox, worker
from course.grading.exercise import load_exercise
from course.grading.gradebook import Gradebook, GradebookFault
from course.grading.handed_in import HandedIn
from course.grading.ledger import Ledger
from course.grading.sandbox import COURSE, Limits
from course.grading.submission import read_submission

pytestmark = pytest.mark.usefixtures("walls")


def cell(name, source, kind="code", **marks):
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, "grade": False, "solution": False, "task": False}}
    metadata["nbgrader"] |= {"locked": not marks.get("solution"), **marks}
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[kind]
    return new(source, id=name, metadata=metadata)


def notebook(answer, essay="It adds."):
    return nbformat.v4.new_notebook(
        cells=[
            cell("double", answer, solution=True),
            cell("check", "assert double(3) == 6, 'twice: no. Hint: add.'", grade=True, points=5),
            cell("explain", essay, "markdown", solution=True, grade=True, points=4),
        ]
    )


RIGHT = "def double(x):\n    return 2 * x"
CLASS = {
    "ada": RIGHT,
    "bob": "def double(x):\n    return 3 * x",
    "eve": "import os\nos.kill(os.getppid(), 9)\nos._exit(1)",
    "joe": RIGHT,
    "kim": "def double(x):\n    while True:\n        pass",
}
POINTS = {"ada": 5.0, "bob": 0.0, "eve": 0.0, "joe": 5.0, "kim": 0.0, "max": 0.0}


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Solutions and submissions of a class; a gradebook, whose making takes nbgrader seconds."""
    root = tmp_path_factory.mktemp("school")
    (root / "solutions" / "05_double").mkdir(parents=True)
    nbformat.write(notebook(RIGHT), root / "solutions" / "05_double" / "05_double.ipynb")
    for student, answer in CLASS.items():
        place = root / "submitted" / student / "05_double"
        place.mkdir(parents=True)
        nbformat.write(notebook(answer), place / "05_double.ipynb")
    (root / "submitted" / "max").mkdir()
    (root / "submitted" / "max" / "05_double.ipynb").write_bytes(b"no notebook")
    Gradebook(root / "gradebook.db").book.close()
    return root


@pytest.fixture
def room(school, tmp_path, monkeypatch):
    """An empty folder to grade into, with short limits."""
    (tmp_path / "gradebook.db").write_bytes((school / "gradebook.db").read_bytes())
    monkeypatch.setattr(command, "SOLUTIONS", school / "solutions")
    monkeypatch.setattr(command, "Limits", lambda: Limits(call=1, total=10))
    return tmp_path


def run(school, room, *options):
    options = ["05", "--submissions", str(school / "submitted"), "--into", str(room), "--workers", "2", *options]
    return command.main(command_parser().parse_args(["grade", *options]))


def scores(room):
    from nbgrader import api

    with api.Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        return {one.student.id: one.score for one in book.assignment_submissions("05_double")}


def test_class_is_graded_into_gradebook_feedback_and_table(school, room, capsys):
    assert run(school, room) == 0
    assert scores(room) == POINTS
    said = capsys.readouterr().out
    assert "6 marked now, 0 before" in said
    assert "the same code: ada, joe" in said
    assert "The file is no notebook" in said
    assert "twice: no. Hint: add." in (room / "feedback" / "bob" / "05_double" / "05_double.html").read_text()
    graded = nbformat.read(room / "autograded" / "ada" / "05_double" / "05_double.ipynb", as_version=4)
    assert graded.cells[0].source == RIGHT

    assert run(school, room) == 0  # again: nothing is marked twice
    assert "0 marked now, 6 before" in capsys.readouterr().out
    assert scores(room) == POINTS


def test_only_what_changed_is_marked_again(school, room, capsys, tmp_path_factory):
    place = tmp_path_factory.mktemp("changing")
    for student in ("ada", "bob"):
        nbformat.write(notebook(CLASS[student]), place / f"{student}.ipynb")
    assert run(school, room, "--submissions", str(place)) == 0
    nbformat.write(notebook(RIGHT), place / "bob.ipynb")
    capsys.readouterr()
    assert run(school, room, "--submissions", str(place)) == 0
    assert "1 marked now, 1 before" in capsys.readouterr().out
    assert scores(room) == {"ada": 5.0, "bob": 5.0}


def test_solution_that_fails_its_own_check_stops_the_grading(school, room, monkeypatch, tmp_path, capsys):
    place = tmp_path / "wrong" / "05_double"
    place.mkdir(parents=True)
    nbformat.write(notebook(CLASS["bob"]), place / "05_double.ipynb")
    monkeypatch.setattr(command, "SOLUTIONS", tmp_path / "wrong")
    assert run(school, room) == 1
    assert "does not pass its own checks" in capsys.readouterr().err
    assert scores(room) == {}


def test_unknown_exercise_and_empty_folder_are_one_line(school, room, tmp_path, capsys):
    assert run(school, room, "--submissions", str(tmp_path / "nowhere")) == 1
    assert command.main(command_parser().parse_args(["grade", "99"])) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_worker_that_dies_costs_nobody_a_mark(school, room, monkeypatch, capsys):
    deaths = room / "deaths"

    def workers(number):
        pool = worker.workers(number)
        if not deaths.exists():
            deaths.touch()
            pool.submit(os._exit, 1)
        return pool

    monkeypatch.setattr(command, "workers", workers)
    assert run(school, room) == 0
    assert scores(room) == POINTS


def test_workers_that_always_die_are_given_up_in_one_line_each(school, room, monkeypatch, capsys):
    def workers(number):
        pool = worker.workers(number)
        pool.submit(os._exit, 1).exception()
        return pool

    monkeypatch.setattr(command, "workers", workers)
    assert run(school, room) == 1
    assert capsys.readouterr().err.count("its worker died 3 times") == len(POINTS)


PROGRAM = """
import os, random, signal, sys, time
from pathlib import Path
from course.commands.command_line import command_parser
from course.grading import command
from course.grading.sandbox import Limits

if __name__ == "__main__":
    command.SOLUTIONS = Path(sys.argv[1])
    command.Limits = lambda: Limits(call=1, total=10)
    arguments = command_parser().parse_args(["grade", *sys.argv[2:]])
    ledger = arguments.into / "grading" / "ledger.jsonl"
    moments = random.Random(0)
    for lines in (0, 1, 3):  # once so many are recorded, and a moment later
        if (grader := os.fork()) == 0:
            os._exit(command.main(arguments))
        while lines and (not ledger.exists() or ledger.read_bytes().count(b"\\n") < lines):
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.1))
        os.kill(grader, signal.SIGKILL)
        os.waitpid(grader, 0)
    sys.exit(command.main(arguments))
"""


def test_grader_killed_at_any_moment_loses_and_doubles_no_mark(school, room):
    (room / "grade.py").write_text(PROGRAM)
    options = ["05", "--submissions", str(school / "submitted"), "--into", str(room), "--workers", "1"]
    words = [sys.executable, str(room / "grade.py"), str(school / "solutions"), *options]
    environment = {**os.environ, "PYTHONPATH": str(COURSE.parent)}
    finished = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert scores(room) == POINTS
    with Ledger(room / "grading" / "ledger.jsonl") as book:
        assert collections.Counter(entry.student for entry in book.entries) == dict.fromkeys(POINTS, 1)


def test_own_work_is_graded_without_a_sandbox_and_marked_so(school, room, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: pytest.fail("a sandbox was built"))
    nbformat.write(notebook(RIGHT), tmp_path / "ada.ipynb")
    nbformat.write(notebook(CLASS["kim"]), tmp_path / "kim.ipynb")
    assert run(school, room, "--submissions", str(tmp_path), "--trust-submissions") == 0
    assert capsys.readouterr().out.count("trusted: ran without a sandbox") == 2
    assert scores(room) == {"ada": 5.0, "kim": 0.0}


def test_without_a_sandbox_nothing_is_graded(school, room, monkeypatch, capsys):
    def missing():
        raise sandbox.NoSandbox(f"bubblewrap is not installed. {sandbox.HELP}")

    monkeypatch.setattr(sandbox, "bubblewrap", missing)
    assert run(school, room) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "WSL2" in said
    assert "--trust-submissions" in said
    assert not (room / "grading").exists()


def test_full_disk_is_one_line_a_file_and_the_marks_stay(school, room, monkeypatch, capsys):
    def full(file, text):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(command, "write_text", full)
        disk.setattr(batch, "write_graded", lambda entry, notebook, file: full(file, ""))
        assert run(school, room) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 * len(POINTS) + 1  # gradebook and feedback of each, the table of all
    assert all("No space left on device" in line for line in said)
    assert run(school, room) == 0
    assert "0 marked now, 6 before" in capsys.readouterr().out
    assert scores(room) == POINTS


def test_locked_gradebook_is_one_line_each_and_the_next_run_writes_it(school, room, monkeypatch, capsys):
    def locked(self, entry):
        raise GradebookFault("database is locked")

    with monkeypatch.context() as lock:
        lock.setattr(Gradebook, "record", locked)
        assert run(school, room) == 1
    assert capsys.readouterr().err.count("marked, but not in the gradebook yet: database is locked") == len(POINTS)
    assert run(school, room) == 0
    assert scores(room) == POINTS


def test_interrupted_grading_begins_nothing_more(school, monkeypatch):
    begun = []

    def slow(exercise, content, limits, walls):
        begun.append(content)
        time.sleep(0.05)
        return None, "no notebook", {}

    monkeypatch.setattr(batch, "mark_bytes", slow)
    everybody = [HandedIn(f"s{number}", "", lambda: b"") for number in range(30)]
    results = batch._marked(None, everybody, lambda: ThreadPoolExecutor(1), Limits(), True, print)
    next(results)
    results.close()
    assert len(begun) <= 3


def test_folder_that_cannot_be_written_is_one_line(school, room, capsys):
    (room / "file").touch()
    assert run(school, room, "--into", str(room / "file")) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_cluster_gives_the_marks_of_this_machine(school, room):
    distributed = pytest.importorskip("distributed", reason="dask is not installed")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(**options) as cluster:
        assert run(school, room, "--scheduler", cluster.scheduler_address) == 0
    assert scores(room) == POINTS


def test_version_changes_with_limits_and_walls():
    versions = [batch.version(limits, walls) for limits in (Limits(), Limits(call=1)) for walls in (True, False)]
    assert len(set(versions)) == 4
    assert versions[0] == batch.version(Limits(), True)


def test_result_of_a_worker_is_what_this_process_would_say(school):
    exercise = load_exercise(school / "solutions" / "05_double" / "05_double.ipynb")
    content = read_submission(school / "submitted" / "ada" / "05_double" / "05_double.ipynb")
    with worker.workers(1) as pool:
        there, *rest = pool.submit(worker.mark_bytes, exercise, content, Limits()).result()
    here, *others = worker.mark_bytes(exercise, content, Limits())
    assert there.marks == here.marks
    assert rest == others
    assert json.dumps(rest)


def test_workers_end_with_a_killed_grader(room):
    program = (
        "import os, sys, time; from course.grading.worker import workers\n"
        "if __name__ == '__main__':\n"
        "    pool = workers(1)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    pool.submit(time.sleep, 60)\n"
        "    time.sleep(60)\n"
    )
    (room / "hold.py").write_text(program)
    environment = {**os.environ, "PYTHONPATH": str(COURSE.parent)}
    grader = subprocess.Popen([sys.executable, room / "hold.py"], stdout=subprocess.PIPE, env=environment)
    process = Path(f"/proc/{int(grader.stdout.readline())}")
    grader.kill()
    grader.wait()
    grader.stdout.close()
    for _ in range(50):
        if not process.exists():
            break
        time.sleep(0.1)
    assert not process.exists()
