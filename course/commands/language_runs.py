"""The language models that `python -m course train` trains: from a corpus to a model and its scores."""

from pathlib import Path

import numpy as np

from course.backend import keras
from course.commands.histories import SEED, training_run
from course.commands.presets import LanguagePreset
from course.context_use import context_use
from course.datasets import load
from course.metrics import perplexity
from course.mixture import fit_weight, mix
from course.models.language_model import language_model, next_token_scorer
from course.models.softmax import loss_model
from course.ngrams import KneserNey, NGramCounts
from course.parallel import finish
from course.text.vocabulary import END_ID, Vocabulary
from course.training import History, fit_stream, stream_log_probs, warmed_cosine

LESSON = "08"  # that plots the stored histories
CONTEXTS, LONGEST, DISTANCES = 600, 300, (5, 10, 20, 30, 50, 100, 150, 200)  # of the measurement of context use


def run(name: str, preset: LanguagePreset, folder: Path, report) -> dict | None:
    """Train, or go on where the checkpoint in the folder ends, then score on the test text; the history to store.

    Where several processes train, only the first goes on after the training; the others return None.
    """
    vocabulary, ids = corpus_ids(preset.corpus)
    model, history = train(preset, vocabulary, ids, folder / "checkpoint.npz", report)
    if not finish():
        return None
    report.stage("scoring the test text, which takes minutes")
    return {
        **training_run(name, preset, model, history),
        **evaluate(model, preset, vocabulary, ids),
    }


def train(
    preset: LanguagePreset, vocabulary: Vocabulary, ids: dict, checkpoint: Path, report
) -> tuple[keras.Model, History]:
    """Train the preset's model; it has the weights of the best epoch at the end."""
    keras.utils.set_random_seed(SEED)
    model = build(preset, len(vocabulary), preset.streams)
    steps = preset.epochs * (len(ids["train"]) // (preset.streams * preset.steps))
    history = fit_stream(
        model,
        ids["train"],
        steps=preset.steps,
        epochs=preset.epochs,
        learning_rate=warmed_cosine(preset.learning_rate, steps),
        clip_norm=preset.clip_norm,
        objective=loss_model(model, frequent=preset.frequent, sampled=preset.sampled, seed=SEED),
        validation=ids["valid"],
        checkpoint=checkpoint,
        report=report,
    )
    return model, history


def corpus_ids(name: str) -> tuple[Vocabulary, dict[str, np.ndarray]]:
    """The vocabulary of the training text, and each part as one stream of ids with <end> behind every line."""
    corpus = load(name)
    lines = {split: [line.split() for line in corpus.lines(split)] for split in ("train", "valid", "test")}
    vocabulary = Vocabulary.from_tokens(token for line in lines["train"] for token in line)
    return vocabulary, {
        split: np.concatenate([part for line in lines[split] for part in (vocabulary.encode(line), [END_ID])]).astype(
            np.int32
        )
        for split in lines
    }


def build(preset: LanguagePreset, vocab_size: int, streams: int | None) -> keras.Model:
    """The language model of a preset, for so many parallel texts."""
    return language_model(
        vocab_size,
        preset.units,
        preset.embedding,
        layers=preset.layers,
        dropout=preset.dropout,
        recurrent_dropout=preset.recurrent_dropout,
        tied=preset.tied,
        streams=streams,
    )


def evaluate(model, preset: LanguagePreset, vocabulary: Vocabulary, ids: dict) -> dict:
    """Test perplexity of the model, of modified Kneser-Ney 5 and of their mixture, and how far back the model looks.

    All three score the same tokens: every word and the <end> of every line, empty lines too. The LSTM reads the test
    text as one stream with its state carried; Kneser-Ney begins anew at every line. The weight of the mixture is fitted
    on the validation text.
    """
    scorer = build(preset, len(vocabulary), streams=1)
    scorer.set_weights(model.get_weights())
    kneser_ney = KneserNey(NGramCounts(_lines(ids["train"]), len(vocabulary), order=5))
    scores = {
        split: (stream_log_probs(scorer, ids[split]), kneser_ney.token_log_probs(_lines(ids[split])))
        for split in ("valid", "test")
    }
    weight = fit_weight(*scores["valid"])
    lstm, counted = scores["test"]
    reader = build(preset, len(vocabulary), streams=None)
    reader.set_weights(model.get_weights())
    positions = np.linspace(LONGEST, len(ids["test"]) - 1, CONTEXTS).astype(int)
    contexts = [ids["test"][position - LONGEST : position] for position in positions]
    spoilt = context_use(next_token_scorer(reader), contexts, ids["test"][positions], DISTANCES, seed=SEED)
    return {
        "test": {
            "tokens": len(lstm),
            "lstm": perplexity(lstm),
            "kneser_ney_5": perplexity(counted),
            "mixture": perplexity(mix(lstm, counted, weight)),
            "weight": weight,
        },
        "valid": {"lstm": perplexity(scores["valid"][0]), "kneser_ney_5": perplexity(scores["valid"][1])},
        "context": {
            "targets": CONTEXTS,
            "distance": list(DISTANCES),
            **{how: np.mean(losses, axis=1).tolist() for how, losses in spoilt.items()},
            "standard_error": {
                how: (np.std(losses, axis=1) / np.sqrt(CONTEXTS)).tolist() for how, losses in spoilt.items()
            },
        },
    }


def _lines(ids) -> list[np.ndarray]:
    """The stream cut at its <end>s, which are left out."""
    return [line[:-1] for line in np.split(ids, np.flatnonzero(ids == END_ID) + 1)[:-1]]


def summary(history: dict) -> str:
    """The scores in a line."""
    test = history["test"]
    return (
        f"test perplexity: LSTM {test['lstm']:.1f}, Kneser-Ney 5 {test['kneser_ney_5']:.1f}, both {test['mixture']:.1f}"
    )
