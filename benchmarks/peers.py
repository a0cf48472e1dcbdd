"""What the course is measured against: present, or one line that says how to get it."""

import importlib.util
import shutil
import sys
import tomllib
from pathlib import Path

TUNED_ALLOCATOR = {  # PyTorch as it comes gives large blocks back after each step and waits for the pages to be zeroed
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
}
PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def present(module: str, what: str) -> bool:
    """Whether a Python package is there; if not, prints how to get it.

    Args:
        module: name by which it is imported.
        what: its name for a reader.
    """
    if importlib.util.find_spec(module) is not None:
        return True
    print(f"{what} is not here, so nothing is compared with it. To install it: {install_command()}", flush=True)
    return False


def install_command() -> str:
    """What installs the peers that are Python packages into this environment, by the installer that made it."""
    packages = " ".join(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]["bench"])
    with_uv = f"uv pip install --python {sys.executable} {packages}"
    return with_uv if shutil.which("uv") else f"{sys.executable} -m pip install {packages}"


def program(name: str, how_to_get: str) -> str | None:
    """Path of a program, or None, and a line that says how to get it."""
    path = shutil.which(name)
    if path is None:
        print(f"{name} is not on the PATH, so nothing is compared with it. {how_to_get}", flush=True)
    return path
