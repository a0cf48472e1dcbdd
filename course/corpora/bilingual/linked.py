"""Sentences of more than one clause: relative clauses, reasons, conditions, reports, and the negative words."""

from dataclasses import replace

from course.corpora.bilingual.doings import (
    GO,
    HAVE,
    INTRANSITIVES,
    LIKE,
    LOVE,
    NOTHING,
    PUNCTUAL,
    REFLEXIVES,
    SAME_PAST,
    TASTES,
    UNPLANNED,
    WHERE_REFLEXIVE,
    action_clause,
    activity,
    be_adjective,
    is_brief,
    keys_of,
    listed,
    object_for,
    optional,
    place_to,
    play,
    split_idiom,
    verb_among,
)  # fmt: skip
from course.corpora.bilingual.grammar import (
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
    key,
    many,
    noun_of,
    noun_phrase,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ACTIONS, ADJECTIVES, NOUNS, Adjective, Verb, verbs
from course.corpora.bilingual.scenes import (
    PLACES,
    TIMES,
    adverb_and_time,
    human,
    name,
    person,
    place,
    where_people_live,
)
from course.corpora.bilingual.sentences import Patterns, Sentence
from course.corpora.bilingual.statements import attribute

PATTERNS = Patterns()


# --------------------------------------------------------------------------------------------------- relative clauses
THAT_VERBS = listed("""buy, find, choose, read, write, rent, visit, lose, take, send, receive, order, see,
    discover, book, draw, meet, prepare, forget, look for, borrow, photograph, recommend""")  # fmt: skip
THAT_GROUPS = (
    "souvenir",
    "clothes",
    "thing",
    "letters",
    "mail",
    "rentable",
    "text",
    "sight",
    "town",
    "snack",
    "nature",
    "ride",
    "person",
)


def that(draw: Draw, adorned: bool) -> tuple[Phrase, tuple[str, ...]]:
    """A noun with a relative clause whose object it is: the letter that I wrote, la lettre que j'ai écrite."""
    group = draw.pick(THAT_GROUPS)
    verb = draw.favour([verb for verb in ACTIONS if group in verb.objects and verb.english in THAT_VERBS])
    noun = draw.favour([noun for noun in NOUNS[group] if noun.english_number == "count"])
    head = noun_phrase(noun, "the", draw.chance(0.4), adjectives_for(draw, noun, 0.2)[:1] if adorned else ())
    who = draw.pick([I, WE, SHE, HE, THEY, name(draw), human(draw), human(draw)])
    tense = draw.weighted({"past": 5, "perfect": 1})
    when = adverb_and_time(draw, "past", "", 0.25, is_brief(verb))[1] if tense == "past" else NOTHING
    inner = clause(who, verb, tense, when, object_agreement=(head.feminine, head.plural))
    whole = replace(head, english=f"{head.english} that {inner.english}", french=f"{head.french} que {inner.french}")
    return replace(whole, keys=(key(verb.english, noun.english), *head.keys)), noun


@PATTERNS(7)
def that_clause(draw: Draw) -> Sentence:
    """The postcards that we bought are beautiful. I like the hat that she chose."""
    liked = draw.chance(0.25)
    whole, noun = that(draw, adorned=liked)
    if liked:
        return Sentence(
            clause(draw.pick([I, WE, SHE]), draw.pick([LIKE, LOVE]), "present", whole.words), ".", whole.keys
        )
    adjective = attribute(draw, noun)
    words = be_adjective(draw, whole, adjective, draw.pick(["present", "past", "present"]))
    return Sentence(words, ".", (key(adjective.english, noun.english), *whole.keys))


WORKS = {  # what a person of this trade may have been doing
    "waiter": "carry", "waitress": "carry", "fisherman": "repair", "baker": "sell", "tourist": "photograph",
    "painter": "paint",
    "farmer": "feed", "writer": "write", "student": "study", "traveller": "read", "photographer": "photograph",
    "gardener": "pick",
    "girl": "read", "boy": "eat", "man": "look for", "woman": "wear", "artist": "draw", "lady": "wear",
    "gentleman": "read",
    "cook": "prepare", "shepherd": "feed", "sailor": "repair", "policeman": "look for", "hairdresser": "wear",
}  # fmt: skip
QUALITIES = [adjective for adjective in ADJECTIVES["person"] if not adjective.before]


@PATTERNS(4.5)
def who_clause(draw: Draw) -> Sentence:
    """We met a painter who lives in Rome."""
    verb = draw.pick(
        verbs("meet = rencontrer; know = connaître; see = voir; help = aider; invite = inviter; meet = rencontrer")
    )
    noun = noun_of(draw, "person")
    tense = "present" if verb.english == "know" else draw.pick(["past", "past", "perfect"])
    adjectives = adjectives_for(draw, noun, 0.35)
    somebody = noun_phrase(noun, "a", draw.chance(0.25), adjectives)
    who = replace(somebody, english="who", french="qui")
    keys = somebody.keys
    kind = draw.weighted({"live": 3, "speak": 2, "play": 1, "quality": 1, "work": 2 if noun.english in WORKS else 0})
    if kind == "live":
        inner = clause(who, Verb("live", "habiter"), "present", where_people_live(draw))
    elif kind == "speak":
        language = draw.favour(NOUNS["language"])
        well = draw.pick([NOTHING, NOTHING, both("very well = très bien")])
        tail = Both(f"{language.english} {well.english}".strip(), language.french)
        inner = clause(who, Verb("speak", "parler"), "present", tail, adverb=Both("", well.french))
    elif kind == "play":
        what, played = play(draw)
        inner, keys = clause(who, Verb("play", "jouer"), "background", what), (*keys, key("play", played))
    elif kind == "quality":
        inner = be_adjective(draw, who, draw.favour([a for a in QUALITIES if a not in adjectives]), "present")
    else:
        work = verb_among(draw, WORKS[noun.english])
        thing = object_for(draw, work, somebody)
        inner, keys = clause(who, work, "background", thing.words), (*keys, *keys_of(work, thing))
    return Sentence(clause(person(draw), verb, tense, somebody.words + inner), ".", keys)


LANDMARKS = many(
    """this is = c'est; I like = j'aime; we found = nous avons trouvé; I know = je connais; here is = voici
    I remember = je me rappelle"""
)
DONE_AT = {  # what is done at such a place
    "recommended": "have lunch, have dinner", "rentable": "sleep, stay, have dinner",
    "nature": "have a picnic, camp, wait", "sight": "take photos, wait",
    "town": "have lunch, sleep, work",
}  # fmt: skip


@PATTERNS(3.5)
def where_clause(draw: Draw) -> Sentence:
    """This is the restaurant where we had dinner yesterday."""
    group = draw.pick(["shop", "recommended", "rentable", "nature", "town", "sight"])
    while (noun := noun_of(draw, group)).english in ("sea", "coast", "bus stop"):
        pass
    head = noun_phrase(noun, "the", False, adjectives_for(draw, noun, 0.25)[:1])
    when = optional(draw, 0.4, lambda d: d.favour(TIMES["past"]))
    subject, keys = person(draw), head.keys
    if draw.chance(0.3) or (group == "shop" and noun.english not in BOUGHT_AT):
        while (met := name(draw)).english == subject.english:
            pass
        inner = clause(subject, Verb("meet", "rencontrer"), "past", met.words + when)
    elif group == "shop":
        bought = noun_of(draw, *BOUGHT_AT[noun.english].split())
        thing = noun_phrase(
            bought, "a", bought.english_number == "count" and draw.chance(0.4), adjectives_for(draw, bought, 0.2)[:1]
        )
        verb = verb_among(draw, "buy")
        inner, keys = clause(subject, verb, "past", thing.words + when), (*keys, *keys_of(verb, thing))
    else:
        options = listed(DONE_AT[group])
        verb, rest = split_idiom(draw.pick([verb for verb in INTRANSITIVES if verb.english in options]))
        inner = clause(subject, verb, "past", rest + when)
    return Sentence(draw.favour(LANDMARKS) + head.words + both("where = où") + inner, ".", keys)


BOUGHT_AT = {
    "shop": "souvenir clothes",
    "bookshop": "text",
    "supermarket": "fruit",
    "post office": "buyable",
    "bakery": "snack",
    "cake shop": "snack",
}


@PATTERNS(1.5)
def needed(draw: Draw) -> Sentence:
    """I found the key that you needed."""
    noun = noun_of(draw, "tool", "clothes")
    head = noun_phrase(
        noun, "the", noun.english_number == "count" and draw.chance(0.3), adjectives_for(draw, noun, 0.2)
    )
    subject = draw.pick([I, WE, human(draw), name(draw)])
    who = draw.pick([I, WE, SHE, HE, YOU] if subject.plural else [I, WE, SHE, THEY, HE, YOU])
    verb = verb_among(draw, "find, lose, forget, buy, look for")
    tense = draw.pick(["present", "past"])
    inner = Both(
        clause(who, Verb("need", "avoir", state=True), tense).english,
        clause(who, HAVE, tense, Both("", "besoin")).french,
    )
    return Sentence(clause(subject, verb, "past", head.words + both("that = dont") + inner), ".", keys_of(verb, head))


# ------------------------------------------------------------------------------------------------ reasons, conditions
BAD_WEATHER = {
    "past": many("""it was raining = il pleuvait; it was too hot = il faisait trop chaud; it was cold = il faisait froid
        it was snowing = il neigeait; there was a storm = il y avait un orage
        the weather was bad = il faisait mauvais; I was ill = j'étais malade; I was tired = j'étais fatiguée
        the children were tired = les enfants étaient fatigués; the train was late = le train était en retard"""),
    "present": many("""it is raining = il pleut; it is too hot = il fait trop chaud; it is cold = il fait froid
        it is snowing = il neige; the weather is bad = il fait mauvais; I am ill = je suis malade
        I am tired = je suis fatiguée; the children are tired = les enfants sont fatigués
        the train is late = le train est en retard"""),
}  # fmt: skip
GOOD_WEATHER = {
    "past": many("""it was sunny = il faisait beau; it was hot = il faisait chaud; the sea was calm = la mer était calme
        we had the time = nous avions le temps; it was Sunday = c'était dimanche
        we were on holiday = nous étions en vacances"""),
    "present": many("""it is sunny = il fait beau; it is hot = il fait chaud; the sea is calm = la mer est calme
        we have the time = nous avons le temps; it is Sunday = c'est dimanche
        we are on holiday = nous sommes en vacances"""),
}  # fmt: skip
CAUSES = [  # verb with an object, group of its object, and reasons in the past
    ("order", "snack fruit", """we were hungry = nous avions faim; it was cheap = c'était bon marché
        the children were hungry = les enfants avaient faim"""),
    ("drink", "drink", """we were thirsty = nous avions soif; it was very hot = il faisait très chaud
        I was thirsty = j'avais soif; it was cold = il faisait froid"""),
    ("wear", "clothes", """it was cold = il faisait froid; it was raining = il pleuvait
        it was Sunday = c'était dimanche; there was a party = il y avait une fête"""),
    ("take", "vehicle", """it was raining = il pleuvait; we were late = nous étions en retard
        the bags were heavy = les sacs étaient lourds; I was tired = j'étais fatiguée"""),
    ("miss", "vehicle", """there were too many people = il y avait trop de monde
        the taxi was late = le taxi était en retard; nobody knew the way = personne ne connaissait le chemin
        we were lost = nous étions perdus"""),
    ("close", "part_openable", """it was cold = il faisait froid; it was windy = il y avait du vent
        it was snowing = il neigeait; the street was noisy = la rue était bruyante"""),
    ("visit", "sight", """it was raining = il pleuvait; the guide was interesting = le guide était intéressant
        it was free = c'était gratuit; it was too hot on the beach = il faisait trop chaud sur la plage"""),
    ("buy", "souvenir clothes", """it was my birthday = c'était mon anniversaire; it was cheap = c'était bon marché
        the shop was closing = la boutique fermait; the colours were beautiful = les couleurs étaient belles"""),
    ("leave", "left", """it was late = il était tard; there were too many people = il y avait trop de monde
        everything was closed = tout était fermé; the children were tired = les enfants étaient fatigués"""),
    ("rent", "rentable ride", """it was cheap = c'était bon marché; the hotel was full = l'hôtel était complet
        there was no bus = il n'y avait pas de bus; we were on holiday = nous étions en vacances"""),
]  # fmt: skip


OUTINGS = many(
    """to the beach = à la plage; to the lake = au lac; to the seaside = au bord de la mer
    to the mountains = à la montagne; to the swimming pool = à la piscine; to the park = au parc
    to the island = sur l'île; to the harbour = au port; to the market = au marché; to the zoo = au zoo"""
)


@PATTERNS(5.5)
def because(draw: Draw) -> Sentence:
    """We stayed at the hotel because it was raining."""
    subject, keys = person(draw), ()
    kind = draw.weighted({"stay": 2, "go": 2, "not go": 1, "walk": 1, "object": 4})
    time = draw.pick(["past", "present"])
    tense = "past" if time == "past" else draw.pick(["progressive", "future"])
    reasons = BAD_WEATHER if kind in ("stay", "not go") else GOOD_WEATHER
    if kind == "stay":
        where = many(
            """at the hotel = à l'hôtel; at home = à la maison; in my room = dans ma chambre
            at the campsite = au camping; in the car = dans la voiture; here = ici; at the station = à la gare
            in the tent = dans la tente"""
        )
        main = clause(
            subject, Verb("stay", "rester"), "future" if tense == "progressive" else tense, draw.favour(where)
        )
    elif kind in ("go", "not go"):
        main = clause(subject, GO, tense, draw.favour(OUTINGS), negation="not" if kind == "not go" else "")
    elif kind == "walk":
        verb = draw.pick(
            [verb for verb in REFLEXIVES if verb.english in ("go for a walk", "bathe", "have fun", "rest")]
        )
        main = clause(subject, verb, tense, draw.pick(many(WHERE_REFLEXIVE[verb.english])))
    else:
        word, groups, causes = draw.pick(CAUSES)
        verb = verb_among(draw, word)
        if groups == "part_openable":
            noun = draw.pick(
                [noun for noun in NOUNS["openable"] if noun.english in ("door", "window", "shutters", "curtains")]
            )
            thing = noun_phrase(noun, "the", noun.english == "window" and draw.chance(0.5))
        else:
            thing = object_for(draw, verb._replace(objects=tuple(groups.split())), subject)
        main, keys = clause(subject, verb, "past", thing.words), keys_of(verb, thing)
        return Sentence(main + both("because = parce que") + draw.pick(many(causes)), ".", keys)
    return Sentence(main + both("because = parce que") + draw.favour(reasons[time]), ".", keys)


SUNNY_IF = many(
    """if it is sunny tomorrow = si il fait beau demain; if it does not rain = si il ne pleut pas
    if it is hot = si il fait chaud; if the sea is calm = si la mer est calme
    when the rain stops = quand la pluie cessera; when it is sunny = quand il fera beau
    if we have time = si nous avons le temps; if you come = si tu viens"""
)
RAINY_IF = many(
    """if it rains = si il pleut; if it is cold = si il fait froid; if the weather is bad = si il fait mauvais
    if it snows = si il neige; if it is too hot = si il fait trop chaud
    if the museum is closed = si le musée est fermé; when it is dark = quand il fera nuit"""
)
ANY_IF = many(
    """if you come = si tu viens; if we have time = si nous avons le temps; when I arrive = quand j'arriverai
    when you come = quand tu viendras; when we come back = quand nous reviendrons
    if the train is not late = si le train n'est pas en retard; when she is ready = quand elle sera prête
    if you want = si tu veux; when the train arrives = quand le train arrivera"""
)
OUTSIDE = listed(
    "swim, have a picnic, go sailing, go hiking, go cycling, sunbathe, camp, dive, fish, take photos, go riding, walk"
)
INSIDE = listed("read, sleep, cook, chat, have dinner, work, study, paint")


@PATTERNS(4.5)
def conditional(draw: Draw) -> Sentence:
    """If it is sunny tomorrow, we will go to the beach."""
    subject = draw.pick([I, WE, WE, THEY, human(draw), name(draw)])
    kind, keys = draw.weighted({"out": 2, "in": 1, "go": 1, "any": 2}), ()
    if kind in ("out", "in"):
        options = OUTSIDE if kind == "out" else INSIDE
        chosen = draw.favour([verb for verb in INTRANSITIVES if verb.english in options])
        verb, rest = split_idiom(chosen)
        where = (
            place_to(draw, chosen)
            if kind == "out"
            else draw.pick(many("at the hotel = à l'hôtel; at home = à la maison; in the living room = dans le salon"))
        )
        main = clause(subject, verb, "future", rest + where)
    elif kind == "go":
        main = clause(subject, GO, "future", draw.favour(OUTINGS))
    else:
        verb, tail, keys = activity(draw, subject)
        main = clause(subject, verb, "future", tail)
    condition = draw.favour({"out": SUNNY_IF, "in": RAINY_IF, "go": SUNNY_IF, "any": ANY_IF}[kind])
    return Sentence(condition + both(", = ,") + main if draw.chance(0.7) else main + condition, ".", keys)


# ---------------------------------------------------------------------------------------------------- reports, chains
OPENINGS = many(
    """I think that = je crois que; I know that = je sais que; she says that = elle dit que
    I hope that = j'espère que; they say that = ils disent que; my brother thinks that = mon frère croit que
    we know that = nous savons que; he told me that = il m'a dit que; it seems that = il paraît que
    I am sure that = je suis sûre que; he writes that = il écrit que; my parents say that = mes parents disent que
    the guide says that = le guide dit que; we think that = nous pensons que
    she told us that = elle nous a dit que"""
)
SITES = {
    "sight": "open, closed, free, expensive",
    "shop": "open, closed",
    "rentable": "comfortable, noisy, clean, empty, expensive",
    "recommended": "open, closed, full, expensive, clean",
}
ON_DAYS = many(
    """on Mondays = le lundi; today = aujourd'hui; in winter = en hiver; in August = en août; on Sundays = le dimanche
    in the evening = le soir"""
)
FULL = Adjective("full", "complet")


@PATTERNS(5)
def reported(draw: Draw) -> Sentence:
    """I think that the museum is closed on Mondays."""
    opening = draw.favour(OPENINGS)
    if draw.chance(0.4):
        group = draw.pick(list(SITES))
        options = listed(SITES[group])
        adjective = draw.favour(
            [FULL if a.english == "full" else a for a in ADJECTIVES["state"] if a.english in options]
        )
        when = (
            draw.pick(ON_DAYS)
            if adjective.english in ("open", "closed", "free", "full") and draw.chance(0.4)
            else NOTHING
        )
        return Sentence(opening + be_adjective(draw, noun_phrase(noun_of(draw, group)), adjective, "present", when))
    subject = person(draw)
    if "hope" in opening.english:
        verb, tail, keys = activity(draw, subject)
        return Sentence(opening + clause(subject, verb, "future", tail), ".", keys)
    words, keys = action_clause(draw, subject, 0.5)
    return Sentence(opening + words, ".", keys)


STARTERS = {  # opening words: the tense that follows, or none
    both(line): tense
    for line, tense in {
        "yesterday , = hier ,": "past", "fortunately , = heureusement ,": "", "this morning , = ce matin ,": "past",
        "tomorrow , = demain ,": "future",
        "unfortunately , = malheureusement ,": "", "every evening , = tous les soirs ,": "present",
        "last night , = hier soir ,": "past",
        "in the evening , = le soir ,": "present", "after lunch , = après le déjeuner ,": "past",
        "of course , = bien sûr ,": "",
        "then , = ensuite ,": "past", "first , = d'abord ,": "past", "at last , = enfin ,": "past",
        "on Sunday , = dimanche ,": "future",
        "today , = aujourd'hui ,": "future", "suddenly , = soudain ,": "past", "in the end , = finalement ,": "past",
    }.items()
}  # fmt: skip
BAD_LUCK = listed("lose, forget, break, miss")
GOOD_LUCK = listed("find, buy, see, take, visit, eat, drink, book, meet, bring, rent, receive, order, discover")
SUDDEN = listed("see, hear, find, recognise, discover, meet, lose, break, close, open")


@PATTERNS(5)
def opened(draw: Draw) -> Sentence:
    """Fortunately, we found a small hotel near the station."""
    start = draw.favour(list(STARTERS))
    tense = STARTERS[start] or draw.pick(["past", "past", "future"])
    options = [verb for verb in ACTIONS if tense != "present" or verb.english not in PUNCTUAL | SAME_PAST]
    if start.english.startswith("unfortunately"):
        tense, options = "past", [verb for verb in ACTIONS if verb.english in BAD_LUCK]
    elif start.english.startswith("suddenly"):
        options = [verb for verb in ACTIONS if verb.english in SUDDEN]
    elif start.english.startswith(("fortunately", "at last", "of course")):
        options = [verb for verb in ACTIONS if verb.english in GOOD_LUCK]
    else:
        options = [verb for verb in options if tense != "future" or verb.english not in BAD_LUCK]
    subject, verb = person(draw), draw.favour(options)
    thing = object_for(draw, verb, subject, habit=tense == "present")
    where = (
        optional(draw, 0.3, place)
        if verb.english in ("find", "buy", "meet", "see", "lose", "photograph", "eat", "drink", "read")
        else NOTHING
    )
    return Sentence(start + clause(subject, verb, tense, thing.words + where), ".", keys_of(verb, thing))


@PATTERNS(5)
def two_clauses(draw: Draw) -> Sentence:
    """My brother is reading a novel while my sister is watching television."""
    first, second = draw.pick([I, WE, human(draw), name(draw), HE]), draw.pick([SHE, THEY, human(draw), name(draw)])
    # "they" is ils by convention: it must not seem to take up a plural that may be feminine.
    while second.english == first.english or (second is THEY and first is not I):
        second = draw.pick([human(draw), name(draw)])
    tense = draw.weighted({"progressive": 2, "past": 3, "future": 1.5, "background": 1})
    joint = (
        draw.pick(many(", and = , et; , but = , mais")) if tense in ("past", "future") else both("while = pendant que")
    )
    parts, keys = [], ()
    for subject in (first, second):
        if draw.chance(0.6):
            while (verb := draw.favour(ACTIONS)).english in PUNCTUAL | BAD_LUCK | {"leave", "rent"}:
                pass
            thing = object_for(draw, verb, subject)
            parts.append(clause(subject, verb, tense, thing.words))
            keys += keys_of(verb, thing)
        else:
            chosen = draw.favour([verb for verb in INTRANSITIVES if verb.english not in UNPLANNED])
            verb, rest = split_idiom(chosen)
            parts.append(clause(subject, verb, tense, rest + optional(draw, 0.5, lambda d, v=chosen: place_to(d, v))))
    return Sentence(parts[0] + joint + parts[1], ".", keys)


# ------------------------------------------------------------------------------------------------------ nobody, nothing
@PATTERNS(2.5)
def nobody(draw: Draw) -> Sentence:
    """Nobody likes this hotel. We did not buy anything. I do not know anybody here."""
    kind = draw.pick(["nobody", "anything", "anybody"])
    if kind == "nobody":
        tense = draw.pick(["past", "future", "perfect", "present"])
        if draw.chance(0.3):
            thing, verb, tense = (
                noun_phrase(noun_of(draw, "recommended", "sight", "souvenir"), "this"),
                draw.pick(TASTES[:2]),
                "present",
            )
        else:
            while (verb := draw.favour(ACTIONS)).english in PUNCTUAL and tense == "present":
                pass
            while " his " in f" {(thing := object_for(draw, verb, HE, negated=True)).english} ":
                pass
        subject = Phrase("nobody", "personne ne")  # ne belongs to the verb; no other negation follows
        return Sentence(clause(subject, verb, tense, thing.words), ".", keys_of(verb, thing))
    subject = person(draw)
    where = optional(draw, 0.45, lambda d: d.favour(PLACES))
    if kind == "anything":
        verb = verb_among(draw, "buy, eat, see, find, drink, hear, forget, order, lose, receive, bring")
        tense = draw.pick(["past", "past", "perfect", "future"])
    else:
        verb = draw.pick(
            verbs("see = voir; meet = rencontrer; know = connaître; recognise = reconnaître; invite = inviter")
        )
        tense = "present" if verb.english == "know" else draw.pick(["past", "perfect", "future"])
        where = (
            many(
                """here = ici; in Paris = à Paris; in the village = dans le village; in this town = dans cette ville
                on the island = sur l'île"""
            )[draw.pick(range(5))]
            if verb.english == "know"
            else where
        )
    in_english = clause(subject, verb, tense, Both(kind) + where, negation="not").english
    in_french = clause(subject, verb, tense, where, negation="nothing" if kind == "anything" else "nobody").french
    return Sentence(Both(in_english, in_french))
