"""What people do and how they are, drawn in both languages: verbs with fitting objects, places, companions, degrees."""

from dataclasses import replace

from course.corpora.bilingual import english, french
from course.corpora.bilingual.grammar import (
    SHE,
    Both,
    Draw,
    Phrase,
    adjectives_for,
    clause,
    infinitive,
    key,
    many,
    noun_of,
    noun_phrase,
    owner_of,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ACTIONS, ADJECTIVES, COLOURS, NATIONS, NOUNS, Adjective, Verb, verbs
from course.corpora.bilingual.scenes import adverb_and_time, destination, place, tense_and_polarity

NOTHING = Both()
BE = Verb("be", "être", state=True)
HAVE = Verb("have", "avoir", state=True)
GO = Verb("go", "aller")


def optional(draw: Draw, chance: float, make) -> Both:
    """What `make` draws, or nothing."""
    return make(draw) if draw.chance(chance) else NOTHING


# ------------------------------------------------------------------------------------------------- verbs with objects
def listed(words: str) -> frozenset[str]:
    """The words of a list, separated by commas."""
    return frozenset(word.strip() for word in words.split(","))


CREATES = listed("""write, build, draw, paint, receive, send, rent, buy, pick, catch, borrow, read, collect, eat,
    drink, order, prepare, bring, wear, see, meet, choose, look for, try on, visit, find, sell""")
COUNTED = listed("eat, buy, order, write, receive, send, pick, bring")
PERSONAL = listed("wear, lose, forget, wash, repair, iron, carry, look for, find")
WHOLE = listed("taste, share, cut, finish, sell, pay for")
PUNCTUAL = listed(
    """find, lose, forget, break, miss, recognise, discover, receive, meet, catch, see, hear, book, borrow, finish,
    choose, steal"""
)
SAME_PAST = listed("read, cut, put")  # "I read it" is told of the past: the present is "I am reading it"
LASTING = listed("""visit, rent, buy, write, read, discover, explore, study, learn, book, sell, build, lose,
    meet, draw, paint, photograph, climb, cross, send, receive, find, repair, decorate, translate, collect, see""")
ANYWHERE = listed(
    "eat, drink, buy, read, write, find, lose, look for, photograph, see, meet, draw, paint, order, listen to, taste"
)


def is_brief(verb: Verb) -> bool:
    """Whether the act takes minutes, so that "last winter" would be odd."""
    return verb.english not in LASTING


FOR_WOMEN, FOR_MEN = listed("dress, skirt, blouse, necklace, earring"), listed("tie")


def object_for(draw: Draw, verb: Verb, subject: Phrase, negated: bool = False, habit: bool = False) -> Phrase:
    """A noun phrase that the verb takes, with a determiner that suits both.

    Args:
        habit: it is done again and again, not to one thing ("she eats some apples every day").
    """
    noun, word = noun_of(draw, *verb.objects), verb.english
    while word in PERSONAL and noun.english in (FOR_MEN if subject.feminine else FOR_WOMEN):
        noun = noun_of(draw, *verb.objects)
    if noun.group in ("language", "meal") and noun.english != "picnic":
        return noun_phrase(noun, "generic")
    if noun.group in ("sound", "view"):
        if noun.english == "music":
            music = noun_phrase(noun, "some", negated=negated)
            return replace(music, english="music")
        return noun_phrase(noun, "the")
    if noun.group == "work":
        return noun_phrase(noun, owner_of(subject))
    adjectives = adjectives_for(draw, noun, 0.3)
    if noun.english_number == "mass":
        kinds = {"the": 3, "this": 1} if word in WHOLE else {"some": 6, "the": 1, "this": 0.4}
        if word in COUNTED | {"drink", "prepare"} and not negated and not adjectives:
            kinds |= {"a lot": 1, "a little": 0.6, "too much": 0.3}
        return noun_phrase(noun, draw.weighted(kinds), False, adjectives, negated)
    if word in ("take", "miss"):
        return noun_phrase(noun, "the", adjectives=adjectives if draw.chance(0.3) else ())
    kinds = {"the": 3.0, "this": 0.0 if word in ("wash", "greet", "thank", "recognise", "wait for", "carry") else 0.6}
    if word in PERSONAL and noun.group in ("clothes", "thing"):
        kinds["own"] = 4.0
    if word in CREATES:
        kinds["a"] = 4.0
    if word in COUNTED and noun.english_number == noun.french_number == "count" and not negated and not adjectives:
        kinds |= {"number": 1.0, "quantity": 1.0}
    plural = noun.english_number == "count" and draw.chance(0.35)
    if word in ("pick", "collect", "peel"):
        plural, kinds["this"] = True, 0.0
    if word == "wear" and not subject.plural:
        plural = False
    elif habit and "a" in kinds and noun.english_number == "count":
        plural, kinds = True, {"a": 1.0}
    kind = draw.weighted(kinds)
    if kind == "number":
        return noun_phrase(noun, draw.pick([2, 2, 2, 3, 3, 4, 5, 6, 10]))
    if kind == "quantity":
        return noun_phrase(noun, draw.pick(["a lot", "a few", "several", "too many"]), plural=True)
    if kind == "own":
        return noun_phrase(
            noun, owner_of(subject), plural or (subject.plural and noun.english_number == "count"), adjectives
        )
    return noun_phrase(noun, kind, plural, adjectives, negated)


def verb_named(word: str) -> Verb:
    """The verb with an object that has this English form."""
    return next(verb for verb in ACTIONS if verb.english == word)


def verb_among(draw: Draw, words: str) -> Verb:
    """One of the verbs with an object that are listed."""
    return verb_named(draw.pick(sorted(listed(words))))


def keys_of(verb: Verb, thing: Phrase) -> tuple[str, ...]:
    """The combinations of words in a verb with its object."""
    return (key(verb.english, thing.head), *thing.keys)


def action_clause(
    draw: Draw, subject: Phrase, chance: float = 1.0, statement: bool = False
) -> tuple[Both, tuple[str, ...]]:
    """Somebody does something to something, somewhere, some time: words and combinations.

    Args:
        chance: scales how often place and time are told.
        statement: no negation.
    """
    verb = draw.favour(ACTIONS)
    tense, negation = tense_and_polarity(draw, punctual=verb.english in PUNCTUAL)
    if statement:
        negation = ""
    if verb.english in SAME_PAST and tense == "present":
        tense = "progressive"
    thing = object_for(
        draw,
        verb,
        subject,
        bool(negation),
        habit=tense in ("present", "imperfect") or negation in ("never", "no longer"),
    )
    adverb, when = adverb_and_time(draw, tense, negation, 0.5 * chance, is_brief(verb))
    where = optional(draw, 0.28 * chance, place) if verb.english in ANYWHERE else NOTHING
    return clause(subject, verb, tense, thing.words + where + when, negation=negation, adverb=adverb), keys_of(
        verb, thing
    )


# ------------------------------------------------------------------------------------------- verbs without an object
INTRANSITIVES = verbs(
    """swim = nager; walk = marcher; dance = danser; sing = chanter; sleep = dormir; run = courir; work = travailler
    have lunch = déjeuner; have dinner = dîner; have a picnic = pique-niquer; cook = cuisiner; wait = attendre
    camp = camper; sunbathe = bronzer; chat = bavarder; travel = voyager; read = lire
    go shopping = faire du shopping; go sailing = faire de la voile; go hiking = faire de la randonnée
    take photos = prendre des photos; go cycling = faire du vélo; ski = skier; laugh = rire; fish = pêcher
    dive = plonger; study = étudier; stay = rester; eat = manger; paint = peindre; cry = pleurer
    go skiing = faire du ski; go riding = faire du cheval; go windsurfing = faire de la planche à voile
    shout = crier; go skating = faire du patin à glace"""
)
UNPLANNED = listed("cry, shout, laugh, fall, stay, wait")
_WATER = """in the lake = dans le lac; in the sea = dans la mer; in the river = dans la rivière
    in the swimming pool = dans la piscine"""
_SHORE = """on the lake = sur le lac; in the bay = dans la baie; near the island = près de l'île
    off the coast = au large de la côte"""
_HILLS = """in the mountains = à la montagne; in Switzerland = en Suisse; in Austria = en Autriche
    in Norway = en Norvège; in Italy = en Italie"""
_SHOPS = """in Paris = à Paris; in London = à Londres; in the town centre = dans le centre-ville; in Rome = à Rome
    near the harbour = près du port"""
_TABLES = """at the hotel = à l'hôtel; on the terrace = sur la terrasse; in the garden = dans le jardin
    at the restaurant = au restaurant; by the sea = au bord de la mer; on the boat = sur le bateau
    on the balcony = sur le balcon; at home = à la maison; at my aunt's house = chez ma tante
    in the dining room = dans la salle à manger"""
_ROADS = """in the forest = dans la forêt; along the river = le long de la rivière; in the mountains = à la montagne
    along the coast = le long de la côte; around the lake = autour du lac; in the country = à la campagne
    on the island = sur l'île; in the valley = dans la vallée"""
_ROOMS = """at the hotel = à l'hôtel; at home = à la maison; in the living room = dans le salon
    in the kitchen = dans la cuisine; at the library = à la bibliothèque; in my room = dans ma chambre
    in the garden = dans le jardin"""
_SPOTS = """on the beach = sur la plage; in the garden = dans le jardin; by the sea = au bord de la mer
    in the park = dans le parc; here = ici; under the trees = sous les arbres; by the lake = au bord du lac
    over there = là-bas; in the square = sur la place; in the street = dans la rue
    on the terrace = sur la terrasse; in the old town = dans la vieille ville; in the shade = à l'ombre"""
PLACES_TO = {  # where each of these is done; the others anywhere
    "swim": _WATER, "dive": _WATER, "fish": _SHORE + "; in the river = dans la rivière", "go sailing": _SHORE,
    "go windsurfing": _SHORE,
    "ski": _HILLS, "go skiing": _HILLS, "go shopping": _SHOPS, "have lunch": _TABLES, "have dinner": _TABLES,
    "eat": _TABLES,
    "go hiking": _ROADS, "go cycling": _ROADS, "run": _ROADS, "walk": _ROADS, "go riding": _ROADS, "camp": _ROADS,
    "study": _ROOMS,
    "cook": """at the hotel = à l'hôtel; at home = à la maison; on the boat = sur le bateau
        at the campsite = au camping; outside = dehors""",
    "travel": """in Italy = en Italie; in Spain = en Espagne; in Greece = en Grèce; in Europe = en Europe
        in Japan = au Japon; abroad = à l'étranger""",
    "work": _ROOMS + """; at the station = à la gare; in a bakery = dans une boulangerie; in a hotel = dans un hôtel
        in the garden = dans le jardin""",
    "sleep": """at the hotel = à l'hôtel; in the tent = dans la tente; on the beach = sur la plage
        on the train = dans le train; on the boat = sur le bateau; under the stars = sous les étoiles
        in the garden = dans le jardin; in the attic = dans le grenier""",
    "wait": """at the station = à la gare; in front of the church = devant l'église; here = ici
        at the hotel = à l'hôtel; in the car = dans la voiture; at the airport = à l'aéroport
        in front of the cinema = devant le cinéma; on the platform = sur le quai""",
    "stay": """at home = à la maison; at the hotel = à l'hôtel; in Paris = à Paris; in the country = à la campagne
        here = ici; at my aunt's house = chez ma tante; on the beach = sur la plage; on the island = sur l'île""",
    "go skating": "on the frozen lake = sur le lac gelé; in the park = dans le parc; at the ice rink = à la patinoire",
}  # fmt: skip
MANNERS = {
    "swim": many("well = bien; fast = vite"),
    "walk": many("slowly = lentement; fast = vite; for two hours = pendant deux heures"),
    "dance": many("all night = toute la nuit; all evening = toute la soirée; well = bien"),
    "sing": many("loudly = fort; together = ensemble; well = bien"),
    "sleep": many("well = bien; badly = mal; until noon = jusqu'à midi"),
    "run": many("fast = vite; slowly = lentement"),
    "work": many("hard = dur; all day = toute la journée; all week = toute la semaine"),
    "travel": many("by train = en train; by bus = en bus; by car = en voiture"),
    "laugh": many("a lot = beaucoup; loudly = fort"),
    "wait": many("for an hour = pendant une heure; patiently = patiemment; for a long time = longtemps"),
    "chat": many("all evening = toute la soirée; for hours = pendant des heures"),
    "eat": many("too much = trop; well = bien"),
    "stay": many("for a week = pendant une semaine; until Sunday = jusqu'à dimanche"),
    "read": many("all day = toute la journée; a lot = beaucoup"),
    "cry": many("all night = toute la nuit; a lot = beaucoup"),
    "cook": many("well = bien"),
}
REFLEXIVES = verbs(
    """go for a walk = se promener; rest = se reposer; get up = se lever; have fun = s'amuser; go to bed = se coucher
    bathe = se baigner; wake up = se réveiller; get lost = se perdre; fall asleep = s'endormir
    get ready = se préparer; hurry = se dépêcher; get bored = s'ennuyer; get dressed = s'habiller; stop = s'arrêter
    wash = se laver; argue = se disputer; shave = se raser"""
)
UNWANTED = listed("get lost, get bored, argue, shave, hurry, stop, fall asleep")
WHERE_REFLEXIVE = {
    "go for a walk": """on the beach = sur la plage; in the forest = dans la forêt; by the sea = au bord de la mer
        along the river = le long de la rivière; in the park = dans le parc
        in the old town = dans la vieille ville; around the lake = autour du lac""",
    "rest": """in the shade = à l'ombre; at the hotel = à l'hôtel; in the garden = dans le jardin
        on the terrace = sur la terrasse; under a tree = sous un arbre""",
    "get up": "early = tôt; late = tard; at six = à six heures; very early = très tôt; at dawn = à l'aube",
    "have fun": """on the beach = sur la plage; at the party = à la fête; in the water = dans l'eau
        in the snow = dans la neige""",
    "go to bed": "early = tôt; late = tard; at ten = à dix heures; at midnight = à minuit",
    "bathe": """in the sea = dans la mer; in the river = dans la rivière; in the lake = dans le lac
        in the pool = dans la piscine""",
    "wake up": "early = tôt; late = tard; at seven = à sept heures; with a headache = avec un mal de tête",
    "get lost": """in the forest = dans la forêt; in the old town = dans la vieille ville
        in the narrow streets = dans les rues étroites""",
    "get bored": "at the hotel = à l'hôtel; on the train = dans le train; at the museum = au musée",
    "fall asleep": """on the train = dans le train; under a tree = sous un arbre; on the sofa = sur le canapé
        on the beach = sur la plage""",
    "stop": """in a small village = dans un petit village; in front of the church = devant l'église
        at the bakery = à la boulangerie""",
    "get ready": "for the party = pour la fête; for the journey = pour le voyage; quickly = vite",
    "get dressed": "quickly = vite; in the dark = dans le noir",
    "wash": "in the river = dans la rivière; with cold water = à l'eau froide",
}  # fmt: skip


def split_idiom(verb: Verb) -> tuple[Verb, Both]:
    """A French idiom as its verb and the rest: "faire de la voile" is faire with "de la voile"."""
    head, _, rest = verb.french.partition(" ")
    return verb._replace(french=head), Both("", rest)


def under_negation(rest: Both, negation: str) -> Both:
    """What follows the verb, with the article that negation asks for: pas de vélo, pas de photos."""
    if not negation or not rest.french.startswith(("du ", "de la ", "des ")):
        return rest
    return Both(rest.english, french.with_preposition("de", rest.french))


def place_to(draw: Draw, verb: Verb) -> Both:
    """Where such a thing is done."""
    return draw.favour(many(PLACES_TO.get(verb.english, _SPOTS)))


def activity(draw: Draw, subject: Phrase, negated: bool = False) -> tuple[Verb, Both, tuple[str, ...]]:
    """Something one may plan: the verb, what follows it, and combinations."""
    kind = draw.weighted({"object": 5, "plain": 3, "reflexive": 1.5, "go": 1.5})
    if kind == "object":
        while (verb := draw.favour(ACTIONS)).english in (
            "miss",
            "lose",
            "forget",
            "break",
            "hear",
            "receive",
            "recognise",
        ):
            pass
        thing = object_for(draw, verb, subject, negated)
        return verb, thing.words, keys_of(verb, thing)
    if kind == "plain":
        planned = draw.favour([verb for verb in INTRANSITIVES if verb.english not in UNPLANNED])
        verb, rest = split_idiom(planned)
        return (
            verb,
            under_negation(rest, "not" if negated else "") + optional(draw, 0.5, lambda d: place_to(d, planned)),
            (),
        )
    if kind == "reflexive":
        verb = draw.favour([verb for verb in REFLEXIVES if verb.english not in UNWANTED])
        return verb, draw.pick(many(WHERE_REFLEXIVE[verb.english])), ()
    return GO, destination(draw), ()


def impersonal_activity(draw: Draw) -> tuple[Both, tuple[str, ...]]:
    """ "to swim in the lake", of nobody in particular: no possessive in it."""
    while True:
        verb, tail, keys = activity(draw, SHE)
        if " her " not in f" {tail.english} " and verb.english not in AT_PEOPLE:
            return infinitive(SHE, verb, tail), keys


AT_PEOPLE = listed(
    "greet, thank, follow, meet, invite, help, hide, wear, keep, wait for, carry, forget, look for, try on, iron"
)


# ------------------------------------------------------------------------------------------------------- being so
DEGREES = {"": 5, "very": 2.5, "too": 0.7, "so": 0.7, "rather": 0.7, "really": 0.6, "a little": 0.4}
DEGREES_IN_FRENCH = {
    "very": "très",
    "too": "trop",
    "so": "si",
    "rather": "plutôt",
    "really": "vraiment",
    "a little": "un peu",
}
SLIGHT = listed("tired, sad, worried, nervous, expensive, cold, noisy, jealous, disappointed, small, long, strange")
ABSOLUTE = listed(
    """late, alone, ready, in a good mood, delighted, open, closed, empty, free, lost, furious, magnificent, wonderful,
    splendid, delicious, excellent, forbidden, impossible, unforgettable, abandoned, frozen, deserted, broken,
    Roman, medieval, full, ridiculous, round, rotten, wet, dry, ripe, blond, historic, cheap"""
)
UNGRADED = ABSOLUTE | COLOURS | NATIONS
MOODS = ADJECTIVES["mood"]
FEELINGS_ASKED = many("hungry = faim; cold = froid; thirsty = soif; afraid = peur; hot = chaud; sleepy = sommeil")


def degree(draw: Draw, adjective: Adjective) -> Both:
    """An adverb of degree that the adjective bears, or nothing."""
    chosen = "" if adjective.english in UNGRADED else draw.weighted(DEGREES)
    if chosen == "a little" and adjective.english not in SLIGHT:
        chosen = "very"
    return Both(chosen, DEGREES_IN_FRENCH.get(chosen, ""))


def be_adjective(
    draw: Draw, subject: Phrase, adjective: Adjective, tense: str, tail: Both = NOTHING, negation: str = "", **asked
) -> Both:
    """Subject, be, adjective."""
    graded = NOTHING if negation else degree(draw, adjective)
    said = graded + Both(adjective.english, subject.agreeing(adjective.french))
    return clause(subject, BE, tense, said + tail, negation=negation, **asked)


def have_for_be(subject: Phrase, tense: str, in_english: Both, in_french: Both, **features) -> Both:
    """A clause with be in English and avoir in French: I am hungry, j'ai faim."""
    left = clause(subject, BE, tense, in_english, **features).english
    return Both(left, clause(subject, HAVE, tense, in_french, **features).french)


# ---------------------------------------------------------------------------------------------------------- giving
GIVING = {
    verb: groups.split()
    for verb, groups in {
        Verb("give", "donner"): "souvenir mail snack",
        Verb("send", "envoyer"): "mail",
        Verb("show", "montrer"): "souvenir mail clothes",
        Verb("bring", "apporter"): "souvenir snack drink",
        Verb("offer", "offrir"): "souvenir clothes",
        Verb("lend", "prêter"): "tool text",
        Verb("write", "écrire"): "letters",
        Verb("sell", "vendre"): "souvenir",
    }.items()
}
TASTES = verbs("like = aimer; love = adorer; hate = détester; prefer = préférer", state=True)
LIKE, LOVE, HATE, PREFER = TASTES
LIKED = ("food", "snack", "fruit", "drink", "animal", "plant", "sight", "nature", "reading", "clothes")


def generic(draw: Draw, group: str = "") -> Phrase:
    """Something in general: cheese, trains, old castles."""
    while (noun := noun_of(draw, group or draw.pick(LIKED))).english in ("sea", "coast"):
        pass
    fitting = [a for a in adjectives_for(draw, noun, 0.25) if not a.before or a.english in ("old", "big", "small")]
    return noun_phrase(noun, "generic", noun.english_number == "count", fitting[:1])


def play(draw: Draw) -> tuple[Both, str]:
    """What is played: an instrument (jouer de) or a game (jouer à); words and the English noun."""
    instrument = draw.chance(0.5)
    noun = draw.favour(NOUNS["instrument" if instrument else "game"])
    in_french = french.with_preposition("de" if instrument else "à", noun_phrase(noun, "the").french)
    return Both(f"the {noun.english}" if instrument else noun.english, in_french), noun.english


LEISURE = listed(
    """eat, drink, read, write, buy, visit, photograph, draw, paint, pick, collect, feed, prepare, explore, discover,
    build, learn, listen to, watch, repair, bring, catch"""
)


def leisure(draw: Draw, subject: Phrase) -> tuple[Both, tuple[str, ...]]:
    """What one may like doing: "reading novels", lire des romans."""
    kind = draw.weighted({"object": 5, "plain": 4, "reflexive": 1.5})
    if kind == "object":
        verb = draw.favour([verb for verb in ACTIONS if verb.english in LEISURE])
        noun = noun_of(draw, *verb.objects)
        count = noun.english_number == "count"
        if count or noun.group in ("food", "drink"):
            thing = noun_phrase(noun, "a" if count else "some", count, adjectives_for(draw, noun, 0.15)[:1])
        else:
            thing = object_for(draw, verb._replace(objects=(verb.objects[0],)), subject, habit=True)
        tail = Both(thing.english.removeprefix("some "), thing.french)
        return doing(verb, infinitive(subject, verb, tail)), keys_of(verb, thing)
    if kind == "plain":
        chosen = draw.favour([verb for verb in INTRANSITIVES if verb.english not in UNPLANNED])
        verb, rest = split_idiom(chosen)
        return doing(verb, infinitive(subject, verb, rest + optional(draw, 0.6, lambda d: place_to(d, chosen)))), ()
    verb = draw.favour([verb for verb in REFLEXIVES if verb.english not in UNWANTED and verb.english != "get ready"])
    return doing(verb, infinitive(subject, verb, draw.pick(many(WHERE_REFLEXIVE[verb.english])))), ()


def doing(verb: Verb, bare: Both) -> Both:
    """ "to swim here" as "swimming here"; French keeps the infinitive."""
    return Both(english.forms(verb.english)["ing"] + bare.english.removeprefix(f"to {verb.english}"), bare.french)
