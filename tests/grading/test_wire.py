"""What crosses between a trusted and an untrusted process is plain data, and a hostile frame is only an error."""

import collections
import contextlib
import enum
import json
import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from course.grading import wire
from course.grading.wire import HEAD, BadFrame, NotPlain, pack, unpack

Point = collections.namedtuple("Point", "x y")
KEYS = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"))
PLAIN = st.recursive(
    KEYS | st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False) | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(KEYS | st.tuples(KEYS), inner)
        | st.frozensets(KEYS)
    ),
    max_leaves=20,
)


def frame(tree, arrays=b""):
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return HEAD.pack(len(text), len(arrays)) + text + arrays


@given(PLAIN)
@settings(max_examples=60, deadline=None)
def test_plain_data_arrives_as_itself(value):
    arrived = unpack(pack(value))
    assert arrived == value
    if not isinstance(value, frozenset):
        assert type(arrived) is type(value)


@pytest.mark.parametrize("dtype", ["?", "i1", "<i4", ">i4", "u8", "f2", "f4", "f8", "c8", "c16", "U3"])
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3)])
def test_array_arrives_in_value_shape_and_type(dtype, shape):
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    arrived = unpack(pack(array))
    np.testing.assert_array_equal(arrived, array)
    assert arrived.dtype.newbyteorder("=") == array.dtype.newbyteorder("=")
    assert arrived.flags.writeable


def test_slice_of_an_array_arrives_in_its_own_order():
    array = np.arange(12.0).reshape(3, 4)[::-1, ::2].T
    np.testing.assert_array_equal(unpack(pack(array)), array)


def test_scalar_of_numpy_stays_one():
    arrived = unpack(pack([np.float32(0.5), np.int64(3), np.bool_(True)]))
    assert [type(one) for one in arrived] == [np.float32, np.int64, np.bool_]
    assert arrived == [0.5, 3, True]


def test_nan_and_infinities_arrive():
    nan, *rest = unpack(pack([math.nan, math.inf, -math.inf]))
    assert math.isnan(nan)
    assert rest == [math.inf, -math.inf]


def test_named_tuple_keeps_its_fields():
    arrived = unpack(pack(Point(1, np.ones(2))))
    assert arrived.x == 1
    assert (arrived._fields, type(arrived).__name__) == (("x", "y"), "Point")


def test_subclasses_of_plain_types_arrive_as_the_plain_type():
    class Hostile(str):
        def __eq__(self, other):
            return True

        __hash__ = str.__hash__

    class Colour(enum.IntEnum):
        RED = 3

    arrived = unpack(pack([Hostile("a"), Colour.RED, collections.Counter("aab"), collections.OrderedDict(a=1)]))
    assert [type(one) for one in arrived] == [str, int, dict, dict]
    assert arrived == ["a", 3, {"a": 2, "b": 1}, {"a": 1}]


def test_object_needs_a_handle():
    with pytest.raises(NotPlain, match="got object"):
        pack([object()])
    with pytest.raises(BadFrame):
        unpack(pack([object()], handle=lambda _: {"id": 1}))
    assert unpack(pack([object()], handle=lambda _: {"id": 1}), handle=lambda about: about["id"] + 1) == [2]


def test_array_of_objects_is_not_sent():
    with pytest.raises(NotPlain, match="dtype object"):
        pack(np.array([object()]), handle=lambda _: {"id": 1})


def deep(levels):
    value = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(deep(100), id="deep"),
        pytest.param([0] * 300_000, id="many"),
        pytest.param("x" * 5_000_000, id="long"),
        pytest.param(np.zeros(9_000_000), id="large"),
        pytest.param(10**2000, id="digits"),
    ],
)
def test_sender_refuses_what_the_receiver_would(value):
    with pytest.raises(NotPlain, match="expected"):
        pack(value)


def test_circle_is_refused():
    circle = []
    circle.append(circle)
    with pytest.raises(NotPlain, match="deep"):
        pack(circle)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff" * 8, id="announces eight gigabytes"),
        pytest.param(frame(b"[" * 100_000), id="deep text"),
        pytest.param(frame(b"[" * 60 + b"]" * 60), id="deep value"),
        pytest.param(frame(b"[" + b"0," * 500_000 + b"0]"), id="many parts"),
        pytest.param(frame(b"1" * 5_000), id="endless number"),
        pytest.param(frame({"pickle": "gASVAAAA"}), id="a tag nobody knows"),
        pytest.param(frame({"__init__": [1, 2]}), id="a method as a tag"),
        pytest.param(frame({}), id="no tag"),
        pytest.param(frame({"tuple": [], "set": []}), id="two tags"),
        pytest.param(frame({"tuple": {"a": 1}}), id="items no list"),
        pytest.param(frame({"array": ["<f8", [3]]}, bytes(16)), id="fewer bytes than announced"),
        pytest.param(frame({"array": ["<f8", [-1]]}, bytes(16)), id="negative length"),
        pytest.param(frame({"array": ["<f8", [True]]}, bytes(8)), id="truth value as length"),
        pytest.param(frame({"array": ["<f8", [2**60, 2**60]]}), id="endless array"),
        pytest.param(frame({"array": ["|O", [1]]}, bytes(8)), id="array of objects"),
        pytest.param(frame({"array": [[["a", "O"]], [1]]}, bytes(8)), id="structured dtype"),
        pytest.param(frame({"array": ["<U1", [1]]}, b"\xff" * 4), id="no character"),
        pytest.param(frame({"scalar": ["<f8", [1]]}, bytes(8)), id="scalar with a shape"),
        pytest.param(frame({"bytes": -1}), id="negative bytes"),
        pytest.param(frame({"dict": [[[], 1]]}), id="list as a key"),
        pytest.param(frame({"float": "1e999j"}), id="no number"),
        pytest.param(frame({"complex": ["a", 1]}), id="no complex number"),
        pytest.param(frame({"named": ["P", ["__eq__"], [1]]}), id="named tuple that would equal everything"),
        pytest.param(frame({"named": ["P", ["class"], [1]]}), id="keyword as a field"),
        pytest.param(frame({"named": ["P", ["a"], [1, 2]]}), id="more items than fields"),
        pytest.param(frame({"handle": {"id": 1}}), id="handle where none is"),
        pytest.param(frame([]) + b"more", id="more bytes than announced"),
        pytest.param(frame(b"\xff\xfe"), id="no text"),
    ],
)
def test_hostile_frame_is_an_error_and_nothing_else(hostile):
    with pytest.raises(BadFrame):
        unpack(hostile)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_an_error_or_a_value(content):
    with contextlib.suppress(BadFrame):
        unpack(content)


@given(PLAIN, st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_frame_is_an_error_or_a_value(value, data):
    damaged = bytearray(pack([value, np.arange(3.0)]))
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadFrame):
        unpack(bytes(damaged))


def test_half_a_surrogate_pair_can_be_printed_when_it_arrives():
    assert unpack(frame(b'"\\ud800"')) == "?"


def test_limits_are_those_of_the_format():
    assert wire.lengths(HEAD.pack(wire.MOST_TEXT, wire.MOST_ARRAYS)) == (wire.MOST_TEXT, wire.MOST_ARRAYS)
    with pytest.raises(BadFrame, match="bytes"):
        wire.lengths(HEAD.pack(wire.MOST_TEXT + 1, 0))
