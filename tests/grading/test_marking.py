"""Honest marks for hostile, broken and unlucky submissions; what one answer does costs no other answer a mark."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from course.grading.exercise import Cell, Exercise, load_exercise
from course.grading.marking import mark
from course.grading.sandbox import COURSE, Limits
from course.grading.submission import Step, Submission, rebuild

pytestmark = pytest.mark.usefixtures("walls")
LIMITS = Limits(call=1.0, total=15, grace=0.5, memory=400 * 2**20)
EXERCISE = Exercise(
    "e",
    (
        Cell("setup", "given", "import numpy as np\n\n\ndef triple(x):\n    return 3 * x", 0, True),
        Cell("double", "answer", "def double(x):\n    return 2 * x", 0, True),
        Cell(
            "check-double",
            "check",
            """\
assert double(1) == 2, "twice: expected twice the number. Hint: add it to itself."
np.testing.assert_allclose(double(np.ones(3)), [2, 2, 2], err_msg="array: Hint: no loop is needed.")
print("holds so far")
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(double(np.arange(5.0)), [0, 2, 4, 6, 8], err_msg="value: Hint: try another number.")
### END HIDDEN TESTS""",
            5,
            True,
        ),
        Cell("negate", "answer", "def negate(x):\n    return -x", 0, True),
        Cell("check-negate", "check", "assert negate(3) == -3\nassert negate(-4.5) == 4.5", 3, True),
        Cell("explain", "essay", "Because.", 4, False),
    ),
    "digest",
)
DOUBLE = "def double(x):\n    return x + x"
NEGATE = "def negate(x):\n    return 0 - x"


def marked(double=DOUBLE, negate=NEGATE, added=(), limits=LIMITS):
    steps = [
        Step("setup", EXERCISE.cells[0].source, "setup"),
        Step("double", double, "double"),
        Step("negate", negate, "negate"),
        *(Step(f"added-{n}", source, place, added=True) for n, (place, source) in enumerate(added)),
    ]
    return mark(EXERCISE, Submission({}, tuple(steps), (), "digest"), limits)


def points(result):
    return [one.points for one in result.marks]


def test_honest_answers_get_their_points_and_the_essay_waits_for_a_person():
    result = marked()
    assert points(result) == [5, 3, 0]
    assert [one.status for one in result.marks] == ["passed", "passed", "to read"]
    assert result.marks[0].printed == "holds so far\n"
    assert (result.errors, result.flags) == ({}, ())


@pytest.mark.parametrize(
    ("double", "message"),
    [
        ("def double(x): return 3 * x", "twice: expected twice the number. Hint: add it to itself."),
        ("def double(x): return 2 if np.ndim(x) == 0 else x", "array: Hint: no loop is needed."),
        ("def double(x): return x + 1", "value: Hint: try another number."),
        ("def double(x): return x / 0", "ZeroDivisionError: division by zero\ndouble, line 1: "),
        ("def double(x) return 2", "double is not defined, because its cell failed: SyntaxError"),
        ("", "name 'double' is not defined"),
        ("raise NotImplementedError('Exercise 05: write double')", "Exercise 05: write double"),
    ],
)
def test_wrong_answer_gets_its_hint_and_no_expected_number(double, message):
    result = marked(double=double)
    assert points(result) == [0, 3, 0]
    assert message in result.marks[0].message
    assert "6" not in result.marks[0].message


def test_traps_before_the_first_answer_do_not_help():
    trap = "import builtins, numpy.testing\nnumpy.testing.assert_allclose = builtins.all = lambda *a, **k: True"
    assert points(marked(double="def double(x): return 2", added=[(None, trap)])) == [0, 3, 0]


HONEST = {
    "warns": "import warnings\ndef double(x):\n    warnings.warn('careful')\n    return x + x",
    "writes to stderr": "import sys\ndef double(x):\n    print('careful', file=sys.stderr)\n    return x + x",
    "exit at the end": DOUBLE + "\nexit()",
    "sys.exit at the end": DOUBLE + "\nimport sys\nsys.exit(1)",
    "error after the answer": DOUBLE + "\n1 / 0",
    "magic": "%matplotlib inline\n!pip install numpy\n" + DOUBLE,
    "prints a lot": DOUBLE + "\nprint('x' * 10**6)",
    "lambda": "double = lambda x: 2 * x",
    "class with a call": "class D:\n    def __call__(self, x): return 2 * x\ndouble = D()",
    "its own cache": "import functools\nseen = {}\n\n\ndef double(x):\n    seen[str(x)] = 1\n    return x * 2",
    "a list for an array": "def double(x): return 2 * x if not np.ndim(x) else [2 * float(one) for one in x]",
    "a thread left behind": "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n"
    + DOUBLE,
    "a child left behind": "import subprocess\nsubprocess.Popen(['sleep', '98.765'])\n" + DOUBLE,
}


@pytest.mark.parametrize("double", HONEST.values(), ids=HONEST.keys())
def test_right_answer_keeps_its_points(double):
    assert points(marked(double=double)) == [5, 3, 0]


def test_answers_before_a_process_that_ended_are_there_again():
    result = marked(negate="import os\ndef negate(x): os._exit(1)", added=[("check-negate", "double(1)")])
    assert points(result) == [5, 0, 0]
    assert result.errors == {}
    assert any("ended the process" in flag for flag in result.flags)


def test_cell_that_ends_the_process_is_not_run_again():
    result = marked(added=[("setup", "import os\nos._exit(3)")])
    assert points(result) == [5, 3, 0]
    assert "ended the process" in result.errors["added-0"]


def test_helper_that_the_student_added_is_there():
    assert (
        points(marked(double="def double(x): return twice(x)", added=[("setup", "def twice(x): return 2 * x")]))[0] == 5
    )


def test_given_function_does_not_stand_in_for_a_missing_answer():
    given = Cell("given", "given", "def double(x):\n    return 2 * x", 0, True)
    exercise = Exercise("e", (EXERCISE.cells[0], given, *EXERCISE.cells[1:3]), "d")
    steps = (Step("setup", "import numpy as np", "setup"), Step("given", "", "given"), Step("double", "", "double"))
    assert mark(exercise, Submission({}, steps, (), "d"), LIMITS).marks[0].points == 0


def test_time_in_all_is_limited_over_the_whole_submission():
    start = time.monotonic()
    slow = "import time\n\n\ndef {0}(x):\n    time.sleep(0.9)\n    return 2 * x if '{0}' == 'double' else -x"
    result = marked(slow.format("double"), slow.format("negate"), limits=Limits(call=1, total=2.2))
    assert points(result) == [0, 0, 0]
    assert "seconds in all" in result.marks[1].message
    assert time.monotonic() - start < 6


@pytest.mark.parametrize("threaded", [False, True])
def test_check_that_loops_on_a_students_word_is_stopped(threaded):
    loop = Cell("loop", "check", "steps = double(1)\nwhile steps < 5:\n    pass", 1, True)
    exercise = Exercise("e", (*EXERCISE.cells[:2], loop), "d")
    steps = (Step("setup", "", "setup"), Step("double", DOUBLE, "double"))
    submission, limits = Submission({}, steps, (), "d"), Limits(call=1, total=1)
    if threaded:  # as in a worker of a cluster
        with ThreadPoolExecutor(1) as pool:
            result = pool.submit(mark, exercise, submission, limits).result()
    else:
        result = mark(exercise, submission, limits)
    assert (result.marks[0].points, result.marks[0].status) == (0, "not run")


def test_check_that_cannot_send_its_argument_is_read_by_a_person():
    broken = Cell("broken", "check", "double(lambda: 1)", 1, True)
    exercise = Exercise("e", (*EXERCISE.cells[:2], broken), "d")
    steps = (Step("setup", "", "setup"), Step("double", DOUBLE, "double"))
    result = mark(exercise, Submission({}, steps, (), "d"), LIMITS)
    assert result.marks[0].status == "broken check"
    assert any("not plain" in flag for flag in result.flags)


def test_same_submission_gets_the_same_marks_whatever_ran_before():
    dice = "import random\n\n\ndef double(x):\n    print(random.random(), np.random.rand())\n    return 2 * x"
    first = marked(double=dice)
    random.seed(99)
    np.random.seed(99)  # noqa: NPY002, what an earlier submission did
    second = marked(double=dice)
    assert first.printed == second.printed


def test_given_cells_print_nothing_into_the_grading_and_may_show_an_answer(capsys):
    cells = list(EXERCISE.cells)
    cells.insert(1, Cell("hello", "given", "print('given')", 0, True))
    cells.insert(3, Cell("show", "given", "shown = [double(n) for n in range(3)]\nprint(shown)", 0, True))
    cells.insert(4, Cell("check-shown", "check", "assert shown == [0, 2, 4]", 1, True))
    exercise = Exercise("e", tuple(cells), "d")
    steps = tuple(Step(one.id, one.source, one.id) for one in cells if one.code and one.role != "check")
    result = mark(exercise, Submission({}, steps, (), "d"), LIMITS)
    assert points(result) == [1, 5, 3, 0]
    assert result.printed["show"] == "[0, 2, 4]\n"
    assert capsys.readouterr().out == ""


def test_nothing_is_left_of_a_submission():
    assert points(marked(double=HONEST["a child left behind"])) == [5, 3, 0]
    commands = [pid / "cmdline" for pid in Path("/proc").iterdir() if pid.name.isdigit()]
    assert not [one for one in commands if one.exists() and b"98.765" in one.read_bytes()]


NAMES = sorted(path.stem for path in (COURSE.parent / "exercises").glob("*/*.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_solution_gets_all_points_and_the_empty_exercise_none(name):
    exercise = load_exercise(COURSE.parent / "solutions" / name / f"{name}.ipynb")
    checks = [cell.id for cell in exercise.marked if cell.role == "check"]
    for folder, share in (("solutions", 1), ("exercises", 0)):
        content = (COURSE.parent / folder / name / f"{name}.ipynb").read_bytes()
        result = mark(exercise, rebuild(exercise, content))
        assert {one.id: one.points for one in result.marks if one.id in checks} == {
            cell.id: share * cell.points for cell in exercise.marked if cell.id in checks
        }
        assert result.flags == ()
