"""Execute lessons headless, store their outputs in one normal form, and seal them with a digest."""

import hashlib
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course.files import write_text

REPOSITORY = Path(__file__).resolve().parents[2]
CELL_TIMEOUT = 300  # seconds; the slowest lesson takes 60 in all
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}  # without the version: another Python must not change the file
ONE_THREAD = dict.fromkeys(  # the order of a parallel sum changes its last digits
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1"
)
MACHINE_FOLDERS = (REPOSITORY, Path.home(), Path(sys.prefix), Path(tempfile.gettempdir()))
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class LessonError(Exception):
    """A lesson that cannot be run or stored; the message says which cell and why."""


def lesson_paths(folder=REPOSITORY / "notebooks"):
    """Every lesson of the course, in order."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def static_environment():
    """Environment of a kernel whose outputs are stored or compared: static widgets, inline figures, one thread."""
    inherited = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return {
        **inherited,
        **ONE_THREAD,
        "COURSE_STATIC": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this environment, not one the user installed elsewhere
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def execute(path, on_cell=None, cell_timeout=CELL_TIMEOUT):
    """Run a lesson top to bottom in a fresh kernel.

    A kernel that hangs or dies is started once more, from the first cell: ipykernel 7 rarely loses a message.

    Args:
        path: the notebook; it is not changed.
        on_cell: called after each code cell as `on_cell(index, cell, seconds)`.
        cell_timeout: seconds one cell may take.

    Returns:
        The executed notebook in the normal form of `normalise`.

    Raises:
        LessonError: a cell raised an exception, or the kernel hung or died twice.
    """
    for attempt in ("first", "last"):
        try:
            return _execute_once(Path(path), on_cell, cell_timeout)
        except CellExecutionError as error:
            raise LessonError(f"{Path(path).name}: a cell raised an exception\n{error}") from None
        except (TimeoutError, RuntimeError) as error:  # nbclient: cell time-out; dead kernel or one that never answered
            if attempt == "last":
                raise LessonError(f"{Path(path).name}: the kernel hung or died twice\n{error}") from None


def _execute_once(path, on_cell, cell_timeout):
    notebook = nbformat.read(path, as_version=4)
    started = {}

    def before(cell, cell_index):
        started[cell_index] = time.monotonic()

    def after(cell, cell_index, execute_reply):
        if on_cell:
            on_cell(cell_index, cell, time.monotonic() - started[cell_index])

    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=cell_timeout,
        record_timing=False,
        force_raise_errors=True,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=ERROR"],  # no warning about every kernel's local connection
        resources={"metadata": {"path": str(path.resolve().parent)}},
        on_cell_execute=before,
        on_cell_executed=after,
    )
    client.execute(env=static_environment())
    return normalise(notebook)


def normalise(notebook):
    """The same notebook without what changes from run to run: counts become 1…n; times and widget state go."""
    count = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        count += bool(cell.source.strip())
        cell.execution_count = count if cell.source.strip() else None
        cell.outputs = _merged(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    notebook.metadata.pop("widgets", None)
    notebook.metadata.update(kernelspec=KERNEL, language_info=LANGUAGE)
    return nbformat.reads(nbformat.writes(notebook), as_version=4)  # as a reader of the file will see it


def _merged(outputs):
    """Printed text in one piece where nothing stands between: the kernel cuts it up by the clock."""
    merged = []
    for output in outputs:
        if merged and output.output_type == "stream" and output.name == merged[-1].get("name"):
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def faults(notebook):
    """Sentences about outputs that must not be stored: stderr, errors, live widgets, paths of this machine."""
    here = "|".join(re.escape(str(folder)) for folder in MACHINE_FOLDERS if folder != folder.parent)
    machine_path = re.compile(rf"(?<![\w.])(?:{here})(?!\w)")
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found.append(f"cell {cell.id}: an error, {output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                found.append(f"cell {cell.id}: writes to stderr: {output.text.strip()[:200]}")
            elif WIDGET_VIEW in output.get("data", {}):
                found.append(f"cell {cell.id}: shows a live widget in a static run (COURSE_STATIC=1)")
            elif path := machine_path.search(json.dumps(output, ensure_ascii=False).replace("\\\\", "\\")):
                found.append(f"cell {cell.id}: prints a path of this machine: {path[0]}")
    return found


def digest(notebook):
    """SHA-256 over id, type, source, tags and outputs of every cell: changes when any of them is edited.

    >>> notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", id="sum")])
    >>> before = digest(notebook)
    >>> notebook.cells[0].source = "1 + 2"
    >>> digest(notebook) == before
    False
    """
    cells = [
        [cell.id, cell.cell_type, cell.source, cell.metadata.get("tags", []), cell.get("outputs", [])]
        for cell in notebook.cells
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def store(path, on_cell=None, cell_timeout=CELL_TIMEOUT):
    """Execute a lesson and write its outputs, with their digest, back into the file; all or nothing.

    Returns:
        The stored notebook.

    Raises:
        LessonError: see `execute` and `faults`, or the file was edited meanwhile; the file is left as it was.
    """
    path = Path(path)
    before = path.read_bytes()
    notebook = execute(path, on_cell, cell_timeout)
    if found := faults(notebook):
        raise LessonError(f"{path.name} was not stored:\n" + "\n".join(found))
    if path.read_bytes() != before:
        raise LessonError(f"{path.name} was not stored: it was edited while it ran; run it again")
    notebook.metadata["course"] = {"digest": digest(notebook)}
    write_text(path, nbformat.writes(notebook) + "\n")
    return notebook
