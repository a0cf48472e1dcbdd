"""From a text to words and punctuation marks, and back."""

import re

_INVERTED = r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)\b"  # French inversion: est -il, a -t-elle
_TOKEN = re.compile(
    rf"""
    <[a-z]+>                                                            # <unk>, <eos>: tokens of prepared corpora
    | aujourd'hui | rendez-vous                                         # one word each in French
    | {_INVERTED}
    | \d+(?:[.,:]\d+)*                                                  # 38, 1,000, 7:30
    | \w+?(?=n't\b)                                                     # do n't
    | n't\b
    | (?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|quelqu)'(?=\w)        # French elision: l' eau, qu' il
    | '(?:s|m|re|ve|ll|d)\b                                             # Anna 's, I 'm
    | \w+(?:(?!{_INVERTED})-\w+)*                                       # words, with inner hyphens
    | \.\.\.
    | [^\w\s]                                                           # any other mark stands alone
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NO_SPACE_BEFORE = re.compile(r" (?=[.,;:!?…)\]]|-(?:t-)?\w|'(?:s|m|re|ve|ll|d)\b|n't\b|\.\.\.)", re.IGNORECASE)
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[]) |(?<=\b[cdjlmnst]') (?=\w)|(?<=qu') (?=\w)", re.IGNORECASE)

SENTENCE_ENDS = frozenset({".", "!", "?"})


def tokenize(text: str) -> list[str]:
    """Words and punctuation marks of a text, in order, case kept.

    English clitics and French elisions are tokens of their own, as most corpora have them: "don't" is two tokens and
    "l'eau" is two tokens.

    >>> tokenize("I love chocolate. But I don't!")
    ['I', 'love', 'chocolate', '.', 'But', 'I', 'do', "n't", '!']
    >>> tokenize("Qu'il boive de l'eau aujourd'hui.")
    ["Qu'", 'il', 'boive', 'de', "l'", 'eau', "aujourd'hui", '.']
    """
    return _TOKEN.findall(text.replace("’", "'"))


def detokenize(tokens) -> str:
    """A readable text from tokens: the inverse of `tokenize` up to white space and straightened apostrophes.

    >>> detokenize(["I", "do", "n't", "love", "it", "."])
    "I don't love it."
    """
    return _NO_SPACE_AFTER.sub("", _NO_SPACE_BEFORE.sub("", " ".join(tokens)))


def sentences(tokens) -> list[list[str]]:
    """The tokens cut after each full stop, exclamation and question mark; the last piece may lack one.

    >>> sentences(["I", "do", ".", "Do", "you", "?"])
    [['I', 'do', '.'], ['Do', 'you', '?']]
    """
    found, current = [], []
    for token in tokens:
        current.append(token)
        if token in SENTENCE_ENDS:
            found.append(current)
            current = []
    return found + [current] if current else found
