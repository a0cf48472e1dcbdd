"""The README's pictures: copies of stored figures, so that they are never older than their lesson."""

import base64
import re

import nbformat

from course.commands.lessons import REPOSITORY

FOLDER = REPOSITORY / "docs" / "pictures"
PICTURES = {  # file: (lesson, id of the cell that shows the figure)
    "gates.png": ("07_seeing_the_gates", "paris-figure"),
    "recall.png": ("04_vanishing_gradients", "recall-figure"),
    "alignment.png": ("13_attention", "real-cat"),
}


def picture(notebook, cell_id: str) -> bytes:
    """The first figure that a cell stores, as the bytes of a PNG file.

    Raises:
        LookupError: the notebook has no such cell, or the cell stores no figure.
    """
    for cell in notebook.cells:
        if cell.id == cell_id:
            for output in cell.get("outputs", []):
                page = output.get("data", {}).get("text/html", "")
                if found := re.search(r'src="data:image/png;base64,([A-Za-z0-9+/=]+)"', page):
                    return base64.b64decode(found[1])
    raise LookupError(f"expected a stored figure in the cell {cell_id}, found none")


def write_pictures(lessons: set[str]) -> None:
    """Write the pictures of these lessons, given by their stems, anew from what they store."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (lesson, cell_id) in PICTURES.items():
        if lesson not in lessons:
            continue
        notebook = nbformat.read(REPOSITORY / "notebooks" / f"{lesson}.ipynb", as_version=4)
        (FOLDER / name).write_bytes(picture(notebook, cell_id))
