"""Find a Python that the course runs on, and hand over to it. Written in syntax that any Python reads."""
# ruff: noqa: UP031

import os
import subprocess
import sys

OLDEST, TOO_NEW = (3, 11), (3, 14)  # as `requires-python` in pyproject.toml


def supported(version):
    """Whether TensorFlow has packages for this Python version.

    >>> supported((3, 11, 7)), supported((3, 10, 13)), supported((3, 14, 0))
    (True, False, False)
    """
    return OLDEST <= tuple(version[:2]) < TOO_NEW


def require_supported():
    """Return if this Python fits; otherwise start the command again with one that does, or say what to install."""
    if supported(sys.version_info):
        return
    command = find_supported()
    if command:
        hand_over(command + ["-m", "course"] + sys.argv[1:])
    sys.exit(
        "The course needs Python 3.11, 3.12 or 3.13, and this is Python %d.%d. "
        "Install Python 3.12 (python.org, your package manager, or `uv python install 3.12`) "
        "and start the same command with it: python3.12 -m course %s"
        % (sys.version_info[0], sys.version_info[1], " ".join(sys.argv[1:]))
    )


def find_supported():
    """The command of an installed Python that fits, such as `["python3.12"]`, or None."""
    test = "import sys; sys.exit(not %r <= sys.version_info[:2] < %r)" % (OLDEST, TOO_NEW)
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        version = "3.%d" % minor
        for command in (["py", "-" + version],) if os.name == "nt" else (["python" + version],):
            if _succeeds(command + ["-c", test]):
                return command
    return None


def hand_over(command):
    """Replace this process by `command`: its signals and its exit code become ours."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execvp(command[0], command)
    process = subprocess.Popen(command)  # Windows cannot replace a process
    code = None
    while code is None:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            code = process.poll()  # Ctrl-C reaches the other process too, which decides
    sys.exit(code)


def _succeeds(command):
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call(command, stdout=nowhere, stderr=nowhere) == 0
        except OSError:  # there is no such program
            return False
