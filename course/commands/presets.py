"""The runs that `python -m course train` knows, from twenty minutes on two cores to the published setting."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LanguagePreset:
    """One training run, named and complete.

    Attributes:
        corpus: name for `course.datasets.load`.
        units, embedding, layers, dropout, recurrent_dropout, tied: as in `models.language_model.language_model`.
        streams, steps: rows of a batch, and tokens of a window.
        epochs, learning_rate, clip_norm: Adam; the rate rises over the first 2 % of the steps and falls to a fiftieth
            along a cosine.
        frequent, sampled: as in `models.softmax.loss_model`; None computes the whole softmax.
        takes: what to expect.
    """

    corpus: str
    units: int
    embedding: int
    layers: int
    dropout: float
    streams: int
    steps: int
    epochs: int
    takes: str
    learning_rate: float = 0.002
    clip_norm: float = 1.0
    recurrent_dropout: float = 0.0
    tied: bool = True
    frequent: int | None = None
    sampled: int = 0


@dataclass(frozen=True)
class TranslationPreset:
    """One training run of a translator, named and complete.

    Attributes:
        corpus: name for `course.datasets.load`.
        pieces: "subwords" of both languages together, or "words" of each.
        vocab_size: ids, of both languages together or of each, the specials counted.
        attention, units, embedding, layers, bidirectional, reverse_source, dropout: as in `models.translator`; target
            vectors and output weights are one, and with subwords the source vectors, too.
        batch, epochs, learning_rate, clip_norm: Adam; the rate rises over the first 2 % of the steps and falls to a
            fiftieth along a cosine.
        longest: pieces of the longest sentence that is trained on.
        takes: what to expect.
    """

    corpus: str
    attention: str | None
    takes: str
    pieces: str = "subwords"
    vocab_size: int = 8000
    units: int = 512
    embedding: int = 256
    layers: int = 1
    bidirectional: bool = True
    reverse_source: bool = False
    dropout: float = 0.2
    batch: int = 128
    epochs: int = 16
    learning_rate: float = 0.0015
    clip_norm: float = 1.0
    longest: int = 40


_TWO_CORES = {"steps": 35, "frequent": 2048, "sampled": 2048}
_PUBLISHED = {"units": 650, "embedding": 650, "layers": 2, "dropout": 0.5, "streams": 20, "steps": 35, "tied": False}

PRESETS = {
    "wikitext-2-short": LanguagePreset(
        "wikitext-2", 256, 256, 1, 0.2, streams=32, epochs=4, takes="one core, 20 minutes", **_TWO_CORES
    ),
    "wikitext-2": LanguagePreset(
        "wikitext-2", 400, 256, 2, 0.35, streams=32, epochs=10, takes="one core, 80 minutes", **_TWO_CORES
    ),
    "wikitext-2-published": LanguagePreset(
        "wikitext-2", epochs=39, takes="one GPU, the published setting", **_PUBLISHED
    ),
    "ptb-short": LanguagePreset(
        "ptb", 256, 256, 1, 0.2, streams=32, epochs=8, takes="one core, 20 minutes", **_TWO_CORES
    ),
    "ptb": LanguagePreset("ptb", 400, 256, 2, 0.35, streams=32, epochs=25, takes="one core, 80 minutes", **_TWO_CORES),
    "tatoeba-attention": TranslationPreset("tatoeba-eng-fra", "scaled", takes="one core, 2 hours"),
    "tatoeba": TranslationPreset("tatoeba-eng-fra", None, takes="one core, 2 hours"),
    "ptb-published": LanguagePreset("ptb", epochs=39, takes="one GPU, the published setting", **_PUBLISHED),
}
