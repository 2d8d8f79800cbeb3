from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.tokens import MAX_WORD_LENGTH, clean, plain_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eén café", ["een", "cafe"]),
        ("e\u0301e\u0301n", ["een"]),
        ("regio's van Hans’ auto", ["regio", "van", "hans", "auto"]),
        ("18+ 18plus 18-plussers", ["18+", "18+", "18+"]),
        ("(18-) tot 18-.", ["18-", "tot", "18-"]),
        ("18-jarigen 12-18 2018-2020", ["18", "jarigen", "12", "18", "2018", "2020"]),
        ("onder_streep <b>", ["onder", "streep", "b"]),
        ("𝕊teungezin ⑴ ½", ["steungezin", "1", "12"]),
        ("x" * (MAX_WORD_LENGTH + 1), []),
        ("", []),
    ],
)
def test_words_in_their_plain_form(text, expected):
    assert plain_words(text) == expected


@given(st.text(max_size=100))
def test_places_are_in_order_and_plain_forms_are_one_piece(text):
    cleaned = clean(text)
    found = list(words(cleaned))

    assert all(word.start < word.end <= len(cleaned) for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(word.plain.split() == [word.plain] for word in found)


@given(st.text(max_size=60))
def test_plain_words_stay_as_they_are(text):
    once = plain_words(text)

    assert all(plain_words(word) == [word] for word in once if word.isascii())
