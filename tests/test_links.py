"""Links between the project's own pages are relative and lead somewhere."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    p
    for p in sorted(ROOT.rglob("*"))
    if p.suffix in {".md", ".ipynb"}
    and not set(p.relative_to(ROOT).parts[:-1]) & {"build", "node_modules"}
    and not any(part.startswith(".") for part in p.relative_to(ROOT).parts)
]
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"")


def markdown(path: Path) -> str:
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = path.read_text(encoding="utf-8")
    return re.sub(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", "", text, flags=re.DOTALL)


def broken_links(path: Path, text: str) -> list[str]:
    """Targets that are absolute on this machine, or relative and missing. Addresses on the web are not fetched."""
    found = []
    for target in (a or b for a, b in LINK.findall(text)):
        if re.match(r"(https?|mailto):", target):
            continue
        file = target.partition("#")[0]
        if file.startswith("/") or (file and not (path.parent / file).exists()):
            found.append(target)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    assert broken_links(path, markdown(path)) == []


def test_a_broken_and_an_absolute_link_are_found():
    text = "[a](no/such/page.md) [b](/etc/passwd) [c](https://example.org) [d](README.md#top)"
    assert broken_links(ROOT / "README.md", text) == ["no/such/page.md", "/etc/passwd"]
