"""The kinds of sentence of the holiday-postcard world: each draws one meaning and renders it in both languages."""

from dataclasses import replace
from typing import NamedTuple

from course.corpora.bilingual import english, french
from course.corpora.bilingual.grammar import (
    EVERYONE, HE, I, ONE, SHE, SOMEONE, THEY, WE, YOU, Adverb, Both, Draw, Phrase, adjectives_for, both, clause, infinitive,
    key, many, modal_clause, noun_of, noun_phrase, owner_of, suits, with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import (
    ACTIONS, ADJECTIVE_CLASS, ADJECTIVES, CITIES, NOUNS, Adjective, Verb, verbs,
)  # fmt: skip
from course.corpora.bilingual.scenes import (
    OUTDOORS, PLACES, TIMES, WITH, action_clause, address, adverb_for, city, country, destination, human, name, object_for,
    pair_of_persons, person, place, question_form, relative, spoken, tense_and_polarity, time_for,
)  # fmt: skip


class Sentence(NamedTuple):
    """One meaning in both languages: words, closing mark, and the combinations of words it holds."""

    words: Both
    mark: str = "."
    keys: tuple[str, ...] = ()


PATTERNS: dict = {}


def pattern(weight: float):
    """Registers a kind of sentence with its weight."""

    def register(function):
        PATTERNS[function] = weight
        return function

    return register


NOTHING = Both()
BE = Verb("be", "être", state=True)
HAVE = Verb("have", "avoir", state=True)
GO = Verb("go", "aller")


def optional(draw: Draw, chance: float, make) -> Both:
    """What `make` draws, or nothing."""
    return make(draw) if draw.chance(chance) else NOTHING


# ------------------------------------------------------------------------------------------------ doing and moving
@pattern(22)
def action(draw: Draw) -> Sentence:
    """She has bought a red hat at the market."""
    words, keys, _ = action_clause(draw, person(draw))
    return Sentence(words, ".", keys)


MOTIONS = verbs("go = aller : to; come back = revenir : from; arrive = arriver : at; go home = rentrer : time; leave = partir : time")
INTRANSITIVES = verbs(
    """swim = nager; walk = marcher; dance = danser; sing = chanter; sleep = dormir; run = courir; work = travailler; travel = voyager
    laugh = rire; cook = cuisiner; dream = rêver; have lunch = déjeuner; have dinner = dîner; have a picnic = pique-niquer
    camp = camper; sunbathe = bronzer; chat = bavarder; study = étudier; wait = attendre; cry = pleurer; smile = sourire
    fish = pêcher; ski = skier; fall = tomber; stay = rester; go out = sortir; dive = plonger; paint = peindre
    shout = crier; eat = manger; read = lire; go shopping = faire du shopping; go cycling = faire du vélo; go sailing = faire de la voile
    go hiking = faire de la randonnée; go skiing = faire du ski; go riding = faire du cheval; take photos = prendre des photos
    play cards = jouer aux cartes; play tennis = jouer au tennis; go windsurfing = faire de la planche à voile"""
)
REFLEXIVES = verbs(
    """go for a walk = se promener; rest = se reposer; get up = se lever; have fun = s'amuser; go to bed = se coucher; bathe = se baigner
    wake up = se réveiller; get lost = se perdre; hurry = se dépêcher; get bored = s'ennuyer; get dressed = s'habiller
    fall asleep = s'endormir; stop = s'arrêter; wash = se laver; get ready = se préparer; argue = se disputer; shave = se raser"""
)
SOCIAL = ("argue",)  # takes several people
OF_MEN = ("shave",)


def split_idiom(verb: Verb) -> tuple[Verb, Both]:
    """A verb of two words in French or of a particle with its noun: "faire de la voile" is faire + de la voile."""
    head, _, rest = verb.french.partition(" ")
    base = verb.english.split(" ")
    return replace_verb(verb, " ".join(base), head), Both("", rest)


def replace_verb(verb: Verb, in_english: str, in_french: str) -> Verb:
    """The same verb with other words."""
    return verb._replace(english=in_english, french=in_french)


@pattern(9)
def intransitive(draw: Draw) -> Sentence:
    """We are swimming in the lake with our friends."""
    verb, rest = split_idiom(draw.favour(INTRANSITIVES))
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        negation, tense = "", "present" if subject is ONE else tense
    if verb.english in ("fall", "stay") and tense == "progressive":
        tense = "future"
    adverb = adverb_for(draw, tense, negation)
    companion = optional(draw, 0.25 if subject in (I, WE, THEY) else 0.0, lambda d: d.favour(WITH[:1] if False else companions(subject)))
    where = optional(draw, 0.55, lambda d: d.favour(OUTDOORS))
    when = time_for(draw, tense, negation, 0.5)
    when, adverb = not_yet(when, adverb, negation)
    manner = optional(draw, 0.2, lambda d: d.pick(MANNERS.get(verb.english, [NOTHING])))
    words = clause(subject, verb, tense, rest + manner + companion + where + when, negation=negation, adverb=adverb)
    return Sentence(words)


def not_yet(when: Both, adverb: Adverb, negation: str) -> tuple[Both, Adverb]:
    """ "has not … yet": encore stands before the participle in French."""
    if when.english != "yet":
        return when, adverb
    return (when, Adverb("", "encore")) if negation == "not" else (NOTHING, Adverb())


MANNERS = {
    "swim": many("well = bien; fast = vite"), "walk": many("slowly = lentement; fast = vite; for two hours = pendant deux heures"),
    "dance": many("all night = toute la nuit; all evening = toute la soirée; well = bien"), "sing": many("loudly = fort; together = ensemble"),
    "sleep": many("well = bien; badly = mal; until noon = jusqu'à midi"), "run": many("fast = vite; slowly = lentement"),
    "work": many("hard = dur; all day = toute la journée"), "travel": many("together = ensemble; by train = en train; by bus = en bus"),
    "laugh": many("a lot = beaucoup; loudly = fort"), "wait": many("for an hour = pendant une heure; patiently = patiemment"),
    "chat": many("all evening = toute la soirée; for hours = pendant des heures"), "eat": many("too much = trop; well = bien"),
    "stay": many("for a week = pendant une semaine; until Sunday = jusqu'à dimanche"), "read": many("all day = toute la journée; a lot = beaucoup"),
    "cry": many("all night = toute la nuit"), "shout": many("very loudly = très fort"), "cook": many("well = bien; together = ensemble"),
}  # fmt: skip


def companions(subject: Phrase) -> list[Both]:
    """With whom the subject can be."""
    if subject.person == 1 and not subject.plural:
        return many("with my sister = avec ma sœur; with my parents = avec mes parents; with the children = avec les enfants; with him = avec lui; with her = avec elle")
    if subject.person == 1:
        return many("with our friends = avec nos amis; with the children = avec les enfants; with our neighbours = avec nos voisins; with her = avec elle; with them = avec eux")
    return many("with us = avec nous; with me = avec moi; without me = sans moi; with their dog = avec leur chien; with the children = avec les enfants")


@pattern(6)
def reflexive(draw: Draw) -> Sentence:
    """The girls went to bed late yesterday."""
    verb = draw.favour(REFLEXIVES)
    subject = person(draw)
    while verb.english == "argue" and not subject.plural:
        subject = person(draw)
    while verb.english == "shave" and (subject.feminine or subject.plural or subject is I):
        subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        negation, tense = "", "present" if subject is ONE else tense
    if tense in ("background", "recent") and verb.english in ("get lost", "have fun", "get bored", "stop", "argue"):
        tense = "past"
    adverb = adverb_for(draw, tense, negation)
    extra = many(REFLEXIVE_EXTRAS.get(verb.english, "with pleasure = avec plaisir"))
    manner = draw.pick(extra) if verb.english in REFLEXIVE_EXTRAS and draw.chance(0.5) else NOTHING
    when = time_for(draw, tense, negation, 0.45)
    when, adverb = not_yet(when, adverb, negation)
    return Sentence(clause(subject, verb, tense, manner + when, negation=negation, adverb=adverb))


REFLEXIVE_EXTRAS = {
    "go for a walk": "on the beach = sur la plage; in the forest = dans la forêt; by the sea = au bord de la mer; along the river = le long de la rivière; in the park = dans le parc",
    "rest": "in the shade = à l'ombre; at the hotel = à l'hôtel; in the garden = dans le jardin; on the terrace = sur la terrasse",
    "get up": "early = tôt; late = tard; at six o'clock = à six heures; very early = très tôt; at dawn = à l'aube",
    "have fun": "on the beach = sur la plage; at the party = à la fête; together = ensemble; in the water = dans l'eau",
    "go to bed": "early = tôt; late = tard; at ten o'clock = à dix heures; at midnight = à minuit",
    "bathe": "in the sea = dans la mer; in the river = dans la rivière; in the lake = dans le lac; in the pool = dans la piscine",
    "wake up": "early = tôt; late = tard; at seven o'clock = à sept heures; with a headache = avec un mal de tête",
    "get lost": "in the forest = dans la forêt; in the old town = dans la vieille ville; in the narrow streets = dans les rues étroites",
    "get bored": "at the hotel = à l'hôtel; on the train = dans le train; at the museum = au musée",
    "fall asleep": "on the train = dans le train; under a tree = sous un arbre; on the sofa = sur le canapé; on the beach = sur la plage",
    "stop": "in a small village = dans un petit village; in front of the church = devant l'église; at the bakery = à la boulangerie",
    "get ready": "for the party = pour la fête; for the journey = pour le voyage", "get dressed": "quickly = vite; in the dark = dans le noir",
    "wash": "in the river = dans la rivière; with cold water = à l'eau froide",
}  # fmt: skip


@pattern(9)
def motion(draw: Draw) -> Sentence:
    """My sisters went to Italy by train last summer."""
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        negation, tense = "", "present" if subject is ONE else tense
    if tense == "recent":
        tense = "past"
    kind = draw.weighted({"go": 4, "come back": 1, "arrive": 1.2, "home": 0.7, "leave": 0.8, "return": 0.3})
    how = optional(draw, 0.2, lambda d: d.favour(BY))
    when = time_for(draw, tense, negation, 0.6)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    if kind == "go":
        if tense == "imperfect" and subject.feminine:
            tense = "present"
            when = time_for(draw, tense, negation, 0.6)
        to = destination(draw)
        if tense == "going":
            tense = "future"
        words = clause(subject, GO, tense, to + how + when, negation=negation, adverb=adverb)
    elif kind == "come back":
        words = clause(subject, Verb("come back", "revenir"), tense, draw.pick([city, city_from, country_from][1:])(draw) + when, negation=negation, adverb=adverb)
    elif kind == "arrive":
        where = draw.pick([city, lambda d: both("at the hotel = à l'hôtel"), lambda d: both("at the station = à la gare"), country, lambda d: both("late = en retard"), lambda d: both("early = en avance")])(draw)
        words = clause(subject, Verb("arrive", "arriver"), tense, where + how + when, negation=negation, adverb=adverb)
    elif kind == "home":
        manner = draw.pick(many("late = tard; early = tôt; on foot = à pied; by taxi = en taxi; after the concert = après le concert; together = ensemble"))
        manner = manner if subject.plural or manner.english != "together" else NOTHING
        words = clause(subject, Verb("go home", "rentrer"), tense, manner + when, negation=negation, adverb=adverb)
    else:
        manner = draw.pick(many("without me = sans moi; early = tôt; for Paris = pour Paris; for Spain = pour l'Espagne; at nine o'clock = à neuf heures; with the luggage = avec les bagages; on holiday = en vacances"))
        words = clause(subject, Verb("leave", "partir"), tense, manner + when, negation=negation, adverb=adverb)
    return Sentence(words)


BY = many("by train = en train; by car = en voiture; by boat = en bateau; by plane = en avion; on foot = à pied; by bus = en bus; by bicycle = à vélo; by taxi = en taxi; by coach = en car; by underground = en métro; on horseback = à cheval")


def city_from(draw: Draw) -> Both:
    """From a city."""
    return city(draw, "from = de")


def country_from(draw: Draw) -> Both:
    """From a country."""
    return country(draw, "from")


# ------------------------------------------------------------------------------------------------- being and having
DEGREES = {"": 5, "very": 2.5, "too": 0.7, "so": 0.7, "rather": 0.7, "really": 0.6, "a little": 0.4}
IN_FRENCH = {"very": "très", "too": "trop", "so": "si", "rather": "plutôt", "really": "vraiment", "a little": "un peu"}
UNGRADED = ("late", "alone", "ready", "in a good mood", "delighted", "open", "closed", "empty", "free", "lost", "furious", "magnificent",
            "wonderful", "splendid", "delicious", "excellent", "forbidden", "impossible", "unforgettable", "abandoned", "frozen", "deserted",
            "broken", "Roman", "medieval", "French", "Italian", "Spanish", "English", "full", "ridiculous")  # fmt: skip


def degree(draw: Draw, adjective: Adjective) -> Both:
    """An adverb of degree that the adjective bears."""
    chosen = "" if adjective.english in UNGRADED else draw.weighted(DEGREES)
    if chosen == "a little" and adjective.english not in ("tired", "sad", "worried", "nervous", "expensive", "cold", "noisy", "jealous", "disappointed"):
        chosen = "very"
    return Both(chosen, IN_FRENCH.get(chosen, ""))


def be_adjective(draw: Draw, subject: Phrase, adjective: Adjective, tense: str, tail: Both = NOTHING, negation: str = "", **asked) -> Both:
    """Subject + be + adjective."""
    graded = degree(draw, adjective) if not negation else NOTHING
    said = graded + Both(adjective.english, subject.agreeing(adjective.french))
    return clause(subject, BE, tense, said + tail, negation=negation, **asked)


MOODS = [a for a in ADJECTIVES["mood"] if a.english not in ("sleepy", "careful", "bored")]
BECAUSE = ("tired", "happy", "sad", "delighted", "disappointed", "worried", "pleased", "furious", "surprised", "late", "nervous", "proud")


@pattern(6)
def mood(draw: Draw) -> Sentence:
    """My parents were very tired last night."""
    subject = person(draw)
    adjective = draw.favour(MOODS)
    tense, negation = tense_and_polarity(draw, state=True)
    if subject in (SOMEONE, EVERYONE, ONE):
        negation = ""
    if subject is ONE:
        subject = WE
    adverb = Adverb("never", "") if False else Adverb()
    when = time_for(draw, tense, negation, 0.35)
    where = optional(draw, 0.1, lambda d: d.favour(PLACES))
    del adverb
    return Sentence(be_adjective(draw, subject, adjective, tense, where + when, negation), ".", ())


PREDICATES = {"sight": "place", "nature": "nature", "lodging": "place", "clothes": "clothes", "food": "food", "snack": "food", "reading": "text",
              "souvenir": "thing", "animal": "animal", "person": "person", "town": "place", "journey": "journey", "event": "event", "thing": "thing"}  # fmt: skip
NOT_PREDICATED = ("little", "historic", "Roman", "medieval", "English", "French", "Italian", "Spanish", "German", "Greek", "golden", "new", "blond")


@pattern(8)
def description(draw: Draw) -> Sentence:
    """The old church is magnificent."""
    group = draw.pick(list(PREDICATES))
    noun = noun_of(draw, group)
    fitting = [a for a in ADJECTIVES[PREDICATES[group]] if suits(a, noun) and a.english not in NOT_PREDICATED]
    plural = noun.english_number == "count" and draw.chance(0.3)
    adjective = draw.favour(fitting)
    kind = draw.weighted({"the": 5, "this": 2, "own": 1 if group in ("clothes", "lodging", "souvenir", "thing", "journey") else 0})
    owner = draw.pick(["je", "nous", "elle", "ils", "tu", "il"]) if kind == "own" else kind
    attribute = adjectives_for(draw, noun, 0.2)
    if attribute and attribute[0] == adjective:
        attribute = []
    subject = noun_phrase(noun, owner, plural, attribute[:1])
    tense, negation = draw.weighted({("present", ""): 5, ("past", ""): 2.5, ("present", "not"): 1.3, ("future", ""): 0.6, ("past", "not"): 0.5})
    where = optional(draw, 0.15, lambda d: both("here = ici")) if tense == "present" else NOTHING
    words = be_adjective(draw, subject, adjective, tense, where, negation)
    return Sentence(words, ".", (key(adjective.english, noun.english), *subject.keys))


FEELINGS = many(
    """hungry = faim; cold = froid; thirsty = soif; afraid = peur; sleepy = sommeil; hot = chaud; right = raison; wrong = tort; lucky = de la chance"""
)


@pattern(4.5)
def feeling(draw: Draw) -> Sentence:
    """The children were very hungry after the walk."""
    subject = person(draw)
    feeling_ = draw.favour(FEELINGS)
    tense, negation = tense_and_polarity(draw, state=True)
    if tense == "going":
        tense = "future"
    if subject in (SOMEONE, EVERYONE, ONE):
        subject, negation = (EVERYONE, "") if subject is not SOMEONE else (SOMEONE, "")
    graded = both("very = très") if feeling_.english in ("hungry", "cold", "thirsty", "afraid", "sleepy", "hot") and not negation and draw.chance(0.3) else NOTHING
    in_french = feeling_.french
    if feeling_.english == "lucky" and negation:
        in_french = "de chance"
    when = time_for(draw, tense, negation, 0.35)
    of = NOTHING
    if feeling_.english == "afraid" and draw.chance(0.6):
        feared = noun_phrase(draw.pick([n for n in NOUNS["animal"] if n.english in ("dog", "wolf", "snake", "bear", "jellyfish", "mouse", "shark", "cow", "bee", "crab", "goose")]), "the", True)
        of = Both(f"of {feared.english.removeprefix('the ')}", french.with_preposition("de", feared.french))
        when = NOTHING
    tail_en = clause(subject, BE, tense, graded + Both(feeling_.english, "") + of + when, negation=negation).english
    tail_fr = clause(subject, HAVE, tense, graded + Both("", in_french) + of + when, negation=negation).french
    return Sentence(Both(tail_en, tail_fr))


ACHES = many("a headache = mal à la tête; a stomach ache = mal au ventre; toothache = mal aux dents; backache = mal au dos; a sore throat = mal à la gorge; sore feet = mal aux pieds; earache = mal aux oreilles; sore legs = mal aux jambes; a fever = de la fièvre; a cold = un rhume")


@pattern(1.2)
def ache(draw: Draw) -> Sentence:
    """My brother has a headache."""
    subject = person(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        subject = SHE
    tense = draw.pick(["present", "present", "past"])
    ache_ = draw.favour(ACHES)
    when = draw.pick([NOTHING, NOTHING, both("this morning = ce matin"), both("today = aujourd'hui")]) if tense == "present" else time_for(draw, tense, "", 0.6)
    return Sentence(clause(subject, HAVE, tense, ache_ + when))


@pattern(2.5)
def age(draw: Draw) -> Sentence:
    """My sister is twelve years old."""
    subject = draw.pick([name, human, lambda d: HE, lambda d: SHE, human])(draw)
    years = 2 + int(draw.pick(range(80)) if draw.chance(0.5) else draw.pick(range(20)))
    tense = draw.weighted({"present": 5, "future": 1, "past": 1})
    when = {"present": NOTHING, "future": draw.pick(TIMES["future"][:4] + many("on my birthday = X")[:0] + many("next month = le mois prochain; in May = en mai")), "past": draw.pick(many("at that time = à cette époque; then = alors"))}[tense]
    if tense == "future" and when.english in ("tomorrow", "this evening"):
        when = both("tomorrow = demain")
    if subject.plural:
        subject = replace(subject)
    in_english = clause(subject, BE, tense, Both(f"{english.number(years)} years old") + when).english
    in_french = clause(subject, HAVE, tense, Both("", f"{french.number(years)} ans") + when).french
    return Sentence(Both(in_english, in_french))


@pattern(5)
def existence(draw: Draw) -> Sentence:
    """There are beautiful beaches near the village."""
    noun = noun_of(draw, "sight", "nature", "shop", "animal", "plant", "group", "lodging")
    tense, negation = draw.weighted({("present", ""): 5, ("past", ""): 2, ("present", "not"): 1.3, ("future", ""): 0.7, ("present", "no longer"): 0.4})
    if noun.english in ("countryside", "town centre", "sea"):
        noun = NOUNS["nature"][0]
    plural = draw.chance(0.4) or noun.group in ("group", "animal")
    adjectives = adjectives_for(draw, noun, 0.35)
    kind = draw.weighted({"a": 5, "a lot": 1, "number": 0.7, "several": 0.5, "too many": 0.2}) if plural and not negation else "a"
    if kind == "number":
        kind = 2 + int(draw.pick([0, 0, 1, 1, 2, 3, 4, 6, 8]))
    thing = noun_phrase(noun, kind, plural or kind in ("a lot", "several", "too many"), adjectives if kind == "a" else (), bool(negation))
    group = noun.group
    where = draw.favour(OUTDOORS if group in ("animal", "plant", "group") else NEARBY)
    auxiliary = {"present": "is", "past": "was", "future": "will"}[tense]
    if thing.number_in_english:
        auxiliary = {"is": "are", "was": "were"}.get(auxiliary, auxiliary)
    in_english = " ".join(filter(None, ["there", auxiliary, negation, "be" if tense == "future" else "", thing.english, where.english]))
    group_fr = french.verb_group("avoir", 3, False, {"past": "imperfect"}.get(tense, tense), negation=negation, clitics=("y",))
    in_french = f"il {group_fr} {thing.french} {where.french}"
    return Sentence(Both(in_english, in_french), ".", thing.keys)


NEARBY = many(
    """near the hotel = près de l'hôtel; in the village = dans le village; in this town = dans cette ville; here = ici
    near the beach = près de la plage; behind the station = derrière la gare; on the island = sur l'île; opposite the church = en face de l'église
    in the region = dans la région; near the harbour = près du port; over there = là-bas
    at the end of the street = au bout de la rue; in the neighbourhood = dans le quartier; not far from here = non loin d'ici"""
)


@pattern(2)
def nothing_there(draw: Draw) -> Sentence:
    """There is only one hotel in the village. There is nothing in the fridge."""
    kind = draw.pick(["only", "nobody", "nothing"])
    where = draw.favour(NEARBY)
    past = draw.chance(0.35)
    be, avoir = ("was", "avait") if past else ("is", "a")
    if kind == "nobody":
        spot = draw.favour(OUTDOORS + NEARBY)
        when = draw.pick(TIMES["background"][:1] + many("this morning = ce matin; today = aujourd'hui")) if draw.chance(0.3) else NOTHING
        when = when if not past or when.english == "this morning" else NOTHING
        return Sentence(Both(f"there {be} nobody", f"il ne y {avoir} personne") + spot + when)
    if kind == "nothing":
        spot = draw.pick(many("in the fridge = dans le réfrigérateur; in my suitcase = dans ma valise; on the table = sur la table; in this bag = dans ce sac; in the cupboard = dans le placard; under the bed = sous le lit; in the box = dans la boîte; in his pocket = dans sa poche; in the letter box = dans la boîte aux lettres; in this shop = dans cette boutique"))
        return Sentence(Both(f"there {be} nothing", f"il ne y {avoir} rien") + spot)
    noun = noun_of(draw, "shop", "sight", "lodging")
    thing = noun_phrase(noun, 1)
    return Sentence(Both(f"there {be} only {thing.english}", f"il ne y {avoir} que {thing.french}") + where, ".", thing.keys)


@pattern(3)
def this_is(draw: Draw) -> Sentence:
    """It is a beautiful beach."""
    noun = noun_of(draw, "sight", "nature", "town", "lodging", "reading", "souvenir", "journey", "event", "animal", "clothes")
    if noun.english_number != "count" or noun.english in ("countryside", "sea", "town centre"):
        noun = NOUNS["sight"][1]
    adjectives = adjectives_for(draw, noun, 1.0)
    kind, tense = draw.weighted({("it", "present"): 4, ("it", "past"): 2, ("these", "present"): 1, ("not", "present"): 1})
    plural = kind == "these"
    thing = noun_phrase(noun, "a", plural, adjectives[:1])
    if kind == "these":
        bare = thing.english.removeprefix("some ")
        return Sentence(Both(f"these are {bare}", f"ce sont {thing.french}"), ".", thing.keys)
    if kind == "not":
        return Sentence(Both(f"it is not {thing.english}", f"ce ne est pas {thing.french}"), ".", thing.keys)
    be, est = ("is", "est") if tense == "present" else ("was", "était")
    return Sentence(Both(f"it {be} {thing.english}", f"ce {est} {thing.french}"), ".", thing.keys)


# ---------------------------------------------------------------------------------------------------------- weather
SKIES = many("it is cold = il fait froid; it is hot = il fait chaud; it is sunny = il fait beau; the weather is bad = il fait mauvais; it is cool = il fait frais; it is windy = il y a du vent; it is foggy = il y a du brouillard; it is dark = il fait nuit; it is mild = il fait doux; the weather is grey = il fait gris; it is stormy = il y a de l'orage; it is cloudy = il y a des nuages")
FALLS = verbs("rain = pleuvoir; snow = neiger; rain = pleuvoir")


@pattern(4.5)
def weather(draw: Draw) -> Sentence:
    """It was very cold in Scotland last week."""
    where = draw.weighted({"none": 2, "city": 1.2, "country": 2, "fixed": 1})
    spot = {"none": lambda d: NOTHING, "city": city, "country": country, "fixed": lambda d: d.pick(many("here = ici; in the mountains = à la montagne; by the sea = au bord de la mer; on the island = sur l'île; on the coast = sur la côte"))}[where](draw)
    tense = draw.weighted({"present": 3, "past": 3, "future": 2, "going": 1})
    negation = draw.weighted({"": 6, "not": 1})
    it = Phrase("it", "il")
    when = draw.favour(TIMES[tense]) if draw.chance(0.5) else NOTHING
    if tense == "present" and draw.chance(0.5):
        when = draw.pick([NOTHING, both("today = aujourd'hui"), both("this morning = ce matin")])
    if draw.chance(0.35):
        verb = draw.pick(FALLS)
        tense = draw.weighted({"progressive": 3, "past": 3, "future": 2, "going": 1.5, "perfect": 0.4, "present": 1})
        often = both("a lot = beaucoup") if tense in ("past", "present", "progressive") and draw.chance(0.3) and not negation else NOTHING
        when = time_for(draw, tense, "", 0.5)
        if when.english in ("with pleasure",):
            when = NOTHING
        return Sentence(clause(it, verb, tense, often + spot + when, negation=negation))
    sky = draw.favour(SKIES)
    left, right = sky.english.split(" is "), sky.french
    graded = both("very = très") if right.startswith("il fait") and left[1] not in ("dark", "sunny") and not negation and draw.chance(0.3) else NOTHING
    if left[1] == "sunny" and not negation and draw.chance(0.2):
        graded = both("very = très")
    in_english = clause(Phrase(left[0], ""), BE, tense, graded + Both(left[1]) + spot + when, negation=negation).english
    if right.startswith("il fait"):
        french_clause = clause(it, Verb("do", "faire", state=True), tense, graded + Both("", right.removeprefix("il fait ")) + spot + when, negation=negation).french
    else:
        rest = right.removeprefix("il y a ")
        rest = french.with_preposition("de", rest) if negation else rest
        french_clause = clause(it, HAVE, tense, Both("", rest) + spot + when, negation=negation, clitics=("y",)).french
    return Sentence(Both(in_english, french_clause))


# ----------------------------------------------------------------------------------------------- tastes, wants, plans
TASTES = verbs("like = aimer; love = adorer; prefer = préférer; hate = détester; like = aimer", state=True)
LIKED = ("food", "snack", "fruit", "drink", "animal", "plant", "sight", "nature", "reading", "clothes")


def generic(draw: Draw) -> Phrase:
    """Something in general: cheese, trains, old castles."""
    noun = noun_of(draw, *LIKED)
    while noun.english in ("countryside", "sea", "coast"):
        noun = noun_of(draw, *LIKED)
    adjectives = [a for a in adjectives_for(draw, noun, 0.25) if not a.before or a.english in ("old", "big", "small")]
    phrase = noun_phrase(noun, "generic", noun.english_number == "count", adjectives[:1])
    return phrase


@pattern(6)
def taste(draw: Draw) -> Sentence:
    """My mother does not like oysters."""
    verb = draw.favour(TASTES)
    subject = person(draw)
    if subject in (SOMEONE, ONE):
        subject = EVERYONE
    thing = generic(draw)
    negation = draw.weighted({"": 5, "not": 2, "no longer": 0.3}) if subject is not EVERYONE and verb.english == "like" else ""
    graded = both("very much = beaucoup") if False else NOTHING
    tense = "present"
    rest = NOTHING
    if verb.english == "prefer" and draw.chance(0.5):
        other = generic(draw)
        rest = with_preposition(both("to = à"), other) if other.head != thing.head else NOTHING
    return Sentence(clause(subject, verb, tense, thing.words + graded + rest, negation=negation), ".", (key(verb.english, thing.head), *thing.keys))


@pattern(1.5)
def neither(draw: Draw) -> Sentence:
    """I like neither tea nor coffee."""
    subject = person(draw)
    if subject in (SOMEONE, ONE, EVERYONE):
        subject = I
    first, second = generic(draw), generic(draw)
    while second.head == first.head:
        second = generic(draw)
    verb = TASTES[0]
    tail = Both(f"neither {first.english} nor {second.english}", f"ni {first.french} ni {second.french}")
    return Sentence(clause(subject, verb, "present", tail, negation="neither"), ".", (*first.keys, *second.keys))


def activity(draw: Draw, subject: Phrase) -> tuple[Verb, Both, tuple[str, ...]]:
    """Something to do: the verb, what follows it, and combinations."""
    kind = draw.weighted({"object": 5, "plain": 3, "reflexive": 1.5, "go": 1.5})
    if kind == "object":
        verb = draw.favour(ACTIONS)
        while verb.english in ("miss", "lose", "forget", "break", "hear", "receive"):
            verb = draw.favour(ACTIONS)
        thing = object_for(draw, verb, subject)
        return verb, thing.words, (key(verb.english, thing.head), *thing.keys)
    if kind == "plain":
        verb, rest = split_idiom(draw.favour([v for v in INTRANSITIVES if v.english not in ("fall", "cry", "shout")]))
        return verb, rest + optional(draw, 0.5, lambda d: d.favour(OUTDOORS)), ()
    if kind == "reflexive":
        verb = draw.favour([v for v in REFLEXIVES if v.english not in ("get lost", "get bored", "argue", "shave", "hurry", "stop", "fall asleep")])
        extra = many(REFLEXIVE_EXTRAS[verb.english]) if verb.english in REFLEXIVE_EXTRAS else [NOTHING]
        return verb, draw.pick(extra), ()
    return GO, destination(draw), ()


WISHES = [
    ("want", "vouloir", "present", ""), ("would like", "vouloir", "conditional", ""), ("hope", "espérer", "present", ""),
    ("need", "avoir", "present", "besoin de"), ("have", "devoir", "present", ""), ("want", "vouloir", "past", ""),
    ("try", "essayer", "past", "de"), ("decide", "décider", "past", "de"), ("forget", "oublier", "past", "de"), ("start", "commencer", "past", "à"),
    ("plan", "prévoir", "present", "de"),
]  # fmt: skip


@pattern(7)
def wish(draw: Draw) -> Sentence:
    """We would like to visit the castle tomorrow."""
    subject = person(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        subject = WE
    verb_en, verb_fr, tense, joint = draw.favour(WISHES[:-1])
    verb, tail, keys = activity(draw, subject)
    when = time_for(draw, "future" if tense in ("present", "conditional") else "past", "", 0.35)
    bare = infinitive(subject, verb, tail + when)
    negation = draw.weighted({"": 5, "not": 1}) if verb_en in ("want", "try", "forget", "decide") else ""
    bare = Both(bare.english, f"{joint} {bare.french}".strip())
    if tense == "conditional":
        first, rest = english.verb_group("like", subject.person, subject.number_in_english, "would", negation)
        in_english = f"{subject.english} {first} {rest} {bare.english}"
        group = french.verb_group("vouloir", subject.person, subject.plural, "conditional", negation=negation)
        return Sentence(Both(in_english, f"{subject.french} {group} {bare.french}"), ".", keys)
    helper = Verb(verb_en, verb_fr, state=verb_en == "want")
    return Sentence(clause(subject, helper, tense, bare, negation=negation), ".", keys)


@pattern(5)
def modal(draw: Draw) -> Sentence:
    """You cannot miss the train, Paul."""
    subject = person(draw)
    if subject in (SOMEONE, EVERYONE):
        subject = WE
    which = draw.weighted({"can": 3, "must": 2.5, "should": 1.5})
    verb, tail, keys = activity(draw, subject)
    negation = draw.weighted({"": 4, "not": 1.5})
    when = time_for(draw, "future", "", 0.3)
    who = NOTHING
    if draw.chance(0.3):
        spoken_to = address(draw, plain=1)
        return Sentence(spoken(spoken_to, modal_clause(which, spoken_to.you, *activity_again(draw, spoken_to.you), negation=negation)))
    return Sentence(modal_clause(which, subject, verb, tail + when + who, negation=negation), ".", keys)


def activity_again(draw: Draw, subject: Phrase) -> tuple[Verb, Both]:
    """An activity without its combinations."""
    verb, tail, _ = activity(draw, subject)
    return verb, tail


@pattern(4)
def pastime(draw: Draw) -> Sentence:
    """I like swimming in the sea."""
    subject = person(draw)
    if subject in (SOMEONE, ONE):
        subject = EVERYONE
    verb, tail, keys = activity(draw, subject)
    taste_ = draw.favour(TASTES[:4])
    taste_ = TASTES[0] if taste_.english == "prefer" else taste_
    negation = "not" if taste_.english == "like" and subject is not EVERYONE and draw.chance(0.3) else ""
    bare = infinitive(subject, verb, tail)
    doing = Both(english.forms(verb.english)["ing"] + bare.english.removeprefix(f"to {verb.english}"), bare.french)
    return Sentence(clause(subject, taste_, "present", doing, negation=negation), ".", keys)


@pattern(2.5)
def judged(draw: Draw) -> Sentence:
    """It is pleasant to swim in the lake."""
    adjective = draw.favour(ADJECTIVES["act"])
    be, est = draw.weighted({("is", "est"): 4, ("was", "était"): 1.5})
    verb, tail, keys = activity(draw, SHE)
    bare = infinitive(SHE, verb, tail)
    if any(word in f" {bare.english} " for word in (" her ", " his ")):
        verb, tail = split_idiom(INTRANSITIVES[0])
        bare, keys = infinitive(SHE, verb, tail + draw.favour(OUTDOORS)), ()
    return Sentence(Both(f"it {be} {adjective.english} {bare.english}", f"ce {est} {adjective.french} de {bare.french}"), ".", keys)


@pattern(2.5)
def games(draw: Draw) -> Sentence:
    """My brother plays the violin. We played football on the beach."""
    subject = person(draw)
    tense, negation = tense_and_polarity(draw)
    if subject in (SOMEONE, EVERYONE, ONE):
        subject, negation = SOMEONE, ""
        tense = "progressive"
    instrument = draw.chance(0.5)
    noun = draw.favour(NOUNS["instrument" if instrument else "game"])
    preposition = "de" if instrument else "à"
    what = Both(f"the {noun.english}" if instrument else noun.english, french.with_preposition(preposition, noun_phrase(noun, "the").french))
    where = optional(draw, 0.3, lambda d: d.favour(OUTDOORS))
    when = time_for(draw, tense, negation, 0.5)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    return Sentence(clause(subject, Verb("play", "jouer"), tense, what + where + when, negation=negation, adverb=adverb), ".", (key("play", noun.english),))


# ---------------------------------------------------------------------------------------------------------- pronouns
GIVING = verbs("give = donner; send = envoyer; show = montrer; offer = offrir; lend = prêter; bring = apporter; write = écrire; sell = vendre; post = poster")
TO_WHOM = {"me": ("me", "me"), "us": ("us", "nous"), "him": ("him", "lui"), "her": ("her", "lui"), "them": ("them", "leur"), "you": ("you", "te")}
GIVEN = {"give": ("souvenir", "mail", "snack"), "send": ("mail",), "show": ("souvenir", "mail", "clothes"), "offer": ("souvenir", "clothes"), "lend": ("thing", "reading", "clothes"), "bring": ("souvenir", "snack", "drink"), "write": ("letters",), "sell": ("souvenir",), "post": ("letters",)}


def recipient(draw: Draw, subject: Phrase) -> str:
    """To whom: a pronoun that is not the subject's own."""
    while True:
        who = draw.pick(list(TO_WHOM))
        if who in ("me", "us") and subject.person == 1 or who == "you" and subject.person == 2:
            continue
        return who


@pattern(6)
def giving(draw: Draw) -> Sentence:
    """Her grandmother gave her a ring. Paul sent a letter to my parents."""
    subject = person(draw)
    if subject in (EVERYONE, ONE):
        subject = SOMEONE
    verb = draw.favour(GIVING[:7])
    noun = noun_of(draw, *GIVEN[verb.english])
    tense, negation = tense_and_polarity(draw)
    if tense in ("background", "imperfect"):
        tense = "past"
    if subject is SOMEONE:
        negation = ""
    if noun.english_number == "mass":
        thing = noun_phrase(noun, "some", negated=bool(negation))
    else:
        kind = "own" if verb.english == "lend" else draw.pick(["a", "a", "the", "a"])
        plural = draw.chance(0.3) and noun.english_number == "count"
        thing = noun_phrase(noun, owner_of(subject) if kind == "own" else kind, plural, adjectives_for(draw, noun, 0.25), bool(negation))
    when = time_for(draw, tense, negation, 0.4)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    keys = (key(verb.english, thing.head), *thing.keys)
    if draw.chance(0.55):
        who = recipient(draw, subject)
        tail = Both(f"{TO_WHOM[who][0]} {thing.english}", thing.french) + when
        return Sentence(clause(subject, verb, tense, tail, negation=negation, adverb=adverb, clitics=(TO_WHOM[who][1],)), ".", keys)
    to = human(draw)
    while to.english == subject.english:
        to = human(draw)
    return Sentence(clause(subject, verb, tense, thing.words + with_preposition(both("to = à"), to) + when, negation=negation, adverb=adverb), ".", keys)


DIRECT = {"me": ("me", "me"), "us": ("us", "nous"), "him": ("him", "le"), "her": ("her", "la"), "them": ("them", "les"), "you": ("you", "te")}
OBJECT_GENDER = {"me": (True, False), "us": (False, True), "him": (False, False), "her": (True, False), "them": (False, True), "you": (False, False)}
TO_PERSONS = verbs("see = voir; help = aider; wait for = attendre; invite = inviter; meet = rencontrer; thank = remercier; look for = chercher; love = adorer; follow = suivre; find = trouver; recognise = reconnaître; greet = saluer; hear = entendre; forget = oublier; photograph = photographier; draw = dessiner; kiss = embrasser; surprise = surprendre; understand = comprendre; watch = regarder; accompany = accompagner")
SPEAKING = verbs("phone = téléphoner; write to = écrire; answer = répondre; speak to = parler; visit = rendre visite; smile at = sourire")


@pattern(6)
def person_pronoun(draw: Draw) -> Sentence:
    """I saw them at the station. We are writing to her."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    tense, negation = tense_and_polarity(draw)
    if tense in ("background", "imperfect"):
        tense = "past"
    who = recipient(draw, subject)
    when = time_for(draw, tense, negation, 0.45)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    where = optional(draw, 0.35, lambda d: d.favour(PLACES))
    if draw.chance(0.35):
        verb, rest = split_idiom(draw.favour(SPEAKING))
        tail = Both(TO_WHOM[who][0], rest.french) + (where if verb.english in ("speak to", "smile at") else NOTHING) + when
        return Sentence(clause(subject, verb, tense, tail, negation=negation, adverb=adverb, clitics=(TO_WHOM[who][1],)))
    verb = draw.favour(TO_PERSONS)
    if verb.english == "love":
        tense, negation, where, when, adverb = "present", "", NOTHING, NOTHING, Adverb()
    return Sentence(clause(subject, verb, tense, Both(DIRECT[who][0]) + where + when, negation=negation, adverb=adverb, clitics=(DIRECT[who][1],), object_agreement=OBJECT_GENDER[who]))


SEQUELS = verbs("lose = perdre; like = aimer; forget = oublier; eat = manger; read = lire; send = envoyer; wear = porter; break = casser; sell = vendre; give = donner; hide = cacher; wash = laver; find = trouver; keep = garder")
PAIRS = {  # first verb: groups, and what may follow it
    "buy": ("souvenir thing clothes", "lose forget break hide"),
    "find": ("souvenir thing", "lose hide keep"),
    "receive": ("mail", "lose read keep"),
    "write": ("letters", "post send lose"),
    "borrow": ("thing reading", "lose forget keep"),
    "order": ("snack", "eat"),
    "choose": ("clothes souvenir", "buy forget"),
    "look for": ("thing clothes", "find"),
    "prepare": ("snack", "eat"),
}
SECOND = {v.english: v for v in [*SEQUELS, *ACTIONS]}


@pattern(6)
def anaphora(draw: Draw) -> Sentence:
    """I bought a map, but I lost it yesterday."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = I
    first = draw.pick(list(PAIRS))
    groups, followers = PAIRS[first]
    verb = next(v for v in ACTIONS if v.english == first)
    second = SECOND[draw.pick(followers.split())]
    noun = noun_of(draw, *groups.split())
    plural = noun.english_number == "count" and draw.chance(0.4)
    thing = noun_phrase(noun, draw.pick(["a", "the", "a"]) if first != "look for" else owner_of(subject), plural, adjectives_for(draw, noun, 0.3))
    it = Both("them" if thing.number_in_english else "it")
    clitic = "les" if thing.plural else ("la" if thing.feminine else "le")
    pronoun = subject if subject.french in PRONOUN_FORMS else pronoun_for(subject)
    joint, tense, negation = draw.weighted({
        ("but", "past", ""): 3, ("and", "past", ""): 2, ("and", "future", ""): 1.5, ("but", "past", "not"): 2, ("and", "going", ""): 1, ("but", "future", "not"): 0.6,
    })
    negative = ("lose", "forget", "break", "hide")
    if second.english in negative and tense != "past":
        tense, joint, negation = "past", "but", ""
    if second.english in negative:
        joint, negation = "but", ""
    elif tense == "past" and not negation:
        joint = "and" if first != "look for" else "and"
    when = time_for(draw, tense, negation, 0.35)
    start = clause(subject, verb, "past", thing.words)
    if first in ("look for",) and tense != "past":
        tense = "past"
        when = NOTHING
    end = clause(pronoun, second, tense, it + when, negation=negation, clitics=(clitic,), object_agreement=(thing.feminine, thing.plural))
    link = Both(f", {joint}", f", {'mais' if joint == 'but' else 'et'}")
    return Sentence(start + link + end, ".", (key(first, thing.head), *thing.keys))


PRONOUN_FORMS = ("je", "tu", "il", "elle", "nous", "vous", "ils", "elles")


def pronoun_for(phrase: Phrase) -> Phrase:
    """The pronoun that takes a noun phrase up again."""
    if phrase.person == 1:
        return replace(WE, feminine=phrase.feminine)
    if phrase.number_in_english:
        return replace(THEY, french="elles" if phrase.feminine else "ils", feminine=phrase.feminine)
    return SHE if phrase.feminine else HE


@pattern(3)
def there_pronoun(draw: Draw) -> Sentence:
    """I love Italy, and I go there every summer."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = I
    pronoun = subject if subject.french in PRONOUN_FORMS else pronoun_for(subject)
    kind = draw.pick(["city", "sight"])
    if kind == "city":
        name_, in_french = draw.favour(CITIES)
        spot = Both(name_, in_french)
    else:
        spot = noun_phrase(draw.favour(NOUNS["sight"]), "this").words
    start = clause(subject, draw.pick(TASTES[:2]), "present", spot)
    tense, when = draw.weighted({("present", "present"): 2, ("past", "past"): 2, ("future", "future"): 2, ("progressive", "future"): 1})
    time = draw.favour(TIMES[when])
    if tense == "present" and time.english in ("in the morning", "in the evening", "in the afternoon"):
        time = both("every summer = chaque été")
    verb = draw.weighted({GO: 4, Verb("stay", "rester"): 0.6, Verb("go back", "retourner"): 1.5, Verb("work", "travailler"): 0.5})
    if verb.english in ("stay", "work"):
        tense, time = draw.weighted({("past", both("for a month = pendant un mois")): 1, ("future", both("for a week = pendant une semaine")): 1})
    end = clause(pronoun, verb, tense, Both("there") + time, clitics=("y",))
    if verb is GO and tense == "future":
        end = clause(pronoun, Verb("go back", "retourner"), tense, Both("there") + time, clitics=("y",))
    return Sentence(start + both(", and = , et") + end)


@pattern(3)
def some_pronoun(draw: Draw) -> Sentence:
    """She loves cheese, and she eats some every day. We bought three of them."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = I
    pronoun = subject if subject.french in PRONOUN_FORMS else pronoun_for(subject)
    noun = noun_of(draw, "food", "fruit", "drink", "snack")
    verb = Verb("drink", "boire") if noun.group == "drink" else draw.pick([Verb("eat", "manger"), Verb("buy", "acheter")])
    loved = noun_phrase(noun, "generic", noun.english_number == "count")
    negative = draw.chance(0.3)
    start = clause(subject, TASTES[3] if negative else draw.pick(TASTES[:2]), "present", loved.words)
    if negative:
        never = clause(pronoun, verb, "present", Both("any"), negation="never", clitics=("en",))
        return Sentence(start + both(", so = , donc") + never, ".", (key(verb.english, noun.english),))
    if noun.english_number == "count" and draw.chance(0.5):
        count = 2 + draw.pick(range(11))
        tense = draw.pick(["past", "past", "future"])
        end = clause(pronoun, verb, tense, Both(f"{english.number(count)} of them", french.number(count)) + draw.favour(TIMES[tense]), clitics=("en",), object_agreement=(False, False))
    else:
        tense = draw.pick(["present", "past", "future"])
        end = clause(pronoun, verb, tense, Both("some") + draw.favour(TIMES[tense]), clitics=("en",), object_agreement=(False, False))
    return Sentence(start + both(", and = , et") + end, ".", (key(verb.english, noun.english),))


@pattern(2)
def missing(draw: Draw) -> Sentence:
    """I miss you. My sister misses the sea."""
    who = person(draw)
    if who in (EVERYONE, SOMEONE, ONE):
        who = I
    very = both("a lot = beaucoup") if draw.chance(0.4) else NOTHING
    missed = draw.weighted({"you": 3, "person": 3, "thing": 3})
    if missed == "you":
        what = YOU
    elif missed == "person":
        what = human(draw)
        if what.english == who.english:
            what = YOU
    else:
        what = draw.pick([noun_phrase(NOUNS["nature"][1]), noun_phrase(NOUNS["food"][4], "generic"), noun_phrase(NOUNS["lodging"][1], "je"), noun_phrase(NOUNS["pet"][0], "je"), noun_phrase(NOUNS["pet"][1], "nous"), Phrase("the sun", "le soleil"), Phrase("the rain", "la pluie"), noun_phrase(NOUNS["food"][1], "generic"), noun_phrase(NOUNS["pet"][0], "nous")])
    tense = draw.weighted({"present": 4, "future": 1.5})
    in_english = clause(who, Verb("miss", "manquer"), tense, what.words + very).english
    clitic = {"je": "me", "nous": "nous", "il": "lui", "elle": "lui", "ils": "leur"}.get(who.french)
    to = NOTHING if clitic else Both("", french.with_preposition("à", who.french if who.person == 3 else who.french))
    in_french = clause(what, Verb("miss", "manquer"), tense, very + to, clitics=(clitic,) if clitic else ()).french
    if who.person == 1 and who.plural and not clitic:
        in_french = clause(what, Verb("miss", "manquer"), tense, very + to).french
    return Sentence(Both(in_english, in_french))


# --------------------------------------------------------------------------------------------------- relative clauses
def relative_clause(draw: Draw, noun_group: str, plural: bool) -> tuple[Phrase, Both, tuple[str, ...]]:
    """A noun with a relative clause whose object it is: the letter that I wrote, la lettre que j'ai écrite."""
    options = [(verb, group) for verb in ACTIONS for group in set(verb.objects) if group == noun_group and verb.english in THAT_VERBS]
    verb, group = draw.favour(options)
    noun = draw.favour([n for n in NOUNS[group] if n.english_number == "count"])
    head = noun_phrase(noun, "the", plural and noun.english_number == "count", adjectives_for(draw, noun, 0.2)[:1])
    who = draw.pick([I, WE, SHE, HE, THEY, name(draw), human(draw), human(draw)])
    tense = draw.weighted({"past": 5, "perfect": 1})
    when = optional(draw, 0.25, lambda d: d.favour(TIMES["past"])) if tense == "past" else NOTHING
    inner = clause(who, verb, tense, when, object_agreement=(head.feminine, head.plural))
    return head, both("that = que") + inner, (key(verb.english, noun.english), *head.keys)


THAT_VERBS = ("buy", "find", "choose", "read", "write", "rent", "visit", "lose", "take", "send", "receive", "order", "see", "discover", "book", "draw", "meet", "prepare", "forget", "look for", "borrow", "photograph", "recommend")
THAT_GROUPS = ("souvenir", "clothes", "thing", "letters", "mail", "lodging", "reading", "sight", "town", "snack", "nature", "ride", "person")


@pattern(7)
def that_clause(draw: Draw) -> Sentence:
    """The postcards that we bought are beautiful. I lost the key that she found."""
    group = draw.pick(THAT_GROUPS)
    head, relative_, keys = relative_clause(draw, group, draw.chance(0.4))
    noun_adjectives = ADJECTIVES[ADJECTIVE_CLASS.get("mail" if group == "letters" else group, "thing")]
    noun = next(n for n in NOUNS[group] if n.english == head.head)
    fitting = [a for a in noun_adjectives if suits(a, noun) and a.english not in NOT_PREDICATED]
    subject = replace(head, english=f"{head.english} {relative_.english}", french=f"{head.french} {relative_.french}")
    if draw.chance(0.75):
        adjective = draw.favour(fitting)
        tense = draw.pick(["present", "past", "present"])
        return Sentence(be_adjective(draw, subject, adjective, tense), ".", (key(adjective.english, head.head), *keys))
    doer = draw.pick([I, WE, I])
    verb = draw.pick(TASTES[:2])
    return Sentence(clause(doer, verb, "present", subject.words), ".", keys)


@pattern(4.5)
def who_clause(draw: Draw) -> Sentence:
    """We met a painter who lives in Rome."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    verb = draw.pick(verbs("meet = rencontrer; know = connaître; see = voir; help = aider; invite = inviter; meet = rencontrer"))
    noun = noun_of(draw, "person")
    plural = draw.chance(0.25)
    tense = {"know": "present"}.get(verb.english, draw.pick(["past", "past", "perfect"]))
    somebody = noun_phrase(noun, "a", plural, adjectives_for(draw, noun, 0.35))
    who = replace(somebody, english="who", french="qui")
    inner_kind = draw.weighted({"live": 3, "speak": 2, "play": 1, "mood": 1, "action": 2})
    if inner_kind == "live":
        inner = clause(who, Verb("live", "habiter"), "present", draw.pick([city, country])(draw))
    elif inner_kind == "speak":
        language = draw.favour(NOUNS["language"])
        inner = clause(who, Verb("speak", "parler"), "present", Both(language.english, language.french) + draw.pick([NOTHING, both("very well = très bien")]))
    elif inner_kind == "play":
        noun_ = draw.favour(NOUNS["instrument"])
        inner = clause(who, Verb("play", "jouer"), draw.pick(["present", "background"]), Both(f"the {noun_.english}", french.with_preposition("de", noun_phrase(noun_).french)))
    elif inner_kind == "mood":
        inner = be_adjective(draw, replace(who, plural_adjective=somebody.plural), draw.favour([a for a in ADJECTIVES["person"] if not a.before]), "present")
    else:
        verb_ = draw.pick([v for v in ACTIONS if v.english in ("sell", "draw", "read", "write", "wear", "look for", "study", "photograph", "paint", "feed")])
        inner = clause(who, verb_, "background", object_for(draw, verb_, somebody).words)
    return Sentence(clause(subject, verb, tense, somebody.words + inner), ".", somebody.keys)


@pattern(3.5)
def where_clause(draw: Draw) -> Sentence:
    """This is the restaurant where we had dinner yesterday."""
    noun = noun_of(draw, "shop", "lodging", "town", "nature", "sight")
    while noun.english in ("countryside", "sea", "coast"):
        noun = noun_of(draw, "shop", "lodging", "town", "nature", "sight")
    head = noun_phrase(noun, "the", False, adjectives_for(draw, noun, 0.25)[:1])
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    kind = draw.weighted({"meet": 1.2, "intransitive": 2, "buy": 1.5 if noun.group == "shop" else 0})
    when = optional(draw, 0.4, lambda d: d.favour(TIMES["past"]))
    if kind == "meet":
        inner = clause(subject, Verb("meet", "rencontrer"), "past", name(draw).words + when)
    elif kind == "buy":
        verb = next(v for v in ACTIONS if v.english == "buy")
        inner = clause(subject, verb, "past", object_for(draw, verb, subject).words + when)
    else:
        verb, rest = split_idiom(draw.pick([v for v in INTRANSITIVES if v.english in ("have lunch", "have dinner", "sleep", "dance", "swim", "wait", "work")]))
        inner = clause(subject, verb, "past", rest + when)
    start = draw.pick(many("this is = c'est; I like = j'aime; we found = nous avons trouvé; I know = je connais; here is = voici; I remember = je me rappelle"))
    return Sentence(start + head.words + both("where = où") + inner, ".", head.keys)


@pattern(1.5)
def needed(draw: Draw) -> Sentence:
    """I found the key that you needed. It is the book she was talking about."""
    noun = noun_of(draw, "thing", "clothes")
    head = noun_phrase(noun, "the", noun.english_number == "count" and draw.chance(0.3), adjectives_for(draw, noun, 0.2))
    subject = draw.pick([I, WE, human(draw), name(draw)])
    who = draw.pick([I, WE, SHE, THEY, HE, YOU])
    verb = draw.pick([v for v in ACTIONS if v.english in ("find", "lose", "forget", "buy", "look for")])
    tense = draw.pick(["present", "past"])
    inner_en = clause(who, Verb("need", "avoir", state=True), tense).english
    inner_fr = clause(who, HAVE, tense, Both("", "besoin")).french
    words = clause(subject, verb, "past", head.words + Both(f"that {inner_en}", f"dont {inner_fr}"))
    return Sentence(words, ".", (key(verb.english, noun.english), *head.keys))


# --------------------------------------------------------------------------------------------------------- questions
@pattern(8)
def yes_no(draw: Draw) -> Sentence:
    """Did you buy the tickets, madam?"""
    form, who = "", None
    spoken_to = address(draw, plain=3)
    who = spoken_to.you
    form = question_form(draw, spoken_to)
    if not spoken_to.vocative.english and draw.chance(0.4):
        who = draw.pick([SHE, HE, THEY, human(draw), name(draw)])
    if not spoken_to.polite and draw.chance(0.12):
        form = "intonation"
    kind = draw.weighted({"action": 4, "mood": 1.5, "taste": 2, "go": 1.2, "feeling": 0.8, "modal": 1.2})
    keys: tuple[str, ...] = ()
    tense = draw.weighted({"present": 2, "progressive": 1.2, "past": 3, "perfect": 1, "future": 1.2, "going": 1})
    when = optional(draw, 0.4, lambda d: d.favour(TIMES[tense]))
    if kind == "action":
        verb = draw.favour(ACTIONS)
        thing = object_for(draw, verb, who)
        words = clause(who, verb, tense, thing.words + when, question=form)
        keys = (key(verb.english, thing.head), *thing.keys)
    elif kind == "mood":
        adjective = draw.favour([a for a in MOODS if a.english not in ("in a good mood",)])
        tense = draw.pick(["present", "present", "past"])
        words = be_adjective(draw, who, adjective, tense, question=form)
    elif kind == "taste":
        thing = generic(draw)
        words = clause(who, TASTES[0], "present", thing.words, question=form)
        keys = (key("like", thing.head), *thing.keys)
    elif kind == "go":
        tense = "progressive" if tense in ("present", "going") else tense
        words = clause(who, GO, tense, destination(draw) + (draw.favour(TIMES["future"]) if tense == "progressive" else when), question=form)
    elif kind == "feeling":
        feeling_ = draw.favour(FEELINGS[:6])
        in_english = clause(who, BE, "present", Both(feeling_.english), question=form).english
        words = Both(in_english, clause(who, HAVE, "present", Both("", feeling_.french), question=form).french)
    else:
        verb, tail, keys = activity(draw, who)
        words = modal_clause(draw.pick(["can", "can", "must", "should"]), who, verb, tail, question=form)
    return Sentence(spoken(spoken_to, words), "?", keys)


ASKED = many("where = où; when = quand; why = pourquoi; how = comment; at what time = à quelle heure; with whom = avec qui; since when = depuis quand")


@pattern(5)
def wh_question(draw: Draw) -> Sentence:
    """Where did you buy this hat? Why is Anna late?"""
    spoken_to = address(draw, plain=3)
    who = spoken_to.you
    if not spoken_to.vocative.english and draw.chance(0.45):
        who = draw.pick([SHE, HE, THEY, WE, human(draw), name(draw)])
    form = question_form(draw, spoken_to)
    asked = draw.favour(ASKED[:5])
    keys: tuple[str, ...] = ()
    if asked.english == "why":
        adjective = draw.favour([a for a in MOODS if a.english in BECAUSE])
        if draw.chance(0.5):
            words = be_adjective(draw, who, adjective, draw.pick(["present", "past"]), question=form, asked=asked)
            return Sentence(spoken(spoken_to, words), "?")
    if asked.english in ("where", "why"):
        verb = draw.pick([v for v in ACTIONS if v.english in ("buy", "find", "lose", "see", "rent", "photograph", "hide", "leave", "meet", "eat", "forget")])
        thing = object_for(draw, verb, who)
        keys = (key(verb.english, thing.head), *thing.keys)
        words = clause(who, verb, "past", thing.words, question=form, asked=asked)
    elif asked.english == "how":
        verb, to = draw.pick([(GO, destination(draw)), (Verb("travel", "voyager"), NOTHING), (Verb("go home", "rentrer"), NOTHING), (Verb("learn", "apprendre"), Both("French", "le français"))])
        words = clause(who, verb, draw.pick(["past", "future"]), to, question=form, asked=asked)
    else:
        verb = draw.pick([Verb("arrive", "arriver"), Verb("leave", "partir"), Verb("come back", "revenir"), Verb("go to bed", "coucher", reflexive=True), Verb("get up", "lever", reflexive=True), Verb("go home", "rentrer"), Verb("have lunch", "déjeuner"), Verb("have dinner", "dîner")])
        where = country(draw, "from") if verb.english == "come back" else NOTHING
        words = clause(who, verb, draw.pick(["past", "future", "future"]), where + optional(draw, 0.3, lambda d: both("on Monday = lundi") if asked.english != "when" else NOTHING), question=form, asked=asked)
    return Sentence(spoken(spoken_to, words), "?", keys)


@pattern(3)
def where_is(draw: Draw) -> Sentence:
    """Where is the station, please? Where are my keys?"""
    if draw.chance(0.5):
        noun = noun_of(draw, "shop", "sight", "town", "nature")
        thing = noun_phrase(noun, "the", adjectives=adjectives_for(draw, noun, 0.15))
    else:
        noun = noun_of(draw, "thing", "clothes", "reading", "souvenir")
        plural = noun.english_number == "count" and draw.chance(0.35)
        thing = noun_phrase(noun, draw.pick(["je", "nous", "tu", "il", "elle", "je"]), plural, adjectives_for(draw, noun, 0.2))
    please = draw.pick([NOTHING, NOTHING, both(", please = , s'il te plaît"), both(", sir = , monsieur"), both(", madam = , madame")])
    be, est = ("are", "sont") if thing.number_in_english else ("is", "est")
    est = "sont" if thing.plural else "est"
    past = draw.chance(0.2)
    if past:
        be, est = ("were" if thing.number_in_english else "was"), ("étaient" if thing.plural else "était")
    if please.english and thing.english.startswith("your"):
        please = NOTHING
    return Sentence(Both(f"where {be} {thing.english}", f"où {est} {thing.french}") + please, "?", thing.keys)


@pattern(2.5)
def how_many(draw: Draw) -> Sentence:
    """How many postcards did you write?"""
    spoken_to = address(draw)
    who = spoken_to.you if draw.chance(0.7) or spoken_to.vocative.english else draw.pick([SHE, HE, THEY, WE, name(draw)])
    verb = draw.pick([v for v in ACTIONS if v.english in ("buy", "eat", "write", "take", "see", "receive", "send", "read", "pick", "visit", "order", "find")])
    groups = [g for g in verb.objects if g not in ("view", "vehicle", "person", "thing", "clothes", "meal") and NOUNS[g][0].english_number == "count"]
    if not groups:
        verb, groups = ACTIONS[0], ["fruit"]
    noun = draw.favour([n for n in NOUNS[draw.pick(groups)] if n.english_number == "count" and n.english not in ("sea", "countryside", "town centre")])
    asked = Both(f"how many {english.plural(noun.english)}", french.with_preposition("combien de", french.plural(noun.french)))
    words = clause(who, verb, "past", question=question_form(draw, spoken_to), asked=asked, object_agreement=(noun.feminine, True))
    return Sentence(spoken(spoken_to, words), "?", (key(verb.english, noun.english),))


@pattern(2)
def who_question(draw: Draw) -> Sentence:
    """Who ate the cake? What are you looking for?"""
    if draw.chance(0.55):
        verb = draw.favour(ACTIONS)
        thing = object_for(draw, verb, HE)
        tense = draw.pick(["past", "past", "future", "progressive", "going"])
        who = Phrase("who", "qui")
        return Sentence(clause(who, verb, tense, thing.words), "?", (key(verb.english, thing.head), *thing.keys))
    spoken_to = address(draw)
    verb = draw.pick([v for v in ACTIONS if v.english in ("buy", "see", "look for", "choose", "eat", "drink", "read", "visit", "draw", "find", "forget", "order", "prepare")])
    tense = draw.pick(["past", "progressive", "future", "past"])
    when = optional(draw, 0.4, lambda d: d.favour(TIMES[tense]))
    form = question_form(draw, spoken_to)
    asked = both("what = que") if form == "inversion" else both("what = que est-ce que")
    words = clause(spoken_to.you, verb, tense, when, question=form, asked=asked)
    if form != "inversion":
        words = Both(words.english, words.french.replace("est-ce que est-ce que", "est-ce que", 1))
    return Sentence(spoken(spoken_to, words), "?")


@pattern(1.6)
def price(draw: Draw) -> Sentence:
    """How much does this vase cost? The room costs fifty euros."""
    noun = noun_of(draw, "souvenir", "clothes", "thing")
    thing = noun_phrase(noun, "this", noun.english_number == "count" and draw.chance(0.3), adjectives_for(draw, noun, 0.3))
    if draw.chance(0.4):
        do = "do" if thing.number_in_english else "does"
        cost = "coûtent" if thing.plural else "coûte"
        return Sentence(Both(f"how much {do} {thing.english} cost", f"combien {cost} {thing.french}"), "?", thing.keys)
    amount = draw.pick([*range(2, 31), 35, 40, 45, 50, 60, 70, 75, 80, 90, 95])
    tense = draw.pick(["present", "past"])
    words = clause(thing, Verb("cost", "coûter"), tense, Both(f"{english.number(amount)} euros", f"{french.number(amount)} euros"))
    return Sentence(words, ".", thing.keys)


# --------------------------------------------------------------------------------------- commands, comparisons, clocks
@pattern(4)
def command(draw: Draw) -> Sentence:
    """Do not forget your umbrella, Emma! Let us go to the beach."""
    kind = draw.weighted({"address": 3, "let us": 1.3})
    verb, tail, keys = activity(draw, WE if kind == "let us" else YOU)
    negation = "not" if draw.chance(0.25) else ""
    if kind == "let us":
        in_english = f"let us {'not ' if negation else ''}{verb.english}"
        who, pronoun = "nous", "nous"
        polite = NOTHING
    else:
        spoken_to = address(draw, plain=1.6)
        if any(word in tail.english.split() for word in ("your",)):
            verb, tail, keys = GO, destination(draw), ()
        in_english = f"{'do not ' if negation else ''}{verb.english}"
        who = "vous" if spoken_to.you.plural else "tu"
        pronoun = who
        polite = NOTHING
    form = french.conjugate(verb.french)["imperative"][who]
    reflexive_ = {"tu": "te", "nous": "nous", "vous": "vous"}[pronoun]
    if negation:
        in_french = f"ne {reflexive_ + ' ' if verb.reflexive else ''}{form} pas"
    else:
        in_french = form + (f"-{'toi' if pronoun == 'tu' else pronoun}" if verb.reflexive else "")
    words = Both(in_english, in_french) + tail + polite
    if kind == "address":
        words = spoken(spoken_to, words)
    return Sentence(words, draw.weighted({".": 3, "!": 1}) if kind == "let us" or spoken_to.vocative.english else "!", keys)


@pattern(2.5)
def come_with(draw: Draw) -> Sentence:
    """Write to me soon! Send me a postcard, please."""
    informal = draw.chance(0.6)
    spoken_to = address(draw, plain=2)
    who = "vous" if spoken_to.you.plural else "tu"
    del informal
    line = draw.weighted({"give": 3, "write": 1, "come": 1.5, "wait": 0.8})
    please = both(", please = , s'il te plaît") if who == "tu" else both(", please = , s'il vous plaît")
    ending = please if draw.chance(0.45) and (who == "tu" or spoken_to.vocative.english) else NOTHING
    if line == "give":
        verb = draw.pick([v for v in GIVING if v.english in ("give", "send", "show", "lend", "bring")])
        noun = noun_of(draw, *GIVEN[verb.english])
        to = draw.pick(["me", "us", "her", "him", "them"])
        strong = {"me": "moi", "us": "nous", "her": "lui", "him": "lui", "them": "leur"}[to]
        thing = noun_phrase(noun, "some" if noun.english_number == "mass" else draw.pick(["a", "this", "the"]), adjectives=adjectives_for(draw, noun, 0.25))
        form = french.conjugate(verb.french)["imperative"][who]
        words = Both(f"{verb.english} {to} {thing.english}", f"{form}-{strong} {thing.french}")
        keys = (key(verb.english, thing.head), *thing.keys)
    elif line == "write":
        verb = draw.pick(verbs("write to = écrire; answer = répondre; phone = téléphoner"))
        to, strong = draw.pick([("me", "moi"), ("us", "nous"), ("her", "lui"), ("them", "leur")])
        form = french.conjugate(verb.french)["imperative"][who]
        words = Both(f"{verb.english} {to}", f"{form}-{strong}") + draw.pick(many("soon = bientôt; tomorrow = demain; quickly = vite; this evening = ce soir; every day = tous les jours; before Sunday = avant dimanche"))
        keys = ()
    elif line == "come":
        form = french.conjugate("venir")["imperative"][who]
        words = Both("come", form) + draw.favour([w for w in WITH if w.english in ("with me", "with us", "with the children", "with our friends", "with him", "with her")] + many("to the beach with us = à la plage avec nous; home with me = à la maison avec moi; to the market with me = au marché avec moi; to Paris with us = à Paris avec nous"))
        keys = ()
    else:
        form = french.conjugate("attendre")["imperative"][who]
        to, strong = draw.pick([("me", "moi"), ("us", "nous"), ("her", "la"), ("him", "le"), ("them", "les")])
        words = Both(f"wait for {to}", f"{form}-{strong}") + draw.favour(PLACES)
        keys = ()
    words = spoken(spoken_to, words) if not ending.english or spoken_to.vocative.english else words
    return Sentence(words + (ending if not spoken_to.vocative.english else NOTHING), draw.pick([".", "!"]) if spoken_to.vocative.english or ending.english else "!", keys)


COMPARED = ("sight", "nature", "lodging", "clothes", "souvenir", "animal", "town", "journey", "reading", "kin")
IRREGULAR_COMPARED = {"good": ("better", "meilleur", "best")}
SHORT = {"small": "smaller smallest", "big": "bigger biggest", "old": "older oldest", "high": "higher highest", "deep": "deeper deepest", "long": "longer longest", "quiet": "quieter quietest", "pretty": "prettier prettiest", "heavy": "heavier heaviest", "light": "lighter lightest", "young": "younger youngest", "tall": "taller tallest", "kind": "kinder kindest", "funny": "funnier funniest", "warm": "warmer warmest", "cheap": "cheaper cheapest", "new": "newer newest", "wide": "wider widest", "steep": "steeper steepest", "narrow": "narrower narrowest", "short": "shorter shortest", "rich": "richer richest", "happy": "happier happiest", "dirty": "dirtier dirtiest", "noisy": "noisier noisiest", "friendly": "friendlier friendliest", "brave": "braver bravest", "shy": "shyer shyest", "fat": "fatter fattest", "thick": "thicker thickest", "strange": "stranger strangest", "sad": "sadder saddest", "lively": "livelier liveliest", "gentle": "gentler gentlest", "good": "better best", "fresh": "fresher freshest", "dark": "darker darkest", "wild": "wilder wildest", "rare": "rarer rarest"}
GRADED_OUT = UNGRADED + ("blue", "red", "white", "black", "green", "yellow", "grey", "brown", "pink", "purple", "orange", "golden", "wet", "dry", "rotten", "ripe", "round", "German", "Greek", "Portuguese", "Swiss", "Irish", "Canadian", "Scottish", "Belgian", "American", "Swedish", "blond", "historic", "cheap", "hot", "cold")
PERSON_COMPARED = [a for a in ADJECTIVES["person"] if a.english in ("young", "old", "tall", "kind", "funny", "shy", "generous", "brave", "patient", "talkative", "elegant", "polite")]


@pattern(5)
def comparison(draw: Draw) -> Sentence:
    """The lake is more beautiful than the sea. My sister is older than me."""
    if draw.chance(0.4):
        first, second = draw.pick([human, name])(draw), draw.pick([human, name, lambda d: None])(draw)
        adjective = draw.favour(PERSON_COMPARED)
        if second is None or second.english == first.english:
            other = draw.pick(many("me = moi; you = toi; him = lui; her = elle; us = nous"))
        else:
            other = second.words
        keys: tuple[str, ...] = ()
    else:
        group = draw.pick(COMPARED[:-1])
        noun, rival = noun_of(draw, group), noun_of(draw, group)
        while rival.english == noun.english or rival.english_number != "count":
            rival = noun_of(draw, group)
        fitting = [a for a in ADJECTIVES[ADJECTIVE_CLASS[group]] if suits(a, noun) and suits(a, rival) and a.english not in GRADED_OUT]
        adjective = draw.favour(fitting)
        kind = draw.pick(["the", "this"])
        first = noun_phrase(noun, kind, noun.english_number == "count" and draw.chance(0.2))
        other = noun_phrase(rival, "the").words
        keys = (key(adjective.english, noun.english),)
    tense = draw.pick(["present", "present", "past"])
    degree_ = draw.weighted({"more": 4, "less": 1, "as": 1.5})
    agreed = first.agreeing(adjective.french)
    if degree_ == "more":
        said = Both(SHORT[adjective.english].split()[0] if adjective.english in SHORT else f"more {adjective.english}", f"plus {agreed}") + both("than = que")
        if adjective.english == "good":
            said = Both("better than", f"{french.agree('meilleur', first.feminine, first.plural)} que")
    elif degree_ == "less":
        said = Both(f"less {adjective.english} than", f"moins {agreed} que")
    else:
        said = Both(f"as {adjective.english} as", f"aussi {agreed} que")
    return Sentence(clause(first, BE, tense, said + other), ".", keys)


@pattern(3.5)
def superlative(draw: Draw) -> Sentence:
    """It is the most beautiful beach on the island."""
    noun = noun_of(draw, "sight", "nature", "town", "lodging", "shop")
    while noun.english in ("countryside", "sea", "town centre", "coast", "capital"):
        noun = noun_of(draw, "sight", "nature", "town", "lodging", "shop")
    fitting = [a for a in ADJECTIVES[ADJECTIVE_CLASS[noun.group]] if suits(a, noun) and a.english not in GRADED_OUT and a.english != "new"]
    adjective = draw.favour(fitting)
    article = "la" if noun.feminine else "le"
    agreed = french.agree(adjective.french, noun.feminine, False)
    top = SHORT[adjective.english].split()[1] if adjective.english in SHORT else f"most {adjective.english}"
    in_french = f"{article} plus {agreed} {noun.french}" if adjective.before else f"{article} {noun.french} {article} plus {agreed}"
    where = draw.pick(many("on the island = de l'île; in the world = du monde; in the country = du pays; in the region = de la région; on the coast = de la côte; in Europe = d'Europe; in France = de France; in Italy = d'Italie; in Spain = d'Espagne; in Portugal = du Portugal; in Brittany = de Bretagne"))
    start = draw.pick(many("it is = c'est; this is = voici; we visited = nous avons visité; I have seen = j'ai vu; it was = c'était; they know = ils connaissent"))
    return Sentence(start + Both(f"the {top} {noun.english}", in_french) + where, ".", (key(adjective.english, noun.english),))


HOURS = [(Both(f"{english.number(h)} o'clock", f"{french.number(h, True)} heure{'s' if h > 1 else ''}")) for h in range(1, 12)] + many("noon = midi; midnight = minuit")
HALVES = [Both(f"half past {english.number(h)}", f"{french.number(h, True)} heure{'s' if h > 1 else ''} et demie") for h in range(1, 12)]
QUARTERS = [Both(f"a quarter past {english.number(h)}", f"{french.number(h, True)} heure{'s' if h > 1 else ''} et quart") for h in range(1, 12)]
QUARTERS_TO = [Both(f"a quarter to {english.number(h)}", f"{french.number(h, True)} heure{'s' if h > 1 else ''} moins le quart") for h in range(1, 12)]
MINUTES = [Both(f"{english.number(m)} past {english.number(h)}", f"{french.number(h, True)} heure{'s' if h > 1 else ''} {french.number(m)}") for h in range(1, 12) for m in (5, 10, 20)]


def hour(draw: Draw) -> Both:
    """A time by the clock."""
    return draw.pick(draw.weighted({0: HOURS, 1: HALVES, 2: QUARTERS, 3: QUARTERS_TO, 4: MINUTES} and {tuple(HOURS): 4, tuple(HALVES): 2, tuple(QUARTERS): 1, tuple(QUARTERS_TO): 1, tuple(MINUTES): 1}))


MONTHS = many("January = janvier; February = février; March = mars; April = avril; May = mai; June = juin; July = juillet; August = août; September = septembre; October = octobre; November = novembre; December = décembre")
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()


def date(draw: Draw) -> Both:
    """A day of the year."""
    day = draw.pick(range(20))
    month = draw.pick(MONTHS)
    in_french = "premier" if day == 0 else french.number(day + 1)
    return Both(f"on the {ORDINALS[day]} of {month.english}", f"le {in_french} {month.french}")


@pattern(4)
def timetable(draw: Draw) -> Sentence:
    """The train leaves at half past eight. My parents are arriving on the third of May."""
    if draw.chance(0.6):
        subject = noun_phrase(draw.favour([n for n in NOUNS["vehicle"] if n.english not in ("taxi", "underground", "cable car")]), "the")
        if draw.chance(0.3):
            subject = noun_phrase(draw.favour([n for n in NOUNS["shop"] + NOUNS["sight"][:1] if n.english in ("restaurant", "bakery", "shop", "bookshop", "post office", "bank", "swimming pool", "supermarket", "museum", "tourist office", "chemist's")]), "the")
            verb = draw.pick(verbs("open = ouvrir; close = fermer"))
        else:
            verb = draw.pick(verbs("leave = partir; arrive = arriver; leave = partir"))
        tense = draw.pick(["present", "future", "past"])
        when = with_preposition(both("at = à"), hour(draw))
        extra = draw.pick([NOTHING, NOTHING, *{"present": TIMES["present"][:1] + many("on Sundays = le dimanche"), "future": TIMES["future"][:1], "past": TIMES["past"][:1]}[tense]])
        return Sentence(clause(subject, verb, tense, when + extra))
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    verb = draw.pick(verbs("arrive = arriver; leave = partir; come back = revenir; go home = rentrer"))
    tense = draw.pick(["progressive", "future", "past"])
    when = date(draw) if draw.chance(0.6) else with_preposition(both("at = à"), hour(draw))
    return Sentence(clause(subject, verb, tense, when))


@pattern(1)
def clock(draw: Draw) -> Sentence:
    """It is half past ten."""
    if draw.chance(0.5):
        return Sentence(both("it is = il est") + hour(draw))
    when = date(draw)
    occasion = draw.pick(many("her birthday is = son anniversaire est; the concert is = le concert est; the party is = la fête est; our wedding is = notre mariage est; my exam is = mon examen est; the festival is = le festival est"))
    return Sentence(occasion + when)


# ----------------------------------------------------------------------------------------------------- complex sentences
def simple_clause(draw: Draw, subject: Phrase) -> tuple[Both, tuple[str, ...]]:
    """A short main clause for a longer sentence."""
    kind = draw.weighted({"action": 5, "mood": 2, "go": 1.5})
    if kind == "action":
        words, keys, _ = action_clause(draw, subject, simple=True)
        return words, keys
    if kind == "mood":
        return be_adjective(draw, subject, draw.favour(MOODS), draw.pick(["present", "past"])), ()
    return clause(subject, GO, draw.pick(["past", "future"]), destination(draw)), ()


REASONS = {
    "past": ["it was raining = il pleuvait", "it was too hot = il faisait trop chaud", "it was cold = il faisait froid", "the museum was closed = le musée était fermé", "we were hungry = nous avions faim", "it was snowing = il neigeait", "I was ill = j'étais malade", "the hotel was full = l'hôtel était complet", "the sea was too cold = la mer était trop froide", "there was a storm = il y avait un orage", "the train was late = le train était en retard", "the children were tired = les enfants étaient fatigués", "she was afraid = elle avait peur", "it was Sunday = c'était dimanche", "the bus was too expensive = le bus était trop cher", "the view was splendid = la vue était splendide", "there were too many people = il y avait trop de monde"],
    "present": ["it is raining = il pleut", "it is too hot = il fait trop chaud", "it is cold = il fait froid", "the museum is closed = le musée est fermé", "we are hungry = nous avons faim", "the sea is too cold = la mer est trop froide", "the children are tired = les enfants sont fatigués", "it is Sunday = c'est dimanche", "the train is late = le train est en retard", "I am ill = je suis malade", "it is snowing = il neige", "there are too many people = il y a trop de monde", "the hotel is full = l'hôtel est complet", "the sun is shining = le soleil brille"],
}  # fmt: skip


@pattern(5)
def because(draw: Draw) -> Sentence:
    """We stayed at the hotel because it was raining."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    past = draw.chance(0.6)
    kind = draw.pick(["stay", "go", "action", "reflexive", "action"])
    negation = "not" if draw.chance(0.3) else ""
    tense = "past" if past else draw.pick(["progressive", "future"])
    keys: tuple[str, ...] = ()
    if kind == "stay":
        main = clause(subject, Verb("stay", "rester"), tense, draw.favour(PLACES), negation=negation)
    elif kind == "go":
        main = clause(subject, GO, tense, destination(draw), negation=negation)
    elif kind == "reflexive":
        main = clause(subject, draw.pick(REFLEXIVES[:6]), tense, negation=negation)
    else:
        verb = draw.pick([v for v in ACTIONS if v.english in ("visit", "buy", "take", "wear", "drink", "order", "rent", "close", "open", "leave", "cross", "prepare", "explore", "miss")])
        if verb.english == "miss":
            tense, past, negation = "past", True, ""
        thing = object_for(draw, verb, subject, bool(negation))
        main = clause(subject, verb, tense, thing.words, negation=negation)
        keys = (key(verb.english, thing.head), *thing.keys)
    reason = both(draw.favour(REASONS["past" if past else "present"]))
    return Sentence(main + both("because = parce que") + reason, ".", keys)


IFS = many("if it is sunny tomorrow = si il fait beau demain; if it does not rain = si il ne pleut pas; if the museum is open = si le musée est ouvert; if you come = si tu viens; if we have time = si nous avons le temps; if it is hot = si il fait chaud; if the train is not late = si le train n'est pas en retard; if the weather is bad = si il fait mauvais; if it snows = si il neige; if the sea is calm = si la mer est calme")
WHENS = many("when I arrive = quand j'arriverai; when you come = quand tu viendras; when the rain stops = quand la pluie cessera; when we come back = quand nous reviendrons; when the shop opens = quand la boutique ouvrira; when it is dark = quand il fera nuit; when the train arrives = quand le train arrivera; when she is ready = quand elle sera prête")


@pattern(4.5)
def conditional(draw: Draw) -> Sentence:
    """If it is sunny tomorrow, we will go to the beach."""
    start = draw.favour(IFS) if draw.chance(0.65) else draw.favour(WHENS)
    subject = draw.pick([I, WE, WE, THEY, human(draw), name(draw)])
    kind = draw.pick(["go", "action", "action", "plain", "reflexive"])
    negation = "not" if draw.chance(0.12) else ""
    keys: tuple[str, ...] = ()
    if kind == "go":
        main = clause(subject, GO, "future", destination(draw), negation=negation)
    elif kind == "plain":
        verb, rest = split_idiom(draw.favour([v for v in INTRANSITIVES if v.english not in ("cry", "fall", "shout", "smile")]))
        main = clause(subject, verb, "future", rest + draw.favour(OUTDOORS), negation=negation)
    elif kind == "reflexive":
        verb = draw.pick(REFLEXIVES[:6])
        main = clause(subject, verb, "future", draw.pick(many(REFLEXIVE_EXTRAS[verb.english])), negation=negation)
    else:
        verb, tail, keys = activity(draw, subject)
        main = clause(subject, verb, "future", tail, negation=negation)
    if draw.chance(0.7):
        return Sentence(start + both(", = ,") + main, ".", keys)
    return Sentence(main + start, ".", keys)


OPENINGS = many("I think that = je crois que; I hope that = j'espère que; I know that = je sais que; she says that = elle dit que; my brother thinks that = mon frère croit que; they say that = ils disent que; we hope that = nous espérons que; do you know that = X; I believe that = je crois que; he told me that = il m'a dit que; it seems that = il paraît que; I am sure that = je suis sûre que; Emma writes that = Emma écrit que; my parents say that = mes parents disent que")
OPENINGS = [opening for opening in OPENINGS if opening.french != "X"]


@pattern(5)
def reported(draw: Draw) -> Sentence:
    """I think that the museum is closed on Mondays."""
    opening = draw.favour(OPENINGS)
    subject = person(draw)
    if draw.chance(0.35):
        group = draw.pick(["sight", "shop", "lodging"])
        noun = noun_of(draw, group)
        adjective = draw.favour([a for a in ADJECTIVES["state"] if a.english in (("open", "closed") if group != "lodging" else ("full", "comfortable", "noisy", "clean"))])
        adjective = Adjective("full", "complet") if adjective.english == "full" else adjective
        return Sentence(opening + be_adjective(draw, noun_phrase(noun, "the"), adjective, "present", optional(draw, 0.4, lambda d: d.pick(many("on Mondays = le lundi; today = aujourd'hui; in winter = en hiver; in August = en août")))))
    if "hope" in opening.english:
        verb, tail, keys = activity(draw, subject)
        return Sentence(opening + clause(subject, verb, "future", tail), ".", keys)
    words, keys = simple_clause(draw, subject)
    return Sentence(opening + words, ".", keys)


STARTERS = many("fortunately, = heureusement,; unfortunately, = malheureusement,; yesterday, = hier,; this morning, = ce matin,; every evening, = tous les soirs,; tomorrow, = demain,; in the evening, = le soir,; after lunch, = après le déjeuner,; of course, = bien sûr,; luckily, = par chance,; last night, = hier soir,; first, = d'abord,; then, = ensuite,; at last, = enfin,; on Sunday, = dimanche,")
STARTER_TENSE = {"yesterday,": "past", "this morning,": "past", "every evening,": "present", "tomorrow,": "future", "in the evening,": "present", "after lunch,": "past", "last night,": "past", "first,": "past", "then,": "past", "at last,": "past", "on Sunday,": "future"}


@pattern(5)
def opened(draw: Draw) -> Sentence:
    """Fortunately, we found a small hotel near the station."""
    start = draw.favour(STARTERS)
    start = Both(start.english.replace(",", " ,"), start.french.replace(",", " ,"))
    tense = STARTER_TENSE.get(start.english.replace(" ,", ","), draw.pick(["past", "future", "present"]))
    subject = person(draw)
    if subject is ONE:
        subject = WE
    negation = "not" if draw.chance(0.15) and subject not in (EVERYONE, SOMEONE) else ""
    verb = draw.favour(ACTIONS)
    if tense == "present" and verb.english in ("lose", "forget", "find", "break", "receive", "rent", "discover"):
        verb = ACTIONS[0]
    thing = object_for(draw, verb, subject, bool(negation))
    where = place(draw) if draw.chance(0.3) else NOTHING
    return Sentence(start + clause(subject, verb, tense, thing.words + where, negation=negation), ".", (key(verb.english, thing.head), *thing.keys))


@pattern(5)
def two_clauses(draw: Draw) -> Sentence:
    """My brother is reading a novel, but my sister is watching television."""
    first, second = draw.pick([I, WE, human(draw), name(draw), HE]), draw.pick([SHE, THEY, human(draw), name(draw)])
    while second.english == first.english or (first in (HE, SHE, THEY) and second in (HE, SHE, THEY) and draw.chance(0.5)):
        second = draw.pick([human(draw), name(draw)])
    tense = draw.weighted({"progressive": 2, "past": 3, "future": 1.5, "present": 1})
    joint = draw.pick(many(", and = , et; , but = , mais; while = pendant que; , but = , mais"))
    if joint.english == "while" and tense in ("past", "future"):
        tense = "background" if tense == "past" else "progressive"
    parts, keys = [], ()
    for subject in (first, second):
        if draw.chance(0.6):
            verb = draw.favour(ACTIONS)
            while tense in ("progressive", "background", "present") and verb.english in ("lose", "forget", "find", "break", "receive", "see", "hear", "discover", "leave", "miss", "rent", "meet"):
                verb = draw.favour(ACTIONS)
            thing = object_for(draw, verb, subject)
            parts.append(clause(subject, verb, tense, thing.words))
            keys += (key(verb.english, thing.head), *thing.keys)
        else:
            verb, rest = split_idiom(draw.favour([v for v in INTRANSITIVES if v.english not in ("fall", "stay")]))
            parts.append(clause(subject, verb, tense, rest + draw.favour(OUTDOORS)))
    return Sentence(parts[0] + joint + parts[1], ".", keys)


@pattern(2.5)
def duration(draw: Draw) -> Sentence:
    """We have been here for three days. She has been learning French for two years."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    count = 2 + draw.pick(range(9))
    unit = draw.pick(many("days = jours; weeks = semaines; months = mois; years = ans; hours = heures"))
    span = Both(f"for {english.number(count)} {unit.english}", f"depuis {french.number(count)} {unit.french}")
    if draw.chance(0.25):
        span = draw.pick(many("since Monday = depuis lundi; since yesterday = depuis hier; since this morning = depuis ce matin; since last week = depuis la semaine dernière"))
    have = "has" if not subject.number_in_english and subject.person == 3 else "have"
    kind = draw.pick(["be", "learn", "live", "wait", "work"])
    if kind == "be":
        where = draw.pick([lambda d: both("here = ici"), city, country, lambda d: both("at the hotel = à l'hôtel"), lambda d: both("on holiday = en vacances"), lambda d: both("ill = malade")])(draw)
        where = Both(where.english, subject.agreeing(where.french)) if where.english == "ill" else where
        in_english, verb = f"{subject.english} {have} been {where.english}", Verb("be", "être")
    elif kind == "learn":
        language = draw.favour(NOUNS["language"])
        where = Both(language.english, noun_phrase(language, "generic").french)
        in_english, verb = f"{subject.english} {have} been learning {where.english}", Verb("learn", "apprendre")
    elif kind == "wait":
        where = with_preposition(both("for = X"), noun_phrase(draw.pick(NOUNS["vehicle"][:5])))
        where = Both(where.english, where.french.removeprefix("X "))
        in_english, verb = f"{subject.english} {have} been waiting {where.english}", Verb("wait", "attendre")
    else:
        where = draw.pick([city, country])(draw)
        verb = Verb("live", "habiter") if kind == "live" else Verb("work", "travailler")
        in_english = f"{subject.english} {have} been {english.forms(verb.english)['ing']} {where.english}"
    in_french = clause(subject, verb, "present", where).french
    return Sentence(Both(in_english, in_french) + span)


HISTORY = many("built = construit; restored = restauré; destroyed = détruit; founded = fondé; painted = peint; abandoned = abandonné; discovered = découvert")


@pattern(2.5)
def history(draw: Draw) -> Sentence:
    """The castle was built in the twelfth century."""
    noun = noun_of(draw, "sight", "town")
    while noun.english in ("region", "neighbourhood", "street", "square", "suburb", "town centre", "capital", "zoo", "factory"):
        noun = noun_of(draw, "sight", "town")
    deed = draw.favour(HISTORY)
    if noun.group == "town":
        deed = draw.pick(many("founded = fondé; destroyed = détruit; abandoned = abandonné"))
    elif deed.english in ("founded", "discovered") and noun.english not in ("abbey", "monastery", "university", "library", "museum", "market", "theatre"):
        deed = HISTORY[0]
    elif deed.english == "painted":
        deed = HISTORY[1]
    subject = noun_phrase(noun, "this" if draw.chance(0.4) else "the", draw.chance(0.15), adjectives_for(draw, noun, 0.25)[:1])
    century = 9 + draw.pick(range(10))
    ordinal = {9: "neuvième", 10: "dixième", 11: "onzième", 12: "douzième", 13: "treizième", 14: "quatorzième", 15: "quinzième", 16: "seizième", 17: "dix-septième", 18: "dix-huitième"}[century]
    when = Both(f"in the {ORDINALS[century - 1]} century", f"au {ordinal} siècle")
    if draw.chance(0.25):
        when = draw.pick(many("by a famous architect = par un célèbre architecte; by monks = par des moines; by a rich king = par un roi riche; during the war = pendant la guerre; a long time ago = il y a longtemps; by the Romans = par les Romains; last century = au siècle dernier; by a queen = par une reine; two hundred years ago = il y a deux cents ans"))
    words = clause(subject, BE._replace(state=False), "past", Both(deed.english, subject.agreeing(deed.french)) + when)
    return Sentence(words, ".", subject.keys)


@pattern(2)
def visiting(draw: Draw) -> Sentence:
    """We are visiting my aunt on Sunday. They are going to visit my grandparents."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    who = human(draw)
    while who.english == subject.english or "friend" in who.english and who.person == 1:
        who = human(draw)
    kind = draw.pick(["visit", "phone", "write to", "think of", "dream of", "answer", "talk to"])
    verb = {"visit": Verb("visit", "rendre"), "phone": Verb("phone", "téléphoner"), "write to": Verb("write to", "écrire"), "think of": Verb("think of", "penser"), "dream of": Verb("dream of", "rêver"), "answer": Verb("answer", "répondre"), "talk to": Verb("talk to", "parler")}[kind]
    preposition = "de" if kind == "dream of" else "à"
    tense, negation = tense_and_polarity(draw)
    if tense in ("background", "imperfect", "recent"):
        tense = "past"
    when = time_for(draw, tense, negation, 0.5)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    to = french.with_preposition(preposition, who.french)
    rest = f"visite {to}" if kind == "visit" else to
    return Sentence(clause(subject, verb, tense, Both(who.english, rest) + when, negation=negation, adverb=adverb))


@pattern(2.5)
def nobody(draw: Draw) -> Sentence:
    """Nobody likes this hotel. We did not buy anything. I do not know anybody here."""
    kind = draw.pick(["nobody", "anything", "anybody"])
    if kind == "nobody":
        verb = draw.favour([v for v in ACTIONS if v.english not in ("take", "book", "climb")])
        subject = Phrase("nobody", "personne")
        tense = draw.pick(["past", "future", "perfect", "present"])
        thing = object_for(draw, verb, subject, True)
        words = clause(subject, verb, tense, thing.words, negation="never")
        in_english = clause(subject, verb, tense, thing.words).english
        in_french = words.french.replace("jamais ", "", 1).replace(" jamais", "", 1)
        return Sentence(Both(in_english, in_french), ".", (key(verb.english, thing.head), *thing.keys))
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    where = optional(draw, 0.45, lambda d: d.favour(PLACES))
    if kind == "anything":
        verb = draw.pick([v for v in ACTIONS if v.english in ("buy", "eat", "see", "find", "drink", "hear", "forget", "order", "lose", "receive", "bring")])
        tense = draw.pick(["past", "past", "perfect", "present", "future"])
        english_ = clause(subject, verb, tense, both("anything = X") + where, negation="not").english
        french_ = clause(subject, verb, tense, Both("", where.french), negation="nothing").french
        return Sentence(Both(english_, french_))
    verb = draw.pick(verbs("see = voir; meet = rencontrer; know = connaître; recognise = reconnaître; invite = inviter"))
    tense = "present" if verb.english == "know" else draw.pick(["past", "perfect", "future"])
    english_ = clause(subject, verb, tense, both("anybody = X") + where, negation="not").english
    french_ = clause(subject, verb, tense, Both("", where.french), negation="nobody").french
    return Sentence(Both(english_, french_))


@pattern(2.5)
def named(draw: Draw) -> Sentence:
    """My sister's dog is called Max. The painter's name is Paul."""
    owner = human(draw) if draw.chance(0.7) else name(draw)
    if owner.number_in_english:
        owner = noun_phrase(NOUNS["kin"][0], "je")
    noun = noun_of(draw, "pet", "kin", "souvenir", "ride", "lodging", "clothes")
    if noun.group in ("pet", "kin"):
        called = name(draw)
        called_name = called.english
        if noun.group == "kin" and called.feminine != noun.feminine:
            called_name = {True: "Emma", False: "Paul"}[noun.feminine]
        in_english = f"{owner.english} 's {noun.english} is called {called_name}"
        in_french = f"{'la' if noun.feminine else 'le'} {noun.french} {french.with_preposition('de', owner.french)} se appelle {called_name}"
        return Sentence(Both(in_english, in_french))
    fitting = [a for a in ADJECTIVES[ADJECTIVE_CLASS[noun.group]] if suits(a, noun) and a.english not in NOT_PREDICATED]
    adjective = draw.favour(fitting)
    thing = noun_phrase(noun, "the")
    subject = replace(thing, english=f"{owner.english} 's {noun.english}", french=f"{thing.french} {french.with_preposition('de', owner.french)}")
    return Sentence(be_adjective(draw, subject, adjective, draw.pick(["present", "past"])), ".", (key(adjective.english, noun.english),))


GREETINGS = [("Dear", "cher", "chère")]
NEWS = many("we are having a wonderful holiday = nous passons de merveilleuses vacances; thank you for your letter = merci pour ta lettre; thank you for the present = merci pour le cadeau; we arrived safely = nous sommes bien arrivés; I am thinking of you = je pense à toi; I hope that you are well = j'espère que tu vas bien; the hotel is very comfortable = l'hôtel est très confortable; the food is excellent = la nourriture est excellente; everything is going well = tout va bien; we are already sunburnt = nous sommes déjà bronzés; I have a lot to tell you = j'ai beaucoup de choses à te raconter; the weather is splendid = le temps est splendide; I will write again soon = je t'écrirai bientôt; we are having a lot of fun = nous nous amusons beaucoup; happy birthday = joyeux anniversaire; we will see you soon = nous te verrons bientôt; we are leaving for the coast = nous partons pour la côte; the journey went well = le voyage s'est bien passé; it has rained a lot = il a beaucoup plu; I kiss you = je t'embrasse")


@pattern(3)
def greeting(draw: Draw) -> Sentence:
    """Dear Emma, we are having a wonderful holiday in Portugal."""
    who = draw.pick([name, name, name, lambda d: Phrase("Grandma", "mamie", feminine=True), lambda d: Phrase("Grandpa", "papi"), lambda d: Phrase("Mum", "maman", feminine=True), lambda d: Phrase("Dad", "papa")])(draw)
    start = Both(f"dear {who.english} ,", f"{'chère' if who.feminine else 'cher'} {who.french} ,")
    if draw.chance(0.55):
        news = draw.favour(NEWS)
        if "X" in news.french:
            news = NEWS[0]
        if news.english.startswith("we are having a wonderful") and draw.chance(0.7):
            news = news + draw.pick([city, country])(draw)
        return Sentence(start + news)
    words, keys = simple_clause(draw, draw.pick([I, WE, WE]))
    return Sentence(start + words, ".", keys)


@pattern(1.2)
def farewell(draw: Draw) -> Sentence:
    """Big kisses from Rome. See you soon in Paris!"""
    kind = draw.pick(["kisses", "soon", "day", "greetings"])
    who = draw.pick([NOTHING, name(draw).words])
    tail = Both(f", {who.english}", f", {who.french}") if who.english else NOTHING
    if kind == "kisses":
        return Sentence(both("big kisses = grosses bises") + draw.pick([city_from, country_from])(draw) + tail, draw.pick([".", "!"]))
    if kind == "greetings":
        return Sentence(both("best wishes = meilleurs vœux") + draw.pick([city_from, country_from])(draw) + tail)
    if kind == "soon":
        return Sentence(both("see you soon = à bientôt") + draw.pick([city, country])(draw) + tail, draw.pick([".", "!"]))
    day = draw.pick(many("on Monday = lundi; on Tuesday = mardi; on Wednesday = mercredi; on Thursday = jeudi; on Friday = vendredi; on Saturday = samedi; on Sunday = dimanche"))
    return Sentence(Both(f"see you {day.english}", f"à {day.french}") + with_preposition(both("at = à"), hour(draw)) + tail, ".")


@pattern(1.5)
def directions(draw: Draw) -> Sentence:
    """Turn left after the bridge, sir."""
    spoken_to = address(draw, plain=1)
    who = "vous" if spoken_to.you.plural else "tu"
    verb, tail = draw.pick([("turn", Both("left", "à gauche")), ("turn", Both("right", "à droite")), ("go", Both("straight on", "tout droit")), ("take", Both("the first street on the left", "la première rue à gauche")), ("take", Both("the second street on the right", "la deuxième rue à droite"))])
    form = {"turn": {"tu": "tourne", "vous": "tournez"}, "go": {"tu": "va", "vous": "allez"}, "take": {"tu": "prends", "vous": "prenez"}}[verb][who]
    landmark = noun_phrase(noun_of(draw, "sight", "shop"), "the")
    where = with_preposition(draw.pick(many("after = après; before = avant; opposite = en face de; in front of = devant; behind = derrière; near = près de")), landmark)
    return Sentence(spoken(spoken_to, Both(verb, form) + tail + where), "." if spoken_to.vocative.english else "!")


LOOKS = [Adjective("a lot of", "beaucoup de")]


@pattern(2)
def hands(draw: Draw) -> Sentence:
    """She washed her hands before dinner."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = SHE
    from course.corpora.bilingual.grammar import POSSESSIVES

    own = POSSESSIVES[owner_of(subject)][0]
    verb, part = draw.pick([(Verb("wash", "laver", reflexive=True), both("hands = les mains")), (Verb("brush", "brosser", reflexive=True), both("teeth = les dents")), (Verb("wash", "laver", reflexive=True), both("hair = les cheveux")), (Verb("dry", "sécher", reflexive=True), both("hair = les cheveux")), (Verb("brush", "brosser", reflexive=True), both("hair = les cheveux"))])
    tense, negation = tense_and_polarity(draw)
    if tense in ("background", "imperfect"):
        tense = "past"
    when = time_for(draw, tense, negation, 0.6)
    adverb = adverb_for(draw, tense, negation)
    when, adverb = not_yet(when, adverb, negation)
    return Sentence(clause(subject, verb, tense, Both(f"{own} {part.english}", part.french) + when, negation=negation, adverb=adverb, object_agreement=(False, False)))


@pattern(2)
def owning(draw: Draw) -> Sentence:
    """My cousin Emma has a small white dog. We do not have any luggage."""
    subject = person(draw)
    if subject in (EVERYONE, SOMEONE, ONE):
        subject = WE
    noun = noun_of(draw, "pet", "ride", "thing", "lodging", "clothes", "animal", "luggage")
    while noun.english in ("whale", "shark", "room", "jellyfish", "dolphin", "wolf", "bear", "lion", "elephant", "seagull", "eagle", "giraffe", "crab"):
        noun = noun_of(draw, "pet", "ride", "thing", "lodging", "clothes")
    tense, negation = draw.weighted({("present", ""): 4, ("present", "not"): 2, ("past", ""): 1, ("future", ""): 0.7, ("present", "no longer"): 0.6, ("imperfect", ""): 0.4})
    plural = noun.english_number == "count" and draw.chance(0.2)
    adjectives = adjectives_for(draw, noun, 0.5) if not negation else []
    kind = "some" if noun.english_number == "mass" else "a"
    thing = noun_phrase(noun, kind, plural, adjectives, bool(negation))
    if plural and draw.chance(0.5) and not negation:
        thing = noun_phrase(noun, 2 + draw.pick(range(3)), adjectives=adjectives)
    return Sentence(clause(subject, HAVE, tense, thing.words, negation=negation), ".", (key("have", thing.head), *thing.keys))


@pattern(2)
def residence(draw: Draw) -> Sentence:
    """My uncle lives in Portugal. Emma's parents come from Spain."""
    subject = draw.pick([human, name, lambda d: THEY, lambda d: SHE, lambda d: HE, pair_of_persons])(draw)
    kind = draw.pick(["live", "come", "used"])
    if kind == "live":
        return Sentence(clause(subject, Verb("live", "habiter"), draw.pick(["present", "past"]), draw.pick([city, country])(draw) + optional(draw, 0.3, lambda d: both("with her parents = avec ses parents") if False else NOTHING), negation=draw.weighted({"": 4, "no longer": 1})))
    if kind == "used":
        return Sentence(clause(subject, Verb("live", "habiter"), "imperfect", draw.pick([city, country])(draw)))
    return Sentence(clause(subject, Verb("come", "venir"), "present", draw.pick([city_from, country_from])(draw)))
