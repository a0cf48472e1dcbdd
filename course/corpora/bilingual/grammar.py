"""Phrases and clauses drawn once and rendered in English and in French."""

from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import NamedTuple

from course.corpora.bilingual import english, french
from course.corpora.bilingual.lexicon import (
    ADJECTIVE_CLASS,
    ADJECTIVES,
    ALLOWED,
    COLOURS,
    NATIONS,
    NOUNS,
    Adjective,
    Noun,
    Verb,
)


class Draw:
    """Seeded choices, all made from `Random.random()`, whose stream Python keeps from version to version.

    >>> Draw(1).pick("abc"), Draw(1).chance(0.5)
    ('a', True)
    """

    def __init__(self, seed):
        self._random = Random(seed).random

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def pick(self, items):
        """One of the items, all alike."""
        return items[int(self._random() * len(items))]

    def favour(self, items):
        """One of the items, the first ones more often: item i of n with probability √((i+1)/n) - √(i/n)."""
        return items[int(self._random() ** 2 * len(items))]

    def weighted(self, choices: dict):
        """One key, in proportion to its weight."""
        point = self._random() * sum(choices.values())
        for key, weight in choices.items():
            point -= weight
            if point < 0:
                return key
        return key


@dataclass(frozen=True)
class Both:
    """The same words in both languages; + joins them with a space."""

    english: str = ""
    french: str = ""

    def __add__(self, other: "Both") -> "Both":
        return Both(f"{self.english} {other.english}".strip(), f"{self.french} {other.french}".strip())


def both(line: str) -> Both:
    """ "English = French" as a pair."""
    left, right = line.split(" = ")
    return Both(left.strip(), right.strip())


@cache
def many(text: str) -> tuple[Both, ...]:
    """A list of "English = French", separated by lines or semicolons."""
    return tuple(both(part) for part in text.replace(";", "\n").splitlines() if part.strip())


@dataclass(frozen=True)
class Phrase:
    """A noun phrase or pronoun in both languages, with what verbs and adjectives agree with.

    `plural` is the number of the French verb, `plural_adjective` that of its adjectives (polite vous: True, False).
    `head` is its English noun; `keys` names the combinations of words in it, such as "red+car".
    """

    english: str
    french: str
    person: int = 3
    plural: bool = False
    feminine: bool = False
    english_plural: bool | None = None
    plural_adjective: bool | None = None
    head: str = ""
    keys: tuple[str, ...] = ()

    @property
    def words(self) -> Both:
        """The words alone."""
        return Both(self.english, self.french)

    @property
    def number_in_english(self) -> bool:
        """Whether the English verb is plural."""
        return self.plural if self.english_plural is None else self.english_plural

    @property
    def adjective_plural(self) -> bool:
        """Whether adjectives are plural."""
        return self.plural if self.plural_adjective is None else self.plural_adjective

    def agreeing(self, adjective: str) -> str:
        """A French adjective or participle that agrees with this phrase."""
        return french.agree(adjective, self.feminine, self.adjective_plural)


I = Phrase("I", "je", 1, feminine=True)  # noqa: E741  the writer of the postcards is a woman
YOU = Phrase("you", "tu", 2)  # her reader is a man, unless a name says otherwise
HE, SHE = Phrase("he", "il"), Phrase("she", "elle", feminine=True)
WE = Phrase("we", "nous", 1, plural=True)
THEY = Phrase("they", "ils", plural=True)
ONE = Phrase("one", "on")
EVERYONE = Phrase("everyone", "tout le monde")
SOMEONE = Phrase("someone", "quelqu'un")
POLITE = Phrase("you", "vous", 2, plural=True, plural_adjective=False)
POLITE_WOMAN = replace(POLITE, feminine=True)
YOU_WOMAN = replace(YOU, feminine=True)
YOU_ALL = Phrase("you", "vous", 2, plural=True)
YOU_GIRLS = replace(YOU_ALL, feminine=True)
PRONOUNS = ("je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles")


class Possessive(NamedTuple):
    """A possessive determiner in both languages."""

    english: str
    masculine: str
    feminine: str
    plural: str


POSSESSIVES = {  # by the owner's pronoun in French
    "je": Possessive("my", "mon", "ma", "mes"),
    "tu": Possessive("your", "ton", "ta", "tes"),
    "il": Possessive("his", "son", "sa", "ses"),
    "elle": Possessive("her", "son", "sa", "ses"),
    "nous": Possessive("our", "notre", "notre", "nos"),
    "vous": Possessive("your", "votre", "votre", "vos"),
    "ils": Possessive("their", "leur", "leur", "leurs"),
}


def owner_of(subject: Phrase) -> str:
    """The possessive that refers back to a subject."""
    if subject.person == 1:
        return "nous" if subject.plural else "je"
    if subject.person == 2:
        return "vous" if subject.plural else "tu"
    if subject.number_in_english:
        return "ils"
    return "elle" if subject.feminine else "il"


def determiner(kind: str, feminine: bool, plural: bool, following: str, adjective_first=False, negated=False) -> str:
    """French determiner before a word.

    Args:
        kind: "the", "a", "some", "this", "generic" or an owner of POSSESSIVES.
        following: the word after it, which decides l', cet, mon amie.
        adjective_first: an adjective stands before the noun (de belles plages).
        negated: under negation, indefinite and partitive articles become de.

    >>> determiner("a", True, True, "belles", adjective_first=True), determiner("this", False, False, "hôtel")
    ('de', 'cet')
    >>> determiner("some", False, False, "pain"), determiner("je", True, False, "amie")
    ('du', 'mon')
    """
    if kind in ("the", "generic"):
        return "les" if plural else ("la" if feminine else "le")
    if kind in ("a", "some"):
        if negated or (plural and adjective_first):
            return "de"
        if plural:
            return "des"
        if kind == "a":
            return "une" if feminine else "un"
        return "de la" if feminine else ("de le" if french.links(following) else "du")
    if kind == "this":
        if plural:
            return "ces"
        return "cette" if feminine else ("cet" if french.links(following) else "ce")
    if plural:
        return POSSESSIVES[kind].plural
    return POSSESSIVES[kind].feminine if feminine and not french.links(following) else POSSESSIVES[kind].masculine


def key(*words: str) -> str:
    """Name of a combination of words."""
    return "+".join(word.replace(" ", "_") for word in words)


# Worn in pairs, spoken of in the plural.
PAIRS = frozenset(("shoe", "boot", "sandal", "glove", "sock", "slipper", "earring"))
QUANTITIES = {  # kind: needs plural?, English, French
    "a lot": (None, "a lot of", "beaucoup de"),
    "enough": (None, "enough", "assez de"),
    "a few": (True, "a few", "quelques"),
    "several": (True, "several", "plusieurs"),
    "too many": (True, "too many", "trop de"),
    "too much": (False, "too much", "trop de"),
    "a little": (False, "a little", "un peu de"),
}


def noun_phrase(noun: Noun, kind: str = "the", plural: bool = False, adjectives=(), negated: bool = False) -> Phrase:
    """A noun with its determiner and adjectives.

    Args:
        noun: a pair of nouns.
        kind: "the", "a", "some", "this", "generic", an owner ("je", "nous"…), a number, or a key of QUANTITIES.
        plural: asked of a count noun; mass and plural-only nouns have their own number in each language.
        adjectives: at most one that stands before its noun in French, and one after.
        negated: whether the verb is negated.

    >>> from course.corpora.bilingual.lexicon import NOUNS, Adjective
    >>> beach = NOUNS["nature"][0]
    >>> phrase = noun_phrase(beach, "a", plural=True, adjectives=[Adjective("beautiful", "beau", True)])
    >>> phrase.english, phrase.french
    ('some beautiful beaches', 'de belles plages')
    """
    count = kind if isinstance(kind, int) else 0
    if noun.english in PAIRS:
        plural, count, kind = True, 0, "a" if count else kind
    plural = plural or count > 1
    en_plural = noun.english_number == "plural" or (plural and noun.english_number == "count")
    fr_plural = noun.french_number == "plural" or (
        plural and noun.french_number == "count" and noun.english_number == "count"
    )
    ordered = sorted(adjectives, key=lambda adjective: not adjective.before)
    en_words = " ".join([*(adjective.english for adjective in ordered), noun.in_english(en_plural)])
    front = [adjective for adjective in ordered if adjective.before]
    back = [adjective for adjective in ordered if not adjective.before]
    fr_noun = noun.in_french(fr_plural)
    fr_words = [french.with_linking(a.french, noun.feminine, fr_plural, fr_noun) for a in front]
    fr_words += [fr_noun, *(french.agree(a.french, noun.feminine, fr_plural) for a in back)]
    fr_phrase = " ".join(fr_words)
    if count:
        en_words = f"{english.number(count)} {en_words}"
        fr_phrase = f"{french.number(count, noun.feminine)} {fr_phrase}"
    elif kind in QUANTITIES:
        en_words = f"{QUANTITIES[kind][1]} {en_words}"
        fr_phrase = french.with_preposition(QUANTITIES[kind][2], fr_phrase)
    else:
        mass = kind == "a" and noun.english_number != "count"
        article = determiner(
            "some" if mass and noun.french_number == "mass" else kind,
            noun.feminine,
            fr_plural,
            fr_words[0],
            bool(front),
            negated,
        )
        fr_phrase = f"{article} {fr_phrase}"
        if kind in ("a", "some"):
            some = "any" if negated else "some"
            en_words = (
                f"{some} {en_words}"
                if en_plural or noun.english_number == "mass"
                else f"{english.article(en_words)} {en_words}"
            )
        elif kind == "this":
            en_words = f"{'these' if en_plural else 'this'} {en_words}"
        elif kind in POSSESSIVES:
            en_words = f"{POSSESSIVES[kind].english} {en_words}"
        elif kind == "the":
            en_words = f"the {en_words}"
    keys = tuple(key(adjective.english, noun.english) for adjective in adjectives)
    return Phrase(en_words, fr_phrase, 3, fr_plural, noun.feminine, en_plural, head=noun.english, keys=keys)


def adjectives_for(draw: Draw, noun: Noun, chance: float = 0.4) -> list[Adjective]:
    """None, one, or rarely two adjectives that suit a noun."""
    group = ADJECTIVE_CLASS.get(noun.group)
    if group is None or not draw.chance(chance):
        return []
    fitting = [a for a in ADJECTIVES[group] if suits(a, noun)]
    first = draw.favour(fitting)
    others = [a for a in fitting if a.before != first.before and {a.english, first.english} & (COLOURS | NATIONS)]
    return [first, draw.favour(others)] if others and draw.chance(0.12) else [first]


CLUMSY = {
    ("new", "short story"),
    ("small", "van"),
    ("orange", "orange"),
    ("light", "lamp"),
    ("old", "ruin"),
}  # "de nouvelles nouvelles"


def suits(adjective: Adjective, noun: Noun) -> bool:
    """Whether an adjective of the noun's class makes sense with this noun."""
    if (adjective.english, noun.english) in CLUMSY:
        return False
    return adjective.english not in ALLOWED or noun.english in ALLOWED[adjective.english]


def noun_of(draw: Draw, *groups: str) -> Noun:
    """A noun of one of these groups."""
    return draw.favour(NOUNS[draw.pick(groups)])


def clause(
    subject: Phrase,
    verb: Verb,
    tense: str,
    tail: Both = Both(),
    *,
    negation: str = "",
    adverb: Both = Both(),
    clitics: tuple[str, ...] = (),
    object_agreement: tuple[bool, bool] | None = None,
    question: str = "",
    asked: Both = Both(),
) -> Both:
    """A finite clause.

    Args:
        tail: what follows the verb.
        negation: a key of `french.NEGATIVE`.
        clitics: French object pronouns before the verb; their English stands in the tail.
        object_agreement: of a direct object before the verb, (feminine, plural).
        question: "" (statement), "est-ce que", "inversion", "intonation" (a question in the order of a statement).
        asked: question word with what belongs to it.

    >>> clause(SHE, Verb("eat", "manger"), "past", Both("an apple", "une pomme"), negation="never")
    Both(english='she never ate an apple', french='elle ne a jamais mangé une pomme')
    """
    in_english = negation if negation in ("not", "never", "no longer") else ""
    asks = question in ("est-ce que", "inversion")
    french_tense = "imperfect" if verb.state and tense == "past" else tense
    english_tense = f"{tense} do" if asks and tense in ("present", "past", "imperfect") else tense
    first, rest = english.verb_group(
        verb.english, subject.person, subject.number_in_english, english_tense, in_english, adverb.english
    )
    order = [first, subject.english, rest] if asks else [subject.english, first, rest]
    in_english = " ".join(filter(None, [asked.english, *order, tail.english]))

    pronoun = subject.french in PRONOUNS
    inverted = ""
    if question == "inversion":
        inverted = subject.french if pronoun else subject_pronoun(subject)
    group = french.verb_group(
        verb.french,
        subject.person,
        subject.plural,
        french_tense,
        feminine=subject.feminine,
        agree_plural=subject.adjective_plural,
        negation=negation,
        adverb=adverb.french,
        clitics=clitics,
        reflexive=verb.reflexive,
        object_agreement=object_agreement,
        inverted=inverted,
    )
    fr_subject = "" if question == "inversion" and pronoun else subject.french
    particle = "est-ce que" if question == "est-ce que" else ""
    in_french = " ".join(filter(None, [asked.french, particle, fr_subject, group, tail.french]))
    return Both(in_english, in_french)


def subject_pronoun(phrase: Phrase) -> str:
    """The pronoun that stands for a noun phrase as subject.

    >>> subject_pronoun(EVERYONE), subject_pronoun(Phrase("the letters", "les lettres", plural=True, feminine=True))
    ('il', 'elles')
    """
    if phrase.person == 1:
        return "nous"
    return ("elle" if phrase.feminine else "il") + ("s" if phrase.plural else "")


def infinitive(
    subject: Phrase, verb: Verb, tail: Both = Both(), clitics: tuple[str, ...] = (), to: str = "to "
) -> Both:
    """ "to do" something, with the reflexive pronoun of the subject."""
    own = [french.REFLEXIVE[french.person_index(subject.person, subject.plural)]] if verb.reflexive else []
    pronouns = sorted([*clitics, *own], key=french.CLITIC_ORDER.index)
    return Both(f"{to}{verb.english}", " ".join([*pronouns, verb.french])) + tail


MODALS = {  # name: English tense or verb, French verb, its tense
    "can": ("can", "pouvoir", "present"),
    "must": ("must", "devoir", "present"),
    "should": ("should", "devoir", "conditional"),
}


def modal_clause(
    name: str, subject: Phrase, verb: Verb, tail: Both = Both(), *, negation: str = "", clitics=(), question: str = ""
) -> Both:
    """A clause with can, must or should."""
    tense, auxiliary, auxiliary_tense = MODALS[name]
    first, rest = english.verb_group(verb.english, subject.person, subject.number_in_english, tense, negation)
    order = (
        [first, subject.english, rest] if question in ("est-ce que", "inversion") else [subject.english, first, rest]
    )
    bare = infinitive(subject, verb, clitics=clitics).french
    pronoun = subject.french in PRONOUNS
    inverted = (subject.french if pronoun else subject_pronoun(subject)) if question == "inversion" else ""
    group = french.verb_group(
        auxiliary, subject.person, subject.plural, auxiliary_tense, negation=negation, inverted=inverted
    )
    fr_subject = "" if question == "inversion" and pronoun else subject.french
    particle = "est-ce que" if question == "est-ce que" else ""
    in_french = " ".join(filter(None, [particle, fr_subject, group, bare, tail.french]))
    return Both(" ".join(filter(None, [*order, tail.english])), in_french)


def with_preposition(preposition: Both, phrase: Phrase | Both) -> Both:
    """A preposition before a phrase, contracted in French."""
    return Both(f"{preposition.english} {phrase.english}", french.with_preposition(preposition.french, phrase.french))
