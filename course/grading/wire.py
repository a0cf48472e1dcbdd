"""Values on the wire between a trusted and an untrusted process: plain data, never code.

A frame is two lengths, a JSON text and the bytes of its arrays one after the other. Numbers, strings, lists, tuples,
sets, dictionaries and NumPy arrays arrive as themselves; anything else is a handle: a number that stands for an object
of the other side. Nothing is ever unpickled, imported or called to read a frame, and its size, depth and number of
parts are limited, so that a hostile one costs a bounded amount of memory and an error.
"""

import functools
import json
import math
import re
import struct
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

HEAD = struct.Struct("!II")  # bytes of JSON, bytes of arrays
MOST_TEXT = 4 * 2**20
MOST_ARRAYS = 64 * 2**20
MOST_PARTS = 200_000
DEEPEST = 40
MOST_DIMENSIONS = 16
MOST_DIGITS = 1_000
DTYPE = re.compile(r"[<>|](b1|[iu][1248]|f[248]|c8|c16|U\d{1,6})")
NAME = re.compile(r"[A-Za-z]\w{0,59}", re.ASCII)


class NotPlain(Exception):
    """A value that cannot be sent: too large, too deep, or of no kind the other side would understand."""


class BadFrame(Exception):
    """What the other side sent is no frame of this format."""


def pack(value: Any, handle: Callable[[Any], dict | np.ndarray] | None = None) -> bytes:
    """The frame of a value.

    Args:
        value: plain data, with objects in it if `handle` is given.
        handle: turns an object that is not plain into an array to send in its place, or into a flat dictionary of
            strings, numbers and truth values that describes it.

    Raises:
        NotPlain: the value is too large, too deep, or holds an object where no handle can be made.

    >>> unpack(pack({"gate": (0.5, [1, None, "keep"])}))
    {'gate': (0.5, [1, None, 'keep'])}
    """
    arrays: list[bytes] = []
    parts = 0

    def plain(value: Any, depth: int) -> Any:
        nonlocal parts
        parts += 1
        if depth > DEEPEST:
            raise NotPlain(f"expected values nested at most {DEEPEST} deep")
        if parts > MOST_PARTS:
            raise NotPlain(f"expected at most {MOST_PARTS:,} parts in a value; send an array")
        kind = type(value)
        if value is None or kind in (bool, str):
            return value
        if isinstance(value, np.generic | np.ndarray):
            return array(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            if abs(int(value)) >= 10**MOST_DIGITS:
                raise NotPlain(f"expected a whole number of at most {MOST_DIGITS:,} digits")
            return int(value)
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else {"float": repr(float(value))}
        if isinstance(value, complex):
            return {"complex": [plain(value.real, depth + 1), plain(value.imag, depth + 1)]}
        if isinstance(value, bytes | bytearray):
            arrays.append(bytes(value))
            return {"bytes": len(value)}
        if isinstance(value, tuple):
            items = [plain(one, depth + 1) for one in value]
            fields = getattr(kind, "_fields", None)
            return {"named": [kind.__name__, list(fields), items]} if fields else {"tuple": items}
        if isinstance(value, list):
            return [plain(one, depth + 1) for one in value]
        if isinstance(value, set | frozenset):
            return {"set": [plain(one, depth + 1) for one in value]}
        if isinstance(value, dict):
            return {"dict": [[plain(key, depth + 1), plain(one, depth + 1)] for key, one in value.items()]}
        if handle is None:
            raise NotPlain(f"expected plain data or something the student made, got {kind.__name__}")
        described = handle(value)
        return array(described) if isinstance(described, np.ndarray) else {"handle": described}

    def array(value: Any) -> dict:
        shape = list(value.shape)
        dtype = value.dtype.newbyteorder("<") if value.dtype.isnative else value.dtype
        if not DTYPE.fullmatch(dtype.str):
            raise NotPlain(f"expected an array of numbers, truth values or strings, got dtype {value.dtype}")
        if value.nbytes > MOST_ARRAYS:
            raise NotPlain(f"expected arrays of at most {MOST_ARRAYS:,} bytes, got {value.nbytes:,}")
        arrays.append(np.ascontiguousarray(value, dtype=dtype).tobytes())
        return {"scalar" if isinstance(value, np.generic) else "array": [dtype.str, shape]}

    text = json.dumps(plain(value, 0)).encode()
    size = sum(map(len, arrays))
    if len(text) > MOST_TEXT or size > MOST_ARRAYS:
        raise NotPlain(
            f"expected at most {MOST_TEXT:,} bytes of text and {MOST_ARRAYS:,} of arrays, "
            f"got {len(text):,} and {size:,}"
        )
    return b"".join([HEAD.pack(len(text), size), text, *arrays])


def lengths(head: bytes) -> tuple[int, int]:
    """Bytes of JSON and of arrays that follow a head of `HEAD.size` bytes.

    Raises:
        BadFrame: more than a frame may have.
    """
    text, arrays = HEAD.unpack(head)
    if text > MOST_TEXT or arrays > MOST_ARRAYS:
        raise BadFrame(f"expected at most {MOST_TEXT:,} and {MOST_ARRAYS:,} bytes, got {text:,} and {arrays:,}")
    return text, arrays


def unpack(frame: bytes, handle: Callable[[dict], Any] | None = None) -> Any:
    """The value of a frame, built from nothing but its bytes.

    Args:
        frame: as `pack` makes it, though anybody may have made it.
        handle: makes a stand-in from the flat dictionary that describes an object of the other side.

    Raises:
        BadFrame: anything in it is not of this format.
    """
    try:
        text, size = lengths(frame[: HEAD.size])
        if len(frame) != HEAD.size + text + size:
            raise BadFrame(f"expected {HEAD.size + text + size} bytes, got {len(frame)}")
        tree = json.loads(frame[HEAD.size : HEAD.size + text])
        return _Reader(memoryview(frame)[HEAD.size + text :], handle).read(tree, 0)
    except BadFrame:
        raise
    except Exception as error:  # whatever a foreign byte made a constructor say
        raise BadFrame(f"{type(error).__name__}: {str(error)[:200]}") from None


class _Reader:
    def __init__(self, arrays: memoryview, handle: Callable[[dict], Any] | None):
        self.arrays = arrays
        self.handle = handle
        self.parts = 0

    def read(self, tree: Any, depth: int) -> Any:
        self.parts += 1
        if depth > DEEPEST + 1 or self.parts > 2 * MOST_PARTS:
            raise BadFrame("expected fewer parts, or less nesting")
        if isinstance(tree, list):
            return [self.read(one, depth + 1) for one in tree]
        if isinstance(tree, str) and not tree.isascii():
            return tree.encode("utf-8", "replace").decode()  # half a surrogate pair could not be printed
        if not isinstance(tree, dict):
            return tree
        [(tag, content)] = tree.items()
        return getattr(self, f"read_{tag}" if tag in TAGS else "refuse")(content, depth)

    def refuse(self, content, depth):
        raise BadFrame("expected a known tag")

    def read_float(self, content, depth):
        if content not in ("nan", "inf", "-inf"):
            raise BadFrame("expected nan or an infinity")
        return float(content)

    def read_complex(self, content, depth):
        real, imaginary = self.read(content, depth)
        return complex(real, imaginary)

    def read_bytes(self, content, depth):
        return self.take(content)

    def read_tuple(self, content, depth):
        return tuple(self.items(content, depth))

    def read_set(self, content, depth):
        return set(self.items(content, depth))

    def read_dict(self, content, depth):
        return {self.read(key, depth + 1): self.read(value, depth + 1) for key, value in content}

    def read_named(self, content, depth):
        name, fields, items = content
        if not all(isinstance(one, str) and NAME.fullmatch(one) for one in [name, *fields]) or len(fields) > 100:
            raise BadFrame("expected the names of a named tuple")
        return _named(name, tuple(fields))(*self.items(items, depth))

    def read_array(self, content, depth):
        dtype, shape = content
        if not DTYPE.fullmatch(dtype):
            raise BadFrame("expected a dtype of numbers, truth values or strings")
        if len(shape) > MOST_DIMENSIONS or not all(type(one) is int and 0 <= one < 2**48 for one in shape):
            raise BadFrame("expected a shape")
        dtype = np.dtype(dtype)
        content = self.take(math.prod(shape) * dtype.itemsize)
        if dtype.kind == "b":  # a truth value is one bit; other bytes would be neither
            return np.frombuffer(content, np.uint8).reshape(shape).astype(bool)
        if dtype.kind == "U" and np.any(np.frombuffer(content, "<u4") > 0x10FFFF):
            raise BadFrame("expected characters")
        return np.frombuffer(content, dtype).reshape(shape).copy()

    def read_scalar(self, content, depth):
        dtype, shape = content
        if shape != []:
            raise BadFrame("expected a scalar")
        return self.read_array([dtype, []], depth)[()]

    def read_handle(self, content, depth):
        if self.handle is None or not isinstance(content, dict):
            raise BadFrame("expected no handle here")
        return self.handle(content)

    def items(self, content, depth):
        if not isinstance(content, list):
            raise BadFrame("expected a list")
        return [self.read(one, depth + 1) for one in content]

    def take(self, size: int) -> bytes:
        if type(size) is not int or not 0 <= size <= len(self.arrays):
            raise BadFrame("expected the bytes that were announced")
        taken, self.arrays = self.arrays[:size], self.arrays[size:]
        return bytes(taken)


@functools.lru_cache(maxsize=64)
def _named(name: str, fields: tuple[str, ...]) -> type:
    return namedtuple(name, fields)


TAGS = {name.removeprefix("read_") for name in vars(_Reader) if name.startswith("read_")}
