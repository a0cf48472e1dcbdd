"""Submissions are found as nbgrader and learning platforms lay them out, and no path leads out of their folder."""

import stat
import zipfile
from pathlib import Path

import pytest

from course.grading import submission
from course.grading.handed_in import find
from course.grading.submission import Unreadable


def lay(place, *paths):
    for path in paths:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(path)
    return place


def zipped(place, *paths):
    with zipfile.ZipFile(place / "export.zip", "w") as archive:
        for path in paths:
            archive.writestr(path, path)
    return place / "export.zip"


LAYOUTS = [
    ("ada/05/05.ipynb", "bob/05/05.ipynb"),
    ("ada/05.ipynb", "bob/my answer.ipynb"),
    ("ada.ipynb", "bob_05.ipynb"),
    ("ada/04/04.ipynb", "ada/05/05.ipynb", "bob/05/copy.ipynb", "bob/05/05.ipynb", "bob/05/notes.txt"),
    ("ada_assignsubmission_file_/05.ipynb", "bob_assignsubmission_file_05.ipynb"),  # Moodle
    ("ada_05.ipynb", "bob_05-2.ipynb"),  # Canvas
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("pack", [lay, zipped])
def test_each_layout_gives_one_file_a_student(tmp_path, layout, pack):
    found = find(pack(tmp_path, *layout), "05")
    assert [one.student for one in found] == ["ada", "bob"]
    assert all(one.read().decode() == one.name for one in found)
    assert found[0].name in layout


def test_file_named_after_the_exercise_counts(tmp_path):
    [found] = find(lay(tmp_path, "ada/05/05.ipynb", "ada/05/zzz.ipynb"), "05")
    assert found.name == "ada/05/05.ipynb"


def test_links_are_not_followed(tmp_path):
    secret = lay(tmp_path / "secret", "x/05/05.ipynb")
    place = lay(tmp_path / "in", "ada/05/05.ipynb")
    (place / "eve").symlink_to(secret / "x")
    (place / "bob" / "05").mkdir(parents=True)
    (place / "bob" / "05" / "05.ipynb").symlink_to(secret / "x" / "05" / "05.ipynb")
    ada, bob = find(place, "05")
    assert (ada.student, bob.student) == ("ada", "bob")
    with pytest.raises(Unreadable, match="Links are not followed"):
        bob.read()


def test_paths_that_lead_out_of_a_zip_are_left_out(tmp_path):
    [found] = find(zipped(tmp_path, "../../eve.ipynb", "/abs/05.ipynb", "a/b/c/d.ipynb", "ada.ipynb"), "05")
    assert found.student == "ada"


def test_bomb_in_a_zip_is_refused_without_unpacking_it(tmp_path, monkeypatch):
    monkeypatch.setattr(submission, "MOST_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/05/05.ipynb", bytes(10**6))
    [found] = find(tmp_path / "bomb.zip", "05")
    with pytest.raises(Unreadable, match="more than 1,000 bytes"):
        found.read()


def test_link_in_a_zip_is_refused(tmp_path):
    info = zipfile.ZipInfo("eve.ipynb")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as archive:
        archive.writestr(info, "/solutions/05.ipynb")
    [found] = find(tmp_path / "links.zip", "05")
    with pytest.raises(Unreadable, match="links are not followed"):
        found.read()


def test_damaged_member_of_a_zip_harms_no_other(tmp_path):
    place = zipped(tmp_path, "ada.ipynb", "bob.ipynb")
    place.write_bytes(place.read_bytes().replace(b"ada.ipynbada.ipynb", b"ada.ipynbXda.ipynb"))
    ada, bob = find(place, "05")
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        ada.read()
    assert bob.read() == b"bob.ipynb"


@pytest.mark.parametrize("name", ["=cmd()", "<script>", "-rf", "a\nb", "..."])
def test_name_that_is_no_name_is_refused_and_made_harmless(tmp_path, name):
    ada, other = sorted(
        find(zipped(tmp_path, f"{name}/05.ipynb", "ada/05.ipynb"), "05"), key=lambda one: one.student != "ada"
    )
    assert ada.read()
    assert not set("=<>/\n") & set(other.student)
    assert other.student[0] not in "-.=+@"
    with pytest.raises(Unreadable, match="no name of a student"):
        other.read()


@pytest.mark.parametrize("name", ["Zoe\u0308 O'Neil (2), B.Sc.", "李 四", "ada@example.org", "group-3"])
def test_name_that_people_have_is_kept(tmp_path, name):
    [found] = find(zipped(tmp_path, f"{name}/05.ipynb"), "05")
    assert found.student == name.replace("e\u0308", "ë")
    assert found.read()


def test_folder_that_cannot_be_opened_is_its_students_only(tmp_path, monkeypatch):
    place, listed = lay(tmp_path, "ada/05.ipynb", "bob/05.ipynb"), Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: refuse() if folder.name == "bob" else listed(folder))
    assert [one.student for one in find(place, "05")] == ["ada", "bob"]


def refuse():
    raise PermissionError(13, "Permission denied")


def test_nothing_to_grade_is_said(tmp_path):
    with pytest.raises(ValueError, match="no notebook for 05"):
        find(lay(tmp_path, "ada/04/04.ipynb"), "05")
    with pytest.raises(ValueError, match="expected a folder"):
        find(tmp_path / "nowhere", "05")
