import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.text.vocabulary import END, END_ID, PAD, PAD_ID, SPECIALS, START, START_ID, UNK, UNK_ID, Vocabulary

words = st.lists(st.sampled_from(["a", "b", "c", "d", UNK]), max_size=30)


@given(words)
def test_encoding_a_known_text_and_decoding_it_gives_the_text(tokens):
    vocabulary = Vocabulary.from_tokens(tokens)
    assert vocabulary.decode(vocabulary.encode(tokens)) == tokens


@given(words)
def test_ids_follow_frequency_then_the_alphabet(tokens):
    ranked = Vocabulary.from_tokens(tokens).tokens[4:]
    assert ranked == sorted(set(tokens) - {UNK}, key=lambda token: (-tokens.count(token), token))


def test_specials_have_the_first_four_ids():
    vocabulary = Vocabulary.from_tokens(["a", END, PAD])
    assert [vocabulary.id(special) for special in (PAD, UNK, START, END)] == [0, 1, 2, 3]
    assert vocabulary.tokens == [*SPECIALS, "a"]


def test_size_and_count_bounds_leave_rare_words_unknown():
    tokens = ["a"] * 3 + ["b"] * 2 + ["c"]
    assert Vocabulary.from_tokens(tokens, max_size=5).tokens[4:] == ["a"]
    assert Vocabulary.from_tokens(tokens, min_count=2).tokens[4:] == ["a", "b"]
    small = Vocabulary.from_tokens(tokens, max_size=2)
    assert len(small) == 4
    assert small.encode(["a", "c"]).tolist() == [1, 1]


def test_encoding_gives_int32_also_for_nothing():
    vocabulary = Vocabulary.from_tokens(["a"])
    assert vocabulary.encode([]).dtype == vocabulary.encode(["a"]).dtype == "int32"
    assert vocabulary.encode([]).shape == (0,)
    assert ("a" in vocabulary, "z" in vocabulary) == (True, False)


@pytest.mark.parametrize("ids", [[5], [-1], [0, 99]])
def test_decoding_refuses_ids_outside_the_vocabulary(ids):
    with pytest.raises(ValueError, match="from 0 to 4"):
        Vocabulary.from_tokens(["a"]).decode(ids)


def test_a_vocabulary_must_begin_with_the_specials_and_repeat_nothing():
    with pytest.raises(ValueError, match="specials"):
        Vocabulary(["a", *SPECIALS])
    with pytest.raises(ValueError, match="'a'"):
        Vocabulary([*SPECIALS, "a", "a"])


def test_the_specials_have_the_same_ids_in_every_vocabulary():
    for vocabulary in (Vocabulary.from_tokens([]), Vocabulary.from_tokens(["b", "a", "b"])):
        assert vocabulary.decode([PAD_ID, UNK_ID, START_ID, END_ID]) == [PAD, UNK, START, END]


@pytest.mark.parametrize("letters", ["", "a", "Ab", "abc", "b", "<", "é", "zz"])
def test_tokens_that_begin_with_letters_are_found_in_any_case(letters):
    tokens = ["ab", "Abc", "aBCd", "b", "ba", "c", "É", "été", "a", "A"]
    vocabulary = Vocabulary.from_tokens(tokens)
    expected = {token for token in vocabulary.tokens if token.lower().startswith(letters.lower())}
    assert set(vocabulary.decode(vocabulary.starting_with(letters))) == expected
