"""From a translator with codecs to translations of text: for any sentences, or the reason why there is none."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from course.backend import compiled, keras
from course.datasets import EMBEDDED
from course.decoding import batched, beam, until
from course.models.translator import Translator
from course.text.tokens import tokenize
from course.text.vocabulary import END_ID, SPECIALS, START_ID, UNK_ID
from course.text.windows import pad

FOLDER = EMBEDDED / "translators"
LONGEST = 40  # pieces of the longest sentence that the translators on real text are trained on
MAX_STEPS = 60  # pieces of the longest translation, <end> counted
SHOWN = 60  # characters of an unreadable text that are repeated in the answer
BATCH, BUCKET = 64, 8  # sentences translated at once; lengths are rounded up to a multiple, so that shapes recur

_TYPED = str.maketrans("‘’“”", "''\"\"")  # what phones and word processors write; the corpora have straight ones


class Untranslatable(ValueError):
    """The translator cannot read this; the message is for the person who typed it."""


class Translation(NamedTuple):
    """A translated sentence, what else the beam found, and where the model looked."""

    text: str
    score: float  # log p / length penalty, by which the beam orders its hypotheses, in nats
    alternatives: tuple[tuple[str, float], ...]  # other texts that the beam found and their scores, best first
    unknown_words: tuple[str, ...]  # of the source, each once: the model read <unk> for them, or for their letters
    source_pieces: tuple[str, ...]  # as the model read them
    target_pieces: tuple[str, ...]  # as it wrote them; the last is <end>, unless it was cut at MAX_STEPS
    attention_weights: np.ndarray | None  # (target_pieces, source_pieces); None without attention


def load_translator(name: str) -> Translator:
    """The trained translator of that name, with its codecs.

    Args:
        name: of the preset that trained it, such as "tatoeba-attention".

    Raises:
        FileNotFoundError: it is not on this machine; the message says how to make it.

    >>> load_translator("klingon")
    Traceback (most recent call last):
    FileNotFoundError: no translator is called 'klingon' here. `python -m course train klingon --store` trains it ...
    """
    file = FOLDER / f"{name}.keras"
    if not file.is_file():
        there = ", ".join(sorted(path.stem for path in FOLDER.glob("*.keras"))) or "none yet"
        raise FileNotFoundError(
            f"no translator is called {name!r} here. `python -m course train {name} --store` trains it and puts it "
            f"at {file}. There are: {there}"
        )
    return keras.models.load_model(file)


def text_translator(
    model: Translator, width: int = 5, longest: int = LONGEST
) -> Callable[[Iterable[str]], list[Translation]]:
    """A function from any number of sentences to their translations, compiled once. Make it after training.

    Args:
        model: a translator with codecs.
        width: of the beam; 1 is greedy search.
        longest: pieces of the longest sentence that is accepted; a model that never saw a longer one is not asked.

    Returns:
        translate(sentences), in their order. It raises Untranslatable when one is no text, empty, too long, or without
        a single known word. Control characters are taken out and curly quotes made straight before reading.

    Raises:
        ValueError: the model has no codecs.
    """
    source_texts, target_texts = model.source_texts, model.target_texts
    if source_texts is None or target_texts is None:
        raise ValueError("expected a translator with codecs, got one without: it knows ids, no texts")
    search = partial(beam, start=START_ID, end=END_ID, max_steps=MAX_STEPS, width=width)
    decode = batched(model.encode, model.step, search, BATCH, BUCKET)
    ids = keras.KerasTensor((None, None), "int32")
    align = None if model.decoder.attention is None else compiled(model.alignment, ids, ids)

    def translate(sentences: Iterable[str]) -> list[Translation]:
        if isinstance(sentences, str):
            raise ValueError("expected a list of sentences, got one text: translate([text])")
        texts = [_cleaned(sentence, longest) for sentence in sentences]
        sources = [_encoded(text, source_texts, longest) for text in texts]
        if not sources:
            return []
        decoded = decode(sources)
        written = [until(ids[0], END_ID) for ids in decoded.ids]
        written = [[*ids, END_ID] if len(ids) < MAX_STEPS else ids for ids in written]
        weights = [None] * len(texts) if align is None else _attention_weights(align, sources, written)
        translations = []
        for place, text in enumerate(texts):
            found = {}  # each text once, with its best score: different pieces can spell the same
            for ids, score in zip(decoded.ids[place], decoded.scores[place].tolist(), strict=True):
                found.setdefault(target_texts.decode(until(ids, END_ID)), score)
            (best, score), *others = found.items()
            translations.append(
                Translation(
                    best,
                    score,
                    tuple(others),
                    _unknown_words(text, source_texts),
                    tuple(source_texts.pieces(sources[place])),
                    tuple(target_texts.pieces(written[place])),
                    weights[place],
                )
            )
        return translations

    return translate


def _cleaned(sentence, longest: int) -> str:
    """The text without control, formatting and unpaired surrogate characters, with single spaces."""
    if not isinstance(sentence, str):
        raise Untranslatable(_refusal(longest, f"{type(sentence).__name__}, which is no text"))
    words = sentence.translate(_TYPED).split()
    return " ".join("".join(c for c in word if unicodedata.category(c)[0] != "C") for word in words).strip()


def _encoded(text: str, codec, longest: int) -> np.ndarray:
    """The ids of a text that the model can read."""
    ids = codec.encode(text)
    if not len(ids):
        raise Untranslatable(_refusal(longest, "an empty one"))
    if len(ids) > longest:
        raise Untranslatable(_refusal(longest, f"one of {len(ids)}"))
    unknown = _unknown_words(text, codec)
    if not any(token not in unknown and any(map(str.isalnum, token)) for token in tokenize(text)):
        shown = text if len(text) <= SHOWN else text[:SHOWN] + " …"
        raise Untranslatable(_refusal(longest, f"“{shown}”, in which I know no word"))
    return np.where(ids < len(SPECIALS), UNK_ID, ids)  # who types "<pad>" means no padding


def _unknown_words(text: str, codec) -> tuple[str, ...]:
    return tuple(token for token in dict.fromkeys(tokenize(text)) if (codec.encode(token) < len(SPECIALS)).any())


def _refusal(longest: int, got: str) -> str:
    return f"I can translate English sentences of up to {longest} pieces (words, parts of words and marks); got {got}."


def _attention_weights(align, sources, written) -> list[np.ndarray]:
    """The weights of each sentence, (written, source) pieces: the written ids once more through the decoder."""
    order = np.argsort([len(source) for source in sources], kind="stable")
    weights = [None] * len(sources)
    for first in range(0, len(order), BATCH):
        chosen = order[first : first + BATCH]
        filled = np.resize(chosen, 1 << (len(chosen) - 1).bit_length())
        target_inputs = [[START_ID, *written[i][:-1]] for i in filled]
        arrays = (_padded([sources[i] for i in filled]), _padded(target_inputs))
        found = keras.ops.convert_to_numpy(align(*map(keras.ops.convert_to_tensor, arrays)))
        for row, i in enumerate(chosen):
            weights[i] = found[row, : len(written[i]), : len(sources[i])]
    return weights


def _padded(sequences) -> np.ndarray:
    return pad(sequences, -(-max(map(len, sequences)) // BUCKET) * BUCKET)
