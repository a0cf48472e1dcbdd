"""What nbgrader does differently in this course: stubs that say what is missing, and no answer run unsandboxed."""

import re

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor


class NamedStubs(ClearSolutions):
    """Each solution becomes an error that names the exercise and what is to be written in its place."""

    def preprocess(self, nb, resources):
        """Clear every solution; drop the digest of the outputs, which are dropped too."""
        nb.metadata.pop("course", None)
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell, resources, cell_index):
        """Clear one cell."""
        number = resources["nbgrader"]["assignment"].split("_")[0]
        missing = re.findall(r"^def (\w+)", cell.source, re.MULTILINE) or [cell.id]
        self.code_stub = {"python": f'raise NotImplementedError("Exercise {number}: write {missing[-1]}")'}
        self.text_stub = f"*Exercise {number}: write your answer here.*"
        return super().preprocess_cell(cell, resources, cell_index)


class RefuseToExecute(NbGraderPreprocessor):
    """`nbgrader autograde` runs answers as the person who grades; this stops it before the first cell."""

    def preprocess(self, nb, resources):
        """Refuse.

        Raises:
            RuntimeError: always.
        """
        name = resources["nbgrader"]["assignment"]
        raise RuntimeError(
            f"expected `python -m course grade {name.split('_')[0]}`, which runs answers in a sandbox; "
            "`nbgrader autograde`, also behind formgrader's button, would run them with all your rights"
        )
