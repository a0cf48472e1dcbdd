"""Find what a class handed in: nbgrader's folders, a flat folder, or the zip that a learning platform exports."""

import hashlib
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.grading import submission
from course.grading.submission import Unreadable

STUDENT = re.compile(r"\w[\w .,'’()@+-]{0,99}")
PLATFORM = re.compile(r"_assignsubmission_file(_.*)?$")  # what Moodle writes behind a student's name and number


@dataclass(frozen=True)
class HandedIn:
    """One student's file.

    Attributes:
        student: name of their folder, or of their file.
        name: of the file, as a person would look for it.
        read: gives its bytes, or raises Unreadable.
    """

    student: str
    name: str
    read: Callable[[], bytes]


def find(place: Path, exercise: str) -> list[HandedIn]:
    """What was handed in for an exercise, by student.

    Known are STUDENT/EXERCISE/*.ipynb, STUDENT/*.ipynb and *.ipynb, in a folder or in a zip, with the names that Moodle
    and Canvas give to folders and files when they export them. Of several notebooks of one student the one named after
    the exercise counts, else the last by name. Links are never followed.

    Raises:
        ValueError: there is no such place, or nothing for this exercise in it.
    """
    if zipfile.is_zipfile(place):
        files = _in_zip(place)
    elif place.is_dir():
        files = {path: _reader(place, path) for path in _in_folder(place)}
    else:
        raise ValueError(f"{place}: expected a folder of submissions, or a zip of one")
    by_student: dict[str, list[PurePosixPath]] = {}
    for path in sorted(files):
        parts = path.parts
        if len(parts) == 3 and parts[1] != exercise:
            continue  # another exercise of nbgrader's folders
        by_student.setdefault(_student(path, exercise), []).append(path)
    if not by_student:
        raise ValueError(f"{place}: no notebook for {exercise}; expected STUDENT/{exercise}/{exercise}.ipynb in it")
    chosen = []
    for student, paths in sorted(by_student.items()):
        path = next((one for one in paths if one.stem == exercise), paths[-1])
        read = files[path]
        if not STUDENT.fullmatch(student):
            read = _refusal(student)
            student = f"unnamed-{hashlib.sha256(student.encode(errors='replace')).hexdigest()[:12]}"
        chosen.append(HandedIn(student, str(path), read))
    return chosen


def _student(path: PurePosixPath, exercise: str) -> str:
    """A student's name in the name of their folder or file, accents in one letter."""
    name = unicodedata.normalize("NFC", path.parts[0] if len(path.parts) > 1 else path.stem)
    if len(path.parts) == 1:  # Canvas writes a number behind a second try
        name = re.sub(rf"_{re.escape(exercise)}(-\d+)?$", "", name)
    return PLATFORM.sub("", name)


def _in_folder(place: Path) -> list[PurePosixPath]:
    """Notebooks up to three levels deep; a link that is named like one is listed, to be refused when it is read."""
    found, folders = [], [place]
    for folder in folders:
        try:
            paths = sorted(folder.iterdir())
        except PermissionError:  # listed, to be refused when it is read
            paths = [folder / "unreadable.ipynb"]
        for path in paths:
            relative = path.relative_to(place)
            if path.suffix == ".ipynb":
                found.append(PurePosixPath(relative))
            elif stat.S_ISDIR(path.lstat().st_mode) and len(relative.parts) < 3 and not path.name.startswith("."):
                folders.append(path)
    return found


def _reader(place: Path, path: PurePosixPath) -> Callable[[], bytes]:
    return lambda: submission.read_submission(place / path)


def _in_zip(place: Path) -> dict[PurePosixPath, Callable[[], bytes]]:
    with zipfile.ZipFile(place) as archive:
        infos = [one for one in archive.infolist() if one.filename.endswith(".ipynb") and not one.is_dir()]
    paths = {PurePosixPath(one.filename): one for one in infos}
    return {
        path: _unzipper(place, info)
        for path, info in paths.items()
        if 1 <= len(path.parts) <= 3
        and not path.is_absolute()
        and ".." not in path.parts
        and path.parts[0] != "__MACOSX"
    }


def _unzipper(place: Path, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Unreadable(f"{info.filename} is a link; links are not followed.")
        try:
            with zipfile.ZipFile(place) as archive, archive.open(info) as stream:
                content = stream.read(submission.MOST_BYTES + 1)
        except (OSError, RuntimeError, NotImplementedError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise Unreadable(f"{info.filename} cannot be unpacked: {error}.") from None
        if len(content) > submission.MOST_BYTES:
            raise Unreadable(f"{info.filename} has more than {submission.MOST_BYTES:,} bytes. Hint: clear the outputs.")
        return content

    return read


def _refusal(student: str) -> Callable[[], bytes]:
    def read() -> bytes:
        raise Unreadable(f"{student[:100]!a} is no name of a student: letters, digits and . @ + - are.")

    return read
