"""The dictionary's links between the words of a sentence pair."""

from course.corpora.bilingual.links import known_links
from course.datasets import load
from course.text.tokens import tokenize


def test_links_follow_inverted_adjectives_and_inflected_forms():
    source, target = tokenize("She likes old red cars."), tokenize("Elle aime les vieilles voitures rouges.")
    linked = [(target[t], source[s]) for t, s in known_links(source, target)]
    assert linked == [("vieilles", "old"), ("voitures", "cars"), ("rouges", "red")]


def test_a_word_that_could_translate_two_is_left_out():
    assert known_links(tokenize("A dog sees a dog."), tokenize("Un chien voit un chien.")) == []


def test_most_postcards_have_a_link_and_each_is_within_its_sentence():
    pairs = load("postcards").test[:500]
    found = [(known_links(tokenize(p.source), tokenize(p.targets[0])), p) for p in pairs]
    assert sum(bool(links) for links, _ in found) > 0.5 * len(pairs)
    for links, pair in found:
        assert all(t < len(tokenize(pair.targets[0])) and s < len(tokenize(pair.source)) for t, s in links)
