"""`train PRESET`: a language model on real text, for as long as it takes and as often interrupted, and its history.

Everything lands in the folder `training/PRESET` of the course: `checkpoint.npz` after each epoch, `history.json` at the
end. `--store` also writes the history to `datasets/histories`, from where lesson 08 plots it.
"""

import difflib
import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import packages_distributions, version
from pathlib import Path

import numpy as np

from course.backend import keras
from course.commands import histories
from course.commands.presets import PRESETS, Preset
from course.commands.progress import Progress
from course.context_use import context_use
from course.datasets import available, how_to_get, load
from course.metrics import perplexity
from course.mixture import fit_weight, mix
from course.models.language_model import language_model, next_token_scorer
from course.models.softmax import loss_model
from course.ngrams import KneserNey, NGramCounts
from course.text.vocabulary import END_ID, Vocabulary
from course.training import Diverged, History, fit_stream, stream_log_probs

SEED = 1
FOLDER = Path(__file__).parents[2] / "training"
CURVE = 50  # steps averaged for one point of the stored training curve
CONTEXTS, LONGEST, DISTANCES = 600, 300, (5, 10, 20, 30, 50, 100, 150, 200)  # of the measurement of context use


def main(arguments) -> int:
    """Train the preset named on the command line, or list all; returns the exit code."""
    if arguments.preset is None:
        print(presets_table())
        return 0
    if arguments.preset not in PRESETS:
        near = difflib.get_close_matches(arguments.preset, PRESETS, n=1)
        suggestion = f" Did you mean `{near[0]}`?" if near else ""
        print(f"There is no preset `{arguments.preset}`.{suggestion}\n\n{presets_table()}", file=sys.stderr)
        return 2
    preset, folder = PRESETS[arguments.preset], FOLDER / arguments.preset
    if not available(preset.corpus):
        print(how_to_get(preset.corpus), file=sys.stderr)
        return 1
    try:
        with Progress("steps") as progress:
            history = run(arguments.preset, preset, folder, Report(progress))
    except (Diverged, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    for file in [folder / "history.json"] + [histories.FOLDER / f"08_{arguments.preset}.json"] * arguments.store:
        histories.write(file, history)
    test = history["test"]
    print(
        f"test perplexity: LSTM {test['lstm']:.1f}, Kneser-Ney 5 {test['kneser_ney_5']:.1f}, both {test['mixture']:.1f}"
    )
    print(f"history: {file}")
    return 0


def presets_table() -> str:
    """One line for each preset: name, machine and time, layers, how the softmax is computed."""
    lines = [f"{'preset':<22}{'takes':<31}{'layers':<9}{'dropout':<9}softmax"]
    for name, preset in PRESETS.items():
        softmax = "exact" if preset.frequent is None else f"{preset.frequent} exact + {preset.sampled} sampled"
        layers = f"{preset.layers}×{preset.units}"
        lines.append(f"{name:<22}{preset.takes:<31}{layers:<9}{preset.dropout:<9}{softmax}")
    return "\n".join(lines)


class Report:
    """What `fit_stream` tells, on the moving line and as one line per epoch."""

    def __init__(self, progress):
        self.progress, self.epoch_began = progress, (None, 0.0)

    def __call__(self, line):
        print(line, flush=True)

    def stage(self, text):
        """Something without steps begins."""
        self.progress.stage, self.progress.done, self.progress.detail = text, 0, ""

    def every_step(self, epoch, step, steps, history):
        """One step done: show loss and the minutes that are left of this epoch."""
        if self.epoch_began[0] != epoch:
            self.epoch_began = epoch, self.progress.seconds
        left = (self.progress.seconds - self.epoch_began[1]) / step * (steps - step) / 60
        self.progress.stage, self.progress.done, self.progress.total = f"epoch {epoch}", step, steps
        self.progress.detail = f"loss {np.mean(history.step_losses[-CURVE:]):.2f}, {left:.0f} min left of this epoch"


def run(name: str, preset: Preset, folder: Path, report) -> dict:
    """Train, or go on where the checkpoint in the folder ends, then score on the test text; the history to store.

    Raises:
        ValueError: the folder holds a run with other settings.
    """
    _same_settings(preset, folder)
    vocabulary, ids = corpus_ids(preset.corpus)
    model, history = train(preset, vocabulary, ids, folder / "checkpoint.npz", report)
    report.stage("scoring the test text, which takes minutes")
    return {
        "command": f"python -m course train {name} --store",
        "preset": asdict(preset),
        "seed": SEED,
        "versions": {
            "python": platform.python_version(),
            "keras": version("keras"),
            keras.backend.backend(): _engine(),
        },
        "parameters": model.count_params(),
        "seconds": round(sum(history.seconds)),
        "best_epoch": history.best_epoch,
        "epochs": _epochs(history),
        "curve": {
            "steps": CURVE,
            "losses": [
                round(float(np.mean(history.step_losses[first : first + CURVE])), 4)
                for first in range(0, len(history.step_losses), CURVE)
            ],
        },
        **evaluate(model, preset, vocabulary, ids),
    }


def train(preset: Preset, vocabulary: Vocabulary, ids: dict, checkpoint: Path, report) -> tuple[keras.Model, History]:
    """Train the preset's model; it has the weights of the best epoch at the end."""
    keras.utils.set_random_seed(SEED)
    model = build(preset, len(vocabulary), preset.streams)
    steps = preset.epochs * (len(ids["train"]) // (preset.streams * preset.steps))
    history = fit_stream(
        model,
        ids["train"],
        steps=preset.steps,
        epochs=preset.epochs,
        learning_rate=schedule(preset.learning_rate, steps),
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


def build(preset: Preset, vocab_size: int, streams: int | None) -> keras.Model:
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


def schedule(peak: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate over so many steps: up to the peak in the first 2 %, then down along a cosine to 2 % of it."""
    warm = max(1, steps // 50)
    return keras.optimizers.schedules.CosineDecay(
        peak / 50, max(1, steps - warm), alpha=0.02, warmup_target=peak, warmup_steps=warm
    )


def evaluate(model, preset: Preset, vocabulary: Vocabulary, ids: dict) -> dict:
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


def _epochs(history: History) -> list[dict]:
    steps = len(history.step_losses) // len(history.losses)
    return [
        {
            "epoch": number + 1,
            "loss": round(history.losses[number], 4),
            "validation_loss": round(history.validation_losses[number], 4),
            "seconds": round(history.seconds[number], 1),
            "learning_rate": history.learning_rates[(number + 1) * steps - 1],
            "gradient_norm": round(float(np.median(history.gradient_norms[number * steps : (number + 1) * steps])), 4),
        }
        for number in range(len(history.losses))
    ]


def _same_settings(preset: Preset, folder: Path) -> None:
    """A checkpoint goes on only under the settings that it began with."""
    file = folder / "settings.json"
    settings = json.loads(json.dumps(asdict(preset)))
    if file.exists() and (folder / "checkpoint.npz").exists():
        begun = histories.read(file)
        changed = [name for name in settings if settings[name] != begun.get(name) and name != "takes"]
        if changed:
            raise ValueError(
                f"expected the settings that the run in {folder} began with, got another {', '.join(changed)}; "
                "delete the folder to begin anew"
            )
    histories.write(file, settings)


def _engine() -> str:
    """Version of the package that brings the engine, whatever its name: tensorflow also comes as tensorflow-cpu."""
    return version(packages_distributions()[keras.backend.backend()][0])
