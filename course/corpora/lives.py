"""The `lives` corpus: short English biographies in which early words decide late ones, at known distances.

Three things stand here: the facts of this small world (`CITIES`, `OCCUPATIONS`, ...), the seeded grammar that writes
biographies about it (`generate`, with the sentences of `lives_sentences`), and a reader that says of any text which
word decides which (`dependencies`), without knowing how the text was made.

The embedded files are written by ``python -m course.corpora.lives``.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from course.corpora import lives_sentences as grammar
from course.text.tokens import detokenize, sentences, tokenize

SEED = 2026
REACH = 6  # every biography has a dependency at least this long, out of sight of a 5-gram
PRESENT = 2026  # the year in which the lives are told
SPLITS = {"train": 4000, "valid": 400, "test": 600}  # biographies
FOLDER = Path(__file__).parents[2] / "datasets" / "lives"

_COUNTRIES = {
    "France": ("French", "Paris Lyon"),
    "Spain": ("Spanish", "Madrid Seville"),
    "Germany": ("German", "Berlin Hamburg"),
    "Italy": ("Italian", "Rome Milan"),
    "Japan": ("Japanese", "Tokyo Osaka"),
    "Turkey": ("Turkish", "Ankara Istanbul"),
    "Brazil": ("Portuguese", "Recife Manaus"),
    "Kenya": ("Swahili", "Nairobi Mombasa"),
}
COUNTRIES = {city: country for country, (_, cities) in _COUNTRIES.items() for city in cities.split()}
CITIES = {city: _COUNTRIES[country][0] for city, country in COUNTRIES.items()}
NAMES = {
    **dict.fromkeys(
        "Maria Alice Aisha Yuki Fatima Ingrid Priya Elena Chloe Amina Mei Zeynep "
        "Sofia Keiko Leila Nadia Freya Lucia Wanjiru Agnieszka Beatriz Anjali Greta Ngozi".split(),
        "she",
    ),
    **dict.fromkeys(
        "Omar David Pedro Kenji Ahmed Lars Ravi Marco Thomas Kofi Minho Emre "
        "Mateo Hiroshi Karim Ivan Oliver Luis Kamau Piotr Paulo Arjun Felix Chidi".split(),
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
PETS = tuple("Biscuit Pepper Coco Ginger Mango Pixel Sunny Pickle Clover Button Nutmeg Waffle".split())
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
ATTRACTORS = tuple(
    "table tables window windows door doors shelf shelves wall walls cupboard cupboards desk desks".split()
)
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

_FIRST = frozenset("I i we my our me us".split())
_THIRD = frozenset("she he her his him".split())
_OTHERS = frozenset(
    "who cousin cousins friend friends neighbour neighbours parents grandparents family people person everyone "
    "everybody nobody somebody someone children child teacher teachers colleague colleagues visitors brother sister "
    "brothers sisters mother father uncle aunt son daughter husband wife man woman men women couple students "
    "it".split()
)
_GREW = frozenset("grew raised childhood".split())
_RESIDES = _GREW | frozenset("born moved settled live lives lived".split())
_HOME = frozenset("home life flat house live lives".split())
_SPEAKS = frozenset("speak speaks spoke".split())
_WORKDAY = frozenset("weekdays Monday work".split())
_LOVES = frozenset("love loves loved like likes liked".split())
_PREFERS = frozenset("prefer prefers".split())
_CHOOSES = frozenset("choose chooses order orders pick picks".split())
_GENDERED = {form: gender for gender, forms in PRONOUNS.items() for form in forms}
_AGREEING = {"is": "are", "was": "were", "has": "have", "looks": "look"}
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
    word, before = words[i], words[max(i - 2, 0) : i]
    previous = before[-1] if before else ""
    if word in CITIES:
        verb = _last(words, i, _RESIDES)
        facts = [("language", _HERE)]
        if previous in ("in", "to") and verb is not None and (owner := _owner(words, verb)):
            facts += [("home", owner)] + [("language", owner)] * (words[verb] in _GREW)
        return facts
    if word in OCCUPATIONS and previous in ("a", "an") and before[0] in ("as", "am", "is", "was", "became", "become"):
        return [("work", owner)] if (owner := _owner(words, i)) else []
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
    word, previous = words[i], words[i - 1] if i else ""
    if word in CITIES.values() and (verb := _last(words, i, _SPEAKS)) is not None and i - verb <= 3:
        return "language", ("language", _owner(words, verb) or _HERE)
    if word in COUNTRIES.values() and previous == "in" and words[i - 2] in _HOME:
        return "home", ("home", _owner(words, i))
    if word in OCCUPATIONS.values() and previous == "the" and _WORKDAY.intersection(words):
        return "work", ("work", _owner(words, i))
    if word in OPPOSITES and previous in _PREFERS and _last(words, i, {"But", "but"}) is not None:
        return "contrast", ("taste", _owner(words, i))
    if word in OPPOSITES and previous in _CHOOSES:
        return "taste", ("taste", _owner(words, i))
    if word.isdigit() and words[max(i - 2, 0) : i] == ["will", "be"]:
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
    language Paris French 10
    >>> dependencies("A friend sent a letter from Paris. It was long.")
    []
    """
    found, known, start = [], {}, 0
    for words in sentences(tokenize(text)):
        known = {key: position for key, position in known.items() if key[1] != _HERE}
        for i, word in enumerate(words):
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
    """Whether "her" at a position stands before a noun, as in "her letters", and not alone, as in "for her."."""
    following = tokens[i + 1].lower() if i + 1 < len(tokens) else "."
    return following.isalpha() and following not in _AFTER_OBJECT


_AFTER_OBJECT = frozenset("a an the and or but in on at to from with when every each all young happy life".split())


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
    "country": ("home", ("born", "grew", "home")),
    "place": ("work", ("occupation",)),
    "other_taste": ("contrast", ("taste",)),
    "choice": ("taste", ("taste", "other_taste")),
    "next_age": ("age", ("age",)),
    "sound": ("pet", ("species",)),
    "far_sound": ("pet", ("far_species",)),
    "verb": ("agreement", ("head",)),
}
_SUBJECT = {"s": 0, "o": 1, "p": 2, "self": 3}
_HOLE = re.compile(r"\{(\w+)\}|\[([^|\]]*)\|([^\]]*)\]")
_PERSONAL = re.compile(r"\{([SsPpo]|self)\}|\[")


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
        far, pieces, end = self._far(), [], 0
        for match in _HOLE.finditer(template):
            pieces.append(template[end : match.start()])
            end = match.end()
            slot = match[1] or "form"
            word = self._word(match, far)
            pieces.append(word)
            position = self.length + len(tokenize("".join(pieces))) - 1
            self.spots.append((slot, position))
            if word == self.name and slot in ("s", "S"):
                self.spots[-1] = ("name", position)
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
        return {
            "far_city": far_city,
            "far_language": CITIES[far_city],
            "foreign": dice.pick([language for language in CITIES.values() if language != facts["language"]]),
            "far_species": species,
            "far_sound": SOUNDS[species],
            "far_place": place,
            "far_occupation": dice.pick(
                [work for work in OCCUPATIONS if OCCUPATIONS[work] != OCCUPATIONS[facts["occupation"]]]
            ),
        }

    def _word(self, match, far):
        slot, first_form, third_form = match[1], match[2], match[3]
        if slot is None:
            return first_form if self.first_person else third_form
        if slot.lower() in ("s", "o", "p", "self"):
            return self._subject(slot)
        if slot in ("fs", "FS", "fo", "fp"):
            form = PRONOUNS[NAMES[self.facts["friend"]]][_SUBJECT[slot[1].lower()]]
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
        draw = self.dice.pick if len(words) <= 12 else self.dice.zipf  # months and numbers are all common
        word = draw(words)
        for _ in range(5):
            if word not in self.used:
                break
            word = draw(words)
        self.used.add(word)
        return word

    def _subject(self, slot):
        case = _SUBJECT[slot.lower()]
        if self.first_person:
            word = ("I", "me", "my", "myself")[case]
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


_CHANCES = {"language": 0.6, "home": 0.35, "work": 0.35, "taste": 0.4, "age": 0.15, "pet": 0.3, "agreement": 0.3}


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


def _biography(dice) -> Biography:
    """One life: facts are drawn, spread over the text, and the gaps filled with sentences that decide nothing."""
    first_person, facts = dice.chance(0.5), _facts(dice)
    has = {kind for kind, probability in _CHANCES.items() if dice.chance(probability)}
    if not has & {"language", "home", "work", "taste"}:
        has.add("language")
    moved = "home" in has and dice.chance(0.8)
    if "home" in has and not moved:
        has.add("language")
        facts["country"] = COUNTRIES[facts["grew"]]

    plan = []  # (when, sentences): the text is written in the order of the times, from 0 to 1

    def tell(when, *choices, details=()):
        """Plan sentences, one of each choice; then some details, each only after the one before."""
        block = [dice.pick(options) for options in choices]
        for options in details:
            if dice.chance(0.5):
                break
            block.append(dice.pick(options))
        plan.append((when, block))

    def early():
        return dice.between(0.0, 0.5)

    def after(when):
        """The time when a fact is used: at once, some time later, or near the end."""
        kind = dice.roll()
        if kind < 0.4:
            return when + 1e-6
        return dice.between(when, min(when + 0.5, 1.0)) if kind < 0.75 else dice.between(0.94, 1.0)

    born = dice.chance(0.4)
    if "language" in has:
        when = dice.between(0.0, 0.15)
        if born and dice.chance(0.5):
            tell(when, grammar.GREW_UP_AFTER_BIRTH, details=grammar.CHILDHOOD)
        else:
            if born:
                tell(0.0, grammar.BORN[:2] if "age" in has else grammar.BORN)
            tell(when, grammar.GREW_UP, details=grammar.CHILDHOOD)
        tell(after(when), grammar.SPEAKS)
    if moved:
        when = dice.between(0.2, 0.5)
        if "language" not in has and "age" in has:
            when = 0.0
            tell(when, grammar.BORN_MOVED_AGE, details=grammar.SETTLING)
        else:
            if "language" not in has and born:
                tell(0.0, grammar.BORN[:2] if "age" in has else grammar.BORN)
            tell(when, grammar.MOVED, details=grammar.SETTLING)
    else:
        when = 0.2
    if "home" in has:
        tell(after(when), grammar.HOME)
    if "work" in has:
        when = early()
        tell(when, grammar.WORKS, details=grammar.WORK_DETAILS)
        tell(after(when), grammar.WORKPLACE)
    if "taste" in has:
        when = early()
        tell(when, grammar.LOVES, details=grammar.LOVE_DETAILS)
        if dice.chance(0.6):
            facts["choice"] = facts["other_taste"]
            when = when + 1e-6 if dice.chance(0.6) else dice.between(when, 0.8)
            tell(when, grammar.BUT_PREFERS)
        if dice.chance(0.7):
            tell(after(when), grammar.CHOOSES)
    if "age" in has:
        when = 0.0
        if not (moved and "language" not in has):
            when = early()
            tell(when, grammar.AGE)
        tell(after(when), grammar.NEXT_AGE)
    if "pet" in has:
        when = early()
        tell(when, grammar.PET, details=grammar.PET_DETAILS)
        tell(after(when), grammar.PET_SOUND)
    if first_person and dice.chance(0.4):
        when = early()
        tell(when, grammar.FRIEND, details=grammar.FRIENDSHIP)
        tell(after(when), grammar.FRIEND_NOW)

    plan.sort(key=lambda item: item[0])
    opening = plan[0][1]
    plan[0] = (-1.0, opening)
    if first_person and dice.chance(0.25):
        opening.insert(0, dice.pick(grammar.OWN_NAME))
    while not opening[0].startswith("{S}") and not first_person:  # a life told by others begins with the name
        same = next(options for options in _OPENINGS if opening[0] in options)
        opening[0] = dice.pick(same)
    if "agreement" in has:
        tell(dice.between(0.02, 1.0), grammar.AGREEMENT)

    if dice.chance(0.4):
        tell(dice.between(0.02, 1.0), grammar.ELSEWHERE, details=grammar.PARCELS)
    fillers = dice.shuffled(grammar.THEMES)
    size = dice.roll()
    count = dice.number(0, 1) if size < 0.5 else dice.number(2, 3) if size < 0.88 else dice.number(5, 9)
    for theme in fillers[:count]:
        tell(dice.between(0.02, 0.97), theme[0], details=theme[1:])
    if not first_person and dice.chance(0.5):  # let the name wait for its pronoun
        plan[0] = (plan[0][0], plan[0][1][:1])
        plain = [theme for theme in fillers[count:] if not any(map(_PERSONAL.search, sum(theme, ())))]
        for theme in plain[: dice.number(1, 2)]:
            tell(plan[0][0], theme[0], details=theme[1:])

    writer = _Writer(dice, first_person, facts)
    for _, block in sorted(plan, key=lambda item: item[0]):
        for template in block:
            writer.write(template)
    return Biography(*writer.record())


_OPENINGS = (
    *(grammar.GREW_UP, grammar.GREW_UP_AFTER_BIRTH, grammar.BORN, grammar.MOVED, grammar.BORN_MOVED_AGE),
    *(grammar.WORKS, grammar.LOVES, grammar.AGE, grammar.PET),
)


def biographies(seed: int, count: int) -> Iterator[Biography]:
    """Distinct biographies with the grammar's own record of which word decides which: the oracle of `dependencies`."""
    dice, seen = _Dice(seed), set()
    while len(seen) < count:
        biography = _biography(dice)
        reach = max((found.distance for found in biography.record), default=0)
        if reach >= REACH and biography.text not in seen:
            seen.add(biography.text)
            yield biography


def generate(seed: int, biographies_wanted: int) -> list[str]:
    """Distinct biographies, the same for the same seed on every machine and Python version.

    >>> generate(1, 1) == generate(1, 5)[:1]
    True
    """
    return [biography.text for biography in biographies(seed, biographies_wanted)]


def write(folder=FOLDER):
    """Write train.txt, valid.txt and test.txt, one biography a line, into a folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    texts = generate(SEED, sum(SPLITS.values()))
    start = 0
    for split, count in SPLITS.items():
        (folder / f"{split}.txt").write_bytes("".join(f"{text}\n" for text in texts[start : start + count]).encode())
        start += count


if __name__ == "__main__":
    write()
