"""`bench NAME…`: measure the course against named peers, each benchmark in a process of its own; or list them."""

import ast
import difflib
import subprocess
import sys

from course.commands.lessons import REPOSITORY

FOLDER = REPOSITORY / "benchmarks"


def main(arguments) -> int:
    """Run the benchmarks named on the command line, or list all; returns 1 if one failed."""
    there = benchmarks()
    if not arguments.names:
        print(benchmarks_table(there))
        return 0
    names = list(there) if arguments.names == ["all"] else arguments.names
    for name in names:
        if name not in there:
            near = difflib.get_close_matches(name, there, n=1)
            suggestion = f" Did you mean `{near[0]}`?" if near else ""
            print(f"There is no benchmark `{name}`.{suggestion}\n\n{benchmarks_table(there)}", file=sys.stderr)
            return 2
    failed = []
    for name in names:
        print(f"\n==== {name}: {there[name]}", flush=True)
        rounds = [] if arguments.rounds is None else ["--rounds", str(arguments.rounds)]
        if subprocess.call([sys.executable, "-m", "benchmarks", name, *rounds], cwd=REPOSITORY):
            failed.append(name)
            print(f"==== {name} failed", file=sys.stderr, flush=True)
    return int(bool(failed))


def benchmarks(folder=FOLDER) -> dict[str, str]:
    """The modules of the folder that define `run`, and the first line of what each says of itself; none is imported."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def benchmarks_table(there: dict[str, str]) -> str:
    """One line for each benchmark.

    >>> print(benchmarks_table({"gates": "Every gate against a loop.", "ngrams": "Counting."}))
    gates   Every gate against a loop.
    ngrams  Counting.
    """
    wide = max(map(len, there), default=0) + 2
    return "\n".join(f"{name:<{wide}}{what}" for name, what in there.items())
