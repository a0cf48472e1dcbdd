"""A codec gives back what it was given, its ids are those of the course, and it survives being stored."""

import json

import pytest

from course.text.codecs import Subwords, Words, codec_from
from course.text.vocabulary import END_ID, PAD_ID, START_ID, UNK_ID

TEXTS = ["The cat sees the dog.", "The dog sees a cat!", "A bird sings, and the dog sleeps."] * 3


@pytest.fixture(params=["words", "subwords"])
def codec(request):
    return Words.from_texts(TEXTS) if request.param == "words" else Subwords.from_texts(TEXTS, 48)


def test_known_texts_come_back(codec):
    for text in TEXTS:
        ids = codec.encode(text)
        assert ids.dtype == "int32"
        assert ids.min() > max(PAD_ID, UNK_ID, START_ID, END_ID)
        assert ids.max() < len(codec)
        assert codec.decode(ids) == text
        assert len(codec.pieces(ids)) == len(ids)


def test_what_no_text_had_is_unknown_and_says_so(codec):
    ids = codec.encode("日本")
    assert UNK_ID in ids
    assert "<unk>" in codec.decode(ids)


def test_nothing_is_no_ids(codec):
    assert len(codec.encode("")) == len(codec.encode("   ")) == 0


def test_a_rare_word_is_spelt_in_pieces_and_lost_as_a_word():
    text = "The hat sings."
    subwords, words = Subwords.from_texts(TEXTS, 48), Words.from_texts(TEXTS)
    assert subwords.decode(subwords.encode(text)) == text
    assert words.decode(words.encode(text)) == "The <unk> sings."


def test_codec_is_made_again_from_plain_data(codec):
    again = codec_from(json.loads(json.dumps(codec.get_config())))
    assert type(again) is type(codec)
    assert again.encode(TEXTS[2]).tolist() == codec.encode(TEXTS[2]).tolist()
    assert codec_from(codec) is codec
    assert codec_from(None) is None


def test_the_same_texts_give_the_same_pieces():
    assert Subwords.from_texts(TEXTS, 48).model == Subwords.from_texts(TEXTS, 48).model


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match=r"expected a codec of .*subwords.*words.*, got 'letters'"):
        codec_from({"kind": "letters"})
