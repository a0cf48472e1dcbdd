"""Install the locked packages into a folder with uv, or with pip where there is no uv. Standard library only."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

GIGABYTE = 10**9
NEEDED_SPACE = 4 * GIGABYTE  # 2.6 GB of environment, and what pip unpacks and caches on the way


class EnvironmentFault(Exception):
    """Why there is no environment, and the way out, in a sentence or two."""


NO_SPACE = (
    f"The disk is full: the environment needs about {NEEDED_SPACE // GIGABYTE} GB free in {{folder}} "
    f"and 1 GB in {tempfile.gettempdir()}. Free some space and start again."
)
NO_PERMISSION = "Not allowed to write to {folder}. Copy the course to a folder of your own, or set COURSE_VENV to one."
FAULTS = [  # what pip or uv prints: what we say
    (r"No space left on device|os error 28\b|Errno 28\b|not enough space on the disk|Disk quota exceeded", NO_SPACE),
    (r"Permission denied|Access is denied|Read-only file system|Operation not permitted", NO_PERMISSION),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch|require-hashes mode",
        "A package does not have the hash that requirements.txt promises, so nothing of it was installed. "
        "Restore the file (git checkout requirements.txt), empty the cache (pip cache purge, or uv cache clean) "
        "and start again; see {log}",
    ),
    (
        r"NewConnectionError|Max retries exceeded|name resolution|[Rr]ead timed out|ProxyError|broken by 'SSLError"
        r"|[Cc]onnection(?: was)? (?:refused|reset|broken)"
        r"|error sending request|Failed to fetch|dns error|network was disabled",
        "The package index was not reached, and the packages must come from there once. "
        "Check the network (and the proxy and index settings of pip or uv) and start again; see {log}",
    ),
    (
        r"No matching distribution|has no wheels|No solution found",
        "No package index that was reached has all packages for this machine ("
        + sysconfig.get_platform()
        + "). Check the network and the index settings of pip or uv; Linux, Windows and Macs with an Apple processor "
        "have all packages; see {log}",
    ),
]


def python_in(folder):
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(folder):
    """Where the environment in `folder`, made by this Python, keeps its packages."""
    return Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))


def base_python():
    """The interpreter that environments are made with: this one, or the one this environment was made with."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def install(folder, requirements, log, progress, lock=None):
    """Make the environment in `folder`, or bring it up to date, from the hashed `requirements`.

    Args:
        folder: the environment; it may exist.
        requirements: the lock file.
        log: file that gets the whole output of pip or uv.
        progress: a `Progress`, told what is happening.
        lock: an open lock file that the installing processes keep open as well, so that the lock outlives us.

    Raises:
        EnvironmentFault: a missing part of Python, no network, no space, no permission, a wrong hash.
    """
    uv = shutil.which("uv")
    if not uv:
        _require_venv()
    if shutil.disk_usage(folder).free < NEEDED_SPACE and not python_in(folder).exists():
        raise EnvironmentFault(NO_SPACE.format(folder=folder))
    python, packages = str(python_in(folder)), site_packages(folder)
    locked = ["--require-hashes", "-r", str(requirements)]
    if uv:
        make = [uv, "venv", "--allow-existing", "--python", base_python(), str(folder)]
        fill = [uv, "pip", "install", "--python", python, "--compile-bytecode", *locked]
    else:
        make = [base_python(), "-m", "venv", str(folder)]
        fill = [python, "-m", "pip", "install", "--no-input", "--progress-bar", "off", "--no-compile", *locked]
    with open(log, "w", encoding="utf-8") as output:
        if not python_in(folder).exists():
            progress.stage = "making the folder"
            _run(make, output, lambda line: None, lock)
        progress.stage, progress.total = "fetching", len(re.findall(r"(?m)^\S+==", requirements.read_text()))
        _run(fill, output, lambda line: _follow(line, progress, packages), lock)
        if not uv:  # three times as fast as pip's own compiling; without it every start takes seconds longer
            progress.stage, progress.done, progress.detail = "compiling", 0, ""
            _run(
                [python, "-m", "compileall", "-q", "-j", "0", str(packages)],
                output,
                lambda line: None,
                lock,
                check=False,
            )


def _require_venv():
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = "{}.{}".format(*sys.version_info)
        raise EnvironmentFault(
            f"This Python has no `{missing[0]}`, which makes environments. On Debian or Ubuntu: "
            f"sudo apt install python{version}-venv; elsewhere install uv (pip install uv), and start again."
        )


def _run(command, output, follow, lock=None, check=True):
    """Run one command: every line goes to the file `output` and to `follow`; a failure becomes a sentence."""
    output.write("$ " + " ".join(command) + "\n")
    environment = {**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    lines = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
        pass_fds=(lock.fileno(),) if lock and os.name != "nt" else (),
    ) as process:
        try:
            for line in process.stdout:
                output.write(line)
                output.flush()
                lines.append(line)
                follow(line)
        except BaseException:
            process.terminate()
            raise
    if check and process.returncode:
        raise EnvironmentFault(_sentence("".join(lines), command, output.name))


def _sentence(text, command, log):
    for pattern, sentence in FAULTS:
        if re.search(pattern, text):
            return sentence.format(folder=Path(log).parent, log=log)
    lines = [line.strip(" .") for line in text.splitlines() if line.strip()] or ["it printed nothing"]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return f"{Path(command[0]).stem} failed: {errors[-1]}. Start again; if it fails again, see {log}"


def _follow(line, progress, packages):
    """Read from one line of pip's or uv's output how far it is."""
    if found := re.match(r"Resolved (\d+) packages", line):  # uv
        progress.total = int(found[1])
    elif re.match(r"Ignoring \S+: markers", line):  # pip, a package for another system
        progress.total -= 1
    elif found := re.match(r"(?:Collecting|Processing) (?:\S*[/\\])?([^=\s]+)", line):  # pip
        progress.done, progress.detail = progress.done + 1, found[1]
    elif found := re.match(r"\s*Downloading (\S+ \(.+\))", line):
        progress.detail = found[1]
    elif re.match(r"Installing collected|Prepared \d+", line):
        progress.stage, progress.detail = "installing", ""
        progress.done = lambda: len(list(packages.glob("*.dist-info")))
    elif re.match(r"Installed \d+ packages", line):  # uv compiles after this line
        progress.stage, progress.done = "compiling", 0
