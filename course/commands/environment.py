"""Make `.venv` from the lock once, update it when the lock changes, repair it when half made. Standard library only.

A stamp in the folder says what state it is in. It is written before anything else, as "unfinished", and after
everything else, as "ready" with the hash of the lock; whatever dies in between leaves a folder that is made anew.
"""

import contextlib
import errno
import hashlib
import json
import locale
import os
import shutil
import time
from pathlib import Path

from course.commands.installer import (
    NO_PERMISSION,
    NO_SPACE,
    EnvironmentFault,
    base_python,
    install,
    python_in,
    site_packages,
)
from course.commands.progress import Progress

REPOSITORY = Path(__file__).resolve().parents[2]
STAMP = "course-stamp.json"
_DOING = {
    "absent": "Making the environment, once, 1-3 minutes:",
    "unfinished": "Making the environment anew, because it was half made, was moved, or has another Python:",
    "outdated": "Updating the environment, because requirements.txt changed:",
}


def ensure(repository=REPOSITORY):
    """Folder of the environment, made, updated or repaired if need be.

    Args:
        repository: folder that holds `requirements.txt`, and `.venv` unless COURSE_VENV names another folder.

    Raises:
        EnvironmentFault: it could not be made; the message says why and what to do.
    """
    named = os.environ.get("COURSE_VENV")
    folder = Path(named).absolute() if named else repository / ".venv"
    try:
        wanted = _stamp(folder, repository)
        state = _state(folder, wanted)
        if named and state == "foreign":
            return _use_as_it_is(folder, repository)
        if state != "ready":
            _make(folder, repository, wanted)
        return folder
    except OSError as error:
        raise EnvironmentFault(_sentence(error, folder)) from None


def _stamp(folder, repository):
    """What the stamp of a ready environment says."""
    requirements = repository / "requirements.txt"
    if not requirements.exists():
        raise EnvironmentFault(f"{requirements} is missing. Restore it with: git checkout requirements.txt")
    lock = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return {
        "state": "ready",
        "lock": lock,
        "python": base_python(),
        "folder": str(folder),
        "repository": str(repository),
    }


def _state(folder, wanted):
    """`absent`, `foreign` (not made by us), `unfinished` (or unusable), `outdated` (another lock) or `ready`."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "foreign" if folder.is_dir() and any(folder.iterdir()) else "absent"
    inside = folder.parent == Path(wanted["repository"])
    if stamp["repository"] != wanted["repository"] and not inside:
        return "foreign"  # another copy of the course made it, and may be using it
    here = all(stamp[name] == wanted[name] for name in ("state", "folder", "repository"))  # false once it was moved
    if not here or not Path(stamp["python"]).exists() or not python_in(folder).exists():
        return "unfinished"
    if stamp["lock"] == wanted["lock"]:
        return "ready"
    return "outdated" if stamp["python"] == wanted["python"] else "unfinished"  # a Python fills its own folders only


def _make(folder, repository, wanted):
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder.with_name(folder.name + ".lock")) as lock:
        state = _state(folder, wanted)  # another start may have made it while we waited
        if state == "ready":
            return
        if state == "foreign":
            raise EnvironmentFault(
                f"{folder} was not made by this command. Rename it and start again, "
                f"or set COURSE_VENV={folder} to use it as it is."
            )
        _write_stamp(folder, {**wanted, "state": "unfinished"})
        log = folder.with_name(folder.name + "-install.log")
        print(f"{_DOING[state]} {folder} (log: {log.name})", flush=True)
        if state == "unfinished":
            _empty(folder)
        with Progress("packages") as progress:
            install(folder, repository / "requirements.txt", log, progress, lock)
        # our packages find `course` through this file: no build, nothing to download
        (site_packages(folder) / "course.pth").write_text(
            f"{repository}\n", encoding=locale.getpreferredencoding(False)
        )
        _write_stamp(folder, wanted)
        print(f"The environment is ready after {progress.seconds:.0f} s.", flush=True)


def _use_as_it_is(folder, repository):
    if not python_in(folder).exists():
        raise EnvironmentFault(
            f"COURSE_VENV names {folder}, where there is no environment ({python_in(folder)} is missing). "
            f"Name an environment or an empty folder, or unset COURSE_VENV."
        )
    paths = [str(repository), os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return folder


def _empty(folder):
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != STAMP:  # stays until the end: it says that the folder is ours
            child.unlink()


def _write_stamp(folder, stamp):
    new = folder / f"{STAMP}.{os.getpid()}"
    new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    new.replace(folder / STAMP)


@contextlib.contextmanager
def _only_one(path):
    """Hold the lock file `path`, or wait for whoever holds it; the system frees it when a process dies."""
    with open(path, "a+", encoding="utf-8") as file:
        if not _try_to_lock(file):
            print("Another start is making the environment: waiting for it.", flush=True)
            while not _try_to_lock(file):
                time.sleep(0.2)
        yield file


def _try_to_lock(file):
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def _sentence(error, folder):
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NO_SPACE.format(folder=folder.parent)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NO_PERMISSION.format(folder=folder.parent)
    return f"The environment in {folder} could not be made: {error}. Delete the folder and start again."
