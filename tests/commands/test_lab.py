"""`lab` opens the first lesson, asks nothing, and passes on what it is given."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from course.commands import lab


def test_options_of_the_user_come_last_so_that_they_win():
    assert lab.jupyterlab_options(["--port=1", "--LabApp.default_url=/tree"])[-2:] == [
        "--port=1",
        "--LabApp.default_url=/tree",
    ]


@pytest.mark.parametrize(("others", "starts"), [([], False), (["--allow-root"], True)])
def test_root_is_told_what_to_do(monkeypatch, capsys, others, starts):
    monkeypatch.setattr(lab.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr("jupyterlab.labapp.main", lambda options: 0)
    assert lab.main(SimpleNamespace(others=others)) == (0 if starts else 1)
    assert ("add --allow-root" in capsys.readouterr().err) != starts


@pytest.mark.skipif(os.name == "nt", reason="stops the server by a signal")
def test_jupyterlab_serves_the_course_and_asks_about_no_news(tmp_path):
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    others = ["--no-browser", "--allow-root", "--port=0", "--IdentityProvider.token=t"]
    program = (
        "from types import SimpleNamespace; from course.commands import lab; "
        f"lab.main(SimpleNamespace(others={others}))"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=lab.REPOSITORY,
        env={**os.environ, **{name: str(tmp_path / name) for name in folders}},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(line.split()[-1] for line in server.stderr if f"/lab/tree/{lab.FIRST_LESSON}" in line)
        text = _read(address.replace("...", "t"))
        settings = json.loads(text.split('<script id="jupyter-config-data" type="application/json">')[1].split("<")[0])
        assert settings["treePath"] == lab.FIRST_LESSON
        assert settings["news"] == {"disabled": True}
        assert settings["serverRoot"].rstrip("/").endswith(lab.REPOSITORY.name)
        plugin = "lab/api/settings/@jupyterlab/apputils-extension:notification"
        notification = json.loads(_read(f"{address.split('/lab/')[0]}/{plugin}?token=t"))
        assert notification["schema"]["properties"]["fetchNews"]["default"] == "false"  # otherwise the page asks
    finally:
        server.send_signal(signal.SIGTERM)
        server.stderr.close()
        server.wait(30)


def _read(address):
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                return page.read().decode()
        except urllib.error.URLError:  # the address is printed just before the server listens
            time.sleep(0.1)
    return pytest.fail(f"nobody listens at {address}")
