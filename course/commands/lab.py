"""`lab`: JupyterLab on the first lesson, file browser at the root of the course."""

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FIRST_LESSON = "notebooks/00_start_here.ipynb"
SETTINGS = Path(__file__).parent / "jupyter"  # defaults that have no option: do not ask about news


def jupyterlab_options(others):
    """Command line of JupyterLab; `others` come last, so that they win."""
    return [
        f"--ServerApp.root_dir={REPOSITORY}",
        f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
        "--LabApp.news_url=None",  # no question about news, no look for updates: a lesson needs no network
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *others,
    ]


def main(arguments):
    """Run JupyterLab until it is stopped; returns the exit code."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments.others:
        print(
            "JupyterLab does not start as root, because whoever reaches it could do anything. "
            "Start as an ordinary user, or, in a container, add --allow-root.",
            file=sys.stderr,
        )
        return 1
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # our kernel and settings before those installed elsewhere
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), *([others] if others else [])])
    from jupyterlab.labapp import main as jupyterlab

    return jupyterlab(jupyterlab_options(arguments.others))
