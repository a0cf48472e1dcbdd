"""French morphology and spelling: elision, contraction, agreement, conjugation, verb groups, the written line.

The rules are those of Grevisse & Goosse, "Le Bon Usage" (traditional spelling). Elision is applied once, when a line is
written (`write_line`), so that everything before works with whole words.
"""

from functools import cache

VOWELS = "aàâeéèêiîoôuùûyœAÀÂEÉÈÊIÎOÔUÙÛYŒ"
ELIDED = {"le", "la", "je", "me", "te", "se", "ne", "de", "que", "jusque", "lorsque", "puisque"}
# Aspirated h, glides and number words: no elision and no linking form before them.
_ASPIRATED = """
    haut haute hauts hautes hauteur homard homards héros hibou hiboux haricot haricots hamac hamacs hors huit
    huitième huitièmes onze onzième oui yaourt yaourts yacht yachts hasard hongrie hongrois hongroise havre hollandais
    hollandaise hérisson hérissons hublot hublots hall halls harpe harpes hamster hamsters hockey handball"""
NOT_ELIDED_BEFORE = frozenset(_ASPIRATED.split())
NUMBERS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
    "vingt",
]
TENS = ["-", "-", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]


def links(word: str) -> bool:
    """Whether a word begins with a vowel sound that asks for elision and linking forms.

    >>> [word for word in ("eau", "hôtel", "homard", "onze", "plage", "Italie", "Hongrie", "yaourt") if links(word)]
    ['eau', 'hôtel', 'Italie']
    """
    word = word.split(" ")[0]
    if word.lower() in NOT_ELIDED_BEFORE:
        return False
    return word[0] in VOWELS or word[0] in "hH"


def elide(words: list[str]) -> str:
    """Words joined to a line, with every elision made.

    >>> elide("je ai peur que il ne ait la adresse de le ami si il arrive".split())
    "j'ai peur qu'il n'ait l'adresse de l'ami s'il arrive"
    """
    line = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        bare = word.lower()
        before_il = bare == "si" and following in ("il", "ils")
        before_est = bare == "ce" and following in ("est", "était", "étaient")
        if following and (before_il or before_est or (bare in ELIDED and links(following))):
            line += word[:-1] + "'"
        else:
            line += word + " "
    return line.strip()


def with_preposition(preposition: str, phrase: str) -> str:
    """A preposition before a noun phrase, contracted with the article le or les.

    >>> [with_preposition("à", phrase) for phrase in ("le lac", "les lacs", "la mer", "le hôtel", "Paris")]
    ['au lac', 'aux lacs', 'à la mer', 'à le hôtel', 'à Paris']
    >>> with_preposition("près de", "le pont"), with_preposition("de", "des pommes"), with_preposition("de", "du pain")
    ('près du pont', 'de pommes', 'de pain')

    The article of a city contracts, too (au Havre). That of "le hôtel" is left whole: `elide` writes "à l'hôtel".
    """
    *front, last = preposition.split(" ")
    head, _, rest = phrase.partition(" ")
    if last == "de" and (head in ("du", "des", "de") or phrase.startswith(("de la ", "de le "))):
        bare = phrase.removeprefix("de la ").removeprefix("de le ").removeprefix("du ").removeprefix("des ")
        return " ".join([*front, "de", bare.removeprefix("de ")])
    contracted = {("à", "le"): "au", ("à", "les"): "aux", ("de", "le"): "du", ("de", "les"): "des"}.get(
        (last, head.lower())
    )
    if contracted is None or (head == "le" and links(rest)):
        return f"{preposition} {phrase}"
    return " ".join([*front, contracted, rest])


IRREGULAR_PLURALS = {
    "œil": "yeux", "bal": "bals", "festival": "festivals", "monsieur": "messieurs", "madame": "mesdames",
    "hibou": "hiboux", "genou": "genoux", "après-midi": "après-midi", "arc-en-ciel": "arcs-en-ciel",
    "porte-monnaie": "porte-monnaie", "centre-ville": "centres-villes", "cerf-volant": "cerfs-volants",
    "maître-nageur": "maîtres-nageurs", "bonhomme de neige": "bonshommes de neige", "beau-père": "beaux-pères",
    "belle-mère": "belles-mères", "belle-sœur": "belles-sœurs", "bleu": "bleus",
    "boucle d'oreille": "boucles d'oreilles",
    "vitrail": "vitraux",
}  # fmt: skip


def plural(noun: str) -> str:
    """Plural of a noun or adjective; of a compound, that of its first word.

    >>> plural("plage"), plural("bateau"), plural("cheval"), plural("prix"), plural("carte postale")
    ('plages', 'bateaux', 'chevaux', 'prix', 'cartes postales')
    >>> plural("pomme de terre"), plural("grand-mère"), plural("œil")
    ('pommes de terre', 'grands-mères', 'yeux')
    """
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    first, _, rest = noun.partition(" ")
    if rest:
        unchanged = {"à", "de", "en", "photo"}
        attached = rest.split(" ")[0] in unchanged or rest.startswith("d'")
        return f"{plural(first)} {rest if attached else plural(rest)}"
    if first.startswith("grand-"):
        return "grands-" + plural(first.removeprefix("grand-"))
    for adjective in ("petit", "petite"):
        if first.startswith(f"{adjective}-"):
            return f"{adjective}s-{plural(first.removeprefix(f'{adjective}-'))}"
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith(("eau", "eu")):
        return noun + "x"
    return noun[:-2] + "aux" if noun.endswith("al") else noun + "s"


FEMININE = {
    "beau": "belle", "nouveau": "nouvelle", "vieux": "vieille", "blanc": "blanche", "frais": "fraîche", "sec": "sèche",
    "doux": "douce", "long": "longue", "gentil": "gentille", "gros": "grosse", "bas": "basse", "fou": "folle",
    "favori": "favorite", "grec": "grecque", "bon": "bonne", "public": "publique", "roux": "rousse", "épais": "épaisse",
    "inquiet": "inquiète", "complet": "complète", "discret": "discrète", "turc": "turque", "jaloux": "jalouse",
    "muet": "muette", "franc": "franche", "secret": "secrète",
}  # fmt: skip
INVARIABLE = {"marron", "orange", "bon marché", "en retard", "de bonne humeur"}
LINKING = {"beau": "bel", "nouveau": "nouvel", "vieux": "vieil"}


def agree(adjective: str, feminine: bool, is_plural: bool) -> str:
    """An adjective or participle, given as masculine singular, in gender and number.

    >>> agree("grand", True, True), agree("heureux", True, False), agree("beau", False, True)
    ('grandes', 'heureuse', 'beaux')
    >>> agree("marron", True, True), agree("ancien", True, False), agree("gratuit", True, True)
    ('marron', 'ancienne', 'gratuites')
    """
    if adjective in INVARIABLE:
        return adjective
    form = adjective
    if feminine:
        if form in FEMININE:
            form = FEMININE[form]
        elif form.endswith("er"):
            form = form[:-2] + "ère"
        elif form.endswith("eux") or form.endswith("eur"):
            form = form[:-1] + "se"
        elif form.endswith("if"):
            form = form[:-1] + "ve"
        elif form.endswith(("en", "on", "el", "eil", "et")):
            form = form + form[-1] + "e"
        elif not form.endswith("e"):
            form += "e"
    return plural(form) if is_plural else form


def with_linking(adjective: str, feminine: bool, is_plural: bool, following: str = "") -> str:
    """An adjective before its noun: bel hôtel, vieil ami, nouvel appartement.

    >>> with_linking("beau", False, False, "hôtel"), with_linking("vieux", False, False, "pont")
    ('bel', 'vieux')
    """
    if following and not feminine and not is_plural and adjective in LINKING and links(following):
        return LINKING[adjective]
    return agree(adjective, feminine, is_plural)


def number(value: int, feminine: bool = False) -> str:
    """A number below 100 in words (traditional hyphens).

    >>> number(21), number(71), number(80), number(81), number(1, feminine=True)
    ('vingt et un', 'soixante et onze', 'quatre-vingts', 'quatre-vingt-un', 'une')
    """
    if value <= 20:
        word = NUMBERS[value]
    elif value == 80:
        word = "quatre-vingts"
    else:
        tens = value // 10
        rest = value - 10 * tens + (10 if tens in (7, 9) else 0)
        joint = " et " if rest in (1, 11) and tens < 8 else "-"
        word = TENS[tens] + (joint + NUMBERS[rest] if rest else "")
    return word + "e" if feminine and word.endswith("un") else word


# Present (six persons) | future stem | participle | auxiliary if être. The imperfect follows from the present of nous.
IRREGULAR_VERBS = {
    "être": "suis es est sommes êtes sont|ser|été",
    "avoir": "ai as a avons avez ont|aur|eu",
    "aller": "vais vas va allons allez vont|ir|allé|être",
    "faire": "fais fais fait faisons faites font|fer|fait",
    "venir": "viens viens vient venons venez viennent|viendr|venu|être",
    "tenir": "tiens tiens tient tenons tenez tiennent|tiendr|tenu",
    "partir": "pars pars part partons partez partent|partir|parti|être",
    "sortir": "sors sors sort sortons sortez sortent|sortir|sorti|être",
    "dormir": "dors dors dort dormons dormez dorment|dormir|dormi",
    "servir": "sers sers sert servons servez servent|servir|servi",
    "sentir": "sens sens sent sentons sentez sentent|sentir|senti",
    "voir": "vois vois voit voyons voyez voient|verr|vu",
    "croire": "crois crois croit croyons croyez croient|croir|cru",
    "savoir": "sais sais sait savons savez savent|saur|su",
    "connaître": "connais connais connaît connaissons connaissez connaissent|connaîtr|connu",
    "pouvoir": "peux peux peut pouvons pouvez peuvent|pourr|pu",
    "vouloir": "veux veux veut voulons voulez veulent|voudr|voulu",
    "devoir": "dois dois doit devons devez doivent|devr|dû",
    "boire": "bois bois boit buvons buvez boivent|boir|bu",
    "prendre": "prends prends prend prenons prenez prennent|prendr|pris",
    "mettre": "mets mets met mettons mettez mettent|mettr|mis",
    "dire": "dis dis dit disons dites disent|dir|dit",
    "lire": "lis lis lit lisons lisez lisent|lir|lu",
    "écrire": "écris écris écrit écrivons écrivez écrivent|écrir|écrit",
    "rire": "ris ris rit rions riez rient|rir|ri",
    "ouvrir": "ouvre ouvres ouvre ouvrons ouvrez ouvrent|ouvrir|ouvert",
    "offrir": "offre offres offre offrons offrez offrent|offrir|offert",
    "cueillir": "cueille cueilles cueille cueillons cueillez cueillent|cueiller|cueilli",
    "courir": "cours cours court courons courez courent|courr|couru",
    "suivre": "suis suis suit suivons suivez suivent|suivr|suivi",
    "vivre": "vis vis vit vivons vivez vivent|vivr|vécu",
    "recevoir": "reçois reçois reçoit recevons recevez reçoivent|recevr|reçu",
    "peindre": "peins peins peint peignons peignez peignent|peindr|peint",
    "éteindre": "éteins éteins éteint éteignons éteignez éteignent|éteindr|éteint",
    "conduire": "conduis conduis conduit conduisons conduisez conduisent|conduir|conduit",
    "traduire": "traduis traduis traduit traduisons traduisez traduisent|traduir|traduit",
    "construire": "construis construis construit construisons construisez construisent|construir|construit",
    "pleuvoir": "- - pleut - - -|pleuvr|plu",
    "envoyer": "envoie envoies envoie envoyons envoyez envoient|enverr|envoyé",
    "asseoir": "assieds assieds assied asseyons asseyez asseyent|assiér|assis",
    "mourir": "meurs meurs meurt mourons mourez meurent|mourr|mort|être",
    "rompre": "romps romps rompt rompons rompez rompent|rompr|rompu",
    "plaire": "plais plais plaît plaisons plaisez plaisent|plair|plu",
    "battre": "bats bats bat battons battez battent|battr|battu",
}
LIKE = {  # prefix + model
    "revenir": ("re", "venir"), "devenir": ("de", "venir"), "apprendre": ("ap", "prendre"),
    "comprendre": ("com", "prendre"), "promettre": ("pro", "mettre"), "sourire": ("sou", "rire"),
    "découvrir": ("déc", "ouvrir"), "endormir": ("en", "dormir"), "repartir": ("re", "partir"),
    "reconnaître": ("re", "connaître"), "surprendre": ("sur", "prendre"), "décrire": ("d", "écrire"), "revoir": ("re",
    "voir"),
}  # fmt: skip
WITH_ETRE = {
    "arriver", "entrer", "monter", "rester", "tomber", "descendre", "rentrer", "passer", "retourner",
}  # fmt: skip
DOUBLING = {"appeler", "jeter", "rappeler"}
PRESENT_ER, PRESENT_IR, PRESENT_RE = (
    ["e", "es", "e", "ons", "ez", "ent"],
    ["is", "is", "it", "issons", "issez", "issent"],
    ["s", "s", "", "ons", "ez", "ent"],
)
FUTURE, IMPERFECT = ["ai", "as", "a", "ons", "ez", "ont"], ["ais", "ais", "ait", "ions", "iez", "aient"]


@cache
def conjugate(infinitive: str) -> dict:
    """Paradigm of a verb: present, future, imperfect, conditional (six forms each), participle, auxiliary, imperative.

    >>> conjugate("manger")["present"][3], conjugate("acheter")["future"][0], conjugate("finir")["imperfect"][2]
    ('mangeons', 'achèterai', 'finissait')
    >>> conjugate("revenir")["participle"], conjugate("revenir")["auxiliary"], conjugate("préférer")["present"][5]
    ('revenu', 'être', 'préfèrent')
    """
    if infinitive in LIKE:
        prefix, model = LIKE[infinitive]
        paradigm = conjugate(model)
        longer = {
            key: [prefix + form for form in paradigm[key]] for key in ("present", "future", "imperfect", "conditional")
        }
        imperative = {who: prefix + form for who, form in paradigm["imperative"].items()}
        return {**paradigm, **longer, "participle": prefix + paradigm["participle"], "imperative": imperative}
    auxiliary = "être" if infinitive in WITH_ETRE else "avoir"
    if infinitive in IRREGULAR_VERBS:
        present, stem, participle, *rest = IRREGULAR_VERBS[infinitive].split("|")
        present = present.split()
        auxiliary = "être" if rest else "avoir"
    elif infinitive.endswith("er"):
        present, stem = _present_of_er(infinitive)
        participle = infinitive[:-2] + "é"
    elif infinitive.endswith("ir"):
        present, stem = [infinitive[:-2] + ending for ending in PRESENT_IR], infinitive
        participle = infinitive[:-1]
    elif infinitive.endswith("dre"):
        present, stem = [infinitive[:-2] + ending for ending in PRESENT_RE], infinitive[:-1]
        participle = infinitive[:-2] + "u"
    else:
        raise ValueError(f"expected a verb of a known group or of IRREGULAR_VERBS, got {infinitive!r}")
    past_stem = {"être": "ét", "pleuvoir": "pleuv"}.get(infinitive, present[3].removesuffix("ons"))
    imperfect = [past_stem + ending for ending in IMPERFECT]
    for i in (3, 4):  # mangeons but mangions, commençons but commencions
        imperfect[i] = imperfect[i].replace("gei", "gi").replace("çi", "ci")
    tu = present[1][:-1] if infinitive.endswith("er") or present[1].endswith("es") else present[1]
    imperative = {"tu": tu, "nous": present[3], "vous": present[4]}
    if infinitive == "être":
        imperative = {"tu": "sois", "nous": "soyons", "vous": "soyez"}
    elif infinitive == "avoir":
        imperative = {"tu": "aie", "nous": "ayons", "vous": "ayez"}
    return {
        "present": present,
        "future": [stem + ending for ending in FUTURE],
        "imperfect": imperfect,
        "conditional": [stem + ending for ending in IMPERFECT],
        "participle": participle,
        "auxiliary": auxiliary,
        "imperative": imperative,
    }


def _present_of_er(infinitive: str) -> tuple[list[str], str]:
    """Present and future stem of a verb in -er with the spelling changes of its stem."""
    stem = infinitive[:-2]
    strong = stem  # the stem under stress: je, tu, il, ils
    if infinitive in DOUBLING:
        strong = stem + stem[-1]
    elif infinitive.endswith("yer"):
        strong = stem[:-1] + "i"
    elif len(stem) > 2 and stem[-2] in "eé" and stem[-1] not in "aeiouéèêy":
        strong = stem[:-2] + "è" + stem[-1]
    elif infinitive.endswith(("écher", "étrer")):
        strong = stem[:-3] + "è" + stem[-2:]
    present = [(stem if i in (3, 4) else strong) + ending for i, ending in enumerate(PRESENT_ER)]
    if stem.endswith("g"):
        present[3] = stem + "eons"
    elif stem.endswith("c"):
        present[3] = stem[:-1] + "çons"
    # Traditional spelling keeps the accent of the infinitive in the future of -é_er verbs: préférerai.
    future = infinitive if "è" in strong[-3:] and stem[-2] == "é" else strong + "er"
    return present, future


def person_index(person: int, is_plural: bool) -> int:
    """Position of a person in a paradigm of six."""
    return person - 1 + (3 if is_plural else 0)


REFLEXIVE = ["me", "te", "se", "nous", "vous", "se"]
CLITIC_ORDER = ["me", "te", "se", "nous", "vous", "le", "la", "les", "lui", "leur", "y", "en"]
NEGATIVE = {
    "not": "pas", "never": "jamais", "no longer": "plus", "nothing": "rien", "nobody": "personne", "neither": "",
    "only": "que",
}  # fmt: skip
AFTER_PARTICIPLE = {"nobody", "neither", "only"}


def verb_group(
    infinitive: str,
    person: int,
    is_plural: bool,
    tense: str,
    *,
    feminine: bool = False,
    agree_plural: bool | None = None,
    negation: str = "",
    adverb: str = "",
    clitics: tuple[str, ...] = (),
    reflexive: bool = False,
    object_agreement: tuple[bool, bool] | None = None,
    inverted: str = "",
) -> str:
    """A whole verb group: ne, pronouns, auxiliary, negation, adverb, participle, in the order of French.

    Args:
        infinitive: the verb, without "se".
        tense: the names of `english.verb_group`, and "conditional".
        feminine, is_plural: of the subject; the participle after être agrees with it.
        negation: a key of NEGATIVE or "".
        clitics: object pronouns, any order.
        reflexive: adds the pronoun of the person, and être.
        object_agreement: (feminine, plural) of a direct object that stands before the verb; the participle after
            avoir agrees with it.
        inverted: subject pronoun to put after the verb ("tu": "as-tu").

    >>> verb_group("voir", 1, False, "past", clitics=("les",), object_agreement=(True, True), negation="not")
    'ne les ai pas vues'
    >>> verb_group("lever", 3, True, "perfect", reflexive=True, feminine=True, adverb="déjà")
    'se sont déjà levées'
    """
    index = person_index(person, is_plural)
    pronouns = sorted([*clitics, *([REFLEXIVE[index]] if reflexive else [])], key=CLITIC_ORDER.index)
    paradigm = conjugate(infinitive)
    adverbs = [adverb] if adverb else []
    second = [NEGATIVE[negation]] if negation and NEGATIVE[negation] and negation not in AFTER_PARTICIPLE else []
    last = [NEGATIVE[negation]] if negation in AFTER_PARTICIPLE and NEGATIVE[negation] else []
    ne = ["ne"] if negation else []
    if negation in ("not", "no longer") and adverb not in ("toujours", "encore"):
        second, adverbs = second + adverbs, []  # pas souvent, plus très bien
    if adverb in ("toujours", "encore") and negation == "not":
        second, adverbs = ([adverb, "pas"] if adverb == "toujours" else ["pas", adverb]), []
    if tense in ("past", "perfect"):
        auxiliary = "être" if reflexive else paradigm["auxiliary"]
        finite = conjugate(auxiliary)["present"][index]
        participle = paradigm["participle"]
        if object_agreement is not None:
            participle = agree_participle(participle, *object_agreement)
        elif auxiliary == "être":
            participle = agree_participle(participle, feminine, is_plural if agree_plural is None else agree_plural)
        return " ".join([*ne, *pronouns, invert(finite, inverted), *second, *adverbs, participle, *last])
    if tense in ("going", "recent"):
        auxiliary = "aller" if tense == "going" else "venir"
        finite = invert(conjugate(auxiliary)["present"][index], inverted)
        joint = ["de"] if tense == "recent" else []
        return " ".join([*ne, finite, *second, *adverbs, *joint, *pronouns, infinitive, *last])
    key = {"progressive": "present", "background": "imperfect"}.get(tense, tense)
    finite = paradigm[key][index]
    return " ".join([*ne, *pronouns, invert(finite, inverted), *second, *adverbs, *last])


def agree_participle(participle: str, feminine: bool, is_plural: bool) -> str:
    """A past participle in gender and number.

    >>> agree_participle("pris", True, True), agree_participle("pris", False, True), agree_participle("dû", True, False)
    ('prises', 'pris', 'due')
    """
    form = participle.replace("dû", "du") if feminine or is_plural else participle
    form += "e" if feminine else ""
    return form + "s" if is_plural and not form.endswith("s") else form


def invert(finite: str, subject: str) -> str:
    """A verb with its subject pronoun after it; t between vowels.

    >>> invert("aime", "elle"), invert("avez", "vous"), invert("va", "il"), invert("finit", "il"), invert("prend", "on")
    ('aime-t-elle', 'avez-vous', 'va-t-il', 'finit-il', 'prend-on')
    """
    if not subject:
        return finite
    euphonic = "-t-" if subject[0] in VOWELS and finite[-1] in "aeé" else "-"
    return finite + euphonic + subject


def write_line(words: str) -> str:
    """A sentence as it is written: elisions made, marks attached to the word before, a capital at the start.

    No space stands before ? and !, as the typographic usage of Quebec has it.

    >>> write_line("je ai vu la église , et toi ?")
    "J'ai vu l'église, et toi?"
    """
    line = elide(words.split())
    for mark in (",", ".", "?", "!"):
        line = line.replace(f" {mark}", mark)
    return line[0].upper() + line[1:]
