"""The stored trainings of lesson 12: whole, and of the corpus that lies beside them."""

import hashlib
import json

from course.commands.reversal_history import CORPUS, EPOCHS, FILE, SEARCHES, SEEDS


def test_stored_runs_are_whole_and_of_the_embedded_corpus():
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    assert stored["corpus"]["sha256"] == hashlib.sha256(CORPUS.read_bytes()).hexdigest(), (
        f"the corpus has changed since these trainings: run `{stored['command']}` again"
    )
    assert [(run["seed"], run["reverse_source"]) for run in stored["runs"]] == [
        (seed, reverse) for seed in SEEDS for reverse in (False, True)
    ]
    for run in stored["runs"]:
        assert len(run["losses"]) == EPOCHS
        assert set(run["scores"]) == {f"{s}, {who}" for s in ("random", "composition", "length") for who in SEARCHES}
    assert stored["cpu_seconds"] > 0
    assert set(stored["versions"]) == {"python", "keras", "sacrebleu"}
