"""The README promises what is there: every lesson with its number of claims, pictures as the lessons store them."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest

from course.commands.command_line import VERBS
from course.commands.lessons import lesson_paths
from course.commands.pictures import FOLDER, PICTURES, picture

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLAIMS = tomllib.loads((ROOT / "notebooks" / "claims.toml").read_text(encoding="utf-8"))


def test_readme_lists_every_lesson_with_its_number_of_claims():
    rows = dict(re.findall(r"^\| \d\d \| \[[^\]]+\]\(notebooks/(\w+)\.ipynb\) \|.*\| (\d+) \|$", README, re.MULTILINE))
    assert rows == {path.stem: str(len(CLAIMS.get(path.stem, {}))) for path in lesson_paths()}


def test_readme_commands_exist():
    commands = set(re.findall(r"python -m course (\w+)", README))
    assert {"lab", "test"} <= commands <= set(VERBS)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_the_one_its_lesson_stores(name):
    lesson, cell_id = PICTURES[name]
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    assert (FOLDER / name).read_bytes() == picture(notebook, cell_id), "run `python -m course run NN --store`"
    assert f"docs/pictures/{name}" in README


def test_a_cell_without_a_figure_has_no_picture():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="one")])
    with pytest.raises(LookupError, match="one"):
        picture(notebook, "one")
