"""Statements of taste, wish and plan, and statements with pronouns that take something up again."""

from dataclasses import replace

from course.corpora.bilingual import english, french
from course.corpora.bilingual.doings import (
    GIVING,
    GO,
    HATE,
    LIKE,
    LOVE,
    NOTHING,
    PREFER,
    PUNCTUAL,
    TASTES,
    activity,
    doing,
    generic,
    impersonal_activity,
    keys_of,
    leisure,
    optional,
    split_idiom,
    verb_named,
)  # fmt: skip
from course.corpora.bilingual.grammar import (
    EVERYONE,
    HE,
    SHE,
    THEY,
    WE,
    YOU,
    Both,
    Draw,
    I,
    Phrase,
    adjectives_for,
    both,
    clause,
    infinitive,
    key,
    many,
    modal_clause,
    noun_of,
    noun_phrase,
    owner_of,
    with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ADJECTIVES, CITIES, NOUNS, Verb, verbs
from course.corpora.bilingual.scenes import (
    OUTDOORS,
    PLACES,
    TIMES,
    address,
    adverb_and_time,
    human,
    other_person,
    person,
    spoken,
    tense_and_polarity,
)  # fmt: skip
from course.corpora.bilingual.sentences import Patterns, Sentence

PATTERNS = Patterns()


# ----------------------------------------------------------------------------------------------- tastes, wants, plans
@PATTERNS(6)
def taste(draw: Draw) -> Sentence:
    """My mother does not like oysters. I prefer tea to coffee."""
    subject = EVERYONE if draw.chance(0.03) else person(draw)
    verb = draw.weighted({LIKE: 5, LOVE: 3, HATE: 1.5, PREFER: 2})
    negation = draw.weighted({"": 4, "not": 2, "no longer": 0.3}) if verb is LIKE and subject is not EVERYONE else ""
    thing = generic(
        draw, draw.pick(["food", "drink", "fruit", "animal", "snack", "nature", "clothes"]) if verb is PREFER else ""
    )
    rest = NOTHING
    if verb is PREFER:
        group = next(noun.group for list_ in NOUNS.values() for noun in list_ if noun.english == thing.head)
        while (other := generic(draw, group)).head == thing.head:
            pass
        rest = with_preposition(both("to = à"), other)
    return Sentence(
        clause(subject, verb, "present", thing.words + rest, negation=negation),
        ".",
        (key(verb.english, thing.head), *thing.keys),
    )


@PATTERNS(1.2)
def neither(draw: Draw) -> Sentence:
    """I like neither tea nor coffee."""
    group = draw.pick(["food", "drink", "fruit", "animal", "snack"])
    first = generic(draw, group)
    while (second := generic(draw, group)).head == first.head:
        pass
    tail = Both(f"neither {first.english} nor {second.english}", f"ni {first.french} ni {second.french}")
    return Sentence(clause(person(draw), LIKE, "present", tail, negation="neither"), ".", (*first.keys, *second.keys))


WISHES = [  # English and French verb, tense, French preposition
    ("want", "vouloir", "present", ""), ("have", "devoir", "present", ""), ("hope", "espérer", "present", ""),
    ("want", "vouloir", "past", ""), ("need", "avoir", "present", "besoin de"), ("decide", "décider", "past", "de"),
    ("forget", "oublier", "past", "de"), ("try", "essayer", "past", "de"), ("start", "commencer", "past", "à"),
    ("promise", "promettre", "past", "de"), ("refuse", "refuser", "past", "de"),
]  # fmt: skip


@PATTERNS(7)
def wish(draw: Draw) -> Sentence:
    """We would like to visit the castle tomorrow. She forgot to take her umbrella."""
    subject = person(draw)
    negated = draw.chance(0.13)
    verb, tail, keys = activity(draw, subject, negated)
    if not negated and draw.chance(0.35):
        _, when = adverb_and_time(draw, "future", "", 0.35, brief=True)
        bare = infinitive(subject, verb, tail + when)
        first, rest = english.verb_group("like", subject.person, subject.number_in_english, "would")
        group = french.verb_group("vouloir", subject.person, subject.plural, "conditional")
        return Sentence(
            Both(f"{subject.english} {first} {rest} {bare.english}", f"{subject.french} {group} {bare.french}"),
            ".",
            keys,
        )
    in_english, in_french, tense, joint = draw.favour(WISHES if not negated else [WISHES[0], WISHES[3]])
    _, when = adverb_and_time(draw, "future" if tense == "present" else "past", "", 0.3, brief=True)
    when = NOTHING if in_english in ("need", "want") and tense == "past" and draw.chance(0.5) else when
    bare = infinitive(subject, verb, tail + when)
    auxiliary = Verb(in_english, in_french, state=in_english in ("want", "need"))
    tail = Both(bare.english, f"{joint} {bare.french}".strip())
    return Sentence(clause(subject, auxiliary, tense, tail, negation="not" if negated else ""), ".", keys)


@PATTERNS(5)
def modal(draw: Draw) -> Sentence:
    """You cannot swim here, Paul. We must take the train."""
    auxiliary, negation = draw.weighted({"can": 3, "must": 2.5, "should": 1.5}), draw.weighted({"": 4, "not": 1.5})
    if draw.chance(0.3):
        spoken_to = address(draw, plain=1)
        verb, tail, keys = activity(draw, spoken_to.you, bool(negation))
        return Sentence(
            spoken(spoken_to, modal_clause(auxiliary, spoken_to.you, verb, tail, negation=negation)), ".", keys
        )
    subject = person(draw)
    verb, tail, keys = activity(draw, subject, bool(negation))
    _, when = adverb_and_time(draw, "future", "", 0.3, brief=True)
    return Sentence(modal_clause(auxiliary, subject, verb, tail + when, negation=negation), ".", keys)


@PATTERNS(4)
def pastime(draw: Draw) -> Sentence:
    """I like swimming in the sea."""
    subject = EVERYONE if draw.chance(0.03) else person(draw)
    liking = draw.favour(TASTES[:3])
    negation = "not" if liking is LIKE and subject is not EVERYONE and draw.chance(0.3) else ""
    what, keys = leisure(draw, subject)
    return Sentence(clause(subject, liking, "present", what, negation=negation), ".", keys)


@PATTERNS(2.5)
def judged(draw: Draw) -> Sentence:
    """It is pleasant to swim in the lake."""
    if draw.chance(0.15):
        banned = draw.pick(
            many(
                """to swim = nager; to fish = pêcher; to camp = camper; to dive = plonger; to park = se garer
                to run = courir; to shout = crier; to smoke = fumer"""
            )
        )
        return Sentence(both("it is forbidden = c'est interdit de") + banned + draw.favour(OUTDOORS))
    adjective = draw.favour(ADJECTIVES["act"])
    be = draw.weighted({both("it is = ce est"): 4, both("it was = ce était"): 1.5})
    bare, keys = impersonal_activity(draw)
    return Sentence(be + Both(adjective.english, f"{adjective.french} de") + bare, ".", keys)


# ---------------------------------------------------------------------------------------------------------- pronouns
TO_WHOM = {"me": "me", "us": "nous", "him": "lui", "her": "lui", "them": "leur", "you": "te"}
WHOM = {  # English: French pronoun; its referent is (feminine, plural)
    "me": ("me", True, False), "us": ("nous", False, True), "him": ("le", False, False), "her": ("la", True, False),
    "them": ("les", False, True), "you": ("te", False, False),
}  # fmt: skip


def whom(draw: Draw, subject: Phrase) -> str:
    """An object pronoun that is not the subject's own."""
    fitting = [who for who in WHOM if not (who in ("me", "us") and subject.person == 1)]
    if subject.english in ("he", "she", "they"):
        fitting = [who for who in fitting if who in ("me", "us", "you") or subject.english[0] != who[0]]
    return draw.pick(fitting)


@PATTERNS(6)
def giving(draw: Draw) -> Sentence:
    """My grandmother gave her a ring. Paul sent a letter to my parents."""
    subject = person(draw)
    verb = draw.favour(list(GIVING))
    noun = noun_of(draw, *GIVING[verb])
    tense, negation = tense_and_polarity(draw)
    tense = "past" if tense in ("background", "imperfect") else tense
    kind = (
        "some"
        if noun.english_number == "mass"
        else owner_of(subject)
        if verb.english == "lend"
        else draw.pick(["a", "a", "the", "a"])
    )
    plural = noun.english_number == "count" and (draw.chance(0.3) or (verb.english == "lend" and subject.plural))
    thing = noun_phrase(noun, kind, plural, adjectives_for(draw, noun, 0.25), bool(negation))
    adverb, when = adverb_and_time(draw, tense, negation, 0.4, brief=True)
    if draw.chance(0.55):
        who = whom(draw, subject)
        tail = Both(f"{who} {thing.english}", thing.french) + when
        return Sentence(
            clause(subject, verb, tense, tail, negation=negation, adverb=adverb, clitics=(TO_WHOM[who],)),
            ".",
            keys_of(verb, thing),
        )
    tail = thing.words + with_preposition(both("to = à"), other_person(draw, subject)) + when
    return Sentence(clause(subject, verb, tense, tail, negation=negation, adverb=adverb), ".", keys_of(verb, thing))


TOWARDS_PERSONS = verbs(
    """see = voir; help = aider; wait for = attendre; invite = inviter; meet = rencontrer; thank = remercier
    look for = chercher; follow = suivre; find = trouver; recognise = reconnaître; greet = saluer; hear = entendre
    forget = oublier; photograph = photographier; draw = dessiner; kiss = embrasser; surprise = surprendre
    understand = comprendre; watch = regarder; accompany = accompagner"""
)
INDIRECT = verbs(
    """phone = téléphoner; write to = écrire; answer = répondre; speak to = parler; visit = rendre visite
    smile at = sourire"""
)


@PATTERNS(6)
def person_pronoun(draw: Draw) -> Sentence:
    """I saw them at the station. We are writing to her."""
    subject = person(draw)
    direct = draw.chance(0.65)
    verb, rest = split_idiom(draw.favour(TOWARDS_PERSONS if direct else INDIRECT))
    tense, negation = tense_and_polarity(draw, punctual=verb.english in PUNCTUAL)
    tense = "past" if tense in ("background", "imperfect") else tense
    who = whom(draw, subject)
    adverb, when = adverb_and_time(draw, tense, negation, 0.45, brief=True)
    where = (
        optional(draw, 0.35, lambda d: d.favour(PLACES))
        if verb.english in ("see", "wait for", "meet", "look for", "find", "speak to", "photograph")
        else NOTHING
    )
    pronoun, *gender = WHOM[who] if direct else (TO_WHOM[who], False, False)
    tail = Both(who, rest.french) + where + when
    agreement = tuple(gender) if direct else None
    return Sentence(
        clause(
            subject, verb, tense, tail, negation=negation, adverb=adverb, clitics=(pronoun,), object_agreement=agreement
        )
    )


def pronoun_for(phrase: Phrase) -> Phrase:
    """The pronoun that takes a noun phrase up again as subject; a pronoun stays itself."""
    if phrase in (I, WE, HE, SHE, THEY):
        return phrase
    if phrase.person == 1:
        return replace(WE, feminine=phrase.feminine)
    if phrase.number_in_english:
        return replace(THEY, french="elles" if phrase.feminine else "ils", feminine=phrase.feminine)
    return SHE if phrase.feminine else HE


SEQUELS = {  # first verb: groups of things, and what may follow
    "buy": ("souvenir clothes tool", "lose forget break"),
    "find": ("souvenir tool", "lose keep hide"),
    "receive": ("mail", "lose read keep"),
    "write": ("letters", "post lose"),
    "borrow": ("tool text", "lose forget"),
    "order": ("snack", "eat"),
    "choose": ("clothes souvenir", "buy forget"),
    "look for": ("tool clothes", "find"),
    "prepare": ("dish", "taste"),
    "photograph": ("animal sight", "draw"),
    "bring": ("snack", "share eat"),
}
FRAGILE = frozenset(noun.english for noun in NOUNS["fragile"])
PRINTED = frozenset(["letter", "postcard", "message", "telegram", "invitation", "email", "poem"])


@PATTERNS(6)
def anaphora(draw: Draw) -> Sentence:
    """I bought a map, but I lost it yesterday."""
    subject = person(draw)
    first = draw.pick(list(SEQUELS))
    groups, followers = SEQUELS[first]
    noun = noun_of(draw, *groups.split())
    nonsense = {
        "break": noun.english not in FRAGILE,
        "read": noun.english not in PRINTED,
        "share": noun.group != "snack",
    }
    fitting = [word for word in followers.split() if not nonsense.get(word)]
    second = verb_named(draw.pick(fitting))
    plural = noun.english_number == "count" and draw.chance(0.4)
    kind = owner_of(subject) if first == "look for" else draw.pick(["a", "the", "a"])
    kind = "some" if noun.english_number == "mass" else kind
    plural = plural or (kind not in ("a", "the", "some") and subject.plural and noun.english_number == "count")
    thing = noun_phrase(noun, kind, plural, adjectives_for(draw, noun, 0.3))
    pronoun = "les" if thing.plural else "la" if thing.feminine else "le"
    lost = second.english in ("lose", "forget", "break")
    if lost:
        joint, tense, negation = "but", "past", ""
    else:
        joint, tense, negation = draw.weighted(
            {("and", "past", ""): 4, ("and", "future", ""): 1.5, ("but", "past", "not"): 2, ("and", "going", ""): 1}
        )
    if first in ("look for",) and tense != "past":
        joint, tense, negation = "but", "past", "not"
    _, when = adverb_and_time(draw, tense, "", 0.35 if tense != "past" or not negation else 0, brief=True)
    when = NOTHING if second.english == "keep" else when
    start = clause(subject, verb_named(first), "past", thing.words)
    it = Both("them" if thing.number_in_english else "it")
    end = clause(
        pronoun_for(subject),
        second,
        tense,
        it + when,
        negation=negation,
        clitics=(pronoun,),
        object_agreement=(thing.feminine, thing.plural),
    )
    return Sentence(
        start + both(", but = , mais" if joint == "but" else ", and = , et") + end,
        ".",
        (key(first, thing.head), *thing.keys),
    )


@PATTERNS(3)
def there_pronoun(draw: Draw) -> Sentence:
    """I love Italy, and I go there every summer."""
    subject = person(draw)
    in_city = draw.chance(0.5)
    sight = noun_phrase(draw.favour(NOUNS["recommended"] + NOUNS["sight"][:6]), "this")
    spot = Both(*draw.favour(CITIES)) if in_city else sight.words
    start = clause(subject, draw.pick([LIKE, LOVE]), "present", spot)
    kind = draw.weighted({"habit": 2, "past": 2, "back": 2, "stay": 1.5 if in_city else 0})
    if kind == "stay":
        verb = draw.pick(verbs("stay = rester; work = travailler; live = habiter"))
        tense, when = (
            "past",
            draw.pick(
                many(
                    "for a month = pendant un mois; for a week = pendant une semaine; for two years = pendant deux ans"
                )
            ),
        )
    elif kind == "habit":
        verb, tense = GO, "present"
        when = draw.pick(
            many(
                """every summer = chaque été; every year = chaque année; on Sundays = le dimanche
                in winter = en hiver; every week = chaque semaine; from time to time = de temps en temps"""
            )
        )
    else:
        verb, tense = (
            (GO, "past") if kind == "past" else (Verb("go back", "retourner"), draw.pick(["past", "future", "going"]))
        )
        when = draw.favour(TIMES[tense])
    end = clause(pronoun_for(subject), verb, tense, Both("there") + when, clitics=("y",))
    return Sentence(start + both(", and = , et") + end)


@PATTERNS(3)
def some_pronoun(draw: Draw) -> Sentence:
    """She loves cheese, and she eats some every day. We like apples, and we bought three of them."""
    subject = person(draw)
    again = pronoun_for(subject)
    noun = noun_of(draw, "food", "fruit", "drink", "snack")
    verb = Verb("drink", "boire") if noun.group == "drink" else draw.pick(verbs("eat = manger; buy = acheter"))
    loved = noun_phrase(noun, "generic", noun.english_number == "count").words
    keys = (key(verb.english, noun.english),)
    if draw.chance(0.3):
        never = clause(again, verb, "present", Both("any"), negation="never", clitics=("en",))
        return Sentence(clause(subject, HATE, "present", loved) + both(", so = , donc") + never, ".", keys)
    start = clause(subject, draw.pick([LIKE, LOVE]), "present", loved) + both(", and = , et")
    tense = draw.pick(["present", "past", "future"])
    what = Both("some")
    if noun.english_number == "count" and draw.chance(0.5):
        count = draw.pick(range(2, 13))
        what, tense = (
            Both(f"{english.number(count)} of them", french.number(count)),
            draw.pick(["past", "past", "future"]),
        )
    _, when = adverb_and_time(draw, tense, "", 1.0, brief=True)
    return Sentence(
        start + clause(again, verb, tense, what + when, clitics=("en",), object_agreement=(False, False)), ".", keys
    )


MISSED = [
    noun_phrase(NOUNS["nature"][1]), noun_phrase(NOUNS["lodging"][1], "je"), noun_phrase(NOUNS["pet"][0], "je"),
    noun_phrase(NOUNS["pet"][1], "je"),
    Phrase("the sun", "le soleil"), Phrase("the rain", "la pluie"), noun_phrase(NOUNS["nature"][3], "the", True),
    noun_phrase(NOUNS["nature"][0]),
    Phrase("the countryside", "la campagne"), noun_phrase(NOUNS["nature"][4]), noun_phrase(NOUNS["town"][0], "je"),
    Phrase("the city", "la ville"),
]  # fmt: skip


@PATTERNS(2)
def missing(draw: Draw) -> Sentence:
    """I miss you. My sister misses the sea. What is missed is the subject in French: tu me manques."""
    who = person(draw)
    kind = draw.weighted({"you": 3, "person": 3, "thing": 3})
    missed = YOU if kind == "you" else other_person(draw, who) if kind == "person" else draw.favour(MISSED)
    a_lot = both("a lot = beaucoup") if draw.chance(0.4) else NOTHING
    tense = draw.weighted({"present": 4, "future": 1.5})
    in_english = clause(who, Verb("miss", "manquer"), tense, missed.words + a_lot).english
    pronoun = {"je": "me", "nous": "nous", "il": "lui", "elle": "lui", "ils": "leur"}.get(who.french)
    to = NOTHING if pronoun else Both("", french.with_preposition("à", who.french))
    in_french = clause(missed, Verb("miss", "manquer"), tense, a_lot + to, clitics=(pronoun,) if pronoun else ()).french
    return Sentence(Both(in_english, in_french))


TOWARDS = {  # English: French verb, preposition, what stands before it
    "visit": ("rendre", "à", "visite"), "phone": ("téléphoner", "à", ""), "write to": ("écrire", "à", ""),
    "think of": ("penser", "à", ""),
    "dream of": ("rêver", "de", ""), "answer": ("répondre", "à", ""), "talk to": ("parler", "à", ""),
    "look like": ("ressembler", "à", ""),
}  # fmt: skip


@PATTERNS(2.5)
def towards(draw: Draw) -> Sentence:
    """We are visiting my aunt on Sunday. She looks like my sister."""
    subject = person(draw)
    who = other_person(draw, subject)
    word = draw.pick(list(TOWARDS))
    if word == "look like" and (subject.plural or who.plural):
        word = "phone"
    infinitive_, preposition, rest = TOWARDS[word]
    tense, negation = tense_and_polarity(draw)
    tense = "past" if tense in ("background", "imperfect", "recent") else tense
    if word == "look like":
        tense, negation = "present", draw.weighted({"": 3, "not": 1})
    adverb, when = adverb_and_time(draw, tense, negation, 0.5, brief=word != "visit")
    adverb, when = (NOTHING, NOTHING) if word == "look like" else (adverb, when)
    tail = Both(who.english, f"{rest} {french.with_preposition(preposition, who.french)}".strip()) + when
    return Sentence(clause(subject, Verb(word, infinitive_), tense, tail, negation=negation, adverb=adverb))


@PATTERNS(2)
def dream(draw: Draw) -> Sentence:
    """My sister dreams of buying a boat."""
    subject = human(draw) if draw.chance(0.5) else person(draw)
    verb, tail, keys = activity(draw, subject)
    large = verb.english in (
        "buy",
        "rent",
        "visit",
        "explore",
        "travel",
        "go",
        "build",
        "learn",
        "climb",
        "write",
        "discover",
        "go sailing",
    )
    start, verb_fr, joint = ("dream of", "rêver", "de") if large else ("feel like", "avoir", "envie de")
    tense = draw.pick(["present", "progressive"]) if large else "present"
    bare = doing(verb, infinitive(subject, verb, tail))
    return Sentence(
        clause(subject, Verb(start, verb_fr), tense, Both(bare.english, f"{joint} {bare.french}")), ".", keys
    )
