"""`train PRESET`: a model of real text, for as long as it takes and as often interrupted, and its history.

Everything lands in the folder `training/PRESET` of the course: `checkpoint.npz` after each epoch, `history.json` and,
for a translator, `translator.keras` at the end. `--store` also puts the history into `datasets/histories`, from where
the lessons plot it, and the translator into `datasets/translators`.

`--devices N` shares every batch out among the devices of this machine, and `--hosts A:PORT,B:PORT --host I` among
several: the same command on each, with its place among them, and a folder `training` that all of them see.
"""

import difflib
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from course.commands import histories, language_runs, translation_runs
from course.commands.presets import PRESETS, LanguagePreset
from course.commands.progress import Progress
from course.datasets import EMBEDDED, available, how_to_get
from course.parallel import distribute
from course.training import Diverged

FOLDER = Path(__file__).parents[2] / "training"
MODELS = EMBEDDED / "translators"


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
        if arguments.devices or arguments.hosts:
            distribute(arguments.devices, tuple(filter(None, arguments.hosts.split(","))), arguments.host)
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    runs = language_runs if isinstance(preset, LanguagePreset) else translation_runs
    try:
        with Progress("steps") as progress:
            _same_settings(preset, folder)
            history = runs.run(arguments.preset, preset, folder, Report(progress))
    except (Diverged, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if history is None:  # the first host goes on from here
        return 0
    file = folder / "history.json"
    histories.write(file, history)
    if arguments.store:
        shutil.copyfile(file, histories.FOLDER / f"{runs.LESSON}_{arguments.preset}.json")
        MODELS.mkdir(exist_ok=True)
        for model in folder.glob("*.keras"):
            shutil.copyfile(model, MODELS / f"{arguments.preset}.keras")
    print(runs.summary(history))
    print(f"history: {file}")
    return 0


def presets_table() -> str:
    """One line for each preset: name, machine and time, layers, and what it reads."""
    lines = [f"{'preset':<24}{'takes':<31}{'layers':<9}{'dropout':<9}corpus"]
    for name, preset in PRESETS.items():
        layers = f"{preset.layers}×{preset.units}"
        lines.append(f"{name:<24}{preset.takes:<31}{layers:<9}{preset.dropout:<9}{preset.corpus}")
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
        self.progress.detail = (
            f"loss {np.mean(history.step_losses[-histories.CURVE :]):.2f}, {left:.0f} min left of this epoch"
        )


def _same_settings(preset, folder: Path) -> None:
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
