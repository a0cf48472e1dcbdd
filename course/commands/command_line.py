"""The command line of the course: which verbs there are, and where each one runs."""

import argparse
import difflib
import importlib
import os
import sys
from pathlib import Path

from course.commands import environment, interpreter

DESCRIPTION = "Sequence models, from counting words to an LSTM translator: the commands of the course."
EPILOG = """\
The first start makes an environment in the folder .venv (one to three minutes, 3 GB); later starts use it.
COURSE_VENV=FOLDER uses another folder instead; an environment that is already there is used as it is.
COURSE_DATA=FOLDER names a folder with real corpora, so that nothing is downloaded."""

VERBS = {  # verb: (module, seen from course.commands, what it does)
    "lab": (".lab", "open JupyterLab on the first lesson"),
    "run": (".run", "execute lessons without a browser and write them as HTML"),
    "data": (".data", "fetch and verify a real corpus; without a name, list them"),
    "train": (".train", "train a model on real text, resumably; without a preset, list them"),
    "grade": ("..grading.command", "grade a class: sandboxed answers, marks, feedback, nbgrader's gradebook"),
    "doctor": ("..grading.doctor", "look at every wall of the sandbox in which answers are graded"),
    "bench": (".bench", "measure the course against named peers; without a name, list the benchmarks"),
    "check": (".checks", "the fast checks: format, lint, architecture, unit tests"),
    "test": (".checks", "everything CI runs: the fast checks, both back ends, every notebook"),
}


def command_parser():
    """The parser of all verbs."""
    top = argparse.ArgumentParser(
        "python -m course", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    add = {
        verb: verbs.add_parser(verb, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False)
        for verb, (_, text) in VERBS.items()
    }
    add["lab"].usage = "python -m course lab [--no-browser] [--port N] [any option of `jupyter lab`]"
    add["lab"].epilog = "Every option is passed on to `jupyter lab`; COURSE_VENV, see `python -m course --help`."
    add["run"].add_argument("lessons", nargs="+", metavar="LESSON", help="05, 05_lstm_gates, a path, or all")
    add["run"].add_argument("--store", action="store_true", help="write the outputs back into the notebooks")
    add["data"].add_argument("name", nargs="?", metavar="NAME", help="the corpus to fetch")
    add["data"].add_argument("--accept-terms", action="store_true", help="accept the terms of its source")
    add["train"].add_argument("preset", nargs="?", metavar="PRESET", help="the run to start or to go on with")
    add["train"].add_argument("--store", action="store_true", help="keep the history, which a lesson plots")
    add["train"].add_argument("--devices", type=int, metavar="N", help="share each batch out among N devices (JAX)")
    add["train"].add_argument("--hosts", default="", metavar="A:PORT,B:PORT", help="and among these machines")
    add["train"].add_argument("--host", type=int, default=0, metavar="I", help="place of this one among them, from 0")
    grade = add["grade"].add_argument
    grade("exercise", metavar="ASSIGNMENT", help="05, or 05_lstm_gates")
    grade("--submissions", type=Path, default=Path("submitted"), metavar="DIR", help="a folder or a zip of notebooks")
    grade("--into", type=Path, default=Path(), metavar="DIR", help="where gradebook.db, grading/ and feedback/ go")
    grade("--workers", type=int, default=os.cpu_count(), metavar="N", help="processes on this machine")
    grade("--scheduler", metavar="ADDRESS", help="a dask cluster instead, such as tcp://host:8786")
    grade("--trust-submissions", action="store_true", help="run them without a sandbox, as you: for your own work only")
    add["bench"].add_argument("names", nargs="*", metavar="NAME", help="the benchmarks to run, or all")
    add["bench"].add_argument("--rounds", type=int, metavar="N", help="measure every side so many times")
    return top


def main(argv):
    """Parse, make the environment if it is not there, and run the verb inside it; returns the exit code."""
    if argv and not argv[0].startswith("-") and argv[0] not in VERBS:
        near = difflib.get_close_matches(argv[0], VERBS, n=1)
        suggestion = f" Did you mean `{near[0]}`?" if near else ""
        print(f"There is no verb `{argv[0]}`.{suggestion} The verbs are: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    top = command_parser()
    arguments, arguments.others = top.parse_known_args(argv)
    if arguments.others and arguments.verb != "lab":
        top.error(f"unknown option: {' '.join(arguments.others)}")
    if arguments.verb is None:
        top.print_help()
        return 0
    try:
        folder = environment.ensure()
        if not folder.samefile(sys.prefix):
            interpreter.hand_over([str(environment.python_in(folder)), "-m", "course", *argv])
        module, _ = VERBS[arguments.verb]
        return importlib.import_module(module, "course.commands").main(arguments)
    except environment.EnvironmentFault as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Start the same command again to go on.", file=sys.stderr)
        return 130
