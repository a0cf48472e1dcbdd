"""Times, places, persons and things of the holiday-postcard world, drawn in both languages."""

from dataclasses import replace
from typing import NamedTuple

from course.corpora.bilingual import french
from course.corpora.bilingual.grammar import (
    HE,
    POLITE,
    POLITE_WOMAN,
    POSSESSIVES,
    SHE,
    THEY,
    WE,
    YOU,
    YOU_ALL,
    YOU_GIRLS,
    YOU_WOMAN,
    Both,
    Draw,
    I,
    Phrase,
    adjectives_for,
    both,
    determiner,
    many,
    noun_of,
    noun_phrase,
    with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import CITIES, COUNTRIES, MEN, NOUNS, SURNAMES, WOMEN

# ---------------------------------------------------------------------------------------------------- time and place
TIMES = {
    "past": many(
        """yesterday = hier; last week = la semaine dernière; this morning = ce matin; on Monday = lundi
        on Sunday = dimanche; last night = hier soir; two days ago = il y a deux jours
        yesterday morning = hier matin; last year = l'année dernière; last summer = l'été dernier
        on Saturday = samedi; the day before yesterday = avant-hier; last month = le mois dernier
        a week ago = il y a une semaine; on Friday = vendredi; an hour ago = il y a une heure
        yesterday afternoon = hier après-midi; three weeks ago = il y a trois semaines
        last Wednesday = mercredi dernier; a month ago = il y a un mois; last winter = l'hiver dernier
        last Tuesday = mardi dernier; during the night = pendant la nuit; before lunch = avant le déjeuner
        after dinner = après le dîner; a few days ago = il y a quelques jours"""
    ),
    "present": many(
        """every day = tous les jours; every morning = tous les matins; every evening = tous les soirs
        in the morning = le matin; in the evening = le soir; every summer = chaque été; every year = chaque année
        on Sundays = le dimanche; in summer = en été; in winter = en hiver; in the afternoon = l'après-midi
        every week = chaque semaine; in spring = au printemps; on Saturdays = le samedi; in August = en août
        at the weekend = le week-end; in autumn = en automne; from time to time = de temps en temps
        twice a week = deux fois par semaine; once a day = une fois par jour; after lunch = après le déjeuner
        before dinner = avant le dîner; every Monday = tous les lundis"""
    ),
    "progressive": many(
        """at the moment = en ce moment; now = maintenant; this morning = ce matin; this evening = ce soir
        today = aujourd'hui; this afternoon = cet après-midi; this week = cette semaine"""
    ),
    "future": many(
        """tomorrow = demain; next week = la semaine prochaine; this evening = ce soir; on Monday = lundi
        soon = bientôt; tomorrow morning = demain matin; next summer = l'été prochain
        next year = l'année prochaine; on Saturday = samedi; in two days = dans deux jours
        next month = le mois prochain; on Sunday = dimanche; tomorrow evening = demain soir
        in an hour = dans une heure; the day after tomorrow = après-demain; in July = en juillet
        on Thursday = jeudi; in a week = dans une semaine; later = plus tard; next Tuesday = mardi prochain
        in three weeks = dans trois semaines; next winter = l'hiver prochain; one day = un jour
        in September = en septembre; in a few days = dans quelques jours"""
    ),
    "imperfect": many(
        """every summer = chaque été; every day = tous les jours; every year = chaque année
        in the old days = autrefois; in those days = à cette époque; every Sunday = tous les dimanches
        on Sundays = le dimanche; every winter = chaque hiver"""
    ),
    "background": many(
        """yesterday evening = hier soir; when you called = quand tu as appelé
        when it started to rain = quand il a commencé à pleuvoir; when we arrived = quand nous sommes arrivés
        when the train left = quand le train est parti; at that time = à ce moment-là
        when the storm began = quand l'orage a commencé; when the telephone rang = quand le téléphone a sonné
        when I came in = quand je suis entrée; when we saw her = quand nous l'avons vue
        when night fell = quand la nuit est tombée"""
    ),
    "perfect": many(
        """this week = cette semaine; twice = deux fois; today = aujourd'hui; this year = cette année
        several times = plusieurs fois"""
    ),
}
TIMES["going"] = TIMES["future"]

PLACES = many(
    """at the hotel = à l'hôtel; on the beach = sur la plage; in the garden = dans le jardin
    at the market = au marché; in the town centre = dans le centre-ville; at the restaurant = au restaurant
    near the station = près de la gare; by the sea = au bord de la mer; in the mountains = à la montagne
    in the village = dans le village; at the station = à la gare; in the country = à la campagne
    on the terrace = sur la terrasse; by the lake = au bord du lac; in the park = dans le parc
    on the boat = sur le bateau; at the campsite = au camping; on the train = dans le train
    in front of the church = devant l'église; behind the castle = derrière le château; in the square = sur la place
    under the trees = sous les arbres; in the street = dans la rue; on the island = sur l'île
    in the forest = dans la forêt; at the harbour = au port; in the kitchen = dans la cuisine
    on the balcony = sur le balcon; at the café = au café; by the river = au bord de la rivière
    in the old town = dans la vieille ville; opposite the hotel = en face de l'hôtel
    in the hotel lobby = dans le hall de l'hôtel; next to the harbour = à côté du port
    at the foot of the mountain = au pied de la montagne; near here = près d'ici; in the shade = à l'ombre
    in the sun = au soleil; on the bridge = sur le pont; at home = à la maison; here = ici; over there = là-bas
    around the lake = autour du lac; along the river = le long de la rivière; far from the town = loin de la ville"""
)
OUTDOORS = many(
    """on the beach = sur la plage; in the garden = dans le jardin; by the sea = au bord de la mer
    in the park = dans le parc; in the mountains = à la montagne; in the country = à la campagne
    by the lake = au bord du lac; in the forest = dans la forêt; in the street = dans la rue
    along the river = le long de la rivière; under the trees = sous les arbres; here = ici; over there = là-bas
    on the island = sur l'île; around the lake = autour du lac; near the harbour = près du port
    in the old town = dans la vieille ville; in the square = sur la place; along the coast = le long de la côte"""
)


def city(draw: Draw, motion: str = "in") -> Both:
    """In, to or from a city: à Paris, au Havre, d'Athènes."""
    return with_preposition(Both(motion, "de" if motion == "from" else "à"), Both(*draw.favour(CITIES)))


def country(draw: Draw, motion: str = "in") -> Both:
    """In, to or from a country: en France, au Portugal, aux États-Unis, à Malte; de Grèce, du Canada, de Malte."""
    name, in_french = draw.favour(COUNTRIES)
    if in_french.startswith("la "):
        in_french = ("de " if motion == "from" else "en ") + in_french.removeprefix("la ")
    else:
        in_french = french.with_preposition("de" if motion == "from" else "à", in_french)
    return Both(f"{motion} {name}", in_french)


def origin(draw: Draw) -> Both:
    """From a city or a country."""
    return draw.pick([city, country])(draw, "from")


def where_people_live(draw: Draw) -> Both:
    """In a city or a country."""
    return draw.pick([city, country])(draw)


NEAR = many("near = près de; behind = derrière; in front of = devant; opposite = en face de; next to = à côté de")


def place(draw: Draw) -> Both:
    """Where: a fixed phrase, a city, a country, or near some building."""
    kind = draw.weighted({"fixed": 6, "city": 1.6, "country": 1, "near": 1.6, "home": 0.4})
    if kind == "city":
        return city(draw)
    if kind == "country":
        return country(draw)
    if kind == "near":
        return with_preposition(draw.pick(NEAR), noun_phrase(noun_of(draw, "sight", "shop", "lodging"), "the"))
    if kind == "home":
        owner = draw.pick(["je", "nous"])
        person = noun_phrase(draw.favour(NOUNS["kin"][:12]), owner)
        return Both(f"at {person.english}'s house", f"chez {person.french}")
    return draw.favour(PLACES)


def far_destination(draw: Draw) -> Both:
    """Where to, by plane or train: Paris, Italy."""
    return draw.pick([city, country])(draw, "to")


def near_destination(draw: Draw) -> Both:
    """Where to, on foot or by bus: the market, my aunt's house."""
    kind = draw.weighted({"fixed": 4, "home": 0.7, "noun": 2})
    if kind == "home":
        person = noun_phrase(draw.favour(NOUNS["kin"][:12]), draw.pick(["je", "nous"]))
        return Both(f"to {person.english}'s house", f"chez {person.french}")
    if kind == "noun":
        noun = draw.favour([noun for noun in NOUNS["shop"] if noun.english not in ("shop", "bus stop")])
        return with_preposition(Both("to", "à"), noun_phrase(noun, "the"))
    return draw.favour(DESTINATIONS)


def destination(draw: Draw) -> Both:
    """Where to."""
    return draw.pick([near_destination, near_destination, far_destination])(draw)


DESTINATIONS = many(
    """to the beach = à la plage; to the market = au marché; to the restaurant = au restaurant
    to the station = à la gare; to the museum = au musée; to the swimming pool = à la piscine
    to the cinema = au cinéma; to the castle = au château; to the mountains = à la montagne
    to the seaside = au bord de la mer; to the harbour = au port; to church = à l'église
    to the theatre = au théâtre; to the zoo = au zoo; to the island = sur l'île; to the airport = à l'aéroport
    to the town centre = dans le centre-ville; abroad = à l'étranger; to the lake = au lac; to school = à l'école"""
)


# ---------------------------------------------------------------------------------------------------------- persons
def name(draw: Draw) -> Phrase:
    """A first name."""
    feminine = draw.chance(0.5)
    first = draw.favour(WOMEN if feminine else MEN)
    return Phrase(first, first, feminine=feminine)


def relative(draw: Draw) -> Phrase:
    """A relative, friend or pet with a possessive: my sister, our friends, my friend Emma, our dog."""
    owner = draw.weighted({"je": 6, "nous": 2})
    kind = draw.weighted({"kin": 5, "kin_plural": 2, "named": 1.6, "pet": 0.5})
    if kind == "pet":
        return noun_phrase(draw.favour(NOUNS["pet"][:2]), owner)
    if kind != "named":
        noun = draw.favour(NOUNS[kind])
        return noun_phrase(noun, "je" if noun.english in ("husband", "mother-in-law", "father-in-law") else owner)
    somebody = name(draw)
    word, masculine, feminine = draw.pick(
        [("friend", "ami", "amie"), ("friend", "ami", "amie"), ("cousin", "cousin", "cousine")]
    )
    noun = feminine if somebody.feminine else masculine
    article = determiner(owner, somebody.feminine, False, noun)
    in_english = f"{POSSESSIVES[owner].english} {word} {somebody.english}"
    return replace(somebody, english=in_english, french=f"{article} {noun} {somebody.french}")


def human(draw: Draw) -> Phrase:
    """A relative that is no animal."""
    while (found := relative(draw)).head in ("dog", "cat"):
        pass
    return found


def person(draw: Draw) -> Phrase:
    """Somebody as subject of a statement."""
    kind = draw.weighted(
        {"I": 5, "we": 4, "he": 1.3, "she": 2, "they": 1.5, "relative": 5, "name": 3, "two": 1, "noun": 0.8}
    )
    if kind == "relative":
        return human(draw)
    if kind == "name":
        return name(draw)
    if kind == "two":
        return pair_of_persons(draw)
    if kind == "noun":
        noun = noun_of(draw, "person")
        return noun_phrase(noun, "the", adjectives=adjectives_for(draw, noun, 0.2))
    return {"I": I, "we": WE, "he": HE, "she": SHE, "they": THEY}[kind]


def other_person(draw: Draw, subject: Phrase) -> Phrase:
    """A relative who is not the subject."""
    while (found := human(draw)).english == subject.english:
        pass
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
    vocative: Both = Both()

    @property
    def polite(self) -> bool:
        """Whether vous is said to one person."""
        return self.you in (POLITE, POLITE_WOMAN)

    @property
    def pronoun(self) -> str:
        """The French pronoun: tu or vous."""
        return self.you.french


CROWDS = many("children = les enfants; my friends = mes amis; boys = les garçons")


def address(draw: Draw, plain: float = 4) -> Address:
    """Somebody spoken to. Without a name it is the reader: tu, masculine."""
    kind = draw.weighted({"plain": plain, "woman": 1, "man": 0.8, "crowd": 0.8, "sir": 0.7, "madam": 0.9, "girls": 0.2})
    if kind == "plain":
        return Address(YOU)
    if kind in ("woman", "man"):
        first = draw.favour(WOMEN if kind == "woman" else MEN)
        parents = many("Mum = maman; Grandma = mamie") if kind == "woman" else many("Dad = papa; Grandpa = papi")
        return Address(
            YOU_WOMAN if kind == "woman" else YOU, draw.pick(parents) if draw.chance(0.25) else Both(first, first)
        )
    if kind == "crowd":
        return Address(YOU_ALL, draw.pick(CROWDS))
    if kind == "girls":
        return Address(YOU_GIRLS, Both("girls", "les filles"))
    surname = draw.pick(SURNAMES)
    if kind == "sir":
        named = Both(f"Mr {surname}", f"monsieur {surname}")
        return Address(POLITE, draw.weighted({Both("sir", "monsieur"): 5, named: 1, Both("doctor", "docteur"): 0.4}))
    return Address(
        POLITE_WOMAN, draw.weighted({Both("madam", "madame"): 5, Both(f"Mrs {surname}", f"madame {surname}"): 1})
    )


def spoken(spoken_to: Address, words: Both) -> Both:
    """Words with the name of who is spoken to at the end."""
    if not spoken_to.vocative.english:
        return words
    return words + both(", = ,") + spoken_to.vocative


# ------------------------------------------------------------------------------------------------------------- tenses
TENSES = {
    "present": 2, "progressive": 1.6, "past": 3, "perfect": 1.2, "future": 1.5, "going": 1.3, "imperfect": 0.5,
    "recent": 0.4,
    "background": 0.3,
}  # fmt: skip
STATES = {"present": 2, "past": 2.5, "future": 1.2, "going": 0.6}
NEGATIONS = {"": 12, "not": 2.2, "never": 0.6, "no longer": 0.35}


def tense_and_polarity(draw: Draw, state: bool = False, punctual: bool = False) -> tuple[str, str]:
    """A tense with a negation that goes with it.

    Args:
        state: of a verb of state, which has no progressive.
        punctual: of an act without duration (to lose): told in the past or the future, not in its course.
    """
    tense = draw.weighted(STATES if state else TENSES)
    if punctual and tense in ("present", "progressive", "imperfect", "background"):
        tense = "past"
    negation = draw.weighted(NEGATIONS)
    if tense in ("recent", "background", "imperfect"):
        negation = ""
    if negation == "never" and tense not in ("present", "perfect", "future"):
        negation = "not"
    if negation == "no longer" and tense not in ("present", "progressive"):
        negation = "not"
    return tense, negation


FAR = frozenset(
    """last year, last summer, last month, three weeks ago, a month ago, last winter, next summer, next year,
    next month, one day, in three weeks, next winter, every summer, every year, in September, in July, this year,
    in August, last week, next week""".replace("\n    ", " ").split(", ")
)
ADVERBS = {
    "perfect": many("already = déjà; often = souvent; already = déjà"),
    "present": many("often = souvent; always = toujours; sometimes = parfois; rarely = rarement"),
    "imperfect": many("often = souvent; always = toujours; sometimes = parfois"),
}


def adverb_and_time(
    draw: Draw, tense: str, negation: str = "", chance: float = 0.5, brief: bool = False
) -> tuple[Both, Both]:
    """An adverb in mid position and a time at the end, either of them possibly empty, that go with tense and negation.

    Args:
        chance: of a time.
        brief: of an act of minutes: no "last winter".
    """
    if tense == "perfect" and negation == "not":
        return (Both("", "encore"), Both("yet")) if draw.chance(0.6) else (Both(), Both())
    if not negation and tense in ADVERBS and draw.chance(0.18):
        return draw.pick(ADVERBS[tense]), Both()
    if (
        tense == "recent"
        or negation in ("never", "no longer")
        or (negation and tense == "present")
        or not draw.chance(chance)
    ):
        return Both(), Both()
    when = draw.favour(TIMES[tense])
    while brief and when.english in FAR:
        when = draw.favour(TIMES[tense])
    return Both(), when
