"""`python -m course train PRESET`: a language model on real text, for as long as it takes, and as often interrupted."""

import json
import platform
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

from course.backend import keras
from course.commands.presets import PRESETS, Preset
from course.datasets import load
from course.metrics import perplexity
from course.models.language_model import language_model
from course.models.softmax import loss_model
from course.text.vocabulary import END_ID, Vocabulary
from course.training import History, fit_stream, stream_log_probs

SEED = 1


def corpus_ids(name: str) -> tuple[Vocabulary, dict[str, np.ndarray]]:
    """The vocabulary of the training text, and each part as one stream of ids with <end> behind every line."""
    corpus = load(name)
    lines = {split: [line.split() for line in corpus.lines(split)] for split in ("train", "valid", "test")}
    vocabulary = Vocabulary.from_tokens(token for line in lines["train"] for token in line)
    ends = np.array([END_ID], np.int32)
    return vocabulary, {
        split: np.concatenate([part for line in lines[split] for part in (vocabulary.encode(line), ends)])
        for split in lines
    }


def build(preset: Preset, vocab_size: int, streams: int) -> keras.Model:
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


def schedule(preset: Preset, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate over so many steps: up in the first 2 %, then down along a cosine."""
    warm = max(1, steps // 50)
    return keras.optimizers.schedules.CosineDecay(
        preset.learning_rate / 50, steps - warm, alpha=0.02, warmup_target=preset.learning_rate, warmup_steps=warm
    )


def train(preset: Preset, folder: Path, report) -> tuple[keras.Model, Vocabulary, dict, History]:
    """Train, or go on where the checkpoint in the folder ends; returns the model with the weights of the best epoch."""
    vocabulary, ids = corpus_ids(preset.corpus)
    keras.utils.set_random_seed(SEED)
    model = build(preset, len(vocabulary), preset.streams)
    windows = len(ids["train"]) // (preset.streams * preset.steps)
    history = fit_stream(
        model,
        ids["train"],
        steps=preset.steps,
        epochs=preset.epochs,
        learning_rate=schedule(preset, windows * preset.epochs),
        clip_norm=preset.clip_norm,
        objective=loss_model(model, frequent=preset.frequent, sampled=preset.sampled, seed=SEED),
        validation=ids["valid"],
        checkpoint=folder / "checkpoint.npz",
        report=report,
    )
    return model, vocabulary, ids, history
