"""English morphology and spelling: plurals, verb forms, a/an, verb groups, the written line.

Every verb group follows Quirk, Greenbaum, Leech & Svartvik, "A Comprehensive Grammar of the English Language" (1985):
do-support without an auxiliary, the negation after the first auxiliary, no contractions.
"""

from functools import cache

IRREGULAR_VERBS = {
    base: forms.split()
    for base, forms in {
        # base: third person, past, participle, -ing form (a dash: regular)
        "be": "is was been being",
        "have": "has had had having",
        "do": "does did done doing",
        "go": "goes went gone going",
        "become": "- became become -",
        "begin": "- began begun beginning",
        "break": "- broke broken -",
        "bring": "- brought brought -",
        "build": "- built built -",
        "buy": "- bought bought -",
        "catch": "- caught caught -",
        "choose": "- chose chosen -",
        "come": "- came come -",
        "cost": "- cost cost -",
        "cut": "- cut cut cutting",
        "draw": "- drew drawn -",
        "dream": "- dreamt dreamt -",
        "drink": "- drank drunk -",
        "drive": "- drove driven -",
        "eat": "- ate eaten -",
        "fall": "- fell fallen -",
        "feed": "- fed fed -",
        "feel": "- felt felt -",
        "find": "- found found -",
        "forget": "- forgot forgotten forgetting",
        "get": "- got got getting",
        "give": "- gave given -",
        "hear": "- heard heard -",
        "hide": "- hid hidden -",
        "keep": "- kept kept -",
        "know": "- knew known -",
        "leave": "- left left -",
        "learn": "- learnt learnt -",
        "lend": "- lent lent -",
        "lose": "- lost lost -",
        "make": "- made made -",
        "meet": "- met met -",
        "pay": "- paid paid -",
        "put": "- put put putting",
        "read": "- read read -",
        "ride": "- rode ridden -",
        "run": "- ran run running",
        "see": "- saw seen -",
        "sell": "- sold sold -",
        "send": "- sent sent -",
        "show": "- showed shown -",
        "sing": "- sang sung -",
        "sit": "- sat sat sitting",
        "sleep": "- slept slept -",
        "speak": "- spoke spoken -",
        "stop": "- stopped stopped stopping",
        "chat": "- chatted chatted chatting",
        "prefer": "- preferred preferred preferring",
        "travel": "- travelled travelled travelling",
        "spend": "- spent spent -",
        "steal": "- stole stolen -",
        "swim": "- swam swum swimming",
        "take": "- took taken -",
        "teach": "- taught taught -",
        "tell": "- told told -",
        "think": "- thought thought -",
        "throw": "- threw thrown -",
        "understand": "- understood understood -",
        "wake": "- woke woken -",
        "wear": "- wore worn -",
        "win": "- won won winning",
        "write": "- wrote written -",
    }.items()
}
IRREGULAR_PLURALS = {
    "child": "children",
    "foot": "feet",
    "deer": "deer",
    "fish": "fish",
    "jellyfish": "jellyfish",
    "gentleman": "gentlemen",
    "goose": "geese",
    "trout": "trout",
    "grandchild": "grandchildren",
    "knife": "knives",
    "leaf": "leaves",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "policeman": "policemen",
    "postman": "postmen",
    "scarf": "scarves",
    "sheep": "sheep",
    "tooth": "teeth",
    "wife": "wives",
    "wolf": "wolves",
    "woman": "women",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "hero": "heroes",
    "mango": "mangoes",
    "fisherman": "fishermen",
    "snowman": "snowmen",
    "Frenchwoman": "Frenchwomen",
}
SILENT_H = ("hour", "honest", "heir", "honour")
SOUNDS_LIKE_YOU = ("uni", "use", "usu", "eu", "one", "once", "ukulele")
MODALS = ("can", "must", "should", "will", "would")
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def plural(noun: str) -> str:
    """Plural of a noun; of a compound, that of its last word.

    >>> plural("postcard"), plural("glass of wine"), plural("cherry"), plural("beach"), plural("sheep")
    ('postcards', 'glasses of wine', 'cherries', 'beaches', 'sheep')
    """
    if " of " in noun:
        head, rest = noun.split(" of ", 1)
        return f"{plural(head)} of {rest}"
    *first, last = noun.split(" ")
    if last in IRREGULAR_PLURALS:
        last = IRREGULAR_PLURALS[last]
    elif last.endswith("y") and last[-2] not in "aeiou":
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    else:
        last += "s"
    return " ".join([*first, last])


def article(following: str) -> str:
    """Indefinite article before a word, by its sound.

    >>> [article(word) for word in ("apple", "hotel", "hour", "university", "old")]
    ['an', 'a', 'an', 'a', 'an']
    """
    if following.startswith(SILENT_H):
        return "an"
    if following.startswith(SOUNDS_LIKE_YOU):
        return "a"
    return "an" if following[0] in "aeiouAEIOU" else "a"


def number(value: int) -> str:
    """A number below 100 in words.

    >>> number(7), number(40), number(21)
    ('seven', 'forty', 'twenty-one')
    """
    if value <= 20:
        return NUMBERS[value]
    return TENS[value // 10] + (f"-{NUMBERS[value % 10]}" if value % 10 else "")


@cache
def forms(verb: str) -> dict[str, str]:
    """Third person, past, participle and -ing form of a verb; its particle follows each ("get up": "got up").

    >>> forms("carry")["past"], forms("get up")["ing"], forms("admire")["third"]
    ('carried', 'getting up', 'admires')
    """
    base, _, particle = verb.partition(" ")
    if base.endswith("y") and base[-2] not in "aeiou":
        regular = [base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"]
    elif base.endswith("e"):
        ing = base[:-2] + "ying" if base.endswith("ie") else base[:-1] + "ing"
        regular = [base + "s", base + "d", base + "d", base + "ing" if base.endswith("ee") else ing]
    else:
        third = base + "es" if base.endswith(("s", "x", "ch", "sh", "o")) else base + "s"
        regular = [third, base + "ed", base + "ed", base + "ing"]
    irregular = IRREGULAR_VERBS.get(base, ["-"] * 4)
    chosen = [rule if form == "-" else form for rule, form in zip(regular, irregular, strict=True)]
    named = dict(zip(("third", "past", "participle", "ing"), chosen, strict=True), base=base)
    return {name: f"{form} {particle}".strip() for name, form in named.items()}


def be(person: int, plural: bool, past: bool = False) -> str:
    """The form of "be" that agrees."""
    if person == 1 and not plural:
        return "was" if past else "am"
    if plural or person == 2:
        return "were" if past else "are"
    return "was" if past else "is"


def verb_group(
    verb: str, person: int, plural: bool, tense: str, negation: str = "", adverb: str = ""
) -> tuple[str, str]:
    """Split verb group: (first auxiliary, rest), so that a question can put the subject between them.

    The first part is empty where a simple form needs no auxiliary; a question then asks for it with tense "… do".

    Args:
        verb: base form with its particle.
        tense: present, progressive, past, perfect, future, going, imperfect ("used to"), background ("was doing"),
            recent ("have just done"); a trailing " do" asks for do-support.
        negation: "", "not", "never", "no longer".
        adverb: a mid-position adverb such as "often".

    >>> verb_group("eat", 3, False, "present"), verb_group("eat", 3, False, "past", "not")
    (('', 'eats'), ('did', 'not eat'))
    >>> verb_group("be", 1, True, "perfect", adverb="already")
    ('have', 'already been')
    """
    form = forms(verb)
    tense, _, support = tense.partition(" ")
    third = person == 3 and not plural
    middle = " ".join(filter(None, (negation, adverb)))
    if verb.split()[0] == "be" and tense in ("present", "past"):
        particle = verb.partition(" ")[2]
        return be(person, plural, past=tense == "past"), f"{middle} {particle}".strip()
    if tense in ("present", "past"):
        if negation == "not" or support:
            auxiliary = "did" if tense == "past" else ("does" if third else "do")
            return auxiliary, f"{middle} {form['base']}".strip()
        simple = form["past"] if tense == "past" else (form["third"] if third else form["base"])
        return "", f"{middle} {simple}".strip()
    if tense in ("progressive", "background"):
        return be(person, plural, past=tense == "background"), f"{middle} {form['ing']}".strip()
    if tense in ("perfect", "recent"):
        middle = f"{middle} just".strip() if tense == "recent" else middle
        return ("has" if third else "have"), f"{middle} {form['participle']}".strip()
    if tense == "future":
        return "will", f"{middle} {form['base']}".strip()
    if tense == "going":
        return be(person, plural), f"{middle} going to {form['base']}".strip()
    if tense == "imperfect":
        if negation == "not" or support:
            return "did", f"{middle} use to {form['base']}".strip()
        return "", f"{middle} used to {form['base']}".strip()
    if tense in MODALS:
        if tense == "can" and negation == "not":
            return "cannot", f"{adverb} {form['base']}".strip()
        return tense, f"{middle} {form['base']}".strip()
    raise ValueError(f"expected a tense of the list, got {tense!r}")


def write_line(words: str) -> str:
    """A sentence as it is written: marks attached to the word before, a capital at the start.

    >>> write_line("she likes it , my sister 's dog .")
    "She likes it, my sister's dog."
    """
    line = " ".join(words.split())
    for mark in (",", ".", "?", "!", "'s"):
        line = line.replace(f" {mark}", mark)
    return line[0].upper() + line[1:]
