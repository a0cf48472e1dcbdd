"""n-gram language models of any order: counting, smoothing, scoring and suggesting.

All n-grams of one length stand in one sorted array of integers (`Level`), so that counting is sorting and looking up
is binary search: no Python loop over tokens. Every model is a pair of tables on top of these counts and obeys one rule,

    P(word | context) = seen(context, word)                           if this n-gram was counted,
                        backoff(context) · P(word | shorter context)  if only its context was,
                        P(word | shorter context)                     if not even that;

a smoother only says what `seen` and `backoff` are. Below the empty context lies the uniform distribution over all
tokens that can be predicted: the vocabulary without <pad> and <start>.

Sentences are scored one by one: <start> is the context of the first token and is itself never predicted, <end> is
predicted last, and no context reaches back beyond <start>. The literature's <s>, </s> and <eos> are these two.
"""

from collections.abc import Sequence

import numpy as np

from course.text.vocabulary import END_ID, PAD_ID, SPECIALS, START_ID

_UNSEEN, _BEYOND_START = -1, -2  # in place of an n-gram's number: never counted; longer than what stands there


class Level:
    """All different n-grams of one length, sorted; each is a context (an n-gram one token shorter) and a word.

    Attributes:
        keys: context · vocab_size + word, ascending. The place of a key in this array is the n-gram's number.
        contexts, words: the two parts of each key; a context is the number of an n-gram of the level below.
        suffixes: the number, in the level below, of the n-gram without its first token.
        counts: how often each n-gram occurs.
        at_start: whether each n-gram begins with <start>.
        first: the n-grams with context c have the numbers first[c] to first[c + 1] - 1.
    """

    def __init__(self, keys, suffixes, counts, vocab_size: int, below: "Level | None" = None):
        self.keys, self.suffixes, self.counts = keys, suffixes, counts.astype(np.int32)
        self.contexts, self.words = (part.astype(np.int32) for part in np.divmod(keys, vocab_size))
        self.at_start = self.words == START_ID if below is None else below.at_start[self.contexts]
        contexts = 1 if below is None else len(below)
        self.first = np.concatenate([[0], np.cumsum(np.bincount(self.contexts, minlength=contexts))])
        self._vocab_size = vocab_size

    def __len__(self) -> int:
        return len(self.keys)

    def sum_by_context(self, values) -> np.ndarray:
        """One value per n-gram, summed over the n-grams with the same context, shape (contexts,)."""
        return np.bincount(self.contexts, weights=values, minlength=len(self.first) - 1)

    def find(self, contexts, words) -> np.ndarray:
        """The numbers of the n-grams (contexts[i], words[i]), -1 for one that was never counted."""
        keys = contexts * self._vocab_size + words
        if not len(self):
            return np.full(len(keys), _UNSEEN)
        numbers = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return np.where(self.keys[numbers] == keys, numbers, _UNSEEN)


class NGramCounts:
    """How often each n-gram of up to `order` tokens occurs in the sentences; <start> and <end> are added here.

    >>> counts = NGramCounts([[4, 5, 6], [4, 5, 7]], vocab_size=8, order=3)
    >>> counts.count([4, 5]), counts.count([4, 5, 6]), counts.count([6, 4])
    (2, 1, 0)
    """

    def __init__(self, sequences, vocab_size: int, order: int):
        """Args:
        sequences: lists or arrays of ids, one per sentence, without <start> and <end>.
        vocab_size: tokens in the vocabulary, specials included.
        order: length of the longest n-grams.

        Raises:
            ValueError: the order is below one, there is no sentence, or an id is <pad>, <start>, <end> or outside
                the vocabulary.
        """
        if order < 1:
            raise ValueError(f"expected an order of at least 1, got {order}")
        self.vocab_size, self.order = vocab_size, order
        tokens, positions = self.stream(sequences)
        if not len(tokens):
            raise ValueError("expected at least one sentence to count, got none")
        counts = np.bincount(tokens, minlength=vocab_size)
        counts[START_ID] = 0  # it stands before a sentence and is not one of its tokens
        numbers = np.arange(vocab_size)
        self.levels = [Level(numbers, np.zeros_like(numbers), counts, vocab_size)]
        numbers = tokens  # of the n-gram, one token shorter, that ends at each position
        for length in range(2, order + 1):
            [ends] = np.nonzero(positions >= length - 1)
            keys, places, counts = _number(numbers[ends - 1] * vocab_size + tokens[ends])
            suffixes = np.empty(len(keys), np.int32)
            suffixes[places] = numbers[ends]
            self.levels.append(Level(keys, suffixes, counts, vocab_size, below=self.levels[-1]))
            numbers = np.full(len(tokens), _BEYOND_START)
            numbers[ends] = places

    def stream(self, sequences) -> tuple[np.ndarray, np.ndarray]:
        """All sentences in one array, each between <start> and <end>.

        Returns:
            tokens, positions: int64, shape (tokens + 2 · sentences,); every <start> has position 0.

        Raises:
            ValueError: an id is <pad>, <start>, <end> or outside the vocabulary.
        """
        sequences = [np.asarray(sequence, dtype=np.int64) for sequence in sequences]
        ids = self._checked(np.concatenate([np.zeros(0, np.int64), *sequences]))
        if np.isin(ids, (PAD_ID, START_ID, END_ID)).any():
            raise ValueError("expected sentences without <pad>, <start> and <end>; the last two are added here")
        lengths = np.array([len(sequence) for sequence in sequences], dtype=np.int64) + 2
        begins = np.cumsum(lengths) - lengths
        positions = np.arange(lengths.sum()) - np.repeat(begins, lengths)
        tokens = np.full(len(positions), END_ID)
        tokens[begins] = START_ID
        tokens[(positions > 0) & (positions < np.repeat(lengths, lengths) - 1)] = ids
        return tokens, positions

    def _checked(self, ids) -> np.ndarray:
        ids = np.asarray(ids, dtype=np.int64)
        if len(ids) and not (0 <= ids.min() and ids.max() < self.vocab_size):
            raise ValueError(f"expected ids from 0 to {self.vocab_size - 1}, got {ids.min()} to {ids.max()}")
        return ids

    def find(self, tokens, positions, longest: int) -> list[np.ndarray]:
        """The n-grams that end at each token, as numbers in their levels.

        Args:
            tokens: ids, shape (tokens,).
            positions: how many tokens of the same sentence, <start> included, stand before each.
            longest: length of the longest n-grams looked for.

        Returns:
            for the lengths 0 to longest an array of shape (tokens,): -1 where that n-gram was never counted, -2 where
            the sentence does not reach so far back.

        Raises:
            ValueError: an id is outside the vocabulary.
        """
        tokens = self._checked(tokens)
        numbers = [np.zeros(len(tokens), np.int64)]
        for length, level in enumerate(self.levels[:longest], start=1):
            contexts = np.concatenate([numbers[-1][:1], numbers[-1][:-1]])  # that end one token earlier
            found = level.find(contexts, tokens)
            numbers.append(np.where(positions >= length - 1, found, _BEYOND_START))
        return numbers

    def find_scored(self, sequences, order: int) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
        """What a model of that order looks up to score every token and every <end> of the sentences.

        Returns:
            contexts: for each length from 0 to order - 1 the numbers of the contexts, as `find` gives them.
            entries: for each length from 1 to order the numbers of the n-grams that end in the scored token.
            words: the tokens scored, shape (tokens + sentences,).
        """
        tokens, positions = self.stream(sequences)
        [scored] = np.nonzero(positions > 0)
        numbers = self.find(tokens, positions, order)
        return [n[scored - 1] for n in numbers[:-1]], [n[scored] for n in numbers[1:]], tokens[scored]

    def count(self, ngram: Sequence[int]) -> int:
        """How often an n-gram of ids occurs; it may begin with <start> and end with <end>.

        Raises:
            ValueError: it is empty or longer than what was counted.
        """
        length = len(ngram)
        if not 1 <= length <= self.order:
            raise ValueError(f"expected 1 to {self.order} tokens, got {length}")
        number = self.find(ngram, np.arange(length), length)[length][-1]
        return 0 if number == _UNSEEN else int(self.levels[length - 1].counts[number])

    def continuations(self, length: int) -> np.ndarray:
        """After how many different tokens each n-gram of the length occurs, in the order of their level.

        Nothing can stand before an n-gram that begins with <start>: it keeps its count. (Kneser & Ney 1995; the
        convention for <start> is that of the KenLM and SRILM toolkits.)

        Raises:
            ValueError: the n-grams one token longer were not counted.
        """
        if not 1 <= length < self.order:
            raise ValueError(f"expected a length from 1 to {self.order - 1}, got {length}")
        level, longer = self.levels[length - 1 : length + 1]
        return np.where(level.at_start, level.counts, np.bincount(longer.suffixes, minlength=len(level)))


class NGramModel:
    """What all n-gram models share: scoring, distributions, suggestions and generation from two tables a level."""

    backs_off = True  # to the same model with a shorter context; otherwise at once to the uniform distribution

    def __init__(self, counts: NGramCounts, order: int | None = None):
        """Args:
        counts: of the training text.
        order: tokens of context plus one; None takes all that was counted.

        Raises:
            ValueError: the counts do not reach that order.
        """
        self.order = counts.order if order is None else order
        if not 1 <= self.order <= counts.order:
            raise ValueError(f"expected an order from 1 to {counts.order}, as far as was counted, got {order}")
        self.counts = counts
        self._uniform = np.full(counts.vocab_size, 1 / (counts.vocab_size - 2))
        self._uniform[[PAD_ID, START_ID]] = 0
        self._seen, self._backoff = [], []
        for length, level in enumerate(counts.levels[: self.order], start=1):
            recursive = self.backs_off and length > 1
            below = self._seen[-1][level.suffixes] if recursive else self._uniform[level.words]
            seen, backoff = self._tables(length, level, below)
            # The last two places answer for the numbers -1 and -2: never seen, and no factor.
            self._seen.append(np.append(seen, [0.0, 0.0]))
            self._backoff.append(np.append(np.where(np.diff(level.first) > 0, backoff, 1.0), [1.0, 1.0]))
        tokens = np.argsort(-self._seen[0][:-2], kind="stable")
        self._ranking = tokens.astype(np.int32)  # single tokens, most probable first

    def _tables(self, length: int, level: Level, below) -> tuple[np.ndarray, np.ndarray]:
        """The smoother itself.

        Args:
            length: of the n-grams.
            level: all n-grams of this length.
            below: P(word | shorter context) of each of them.

        Returns:
            seen: P(word | context) of each n-gram, shape (n-grams,).
            backoff: the factor of P(word | shorter context) for all other words after each context, shape (contexts,).
        """
        raise NotImplementedError

    def _probabilities(self, contexts, entries, words) -> np.ndarray:
        """P(word | context) of many words at once, by the rule at the top of this module.

        Args:
            contexts: for each context length from 0 the number of the context before each word, or of all of them.
            entries: for each length from 1 the number of the n-gram that ends in the word.
            words: ids, shape (words,).
        """
        uniform = probabilities = self._uniform[words]
        for seen, backoff, context, entry in zip(self._seen, self._backoff, contexts, entries, strict=False):
            if not self.backs_off:
                probabilities = np.where(context == _BEYOND_START, probabilities, uniform)
            probabilities = np.where(entry >= 0, seen[entry], backoff[context] * probabilities)
        return probabilities

    def token_log_probs(self, sequences) -> np.ndarray:
        """log P(token | the tokens before it in its sentence), for every token and the <end> of every sentence.

        Args:
            sequences: lists or arrays of ids without <start> and <end>.

        Returns:
            nats, shape (tokens + sentences,), in the order of the text; -inf for what the model holds impossible.
        """
        with np.errstate(divide="ignore"):
            return np.log(self._probabilities(*self.counts.find_scored(sequences, self.order)))

    def _contexts(self, context) -> list[int]:
        """For each usable length from 0 the number of the context that ends in the last token given."""
        usable = min(len(context), self.order - 1)
        numbers = self.counts.find(context[len(context) - usable :], np.arange(usable), usable)
        return [0, *(int(number[-1]) for number in numbers[1:])]

    def _given(self, contexts: list[int], words) -> np.ndarray:
        """P(word | context) of several words after one context."""
        entries = [level.find(context, words) for level, context in zip(self.counts.levels, contexts, strict=False)]
        return self._probabilities(contexts, entries, words)

    def distribution(self, context: Sequence[int]) -> np.ndarray:
        """P(· | context) over the whole vocabulary.

        Args:
            context: ids of the tokens before, oldest first; begin it with <start> at the beginning of a sentence. Only
                the last order - 1 tokens count.

        Returns:
            shape (vocab_size,), sum 1; <pad> and <start> have probability 0.
        """
        return self._given(self._contexts(context), np.arange(self.counts.vocab_size))

    def suggest(self, context: Sequence[int], k: int) -> np.ndarray:
        """The ids of the k most probable next words, best first; never a special token or one of probability 0.

        Looks at the best few words of each context seen, from the longest down, and at no others. That is exact for
        models that never make a seen word less probable than backing off would (all here but `BackOff`).

        Args:
            context: as for `distribution`.
            k: how many; fewer come back where the model knows fewer.
        """
        contexts = self._contexts(context)
        enough = k + len(SPECIALS)
        candidates = [self._ranking[:enough]]
        for seen, level, number in zip(self._seen[1:], self.counts.levels[1:], contexts[1:], strict=False):
            if number >= 0:
                here = slice(level.first[number], level.first[number + 1])
                candidates.append(level.words[here][_largest(seen[here], enough)])
        words = np.unique(np.concatenate(candidates)).astype(np.int64)  # wide enough for keys
        words = words[words >= len(SPECIALS)]
        probabilities = self._given(contexts, words)
        best = np.argsort(-probabilities, kind="stable")[:k]
        return words[best[probabilities[best] > 0]]

    def suggest_along(self, sequences, k: int = 3) -> list[list[np.ndarray]]:
        """What `suggest` offers before each token of each sequence (ids without specials)."""
        return [
            [self.suggest([START_ID, *sequence[:position]], k) for position in range(len(sequence))]
            for sequence in map(list, sequences)
        ]

    def generate(self, length: int, seed: int, context: Sequence[int] = (START_ID,)) -> list[int]:
        """Words drawn one after the other, each from `distribution` of all before it.

        Args:
            length: at most so many words; the sentence may end before.
            seed: of the draws.
            context: what stands before the first word.

        Returns:
            the ids of the new words, without <end>.
        """
        rng = np.random.default_rng(seed)
        words = list(context)
        while len(words) < len(context) + length:
            word = int(rng.choice(self.counts.vocab_size, p=self.distribution(words)))
            if word == END_ID:
                break
            words.append(word)
        return words[len(context) :]


def _number(keys) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The different keys in ascending order, the place of every key among them, and how often each occurs.

    `np.unique` gives the same, in three times the time: it sorts in a stable way, which nobody needs here.
    """
    order = np.argsort(keys)
    ascending = keys[order]
    [first] = np.nonzero(np.diff(ascending, prepend=-1))
    counts = np.diff(first, append=len(keys))
    places = np.empty_like(keys)
    places[order] = np.repeat(np.arange(len(first)), counts)
    return ascending[first], places, counts


def _ratios(level: Level) -> np.ndarray:
    """Count of each n-gram over the count of its context, eq. (1.3); 0 for a token of the vocabulary never seen."""
    return level.counts / np.maximum(level.sum_by_context(level.counts), 1)[level.contexts]


def _largest(values, k: int) -> np.ndarray:
    """The places of the k largest values, in no order; among equals the earlier ones."""
    if len(values) <= k:
        return np.arange(len(values))
    bound = np.partition(values, -k)[-k]
    [above], [equal] = np.nonzero(values > bound), np.nonzero(values == bound)
    return np.concatenate([above, equal[: k - len(above)]])


class AddK(NGramModel):
    """Every n-gram is counted k times more than it occurs (Lidstone; k = 1 is Laplace's rule). Lesson 01, eq. (1.7)."""

    backs_off = False

    def __init__(self, counts: NGramCounts, k: float, order: int | None = None):
        """Args:
        k: added to every count; not negative.

        Raises:
            ValueError: k is negative, or the counts do not reach the order.
        """
        if k < 0:
            raise ValueError(f"expected k of at least 0, got {k}")
        self.k = k
        super().__init__(counts, order)

    def _tables(self, length, level, below):
        added = self.k * (self.counts.vocab_size - 2)
        totals = np.maximum(level.sum_by_context(level.counts), 1) + added
        return level.counts / totals[level.contexts] + (added / totals)[level.contexts] * below, added / totals


class MaximumLikelihood(AddK):
    """Ratios of counts and nothing else. Lesson 01, eq. (1.3).

    A word never seen after a seen context has probability 0. After a context never seen the ratio is 0 / 0; it is read
    as the limit of `AddK` for k → 0, the uniform distribution.
    """

    def __init__(self, counts: NGramCounts, order: int | None = None):
        super().__init__(counts, k=0, order=order)


class BackOff(NGramModel):
    """The ratio of counts where there is one, else `factor` times the shorter context's. Lesson 01, eq. (1.8).

    This is the "stupid back-off" of Brants et al. (2007), divided by its sum after each context so that it is a
    distribution.
    """

    def __init__(self, counts: NGramCounts, factor: float = 0.4, order: int | None = None):
        """Args:
        factor: weight of the shorter context, above 0; 0.4 is Brants'.

        Raises:
            ValueError: the factor is not positive, or the counts do not reach the order.
        """
        if factor <= 0:
            raise ValueError(f"expected a factor above 0, got {factor}")
        self.factor = factor
        super().__init__(counts, order)

    def _tables(self, length, level, below):
        counted = level.counts > 0  # a word of the vocabulary may be missing in the text
        unseen_below = np.maximum(1 - level.sum_by_context(below * counted), 0)
        sums = 1 + self.factor * unseen_below
        return np.where(counted, _ratios(level), self.factor * below) / sums[level.contexts], self.factor / sums


class Interpolation(NGramModel):
    """Ratios of counts of all orders mixed, one weight per order (Jelinek & Mercer 1980). Lesson 01, eq. (1.9).

    Attributes:
        weights: λ of the lengths 1 to order, the share of the ratio of counts against all that is shorter; fitted to
            held-out text by expectation maximisation.
    """

    def __init__(self, counts: NGramCounts, held_out, order: int | None = None):
        """Args:
        held_out: sentences of ids that were not counted; not the text on which the model will be judged.

        Raises:
            ValueError: there is no held-out text, or the counts do not reach the order.
        """
        self.weights = np.full(counts.order if order is None else order, 0.5)
        self._fit(counts, held_out)
        super().__init__(counts, order)

    def _tables(self, length, level, below):
        weight = self.weights[length - 1]
        return weight * _ratios(level) + (1 - weight) * below, np.full(len(level.first) - 1, 1 - weight)

    def _fit(self, counts, held_out, rounds=40):
        """Set each weight to the share of tokens that are best explained by its order, again and again."""
        contexts, entries, words = counts.find_scored(held_out, len(self.weights))
        if not len(words):
            raise ValueError("expected held-out sentences to fit the weights on, got none")
        ratios, known = [], []
        for level, context, entry in zip(counts.levels, contexts, entries, strict=False):
            nothing = [0, 0]  # at the places -1 and -2, for what was not counted and what is not there
            known.append(np.append(np.diff(level.first), nothing)[context] > 0)
            ratios.append(np.append(_ratios(level), nothing)[entry])
        for _ in range(rounds):
            mixed = [np.full(len(words), 1 / (counts.vocab_size - 2))]
            for weight, ratio, asked in zip(self.weights, ratios, known, strict=True):
                mixed.append(np.where(asked, weight * ratio + (1 - weight) * mixed[-1], mixed[-1]))
            share = np.ones(len(words))  # of each token, still to be explained by shorter contexts
            for i in reversed(range(len(self.weights))):
                explained = np.where(known[i], share * self.weights[i] * ratios[i] / mixed[i + 1], 0.0)
                if known[i].any():
                    self.weights[i] = min(explained.sum() / share[known[i]].sum(), 1 - 1e-6)  # nothing is impossible
                share = share - explained


class KneserNey(NGramModel):
    """Modified Kneser-Ney smoothing, interpolated (Chen & Goodman 1999). Lesson 01, eqs. (1.10) to (1.12).

    Attributes:
        discounts: what is taken from n-grams with a count of 0, 1, 2, and 3 or more, shape (order, 4).
    """

    def __init__(self, counts: NGramCounts, order: int | None = None):
        self.discounts = np.zeros((counts.order if order is None else order, 4))
        super().__init__(counts, order)

    def _tables(self, length, level, below):
        counts = level.counts if length == self.order else self.counts.continuations(length)
        self.discounts[length - 1] = _discounts(counts)
        taken = self.discounts[length - 1][np.minimum(counts, 3)]
        totals = np.maximum(level.sum_by_context(counts), 1)
        backoff = level.sum_by_context(taken) / totals
        return (counts - taken) / totals[level.contexts] + backoff[level.contexts] * below, backoff


def _discounts(counts) -> np.ndarray:
    """Discounts of counts of 0, 1, 2, and 3 or more, from how many n-grams occur once to four times. Eq. (1.12).

    Where a text is too small for the estimate, 0.5, 1 and 1.5, as KenLM's fall-back has them.
    """
    once, twice, thrice, four_times = np.bincount(np.minimum(counts, 5), minlength=6)[1:5].astype(float)
    if min(once, twice, thrice) > 0:
        share = once / (once + 2 * twice)
        ratios = np.array([twice / once, thrice / twice, four_times / thrice])
        discounts = np.array([1, 2, 3]) - np.array([2, 3, 4]) * share * ratios
        if (discounts >= 0).all():
            return np.array([0, *discounts])
    return np.array([0, 0.5, 1, 1.5])
