"""Tokens to integers and back."""

import bisect
import functools
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

PAD, UNK, START, END = "<pad>", "<unk>", "<start>", "<end>"
SPECIALS = (PAD, UNK, START, END)  # the literature's <eos> is our <end>
PAD_ID, UNK_ID, START_ID, END_ID = range(len(SPECIALS))  # in every vocabulary


class Vocabulary:
    """A fixed list of tokens, numbered: the four specials first, then the others, most frequent first.

    >>> vocabulary = Vocabulary.from_tokens(["I", "love", "pizza", "I", "love"])
    >>> vocabulary.tokens
    ['<pad>', '<unk>', '<start>', '<end>', 'I', 'love', 'pizza']
    >>> vocabulary.decode(vocabulary.encode(["I", "love", "cake"]))
    ['I', 'love', '<unk>']
    """

    def __init__(self, tokens: Sequence[str]):
        """Args:
        tokens: all tokens in the order of their ids, beginning with the four specials.

        Raises:
            ValueError: the specials do not come first, or a token occurs twice.
        """
        self.tokens = list(tokens)
        self._ids = {token: i for i, token in enumerate(self.tokens)}
        if tuple(self.tokens[: len(SPECIALS)]) != SPECIALS:
            raise ValueError(f"expected the specials {SPECIALS} first, got {self.tokens[: len(SPECIALS)]}")
        if len(self._ids) != len(self.tokens):
            twice = [token for token, n in Counter(self.tokens).items() if n > 1]
            raise ValueError(f"expected each token once, got more of {twice[:5]}")

    @classmethod
    def from_tokens(cls, tokens: Iterable[str], max_size: int | None = None, min_count: int = 1) -> "Vocabulary":
        """The vocabulary of a text: its tokens by falling frequency, ties in alphabetical order.

        Args:
            tokens: all tokens of the training text.
            max_size: the largest number of entries, the specials counted; None for no bound.
            min_count: tokens seen less often are left to <unk>.
        """
        counts = Counter(tokens)
        for special in SPECIALS:
            counts.pop(special, None)
        ranked = sorted((t for t, n in counts.items() if n >= min_count), key=lambda token: (-counts[token], token))
        room = None if max_size is None else max(0, max_size - len(SPECIALS))
        return cls([*SPECIALS, *ranked[:room]])

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: str) -> bool:
        return token in self._ids

    def id(self, token: str) -> int:
        """The id of one token, that of <unk> for an unknown one."""
        return self._ids.get(token, UNK_ID)

    def starting_with(self, letters: str) -> np.ndarray:
        """The ids of all tokens that begin with the letters, whatever the case of either, in alphabetical order.

        >>> vocabulary = Vocabulary.from_tokens(["Ice", "icy", "hot"])
        >>> vocabulary.decode(vocabulary.starting_with("ic"))
        ['Ice', 'icy']
        """
        (lowered, ids), letters = self._alphabet, letters.lower()
        first = bisect.bisect_left(lowered, letters)
        last = bisect.bisect_right(lowered, letters, key=lambda token: token[: len(letters)])
        return ids[first:last]

    @functools.cached_property
    def _alphabet(self) -> tuple[list[str], np.ndarray]:
        """All tokens in lower case, sorted, and their ids: sorted once, for a search at every key."""
        pairs = sorted((token.lower(), i) for i, token in enumerate(self.tokens))
        return [token for token, _ in pairs], np.array([i for _, i in pairs])

    def encode(self, tokens: Iterable[str]) -> np.ndarray:
        """The ids of the tokens, int32, shape (tokens,)."""
        return np.array([self.id(token) for token in tokens], dtype=np.int32)

    def decode(self, ids: Iterable[int]) -> list[str]:
        """The tokens of the ids.

        Raises:
            ValueError: an id is outside the vocabulary.
        """
        ids = [int(i) for i in ids]
        if ids and not (0 <= min(ids) and max(ids) < len(self)):
            raise ValueError(f"expected ids from 0 to {len(self) - 1}, got {min(ids)} to {max(ids)}")
        return [self.tokens[i] for i in ids]
