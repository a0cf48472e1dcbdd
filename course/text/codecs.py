"""Between a text and the ids that a model reads: word by word, or in pieces of words."""

import base64
import io
from collections.abc import Iterable

import numpy as np
import sentencepiece

from course.text.tokens import detokenize, tokenize
from course.text.vocabulary import END, END_ID, PAD, PAD_ID, START, START_ID, UNK, UNK_ID, Vocabulary


class Words:
    """Words and punctuation marks as ids; what is not in the vocabulary is <unk>.

    >>> words = Words.from_texts(["I love it.", "I love pizza."])
    >>> ids = words.encode("I love cake.")
    >>> words.pieces(ids), words.decode(ids)
    (['I', 'love', '<unk>', '.'], 'I love <unk>.')
    """

    kind = "words"

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary = vocabulary

    @classmethod
    def from_texts(cls, texts: Iterable[str], max_size: int | None = None) -> "Words":
        """The most frequent words of the texts, up to so many ids with the four specials."""
        return cls(Vocabulary.from_tokens((token for text in texts for token in tokenize(text)), max_size))

    def __len__(self) -> int:
        return len(self.vocabulary)

    def encode(self, text: str) -> np.ndarray:
        """The ids of a text, int32, shape (words,)."""
        return self.vocabulary.encode(tokenize(text))

    def decode(self, ids: Iterable[int]) -> str:
        """The text of the ids."""
        return detokenize(self.pieces(ids))

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """One string for each id, for instance for the axis of a figure."""
        return self.vocabulary.decode(ids)

    def get_config(self) -> dict:
        """Plain data from which `codec_from` makes the same codec."""
        return {"kind": self.kind, "tokens": self.vocabulary.tokens}

    @classmethod
    def from_config(cls, config: dict) -> "Words":
        """The inverse of `get_config`."""
        return cls(Vocabulary(config["tokens"]))


class Subwords:
    """Pieces of words learnt by byte-pair encoding, so that rare words are spelt instead of lost.

    Sennrich, Haddow & Birch (2016), through SentencePiece (Kudo & Richardson 2018). The ids of the specials are those
    of `text.vocabulary`. Characters that the training texts lack are <unk>.
    """

    kind = "subwords"

    def __init__(self, model: bytes):
        """Args:
        model: of SentencePiece, serialised.
        """
        self.model = model
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)

    @classmethod
    def from_texts(cls, texts: Iterable[str], max_size: int) -> "Subwords":
        """Pieces for the texts, so many ids with the four specials; the same texts give the same pieces."""
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            model_type="bpe",
            vocab_size=max_size,
            character_coverage=1.0,
            pad_id=PAD_ID,
            unk_id=UNK_ID,
            bos_id=START_ID,
            eos_id=END_ID,
            pad_piece=PAD,
            unk_piece=UNK,
            bos_piece=START,
            eos_piece=END,
            unk_surface=UNK,
            num_threads=1,
            minloglevel=2,
        )
        return cls(model.getvalue())

    def __len__(self) -> int:
        return self._processor.get_piece_size()

    def encode(self, text: str) -> np.ndarray:
        """The ids of a text, int32, shape (pieces,)."""
        return np.array(self._processor.encode(text), dtype=np.int32)

    def decode(self, ids: Iterable[int]) -> str:
        """The text of the ids."""
        return self._processor.decode([int(i) for i in ids])

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """One string for each id; a piece that begins a word begins with "▁"."""
        return [self._processor.id_to_piece(int(i)) for i in ids]

    def get_config(self) -> dict:
        """Plain data from which `codec_from` makes the same codec."""
        return {"kind": self.kind, "model": base64.b64encode(self.model).decode("ascii")}

    @classmethod
    def from_config(cls, config: dict) -> "Subwords":
        """The inverse of `get_config`."""
        return cls(base64.b64decode(config["model"]))


def codec_from(config):
    """The codec that a configuration describes; a codec, and None, as they are.

    Raises:
        ValueError: no codec is of this kind.
    """
    if config is None or isinstance(config, Words | Subwords):
        return config
    kinds = {codec.kind: codec for codec in (Words, Subwords)}
    if config.get("kind") not in kinds:
        raise ValueError(f"expected a codec of {sorted(kinds)}, got {config.get('kind')!r}")
    return kinds[config["kind"]].from_config(config)
