"""Times, places, persons and things of the holiday-postcard world, drawn in both languages."""

from dataclasses import replace
from typing import NamedTuple

from course.corpora.bilingual import french
from course.corpora.bilingual.grammar import (
    EVERYONE, HE, I, NO_ADVERB, ONE, POLITE, POLITE_WOMAN, POSSESSIVES, QUANTITIES, SHE, SOMEONE, THEY, WE, YOU, YOU_ALL,
    YOU_GIRLS, YOU_WOMAN, Adverb, Both, Draw, Phrase, adjectives_for, clause, determiner, key, many, noun_of, noun_phrase,
    owner_of, with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ACTIONS, CITIES, COUNTRIES, MEN, NOUNS, SURNAMES, WOMEN, Verb


# ---------------------------------------------------------------------------------------------------- time and place
TIMES = {
    "past": many(
        """yesterday = hier; last week = la semaine dernière; this morning = ce matin; on Monday = lundi; on Sunday = dimanche
        last night = hier soir; two days ago = il y a deux jours; yesterday morning = hier matin; last year = l'année dernière
        last summer = l'été dernier; on Saturday = samedi; the day before yesterday = avant-hier; last month = le mois dernier
        a week ago = il y a une semaine; on Friday = vendredi; an hour ago = il y a une heure; yesterday afternoon = hier après-midi
        three weeks ago = il y a trois semaines; last Wednesday = mercredi dernier; a month ago = il y a un mois
        last winter = l'hiver dernier; last Tuesday = mardi dernier; during the night = pendant la nuit
        before lunch = avant le déjeuner; after dinner = après le dîner; a few days ago = il y a quelques jours"""
    ),
    "present": many(
        """every day = tous les jours; every morning = tous les matins; every evening = tous les soirs; in the morning = le matin
        in the evening = le soir; every summer = chaque été; every year = chaque année; on Sundays = le dimanche
        in summer = en été; in winter = en hiver; in the afternoon = l'après-midi; every week = chaque semaine; in spring = au printemps
        on Saturdays = le samedi; in August = en août; at the weekend = le week-end; in autumn = en automne
        from time to time = de temps en temps; twice a week = deux fois par semaine; once a day = une fois par jour
        after lunch = après le déjeuner; before dinner = avant le dîner; every Monday = tous les lundis"""
    ),
    "progressive": many(
        """at the moment = en ce moment; now = maintenant; this morning = ce matin; this evening = ce soir; today = aujourd'hui
        this afternoon = cet après-midi; this week = cette semaine"""
    ),
    "future": many(
        """tomorrow = demain; next week = la semaine prochaine; this evening = ce soir; on Monday = lundi; soon = bientôt
        tomorrow morning = demain matin; next summer = l'été prochain; next year = l'année prochaine; on Saturday = samedi
        in two days = dans deux jours; next month = le mois prochain; on Sunday = dimanche; tomorrow evening = demain soir
        in an hour = dans une heure; the day after tomorrow = après-demain; in July = en juillet; on Thursday = jeudi
        in a week = dans une semaine; later = plus tard; next Tuesday = mardi prochain; in three weeks = dans trois semaines
        next winter = l'hiver prochain; one day = un jour; in September = en septembre; in a few days = dans quelques jours"""
    ),
    "imperfect": many(
        """every summer = chaque été; every day = tous les jours; every year = chaque année; in the old days = autrefois
        in those days = à cette époque; every Sunday = tous les dimanches; on Sundays = le dimanche; every winter = chaque hiver"""
    ),
    "background": many(
        """yesterday evening = hier soir; when you called = quand tu as appelé; when it started to rain = quand il a commencé à pleuvoir
        when we arrived = quand nous sommes arrivés; when the train left = quand le train est parti; at that time = à ce moment-là
        when the storm began = quand l'orage a commencé; when the telephone rang = quand le téléphone a sonné
        when I came in = quand je suis entrée; when we saw her = quand nous l'avons vue; when night fell = quand la nuit est tombée"""
    ),
    "perfect": many("this week = cette semaine; twice = deux fois; today = aujourd'hui; this year = cette année; several times = plusieurs fois"),
}
TIMES["going"] = TIMES["future"]

PLACES = many(
    """at the hotel = à l'hôtel; on the beach = sur la plage; in the garden = dans le jardin; at the market = au marché
    in the town centre = dans le centre-ville; at the restaurant = au restaurant; near the station = près de la gare
    by the sea = au bord de la mer; in the mountains = à la montagne; in the village = dans le village; at the station = à la gare
    in the country = à la campagne; on the terrace = sur la terrasse; by the lake = au bord du lac; in the park = dans le parc
    on the boat = sur le bateau; at the campsite = au camping; on the train = dans le train; in front of the church = devant l'église
    behind the castle = derrière le château; in the square = sur la place; under the trees = sous les arbres
    in the street = dans la rue; on the island = sur l'île; in the forest = dans la forêt; at the harbour = au port
    in the kitchen = dans la cuisine; on the balcony = sur le balcon; at the café = au café; by the river = au bord de la rivière
    in the old town = dans la vieille ville; opposite the hotel = en face de l'hôtel; in the hotel lobby = dans le hall de l'hôtel
    next to the harbour = à côté du port; at the foot of the mountain = au pied de la montagne; near here = près d'ici
    in the shade = à l'ombre; in the sun = au soleil; on the bridge = sur le pont; at home = à la maison; here = ici
    over there = là-bas; around the lake = autour du lac; along the river = le long de la rivière; far from the town = loin de la ville"""
)
OUTDOORS = many(
    """on the beach = sur la plage; in the garden = dans le jardin; by the sea = au bord de la mer; in the park = dans le parc
    in the mountains = à la montagne; in the country = à la campagne; by the lake = au bord du lac; in the forest = dans la forêt
    in the street = dans la rue; along the river = le long de la rivière; under the trees = sous les arbres; here = ici
    over there = là-bas; on the island = sur l'île; around the lake = autour du lac; near the harbour = près du port
    in the old town = dans la vieille ville; in the square = sur la place; along the coast = le long de la côte"""
)
WITH = many(
    """with me = avec moi; with us = avec nous; with my sister = avec ma sœur; with his brother = avec son frère; alone = X
    with our friends = avec nos amis; with my parents = avec mes parents; with the children = avec les enfants
    with her = avec elle; with him = avec lui; with them = avec eux; without me = sans moi; without us = sans nous
    with my cousins = avec mes cousins; with our neighbours = avec nos voisins; with their dog = avec leur chien"""
)
WITH = [companion for companion in WITH if companion.french != "X"]


def city(draw: Draw, preposition: str = "in = à") -> Both:
    """A city with a preposition: à Paris, au Havre."""
    left, right = preposition.split(" = ")
    name, in_french = draw.favour(CITIES)
    return Both(f"{left} {name}", french.with_preposition(right, in_french))


def country(draw: Draw, motion: str = "in") -> Both:
    """In, to or from a country: en France, en Iran, au Portugal, aux États-Unis, de Grèce, du Canada."""
    name, in_french = draw.favour(COUNTRIES)
    article, _, bare = in_french.rpartition(" ") if in_french.split(" ")[0] in ("le", "la", "les") else ("", "", in_french)
    if in_french.startswith("le "):
        article, bare = "le", in_french.removeprefix("le ")
    if not article:
        return Both(f"{motion} {name}", f"{'de' if motion == 'from' else 'à'} {bare}")
    if motion == "from":
        return Both(f"from {name}", {"la": f"de {bare}", "le": f"du {bare}", "les": f"des {bare}"}[article])
    return Both(f"{motion} {name}", {"la": f"en {bare}", "le": f"au {bare}", "les": f"aux {bare}"}[article])


NEAR = [
    tuple(pair.split(" = "))
    for pair in (
        "near = près de", "behind = derrière", "in front of = devant", "opposite = en face de", "next to = à côté de",
        "far from = loin de", "not far from = non loin de", "inside = à l'intérieur de", "close to = tout près de",
    )
]  # fmt: skip


def place(draw: Draw) -> Both:
    """Where: a fixed phrase, a city, a country, or near some building."""
    kind = draw.weighted({"fixed": 6, "city": 1.6, "country": 1, "near": 1.6, "home": 0.4})
    if kind == "city":
        return city(draw)
    if kind == "country":
        return country(draw)
    if kind == "near":
        preposition = Both(*draw.pick(NEAR[:5]))
        return with_preposition(preposition, noun_phrase(noun_of(draw, "sight", "shop", "lodging"), "the"))
    if kind == "home":
        owner = draw.pick(["je", "nous"])
        person = noun_phrase(draw.favour(NOUNS["kin"][:12]), owner)
        return Both(f"at {person.english}'s house", f"chez {person.french}")
    return draw.favour(PLACES)


def destination(draw: Draw) -> Both:
    """Where to: the market, Paris, Italy, my aunt's house."""
    kind = draw.weighted({"fixed": 4, "city": 2, "country": 2, "home": 0.7, "noun": 2})
    if kind == "city":
        return city(draw, "to = à")
    if kind == "country":
        return country(draw, "to")
    if kind == "home":
        person = noun_phrase(draw.favour(NOUNS["kin"][:12]), draw.pick(["je", "nous"]))
        return Both(f"to {person.english}'s house", f"chez {person.french}")
    if kind == "noun":
        noun = draw.favour([noun for noun in NOUNS["shop"] if noun.english not in ("shop", "bus stop")])
        return with_preposition(Both("to", "à"), noun_phrase(noun, "the"))
    return draw.favour(DESTINATIONS)


DESTINATIONS = many(
    """to the beach = à la plage; to the market = au marché; to the restaurant = au restaurant; to the station = à la gare
    to the museum = au musée; to the swimming pool = à la piscine; to the cinema = au cinéma; to the castle = au château
    to the mountains = à la montagne; to the seaside = au bord de la mer; to the harbour = au port; to church = à l'église
    to the theatre = au théâtre; to the zoo = au zoo; to the island = sur l'île; to the airport = à l'aéroport
    to the town centre = dans le centre-ville; abroad = à l'étranger; to the lake = au lac; to school = à l'école"""
)


# ---------------------------------------------------------------------------------------------------------- persons
def name(draw: Draw) -> Phrase:
    """A first name."""
    feminine = draw.chance(0.5)
    first = draw.favour(WOMEN if feminine else MEN)
    return Phrase(first, first, feminine=feminine)


def relative(draw: Draw, owner: str = "") -> Phrase:
    """A relative or friend with a possessive: my sister, our friends, my friend Emma."""
    owner = owner or draw.weighted({"je": 6, "nous": 2})
    kind = draw.weighted({"kin": 5, "plural": 2, "friend": 1, "cousin": 0.6, "pet": 0.8})
    if kind == "plural":
        return noun_phrase(draw.favour(NOUNS["kin_plural"]), owner)
    if kind == "pet":
        return noun_phrase(draw.favour(NOUNS["pet"][:2]), owner)
    if kind == "kin":
        return noun_phrase(draw.favour(NOUNS["kin"]), owner)
    somebody = name(draw)
    word = "friend" if kind == "friend" else "cousin"
    masculine, feminine = {"friend": ("ami", "amie"), "cousin": ("cousin", "cousine")}[word]
    noun = feminine if somebody.feminine else masculine
    article = determiner(owner, somebody.feminine, False, noun, False, False)
    return replace(
        somebody, english=f"{POSSESSIVES[owner][0]} {word} {somebody.english}", french=f"{article} {noun} {somebody.french}"
    )


def person(draw: Draw) -> Phrase:
    """Somebody as subject of a sentence; "you" only where a sentence asks for it."""
    kind = draw.weighted({"I": 5, "we": 4, "he": 1.3, "she": 2, "they": 1.5, "relative": 5, "name": 3, "two": 1, "noun": 0.8, "some": 0.4})
    if kind == "relative":
        return human(draw)
    if kind == "name":
        return name(draw)
    if kind == "two":
        return pair_of_persons(draw)
    if kind == "noun":
        noun = noun_of(draw, "person")
        return noun_phrase(noun, "the", adjectives=adjectives_for(draw, noun, 0.2))
    if kind == "some":
        return draw.pick([EVERYONE, SOMEONE, ONE])
    return {"I": I, "we": WE, "he": HE, "she": SHE, "they": THEY}[kind]


def human(draw: Draw) -> Phrase:
    """A relative that is no animal."""
    while True:
        found = relative(draw)
        if not found.english.endswith((" dog", " cat")):
            return found


def pair_of_persons(draw: Draw) -> Phrase:
    """Two persons; feminine only when both are."""
    first, second = name(draw), name(draw)
    while second.english == first.english:
        second = name(draw)
    if draw.chance(0.5):
        return Phrase(f"{first.english} and I", f"{first.french} et moi", 1, True, first.feminine)
    feminine = first.feminine and second.feminine
    return Phrase(f"{first.english} and {second.english}", f"{first.french} et {second.french}", 3, True, feminine)


class Address(NamedTuple):
    """Who is spoken to: the pronoun that fits, and the name said."""

    you: Phrase
    vocative: Both

    @property
    def polite(self) -> bool:
        """Whether the question is asked by inversion."""
        return self.you in (POLITE, POLITE_WOMAN)


CROWDS = many("children = les enfants; my friends = mes amis; boys = les garçons; everybody = tout le monde")
MEN_ADDRESSED = many("Dad = papa; Grandpa = papi; my boy = mon garçon; my son = mon fils; my dear = mon cher")
WOMEN_ADDRESSED = many("Mum = maman; Grandma = mamie; my girl = ma fille; ladies = mesdames")


def address(draw: Draw, plain: float = 4) -> Address:
    """Somebody spoken to. Without a name it is the reader: tu, masculine."""
    kind = draw.weighted({"plain": plain, "woman": 1, "man": 0.8, "crowd": 0.8, "sir": 0.7, "madam": 0.9, "girls": 0.2})
    if kind == "plain":
        return Address(YOU, Both())
    if kind == "woman":
        who = draw.favour(WOMEN)
        return Address(YOU_WOMAN, draw.weighted({Both(who, who): 4, WOMEN_ADDRESSED[0]: 0.7, WOMEN_ADDRESSED[1]: 0.6}))
    if kind == "man":
        who = draw.favour(MEN)
        return Address(YOU, draw.weighted({Both(who, who): 4, MEN_ADDRESSED[0]: 0.7, MEN_ADDRESSED[1]: 0.6}))
    if kind == "crowd":
        return Address(YOU_ALL, draw.pick(CROWDS[:3]))
    if kind == "girls":
        return Address(YOU_GIRLS, Both("girls", "les filles"))
    surname = draw.pick(SURNAMES)
    if kind == "sir":
        return Address(POLITE, draw.weighted({Both("sir", "monsieur"): 5, Both(f"Mr {surname}", f"monsieur {surname}"): 1, Both("doctor", "docteur"): 0.4}))
    return Address(POLITE_WOMAN, draw.weighted({Both("madam", "madame"): 5, Both(f"Mrs {surname}", f"madame {surname}"): 1}))


def spoken(address_: Address, words: Both) -> Both:
    """Words with the name of who is spoken to at the end."""
    if not address_.vocative.english:
        return words
    return words + Both(", " + address_.vocative.english, ", " + address_.vocative.french)


def question_form(draw: Draw, address_: Address) -> str:
    """Politeness asks by inversion, an English statement with a question mark by intonation, all else by est-ce que."""
    if address_.polite:
        return "inversion"
    return "est-ce que"


# ------------------------------------------------------------------------------------------------------------- tenses
TENSES = {"present": 2, "progressive": 1.6, "past": 3, "perfect": 1.2, "future": 1.5, "going": 1.3, "imperfect": 0.5, "recent": 0.4, "background": 0.3}
NEGATIONS = {"": 12, "not": 2.2, "never": 0.6, "no longer": 0.35}


def tense_and_polarity(draw: Draw, state: bool = False) -> tuple[str, str]:
    """A tense with a negation that goes with it."""
    weights = dict(TENSES)
    if state:
        for unnatural in ("progressive", "recent", "background", "imperfect", "perfect"):
            del weights[unnatural]
    tense = draw.weighted(weights)
    negation = draw.weighted(NEGATIONS)
    if tense in ("recent", "background"):
        negation = ""
    if negation == "never" and tense in ("progressive", "going", "past"):
        negation = "not"
    if negation == "no longer" and tense not in ("present", "progressive"):
        negation = "not"
    return tense, negation


FREQUENCY = {"often": "souvent", "always": "toujours", "sometimes": "parfois", "really": "vraiment"}


def adverb_for(draw: Draw, tense: str, negation: str) -> Adverb:
    """A mid-position adverb, now and then."""
    if negation or not draw.chance(0.16):
        return NO_ADVERB
    if tense == "perfect":
        return draw.pick([Adverb("already", "déjà"), Adverb("already", "déjà"), Adverb("often", "souvent")])
    if tense == "present":
        word = draw.pick(["often", "always", "sometimes", "often"])
        return Adverb(word, FREQUENCY[word])
    return NO_ADVERB


def time_for(draw: Draw, tense: str, negation: str = "", chance: float = 0.5) -> Both:
    """A time that goes with the tense, or nothing."""
    if tense == "recent" or not draw.chance(chance):
        return Both()
    if tense == "perfect" and negation:
        return Both("yet", "")
    return draw.favour(TIMES[tense])


