"""Sentences spoken or written to somebody: questions, commands, greetings.

"You" without a name is the reader: tu. A name, "sir", "madam" or "children" at the end decides between tu and vous and
the gender. Politeness (sir, madam) asks by inversion, all others by est-ce que; an English statement with a question
mark is one in French, too.
"""

from course.corpora.bilingual import english, french
from course.corpora.bilingual.doings import (
    FEELINGS_ASKED,
    GIVING,
    GO,
    LIKE,
    MOODS,
    NOTHING,
    PUNCTUAL,
    action_clause,
    activity,
    be_adjective,
    generic,
    have_for_be,
    is_brief,
    keys_of,
    object_for,
    optional,
    verb_among,
)  # fmt: skip
from course.corpora.bilingual.grammar import (
    HE,
    SHE,
    THEY,
    WE,
    Both,
    Draw,
    I,
    Phrase,
    adjectives_for,
    both,
    clause,
    key,
    many,
    modal_clause,
    noun_of,
    noun_phrase,
    with_preposition,
)  # fmt: skip
from course.corpora.bilingual.lexicon import ACTIONS, NOUNS, Verb, verbs
from course.corpora.bilingual.scenes import (
    Address,
    address,
    adverb_and_time,
    city,
    country,
    destination,
    human,
    name,
    origin,
    spoken,
    where_people_live,
)  # fmt: skip
from course.corpora.bilingual.sentences import Patterns, Sentence
from course.corpora.bilingual.statements import hour

PATTERNS = Patterns()


def asked_of(draw: Draw, others: float) -> tuple[Address, Phrase, str]:
    """Who is spoken to, who the question is about, and the French form of the question.

    Args:
        others: how often a question without a name is about somebody else.
    """
    spoken_to = address(draw, plain=3)
    who = spoken_to.you
    if not spoken_to.vocative.english and draw.chance(others):
        who = draw.pick([SHE, HE, THEY, human(draw), name(draw)])
    elif spoken_to.polite and draw.chance(others / 2):
        who = draw.pick(
            [SHE, HE, noun_phrase(draw.favour(NOUNS["kin"]), "vous"), noun_phrase(draw.favour(NOUNS["kin"]), "vous")]
        )
    return spoken_to, who, "inversion" if spoken_to.polite else "est-ce que"


# --------------------------------------------------------------------------------------------------------- questions
@PATTERNS(8)
def yes_no(draw: Draw) -> Sentence:
    """Did you buy the tickets, madam? Does Paul like cheese? You are tired?"""
    spoken_to, who, form = asked_of(draw, 0.4)
    if not spoken_to.polite and draw.chance(0.12):
        form = "intonation"
    kind = draw.weighted({"action": 4, "mood": 1.5, "taste": 2, "go": 1.2, "feeling": 0.8, "modal": 1.2})
    keys: tuple[str, ...] = ()
    if kind == "action":
        verb = draw.favour(ACTIONS)
        tense = draw.weighted({"past": 3, "perfect": 1, "future": 1.2, "going": 1, "present": 1, "progressive": 1})
        tense = "past" if verb.english in PUNCTUAL and tense in ("present", "progressive") else tense
        thing = object_for(draw, verb, who)
        _, when = adverb_and_time(draw, tense, "", 0.35, is_brief(verb))
        words, keys = clause(who, verb, tense, thing.words + when, question=form), keys_of(verb, thing)
    elif kind == "mood":
        words = be_adjective(draw, who, draw.favour(MOODS), draw.pick(["present", "present", "past"]), question=form)
    elif kind == "taste":
        thing = generic(draw)
        words, keys = clause(who, LIKE, "present", thing.words, question=form), (key("like", thing.head), *thing.keys)
    elif kind == "go":
        tense = draw.pick(["progressive", "past", "future"])
        _, when = adverb_and_time(draw, "future" if tense == "progressive" else tense, "", 0.5)
        words = clause(who, GO, tense, destination(draw) + when, question=form)
    elif kind == "feeling":
        felt = draw.favour(FEELINGS_ASKED)
        words = have_for_be(
            who, draw.pick(["present", "present", "past"]), Both(felt.english), Both("", felt.french), question=form
        )
    else:
        verb, tail, keys = activity(draw, who)
        words = modal_clause(draw.pick(["can", "can", "must", "should"]), who, verb, tail, question=form)
    return Sentence(spoken(spoken_to, words), "?", keys)


WAYS = [
    (GO, destination), (Verb("travel", "voyager"), lambda draw: NOTHING), (Verb("go home", "rentrer"),
    lambda draw: NOTHING),
    (Verb("learn", "apprendre"), lambda draw: noun_phrase(draw.favour(NOUNS["language"]), "generic").words),
]  # fmt: skip
MOVES = verbs(
    """arrive = arriver; leave = partir; come back = revenir; go to bed = se coucher; get up = se lever
    go home = rentrer; have lunch = déjeuner; have dinner = dîner"""
)
ASKED = many(
    "where = où; when = quand; why = pourquoi; how = comment; at what time = à quelle heure; with whom = avec qui"
)


@PATTERNS(6)
def wh_question(draw: Draw) -> Sentence:
    """Where did you buy this hat? Why is Anna late? When did they arrive, madam?"""
    spoken_to, who, form = asked_of(draw, 0.5)
    asked, keys = draw.favour(ASKED), ()
    features = {"question": form, "asked": asked}
    if asked.english == "why" and draw.chance(0.5):
        words = be_adjective(draw, who, draw.favour(MOODS), draw.pick(["present", "past"]), **features)
    elif asked.english in ("where", "why", "with whom"):
        pool = {
            "where": "buy, find, lose, see, rent, photograph, hide, meet, eat, learn, forget",
            "why": "buy, sell, open, close, rent, wear, hide, follow, wash, invite, choose, borrow, leave, send",
            "with whom": "visit, eat, see, explore, rent, prepare, share, discover, build, study",
        }[asked.english]
        verb = verb_among(draw, pool)
        thing = object_for(draw, verb, who)
        words, keys = clause(who, verb, "past", thing.words, **features), keys_of(verb, thing)
    elif asked.english == "how":
        verb, to = draw.pick(WAYS)
        words = clause(who, verb, draw.pick(["past", "future"]), to(draw), **features)
    else:
        verb = draw.pick(MOVES)
        where = optional(
            draw, 0.6, {"come back": origin, "arrive": where_people_live}.get(verb.english, lambda d: NOTHING)
        )
        words = clause(who, verb, draw.pick(["past", "future", "future"]), where, **features)
    return Sentence(spoken(spoken_to, words), "?", keys)


@PATTERNS(3)
def where_is(draw: Draw) -> Sentence:
    """Where is the station, please? Where are my keys?"""
    if draw.chance(0.5):
        noun = noun_of(draw, "shop", "sight", "recommended")
        thing = noun_phrase(noun, "the", adjectives=adjectives_for(draw, noun, 0.15))
        ending = draw.pick(
            many(", sir = , monsieur; , madam = , madame; , please = , s'il te plaît; , Emma = , Emma; , Paul = , Paul")
        )
        past = False
    else:
        noun = noun_of(draw, "thing", "clothes", "text", "souvenir")
        plural = noun.english_number == "count" and draw.chance(0.35)
        thing = noun_phrase(
            noun, draw.pick(["je", "nous", "tu", "il", "elle", "je"]), plural, adjectives_for(draw, noun, 0.2)
        )
        past = draw.chance(0.25)
        ending = (
            NOTHING
            if past or thing.english.startswith("your") or draw.chance(0.6)
            else both(", please = , s'il te plaît")
        )
    ending = NOTHING if draw.chance(0.4) else ending
    be = english.be(3, thing.number_in_english, past)
    est = french.conjugate("être")["imperfect" if past else "present"][french.person_index(3, thing.plural)]
    return Sentence(Both(f"where {be} {thing.english}", f"où {est} {thing.french}") + ending, "?", thing.keys)


@PATTERNS(2.5)
def how_many(draw: Draw) -> Sentence:
    """How many postcards did you write? The object stands before the verb: combien de cartes as-tu écrites."""
    spoken_to, who, form = asked_of(draw, 0.3)
    verb, groups = draw.pick(COUNTABLE)
    noun = draw.favour(
        [
            noun
            for noun in NOUNS[draw.pick(groups.split())]
            if noun.english_number == "count" and noun.english not in ("sea", "coast")
        ]
    )
    verb = verb_among(draw, verb)
    asked = Both(
        f"how many {english.plural(noun.english)}", french.with_preposition("combien de", french.plural(noun.french))
    )
    words = clause(who, verb, "past", question=form, asked=asked, object_agreement=(noun.feminine, True))
    return Sentence(spoken(spoken_to, words), "?", (key(verb.english, noun.english),))


COUNTABLE = [("buy", "fruit snack souvenir clothes buyable"), ("eat", "fruit snack"), ("write", "letters"), ("see",
             "animal"), ("receive", "letters"),
             ("read", "text"), ("visit", "sight town"), ("order", "snack"), ("pick", "pickable"), ("invite",
             "person"), ("draw", "animal plant"),
             ("rent", "rentable"), ("send", "letters"), ("lose", "tool"), ("take", "tool")]  # fmt: skip


@PATTERNS(1)
def how_much(draw: Draw) -> Sentence:
    """How much does this vase cost?"""
    noun = noun_of(draw, "souvenir", "clothes", "payable", "fruit")
    thing = noun_phrase(
        noun, "this", noun.english_number == "count" and draw.chance(0.4), adjectives_for(draw, noun, 0.3)
    )
    while noun.english in ("bill", "taxi"):
        noun = noun_of(draw, "clothes")
        thing = noun_phrase(noun, "this")
    do, cost = "do" if thing.number_in_english else "does", "coûtent" if thing.plural else "coûte"
    ending = draw.pick([NOTHING, *many(", sir = , monsieur; , madam = , madame")])
    return Sentence(
        Both(f"how much {do} {thing.english} cost", f"combien {cost} {thing.french}") + ending, "?", thing.keys
    )


@PATTERNS(2.5)
def who_question(draw: Draw) -> Sentence:
    """Who ate the cake? What are you looking for? Whose is asked with à qui."""
    kind = draw.weighted({"who": 4, "what": 4, "which": 2})
    if kind == "who":
        verb = draw.favour([verb for verb in ACTIONS if verb.english not in ("lose", "forget")])
        while " his " in f" {(thing := object_for(draw, verb, HE)).english} ":
            pass
        tense = draw.pick(
            ["past", "past", "future"]
            if verb.english in PUNCTUAL
            else ["past", "past", "future", "progressive", "going"]
        )
        return Sentence(clause(Phrase("who", "qui"), verb, tense, thing.words), "?", keys_of(verb, thing))
    spoken_to, who, form = asked_of(draw, 0.3)
    if kind == "what":
        verb = verb_among(
            draw,
            """buy, see, look for, choose, eat, drink, read, visit, draw, find, forget, order, prepare, paint, bring,
            sell, hear""",
        )
        tense = draw.pick(
            ["past", "future", "past"] if verb.english in PUNCTUAL else ["past", "progressive", "future", "past"]
        )
        _, when = adverb_and_time(draw, tense, "", 0.4, brief=True)
        # "que est-ce que": the clause brings est-ce que itself; inversion keeps the bare que.
        return Sentence(
            spoken(
                spoken_to,
                clause(
                    who,
                    verb,
                    tense,
                    when,
                    question=form if form != "inversion" or who.french == "vous" else "est-ce que",
                    asked=both("what = que"),
                ),
            ),
            "?",
        )
    verb, groups = draw.pick(
        [
            ("visit", "sight town"),
            ("choose", "clothes souvenir rentable"),
            ("read", "text"),
            ("buy", "souvenir clothes fruit"),
            ("take", "vehicle"),
            ("see", "show"),
            ("prefer", "drink nature"),
            ("speak", "tongue"),
        ]
    )
    noun = noun_of(draw, *groups.split())
    plural = noun.english_number == "count" and draw.chance(0.3)
    verb = {"prefer": Verb("prefer", "préférer"), "speak": Verb("speak", "parler")}.get(verb) or verb_among(draw, verb)
    head = noun_phrase(noun, "the", plural)
    bare = head.french.split(" ", 1)[1]
    quel = french.agree("quel", head.feminine, head.plural)
    asked = Both(f"which {head.english.removeprefix('the ')}", f"{quel} {bare}")
    tense = "present" if verb.english in ("prefer", "speak") else "past"
    words = clause(
        who,
        verb,
        tense,
        question=form,
        asked=asked,
        object_agreement=(head.feminine, head.plural) if tense == "past" else None,
    )
    return Sentence(spoken(spoken_to, words), "?", (key(verb.english, noun.english),))


# ---------------------------------------------------------------------------------------------------------- commands
def imperative(verb: Verb, pronoun: str, negated: bool = False) -> Both:
    """ "do", "do not do" in both languages, for tu, vous or nous ("let us")."""
    start = ("let us not " if negated else "let us ") if pronoun == "nous" else ("do not " if negated else "")
    form = french.conjugate(verb.french)["imperative"][pronoun]
    own = {"tu": "te", "nous": "nous", "vous": "vous"}[pronoun] if verb.reflexive else ""
    if negated:
        return Both(f"{start}{verb.english}", " ".join(filter(None, ["ne", own, form, "pas"])))
    return Both(f"{start}{verb.english}", form + (f"-{own.replace('te', 'toi')}" if own else ""))


@PATTERNS(4.5)
def command(draw: Draw) -> Sentence:
    """Go to the market, Emma! Let us have lunch on the terrace. Do not touch the dog!"""
    negated = draw.chance(0.2)
    if draw.chance(0.35):
        verb, tail, keys = activity(draw, WE, negated)
        while verb.english in ("wear", "look for", "hide", "iron", "keep", "forget"):
            verb, tail, keys = activity(draw, WE, negated)
        return Sentence(imperative(verb, "nous", negated) + tail, draw.pick([".", "!"]), keys)
    spoken_to = address(draw, plain=1.6)
    verb, tail, keys = activity(draw, spoken_to.you, negated)
    while verb.english in ("see", "discover", "hear", "keep", "collect", "choose", "have"):
        verb, tail, keys = activity(draw, spoken_to.you, negated)
    words = imperative(verb, spoken_to.pronoun, negated) + tail
    return Sentence(spoken(spoken_to, words), draw.pick([".", "!"]) if spoken_to.vocative.english else "!", keys)


STRONG = {"me": "moi", "us": "nous", "her": "lui", "him": "lui", "them": "leur"}
STRONG_DIRECT = {"me": "moi", "us": "nous", "her": "la", "him": "le", "them": "les"}
SOON = many(
    """soon = bientôt; tomorrow = demain; quickly = vite; this evening = ce soir; every day = tous les jours
    before Sunday = avant dimanche"""
)
COMING = many(
    """with me = avec moi; with us = avec nous; with the children = avec les enfants; with our friends = avec nos amis
    with him = avec lui; with her = avec elle; to the beach with us = à la plage avec nous
    home with me = à la maison avec moi; to Paris with us = à Paris avec nous
    to the market with me = au marché avec moi; to the island with us = sur l'île avec nous; with them = avec eux"""
)
WAITING = many(
    """at the station = à la gare; in front of the church = devant l'église; here = ici; at the hotel = à l'hôtel
    at the airport = à l'aéroport; in front of the museum = devant le musée; on the platform = sur le quai
    in the car = dans la voiture; for five minutes = pendant cinq minutes"""
)


@PATTERNS(3)
def request(draw: Draw) -> Sentence:
    """Send me a postcard, please. Wait for us at the station, madam."""
    spoken_to = address(draw, plain=2)
    pronoun = spoken_to.pronoun
    kind = draw.weighted({"give": 3, "write": 1, "come": 1.2, "wait": 1})
    to, keys = draw.pick(list(STRONG)), ()
    if kind == "give":
        verb = draw.pick([verb for verb in GIVING if verb.english in ("give", "send", "show", "lend", "bring")])
        noun = noun_of(draw, *GIVING[verb])
        thing = noun_phrase(
            noun,
            "some" if noun.english_number == "mass" else draw.pick(["a", "this", "the"]),
            False,
            adjectives_for(draw, noun, 0.25),
        )
        words, keys = (
            Both(
                f"{verb.english} {to} {thing.english}",
                f"{imperative(verb, pronoun).french}-{STRONG[to]} {thing.french}",
            ),
            keys_of(verb, thing),
        )
    elif kind == "write":
        verb = draw.pick(verbs("write to = écrire; answer = répondre; phone = téléphoner"))
        words = Both(f"{verb.english} {to}", f"{imperative(verb, pronoun).french}-{STRONG[to]}") + draw.pick(SOON)
    elif kind == "come":
        words = imperative(Verb("come", "venir"), pronoun) + draw.favour(COMING)
    else:
        verb = draw.pick(verbs("wait for = attendre; follow = suivre; help = aider; meet = retrouver"))
        words = Both(f"{verb.english} {to}", f"{imperative(verb, pronoun).french}-{STRONG_DIRECT[to]}")
        words = words + draw.pick(WAITING) if verb.english in ("wait for", "meet") else words + draw.pick(SOON[1:3])
    if not spoken_to.vocative.english and draw.chance(0.6):
        return Sentence(words + both(", please = , s'il te plaît"), draw.pick([".", "!"]), keys)
    return Sentence(spoken(spoken_to, words), draw.pick([".", "!"]) if spoken_to.vocative.english else "!", keys)


TURNS = [
    (Verb("turn", "tourner"), both("left = à gauche")), (Verb("turn", "tourner"), both("right = à droite")),
    (GO, both("straight on = tout droit")), (Verb("take", "prendre"),
    both("the first street on the left = la première rue à gauche")),
    (Verb("take", "prendre"), both("the second street on the right = la deuxième rue à droite")),
]  # fmt: skip
BEYOND = many(
    "after = après; before = avant; opposite = en face de; in front of = devant; behind = derrière; near = près de"
)


@PATTERNS(1.5)
def directions(draw: Draw) -> Sentence:
    """Turn left after the bridge, sir."""
    spoken_to = address(draw, plain=1)
    verb, way = draw.pick(TURNS)
    landmark = with_preposition(draw.pick(BEYOND), noun_phrase(noun_of(draw, "sight", "shop"), "the"))
    words = imperative(verb, spoken_to.pronoun) + way + landmark
    return Sentence(spoken(spoken_to, words), "." if spoken_to.vocative.english else "!")


# ---------------------------------------------------------------------------------------------------------- greetings
NEWS = many(
    """we are having a wonderful holiday = nous passons de merveilleuses vacances
    I hope that you are well = j'espère que tu vas bien; we arrived safely = nous sommes bien arrivés
    thank you for your letter = merci pour ta lettre; I am thinking of you = je pense à toi
    thank you for the present = merci pour le cadeau; the hotel is very comfortable = l'hôtel est très confortable
    the food is excellent = la nourriture est excellente; everything is going well = tout va bien
    I miss you a lot = tu me manques beaucoup; we are already tanned = nous sommes déjà bronzés
    I have a lot to tell you = j'ai beaucoup de choses à te raconter
    the weather is splendid = le temps est splendide; I will write to you soon = je t'écrirai bientôt
    happy birthday = joyeux anniversaire; we are having a lot of fun = nous nous amusons beaucoup
    we will see you soon = nous te verrons bientôt; I kiss you = je t'embrasse
    the journey went well = le voyage s'est bien passé; it has rained a lot = il a beaucoup plu
    the sea is warm = la mer est chaude; the sun shines every day = le soleil brille tous les jours
    the landscape is magnificent = le paysage est magnifique
    we have met some charming people = nous avons rencontré des gens charmants
    the people are very kind = les gens sont très gentils"""
)
DEAR = [
    Phrase("Grandma", "mamie", feminine=True),
    Phrase("Grandpa", "papi"),
    Phrase("Mum", "maman", feminine=True),
    Phrase("Dad", "papa"),
]


@PATTERNS(3.5)
def greeting(draw: Draw) -> Sentence:
    """Dear Emma, we are having a wonderful holiday in Portugal."""
    who = name(draw) if draw.chance(0.7) else draw.pick(DEAR)
    start = Both(f"dear {who.english} ,", f"{french.agree('cher', who.feminine, False)} {who.french} ,")
    if draw.chance(0.6):
        news = draw.favour(NEWS)
        where = (
            draw.pick([city, country])(draw)
            if news == NEWS[0] or (news.english.startswith("we arrived") and draw.chance(0.7))
            else NOTHING
        )
        return Sentence(start + news + where)
    words, keys = action_clause(draw, draw.pick([I, WE, WE]), 0.6)
    return Sentence(start + words, ".", keys)


WEEKDAYS = many(
    """on Monday = lundi; on Tuesday = mardi; on Wednesday = mercredi; on Thursday = jeudi; on Friday = vendredi
    on Saturday = samedi; on Sunday = dimanche"""
)


@PATTERNS(1.2)
def farewell(draw: Draw) -> Sentence:
    """Big kisses from Rome. See you soon in Paris! See you on Monday at noon."""
    kind = draw.pick(["kisses", "wishes", "soon", "day"])
    who = name(draw).words if draw.chance(0.4) else NOTHING
    mark = draw.pick([".", "!"])
    if kind == "kisses":
        words = both("big kisses = grosses bises") + origin(draw)
    elif kind == "wishes":
        words, mark = both("best wishes = meilleurs vœux") + origin(draw), "."
    elif kind == "soon":
        words = both("see you soon = à bientôt") + where_people_live(draw)
    else:
        day = draw.pick(WEEKDAYS)
        words = Both(f"see you {day.english}", f"à {day.french}") + with_preposition(both("at = à"), hour(draw))
    return Sentence(words + both(", = ,") + who if who.english else words, mark)
