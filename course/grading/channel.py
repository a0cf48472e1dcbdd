"""Values between two processes over one socket, with a time by which they must have come."""

import select
import socket
import time
from collections.abc import Callable
from typing import Any

from course.grading import wire

LOOK = 0.2  # s between two looks at the other process while its answer is awaited


class Closed(Exception):
    """The other process is gone, or speaks another language."""


class Late(Exception):
    """The other process did not answer in time."""


class Channel:
    """One end of a socket on which frames of `wire` go to and fro."""

    def __init__(self, end: socket.socket):
        self.end = end

    def send(self, value: Any, handle: Callable[[Any], dict] | None = None, seconds: float | None = None) -> None:
        """Send a value.

        Raises:
            wire.NotPlain: the value cannot be sent; nothing was.
            Closed: nobody is there to read it.
            Late: nobody has read it within so many seconds.
        """
        frame = wire.pack(value, handle)
        self.end.settimeout(seconds)
        try:
            self.end.sendall(frame)
        except TimeoutError:
            raise Late from None
        except OSError as error:
            raise Closed(error.strerror) from None

    def receive(
        self,
        handle: Callable[[dict], Any] | None = None,
        seconds: float | None = None,
        look: Callable[[], None] | None = None,
    ) -> Any:
        """Wait for the next value.

        Args:
            handle: makes stand-ins, see `wire.unpack`.
            seconds: how long to wait for all of it.
            look: called every fifth of a second while waiting; what it raises ends the wait.

        Raises:
            Closed: the other end was closed, or sent what is no frame.
            Late: it has not come in time.
        """
        until = None if seconds is None else time.monotonic() + seconds
        try:
            head = self._take(wire.HEAD.size, until, look)
            return wire.unpack(head + self._take(sum(wire.lengths(head)), until, look), handle)
        except wire.BadFrame as error:
            raise Closed(f"no frame of this format: {error}") from None

    def _take(self, size: int, until: float | None, look: Callable[[], None] | None) -> bytes:
        content = bytearray()
        looked = time.monotonic()
        while len(content) < size:
            now = time.monotonic()
            if until is not None and now >= until:
                raise Late
            if look and now - looked >= LOOK:
                look()
                looked = now
            wait = None if until is None and look is None else min(LOOK, (until or now + LOOK) - now)
            if not select.select([self.end], [], [], wait)[0]:
                continue
            try:
                some = self.end.recv(min(size - len(content), 2**20))
            except OSError as error:
                raise Closed(error.strerror) from None
            if not some:
                raise Closed("the other end was closed")
            content += some
        return bytes(content)
