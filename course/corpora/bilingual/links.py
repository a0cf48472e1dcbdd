"""Which French word translates which English one: what the grammar's dictionary knows of a sentence pair."""

from collections.abc import Sequence
from functools import cache
from itertools import chain, product

from course.corpora.bilingual import french
from course.corpora.bilingual.lexicon import ADJECTIVES, NOUNS


def known_links(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int]]:
    """The nouns and adjectives of a French sentence whose English word stands in its English sentence exactly once.

    Args:
        source, target: tokens of the English and of the French sentence.

    Returns:
        (place in French, place in English) of each such word, in the order of the French sentence.

    >>> known_links("I have a red car .".split(), "J' ai une voiture rouge .".split())
    [(3, 4), (4, 3)]
    """
    translations = _translations()
    places = [[s for s, word in enumerate(source) if word in translations.get(other, ())] for other in target]
    return [(t, found[0]) for t, found in enumerate(places) if len(found) == 1]


@cache
def _translations() -> dict[str, set[str]]:
    """Every form of a French noun or adjective, and the English forms that it may translate."""
    found: dict[str, set[str]] = {}
    for noun, plural in product(chain(*NOUNS.values()), (False, True)):
        found.setdefault(noun.in_french(plural), set()).add(noun.in_english(plural))
    for adjective, feminine, plural in product(chain(*ADJECTIVES.values()), (False, True), (False, True)):
        found.setdefault(french.agree(adjective.french, feminine, plural), set()).add(adjective.english)
    return found
