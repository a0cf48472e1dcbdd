"""Files that are written whole or not at all, and their digests."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """A stream to write a file anew; the old file stays until the block has ended without an error.

    The bytes go to another name in the same folder and reach the disk before that name becomes the file's. A process
    killed at any moment leaves the old file or the new one. The folder is made if need be.

    Args:
        file: what is replaced.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(unfinished, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def write_text(file: Path, text: str) -> None:
    """Replace a file by a text: UTF-8, and `\\n` on every platform."""
    with replacing(file) as stream:
        stream.write(text.encode())


def sha256(file: Path) -> str:
    """Hexadecimal digest of a file's bytes.

    >>> from pathlib import Path
    >>> import os
    >>> sha256(Path(os.devnull))[:8]
    'e3b0c442'
    """
    return hashlib.sha256(file.read_bytes()).hexdigest()
