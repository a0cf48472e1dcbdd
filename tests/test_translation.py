"""Texts in, translations out: what the searches find on ids, said in words, for one sentence as for many."""

import itertools
from functools import partial

import numpy as np
import pytest

from course import translation
from course.backend import keras
from course.decoding import batched, greedy, length_penalty, until
from course.models.translator import Translator
from course.text.codecs import Subwords, Words
from course.text.vocabulary import END_ID, START_ID
from course.translation import MAX_STEPS, Untranslatable, load_translator, text_translator

ENGLISH = ["The cat sees the dog.", "The dog sees a cat!", "A bird sings, and the dog sleeps.", 'I\'m "here".']
FRENCH = ["Le chat voit le chien.", "Le chien voit un chat !", "Un oiseau chante, et le chien dort.", "Je suis ici."]
WORDS = [word for sentence in ENGLISH for word in sentence.rstrip(".!").split()]


def translator(codecs, attention, seed=3, **settings):
    """A translator that nobody trained, with weights large enough that its translations depend on the source."""
    keras.utils.set_random_seed(seed)
    sizes = [len(codec) for codec in codecs]
    source_texts, target_texts = codecs
    model = Translator(
        *sizes, 6, 8, attention=attention, source_texts=source_texts, target_texts=target_texts, **settings
    )
    model.set_weights([2 * weight for weight in model.get_weights()])
    return model


def words_of(texts=ENGLISH, translated=FRENCH):
    return Words.from_texts(texts), Words.from_texts(translated)


@pytest.fixture(scope="module")
def model():
    return translator([Subwords.from_texts(ENGLISH + FRENCH, 60)] * 2, "additive", bidirectional=True)


@pytest.fixture(scope="module")
def translate(model):
    return text_translator(model, width=3)


@pytest.fixture(scope="module")
def plain():
    """Words, and no attention."""
    return text_translator(translator(words_of(), None), width=2)


@pytest.fixture(params=["words", "subwords"])
def either(request, translate, plain):
    return {"words": plain, "subwords": translate}[request.param]


@pytest.fixture(scope="module")
def sentences():
    rng = np.random.default_rng(0)
    return [" ".join(rng.choice(WORDS, size=rng.integers(1, 9))) + "." for _ in range(64)]


def same(one, other):
    assert one._replace(score=0, alternatives=(), attention_weights=None) == other._replace(
        score=0, alternatives=(), attention_weights=None
    )
    assert [text for text, _ in one.alternatives] == [text for text, _ in other.alternatives]
    np.testing.assert_allclose(one.score, other.score, atol=1e-4)  # float32, sums over up to 60 steps
    np.testing.assert_allclose(one.attention_weights, other.attention_weights, atol=1e-5)


def test_one_sentence_and_sixty_four_are_translated_alike_and_in_order(translate, sentences):
    together = translate(sentences)
    assert len({found.text for found in together}) > 32  # otherwise any order would do
    for found, sentence in zip(together, sentences, strict=True):
        same(found, *translate([sentence]))


def test_more_sentences_than_a_batch_holds(translate, sentences, monkeypatch):
    expected = translate(sentences[:7])
    monkeypatch.setattr(translation, "BATCH", 2)  # of the alignments; the searches' own batch was set before
    for found, whole in zip(translate(sentences[:7]), expected, strict=True):
        same(found, whole)


def test_beam_of_width_one_is_greedy_search(model, sentences):
    search = partial(greedy, start=START_ID, end=END_ID, max_steps=MAX_STEPS)
    decode = batched(model.encode, model.step, search)
    expected = decode([model.source_texts.encode(sentence) for sentence in sentences])
    for found, ids in zip(text_translator(model, width=1)(sentences), expected.ids, strict=True):
        assert found.text == model.target_texts.decode(until(ids, END_ID))
        assert found.alternatives == ()


def test_weights_are_those_of_the_pieces_that_were_written(model, translate):
    [found] = translate(["The bird sees a dog, and a cat."])
    source = model.source_texts.encode("The bird sees a dog, and a cat.")
    assert list(found.source_pieces) == model.source_texts.pieces(source)
    assert found.attention_weights.shape == (len(found.target_pieces), len(found.source_pieces))
    np.testing.assert_allclose(found.attention_weights.sum(axis=1), 1, atol=1e-5)
    pieces = model.target_texts.pieces(range(len(model.target_texts)))
    written = [pieces.index(piece) for piece in found.target_pieces]
    assert model.target_texts.decode(until(written, END_ID)) == found.text
    for t in (0, 1, len(written) - 1):  # what the model sees when it writes piece t: the pieces before it
        expected = model.alignment(source[None], np.array([[START_ID, *written[:t]]]))
        np.testing.assert_allclose(found.attention_weights[t], keras.ops.convert_to_numpy(expected)[0, -1], atol=1e-5)


def teacher_forced(model, source, outputs):
    """log p of each output, divided by the length penalty, from the logits of teacher forcing."""
    scored = {}
    for length, group in itertools.groupby(sorted(outputs, key=len), key=len):
        ids = np.array(list(group))
        inputs = np.concatenate([np.full((len(ids), 1), START_ID), ids[:, :-1]], axis=1)
        logits = model((np.repeat(source[None], len(ids), axis=0), inputs))
        log_probs = keras.ops.convert_to_numpy(keras.ops.log_softmax(logits))
        log_p = np.take_along_axis(log_probs, ids[:, :, None], axis=2).sum(axis=(1, 2))
        scored |= dict(zip(map(tuple, ids.tolist()), log_p / length_penalty(length, 0.6), strict=True))
    return scored


@pytest.mark.parametrize("attention", ["additive", "multiplicative"])
def test_a_beam_as_wide_as_the_space_equals_exhaustive_search(attention, monkeypatch):
    monkeypatch.setattr(translation, "MAX_STEPS", 3)
    model = translator(words_of(["a b c"], ["x y"]), attention)
    outputs = set()
    for ids in itertools.product(range(6), repeat=3):  # four specials, x and y
        outputs.add(ids[: ids.index(END_ID) + 1] if END_ID in ids else ids)
    assert len(outputs) == 1 + 5 + 25 + 125
    scored = teacher_forced(model, model.source_texts.encode("c b a c"), outputs)
    expected = {}  # each text once
    for ids in sorted(scored, key=scored.get, reverse=True):
        expected.setdefault(model.target_texts.decode(until(ids, END_ID)), scored[ids])
    [found] = text_translator(model, width=160)(["c b a c"])
    got = {found.text: found.score, **dict(found.alternatives)}
    assert list(got)[:20] == list(expected)[:20]
    assert len(found.alternatives) == len(expected) - 1
    np.testing.assert_allclose(list(got.values()), list(expected.values()), atol=1e-5)  # float32, three sums


def test_a_translation_that_is_cut_has_no_end(monkeypatch):
    monkeypatch.setattr(translation, "MAX_STEPS", 4)
    model = translator(words_of(), "multiplicative")
    bias = model.decoder.logits.bias
    bias.assign(np.where(np.arange(len(model.target_texts)) == END_ID, -50.0, 0.0))
    [found] = text_translator(model, width=1)(["The cat sees the dog."])
    assert len(found.target_pieces) == len(found.attention_weights) == 4
    assert "<end>" not in found.target_pieces
    bias.assign(np.where(np.arange(len(model.target_texts)) == END_ID, 50.0, 0.0))
    [found] = text_translator(model, width=1)(["The cat sees the dog."])
    assert (found.text, found.target_pieces) == ("", ("<end>",))
    assert found.attention_weights.shape == (1, 6)


def test_hypotheses_are_told_once_each_best_first(translate, sentences):
    for found in translate(sentences):
        told = [(found.text, found.score), *found.alternatives]
        assert [score for _, score in told] == sorted((score for _, score in told), reverse=True)
        assert len({text for text, _ in told}) == len(told) <= 3
        assert all(score < 0 for _, score in told)


def test_without_attention_there_are_no_weights(plain):
    [found] = plain(["The cat sees the dog."])
    assert found.attention_weights is None
    assert found.source_pieces == ("The", "cat", "sees", "the", "dog", ".")


def test_unknown_words_are_told_once_and_the_rest_is_translated(either):
    found, known = either(["The 猫 sees a 😀 and a 猫.", "The cat sees the dog."])
    assert found.unknown_words == ("猫", "😀")
    assert "<unk>" in found.source_pieces
    assert known.unknown_words == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  The\tcat \n sees\u00a0the dog. ", "The cat sees the dog."),
        ("I’m “here”.", 'I\'m "here".'),
        ("The c\x00at\x07 sees\u200b the \u202edog.\ufeff", "The cat sees the dog."),
        ("The \ud800cat.", "The cat."),  # half a surrogate pair, which no encoder takes
    ],
)
def test_invisible_characters_and_curly_quotes_make_no_difference(either, typed, read):
    one, other = either([typed, read])
    assert one.source_pieces == other.source_pieces
    assert one.text == other.text
    assert one.unknown_words == ()


def test_the_name_of_a_special_is_no_special(plain):
    [found] = plain(["<pad> The <end> cat <start> sees <unk>."])
    assert found.source_pieces == ("<unk>", "The", "<unk>", "cat", "<unk>", "sees", "<unk>", ".")
    assert found.unknown_words == ("<pad>", "<end>", "<start>", "<unk>")


@pytest.mark.parametrize(
    ("typed", "got"),
    [
        ("", "an empty one"),
        (" \t\n ", "an empty one"),
        ("\x00\u202e", "an empty one"),
        ("the " * 500, "one of 500"),
        ("😀🎉", "“😀🎉”, in which I know no word"),
        ("猫が眠る", "“猫が眠る”, in which I know no word"),
        ("?!", "“?!”, in which I know no word"),
        ("猫" * 10_000, "“" + "猫" * 60 + " …”, in which I know no word"),
        (None, "NoneType, which is no text"),
        (b"The cat", "bytes, which is no text"),
        (42, "int, which is no text"),
    ],
)
def test_what_cannot_be_read_is_told_why(either, typed, got):
    with pytest.raises(Untranslatable) as refusal:
        either(["The cat sees the dog.", typed])
    expected = f"I can translate English sentences of up to 40 pieces (words, parts of words and marks); got {got}."
    assert str(refusal.value) == expected


def test_the_longest_sentence_is_read_and_one_piece_more_is_not():
    model = translator(words_of(), None)
    translate = text_translator(model, longest=12)
    assert len(translate(["the " * 12])[0].source_pieces) == 12
    with pytest.raises(Untranslatable, match=r"up to 12 pieces .* got one of 13"):
        translate(["the " * 13])


def test_html_is_text_like_any_other(translate):
    [found] = translate(["<script>alert(1)</script> The cat & <b>dog</b>."])
    assert "<script>" in found.unknown_words


def test_no_sentence_is_no_translation_and_one_text_is_no_list(translate):
    assert translate([]) == []
    with pytest.raises(ValueError, match=r"expected a list of sentences, got one text: translate\(\[text\]\)"):
        translate("The cat sees the dog.")


def test_a_model_without_codecs_is_refused():
    with pytest.raises(ValueError, match="expected a translator with codecs"):
        text_translator(Translator(9, 9, 4, 4))


def test_a_stored_translator_translates_as_before(tmp_path, monkeypatch, model, translate):
    monkeypatch.setattr(translation, "FOLDER", tmp_path)
    model.save(tmp_path / "tiny.keras")
    loaded = load_translator("tiny")
    assert isinstance(loaded, Translator)
    same(*text_translator(loaded, 3)(["The cat sees."]), *translate(["The cat sees."]))
    with pytest.raises(FileNotFoundError, match=r"python -m course train small --store.*There are: tiny"):
        load_translator("small")
