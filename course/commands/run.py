"""`run`: execute lessons headless, write them as HTML, and store their outputs when asked to."""

import sys
import time
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from tqdm import tqdm

from course.commands import lessons, pictures

HTML = lessons.REPOSITORY / "build" / "html"


def main(arguments):
    """Execute the lessons named on the command line; returns the exit code."""
    try:
        paths = lessons_named(arguments.lessons, lessons.lesson_paths())
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    sizes = {path: len(nbformat.read(path, as_version=4).cells) for path in paths}
    failed = 0
    with tqdm(total=sum(sizes.values()), unit="cell", disable=None) as bar:  # None: no bar where there is no terminal
        done = 0
        for path in paths:
            failed += not _run_one(path, arguments.store, bar, done)
            done += sizes[path]
            bar.n = done  # also after a lesson that failed half-way
    if arguments.store:
        pictures.write_pictures({path.stem for path in paths})
    return int(failed > 0)


def lessons_named(names, paths):
    """The lessons that `names` mean: a number, a stem, a path, or `all`.

    >>> lessons_named(["5", "00_start_here"], [Path("00_start_here.ipynb"), Path("05_lstm_gates.ipynb")])
    [...Path('00_start_here.ipynb'), ...Path('05_lstm_gates.ipynb')]

    Raises:
        LookupError: a name means no lesson; the message lists them.
    """
    found = []
    for name in names:
        if Path(name).suffix == ".ipynb" and Path(name).exists():
            found.append(Path(name).resolve())
            continue
        meant = [path for path in paths if name in ("all", path.stem) or name.zfill(2) == path.stem[:2]]
        if not meant:
            there = ", ".join(path.stem for path in paths) or "none"
            raise LookupError(f"There is no lesson `{name}`. The lessons are: {there}.")
        found += meant
    return sorted(set(found), key=lambda path: (path.name, path))


def _run_one(path, store, bar, done):
    """Execute, check, write HTML; prints one line with the seconds, or the fault, and returns whether it went well."""
    started = time.monotonic()

    def on_cell(index, cell, seconds):
        bar.n = done + index + 1
        bar.set_description(path.stem)

    try:
        notebook = (lessons.store if store else lessons.execute)(path, on_cell)
    except lessons.LessonError as error:
        bar.write(f"FAILED  {error}", file=sys.stderr)
        return False
    page, _ = HTMLExporter().from_notebook_node(notebook, resources={"metadata": {"name": path.stem}})
    folder = HTML if path.parent.name != path.stem else HTML / "solutions"  # a solution is called as its lesson is
    html = folder / f"{path.stem}.html"
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(page, encoding="utf-8")
    bar.write(f"{time.monotonic() - started:6.1f} s  {path.stem}  {html}")
    faults = lessons.faults(notebook)
    for fault in faults:
        bar.write(f"FAILED  {path.stem}, {fault}", file=sys.stderr)
    return not faults
