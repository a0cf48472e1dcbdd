"""The `lives` corpus: short English biographies in which early words decide late ones, at known distances.

Three things stand here: the facts of this small world (`CITIES`, `OCCUPATIONS`, ...), the seeded grammar that writes
biographies about it (`generate`, with the sentences of `lives_sentences`), and a reader that says of any text which
word decides which (`dependencies`), without knowing how the text was made.

The embedded files are written by ``python -m course.corpora.lives``.
"""

import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from course.corpora import lives_sentences as grammar
from course.text.tokens import detokenize, sentences, tokenize

SEED = 2026
REACH = 5  # every biography has a dependency at least this long: out of sight of a 5-gram, which sees four words
PRESENT = 2026  # the year in which the lives are told
SPLITS = {"train": 8600, "valid": 500, "test": 800}  # biographies
FOLDER = Path(__file__).parents[2] / "datasets" / "lives"


def _listed(words):
    return tuple(words.split())


_COUNTRIES = {
    "France": ("French", "Paris Lyon"),
    "Spain": ("Spanish", "Madrid Seville"),
    "Italy": ("Italian", "Rome Milan"),
    "Japan": ("Japanese", "Tokyo Osaka"),
    "Turkey": ("Turkish", "Ankara Istanbul"),
    "Kenya": ("Swahili", "Nairobi Mombasa"),
}
COUNTRIES = {city: country for country, (_, cities) in _COUNTRIES.items() for city in cities.split()}
CITIES = {city: _COUNTRIES[country][0] for city, country in COUNTRIES.items()}
NAMES = {
    **dict.fromkeys(
        _listed(
            "Maria Alice Aisha Yuki Fatima Ingrid Priya Elena Chloe Amina Mei Zeynep "
            "Sofia Keiko Leila Nadia Freya Lucia Wanjiru Agnieszka Beatriz Anjali Greta Ngozi"
        ),
        "she",
    ),
    **dict.fromkeys(
        _listed(
            "Omar David Pedro Kenji Ahmed Lars Ravi Marco Thomas Kofi Minho Emre "
            "Mateo Hiroshi Karim Ivan Oliver Luis Kamau Piotr Paulo Arjun Felix Chidi"
        ),
        "he",
    ),
}
OCCUPATIONS = {
    occupation: place
    for place, occupations in {
        "hospital": "doctor nurse",
        "theatre": "actor singer",
        "harbour": "sailor diver",
        "farm": "farmer shepherd",
        "studio": "painter potter",
        "court": "judge lawyer",
    }.items()
    for occupation in occupations.split()
}
_TASTES = "chocolate/vanilla tea/coffee apples/pears rice/noodles soup/salad honey/jam"
OPPOSITES = {one: other for pair in _TASTES.split() for one, other in (pair.split("/"), reversed(pair.split("/")))}
SOUNDS = {
    "dog": "barks",
    "puppy": "barks",
    "cat": "purrs",
    "kitten": "purrs",
    "parrot": "whistles",
    "canary": "whistles",
    "horse": "neighs",
    "pony": "neighs",
    "goat": "bleats",
    "lamb": "bleats",
    "duck": "quacks",
    "duckling": "quacks",
}
PETS = _listed("Biscuit Pepper Coco Ginger Mango Pixel Sunny Pickle Clover Button Nutmeg Waffle")
PLURALS = {
    "key": "keys",
    "box": "boxes",
    "letter": "letters",
    "book": "books",
    "picture": "pictures",
    "chair": "chairs",
    "basket": "baskets",
    "cup": "cups",
    "coat": "coats",
    "blanket": "blankets",
    "bottle": "bottles",
    "candle": "candles",
}
SINGULARS = {plural: singular for singular, plural in PLURALS.items()}
ATTRACTORS = _listed("table tables window windows door doors shelf shelves wall walls cupboard cupboards desk desks")
AGES = range(24, 54)

PRONOUNS = {"she": ("she", "her", "her", "herself"), "he": ("he", "him", "his", "himself")}  # s, o, p, self


class Dependency(NamedTuple):
    """One word of a text that an earlier word decides; positions are those of `course.text.tokens.tokenize`.

    Attributes:
        kind: "language", "home", "work", "pronoun", "contrast", "taste", "age", "pet" or "agreement".
        cue: the word that decides, and `cue_index`, its position.
        target: the word that is decided, and `target_index`, its position.
        distance: tokens from the cue to the target, target_index - cue_index; neighbours have distance 1.
    """

    kind: str
    cue: str
    cue_index: int
    target: str
    target_index: int
    distance: int


# ---------------------------------------------------------------------------------------------------------------
# Reading: which word decides which.

_FIRST = frozenset(_listed("I i we my our me us"))
_THIRD = frozenset(_listed("she he her his him"))
_OTHERS = frozenset(
    _listed(
        "who cousin cousins friend friends neighbour neighbours parents grandparents family people person everyone "
        "everybody nobody somebody someone children child teacher teachers colleague colleagues visitors brother "
        "sister brothers sisters mother father uncle aunt son daughter husband wife man woman men women couple "
        "students it"
    )
)
_GREW = frozenset(_listed("grew raised childhood"))
_RESIDES = _GREW | frozenset(_listed("born moved settled live lives lived"))
_HOME = frozenset(_listed("home life flat house live lives"))
_SPEAKS = frozenset(_listed("speak speaks spoke"))
_WORKDAY = frozenset(_listed("weekdays Monday work"))
_LOVES = frozenset(_listed("love loves loved like likes liked"))
_BECOMES = frozenset(_listed("as am is was became become"))
_PREFERS = frozenset(_listed("prefer prefers"))
_CHOOSES = frozenset(_listed("choose chooses order orders pick picks"))
_GENDERED = {form: gender for gender, forms in PRONOUNS.items() for form in forms}
_AGREEING = {"is": "are", "was": "were", "has": "have", "looks": "look"}
_DECIDED = {
    *(word.lower() for facts in (CITIES, COUNTRIES, OCCUPATIONS, OPPOSITES, SOUNDS) for word in facts.values()),
    *(*_GENDERED, *_AGREEING, *_AGREEING.values()),
}
_HERE = "here"  # owner of what holds within one sentence only


def _owner(words, position):
    """Whom the words before a position are about: "first" (I), "third" (she, he, a name), or None (anyone else)."""
    for word in reversed(words[:position]):
        if word.lower() in _OTHERS or word in PETS:
            return None
        if word.lower() in _FIRST:
            return "first"
        if word.lower() in _THIRD or word in NAMES:
            return "third"
    return None


def _last(words, position, wanted):
    """Position of the nearest earlier word that is in a set; None if there is none."""
    return next((i for i in range(position - 1, -1, -1) if words[i] in wanted), None)


def _stated(words, i) -> list[tuple]:
    """The facts that words[i] states, as (fact, owner)."""
    two_before, previous, word = ["", "", *words][i : i + 3]
    if word in CITIES:
        verb = _last(words, i, _RESIDES)
        facts = [("language", _HERE), ("home", _HERE)]
        if previous in ("in", "to") and verb is not None and (owner := _owner(words, verb)):
            facts += [("home", owner)] + [("language", owner)] * (words[verb] in _GREW)
        return facts
    if word in OCCUPATIONS and previous == "The":
        return [("work", _HERE)]
    if word in OCCUPATIONS and previous in ("a", "an") and two_before in _BECOMES:
        return [("work", owner)] if (owner := _owner(words, i)) else []
    if word in OPPOSITES and words[i + 1 : i + 2] == ["or"]:
        return [("taste", _HERE)]
    if word in OPPOSITES and previous in _LOVES | _PREFERS:
        return [("taste", owner)] if (owner := _owner(words, i)) else []
    if word.isdigit() and previous in ("am", "is", "now") and words[i + 1 : i + 3] == ["years", "old"]:
        return [("age", owner)] if (owner := _owner(words, i)) else []
    if word in SOUNDS:
        named = words[i + 1 : i + 2] in (["called"], ["named"])
        return [("pet", _HERE)] + [("pet", pet) for pet in words[i + 2 : i + 3] if named]
    if word in NAMES:
        return [("pronoun", None)]
    if (word in PLURALS or word in SINGULARS) and i in (1, 2) and words[0] == "The":
        return [("agreement", _HERE)]
    return []


def _asked(words, i) -> tuple | None:
    """The kind of dependency that ends at words[i], and the fact that decides it: (kind, (fact, owner))."""
    two_before, previous, word = ["", "", *words][i : i + 3]
    if word.lower() not in _DECIDED and not word.isdigit():
        return None
    if word in CITIES.values() and (verb := _last(words, i, _SPEAKS)) is not None and i - verb <= 3:
        return "language", ("language", _owner(words, verb) or _HERE)
    if word in COUNTRIES.values() and previous == "in" and two_before in CITIES:
        return "home", ("home", _HERE)
    if word in COUNTRIES.values() and previous == "in" and two_before in _HOME:
        return "home", ("home", _owner(words, i))
    if word in OCCUPATIONS.values() and (two_before, previous) == ("at", "the") and words[i - 3] in OCCUPATIONS:
        return "work", ("work", _HERE)
    if word in OCCUPATIONS.values() and previous == "the" and _WORKDAY.intersection(words):
        return "work", ("work", _owner(words, i))
    if word in OPPOSITES and previous == "or":
        return "contrast", ("taste", _HERE)
    if word in OPPOSITES and previous in _PREFERS and _last(words, i, {"But", "but"}) is not None:
        return "contrast", ("taste", _owner(words, i))
    if word in OPPOSITES and previous in _CHOOSES:
        return "taste", ("taste", _owner(words, i))
    if word.isdigit() and (two_before, previous) == ("will", "be"):
        return "age", ("age", _owner(words, i))
    if word in SOUNDS.values():
        pet = _last(words, i, set(PETS))
        return "pet", ("pet", _HERE if pet is None else words[pet])
    if word.lower() in _GENDERED:
        return "pronoun", ("pronoun", None)
    if word in _AGREEING or word in _AGREEING.values():
        return "agreement", ("agreement", _HERE)
    return None


def dependencies(text: str) -> list[Dependency]:
    """Every word of a text that an earlier word decides, in the order of the decided words.

    The reader knows the words of the corpus and a few patterns: who the sentence is about, and the verb. It does not
    ask whether cue and target fit, so it also reads a text in which one of them was changed. What decides:

    ========== ============================================= =====================================================
    kind       cue                                           target
    ========== ============================================= =====================================================
    language   city in which the speaker grew up (or lives,  language after speak
               for other people, in the same sentence)
    home       last city: born, grew up, moved, settled      country after home / life / house / flat in
    work       last occupation                               place, in a sentence about a working day
    pronoun    last name                                     the first pronoun after it that tells a woman from a
                                                             man; later ones need only look back at a pronoun
    contrast   taste before But                              taste after But ... prefer
    taste      last taste, after But where there is one      taste that is chosen or ordered
    age        age                                           age that will be
    pet        kind of animal                                its sound
    agreement  noun that begins the sentence                 its verb
    ========== ============================================= =====================================================

    Facts belong to a person: what I love says nothing about what she chooses, and a cousin's city nothing about my
    language.

    >>> for found in dependencies("I grew up in Paris. I went to school there. I speak fluent French."):
    ...     print(found.kind, found.cue, found.target, found.distance)
    language Paris French 11
    >>> dependencies("A friend sent a letter from Paris. It was long.")
    []
    """
    found, known, start = [], {}, 0
    for words in sentences(tokenize(text)):
        known = {key: position for key, position in known.items() if key[1] != _HERE}
        for i in range(len(words)):
            kind, key = _asked(words, i) or (None, None)
            if key in known:
                cue = known[key]
                found.append((kind, cue, start + i))
                if kind in ("pronoun", "agreement"):  # the first one gives the rest away
                    del known[key]
            for stated in _stated(words, i):
                if stated[0] != "agreement" or stated not in known:
                    known[stated] = start + i
        start += len(words)
    tokens = tokenize(text)
    return [Dependency(kind, tokens[cue], cue, tokens[i], i, i - cue) for kind, cue, i in found]


def _is_possessive(tokens, i):
    """Whether the word at a position is a "her" before a noun, as in "her letters", and not alone, as in "for her."."""
    following = tokens[i + 1].lower() if i + 1 < len(tokens) else "."
    return tokens[i].lower() == "her" and following.isalpha() and following not in _AFTER_OBJECT


_AFTER_OBJECT = frozenset(_listed("a an the and or but in on at to from with when every each all young happy life"))


def answer(kind: str, cue: str, target: str, possessive: bool = False) -> str:
    """The word that a cue demands in the place of a target.

    Args:
        kind: kind of the dependency.
        cue: the deciding word, perhaps a new one.
        target: the word that stands there; it tells which form is wanted (is or was, she or her).
        possessive: whether a target "her" means "his" and not "him".

    >>> answer("language", "Madrid", "French")
    'Spanish'
    >>> answer("pronoun", "Omar", "She")
    'He'
    """
    if kind == "language":
        return CITIES[cue]
    if kind == "home":
        return COUNTRIES[cue]
    if kind == "work":
        return OCCUPATIONS[cue]
    if kind == "contrast":
        return OPPOSITES[cue]
    if kind == "taste":
        return cue
    if kind == "age":
        return str(int(cue) + 1)
    if kind == "pet":
        return SOUNDS[cue]
    if kind == "agreement":
        singular = next(one for one, many in _AGREEING.items() if target in (one, many))
        return singular if cue in PLURALS else _AGREEING[singular]
    if kind == "pronoun":
        forms = PRONOUNS[_GENDERED[target.lower()]]
        case = 2 if possessive else forms.index(target.lower())
        word = PRONOUNS[NAMES[cue]][case]
        return word.capitalize() if target[0].isupper() else word
    raise ValueError(f"expected a kind of dependency such as 'language', got {kind!r}")


def counterfactual(text: str, dependency: Dependency, cue: str) -> str:
    """The same text with another cue, and with every word that it decides changed to fit.

    The tokens keep their positions, so two texts can be compared token by token.

    >>> text = "I grew up in Paris. I went to school there. I speak fluent French."
    >>> counterfactual(text, dependencies(text)[0], "Madrid")
    'I grew up in Madrid. I went to school there. I speak fluent Spanish.'
    """
    tokens = tokenize(text)
    changed = {dependency.cue_index: cue}
    pending = [dependency.cue_index]
    found = dependencies(text)
    while pending:
        position = pending.pop()
        for kind, _, cue_index, target, target_index, _ in found:
            if cue_index == position:
                possessive = _is_possessive(tokens, target_index)
                changed[target_index] = answer(kind, changed[position], target, possessive)
                pending.append(target_index)
    if dependency.kind == "pronoun":
        for i in range(dependency.cue_index + 1, len(tokens)):
            if tokens[i] == dependency.cue:
                changed[i] = cue
            elif tokens[i].lower() in _GENDERED:
                changed[i] = answer("pronoun", cue, tokens[i], _is_possessive(tokens, i))
    return detokenize([changed.get(i, token) for i, token in enumerate(tokens)])


# ---------------------------------------------------------------------------------------------------------------
# Writing: the grammar at work.


class Biography(NamedTuple):
    """A biography and the record of what was put where, kept by the grammar as it wrote."""

    text: str
    record: list[Dependency]


_CUES = {  # slot that is decided: kind, slots that decide (the latest one counts)
    "language": ("language", ("grew",)),
    "far_language": ("language", ("far_city",)),
    "far_country": ("home", ("far_city",)),
    "far_workplace": ("work", ("far_occupation",)),
    "far_other_taste": ("contrast", ("far_taste",)),
    "country": ("home", ("born", "grew", "home")),
    "place": ("work", ("occupation",)),
    "other_taste": ("contrast", ("taste",)),
    "choice": ("taste", ("taste", "other_taste")),
    "next_age": ("age", ("age",)),
    "sound": ("pet", ("species",)),
    "far_sound": ("pet", ("far_species",)),
    "verb": ("agreement", ("head",)),
}
_CASES = {"s": 0, "o": 1, "p": 2}
_HOLE = re.compile(r"\{(\w+)\}|\[([^|\]]*)\|([^\]]*)\]")
_PERSONAL = re.compile(r"\{[SsPpo]\}|\[")


class _Dice:
    """Choices from `random.Random.random` alone, whose stream Python promises to keep the same for a seed."""

    def __init__(self, seed):
        self.roll = random.Random(seed).random

    def chance(self, probability):
        return self.roll() < probability

    def between(self, low, high):
        return low + (high - low) * self.roll()

    def number(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, items):
        return items[int(self.roll() * len(items))]

    def zipf(self, items):
        """An item, the k-th about in proportion to k ** -1.5: few are common, many are rare."""
        return items[int((1 - self.roll() * (1 - (len(items) + 1) ** -0.5)) ** -2) - 1]

    def shuffled(self, items):
        return sorted(items, key=lambda _: self.roll())


class _Writer:
    """Writes one biography: holds the person's facts and the positions of all that was written."""

    def __init__(self, dice, first_person, facts):
        self.dice, self.first_person, self.facts = dice, first_person, facts
        self.name, self.gender = facts["name"], NAMES[facts["name"]]
        self.named = False  # whether the person has been named or a pronoun used
        self.pronoun_used = False
        self.used = set()  # words drawn from lists: a biography does not repeat them
        self.text, self.length = [], 0
        self.spots = []  # (slot, word, position)

    def write(self, template):
        """Append one sentence (or the few of one template) to the text."""
        template = re.sub(r"\(([^()]*)\)", lambda match: self.dice.pick(match[1].split("|")), template)
        template = re.sub(r" +", " ", template).replace(" .", ".").replace(" ,", ",")
        far = self._far() if "{far" in template or "{foreign}" in template else {}
        pieces, end, position = [], 0, self.length
        for match in _HOLE.finditer(template):
            slot, word = match[1] or "form", self._word(match, far)
            pieces += [template[end : match.start()], word]
            end = match.end()
            position += len(tokenize(pieces[-2]))
            named = word == self.name and slot in ("s", "S")
            self.spots.append(("name" if named else slot, position))
            position += len(tokenize(word))
        sentence = "".join(pieces) + template[end:]
        sentence = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", sentence)
        sentence = sentence[0].upper() + sentence[1:]
        self.text.append(sentence)
        self.length += len(tokenize(sentence))

    def _far(self):
        """Facts about others in one sentence, never those of the person."""
        dice, facts = self.dice, self.facts
        own = {COUNTRIES[facts[slot]] for slot in ("born", "grew", "home")}
        far_city = dice.pick([city for city, country in COUNTRIES.items() if country not in own])
        species = dice.pick(list(SOUNDS))
        place = dice.pick([place for place in OCCUPATIONS.values() if place != OCCUPATIONS[facts["occupation"]]])
        far_occupation = dice.pick(
            [work for work in OCCUPATIONS if OCCUPATIONS[work] != OCCUPATIONS[facts["occupation"]]]
        )
        far_taste = dice.pick([item for item in OPPOSITES if item not in (facts["taste"], facts["other_taste"])])
        return {
            "far_city": far_city,
            "far_country": COUNTRIES[far_city],
            "far_language": CITIES[far_city],
            "foreign": dice.pick([language for language in CITIES.values() if language != facts["language"]]),
            "far_species": species,
            "far_sound": SOUNDS[species],
            "far_place": place,
            "far_occupation": far_occupation,
            "far_workplace": OCCUPATIONS[far_occupation],
            "far_taste": far_taste,
            "far_other_taste": OPPOSITES[far_taste],
        }

    def _word(self, match, far):
        slot, first_form, third_form = match[1], match[2], match[3]
        if slot is None:
            return first_form if self.first_person else third_form
        if slot.lower() in _CASES:
            return self._subject(slot)
        if slot in ("fs", "FS", "fo", "fp"):
            form = PRONOUNS[NAMES[self.facts["friend"]]][_CASES[slot[1].lower()]]
            return form.capitalize() if slot == "FS" else form
        if slot in far:
            return far[slot]
        if slot == "attractor":
            return self.dice.pick(ATTRACTORS)
        if slot == "hundreds":
            return str(100 * self.dice.number(1, 9))
        if slot in grammar.WORDS:
            return self._fresh(slot)
        return self.facts[slot]

    def _fresh(self, slot):
        """A word of a list that this biography has not had yet, if there is one."""
        words = grammar.WORDS[slot]
        draw = self.dice.zipf if 12 < len(words) <= 50 else self.dice.pick  # months are all common, curios all rare
        word = draw(words)
        for _ in range(5):
            if word not in self.used:
                break
            word = draw(words)
        self.used.add(word)
        return word

    def _subject(self, slot):
        case = _CASES[slot.lower()]
        if self.first_person:
            word = ("I", "me", "my")[case]
        elif case == 0 and not self.pronoun_used and (not self.named or self.dice.chance(0.15)):
            self.named = True
            return self.name
        else:
            self.pronoun_used = True
            word = PRONOUNS[self.gender][case]
        return word.capitalize() if slot[0].isupper() else word

    def record(self):
        """What decides what, by the slots that were filled."""
        text = " ".join(self.text)
        tokens = tokenize(text)
        latest, record, name = {}, [], None
        for slot, position in self.spots:
            if slot in _CUES:
                kind, cues = _CUES[slot]
                cue = max((latest[cue] for cue in cues if cue in latest), default=None)
                if cue is not None:
                    record.append(Dependency(kind, tokens[cue], cue, tokens[position], position, position - cue))
            if slot in ("name", "friend", "own_name"):
                name = position
            elif name is not None and tokens[position].lower() in _GENDERED:
                record.append(Dependency("pronoun", tokens[name], name, tokens[position], position, position - name))
                name = None
            latest[slot] = position
        return text, record


# How often a life tells what; a brief life tells one thing.
_BRIEF = (*["language"] * 12, *["taste"] * 3, "home", "home", "work", "work", "pet")
_CHANCES = {
    "language": 0.65,
    "home": 0.12,
    "work": 0.14,
    "taste": 0.22,
    "age": 0.05,
    "pet": 0.1,
    "agreement": 0.09,
    "friend": 0.35,
}


def _facts(dice):
    """A person: one value for every fact, each drawn evenly and independently of the others."""
    born, grew, home = (dice.pick(_COUNTRIES[country][1].split()) for country in dice.shuffled(_COUNTRIES)[:3])
    name, friend = dice.shuffled(NAMES)[:2]
    taste, species, age = dice.pick(list(OPPOSITES)), dice.pick(list(SOUNDS)), dice.pick(AGES)
    occupation = dice.pick(list(OCCUPATIONS))
    singular = dice.chance(0.5)
    return {
        **{"name": name, "own_name": name, "friend": friend},
        **{"born": born, "grew": grew, "home": home, "language": CITIES[grew], "country": COUNTRIES[home]},
        **{"occupation": occupation, "place": OCCUPATIONS[occupation]},
        **{"taste": taste, "other_taste": OPPOSITES[taste], "choice": taste},
        **{"age": str(age), "next_age": str(age + 1), "year": str(PRESENT - age), "young": str(dice.number(17, 23))},
        **{"species": species, "sound": SOUNDS[species], "pet": dice.pick(PETS)},
        **{"head": dice.pick(list(PLURALS if singular else SINGULARS)), "verb": "is" if singular else "are"},
    }


_OPENINGS = (
    *(grammar.GREW_UP, grammar.GREW_UP_AFTER_BIRTH, grammar.BORN, grammar.MOVED, grammar.BORN_MOVED_AGE),
    *(grammar.WORKS, grammar.LOVES, grammar.AGE, grammar.PET),
)


class _Plan:
    """Sentences with the times, from 0 to 1, at which a life tells them."""

    def __init__(self, dice):
        self.dice, self.entries = dice, []

    def tell(self, when, choices, details=(), more=0.25) -> list[str]:
        """Plan a sentence, one of the choices, then some details, each only after the one before; return them."""
        block = [self.dice.pick(choices)]
        for options in details:
            if not self.dice.chance(more):
                break
            block.append(self.dice.pick(options))
        self.entries.append((when, block))
        return block

    def early(self):
        return self.dice.between(0.0, 0.5)

    def after(self, when):
        """The time when a fact is used: at once, some time later, or near the end."""
        kind = self.dice.roll()
        if kind < 0.5:
            return when + 1e-6
        return self.dice.between(when, min(when + 0.5, 1.0)) if kind < 0.75 else self.dice.between(0.94, 1.0)

    def in_order(self):
        return sorted(self.entries, key=lambda entry: entry[0])


def _plan_places(plan, dice, has, facts):
    """Where somebody was born, grew up and moved; the language, the country of today and the age that follow."""
    moved = "home" in has and dice.chance(0.8)
    if "home" in has and not moved:
        has.add("language")
        facts["country"] = COUNTRIES[facts["grew"]]
    born = dice.chance(0.3 if len(has) > 1 else 0.1)
    births = grammar.BORN[:-1] if "age" in has else grammar.BORN  # the last one tells the year
    arrived = 0.2
    if "language" in has:
        when = dice.between(0.0, 0.15)
        together = born and dice.chance(0.5)
        if born and not together:
            plan.tell(0.0, births)
        plan.tell(when, grammar.GREW_UP_AFTER_BIRTH if together else grammar.GREW_UP, grammar.CHILDHOOD)
        plan.tell(plan.after(when), grammar.SPEAKS)
    elif moved and "age" in has:
        arrived = 0.0
        plan.tell(arrived, grammar.BORN_MOVED_AGE, grammar.SETTLING)
        plan.tell(plan.after(arrived), grammar.NEXT_AGE)
        has.remove("age")
    elif moved and born:
        plan.tell(0.0, births)
    if moved and arrived:
        arrived = dice.between(0.2, 0.5)
        plan.tell(arrived, grammar.MOVED, grammar.SETTLING)
    if "home" in has:
        plan.tell(plan.after(arrived), grammar.HOME)


def _plan_habits(plan, dice, has, facts):
    """Work, tastes, age and pets."""
    if "work" in has:
        when = plan.early()
        plan.tell(when, grammar.WORKS, grammar.WORK_DETAILS)
        plan.tell(plan.after(when), grammar.WORKPLACE)
    if "taste" in has:
        when = plan.early()
        block = plan.tell(when, grammar.LOVES, grammar.LOVE_DETAILS, more=0.45)
        if dice.chance(0.6):
            block.append(dice.pick(grammar.BUT_PREFERS))
            facts["choice"] = facts["other_taste"]
        if dice.chance(0.7):
            plan.tell(plan.after(when), grammar.CHOOSES)
    if "age" in has:
        when = plan.early()
        plan.tell(when, grammar.AGE)
        plan.tell(plan.after(when), grammar.NEXT_AGE)
    if "pet" in has:
        when = plan.early()
        plan.tell(when, grammar.PET, grammar.PET_DETAILS)
        plan.tell(plan.after(when), grammar.PET_SOUND)


def _plan_opening(plan, dice, first_person) -> list[str]:
    """Put the earliest sentences first, and let them begin with the person, not with "Later" or "Then"."""
    opening = plan.in_order()[0][1]
    plan.entries = [(-1.0 if block is opening else when, block) for when, block in plan.entries]
    while not opening[0].startswith("{S}") and opening[0] not in grammar.FRIEND:
        opening[0] = dice.pick(next(options for options in _OPENINGS if opening[0] in options))
    if first_person and dice.chance(0.25):
        opening.insert(0, dice.pick(grammar.OWN_NAME))
    return opening


def _plan_fillers(plan, dice, wait_for_pronoun):
    """Sentences that decide nothing, between those that do; after a name alone, some that do not say who it is."""
    if dice.chance(0.55):
        plan.tell(dice.between(0.02, 1.0), grammar.ELSEWHERE)
    themes = dice.shuffled(grammar.THEMES)
    size = dice.roll()
    count = 0 if size < 0.6 else 1 if size < 0.82 else dice.number(2, 3) if size < 0.92 else dice.number(6, 10)
    for theme in themes[:count]:
        plan.tell(dice.between(0.02, 0.97), theme[0], theme[1:], more=0.55)
    if wait_for_pronoun:
        impersonal = (theme for theme in themes[count:] if not any(map(_PERSONAL.search, sum(theme, ()))))
        for theme in islice(impersonal, 1):
            plan.tell(-1.0, theme[0], theme[1:])


def _biography(dice) -> Biography:
    """One life: facts are drawn, their sentences spread over the text, and the gaps filled."""
    first_person, facts, plan = dice.chance(0.5), _facts(dice), _Plan(dice)
    brief = dice.chance(0.6)  # a life in two to four sentences, about one thing
    if brief:
        has = {dice.pick(_BRIEF)}
    else:
        has = {kind for kind, probability in _CHANCES.items() if dice.chance(probability)}
        if not has & {"language", "home", "work", "taste"}:
            has.add("language")
    _plan_places(plan, dice, has, facts)
    _plan_habits(plan, dice, has, facts)
    if "friend" in has and first_person:
        when = plan.early()
        plan.tell(when, grammar.FRIEND, grammar.FRIENDSHIP)
        plan.tell(plan.after(when), grammar.FRIEND_NOW)
    opening = _plan_opening(plan, dice, first_person)
    if "agreement" in has:
        plan.tell(dice.between(0.02, 1.0), grammar.AGREEMENT)
    if not brief:
        _plan_fillers(plan, dice, wait_for_pronoun=not first_person and len(opening) == 1 and dice.chance(0.3))
    elif dice.chance(0.25):
        plan.tell(dice.between(0.0, 1.0), grammar.ELSEWHERE)

    writer = _Writer(dice, first_person, facts)
    for _, block in plan.in_order():
        for template in block:
            writer.write(template)
    return Biography(*writer.record())


def recorded(seed: int, biographies: int) -> Iterator[Biography]:
    """Distinct biographies with the grammar's own record of which word decides which: the oracle of `dependencies`."""
    dice, seen = _Dice(seed), set()
    while len(seen) < biographies:
        biography = _biography(dice)
        reach = max((found.distance for found in biography.record), default=0)
        if reach >= REACH and biography.text not in seen:
            seen.add(biography.text)
            yield biography


def generate(seed: int, biographies: int) -> list[str]:
    """Distinct biographies, the same for the same seed on every machine and Python version.

    >>> generate(1, 1) == generate(1, 5)[:1]
    True
    """
    return [biography.text for biography in recorded(seed, biographies)]


def counts(folder=FOLDER) -> str:
    """The counts of the files as the two Markdown tables of the datasheet: sizes by split, distances by kind."""
    parts = {split: (Path(folder) / f"{split}.txt").read_text().splitlines() for split in SPLITS}
    tokens = {split: [tokenize(text) for text in texts] for split, texts in parts.items()}
    known = {token for text in tokens["train"] for token in text}
    rows = [
        "| split | biographies | sentences | tokens | types | tokens not in train |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for split, texts in tokens.items():
        flat = [token for text in texts for token in text]
        ended, unknown = sum(len(sentences(text)) for text in texts), sum(token not in known for token in flat)
        rows.append(f"| {split} | {len(texts):,} | {ended:,} | {len(flat):,} | {len(set(flat)):,} | {unknown:,} |")
    limits = (4, 9, 19, 29, 49, 99)
    names = [f"{low}-{high}" for low, high in zip((1, *(limit + 1 for limit in limits)), limits, strict=False)]
    rows += ["", f"| kind, in train | all | {' | '.join(names)} | 100+ | median | longest |", "|---|" + "---:|" * 10]
    found = [one for text in parts["train"] for one in dependencies(text)]
    for kind in sorted({one.kind for one in found}):
        distances = sorted(one.distance for one in found if one.kind == kind)
        bins = [0] * (len(limits) + 1)
        for distance in distances:
            bins[sum(distance > limit for limit in limits)] += 1
        cells = [len(distances), *bins, distances[len(distances) // 2], distances[-1]]
        rows.append(f"| {kind} | " + " | ".join(f"{cell:,}" for cell in cells) + " |")
    return "\n".join(rows)


def write(folder=FOLDER):
    """Write train.txt, valid.txt and test.txt, one biography a line, into a folder.

    A datasheet (README.md) that stands there gets its tables of counts anew.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    texts = generate(SEED, sum(SPLITS.values()))
    start = 0
    for split, count in SPLITS.items():
        (folder / f"{split}.txt").write_bytes("".join(f"{text}\n" for text in texts[start : start + count]).encode())
        start += count
    if (datasheet := folder / "README.md").exists():
        before, _, after = re.split(r"(?<=<!-- counts -->)(.*)(?=<!-- /counts -->)", datasheet.read_text(), flags=re.S)
        datasheet.write_bytes(f"{before}\n\n{counts(folder)}\n\n{after}".encode())


if __name__ == "__main__":
    write()
