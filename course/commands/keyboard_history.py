"""Collect what the lessons measured in the keyboard: `python -m course.commands.keyboard_history`.

Writes `datasets/histories/keyboard.json` from the stored outputs of the cells `keyboard-score`. Every lesson types the
same texts, so that its lines can be compared with those of all others.
"""

import re

import nbformat

from course.commands.histories import FOLDER, write
from course.commands.lessons import lesson_paths

CELL, FILE = "keyboard-score", FOLDER / "keyboard.json"
LINE = re.compile(  # "NAME: SCORE", a course.metrics.KeyboardScore
    r"^(?P<model>.+): top-3 hit rate (?P<hit_rate>[\d.]+)% \((?P<low>[\d.]+)% to (?P<high>[\d.]+)%\), "
    r"keystrokes saved (?P<saved>[\d.]+)%$"
)


def scores_in(text: str) -> list[dict]:
    """The scores that a cell printed, one of each line; numbers in per cent.

    Raises:
        ValueError: a line is no score.

    >>> scores_in("RNN, 96 units: top-3 hit rate 77.2% (74.9% to 79.4%), keystrokes saved 58.0%")
    [{'model': 'RNN, 96 units', 'hit_rate': 77.2, 'low': 74.9, 'high': 79.4, 'saved': 58.0}]
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = LINE.match(line)
        if not match:
            raise ValueError(f"expected a line such as 'NAME: top-3 hit rate …', got {line!r}")
        found.append({name: value if name == "model" else float(value) for name, value in match.groupdict().items()})
    return found


def collected() -> list[dict]:
    """The scores of all lessons in order; a model that an earlier lesson has measured is not listed again."""
    rows = {}
    for path in lesson_paths():
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.id == CELL:
                text = "".join(output.get("text", "") for output in cell.outputs)
                for score in scores_in(text):
                    rows.setdefault(score["model"], {"lesson": path.stem} | score)
    return list(rows.values())


def main() -> None:
    """Write the file anew."""
    history = {"command": "python -m course.commands.keyboard_history", "unit": "per cent", "scores": collected()}
    write(FILE, history)


if __name__ == "__main__":
    main()
