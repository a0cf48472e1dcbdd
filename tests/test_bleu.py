"""Corpus BLEU and chrF against their definitions, counted out literally."""

from collections import Counter
from math import exp, log

import pytest
from sacrebleu.metrics import BLEU

from course.metrics import bleu, chrf
from course.text.tokens import tokenize

HYPOTHESES = [
    "The cat sat on the mat.",
    "The the the the the.",
    "My sister writes a long letter to her friend, and posts it.",
    "He reads.",
]
REFERENCES = [
    ["The cat is on the mat.", "There is a cat on the mat.", "A cat sat on the mat."],
    ["The cat sleeps in the house."],
    ["My sister writes her friend a long letter and posts it.", "My sister is writing a letter to her friend."],
    ["He reads a book.", "He reads."],
]


def ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def literal_bleu(hypotheses, references):
    """Papineni et al. (2002), section 2: clipped counts over the corpus, weights 1/4, brevity against the closest."""
    matched, total, length, closest = [0] * 4, [0] * 4, 0, 0
    for hypothesis, sentences in zip(hypotheses, references, strict=True):
        hypothesis, sentences = tokenize(hypothesis), [tokenize(s) for s in sentences]
        length += len(hypothesis)
        closest += min((abs(len(s) - len(hypothesis)), len(s)) for s in sentences)[1]
        for n in range(1, 5):
            most = Counter()
            for sentence in sentences:
                most |= ngrams(sentence, n)
            matched[n - 1] += sum((ngrams(hypothesis, n) & most).values())
            total[n - 1] += sum(ngrams(hypothesis, n).values())
    brevity = min(1.0, exp(1 - closest / length))
    return 100 * brevity * exp(sum(log(m / t) for m, t in zip(matched, total, strict=True)) / 4)


def test_corpus_bleu_is_what_its_definition_counts():
    assert bleu(HYPOTHESES, REFERENCES).score == pytest.approx(literal_bleu(HYPOTHESES, REFERENCES))


def test_brevity_penalty_is_for_the_corpus():
    short = ["The cat sat on the mat.", "The cat", "My sister writes a letter", "He reads"]
    assert bleu(short, REFERENCES).score == pytest.approx(literal_bleu(short, REFERENCES))
    assert bleu(short, REFERENCES).score < bleu(HYPOTHESES, REFERENCES).score


def test_every_reference_counts_and_their_order_does_not():
    first_only = [sentences[:1] for sentences in REFERENCES]
    turned = [sentences[::-1] for sentences in REFERENCES]
    assert bleu(HYPOTHESES, first_only).score < bleu(HYPOTHESES, REFERENCES).score
    assert bleu(HYPOTHESES, turned).score == bleu(HYPOTHESES, REFERENCES).score
    assert chrf(HYPOTHESES, turned).score == chrf(HYPOTHESES, REFERENCES).score


def test_equal_numbers_of_references_score_as_in_sacrebleu():
    pairs = [sentences[:1] * 2 for sentences in REFERENCES]
    streams = [[sentences[0] for sentences in REFERENCES]] * 2
    assert bleu(HYPOTHESES, pairs).score == BLEU().corpus_score(HYPOTHESES, streams).score


def test_signatures_name_everything_that_matters():
    signature = bleu(HYPOTHESES, REFERENCES).signature
    for part in ("nrefs:var", "case:mixed", "tok:13a", "smooth:exp", "version:"):
        assert part in signature
    assert "nc:6" in chrf(HYPOTHESES, REFERENCES).signature


def test_chrf_of_one_pair_is_the_f_score_of_its_characters():
    hypothesis, reference = "chat", "chats"
    precision = recall = 0.0
    for n in range(1, 5):  # neither has n-grams of 5 in common lengths: "chat" has 4 characters
        mine, theirs = ngrams(hypothesis, n), ngrams(reference, n)
        precision += sum((mine & theirs).values()) / sum(mine.values()) / 4
        recall += sum((mine & theirs).values()) / sum(theirs.values()) / 4
    expected = 100 * 5 * precision * recall / (4 * precision + recall)
    assert chrf([hypothesis], [[reference]]).score == pytest.approx(expected)


def test_perfect_is_100_and_nothing_in_common_is_0():
    right = [sentences[0] for sentences in REFERENCES]
    assert bleu(right, REFERENCES).score == pytest.approx(100)
    assert chrf(right, [sentences[:1] for sentences in REFERENCES]).score == pytest.approx(100)
    assert chrf(["zzz"], [["aaa"]]).score == 0


@pytest.mark.parametrize(
    ("hypotheses", "references", "message"),
    [
        ([], [], "expected one or more translations"),
        (["a"], [["a"], ["b"]], "got 1 and 2"),
        (["a"], [[]], "one or more references for each sentence"),
        (["a"], ["a"], "one or more references for each sentence, got 'a'"),
    ],
)
def test_what_cannot_be_scored_is_refused(hypotheses, references, message):
    with pytest.raises(ValueError, match=message):
        bleu(hypotheses, references)
