"""The layers of the package, read from its imports; the reader is itself tested with planted violations."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = (  # a module imports only from smaller numbers, or from its own package
    {"backend", "corpora", "datasets", "downloads", "files", "text"},
    {"cells", "context_use", "metrics", "mixture", "ngrams"},
    {"checkpoints", "gates", "models", "parallel"},
    {"decoding", "training"},
    {"instruments", "translation"},
    {"commands", "grading", "widgets"},
    {"__main__"},
)
LAYER = {name: number for number, names in enumerate(LAYERS, start=1) for name in names}
ISLAND = "plotting"  # arrays in, axes out: imports nothing of the course; only widgets and notebooks import it
NUMPY_ONLY = {
    "text",
    "corpora",
    "datasets",
    "downloads",
    "files",
    "ngrams",
    "metrics",
    "cells",
    "context_use",
    "mixture",
    "plotting",
}
ENGINES = {"keras", "tensorflow", "jax", "jaxlib", "torch"}
DRAWING = {"matplotlib", "seaborn"}


def imported_modules(tree: ast.AST, package: str) -> list[str]:
    """Full names of all modules a tree imports, at its top or inside functions; relative ones resolved."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package.split(".")[: len(package.split(".")) - node.level + 1], base]).rstrip(".")
            # `from course import ngrams` names the module in its list; `from course.ngrams import X` does not
            found += [f"{base}.{alias.name}" for alias in node.names] if base == "course" else [base]
    return found


def violations(sources: dict[str, str]) -> list[str]:
    """Every broken rule in a package given as {module name: source}, each as one sentence."""
    found, edges = [], {}
    for module, source in sources.items():
        tree = ast.parse(source)
        if module.endswith("__init__"):
            docstring_only = len(tree.body) == 1 and ast.get_docstring(tree)
            if not docstring_only:
                found.append(f"{module}: expected a docstring and nothing else")
            continue
        part = module.split(".")[1]
        package = module.rpartition(".")[0]
        if part != ISLAND and part not in LAYER:
            found.append(f"{module}: {part} stands in no layer")
            continue
        for name in imported_modules(tree, package):
            top, _, rest = name.partition(".")
            other = rest.split(".")[0]
            if top == "course" and other:
                edges.setdefault(module, set()).add(name)
                if other == part:
                    continue
                if part == ISLAND:
                    found.append(f"{module}: the island imports {name}")
                elif other == ISLAND:
                    if part != "widgets":
                        found.append(f"{module}: only widgets and notebooks may import {name}")
                elif LAYER.get(other, 99) >= max(2, LAYER[part]):  # layer 1 is one foundation; circles are found below
                    found.append(f"{module} (layer {LAYER[part]}): imports {name} (layer {LAYER.get(other)})")
                if part in NUMPY_ONLY and other == "backend":
                    found.append(f"{module}: NumPy only, imports {name}")
            if top in ENGINES and part != "backend":
                found.append(f"{module}: only course.backend may import {name}")
            if top in DRAWING and part not in {ISLAND, "widgets"}:
                found.append(f"{module}: only plotting and widgets may import {name}")
        imported_names = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course")
            for alias in node.names
        }
        exported = {
            element.value
            for node in tree.body
            if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__all__" for t in node.targets)
            for element in getattr(node.value, "elts", [])
        }
        found += [f"{module}: re-exports {name}" for name in sorted(imported_names & exported)]
    return found + cycles(edges)


def cycles(edges: dict[str, set[str]]) -> list[str]:
    """One sentence for each module that imports itself through others."""

    def reaches(start):
        seen, todo = set(), list(edges.get(start, ()))
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo += edges.get(name, ())
        return seen

    return [f"{module}: imports itself in a circle" for module in edges if module in reaches(module)]


def package_sources() -> dict[str, str]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "course").rglob("*.py"))
    }


def public_definitions() -> dict[str, list[str]]:
    """Public functions and classes of the package: name -> modules that define it."""
    found = {}
    for module, source in package_sources().items():
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module)
    return found


def test_package_keeps_its_layers():
    assert violations(package_sources()) == []


def test_each_public_name_is_defined_once():
    several = {name: modules for name, modules in public_definitions().items() if len(modules) > 1}
    # modules that answer to the same calls, so that one can stand for another: verbs, grammars, languages
    alike = {"course.commands", "course.corpora", "course.corpora.bilingual"}
    several.pop("main")  # of each verb, and of the command line itself
    assert {n: m for n, m in several.items() if not {module.rpartition(".")[0] for module in m} <= alike} == {}


@pytest.mark.parametrize(
    ("module", "source", "rule"),
    [
        ("course.text.tokens", "from course.ngrams import count", "imports course.ngrams (layer 2)"),
        ("course.cells.lstm", "def f():\n    from course.models import translator", "(layer 2): imports course.models"),
        ("course.cells.lstm", "from course import training", "imports course.training (layer 4)"),
        ("course.ngrams", "import course.metrics", "imports course.metrics (layer 2)"),
        ("course.cells.lstm", "import keras", "only course.backend may import keras"),
        ("course.models.translator", "import tensorflow as tf", "only course.backend may import tensorflow"),
        ("course.metrics", "from course.backend import keras", "NumPy only"),
        ("course.plotting.gates", "from course.text import tokens", "the island imports"),
        ("course.training", "from course.plotting import curves", "only widgets and notebooks"),
        ("course.training", "def f():\n    import matplotlib.pyplot", "only plotting and widgets"),
        ("course.decoding", "from ..decoding import beam", None),
        ("course.newcomer", "", "stands in no layer"),
        (
            "course.cells.__init__",
            '"""Cells."""\nfrom course.cells.lstm import lstm_step',
            "docstring and nothing else",
        ),
        ("course.cells.lstm", "from course.text.tokens import pad\n__all__ = ['pad']", "re-exports pad"),
        ("course.widgets.keyboard", "from course.plotting.curves import plot_lines", None),
    ],
)
def test_a_planted_violation_is_found(module, source, rule):
    found = violations({module: source})
    if rule is None:
        assert [sentence for sentence in found if "circle" not in sentence] == []
    else:
        assert any(rule in sentence for sentence in found), found


def test_a_planted_circle_is_found():
    circle = {"course.datasets": "import course.downloads", "course.downloads": "def f():\n    import course.datasets"}
    assert len([sentence for sentence in violations(circle) if "circle" in sentence]) == 2
