"""What a student's code says arrives as plain data; no object of theirs decides a comparison on the trusted side."""

import collections
import socket
import threading
import time
import types

import numpy as np
import pytest

from course.grading.bridge import Stopped, Student, StudentError
from course.grading.channel import Channel
from course.grading.inside import Runner
from course.grading.sandbox import Limits
from course.grading.wire import HEAD, NotPlain, pack


class Unwalled:
    """The inside in a thread of this process: what is tested is the bridge, not the walls."""

    def __init__(self):
        ours, self.theirs = socket.socketpair()
        self.channel, self.limits = Channel(ours), Limits()

    def look(self):
        pass


class Threaded(Runner):
    def __init__(self, channel):  # neither the main module nor the alarm of the test run is touched
        self.channel, self.seconds = channel, 5
        from course.grading.inside import Objects

        self.objects, self.main = Objects(), types.ModuleType("__main__")


@pytest.fixture
def student(monkeypatch):
    from course.grading import inside

    monkeypatch.setattr(inside.signal, "setitimer", lambda *_: None)
    monkeypatch.setattr(inside, "sys", types.SimpleNamespace(modules={}, stdout=None, stderr=None))
    box = Unwalled()
    thread = threading.Thread(target=Threaded(Channel(box.theirs)).serve)
    thread.start()
    yield Student(box, time.monotonic() + 30)
    box.channel.end.close()
    thread.join()
    box.theirs.close()


def made(student, source, name="answer"):
    student.run("cell", source)
    return student.get(name)


@pytest.mark.parametrize(
    "value",
    [1, 0.5, "text", None, True, [1, [2]], (1, "a"), {"a": {1, 2}}, 1 + 2j, b"bytes"],
    ids=repr,
)
def test_plain_value_goes_there_and_back(student, value):
    arrived = made(student, "def answer(x): return x")(value)
    assert arrived == value
    assert type(arrived) is type(value)


def test_array_goes_there_and_back_in_its_type(student):
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    arrived = made(student, "def answer(x, *, scale): return x * scale")(array, scale=np.float32(2))
    np.testing.assert_array_equal(arrived, 2 * array)
    assert arrived.dtype == np.float32


def test_tuple_of_tensors_arrives_as_arrays(student):
    source = """
import numpy as np
class Tensor:
    def __array__(self, dtype=None, copy=None): return np.ones(2)
answer = (Tensor(), [Tensor()])
"""
    first, [second] = made(student, source)
    np.testing.assert_array_equal(first, second)


def test_class_is_used_through_stand_ins(student):
    source = """
class answer:
    def __init__(self, words): self.words = words
    def encode(self, words): return [self.words.index(word) for word in words]
    def __len__(self): return len(self.words)
    def __getitem__(self, number): return self.words[number]
    def __contains__(self, word): return word in self.words
"""
    vocabulary = made(student, source)(["a", "b", "c"])
    assert vocabulary.encode(["c", "a"]) == [2, 0]
    assert vocabulary.words == ["a", "b", "c"]
    assert (len(vocabulary), vocabulary[1], list(vocabulary)) == (3, "b", ["a", "b", "c"])
    assert "b" in vocabulary
    assert "d" not in vocabulary


def test_object_of_the_student_can_be_handed_back(student):
    student.run("cell", "class A: pass\na = A()\ndef same(x): return x is a")
    assert student.get("same")(student.get("a")) is True


def test_generator_is_read_as_far_as_needed(student):
    numbers = made(student, "import itertools\ndef answer(): yield from itertools.count()")()
    assert [next(numbers), next(numbers)] == [0, 1]
    assert [one for one, _ in zip(numbers, "abc", strict=False)] == [2, 3, 4]


EQUALS_ALL = """
class E:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __bool__(self): return True
    def __hash__(self): return 0
    def __float__(self): return 0.5
    def __abs__(self): return 0.0
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
answer = E()
"""


@pytest.mark.parametrize(
    "comparison",
    [
        lambda x: x == 3,
        lambda x: 3 == x,
        lambda x: not (x != 3),  # noqa: SIM202, its own operator
        lambda x: bool(x),
        lambda x: x < 3,
        lambda x: x >= 3,
        lambda x: abs(x - 3) < 1e-6,
        lambda x: float(x) == 0.5,
        lambda x: x in [3],
        lambda x: x in {3},
        lambda x: isinstance(x, int | float | tuple | list | np.ndarray),
        lambda x: np.allclose(x, 3.0),
        lambda x: np.array_equal(x, np.ones(3)),
        lambda x: np.testing.assert_allclose(x, 3.0) is None,
        lambda x: np.testing.assert_equal(x, 3.0) is None,
        lambda x: np.testing.assert_array_equal(x, np.ones(3)) is None,
        lambda x: [1, x] == [1, 3],
        lambda x: {"a": x} == {"a": 3},
        lambda x: x() == 3,
        lambda x: x.value == 3,
        lambda x: all(x == one for one in [1, 2]),
    ],
)
def test_object_that_equals_everything_equals_nothing(student, comparison):
    equal = made(student, EQUALS_ALL)
    try:
        result = comparison(equal)
    except (TypeError, ValueError, AssertionError, StudentError):
        return
    assert not result


def test_private_attributes_are_not_lent(student):
    equal = made(student, EQUALS_ALL)
    for name in ("__array__", "__array_interface__", "__array_struct__", "__class_getitem__", "_secret", "__dict__x"):
        with pytest.raises(AttributeError):
            getattr(equal, name)


@pytest.mark.parametrize(
    ("raised", "caught"),
    [
        ("ValueError('no')", ValueError),
        ("KeyError('k')", KeyError),
        ("NotImplementedError", NotImplementedError),
        ("type('Mine', (IndexError,), {})('x')", IndexError),
    ],
)
def test_error_can_be_expected_by_its_kind(student, raised, caught):
    answer = made(student, f"def answer(): raise {raised}")
    with pytest.raises(caught):
        answer()


@pytest.mark.parametrize(
    "raised", ["StopIteration", "SystemExit", "KeyboardInterrupt", "GeneratorExit", "AssertionError"]
)
def test_error_that_would_steer_the_check_is_only_an_error(student, raised):
    answer = made(student, f"def answer(*_): raise {raised}()")
    with pytest.raises(StudentError):
        assert all(map(answer, [1, 2, 3]))


def test_error_says_where_it_was_raised(student):
    student.run("my-cell", "def inner(x):\n    return 1 / x\n\ndef answer(x):\n    return inner(x)")
    with pytest.raises(ZeroDivisionError) as caught:
        student.get("answer")(0)
    assert caught.value.where == "my-cell, line 5: return inner(x)\nmy-cell, line 2: return 1 / x"


def test_error_that_cannot_be_printed_is_an_error(student):
    source = "class B(Exception):\n    def __str__(self): raise self\ndef answer(): raise B()"
    with pytest.raises(StudentError, match="cannot be printed"):
        made(student, source)()


def test_result_that_cannot_be_sent_is_the_students_error(student):
    for result in ("[0] * 10**6", "10**5000", "deep()"):
        source = f"def deep():\n    x = []\n    x.append(x)\n    return x\ndef answer(): return {result}"
        with pytest.raises(StudentError, match="expected"):
            made(student, source)()


def test_argument_that_cannot_be_sent_is_the_checks_error(student):
    answer = made(student, "def answer(x): return x")
    with pytest.raises(NotPlain, match="got function"):
        answer(lambda: 1)
    assert answer(1) == 1


def test_name_that_is_missing_is_a_name_error(student):
    with pytest.raises(NameError, match="'nothing' is not defined"):
        student.get("nothing")


def test_notebook_commands_are_left_out(student):
    assert made(student, "%matplotlib inline\n!ls\nanswer = 7 % 4") == 3


def test_named_tuple_of_the_student_keeps_its_fields(student):
    step = made(student, "import collections\nanswer = collections.namedtuple('Step', 'cell hidden')(1, 2)")
    assert isinstance(step, tuple)
    assert step.hidden == 2


def test_counter_is_compared_as_a_dictionary(student):
    assert made(student, "import collections\nanswer = collections.Counter('aab')") == collections.Counter("aab")


def framed(text):
    return HEAD.pack(len(text), 0) + text


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(pack(7), id="no dictionary"),
        pytest.param(pack({"value": 1}), id="no output"),
        pytest.param(pack({"value": 1, "output": 7}), id="output no text"),
        pytest.param(framed(b'{"handle": {"id": "1", "type": "int"}}'), id="handle without a number"),
        pytest.param(framed(b'{"handle": {"id": 1, "type": "<script>"}}'), id="handle with a script for a type"),
        pytest.param(framed(b'{"handle": {"id": 1}}'), id="handle without a type"),
        pytest.param(framed(b"{"), id="no frame"),
        pytest.param(b"\0", id="half a frame"),
    ],
)
def test_reply_of_another_shape_stops_the_student(reply):
    box = Unwalled()
    with box.theirs, box.channel.end:
        box.theirs.sendall(reply)
        box.theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(Stopped):
            Student(box, time.monotonic() + 5).get("x")
