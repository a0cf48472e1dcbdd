"""Downloads against a server on this machine that misbehaves: one clear reason, nothing half-written, then success."""

import errno
import hashlib
import io
import re
import shutil
import socket
import threading
import zipfile
from collections import namedtuple

import pytest

from course import downloads
from course.downloads import DownloadError, download
from tests.loopback import Loopback

CONTENT = bytes(range(256)) * 2000  # 512,000 bytes: several chunks
LIMIT = len(CONTENT) + 100


def verify(path):
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != hashlib.sha256(CONTENT).hexdigest():
        raise ValueError(f"wrong hash {got[:8]}")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    with Loopback(CONTENT).running() as running:
        yield running


@pytest.fixture
def target(tmp_path):
    return tmp_path / "corpus" / "train.txt"


def fetch(server, target, **options):
    download([server.address()], target, verify, LIMIT, **{"timeout": 0.3, **options})


def assert_fetched(target):
    assert target.read_bytes() == CONTENT
    assert {path.name for path in target.parent.iterdir()} == {target.name, ".lock"}


def test_download_puts_the_verified_file_at_its_name_and_shows_progress(server, target, capsys):
    fetch(server, target)
    assert_fetched(target)
    out, err = capsys.readouterr()
    assert "train.txt: 100%" in out
    assert err == ""
    assert server.requests[0]["User-Agent"] == downloads.USER_AGENT
    assert "Python-urllib" not in downloads.USER_AGENT  # to which some hosts answer 406


def test_a_file_that_is_there_is_not_downloaded_again(server, target):
    fetch(server, target)
    fetch(server, target)
    assert len(server.requests) == 1


def test_a_spoilt_file_is_replaced(server, target):
    target.parent.mkdir()
    target.write_bytes(CONTENT[:-1])
    fetch(server, target)
    assert_fetched(target)


def test_missing_length_is_no_obstacle(server, target):
    server.faults = ["no length"]
    fetch(server, target)
    assert_fetched(target)


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ([404], "127.0.0.1:PORT: HTTP 404 Not Found"),
        ([406], "127.0.0.1:PORT: HTTP 406 Not Acceptable"),
        ([500], "127.0.0.1:PORT: HTTP 500 Internal Server Error"),
        ([("cut", 0)], "127.0.0.1:PORT: the connection closed after 0 of 512,000 bytes"),
        ([("hang", 0)], "127.0.0.1:PORT: no answer for 0.3 s"),
        ([("say", {"Content_Type": "text/html"}, b"<html>Log in")], "127.0.0.1:PORT: answered with a web page"),
        ([("say", {"Content_Type": "text/plain"}, b"other")], "127.0.0.1:PORT: wrong hash d9298a10"),
        ([("say", {}, CONTENT[:-1] + b"?")], "127.0.0.1:PORT: wrong hash"),
        ([("say", {"Content_Length": "999999"}, b"")], "the file there has 999,999 bytes, at most 512,100"),
        ([("say", {}, CONTENT * 2)], "sent more than the 512,100 bytes that were expected"),
        ([("redirect", "http://example.org/f")], "sends on to http://example.org/f, which is not HTTPS"),
        ([("redirect", "file:///etc/hosts")], "HTTP 302 Found - Redirection to url 'file:///etc/hosts' is not allowed"),
    ],
    ids=str,
)
def test_every_fault_is_named_leaves_nothing_to_use_and_is_overcome_next_time(server, target, faults, reason):
    server.faults = faults
    expected = re.escape(reason.replace("PORT", server.address().split(":")[2].split("/")[0]))
    with pytest.raises(DownloadError, match=expected):
        fetch(server, target)
    assert not target.exists()
    fetch(server, target)
    assert_fetched(target)


def test_two_addresses_are_tried_in_order_and_both_reasons_told(server, target):
    server.faults = [404, 500]
    with pytest.raises(DownloadError, match=r"HTTP 404 Not Found; 127.*HTTP 500 Internal"):
        download([server.address("one"), server.address("two")], target, verify, LIMIT)
    server.faults = [("say", {"Content_Type": "text/plain"}, b"other")]
    download([server.address("one"), server.address("two")], target, verify, LIMIT)
    assert_fetched(target)


def test_plain_http_is_refused_before_anything_is_sent(target):
    with pytest.raises(DownloadError, match=r"http://example.org/f is not HTTPS"):
        download(["http://example.org/f"], target, verify, LIMIT)


def test_an_unreachable_machine_is_one_sentence(target):
    with Loopback(b"").running() as gone:
        address = gone.address()
    with pytest.raises(DownloadError, match=r"^127.0.0.1:\d+: .*refused"):
        download([address], target, verify, LIMIT)
    assert not target.exists()


def test_a_machine_without_a_network_is_told_so(target, monkeypatch):
    def offline(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(DownloadError, match=r"^example.org: no such host is known here \(is this machine offline\?\)$"):
        download(["https://example.org/f"], target, verify, LIMIT)
    assert not target.exists()


# ---- what was received is kept, and counted


@pytest.mark.parametrize("fault", ["cut", "hang"])
def test_a_broken_transfer_is_continued_where_it_stopped(server, target, fault):
    server.faults = [(fault, 200_000), (fault, 100_000)]
    fetch(server, target)
    assert_fetched(target)
    assert server.sent == len(CONTENT)  # not one byte twice
    assert [request["Range"] for request in server.requests] == [None, "bytes=200000-", "bytes=300000-"]


def test_the_next_call_continues_what_the_last_left(server, target):
    server.faults = [("cut", 200_000), 500]
    with pytest.raises(DownloadError, match="HTTP 500"):
        fetch(server, target)
    assert not target.exists()
    fetch(server, target)
    assert_fetched(target)
    assert server.sent == len(CONTENT)


def test_an_interrupted_reader_loses_nothing(server, target, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(downloads, "_network_errors", interrupting_after(3, downloads._network_errors))
        with pytest.raises(KeyboardInterrupt):
            fetch(server, target)
    assert not target.exists()
    kept = target.with_name("train.txt.part").stat().st_size
    assert kept > 0
    fetch(server, target)
    assert_fetched(target)
    assert server.requests[-1]["Range"] == f"bytes={kept}-"


def interrupting_after(calls, original):
    def interrupted(timeout):
        nonlocal calls
        calls -= 1
        if calls < 0:
            raise KeyboardInterrupt
        return original(timeout)

    return interrupted


def test_a_server_that_ignores_ranges_is_read_from_the_start(server, target):
    server.faults = [("cut", 200_000), "no range"]
    fetch(server, target)
    assert_fetched(target)


def test_a_server_that_sends_another_part_is_asked_for_the_whole(server, target):
    server.faults = [("cut", 200_000), "wrong range"]
    fetch(server, target)
    assert_fetched(target)


@pytest.mark.parametrize("left", [b"x" * 1000, CONTENT, CONTENT + b"x"], ids=["other", "whole", "longer"])
def test_a_part_that_does_not_fit_is_thrown_away_and_fetched_whole(server, target, left):
    target.parent.mkdir()
    target.with_name("train.txt.part").write_bytes(left)
    fetch(server, target)
    assert_fetched(target)


def test_a_file_that_changed_between_two_attempts_is_never_glued_together(server, target):
    server.content = bytes(len(CONTENT))
    server.faults = [("cut", 200_000), 500]
    with pytest.raises(DownloadError):
        fetch(server, target)
    server.content = CONTENT
    fetch(server, target)
    assert_fetched(target)


# ---- two at once


def test_two_at_once_download_once(server, target, capsys):
    server.faults = [("hang", 200_000)]  # holds the first long enough for the second to arrive
    first = threading.Thread(target=fetch, args=(server, target), kwargs={"timeout": 1})
    first.start()
    while not server.requests:
        pass
    fetch(server, target)
    first.join()
    assert_fetched(target)
    assert server.sent == len(CONTENT)
    assert "another process is fetching" in capsys.readouterr().out


# ---- the disk


def test_too_little_space_is_told_before_anything_is_written(server, target, monkeypatch):
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 100_000))
        with pytest.raises(DownloadError, match=r"needs 0\.5 MB and has 0\.1 MB; free some"):
            fetch(server, target)
        assert not target.exists()
    fetch(server, target)
    assert_fetched(target)


def test_a_disk_that_fills_up_on_the_way_leaves_nothing_to_use(server, target, monkeypatch):
    class FullAfter(io.FileIO):
        def write(self, chunk):
            if self.tell() > 100_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(chunk)

    with monkeypatch.context() as patch:
        patch.setattr(downloads, "open", opening_parts_as(FullAfter), raising=False)
        with pytest.raises(DownloadError, match=r"no space left for .*train\.txt\.part; free some and try again"):
            fetch(server, target)
    assert not target.exists()
    fetch(server, target)
    assert_fetched(target)


def opening_parts_as(kind):
    def opened(path, mode):
        return kind(path, mode) if path.suffix == ".part" else open(path, mode)

    return opened


def test_a_folder_that_cannot_be_made_is_told(server, tmp_path):
    (tmp_path / "corpus").write_bytes(b"a file, not a folder")
    with pytest.raises(DownloadError, match=r"cannot write .*corpus"):
        fetch(server, tmp_path / "corpus" / "train.txt")


# ---- archives


def archive(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["train_txt", "folder__train_txt", "______train_txt"])
def test_one_member_is_taken_from_an_archive_whatever_folder_it_claims(server, target, name):
    server.content = archive(**{name: CONTENT, "_about_txt": b"about", "______evil_txt": b"evil"})
    fetch(server, target, member="train.txt")
    assert_fetched(target)  # and nothing beside it
    assert {path.name for path in target.parent.parent.iterdir()} == {"corpus"}


def spoilt(packed):
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 255]) + packed[middle + 1 :]


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (archive(other_txt=CONTENT), r"expected one train\.txt in the archive, got 0"),
        (archive(a__train_txt=CONTENT, b__train_txt=CONTENT), r"expected one train\.txt in the archive, got 2"),
        (archive(train_txt=CONTENT[:-1]), "wrong hash"),
        (archive(train_txt=bytes(10**7)), r"train\.txt is longer than the 512,100 bytes"),  # a small bomb
        (archive(train_txt=CONTENT)[:-30], "not a whole zip archive"),
        (spoilt(archive(train_txt=CONTENT)), "not a whole zip archive"),
        (b"no archive at all", "not a whole zip archive"),
    ],
    ids=["absent", "twice", "other content", "too long", "truncated", "one byte changed", "no archive"],
)
def test_a_bad_archive_is_named_leaves_nothing_and_is_overcome_next_time(server, target, packed, reason):
    server.content = packed
    with pytest.raises(DownloadError, match=reason):
        fetch(server, target, member="train.txt")
    assert {path.name for path in target.parent.iterdir()} == {".lock"}
    server.content = archive(train_txt=CONTENT)
    fetch(server, target, member="train.txt")
    assert_fetched(target)
