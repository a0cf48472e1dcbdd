"""What a benchmark found: rows of a table, a file with every raw timing, and the tables in README.md."""

import json
import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Ratio, Timing, median_ratio, rates
from course.files import write_text

FOLDER = Path(__file__).parent
RESULTS, README = FOLDER / "results", FOLDER / "README.md"
HEADING = "## Latest results"  # what follows it in README.md is written here
SIDES = ("ours", "peer")
THREADS = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")


class Comparison(NamedTuple):
    """Our way against a peer's, on the same work in the same rounds.

    Attributes:
        work: what was done, with its size.
        ours, peer: the names of the two ways.
        unit: of the amount in the timings, such as "tokens".
        checked: in which way both were first seen to compute the same.
        timings: of ours and of the peer, one per round.
        goal: the ratio to reach; None where there is none.
        clock: "wall" or "cpu" seconds decide.
    """

    work: str
    ours: str
    peer: str
    unit: str
    checked: str
    timings: tuple[list[Timing], list[Timing]]
    goal: float | None = None
    clock: str = "wall"

    @property
    def ratio(self) -> Ratio:
        """How many times faster ours is."""
        return median_ratio(*self.timings, clock=self.clock)


class Figure(NamedTuple):
    """A number that stands alone, such as a latency or the memory held.

    Attributes:
        work, what: what was done, and what was measured.
        value, unit: what came out.
        goal: the largest value to allow; None where there is none.
    """

    work: str
    what: str
    value: float
    unit: str
    goal: float | None = None


def table(rows: Iterable[dict]) -> str:
    """The rows of a result file as tables in Markdown: the comparisons, then the figures."""
    rows = list(rows)
    comparisons = [_comparison(row) for row in rows if "ratio" in row]
    figures = [_figure(row) for row in rows if "ratio" not in row]
    if comparisons:
        comparisons = ["| work | ours | peer | ratio (95 %) | goal |", "|---|---|---|---|---|", *comparisons]
    if figures:
        figures = ["| work | measured | value | goal |", "|---|---|---|---|", *figures]
    return "\n\n".join("\n".join(lines) for lines in (comparisons, figures) if lines)


def _comparison(row: dict) -> str:
    sides = [f"{row[side]}: {_short(rate)} {row['unit']}/s" for side, rate in zip(SIDES, row["rates"], strict=True)]
    median, low, high = (row["ratio"][name] for name in Ratio._fields)
    seconds = " in CPU seconds" if row["clock"] == "cpu" else ""
    ratio = f"**{_short(median)}×** ({_short(low)} to {_short(high)}){seconds}"
    return f"| {row['work']} | {' | '.join(sides)} | {ratio} | {_goal('≥', row['goal'], median)} |"


def _figure(row: dict) -> str:
    value = f"{_short(row['value'])} {row['unit']}"
    return f"| {row['work']} | {row['what']} | {value} | {_goal('≤', row['goal'], row['value'])} |"


def _goal(sign: str, goal: float | None, value: float) -> str:
    if goal is None:
        return ""
    reached = value >= goal if sign == "≥" else value <= goal
    return f"{sign} {_short(goal)}: {'reached' if reached else 'missed'}"


def plain(row: Comparison | Figure) -> dict:
    """A row as it stands in a result file: with its ratio and its median rates, and with every raw timing."""
    if isinstance(row, Figure):
        return row._asdict()
    return row._asdict() | {
        "timings": {
            side: {name: [getattr(timing, name) for timing in timings] for name in Timing._fields}
            for side, timings in zip(SIDES, row.timings, strict=True)
        },
        "rates": [sorted(rates(timings, row.clock))[len(timings) // 2] for timings in row.timings],
        "ratio": row.ratio._asdict(),
    }


def result(name: str, command: str, rows: Iterable[dict], packages: Iterable[str]) -> dict:
    """The whole result file of one benchmark: what ran, where, with which versions, and the rows."""
    return {
        "benchmark": name,
        "command": command,
        "date": date.today().isoformat(),
        "machine": machine(),
        "versions": {"python": platform.python_version()} | {p: v for p in packages if (v := _version(p))},
        "rows": list(rows),
    }


def machine() -> dict:
    """Processor, cores, memory, system, how busy it was, and how many threads the libraries were allowed."""
    processor = platform.processor() or platform.machine()
    if (information := Path("/proc/cpuinfo")).exists():
        models = [
            line.partition(":")[2].strip() for line in information.read_text().splitlines() if "model name" in line
        ]
        processor = models[0] if models else processor
    has_sysconf = hasattr(os, "sysconf")
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
        if has_sysconf
        else None,
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "threads": {name: os.environ[name] for name in THREADS if name in os.environ},
    }


def store(found: dict, folder: Path = RESULTS, readme: Path = README) -> Path:
    """Write the result file, and the tables of all result files into README.md; returns the result file."""
    file = folder / f"{found['benchmark']}.json"
    write_text(file, _json(found))
    write_text(readme, with_results(readme.read_text(encoding="utf-8"), folder))
    return file


def with_results(page: str, folder: Path = RESULTS) -> str:
    """The page with everything behind its heading of results made anew from the result files."""
    before, heading, _ = page.partition(HEADING)
    if not heading:
        raise ValueError(f"expected a page with the line {HEADING!r}, got one without")
    sections = [_section(json.loads(file.read_text(encoding="utf-8"))) for file in sorted(folder.glob("*.json"))]
    return "\n\n".join([before + heading, *sections]) + "\n"


def _section(found: dict) -> str:
    where = found["machine"]
    versions = ", ".join(f"{package} {number}" for package, number in found["versions"].items())
    threads = ", ".join(f"{name}={value}" for name, value in where["threads"].items()) or "as they come"
    return (
        f"### {found['benchmark']}\n\n`{found['command']}`, {found['date']}: {where['processor']}, "
        f"{where['cores']} cores, {where['memory_gib']} GiB, load {where['load']} when it ended; threads {threads}; "
        f"{versions}.\n\n"
        f"{table(found['rows'])}"
    )


def _json(found: dict) -> str:
    """One line for each entry, and for each row."""
    entries = {name: json.dumps(value, ensure_ascii=False) for name, value in found.items()}
    rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in found["rows"])
    entries["rows"] = f"[\n  {rows}\n ]"
    return "{\n " + ",\n ".join(f'"{name}": {value}' for name, value in entries.items()) + "\n}\n"


def _version(module: str) -> str | None:
    """Version of an importable package, whatever its distribution is called; None where it is not there."""
    distributions = packages_distributions().get(module)
    return version(distributions[0]) if distributions else None


def _short(number: float) -> str:
    """Three digits, without an exponent.

    >>> _short(1234.5), _short(0.123456), _short(2.0)
    ('1,230', '0.123', '2')
    """
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:.10g}"
