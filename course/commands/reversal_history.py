"""Train lesson 12's translator forwards and backwards, three seeds each: `python -m course.commands.reversal_history`.

Writes `datasets/histories/12_reversal.json`: losses and scores on the three splits of `postcards`, with the command,
the corpus, versions and duration. About five minutes on one core.
"""

from functools import partial

from course.backend import keras
from course.commands.histories import FOLDER, origin, stopwatch, write
from course.datasets import load
from course.decoding import batched, beam, greedy, until
from course.metrics import bleu, chrf, exact_match
from course.models.translator import Translator, covered, encode_sources
from course.text.tokens import detokenize, tokenize
from course.text.vocabulary import END_ID, START_ID, Vocabulary
from course.text.windows import next_token_rows, pad
from course.training import fit

SEEDS = (0, 1, 2)
EPOCHS, BATCH, LEARNING_RATE = 9, 64, 0.006
SEARCHES = {"greedy": greedy, "beam 5": partial(beam, width=5)}
FILE = FOLDER / "12_reversal.json"


def main() -> None:
    """Train six translators, one after another, and store what they reached."""
    seconds = stopwatch()
    splits = {name: load("postcards", split=name) for name in ("random", "composition", "length")}
    train = sorted(set.intersection(*(set(split.train) for split in splits.values())), key=lambda pair: pair.source)
    english = Vocabulary.from_tokens((t for pair in train for t in tokenize(pair.source)), max_size=1204)
    french = Vocabulary.from_tokens((t for pair in train for t in tokenize(pair.targets[0])), max_size=1804)
    train = [pair for pair in train if covered(pair, english, french, longest=8)]
    tests = {
        name: [p for p in split.test if covered(p, english, french, longest=30 if name == "length" else 8)]
        for name, split in splits.items()
    }
    history = origin("reversal_history", "postcards/postcards.tsv", packages=("keras", "sacrebleu")) | {
        "training_pairs": len(train),
        "runs": [_run(train, tests, english, french, seed, reverse) for seed in SEEDS for reverse in (False, True)],
    }
    write(FILE, history | seconds())


def _run(train, tests, english, french, seed, reverse_source) -> dict:
    """Train one translator; its loss by epoch, and its scores for each split and search."""
    keras.utils.set_random_seed(seed)
    model = Translator(len(english), len(french), embedding=64, units=128, reverse_source=reverse_source)
    inputs, answers = next_token_rows(french.encode(tokenize(pair.targets[0])) for pair in train)
    source = pad(encode_sources([pair.source for pair in train], english))
    falling = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, EPOCHS * -(-len(train) // BATCH), alpha=0.05)
    history = fit(
        model, (source, inputs), answers, epochs=EPOCHS, batch=BATCH, learning_rate=falling, seed=seed, clip_norm=5.0
    )
    scores = {}
    for who, search in SEARCHES.items():
        decode = batched(model.encode, model.step, partial(search, start=START_ID, end=END_ID, max_steps=30))
        for name, pairs in tests.items():
            ids = decode(encode_sources([pair.source for pair in pairs], english)).ids.reshape(len(pairs), -1, 30)[:, 0]
            texts = [detokenize(french.decode(until(row, END_ID))) for row in ids]
            references = [pair.targets for pair in pairs]
            scores[f"{name}, {who}"] = {
                "sentences": len(pairs),
                "bleu": round(bleu(texts, references).score, 2),
                "chrf": round(chrf(texts, references).score, 2),
                "exact_match": round(exact_match(texts, references), 4),
            }
    return {"seed": seed, "reverse_source": reverse_source, "losses": history.losses, "scores": scores}


if __name__ == "__main__":
    main()
