"""`data`: fetch and verify a real corpus, or list the corpora."""

import sys

from course import datasets
from course.downloads import DownloadError


def main(arguments):
    """Fetch the corpus named on the command line, or list all; returns the exit code."""
    try:
        if arguments.name is None:
            print(corpora_table(datasets.catalogue()))
            return 0
        folder = datasets.fetch(arguments.name, accept_terms=arguments.accept_terms)
    except PermissionError as terms:
        print(f"{terms}\nTo accept these terms, add --accept-terms.", file=sys.stderr)
        return 1
    except (DownloadError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{arguments.name} is complete and verified in {folder}")
    return 0


def corpora_table(corpora):
    """One line for each corpus: name, megabytes, licence, whether it is on this machine, what it is."""
    wide = max(len(corpus.licence) for corpus in corpora) + 2
    lines = [f"{'name':<18}{'MB':>6}  {'licence':<{wide}}{'here':<6}what"]
    for corpus in corpora:
        here = "yes" if datasets.available(corpus.name) else "no"
        lines.append(f"{corpus.name:<18}{corpus.bytes / 1e6:>6.1f}  {corpus.licence:<{wide}}{here:<6}{corpus.what}")
    lines.append(f"\nFetched corpora are kept in {datasets.cache_folder()}; COURSE_DATA names another folder.")
    return "\n".join(lines)
