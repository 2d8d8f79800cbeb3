"""Which words meet, and which must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.stems import stem
from search.dutch.tokens import plain_words


@pytest.mark.parametrize(
    "words",
    [
        "gemeente gemeenten",
        "gezin gezinnen",
        "pleeggezin pleeggezinnen",
        "huis huizen",
        "gezinshuis gezinshuizen",
        "kind kinderen",
        "pleegkind pleegkinderen",
        "begeleiding begeleiden begeleid",
        "plaatsen plaatsing geplaatst",
        "werving werven",
        "raadslid raadsleden",
        "wachtlijst wachtlijsten",
        "gesprek gesprekken",
        "gebruik gebruiken",
        "uithuisplaatsing uithuisplaatsingen",
        "vergoeding vergoedingen",
        "jaar jaren",
    ],
)
def test_forms_of_one_word_meet(words):
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "begeleiding beleid",
        "gezin zin",
        "gemeente menen gemeen",
        "gezag zag",
        "gebied bieden",
        "geval val",
        "steun steen",
        "zorg zorgen 18+ 18- 18",
    ],
)
def test_other_words_do_not_meet(words):
    stems = [stem(word) for word in words.split() if word != "zorgen"]

    assert len(set(stems)) == len(stems)


@given(st.text(max_size=40))
def test_a_stem_is_one_piece_and_never_empty(text):
    for word in plain_words(text):
        found = stem(word)
        assert found
        assert found.split() == [found]
