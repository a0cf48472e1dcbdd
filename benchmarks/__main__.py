"""`python -m benchmarks NAME [--rounds N]`: run one benchmark, print its table, store its results.

`python -m course bench NAME` starts this in the environment of the course.
"""

import argparse
import importlib
import sys

from benchmarks import report


def main(argv) -> int:
    """Run the benchmark named on the command line; returns the exit code."""
    parser = argparse.ArgumentParser("python -m benchmarks")
    parser.add_argument("name")
    parser.add_argument("--rounds", type=int)
    arguments = parser.parse_args(argv)
    benchmark = importlib.import_module(f"benchmarks.{arguments.name}")
    rounds = benchmark.ROUNDS if arguments.rounds is None else arguments.rounds
    rows = []
    for row in benchmark.run(rounds):
        rows.append(report.plain(row))
        print(report.table(rows[-1:]).splitlines()[-1], flush=True)
    if not rows:
        print("Nothing was measured.", file=sys.stderr)
        return 1
    command = f"python -m course bench {arguments.name} --rounds {rounds}"
    found = report.result(arguments.name, command, rows, benchmark.PACKAGES)
    print(f"\n{report.table(rows)}\n\nresults: {report.store(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
