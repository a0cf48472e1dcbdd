"""One process imports; its forks share what it imported and nothing else."""

import socket

import pytest

from course.grading import warm
from course.grading.sandbox import Limits, NoSandbox, Sandbox
from course.grading.warm import NotWarm

pytestmark = pytest.mark.usefixtures("walls")
SMALL = Limits(call=5, total=20)


@pytest.fixture(autouse=True)
def cooled():
    """Each test begins and ends without a warm process."""
    warm.cool()
    yield
    warm.cool()


def asked(box, source):
    box.channel.send({"do": "run", "with": {"name": "cell", "source": source}})
    assert "value" in box.channel.receive(seconds=10)
    box.channel.send({"do": "get", "with": {"name": "answer"}})
    return box.channel.receive(seconds=10)["value"]


def test_what_was_imported_is_there_before_the_first_line():
    with Sandbox(SMALL, ("colorsys",)) as box:
        assert asked(box, "import sys\nanswer = 'colorsys' in sys.modules") is True


def test_one_process_serves_all_sandboxes_and_none_sees_another():
    with Sandbox(SMALL) as first, Sandbox(SMALL) as second:
        assert len(warm._kept) == 1
        asked(first, "import numpy\nnumpy.mine = 1\nopen('mine', 'w')\nanswer = 1")
        assert asked(second, "import numpy, os\nanswer = [hasattr(numpy, 'mine'), os.listdir('.')]") == [False, []]
    with Sandbox(SMALL) as third:
        assert asked(third, "import numpy\nanswer = hasattr(numpy, 'mine')") is False


def test_other_modules_need_another_process():
    first = warm.warm(("numpy",))
    assert warm.warm(("numpy",)) is first
    second = warm.warm(("numpy", "colorsys"))
    assert (first.alive, second.alive) == (False, True)


def test_process_that_was_killed_is_started_anew():
    with Sandbox(SMALL):
        warm._kept[0]._process.kill()
        warm._kept[0]._process.wait()
    with Sandbox(SMALL) as box:
        assert asked(box, "answer = 1") == 1


def test_answer_that_was_not_awaited_is_not_taken_for_the_next(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    first = warm.warm(("numpy",))
    with monkeypatch.context() as patch:
        patch.setattr(warm.json, "loads", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Sandbox(SMALL, walls=False)
    assert not first.alive
    with Sandbox(SMALL) as box:
        assert asked(box, "answer = 1") == 1


def test_module_that_fails_to_import_is_left_to_the_students_code():
    with Sandbox(SMALL, ("no_such_module", "colorsys")) as box:
        assert asked(box, "import sys\nanswer = 'colorsys' in sys.modules") is True


def test_operation_of_keras_is_left_to_the_fork():
    with Sandbox(SMALL, ("json",)) as box:
        assert asked(box, "import sys\nanswer = 'course.backend' in sys.modules") is False


def test_process_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(warm, "START", "raise SystemExit('no room, {root} {control}')")
    with pytest.raises(NotWarm, match="no room"):
        warm.Warm(("numpy",))
    with pytest.raises(NoSandbox, match="no room"):
        Sandbox(SMALL)


def test_interpreter_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setattr(warm.sys, "executable", "/no/python")
    with pytest.raises(NotWarm, match="/no/python"):
        warm.Warm(("numpy",))


def test_fork_that_cannot_join_a_sandbox_says_why():
    ours, theirs = socket.socketpair()
    with ours, theirs, open("/dev/null") as no_process, pytest.raises(NotWarm, match="join the namespaces"):
        warm.warm(("numpy",)).fork({"seconds": 1, "limits": {}}, theirs.fileno(), no_process.fileno())
