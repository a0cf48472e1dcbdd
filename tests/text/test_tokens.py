import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.text.tokens import detokenize, sentences, tokenize

TEXTS = {
    "I love chocolate. But I prefer vanilla!": "I love chocolate . But I prefer vanilla !",
    "Anna's cat doesn't sleep; it's 7:30.": "Anna 's cat does n't sleep ; it 's 7:30 .",
    "They've paid 1,000 (or 3.5) coins...": "They 've paid 1,000 ( or 3.5 ) coins ...",
    "A well-known four-year-old.": "A well-known four-year-old .",
    "L'eau d'aujourd'hui, qu'il boit.": "L' eau d' aujourd'hui , qu' il boit .",
    "Est-il là ? Où va-t-elle ?": "Est -il là ? Où va -t-elle ?",
    "the <unk> of <eos>": "the <unk> of <eos>",
    "Élodie mange une crêpe.": "Élodie mange une crêpe .",
    "": "",
}


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_marks_stand_apart(text):
    assert tokenize(text) == TEXTS[text].split()


@pytest.mark.parametrize("text", [text for text in TEXTS if " ?" not in text])
def test_detokenize_writes_the_text_again(text):
    assert detokenize(tokenize(text)) == text


def test_detokenize_joins_french_inversions_and_sets_marks_close():
    assert detokenize(tokenize("Est-il là ?")) == "Est-il là?"


def test_typographic_apostrophes_are_read_as_straight_ones():
    assert tokenize("don’t") == tokenize("don't") == ["do", "n't"]


@given(st.text())
def test_no_visible_character_is_lost_or_invented(text):
    visible = "".join(text.replace("’", "'").split())
    # white space as Python and as the regular expression sees it differ in a few control characters
    assert "".join("".join(tokenize(text)).split()) == visible


@given(st.text(alphabet="aI lo've.n,t'-1!?<unk>"))
def test_tokens_of_a_token_list_are_the_same_tokens(text):
    once = tokenize(text)
    again = [token for word in once for token in tokenize(word)]
    assert "".join(again) == "".join(once)


@given(st.lists(st.sampled_from(["I", "do", "n't", "love", "it", ",", "."])))
def test_sentences_end_at_their_marks_and_lose_nothing(tokens):
    found = sentences(tokens)
    assert [token for sentence in found for token in sentence] == tokens
    assert all(sentence and "." not in sentence[:-1] for sentence in found)
    assert all(sentence[-1] == "." for sentence in found[:-1])
