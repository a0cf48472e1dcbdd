"""What a kind of sentence is: a function that draws one meaning and renders it in both languages, and its weight."""

from typing import NamedTuple

from course.corpora.bilingual.grammar import Both


class Sentence(NamedTuple):
    """One meaning in both languages: words, closing mark, and the combinations of words it holds ("eat+apple")."""

    words: Both
    mark: str = "."
    keys: tuple[str, ...] = ()


class Patterns(dict):
    """Kinds of sentence with their weights; called with a weight, it registers a function."""

    def __call__(self, weight: float):
        def register(function):
            self[function] = weight
            return function

        return register
