"""The environment is made once, repaired when half made, and each fault is one sentence with a way out."""

import errno
import json
import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from course.commands import environment, installer
from course.commands.environment import EnvironmentFault, ensure


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A folder with a lock of no packages, and no environment."""
    monkeypatch.delenv("COURSE_VENV", raising=False)
    (tmp_path / "requirements.txt").write_text("# no packages\n")
    return tmp_path


@pytest.fixture
def installs(monkeypatch):
    """Replaces the installation by one that only makes the folders; the list grows by one each time."""
    made = []

    def install(folder, requirements, log, progress, lock):
        for new in (installer.python_in(folder), installer.site_packages(folder) / "package.py"):
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_text("")
        made.append(requirements.read_text())

    monkeypatch.setattr(environment, "install", install)
    return made


def _half(monkeypatch, fault):
    def install(folder, requirements, log, progress, lock):
        (folder / "half").write_text("a package without its end")
        raise fault

    monkeypatch.setattr(environment, "install", install)


# ---- made once


def test_a_second_start_makes_nothing(repository, installs):
    assert ensure(repository) == repository / ".venv"
    ensure(repository)
    assert len(installs) == 1


def test_the_package_is_importable_in_the_environment(repository, installs):
    folder = ensure(repository)
    assert (installer.site_packages(folder) / "course.pth").read_text() == f"{repository}\n"


def test_a_changed_lock_updates_what_is_there(repository, installs):
    folder = ensure(repository)
    (folder / "kept").write_text("installed by the student")
    (repository / "requirements.txt").write_text("# another lock\n")
    ensure(repository)
    ensure(repository)
    assert installs == ["# no packages\n", "# another lock\n"]
    assert (folder / "kept").exists()


def test_a_changed_lock_and_another_python_make_it_anew(repository, installs, monkeypatch):
    folder = ensure(repository)
    (folder / "kept").write_text("")
    monkeypatch.setattr(environment, "base_python", lambda: "/usr/bin/another")
    ensure(repository)
    assert (folder / "kept").exists()  # the environment has a Python of its own: which one starts it does not matter
    (repository / "requirements.txt").write_text("# another lock\n")
    ensure(repository)
    assert not (folder / "kept").exists()


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), EnvironmentFault("no network"), MemoryError()])
def test_a_half_made_environment_is_made_anew(repository, monkeypatch, request, fault):
    _half(monkeypatch, fault)
    with pytest.raises(type(fault)):
        ensure(repository)
    assert (repository / ".venv" / "half").exists()
    installs = request.getfixturevalue("installs")
    folder = ensure(repository)
    assert not (folder / "half").exists()
    assert len(installs) == 1


def test_an_update_that_failed_is_not_taken_for_done(repository, installs, monkeypatch):
    folder = ensure(repository)
    (repository / "requirements.txt").write_text("# another lock\n")
    _half(monkeypatch, EnvironmentFault("no network"))
    with pytest.raises(EnvironmentFault):
        ensure(repository)
    assert json.loads((folder / environment.STAMP).read_text())["state"] == "unfinished"


def test_a_moved_environment_is_made_anew(repository, installs, tmp_path):
    ensure(repository)
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in (".venv", "requirements.txt"):
        (repository / name).rename(moved / name)
    ensure(moved)
    assert len(installs) == 2  # programs in an environment know its path


@pytest.mark.parametrize("lost", ["interpreter", "base"])
def test_an_environment_whose_python_is_gone_is_made_anew(repository, installs, lost):
    folder = ensure(repository)
    stamp = json.loads((folder / environment.STAMP).read_text())
    if lost == "interpreter":
        installer.python_in(folder).unlink()
    else:  # the system's Python was replaced by a newer one
        (folder / environment.STAMP).write_text(json.dumps({**stamp, "python": str(folder / "gone")}))
    ensure(repository)
    assert len(installs) == 2


def test_two_starts_at_once_make_one_environment(repository, installs, monkeypatch, capsys):
    first_is_inside, go_on = threading.Event(), threading.Event()
    quick = environment.install

    def slow(*arguments):
        first_is_inside.set()
        assert go_on.wait(10)
        quick(*arguments)

    monkeypatch.setattr(environment, "install", slow)
    starts = [threading.Thread(target=ensure, args=(repository,)) for _ in range(2)]
    starts[0].start()
    assert first_is_inside.wait(10)
    monkeypatch.setattr(environment.time, "sleep", lambda seconds: go_on.set())  # the second start waits here
    starts[1].start()
    for start in starts:
        start.join(10)
    assert len(installs) == 1
    assert "Another start is making the environment" in capsys.readouterr().out


def test_a_lock_left_by_a_killed_start_stops_nobody(repository, installs, capsys):
    program = (
        "import os, sys; from pathlib import Path; from course.commands import environment\n"
        "with environment._only_one(Path(sys.argv[1])): os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(repository / ".venv.lock")], cwd=environment.REPOSITORY)
    assert killed.returncode == 9
    ensure(repository)
    assert "Another start" not in capsys.readouterr().out


# ---- folders of other people


def test_a_venv_that_is_not_ours_is_left_alone(repository, installs):
    (repository / ".venv").mkdir()
    (repository / ".venv" / "pyvenv.cfg").write_text("home = elsewhere")
    with pytest.raises(EnvironmentFault, match=r"was not made by this command. Rename it"):
        ensure(repository)
    assert not installs


def test_course_venv_names_an_environment_that_is_used_as_it_is(repository, installs, monkeypatch):
    python = installer.python_in(repository / "mine")
    python.parent.mkdir(parents=True)
    python.write_text("")
    monkeypatch.setenv("COURSE_VENV", str(repository / "mine"))
    monkeypatch.setenv("PYTHONPATH", "before")
    assert ensure(repository) == repository / "mine"
    assert not installs
    assert os.environ["PYTHONPATH"].split(os.pathsep) == [str(repository), "before"]  # how it finds `course`


def test_the_environment_of_another_copy_of_the_course_is_used_as_it_is(repository, installs, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_VENV", str(repository / "shared" / "environment"))
    folder = ensure(repository)
    (folder / "kept").write_text("")
    other = tmp_path / "another copy"
    other.mkdir()
    (other / "requirements.txt").write_text("# another lock\n")
    assert ensure(other) == folder
    assert (folder / "kept").exists()
    assert len(installs) == 1


def test_course_venv_may_name_an_empty_folder_to_fill(repository, installs, monkeypatch):
    monkeypatch.setenv("COURSE_VENV", str(repository / "elsewhere"))
    assert ensure(repository) == repository / "elsewhere"
    assert ensure(repository) == repository / "elsewhere"
    assert len(installs) == 1


def test_course_venv_without_a_python_is_an_error(repository, monkeypatch):
    (repository / "notes").mkdir()
    (repository / "notes" / "a.txt").write_text("")
    monkeypatch.setenv("COURSE_VENV", str(repository / "notes"))
    with pytest.raises(EnvironmentFault, match=r"where there is no environment .* unset COURSE_VENV"):
        ensure(repository)


# ---- faults found beforehand


def test_a_missing_lock_says_how_to_restore_it(repository):
    (repository / "requirements.txt").unlink()
    with pytest.raises(EnvironmentFault, match=r"requirements.txt is missing. Restore it with: git checkout"):
        ensure(repository)


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package_to_install(repository, monkeypatch, missing):
    monkeypatch.setattr(installer.shutil, "which", lambda program: None)
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda name: None if name == missing else "found")
    version = "{}.{}".format(*sys.version_info)
    with pytest.raises(EnvironmentFault, match=rf"no `{missing}`.* sudo apt install python{version}-venv; elsewhere"):
        ensure(repository)


def test_a_disk_with_too_little_space_is_named_before_anything_is_fetched(repository, monkeypatch):
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda folder: SimpleNamespace(free=3 * 10**9))
    monkeypatch.setattr(installer, "_run", lambda *_, **__: pytest.fail("started to install"))
    with pytest.raises(EnvironmentFault, match=r"The disk is full: .* about 4 GB free in .*Free some space"):
        ensure(repository)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, r"The disk is full"),
        (errno.EACCES, r"Not allowed to write to .* COURSE_VENV"),
        (errno.EROFS, r"Not allowed to write to"),
        (errno.EIO, r"could not be made: .*Delete the folder and start again"),
    ],
)
def test_an_error_of_the_system_is_a_sentence(repository, installs, monkeypatch, number, said):
    def write(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(environment, "_write_stamp", write)
    with pytest.raises(EnvironmentFault, match=said):
        ensure(repository)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may write anywhere")
def test_a_folder_without_write_permission_is_a_sentence(repository):
    repository.chmod(0o500)
    with pytest.raises(EnvironmentFault, match=r"Not allowed to write to"):
        ensure(repository)
