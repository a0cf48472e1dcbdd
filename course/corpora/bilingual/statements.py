"""Statements of one clause: what people do, how things are, weather, hours, history, comparisons."""

from dataclasses import replace

from course.corpora.bilingual import english, french
from course.corpora.bilingual.doings import (
    BE,
    GO,
    HAVE,
    INTRANSITIVES,
    MANNERS,
    MOODS,
    NOTHING,
    REFLEXIVES,
    SAME_PAST,
    UNGRADED,
    WHERE_REFLEXIVE,
    action_clause,
    be_adjective,
    have_for_be,
    listed,
    optional,
    place_to,
    play,
    split_idiom,
    under_negation,
)  # fmt: skip
from course.corpora.bilingual.grammar import (
    EVERYONE,
    HE,
    ONE,
    PAIRS,
    POSSESSIVES,
    SHE,
    SOMEONE,
    THEY,
    Both,
    Draw,
    Phrase,
    adjectives_for,
    both,
    clause,
    key,
    many,
    noun_of,
    noun_phrase,
    owner_of,
    suits,
    with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ADJECTIVE_CLASS, ADJECTIVES, NOUNS, Adjective, Noun, Verb, verbs
from course.corpora.bilingual.scenes import (
    FAR,
    OUTDOORS,
    PLACES,
    TIMES,
    adverb_and_time,
    city,
    country,
    far_destination,
    human,
    name,
    near_destination,
    origin,
    other_person,
    pair_of_persons,
    person,
    tense_and_polarity,
    where_people_live,
)  # fmt: skip
from course.corpora.bilingual.sentences import Patterns, Sentence

PATTERNS = Patterns()


# ------------------------------------------------------------------------------------------------ doing and moving
@PATTERNS(22)
def action(draw: Draw) -> Sentence:
    """She has bought a red hat at the market."""
    if draw.chance(0.04):
        words, keys = action_clause(draw, draw.pick([EVERYONE, SOMEONE]), statement=True)
    else:
        words, keys = action_clause(draw, person(draw))
    return Sentence(words, ".", keys)


LONG = listed(
    """for an hour, for a long time, for two hours, for a week, until Sunday, until noon, all night, all day, all week,
    all evening, for hours"""
)
INNER = ("bien", "mal", "beaucoup", "trop")


def companions(subject: Phrase) -> tuple[Both, ...]:
    """With whom the subject can be."""
    if subject.person != 1:
        return many(
            """with us = avec nous; with me = avec moi; without me = sans moi; with the children = avec les enfants
            without us = sans nous"""
        )
    if subject.plural:
        return many(
            """with our friends = avec nos amis; with the children = avec les enfants
            with our neighbours = avec nos voisins; with them = avec eux"""
        )
    return many(
        """with my sister = avec ma sœur; with my parents = avec mes parents; with him = avec lui
        with her = avec elle; alone = seule"""
    )


@PATTERNS(10)
def intransitive(draw: Draw) -> Sentence:
    """We are swimming in the lake with our friends."""
    chosen = draw.favour(INTRANSITIVES)
    verb, rest = split_idiom(chosen)
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    if verb.english in ("stay", "go skating") and tense == "progressive":
        tense = "future"
    if verb.english in SAME_PAST and tense == "present":
        tense = "progressive"
    adverb, when = adverb_and_time(
        draw, tense, negation, 0.45, verb.english not in ("travel", "work", "camp", "stay", "ski", "go skiing", "study")
    )
    manner = draw.pick(MANNERS[verb.english]) if verb.english in MANNERS and draw.chance(0.25) else NOTHING
    if (manner.english == "together" and not subject.plural) or (
        manner.english in LONG and (negation or tense == "progressive")
    ):
        manner = NOTHING
    companion = optional(draw, 0.18 if verb.english != "sleep" else 0, lambda d: d.favour(companions(subject)))
    where = optional(draw, 0.6, lambda d: place_to(d, chosen))
    if manner.french in INNER:  # such adverbs stand before the participle: il a bien dormi
        if tense == "recent":
            tense = "past"
        adverb = Both(adverb.english, manner.french) if not adverb.french else adverb
        manner = Both(manner.english) if adverb.french == manner.french else NOTHING
    return Sentence(
        clause(
            subject,
            verb,
            tense,
            under_negation(rest, negation) + manner + companion + where + when,
            negation=negation,
            adverb=adverb,
        )
    )


@PATTERNS(6)
def reflexive(draw: Draw) -> Sentence:
    """The girls went to bed late yesterday."""
    verb = draw.favour(REFLEXIVES)
    subject = person(draw)
    while (verb.english == "argue" and not subject.plural) or (
        verb.english == "shave" and (subject.feminine or subject.plural)
    ):
        subject = person(draw)
    tense, negation = tense_and_polarity(draw, punctual=verb.english in ("get lost", "stop", "fall asleep"))
    if tense in ("background", "recent") and verb.english in ("have fun", "get bored", "argue"):
        tense = "past"
    adverb, when = adverb_and_time(draw, tense, negation, 0.45, brief=True)
    manner = (
        draw.pick(many(WHERE_REFLEXIVE[verb.english]))
        if verb.english in WHERE_REFLEXIVE and draw.chance(0.5)
        else NOTHING
    )
    return Sentence(clause(subject, verb, tense, manner + when, negation=negation, adverb=adverb))


BY = {
    True: many(
        """by train = en train; by car = en voiture; by plane = en avion; by boat = en bateau; by coach = en car
        by bus = en bus"""
    ),
    False: many(
        """on foot = à pied; by bus = en bus; by car = en voiture; by bicycle = à vélo; by taxi = en taxi
        by underground = en métro"""
    ),
}
ARRIVING = many(
    """at the hotel = à l'hôtel; at the station = à la gare; late = en retard; early = en avance
    at the airport = à l'aéroport"""
)
HOMEWARD = many(
    """late = tard; early = tôt; on foot = à pied; by taxi = en taxi; after the concert = après le concert
    by bus = en bus"""
)
LEAVING = many(
    """without me = sans moi; early = tôt; for Paris = pour Paris; for Spain = pour l'Espagne
    with the luggage = avec les bagages; on holiday = en vacances; for Italy = pour l'Italie
    for Lisbon = pour Lisbonne; by train = en train; for Canada = pour le Canada"""
)


@PATTERNS(10)
def motion(draw: Draw) -> Sentence:
    """My sisters went to Italy by train last summer."""
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    tense = "past" if tense == "recent" else tense
    negation = "not" if negation == "no longer" else negation  # "plus tard" would read as later
    kind = draw.weighted({"go": 4, "come back": 1, "arrive": 1.2, "go home": 0.8, "leave": 1})
    if kind != "go" and tense in ("imperfect", "background"):
        tense = "past"
    if kind == "go" and tense == "going":
        tense = "future"
    far = draw.chance(0.4)
    adverb, when = adverb_and_time(draw, tense, negation, 0.6, brief=kind == "go" and not far)
    features = {"negation": negation, "adverb": adverb}
    if kind == "go":
        how = optional(draw, 0.2, lambda d: d.favour(BY[far]))
        to = (far_destination if far else near_destination)(draw)
        return Sentence(clause(subject, GO, tense, to + how + when, **features))
    if kind == "come back":
        return Sentence(clause(subject, Verb("come back", "revenir"), tense, origin(draw) + when, **features))
    if kind == "arrive":
        where = draw.pick([city, country, lambda d: d.favour(ARRIVING), lambda d: d.favour(ARRIVING)])(draw)
        return Sentence(clause(subject, Verb("arrive", "arriver"), tense, where + when, **features))
    if kind == "go home":
        while when.english in FAR:
            when = draw.favour(TIMES[tense])
        manner = draw.favour(HOMEWARD)
        when = NOTHING if manner.english in ("late", "early") and when.english in ("soon", "later") else when
        return Sentence(clause(subject, Verb("go home", "rentrer"), tense, manner + when, **features))
    manner = draw.favour(LEAVING[subject.person == 1 :])
    return Sentence(clause(subject, Verb("leave", "partir"), tense, manner + when, **features))


@PATTERNS(3)
def games(draw: Draw) -> Sentence:
    """My brother plays the violin. We played football on the beach."""
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    what, noun = play(draw)
    adverb, when = adverb_and_time(draw, tense, negation, 0.45, brief=True)
    where = (
        draw.pick(
            many(
                """in the garden = dans le jardin; at the hotel = à l'hôtel; on the beach = sur la plage
                in the park = dans le parc"""
            )
        )
        if draw.chance(0.25)
        else NOTHING
    )
    return Sentence(
        clause(subject, Verb("play", "jouer"), tense, what + where + when, negation=negation, adverb=adverb),
        ".",
        (key("play", noun),),
    )


@PATTERNS(1)
def one_does(draw: Draw) -> Sentence:
    """One eats well in France."""
    deed = draw.pick(
        many(
            """eats well = mange bien; sleeps well = dort bien; can swim = peut nager
            eats very late = mange très tard; drinks a lot of tea = boit beaucoup de thé
            can see the mountains = peut voir les montagnes; hears the birds = entend les oiseaux
            can rent a boat = peut louer un bateau
            has dinner early = dîne tôt; travels by train = voyage en train
            needs a raincoat = a besoin d'un imperméable; never gets bored = ne s'ennuie jamais
            works less in August = travaille moins en août; drinks good wine = boit du bon vin
            finds good bread = trouve du bon pain"""
        )
    )
    where = draw.pick(
        [
            where_people_live,
            where_people_live,
            lambda d: d.favour(
                many(
                    """here = ici; in this village = dans ce village; on the island = sur l'île
                    at this hotel = dans cet hôtel; in the mountains = à la montagne"""
                )
            ),
        ]
    )(draw)
    return Sentence(ONE.words + deed + where)


# ------------------------------------------------------------------------------------------------- being and having
NOW = many("today = aujourd'hui; this morning = ce matin; this evening = ce soir; here = ici")


@PATTERNS(6)
def mood(draw: Draw) -> Sentence:
    """My parents were very tired last night."""
    subject = EVERYONE if draw.chance(0.03) else person(draw)
    tense, negation = tense_and_polarity(draw, state=True)
    negation = "" if subject is EVERYONE else negation
    _, when = adverb_and_time(draw, tense, negation, 0.35, brief=True)
    if tense == "present":
        when = optional(draw, 0.25, lambda d: d.pick(NOW))
    return Sentence(be_adjective(draw, subject, draw.favour(MOODS), tense, when, negation))


PREDICATES = (
    "sight",
    "nature",
    "lodging",
    "clothes",
    "food",
    "snack",
    "reading",
    "souvenir",
    "animal",
    "person",
    "town",
    "journey",
    "show",
    "thing",
)
NOT_PREDICATED = listed("""historic, Roman, medieval, English, French, Italian, Spanish, German, Greek, golden,
    new, blond, American, Swiss, Scottish, Irish, Belgian, Canadian, Portuguese, Swedish, narrow, silver""")


def attribute(draw: Draw, noun: Noun) -> Adjective:
    """An adjective to say of a noun."""
    fitting = [a for a in ADJECTIVES[ADJECTIVE_CLASS[noun.group]] if suits(a, noun) and a.english not in NOT_PREDICATED]
    return draw.favour(fitting)


@PATTERNS(8)
def description(draw: Draw) -> Sentence:
    """The old church is magnificent."""
    noun = noun_of(draw, draw.pick(PREDICATES))
    adjective = attribute(draw, noun)
    owned = {"clothes": 1.5, "lodging": 1, "souvenir": 1, "thing": 1.5, "journey": 1}.get(noun.group, 0)
    kind = draw.weighted({"the": 5, "this": 2, "own": owned})
    owner = draw.pick(["je", "nous", "elle", "ils", "tu", "il"]) if kind == "own" else kind
    subject = noun_phrase(noun, owner, noun.english_number == "count" and draw.chance(0.3))
    tense, negation = draw.weighted(
        {("present", ""): 5, ("past", ""): 2.5, ("present", "not"): 1.3, ("past", "not"): 0.5}
    )
    words = be_adjective(draw, subject, adjective, tense, NOTHING, negation)
    return Sentence(words, ".", (key(adjective.english, noun.english),))


FEELINGS = many(
    """hungry = faim; cold = froid; thirsty = soif; afraid = peur; sleepy = sommeil; hot = chaud; right = raison
    wrong = tort; lucky = de la chance"""
)
FEARED = [
    n
    for n in NOUNS["animal"]
    if n.english in listed("dog, wolf, snake, bear, jellyfish, mouse, shark, cow, bee, crab, goose")
]
FEARED += [
    Noun("storm", "orage", False),
    Noun("wave", "vague", True),
    Noun("spider", "araignée", True),
    Noun("wasp", "guêpe", True),
]


@PATTERNS(4.5)
def feeling(draw: Draw) -> Sentence:
    """The children were very hungry after the walk."""
    subject = EVERYONE if draw.chance(0.03) else person(draw)
    felt = draw.favour(FEELINGS)
    tense, negation = tense_and_polarity(draw, state=True)
    tense = "future" if tense == "going" else tense
    negation = "" if subject is EVERYONE else negation
    if felt.english == "afraid" and draw.chance(0.6):
        feared = noun_phrase(draw.favour(FEARED), "the", True)
        of = Both(f"of {feared.english.removeprefix('the ')}", french.with_preposition("de", feared.french))
        return Sentence(have_for_be(subject, tense, Both("afraid") + of, Both("", "peur") + of, negation=negation))
    graded = felt.english not in ("right", "wrong", "lucky") and not negation and draw.chance(0.3)
    very = both("very = très") if graded else NOTHING
    in_french = "de chance" if felt.english == "lucky" and negation else felt.french
    _, when = adverb_and_time(draw, tense, negation, 0.35, brief=True)
    if tense == "present":
        when = optional(draw, 0.2, lambda d: d.pick(NOW))
    return Sentence(
        have_for_be(
            subject, tense, very + Both(felt.english) + when, very + Both("", in_french) + when, negation=negation
        )
    )


ACHES = many(
    """a headache = mal à la tête; a stomach ache = mal au ventre; toothache = mal aux dents; backache = mal au dos
    a sore throat = mal à la gorge; sore feet = mal aux pieds; earache = mal aux oreilles; sore legs = mal aux jambes
    a fever = de la fièvre; a cold = un rhume; a sore knee = mal au genou; a cough = de la toux"""
)


@PATTERNS(1.2)
def ache(draw: Draw) -> Sentence:
    """My brother has a headache."""
    tense = draw.pick(["present", "present", "past"])
    when = draw.pick([NOTHING, *many("this morning = ce matin; today = aujourd'hui")])
    if tense == "past":
        when = draw.pick(
            many("yesterday = hier; this morning = ce matin; last night = hier soir; on Sunday = dimanche")
        )
    return Sentence(clause(person(draw), HAVE, tense, draw.favour(ACHES) + when))


AGES = {
    "mother": (30, 60), "father": (30, 60), "grandmother": (60, 95), "grandfather": (60, 95), "aunt": (25, 70),
    "uncle": (25, 70),
    "husband": (25, 70), "daughter": (2, 25), "son": (2, 25), "niece": (2, 20), "nephew": (2, 20),
    "granddaughter": (2, 15),
    "grandson": (2, 15), "mother-in-law": (50, 85), "father-in-law": (50, 85), "godmother": (30, 75),
    "godfather": (30, 75),
    "parents": (40, 70), "grandparents": (65, 95), "children": (3, 15), "grandchildren": (2, 15), "daughters": (3,
    15), "sons": (3, 15),
}  # fmt: skip


@PATTERNS(2.5)
def age(draw: Draw) -> Sentence:
    """My sister is twelve years old."""
    subject = draw.pick([name, human, human, lambda d: d.pick([HE, SHE])])(draw)
    years = draw.pick(range(*AGES.get(subject.head, (4, 40))))
    tense = draw.weighted({"present": 5, "future": 1, "past": 1})
    when = {
        "present": "",
        "future": "next month = le mois prochain; in May = en mai; on Monday = lundi; tomorrow = demain",
        "past": "at that time = à cette époque",
    }[tense]
    when = draw.pick(many(when)) if when else NOTHING
    return Sentence(
        have_for_be(
            subject,
            tense,
            Both(f"{english.number(years)} years old") + when,
            Both("", f"{french.number(years)} ans") + when,
        )
    )


NEARBY = many(
    """near the hotel = près de l'hôtel; in the village = dans le village; in this town = dans cette ville; here = ici
    near the beach = près de la plage; behind the station = derrière la gare; on the island = sur l'île
    opposite the church = en face de l'église; in the region = dans la région; near the harbour = près du port
    over there = là-bas; in the neighbourhood = dans le quartier; at the end of the street = au bout de la rue
    not far from here = non loin d'ici; next to the market = à côté du marché"""
)
SITED = {  # what there can be, and where
    "sight": NEARBY, "shop": NEARBY, "plant": OUTDOORS, "group": OUTDOORS,
    "farm_animal": many("""on the farm = à la ferme; in the field = dans le champ; in the meadow = dans le pré
        behind the house = derrière la maison"""),
    "forest_animal": many("""in the forest = dans la forêt; in the mountains = à la montagne
        in this region = dans cette région; in the park = dans le parc"""),
    "shore_animal": many("""on the beach = sur la plage; in the harbour = dans le port
        near the rocks = près des rochers; on the island = sur l'île"""),
    "zoo_animal": many("at the zoo = au zoo; in this zoo = dans ce zoo; at the circus = au cirque"),
    "town_animal": many("""in the street = dans la rue; in the garden = dans le jardin; in the park = dans le parc
        on the roof = sur le toit"""),
    "nature": many("""near the village = près du village; on the island = sur l'île; in the region = dans la région
        near here = près d'ici; not far from the town = non loin de la ville; in this country = dans ce pays
        behind the hills = derrière les collines; in Brittany = en Bretagne"""),
    "lodging": many("""near the beach = près de la plage; in the village = dans le village
        at the foot of the mountain = au pied de la montagne; near the lake = près du lac
        opposite the station = en face de la gare; on the island = sur l'île; by the sea = au bord de la mer"""),
}  # fmt: skip
NOWHERE = listed("sea, room, coast")


@PATTERNS(5)
def existence(draw: Draw) -> Sentence:
    """There are beautiful beaches near the village."""
    group = draw.pick(list(SITED))
    while (noun := noun_of(draw, group)).english in NOWHERE:
        pass
    tense, negation = draw.weighted(
        {
            ("present", ""): 5,
            ("past", ""): 2,
            ("present", "not"): 1.3,
            ("future", ""): 0.5,
            ("present", "no longer"): 0.4,
        }
    )
    plural = group == "group" or group.endswith("animal") or draw.chance(0.4)
    adjectives = adjectives_for(draw, noun, 0.35)
    kind = (
        draw.weighted({"a": 5, "a lot": 1, "number": 0.7, "several": 0.5, "too many": 0.2})
        if plural and not negation
        else "a"
    )
    if kind == "number":
        kind = draw.pick([2, 2, 3, 3, 4, 5, 6, 8, 10])
    thing = noun_phrase(noun, kind, plural, adjectives if kind == "a" else (), bool(negation))
    be = {
        "present": "are" if thing.number_in_english else "is",
        "past": "were" if thing.number_in_english else "was",
        "future": "will",
    }[tense]
    in_english = " ".join(filter(None, ["there", be, negation, "be" if tense == "future" else "", thing.english]))
    have = french.verb_group(
        "avoir", 3, False, "imperfect" if tense == "past" else tense, negation=negation, clitics=("y",)
    )
    return Sentence(Both(in_english, f"il {have} {thing.french}") + draw.favour(SITED[group]), ".", thing.keys)


EMPTY = many(
    """in the fridge = dans le réfrigérateur; in my suitcase = dans ma valise; on the table = sur la table
    in this bag = dans ce sac; in the cupboard = dans le placard; under the bed = sous le lit
    in the box = dans la boîte; in this shop = dans cette boutique; in the letter box = dans la boîte aux lettres
    in the drawer = dans le tiroir; behind the door = derrière la porte"""
)


@PATTERNS(2)
def nothing_there(draw: Draw) -> Sentence:
    """There is only one hotel in the village. There is nothing in the fridge."""
    kind = draw.pick(["only", "nobody", "nothing"])
    be, have = ("was", "avait") if draw.chance(0.4) else ("is", "a")
    if kind == "only":
        thing = noun_phrase(noun_of(draw, "shop", "sight"), 1)
        return Sentence(
            Both(f"there {be} only {thing.english}", f"il ne y {have} que {thing.french}") + draw.favour(NEARBY)
        )
    where = draw.favour(EMPTY) if kind == "nothing" else draw.favour(OUTDOORS + NEARBY + PLACES)
    return Sentence(Both(f"there {be} {kind}", f"il ne y {have} {french.NEGATIVE[kind]}") + where)


@PATTERNS(3)
def this_is(draw: Draw) -> Sentence:
    """It is a beautiful beach."""
    group = draw.pick(
        ["sight", "nature", "town", "lodging", "reading", "souvenir", "journey", "show", "animal", "clothes"]
    )
    while (noun := noun_of(draw, group)).english_number != "count" or noun.english in PAIRS | {
        "sea",
        "capital",
    }:
        pass
    adjectives = adjectives_for(draw, noun, 1.0)[:1]
    kind = draw.weighted({"is": 4, "was": 2, "these": 1, "not": 1})
    thing = noun_phrase(noun, "a", kind == "these", adjectives)
    if kind == "these":
        return Sentence(
            Both(f"these are {thing.english.removeprefix('some ')}", f"ce sont {thing.french}"), ".", thing.keys
        )
    start = both({"is": "it is = ce est", "was": "it was = ce était", "not": "it is not = ce ne est pas"}[kind])
    return Sentence(start + thing.words, ".", thing.keys)


@PATTERNS(3)
def owning(draw: Draw) -> Sentence:
    """My cousin Emma has a small white dog. We do not have any luggage."""
    group = draw.pick(["pet", "ride", "thing", "rentable", "clothes", "luggage"])
    while (noun := noun_of(draw, group)).english == "room":
        pass
    tense, negation = draw.weighted(
        {
            ("present", ""): 4,
            ("present", "not"): 2,
            ("past", ""): 1,
            ("present", "no longer"): 0.6,
            ("imperfect", ""): 0.4,
        }
    )
    adjectives = adjectives_for(draw, noun, 0.5) if not negation else []
    kind = "some" if noun.english_number == "mass" else "a"
    if group == "pet" and not negation and draw.chance(0.3):
        kind = draw.pick([2, 2, 3])
    thing = noun_phrase(noun, kind, False, adjectives, bool(negation))
    return Sentence(
        clause(person(draw), HAVE, tense, thing.words, negation=negation), ".", (key("have", thing.head), *thing.keys)
    )


WASHED = [
    (Verb("wash", "laver", reflexive=True), both("hands = les mains")),
    (Verb("brush", "brosser", reflexive=True), both("teeth = les dents")),
    (Verb("wash", "laver", reflexive=True), both("hair = les cheveux")),
    (Verb("dry", "sécher", reflexive=True), both("hair = les cheveux")),
    (Verb("wash", "laver", reflexive=True), both("feet = les pieds")),
]


@PATTERNS(1.5)
def hands(draw: Draw) -> Sentence:
    """She washed her hands before dinner."""
    subject = person(draw)
    verb, part = draw.favour(WASHED)
    tense, negation = tense_and_polarity(draw)
    adverb, when = adverb_and_time(draw, tense, negation, 0.5, brief=True)
    tail = Both(f"{POSSESSIVES[owner_of(subject)].english} {part.english}", part.french) + when
    # The hands are the object and stand after the verb: elle s'est lavé les mains, without agreement.
    return Sentence(
        clause(subject, verb, tense, tail, negation=negation, adverb=adverb, object_agreement=(False, False))
    )


PET_NAMES = ["Max", "Luna", "Rex", "Bella", "Caramel", "Leo", "Mimi", "Samba", "Biscuit", "Oscar"]
NAMED = {"sister": "Emma Clara Julia", "brother": "Paul Thomas Lucas", "mother": "Anna Louise Marie",
"father": "Simon Victor David",
         "daughter": "Alice Nina Eva", "son": "Max Adam Gabriel", "husband": "Daniel Vincent Martin"}  # fmt: skip


@PATTERNS(2.5)
def of_someone(draw: Draw) -> Sentence:
    """My sister's dog is called Max. My brother's boat is very old."""
    while (owner := draw.pick([human, human, name])(draw)).number_in_english:
        pass
    noun = noun_of(draw, "pet", "kin", "souvenir", "ride", "rentable", "clothes", "thing")
    if (noun.english in NAMED and noun.group == "kin") or noun.group == "pet":
        called = draw.pick(NAMED[noun.english].split() if noun.group == "kin" else PET_NAMES)
        subject = possessed(owner, noun_phrase(noun, "the"))
        return Sentence(Both(f"{subject.english} is called {called}", f"{subject.french} se appelle {called}"))
    if noun.group == "kin":
        noun = NOUNS["ride"][0]
    adjective = attribute(draw, noun)
    subject = possessed(owner, noun_phrase(noun, "the"))
    return Sentence(
        be_adjective(draw, subject, adjective, draw.pick(["present", "past"])),
        ".",
        (key(adjective.english, noun.english),),
    )


def possessed(owner: Phrase, thing: Phrase) -> Phrase:
    """The thing of an owner: my sister's dog, le chien de ma sœur."""
    bare = thing.english.removeprefix("the ")
    return replace(
        thing,
        english=f"{owner.english} 's {bare}",
        french=f"{thing.french} {french.with_preposition('de', owner.french)}",
    )


@PATTERNS(2)
def residence(draw: Draw) -> Sentence:
    """My uncle used to live in Portugal. Emma comes from Spain."""
    subject = draw.pick([human, human, name, pair_of_persons, lambda d: d.pick([THEY, SHE, HE])])(draw)
    if draw.chance(0.3):
        return Sentence(clause(subject, Verb("come", "venir"), "present", origin(draw)))
    tense, negation = draw.weighted(
        {
            ("present", ""): 3,
            ("past", ""): 1.5,
            ("present", "no longer"): 1,
            ("imperfect", ""): 1.5,
            ("present", "not"): 0.6,
        }
    )
    return Sentence(clause(subject, Verb("live", "habiter"), tense, where_people_live(draw), negation=negation))


# ---------------------------------------------------------------------------------------------------------- weather
FAIR = [  # the English subject and predicate, French after "il fait" or "il y a"
    ("it", "cold", "fait", "froid"), ("it", "hot", "fait", "chaud"), ("it", "sunny", "fait", "beau"), ("it", "windy",
    "a", "du vent"),
    ("the weather", "bad", "fait", "mauvais"), ("it", "cool", "fait", "frais"), ("it", "foggy", "a", "du brouillard"),
    ("it", "mild", "fait", "doux"), ("it", "cloudy", "a", "des nuages"), ("the weather", "grey", "fait", "gris"),
    ("it", "dark", "fait", "nuit"),
]  # fmt: skip
WEATHER_PLACES = many(
    """here = ici; in the mountains = à la montagne; by the sea = au bord de la mer; on the island = sur l'île
    on the coast = sur la côte"""
)
IT = Phrase("it", "il")


@PATTERNS(5)
def weather(draw: Draw) -> Sentence:
    """It was very cold in Scotland last week."""
    spot = draw.weighted({"": 2, "city": 1.2, "country": 2, "fixed": 1})
    where = {"": lambda d: NOTHING, "city": city, "country": country, "fixed": lambda d: d.pick(WEATHER_PLACES)}[spot](
        draw
    )
    if draw.chance(0.35):
        tense = draw.weighted({"progressive": 3, "past": 3, "future": 2, "going": 1.5, "present": 1})
        often = both("a lot = beaucoup") if tense in ("past", "present") and draw.chance(0.4) else NOTHING
        _, when = adverb_and_time(draw, tense, "", 0.5)
        verb = draw.pick([Verb("rain", "pleuvoir"), Verb("rain", "pleuvoir"), Verb("snow", "neiger")])
        adverb = Both("", often.french)
        return Sentence(clause(IT, verb, tense, Both(often.english) + where + when, adverb=adverb))
    tense, negation = (
        draw.weighted({"present": 3, "past": 3, "future": 2, "going": 1}),
        draw.weighted({"": 6, "not": 1}),
    )
    it, sky, verb, rest = draw.favour(FAIR)
    very = both("very = très") if verb == "fait" and sky != "dark" and not negation and draw.chance(0.3) else NOTHING
    when = draw.favour(TIMES[tense]) if draw.chance(0.5) else NOTHING
    if tense == "present":
        when = (
            draw.pick([NOTHING, *many("today = aujourd'hui; this morning = ce matin")])
            if negation or draw.chance(0.5)
            else when
        )
    left = clause(Phrase(it, ""), BE, tense, very + Both(sky) + where + when, negation=negation).english
    rest = french.with_preposition("de", rest) if negation and verb == "a" else rest
    french_verb, clitics = (HAVE, ("y",)) if verb == "a" else (Verb("do", "faire", state=True), ())
    right = clause(
        IT, french_verb, tense, very + Both("", rest) + where + when, negation=negation, clitics=clitics
    ).french
    return Sentence(Both(left, right))


# ----------------------------------------------------------------------------------------------- hours, dates, history
def clock_time(hour: int) -> list[Both]:
    """The times from a quarter to this hour to half past it."""
    in_english, in_french = (
        english.number(hour),
        french.number(hour, feminine=True) + (" heures" if hour > 1 else " heure"),
    )
    return [
        Both(in_english, in_french),
        Both(f"half past {in_english}", f"{in_french} et demie"),
        Both(f"a quarter past {in_english}", f"{in_french} et quart"),
        Both(f"a quarter to {in_english}", f"{in_french} moins le quart"),
        *(Both(f"{english.number(m)} past {in_english}", f"{in_french} {french.number(m)}") for m in (10, 20, 5)),
    ]


DAYPARTS = {  # from hour to hour
    range(1, 6): many("in the morning = du matin; in the afternoon = de l'après-midi"),
    range(6, 12): many("in the morning = du matin; in the evening = du soir"),
}


def hour(draw: Draw) -> Both:
    """A time by the clock."""
    if draw.chance(0.08):
        return draw.pick(many("noon = midi; midnight = minuit"))
    at = draw.pick(range(1, 12))
    if draw.chance(0.2):
        part = next(parts for hours, parts in DAYPARTS.items() if at in hours)
        return clock_time(at)[0] + draw.pick(part)
    return draw.favour(clock_time(at))


MONTHS = many(
    """August = août; July = juillet; May = mai; June = juin; September = septembre; April = avril; January = janvier
    December = décembre; October = octobre; March = mars; February = février; November = novembre"""
)
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]


def date(draw: Draw) -> Both:
    """A day of the year."""
    day, month = draw.pick(range(1, 21)), draw.favour(MONTHS)
    return Both(
        f"on the {ORDINALS[day - 1]} of {month.english}",
        f"le {'premier' if day == 1 else french.number(day)} {month.french}",
    )


OPENING = [n for n in NOUNS["shop"] + NOUNS["sight"][:1] if n.english in listed(
    """restaurant, bakery, shop, bookshop, post office, bank, swimming pool, supermarket, museum, tourist office,
    pharmacy, butcher shop, cinema, library""")]  # fmt: skip
SCHEDULED = [noun for noun in NOUNS["vehicle"] if noun.english not in ("taxi", "underground", "cable car")]


@PATTERNS(4)
def timetable(draw: Draw) -> Sentence:
    """The train leaves at half past eight. My parents are arriving on the third of May."""
    if draw.chance(0.6):
        verb, nouns = draw.pick([("leave", SCHEDULED), ("arrive", SCHEDULED), ("open", OPENING), ("close", OPENING)])
        infinitive_ = {"leave": "partir", "arrive": "arriver", "open": "ouvrir", "close": "fermer"}[verb]
        tense = draw.pick(["present", "future", "past"])
        day = draw.pick(
            [
                NOTHING,
                NOTHING,
                {
                    "present": both("on Sundays = le dimanche"),
                    "future": both("tomorrow = demain"),
                    "past": both("yesterday = hier"),
                }[tense],
            ]
        )
        return Sentence(
            clause(
                noun_phrase(draw.favour(nouns)),
                Verb(verb, infinitive_),
                tense,
                with_preposition(both("at = à"), hour(draw)) + day,
            )
        )
    verb = draw.pick(verbs("arrive = arriver; leave = partir; come back = revenir; go home = rentrer"))
    when = date(draw) if draw.chance(0.6) else with_preposition(both("at = à"), hour(draw))
    return Sentence(clause(person(draw), verb, draw.pick(["progressive", "future", "past"]), when))


OCCASIONS = many(
    """her birthday is = son anniversaire est; the concert is = le concert est; the party is = la fête est
    our wedding is = notre mariage est; my exam is = mon examen est; the festival is = le festival est
    the race is = la course est; my birthday is = mon anniversaire est"""
)


@PATTERNS(1)
def clock(draw: Draw) -> Sentence:
    """It is half past ten. The concert is on the third of May."""
    if draw.chance(0.4):
        return Sentence(both("it is = il est") + draw.pick(clock_time(draw.pick(range(1, 12)))[1:]))
    return Sentence(draw.favour(OCCASIONS) + date(draw))


MINUTES = Both("minutes", "minutes")
UNITS = many("days = jours; weeks = semaines; months = mois; years = ans; hours = heures")
SINCE = many(
    """since Monday = depuis lundi; since yesterday = depuis hier; since this morning = depuis ce matin
    since last week = depuis la semaine dernière"""
)


@PATTERNS(2.5)
def duration(draw: Draw) -> Sentence:
    """We have been here for three days. She has been learning French for two years."""
    subject = person(draw)
    count, unit = draw.pick(range(2, 11)), draw.favour(UNITS)
    kind = draw.pick(["be", "learn", "live", "wait", "work"])
    if kind == "wait":
        count, unit = draw.pick(
            [(10, MINUTES), (20, MINUTES), (15, MINUTES), (30, MINUTES), (5, MINUTES), (2, UNITS[-1]), (3, UNITS[-1])]
        )
    elif kind in ("learn", "live", "work"):
        unit = draw.pick(UNITS[1:4])
    span = Both(f"for {english.number(count)} {unit.english}", f"depuis {french.number(count)} {unit.french}")
    if kind in ("be", "wait") and draw.chance(0.4):
        span = draw.pick(SINCE[:3] if kind == "be" else SINCE[2:3])
    have = "has" if subject.person == 3 and not subject.number_in_english else "have"
    if kind == "be":
        where = draw.pick(
            [
                city,
                country,
                lambda d: d.pick(
                    many("here = ici; at the hotel = à l'hôtel; on holiday = en vacances; at the campsite = au camping")
                ),
            ]
        )(draw)
        if draw.chance(0.15):
            where = Both("ill", subject.agreeing("malade"))
        start, verb = "been", Verb("be", "être")
    elif kind == "wait":
        vehicle = noun_phrase(draw.favour(NOUNS["vehicle"]))
        where, start, verb = Both(f"for {vehicle.english}", vehicle.french), "been waiting", Verb("wait", "attendre")
    elif kind == "learn":
        language = draw.favour(NOUNS["language"])
        where, start, verb = noun_phrase(language, "generic").words, "been learning", Verb("learn", "apprendre")
    else:
        verb = Verb("live", "habiter") if kind == "live" else Verb("work", "travailler")
        where, start = where_people_live(draw), f"been {english.forms(verb.english)['ing']}"
    return Sentence(
        Both(f"{subject.english} {have} {start} {where.english}", clause(subject, verb, "present", where).french) + span
    )


CENTURIES = [
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
]
DEEDS = {
    "town": many("founded = fondé; destroyed = détruit; abandoned = abandonné"),
    "school": many("founded = fondé; built = construit; restored = restauré; closed = fermé"),
    "sight": many(
        "built = construit; restored = restauré; destroyed = détruit; built = construit; abandoned = abandonné"
    ),
}
LEARNED = listed("abbey, monastery, university, library, museum, market, theatre, opera, gallery")
RECENT = listed("zoo, factory, aquarium, park, garden, vineyard")
BY_WHOM = many(
    """by a famous architect = par un architecte célèbre; by monks = par des moines; by a rich king = par un roi riche
    a long time ago = il y a longtemps; by the Romans = par les Romains; by a queen = par une reine"""
)
LONG_AGO = many(
    """during the war = pendant la guerre; a long time ago = il y a longtemps
    two hundred years ago = il y a deux cents ans"""
)


@PATTERNS(2.5)
def history(draw: Draw) -> Sentence:
    """The castle was built in the twelfth century."""
    noun = noun_of(draw, "sight", "sight", "sight", "town")
    if noun.english in RECENT or noun.group == "town":
        noun = draw.pick([n for n in NOUNS["town"] if n.english in ("village", "town", "harbour")])
    deed = draw.pick(DEEDS["town" if noun.group == "town" else "school" if noun.english in LEARNED else "sight"])
    subject = noun_phrase(
        noun, "this" if draw.chance(0.4) else "the", draw.chance(0.12), adjectives_for(draw, noun, 0.25)[:1]
    )
    century = draw.pick(range(len(CENTURIES)))
    when = Both(f"in the {ORDINALS[century + 8]} century", f"au {CENTURIES[century]} siècle")
    if draw.chance(0.3) or deed.english == "closed":
        when = draw.favour(BY_WHOM if deed.english in ("built", "founded", "restored") else LONG_AGO)
    return Sentence(
        clause(subject, Verb("be", "être"), "past", Both(deed.english, subject.agreeing(deed.french)) + when),
        ".",
        subject.keys,
    )


# ----------------------------------------------------------------------------------------------------- comparing
_SHORT = """
    small smaller smallest; big bigger biggest; old older oldest; high higher highest; deep deeper deepest
    long longer longest; quiet quieter quietest; pretty prettier prettiest; heavy heavier heaviest
    light lighter lightest; young younger youngest; tall taller tallest; kind kinder kindest
    funny funnier funniest; warm warmer warmest; new newer newest; wide wider widest; steep steeper steepest
    narrow narrower narrowest; short shorter shortest; rich richer richest; dirty dirtier dirtiest
    noisy noisier noisiest; friendly friendlier friendliest; brave braver bravest; shy shyer shyest
    fat fatter fattest; thick thicker thickest; strange stranger strangest; sad sadder saddest
    lively livelier liveliest; gentle gentler gentlest; dark darker darkest; wild wilder wildest
    rare rarer rarest
"""
SHORT = {  # adjectives compared with -er and -est
    base: (more, most)
    for base, more, most in (part.split() for part in _SHORT.replace(";", "\n").splitlines() if part.strip())
}
COMPARED = ("sight", "nature", "lodging", "clothes", "souvenir", "animal", "town", "reading")
PERSONAL_QUALITIES = [
    a
    for a in ADJECTIVES["person"]
    if a.english in listed("young, old, tall, kind, funny, shy, generous, brave, patient, talkative, elegant, polite")
]


def gradable(noun: Noun) -> list[Adjective]:
    """Adjectives that can be compared."""
    return [
        a
        for a in ADJECTIVES[ADJECTIVE_CLASS[noun.group]]
        if suits(a, noun) and a.english not in UNGRADED and a.english != "new"
    ]


@PATTERNS(5)
def comparison(draw: Draw) -> Sentence:
    """The lake is more beautiful than the sea. My sister is older than me."""
    if draw.chance(0.4):
        first = draw.pick([human, name])(draw)
        other = draw.pick([name, lambda d: other_person(d, first)])(draw)
        adjective, keys = draw.favour(PERSONAL_QUALITIES), ()
        words = other.words
        if other.english == first.english or draw.chance(0.4):
            words = draw.pick(many("me = moi; you = toi; him = lui; her = elle; us = nous"))
    else:
        noun = noun_of(draw, draw.pick(COMPARED))
        rivals = [n for n in NOUNS[noun.group] if n.english != noun.english and n.english_number == "count"]
        rival = draw.favour(rivals)
        adjective = draw.favour([a for a in gradable(noun) if suits(a, rival)])
        first = noun_phrase(noun, draw.pick(["the", "this"]), noun.english_number == "count" and draw.chance(0.2))
        words, keys = noun_phrase(rival, "the").words, (key(adjective.english, noun.english),)
    agreed = first.agreeing(adjective.french)
    said = {
        "more": Both(
            SHORT[adjective.english][0] if adjective.english in SHORT else f"more {adjective.english}", f"plus {agreed}"
        )
        + both("than = que"),
        "less": Both(f"less {adjective.english} than", f"moins {agreed} que"),
        "as": Both(f"as {adjective.english} as", f"aussi {agreed} que"),
    }
    degree_ = draw.weighted({"more": 4, "less": 0 if adjective.english in SHORT else 1, "as": 2})
    negation = "not" if degree_ == "as" and draw.chance(0.4) else ""
    tense = draw.pick(["present", "present", "past"])
    return Sentence(clause(first, BE, tense, said[degree_] + words, negation=negation), ".", keys)


RANGES = many(
    """on the island = de l'île; in the world = du monde; in this country = de ce pays; in the region = de la région
    on the coast = de la côte; in Europe = d'Europe; in France = de France; in Italy = d'Italie
    in Spain = d'Espagne; in Portugal = du Portugal; in Brittany = de Bretagne
    in the United States = des États-Unis; in Greece = de Grèce; in the Netherlands = des Pays-Bas
    in Canada = du Canada"""
)
FINDINGS = many(
    """it is = c'est; this is = voici; we visited = nous avons visité; I have seen = j'ai vu; it was = c'était
    they know = ils connaissent"""
)


@PATTERNS(3.5)
def superlative(draw: Draw) -> Sentence:
    """It is the most beautiful beach on the island."""
    while (noun := noun_of(draw, "sight", "nature", "town", "recommended", "shop")).english in (
        "sea",
        "coast",
        "capital",
    ):
        pass
    while not (fitting := gradable(noun)):
        noun = NOUNS["sight"][0]
    adjective = draw.favour(fitting)
    article = "la" if noun.feminine else "le"
    top = SHORT[adjective.english][1] if adjective.english in SHORT else f"most {adjective.english}"
    agreed = french.with_linking(adjective.french, noun.feminine, False, noun.french if adjective.before else "")
    in_french = (
        f"{article} plus {agreed} {noun.french}"
        if adjective.before
        else f"{article} {noun.french} {article} plus {agreed}"
    )
    return Sentence(
        draw.favour(FINDINGS)
        + Both(f"the {top} {noun.english}", in_french)
        + draw.favour(RANGES[noun.english == "island" :]),
        ".",
        (key(adjective.english, noun.english),),
    )


@PATTERNS(1.2)
def price(draw: Draw) -> Sentence:
    """This vase costs fifty euros."""
    while (noun := noun_of(draw, "souvenir", "clothes", "thing", "payable")).english in (
        "identity card",
        "passport",
        "key",
        "bill",
        "money",
    ):
        pass
    adjectives = [a for a in adjectives_for(draw, noun, 0.3) if a.english not in ("expensive", "cheap")]
    thing = noun_phrase(noun, "this", noun.english_number == "count" and draw.chance(0.3), adjectives)
    amount = draw.pick([*range(2, 31), 35, 40, 45, 50, 60, 70, 75, 80, 90, 95])
    cost = Both(f"{english.number(amount)} euros", f"{french.number(amount)} euros")
    return Sentence(clause(thing, Verb("cost", "coûter"), "present", cost), ".", thing.keys)
