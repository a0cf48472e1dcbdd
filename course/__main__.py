"""`python -m course VERB`: the commands of the course.

Any Python reads this file and `interpreter.py`, so that one that is too old says so in a sentence.
"""

import sys

from course.commands import interpreter


def main():
    """Run the verb given on the command line, with a Python that fits; returns the exit code."""
    interpreter.require_supported()
    from course.commands import command_line

    return command_line.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
