"""Fetch a file over HTTPS so that only the right bytes ever stand at its name.

Own code, because the usual keeper of hash-verified downloads (pooch) neither resumes a broken download nor tries a
second address. The safety rests on one rule: bytes go to ``NAME.part``, are judged by the caller's ``verify``, and
only then take the name in one atomic step. So a resumed download needs no entity tags: if the file changed between
two attempts, or a server sent another part than was asked, the hash fails and it is fetched again from the start.
"""

import contextlib
import errno
import http.client
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tqdm import tqdm

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

USER_AGENT = "sequence-course/1 (a course in notebooks; urllib)"  # some hosts answer 406 to urllib's own
TIMEOUT = 30.0  # seconds without a byte
ATTEMPTS = 3  # per address, as long as each brings more bytes
CHUNK = 1 << 16  # bytes
LOOPBACK = ("127.0.0.1", "::1", "localhost")
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


class DownloadError(OSError):
    """No address gave the file, or it could not be stored. The message names every address and its reason."""


class _Refused(Exception):
    """The address does not give the file; what was received before stays good."""


class _Broken(Exception):
    """The transfer stopped early; what was received stays good and can be continued."""


class _Unusable(Exception):
    """The received bytes are not those of the file: throw them away."""


def download(
    addresses: Sequence[str],
    target: Path,
    verify: Callable[[Path], None],
    limit: int,
    member: str | None = None,
    timeout: float = TIMEOUT,
) -> None:
    """Put the file that one of ``addresses`` serves at ``target``, if ``verify`` accepts it.

    A broken download is continued, by the next call too; a second process waits for the first and uses its file.

    Args:
        addresses: HTTPS addresses of the same file, tried in order (plain HTTP to this very machine is allowed).
        target: where the file shall stand; a file there that ``verify`` refuses is replaced.
        verify: raises ValueError, saying why, for a path that does not hold the right bytes.
        limit: bytes; a longer answer, or a longer member of an archive, is refused.
        member: the addresses serve a zip archive, and this is the one file wanted from it.
        timeout: seconds to wait for the next bytes.

    Raises:
        DownloadError: no address gave the file, the disk is full or the folder cannot be written.
    """
    part = target.with_name(f"{target.name}.zip.part" if member else f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(target.parent / ".lock"):
            if not _holds(target, verify):
                _from_first_good(addresses, part, target, verify, limit, member, timeout)
    except DownloadError:
        raise
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DownloadError(f"no space left for {part}; free some and try again") from error
        raise DownloadError(f"cannot write {error.filename or part}: {error.strerror or error}") from error


def _from_first_good(addresses, part, target, verify, limit, member, timeout):
    reasons = []
    for address in addresses:
        for _ in range(ATTEMPTS):
            start = _size(part)
            try:
                _receive(address, part, limit, timeout, label=target.name)
                candidate = _extract(part, member, limit) if member else part
                _judge(candidate, verify)
            except _Refused as failure:
                reason = failure
                break
            except _Broken as failure:
                reason = failure
                if _size(part) <= start:
                    break
            except _Unusable as failure:
                reason = failure
                part.unlink(missing_ok=True)
                if start == 0:  # wrong from start to end; what was continued is fetched whole once more
                    break
            else:
                candidate.replace(target)  # atomic
                part.unlink(missing_ok=True)  # the archive, where there was one
                return
        reasons.append(f"{urlsplit(address).netloc}: {reason}")
    raise DownloadError("; ".join(reasons))


def _receive(address, part, limit, timeout, label):
    """Append to ``part`` what it lacks of the file at ``address``."""
    if not _secure(address):
        raise _Refused(f"{address} is not HTTPS")
    start = _size(part)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    opener = urllib.request.build_opener(_SecureRedirects)
    with _network_errors(timeout):
        response = opener.open(urllib.request.Request(address, headers=headers), timeout=timeout)
    with response:
        if response.headers.get_content_type() == "text/html":
            raise _Refused("answered with a web page instead of the file (a log-in page or a proxy?)")
        if response.status != 206:
            start = 0  # the server sends the whole file, whatever was asked
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdigit() else None
        if (total or 0) > limit:
            raise _Unusable(f"the file there has {total:,} bytes, at most {limit:,} were expected")
        _need_space(part.parent, (total or limit) - start)
        with (
            open(part, "ab" if start else "wb") as file,
            tqdm(desc=label, initial=start, total=total, unit="B", unit_scale=True, file=sys.stdout) as progress,
        ):
            received = start
            while True:
                with _network_errors(timeout):
                    chunk = response.read1(CHUNK)  # what has come, so that a silence loses nothing
                if not chunk:
                    break
                received += len(chunk)
                if received > limit:
                    raise _Unusable(f"sent more than the {limit:,} bytes that were expected")
                file.write(chunk)
                progress.update(len(chunk))
            file.flush()
            os.fsync(file.fileno())
    if total is not None and received < total:
        raise _Broken(f"the connection closed after {received:,} of {total:,} bytes")


@contextlib.contextmanager
def _network_errors(timeout):
    """Turn what urllib and the sockets raise into our reasons; errors of the disk never pass through here."""
    try:
        yield
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:  # what we hold is not the beginning of that file
            raise _Unusable("HTTP 416: the file there is shorter than what was already received") from error
        raise _Refused(f"HTTP {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            reason = f"no answer for {timeout:g} s"
        elif isinstance(reason, socket.gaierror):
            reason = "no such host is known here (is this machine offline?)"
        raise _Broken(str(reason) or type(reason).__name__) from error


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, response, code, message, headers, address):
        if not _secure(address):
            response.close()
            raise _Refused(f"sends on to {address}, which is not HTTPS")
        return super().redirect_request(request, response, code, message, headers, address)


def _secure(address):
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _extract(archive, member, limit):
    """Copy the one ``member`` out of ``archive``, to a path of our own choosing, whatever the archive calls it."""
    copy = archive.with_name(f"{archive.name}.{member}")
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [name for name in opened.namelist() if name.rpartition("/")[2] == member]
            if len(names) != 1:
                raise _Unusable(f"expected one {member} in the archive, got {len(names)}")
            _need_space(copy.parent, min(opened.getinfo(names[0]).file_size, limit))
            with opened.open(names[0]) as packed, open(copy, "wb") as file:
                while chunk := packed.read(CHUNK):
                    if file.tell() + len(chunk) > limit:
                        raise _Unusable(f"{member} is longer than the {limit:,} bytes that were expected")
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError) as error:
        copy.unlink(missing_ok=True)
        raise _Unusable(f"not a whole zip archive ({error})") from error
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _judge(candidate, verify):
    try:
        verify(candidate)
    except ValueError as error:
        candidate.unlink()
        raise _Unusable(str(error)) from error


def _holds(path, verify):
    try:
        verify(path)
    except (FileNotFoundError, ValueError):
        return False
    return True


def _need_space(folder, needed):
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DownloadError(
            f"no space left: {folder} needs {needed / 1e6:.1f} MB and has {free / 1e6:.1f} MB; free some and try again"
        )


def _size(path):
    return path.stat().st_size if path.exists() else 0


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets it go when the process ends, however it ends."""
    with open(path, "ab") as lock:
        told = False
        while not _locked(lock):
            if not told:
                print(f"another process is fetching into {path.parent}: waiting for it", flush=True)
                told = True
            time.sleep(0.1)
        yield


def _locked(lock):
    try:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    return True
