"""A file is replaced as a whole; whatever goes wrong on the way, the old one stays and nothing else is left."""

import hashlib

import pytest

from course import files


def test_text_is_written_as_utf_8_with_the_same_line_ends_everywhere(tmp_path):
    file = tmp_path / "new folder" / "a.txt"
    files.write_text(file, "ω\n")
    assert file.read_bytes() == "ω\n".encode()
    assert files.sha256(file) == hashlib.sha256("ω\n".encode()).hexdigest()
    assert list(file.parent.iterdir()) == [file]


def test_the_old_file_stays_until_the_new_one_is_complete(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")
    with files.replacing(file) as stream:
        stream.write(b"new")
        stream.flush()
        assert file.read_text() == "old"
    assert file.read_text() == "new"


def test_an_error_in_the_block_leaves_the_old_file_and_no_other(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")

    def interrupted():
        with files.replacing(file) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_disk_that_is_full_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text("old")
    monkeypatch.setattr(files.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        files.write_text(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
