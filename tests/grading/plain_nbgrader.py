"""`python -m tests.grading.plain_nbgrader [CASE…]`: the hostile submissions, graded by `nbgrader autograde` alone.

For comparison; no test. Each case runs beside two honest students in a throwaway copy of a course, inside a bubblewrap
of its own that shares nothing writable with this machine, since here the student's code may do all that nbgrader may.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from course.commands.lessons import REPOSITORY
from course.grading.sandbox import bubblewrap
from tests.grading import hostile

SECONDS = 120
COURSE = "/home/course"  # in its walls
CONFIG = """c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.ExecutePreprocessor.timeout = 5
c.ClearSolutions.enforce_metadata = False
"""
POINTS = """
    SELECT submitted_assignment.student_id, SUM(COALESCE(grade.manual_score, grade.auto_score, 0)) FROM grade
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id GROUP BY 1"""


def main(names: list[str]) -> None:
    """Print a line for each case: what it deserves and got, and what became of the rest."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        (course / "solutions" / "05_double").mkdir(parents=True)
        (course / "nbgrader_config.py").write_text(CONFIG)
        (course / "solutions" / "05_double" / "05_double.ipynb").write_text(json.dumps(hostile.notebook()))
        walled(course, "generate_assignment")
        print("| case | it | deserves | got | the rest |\n|---|---|---|---|---|")
        for name in names or hostile.CASES:
            copy = Path(folder) / "copy"
            shutil.copytree(course, copy)
            case = hostile.CASES[name]
            got, rest = graded(copy, name)
            print(f"| {name} | {case.does} | {case.points:g} | {got} | {rest} |", flush=True)
            shutil.rmtree(copy)


def graded(course: Path, name: str) -> tuple[str, str]:
    """Points of one case, and what happened to its neighbours and to the files of the course."""
    words = {"@SOLUTIONS@": f"{COURSE}/solutions", "@ROOM@": COURSE, "@PORT@": "1"}
    for student in ("a-honest", "b-case", "c-honest"):
        file = course / "submitted" / student / "05_double" / "05_double.ipynb"
        hostile.write(hostile.CASES[name] if student == "b-case" else hostile.HONEST, file, words)
    before = files(course)
    walled(course, "autograde")
    try:
        with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book:
            points = dict(book.execute(POINTS).fetchall())
    except sqlite3.Error as fault:
        return "nothing", f"gradebook: {fault}"
    harm = [f"{who} has {points.get(who, 'nothing')}" for who in ("a-honest", "c-honest") if points.get(who) != 8]
    harm += [f"{len(before - files(course))} files changed"] if before - files(course) else []
    return f"{points['b-case']:g}" if "b-case" in points else "nothing", "; ".join(harm)


def files(course: Path) -> set[tuple[str, str]]:
    """Names and digests of solutions and submissions."""
    found = [path for part in ("solutions", "submitted") for path in (course / part).rglob("*.ipynb")]
    return {(str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in found if path.is_file()}


def walled(course: Path, verb: str) -> None:
    """Run a verb of nbgrader on a course, the only folder it can write."""
    walls = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all", "--die-with-parent"]
    walls += ["--cap-drop", "ALL", "--size", str(400 * 2**20), "--tmpfs", "/tmp"]
    for folder in ("/home", "/root"):
        walls += ["--tmpfs", folder]
    for path in (Path(sys.prefix), Path(sys.base_prefix), REPOSITORY):  # wherever they lie
        walls += ["--ro-bind", str(path), str(path)]
    walls += ["--bind", str(course), COURSE, "--chdir", COURSE]
    limits = "ulimit -v 6000000; ulimit -u 300; ulimit -f 800000; exec "
    program = f"{limits} {sys.executable} -m nbgrader {verb} 05_double --force"
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"}
    with contextlib.suppress(subprocess.TimeoutExpired), open(course.parent / "said", "w") as said:
        subprocess.run(
            [bubblewrap(), *walls, "--", "/bin/bash", "-c", program],
            env={**environment, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            timeout=SECONDS,
        )


if __name__ == "__main__":
    os.nice(10)
    main(sys.argv[1:])
