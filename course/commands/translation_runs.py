"""The translators that `python -m course train` trains: from a corpus to a model, its file and its scores."""

from functools import partial
from pathlib import Path

import numpy as np

from course.backend import keras
from course.commands.histories import SEED, training_run
from course.commands.presets import TranslationPreset
from course.datasets import load
from course.decoding import batched, beam, greedy, until
from course.metrics import bleu, chrf
from course.models.translator import Translator
from course.parallel import finish
from course.text.codecs import Subwords, Words
from course.text.tokens import tokenize
from course.text.vocabulary import END_ID, START_ID
from course.text.windows import next_token_rows, pad
from course.training import History, fit, warmed_cosine
from course.translation import MAX_STEPS

LESSON = "12"  # that plots the stored histories
WIDTHS = (1, 2, 3, 5, 8, 12)  # of the beam; 1 is greedy search
LENGTHS = ((1, 4), (5, 6), (7, 8), (9, 12), (13, 1000))  # words and marks of the source sentence
SAMPLES = 30  # test translations kept, drawn by the corpus' own hash order


def run(name: str, preset: TranslationPreset, folder: Path, report) -> dict | None:
    """Train, or go on where the checkpoint in the folder ends, save the model, score it; the history to store.

    Where several processes train, only the first goes on after the training; the others return None.
    """
    corpus = load(preset.corpus)
    model, history = train(preset, corpus, folder / "checkpoint.npz", report)
    if not finish():
        return None
    alone = Translator.from_config(model.get_config())  # without the optimiser, which is twice as large as the model
    alone.set_weights(model.get_weights())
    alone.save(folder / "translator.keras")
    report.stage("translating the test sentences, which takes minutes")
    return {**training_run(name, preset, model, history), **evaluate(alone, corpus.test)}


def train(preset: TranslationPreset, corpus, checkpoint: Path, report) -> tuple[Translator, History]:
    """Train the preset's model; it has the weights of the best epoch at the end."""
    keras.utils.set_random_seed(SEED)
    model = build(preset, corpus.train)
    arrays = rows(model, corpus.train, preset.longest)
    steps = preset.epochs * -(-len(arrays[1]) // preset.batch)
    history = fit(
        model,
        *arrays,
        epochs=preset.epochs,
        batch=preset.batch,
        learning_rate=warmed_cosine(preset.learning_rate, steps),
        seed=SEED,
        clip_norm=preset.clip_norm,
        validation=rows(model, corpus.valid, preset.longest),
        checkpoint=checkpoint,
        report=report,
    )
    return model, history


def build(preset: TranslationPreset, pairs) -> Translator:
    """The untrained translator of a preset, with codecs made from the training pairs."""
    sources = [pair.source for pair in pairs]
    targets = [target for pair in pairs for target in pair.targets]
    if preset.pieces == "subwords":
        codecs = [Subwords.from_texts([*sources, *targets], preset.vocab_size)] * 2
    else:
        codecs = [Words.from_texts(texts, preset.vocab_size) for texts in (sources, targets)]
    return Translator(
        *map(len, codecs),
        embedding=preset.embedding,
        units=preset.units,
        reverse_source=preset.reverse_source,
        layers=preset.layers,
        bidirectional=preset.bidirectional,
        attention=preset.attention,
        dropout=preset.dropout,
        tied=True,
        shared=preset.pieces == "subwords",
        source_texts=codecs[0],
        target_texts=codecs[1],
    )


def rows(model: Translator, pairs, longest: int):
    """((sources, target inputs), targets): one row for each translation of each sentence, none of them too long."""
    coded = [
        (source, target)
        for pair in pairs
        for source in [model.source_texts.encode(pair.source)]
        for target in map(model.target_texts.encode, pair.targets)
        if 0 < len(source) <= longest and 0 < len(target) <= longest
    ]
    inputs, targets = next_token_rows(target for _, target in coded)
    return (pad([source for source, _ in coded]), inputs), targets


def evaluate(model: Translator, pairs) -> dict:
    """Corpus BLEU and chrF over all test sentences, every known translation a reference.

    Returns:
        `test`: scores by width of the beam; `lengths`: BLEU by length of the source, for greedy search and the widest
        beam but one; `samples`: some sentences, not chosen, with a reference and what greedy search and that beam give.
    """
    references = [pair.targets for pair in pairs]
    translations = {width: translated(model, [pair.source for pair in pairs], width) for width in WIDTHS}
    scores = [
        {
            "width": width,
            "bleu": round(bleu(texts, references).score, 2),
            "chrf": round(chrf(texts, references).score, 2),
        }
        for width, texts in translations.items()
    ]
    signatures = {metric.__name__: metric(translations[1], references).signature for metric in (bleu, chrf)}
    words = np.array([len(tokenize(pair.source)) for pair in pairs])
    lengths = []
    for shortest, longest in LENGTHS:
        chosen = np.flatnonzero((shortest <= words) & (words <= longest))
        row = {"words": [shortest, longest], "sentences": len(chosen)}
        for width in (1, 5):
            texts = [translations[width][i] for i in chosen]
            row[f"bleu, width {width}"] = round(bleu(texts, [references[i] for i in chosen]).score, 2)
        lengths.append(row)
    samples = [
        {"source": pairs[i].source, "reference": pairs[i].targets[0]}
        | {f"width {width}": translations[width][i] for width in (1, 5)}
        for i in range(SAMPLES)
    ]
    test = {"sentences": len(pairs), "references": sum(map(len, references)), "scores": scores}
    return {"test": test | {"signatures": signatures}, "lengths": lengths, "samples": samples}


def translated(model: Translator, sentences, width: int) -> list[str]:
    """The best translation of each sentence that a beam of this width finds; unlike a reader's, none is refused."""
    search = greedy if width == 1 else partial(beam, width=width)
    decode = batched(model.encode, model.step, partial(search, start=START_ID, end=END_ID, max_steps=MAX_STEPS))
    found = decode([model.source_texts.encode(sentence) for sentence in sentences]).ids
    best = found if width == 1 else found[:, 0]
    return [model.target_texts.decode(until(ids, END_ID)) for ids in best]


def summary(history: dict) -> str:
    """The scores in a line."""
    return "; ".join(
        f"beam {row['width']}: BLEU {row['bleu']:.1f}, chrF {row['chrf']:.1f}" for row in history["test"]["scores"]
    )
