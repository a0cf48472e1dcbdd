"""Stored lessons are whole, in order, fresh and honest; each rule is itself tested on a broken copy."""

import ast
import copy
import csv
import re
import tomllib
from pathlib import Path

import nbformat
import pytest

from course.commands.lessons import digest, faults, lesson_paths
from tests.test_architecture import public_definitions

ROOT = Path(__file__).parent.parent
CLAIMS = tomllib.loads((ROOT / "notebooks" / "claims.toml").read_text(encoding="utf-8"))
LESSONS = {path.stem: nbformat.read(path, as_version=4) for path in lesson_paths()}
EXECUTED = LESSONS | {
    f"solutions/{path.stem}": nbformat.read(path, as_version=4) for path in sorted(ROOT.glob("solutions/*/*.ipynb"))
}
ROAD = {row["number"] for row in csv.DictReader((ROOT / "notebooks" / "road.csv").read_text("utf-8").splitlines())}
CELL_LINK = re.compile(r"\]\(([\w./-]+\.ipynb)?#cell-id=([\w-]+)\)")
ANSWER = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def python(source: str) -> ast.Module:
    """The cell as Python; lines of IPython magic are left out."""
    return ast.parse("\n".join("" if re.match(r"\s*[%!]", line) else line for line in source.split("\n")))


def asserts(source: str) -> bool:
    """Does the cell hold an assert statement, a call of an `assert_…` function or a block that expects an error?"""
    return any(
        isinstance(node, ast.Assert)
        or (
            isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")).startswith("assert")
        )
        for node in ast.walk(python(source))
    )


def defined_names(source: str) -> set[str]:
    """Functions, classes and plain names that a cell defines at its top level."""
    names = set()
    for node in python(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def staleness(notebook) -> list[str]:
    found = faults(notebook)
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        found.append(f"not executed top to bottom: {counts}")
    if notebook.metadata.get("course", {}).get("digest") != digest(notebook):
        found.append("edited after it was executed: run `python -m course run --store` on it")
    if "widgets" in notebook.metadata:
        found.append("stores widget state")
    return found


def claim_faults(notebook, claims: dict[str, str]) -> list[str]:
    cells = {cell.id: cell for cell in code_cells(notebook)}
    asserting = {name for name, cell in cells.items() if asserts(cell.source)}
    found = [f"claim {name} has no cell" for name in claims if name not in cells]
    found += [f"claim {name} asserts nothing" for name in claims if name in cells and name not in asserting]
    found += [f"cell {name} asserts something that is not in claims.toml" for name in sorted(asserting - set(claims))]
    return found + [
        f"claim {name} lacks the tag `claim`"
        for name in claims
        if name in cells and "claim" not in cells[name].metadata.get("tags", [])
    ]


def quiz_faults(notebook) -> list[str]:
    """A checkpoint has three to five questions; every option explains itself, and exactly one is right."""
    questions = [cell for cell in notebook.cells if re.search(r"^\*\*Question \d", cell.source, re.MULTILINE)]
    found = [] if 3 <= len(questions) <= 5 else [f"expected 3 to 5 questions, got {len(questions)}"]
    for cell in questions:
        options = ANSWER.findall(cell.source)
        right = [body for _, body in options if "✓" in body]
        if len(options) < 2 or len(right) != 1:
            found.append(f"{cell.id}: expected one right option of several, got {len(right)} of {len(options)}")
        for summary, body in options:
            if len(re.sub(r"[✓✗]|Right|Not so", "", body).split()) < 5 or not re.search("[✓✗]", body):
                found.append(f"{cell.id}: option {summary!r} does not say whether and why")
    return found


def broken_cell_links(notebook, folder: Path, name: str) -> list[str]:
    """Links such as `05_lstm_gates.ipynb#cell-id=love`, in text or in what a cell printed, that lead to no cell."""
    found = []
    for cell in notebook.cells:
        printed = [output.get("data", {}).get("text/markdown", "") for output in cell.get("outputs", [])]
        for file, cell_id in CELL_LINK.findall(
            "\n".join([cell.source if cell.cell_type == "markdown" else "", *printed])
        ):
            path = folder / (file or name)
            if not path.exists() or cell_id not in {c.id for c in nbformat.read(path, as_version=4).cells}:
                found.append(f"{cell.id}: {file}#{cell_id}")
    return found


@pytest.mark.parametrize("name", EXECUTED)
def test_outputs_are_present_fresh_and_in_order(name):
    assert staleness(EXECUTED[name]) == []


@pytest.mark.parametrize("name", LESSONS)
def test_every_claim_has_its_asserting_cell(name):
    assert claim_faults(LESSONS[name], CLAIMS.get(name, {})) == []


def test_claims_name_no_lesson_that_is_not_there():
    assert set(CLAIMS) <= set(LESSONS)


@pytest.mark.parametrize("name", LESSONS)
def test_links_to_cells_lead_to_cells(name):
    assert broken_cell_links(LESSONS[name], ROOT / "notebooks", f"{name}.ipynb") == []


@pytest.mark.parametrize("name", [name for name in LESSONS if name[:2] in ROAD])  # not the first page, no appendix
def test_lesson_has_the_parts_every_lesson_has(name):
    notebook = LESSONS[name]
    headings = re.findall(r"^## (.+)$", "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"), re.M)
    for part in ("Checkpoint", "What we showed", "Where it breaks", "Exercise", "References"):
        assert any(part in heading for heading in headings), f"{part} is missing; there is {headings}"
    assert quiz_faults(notebook) == []
    figures = sum(
        "<figure>" in output.get("data", {}).get("text/html", "") for c in code_cells(notebook) for output in c.outputs
    )
    assert figures >= 1


@pytest.mark.parametrize("name", EXECUTED)
def test_notebook_defines_no_name_of_the_package(name):
    inner = ("course.corpora.", "course.commands.", "course.grading.")  # nothing that a lesson builds
    package = {n: m for n, m in public_definitions().items() if not m[0].startswith(inner)}
    twice = {n: package[n] for cell in code_cells(EXECUTED[name]) for n in defined_names(cell.source) if n in package}
    assert twice == {}, "a name of the package is imported, not written again"


@pytest.mark.parametrize("name", EXECUTED)
def test_figures_and_pictures_have_alternative_text(name):
    for cell in code_cells(EXECUTED[name]):
        for output in cell.outputs:
            assert "image/png" not in output.get("data", {}), f"{cell.id}: show figures through plotting.style.show"
            for image in re.findall(r"<img[^>]*>", output.get("data", {}).get("text/html", "")):
                assert re.search(r'alt="[^"]{20,}"', image), f"{cell.id}: a picture without alternative text"


# The rules above, on notebooks broken on purpose.


@pytest.fixture
def sound():
    cells = [
        nbformat.v4.new_code_cell("half = 1 / 2\nhalf", id="half", execution_count=1),
        nbformat.v4.new_code_cell("assert half == 0.5", id="half-is-half", execution_count=2),
    ]
    cells[0].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "0.5"}, execution_count=1)]
    cells[1].metadata["tags"] = ["claim"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["course"] = {"digest": digest(notebook)}
    assert staleness(notebook) == []
    assert claim_faults(notebook, {"half-is-half": "half of one is 0.5"}) == []
    return notebook


def broken(notebook, change):
    notebook = copy.deepcopy(notebook)
    change(notebook)
    return notebook


def test_missing_output_is_found(sound):
    assert staleness(broken(sound, lambda n: n.cells[0].update(outputs=[])))


def test_stale_source_is_found(sound):
    assert staleness(broken(sound, lambda n: n.cells[0].update(source="half = 2 / 4\nhalf")))


def test_wrong_order_is_found(sound):
    assert "not executed top to bottom: [2, 1]" in staleness(broken(sound, lambda n: n.cells.reverse()))[0]


def test_stored_stderr_is_found(sound):
    pink = nbformat.v4.new_output("stream", name="stderr", text="Warning: pink")
    assert any("stderr" in fault for fault in staleness(broken(sound, lambda n: n.cells[0].outputs.append(pink))))


def test_removed_claim_is_found(sound):
    claims = {"half-is-half": "half of one is 0.5"}
    assert claim_faults(broken(sound, lambda n: n.cells.pop()), claims) == ["claim half-is-half has no cell"]
    weakened = broken(sound, lambda n: n.cells[1].update(source="half == 0.5"))
    assert claim_faults(weakened, claims) == ["claim half-is-half asserts nothing"]


def test_unregistered_claim_is_found(sound):
    assert claim_faults(sound, {}) == ["cell half-is-half asserts something that is not in claims.toml"]


def test_a_link_to_a_cell_that_is_not_there_is_found(sound):
    def link(notebook):
        text = "[here](#cell-id=half) [no cell](#cell-id=third) [no file](99_none.ipynb#cell-id=half)"
        notebook.cells.append(nbformat.v4.new_markdown_cell(text, id="links"))

    lesson = next(iter(LESSONS))
    here = {cell.id for cell in LESSONS[lesson].cells}
    assert not {"half", "third"} & here
    found = broken_cell_links(broken(sound, link), ROOT / "notebooks", f"{lesson}.ipynb")
    assert found == ["links: #half", "links: #third", "links: 99_none.ipynb#half"]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (["✓ Right: because it is so in every case."], "one right option of several"),
        (["✓ Right: because it is so in every case.", "✓ Right: and this one is right as well."], "got 2 of 2"),
        (["✓ Right: because it is so in every case.", "✗ No."], "does not say whether and why"),
    ],
)
def test_poor_quiz_is_found(options, fault):
    answers = "\n".join(f"<details><summary>A</summary>\n\n{option}\n\n</details>" for option in options)
    cells = [nbformat.v4.new_markdown_cell(f"**Question {n}.** Why?\n\n{answers}") for n in (1, 2, 3)]
    assert any(fault in sentence for sentence in quiz_faults(nbformat.v4.new_notebook(cells=cells)))
