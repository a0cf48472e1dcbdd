"""Train lesson 13's translators at length, three seeds each: `python -m course.commands.attention_history`.

Writes `datasets/histories/13_attention.json`: without attention and with three scores, the English read forwards or
backwards, all with as many updates; losses, scores on the three splits of `postcards`, quality by length of the
sentence, and how far the largest weights lie from the dictionary's words. Each run is stored when it ends, and a
command that was interrupted goes on where it stopped. About ten minutes on one core.
"""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course.backend import keras
from course.commands.histories import FOLDER, add, opened, origin, stopwatch
from course.corpora.bilingual.links import known_links
from course.datasets import load
from course.decoding import batched, greedy, until
from course.metrics import bleu, chrf, exact_match
from course.models.translator import Translator, covered, encode_sources
from course.text.tokens import detokenize, tokenize
from course.text.vocabulary import END_ID, START_ID, Vocabulary
from course.text.windows import next_token_rows, pad
from course.training import fit

FILE = FOLDER / "13_attention.json"
SEEDS = (1, 2, 3)
EPOCHS, BATCH, LEARNING_RATE = 8, 64, 0.006
MODELS = {  # attention, and whether the English sentence is read from its end
    "without attention": (None, False),
    "without attention, reversed": (None, True),
    "additive": ("additive", False),
    "additive, reversed": ("additive", True),
    "multiplicative": ("multiplicative", False),
    "multiplicative, reversed": ("multiplicative", True),
    "scaled": ("scaled", False),
    "scaled, reversed": ("scaled", True),
}
LENGTHS = (
    (3, 4),
    (5, 6),
    (7, 8),
    (9, 10),
    (12, 12),
    (13, 13),
    (14, 20),
)  # tokens of the English sentence; trained up to 10


class SmallLanguage(NamedTuple):
    """Short sentence pairs of common words: what is in training in all three splits, and their test parts."""

    english: Vocabulary
    french: Vocabulary
    train: list
    valid: list
    tests: dict[str, list]


def small_language(english_size: int = 704, french_size: int = 904, longest: int = 10) -> SmallLanguage:
    """The postcards with at most so many English tokens, all of them among the commonest.

    Args:
        english_size, french_size: sizes of the vocabularies, specials counted.
        longest: English tokens of a sentence; those of the test part of the length split are longer.
    """
    splits = {name: load("postcards", split=name) for name in ("random", "composition", "length")}
    train = sorted(set.intersection(*(set(split.train) for split in splits.values())), key=lambda pair: pair.source)
    english = Vocabulary.from_tokens((t for pair in train for t in tokenize(pair.source)), max_size=english_size)
    french = Vocabulary.from_tokens((t for pair in train for t in tokenize(pair.targets[0])), max_size=french_size)
    train = [pair for pair in train if covered(pair, english, french, longest)]
    known = {pair.source for pair in train}
    valid = [p for p in splits["random"].valid if p.source not in known and covered(p, english, french, longest)]
    tests = {
        name: [p for p in split.test if covered(p, english, french, 30 if name == "length" else longest)]
        for name, split in splits.items()
    }
    return SmallLanguage(english, french, train, valid, tests)


def train_translator(language: SmallLanguage, attention: str | None, reverse_source: bool, seed: int) -> dict:
    """Train one translator; losses by epoch, scores by split and by length of the sentence, and what it took."""
    seconds = stopwatch()
    keras.utils.set_random_seed(seed)
    model = Translator(
        len(language.english),
        len(language.french),
        embedding=64,
        units=128,
        tied=True,
        attention=attention,
        reverse_source=reverse_source,
    )
    steps = EPOCHS * -(-len(language.train) // BATCH)
    inputs, answers = _rows(language, language.train)
    history = fit(
        model,
        inputs,
        answers,
        epochs=EPOCHS,
        batch=BATCH,
        learning_rate=keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps, alpha=0.05),
        seed=seed,
        clip_norm=5.0,
        validation=_rows(language, language.valid),
        report=None,
    )
    decode = batched(model.encode, model.step, partial(greedy, start=START_ID, end=END_ID, max_steps=30))
    scores, by_length = {}, {lengths: ([], []) for lengths in LENGTHS}
    for name, pairs in language.tests.items():
        ids = decode(encode_sources([pair.source for pair in pairs], language.english)).ids
        texts = [detokenize(language.french.decode(until(row, END_ID))) for row in ids]
        scores[name] = _scores(texts, [pair.targets for pair in pairs])
        for pair, text in zip(pairs, texts, strict=True):
            for (shortest, longest), (found, references) in by_length.items():
                if name != "composition" and shortest <= len(tokenize(pair.source)) <= longest:
                    found.append(text)
                    references.append(pair.targets)
    run = {
        "losses": [round(loss, 4) for loss in history.losses],
        "validation_losses": [round(loss, 4) for loss in history.validation_losses],
        "scores": scores,
        "lengths": [{"tokens": lengths} | _scores(*found) for lengths, found in by_length.items() if found[0]],
    }
    if attention is not None:
        run["alignment"] = _alignment(model, language, language.tests["random"])
    return run | seconds()


def _alignment(model, language, pairs) -> dict:
    """How far the largest weights lie from the words that the dictionary links, under teacher forcing.

    Returns:
        `words` that have a link, and by how many English words the largest weight misses it (steps to their number).
    """
    inputs, _ = _rows(language, pairs)
    weights = keras.ops.convert_to_numpy(model.alignment(*inputs))
    steps = [
        int(weights[row, t].argmax()) - s
        for row, pair in enumerate(pairs)
        for t, s in known_links(tokenize(pair.source), tokenize(pair.targets[0]))
    ]
    counted = zip(*np.unique(steps, return_counts=True), strict=True)
    return {"words": len(steps), "steps_off": {str(step): int(number) for step, number in counted}}


def _rows(language, pairs):
    """((sources, target inputs), targets) as ids."""
    inputs, answers = next_token_rows(language.french.encode(tokenize(pair.targets[0])) for pair in pairs)
    return (pad(encode_sources([pair.source for pair in pairs], language.english)), inputs), answers


def _scores(texts, references) -> dict:
    return {
        "sentences": len(texts),
        "bleu": round(bleu(texts, references).score, 2),
        "chrf": round(chrf(texts, references).score, 2),
        "exact_match": round(exact_match(texts, references), 4),
    }


def main(file: Path = FILE, language: SmallLanguage | None = None, models=MODELS, seeds=SEEDS) -> None:
    """Make the runs that the file lacks, one after another, and store each.

    Raises:
        ValueError: the file holds runs of another setting.
    """
    language = language or small_language()
    origins = origin("attention_history", "postcards/postcards.tsv", packages=("keras", "sacrebleu"))
    stored = opened(file, origins | {"training_pairs": len(language.train), "epochs": EPOCHS, "search": "greedy"})
    found = {(run["seed"], run["model"]) for run in stored["runs"]}
    for seed in seeds:
        for name, (attention, reverse_source) in models.items():
            if (seed, name) not in found:
                keras.backend.clear_session()
                run = train_translator(language, attention, reverse_source, seed)
                add(file, stored, {"seed": seed, "model": name} | run)
                print(
                    f"seed {seed}, {name}: BLEU {run['scores']['random']['bleu']}, {run['cpu_seconds']} s", flush=True
                )


if __name__ == "__main__":
    main()
