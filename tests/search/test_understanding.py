"""What a text means, with an index of a few words."""

from __future__ import annotations

import pytest

from search.dutch.spelling import closest
from search.dutch.stems import stem
from search.synonyms import NARROWER_WEIGHT, NameGroup, Synonyms
from search.text_syntax import parse
from search.understanding import ALL_PARTS_WEIGHT, corrected, understand
from search.wording import Alternative


class Words:
    """An index that holds each of the words in one lesson."""

    def __init__(self, text):
        self._words = text.split()

    def number(self):
        return 100

    def frequencies(self, stems):
        return {each: 1 for each in stems if each in map(stem, self._words)}

    def similar(self, word):
        return closest(word, [(known, 1) for known in self._words])


def understood(text, words, *groups):
    return understand(parse(text), Words(words), Synonyms(groups))


def forms(text, words, *groups, word):
    found = understood(text, words, *groups).alternatives.get(word, ())
    return {alternative.words for alternative in found}


@pytest.mark.parametrize("typed", ["uit huis plaatsing", "uithuis plaatsingen"])
def test_a_compound_typed_apart_is_sought_as_one_word(typed):
    last = parse(typed).words[-1]

    assert any(
        stem(words[0]) == stem("uithuisplaatsing")
        for words in forms(typed, "uithuisplaatsing huis plaatsing", word=last)
    )


def test_a_compound_that_no_lesson_has_is_sought_by_its_parts():
    found = understood("wachtlijstprobleem", "wachtlijst probleem").alternatives

    assert (
        Alternative(("wachtlijst", "probleem"), ALL_PARTS_WEIGHT, is_phrase=False)
        in (found["wachtlijstprobleem"])
    )


def test_a_made_up_compound_has_the_other_names_of_what_it_turns_around():
    group = NameGroup(("werving pleegouders", "pleegouders vinden"))

    found = forms("pleegouderwerving", "pleegouder werving", group, word="pleegouderwerving")

    assert ("pleegouders", "vinden") in found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mokkingbird", "mockingbird"), ("fleovland", "flevoland"), ("wachtlijts", "wachtlijst")],
)
def test_an_unknown_word_is_taken_for_a_typing_error(typed, meant):
    assert understood(typed, "mockingbird flevoland wachtlijst").corrections == {typed: meant}


@pytest.mark.parametrize("typed", ["gezin", "jim", "UHP", "qqq", "18+", "x1234567"])
def test_a_known_short_or_strange_word_is_not_mended(typed):
    assert understood(typed, "gezin gezien jam", NameGroup(("UHP", "plaatsing"))).corrections == {}


def test_other_names_of_a_mended_word_count():
    group = NameGroup(("uithuisplaatsing", "UHP"))

    assert ("uhp",) in forms("uithuisplaasting", "uithuisplaatsing", group, word="uithuisplaasting")


def test_names_work_both_ways_narrower_and_former_ones_one_way():
    group = NameGroup(("steungezin", "buurtgezin"), narrower=("maatje",), leading=("oppas",))
    words = "steungezin buurtgezin maatje oppas"

    assert forms("steungezin", words, group, word="steungezin") >= {("buurtgezin",), ("maatje",)}
    assert ("steungezin",) in forms("buurtgezinnen", words, group, word="buurtgezinnen")
    assert ("steungezin",) in forms("oppas", words, group, word="oppas")
    assert ("oppas",) not in forms("steungezin", words, group, word="steungezin")
    assert forms("maatje", words, group, word="maatje") == set()


def test_the_longest_name_is_found_also_with_stop_words():
    synonyms = Synonyms([NameGroup(("ouders van herkomst", "eigen ouders"), ("x",))])

    [(span, found)] = synonyms.matches(("veel", "ouders", "van", "herkomst"))

    assert span == slice(1, 4)
    assert found == (Alternative(("eigen", "ouders"), 0.6), Alternative(("x",), NARROWER_WEIGHT))


def test_phrases_and_exclusions_are_taken_as_they_are():
    assert understood('-fleovland "dicht bij"', "flevoland").alternatives == {}


def test_a_corrected_text_keeps_what_was_right():
    assert corrected('Mokkingbird! in "Goes" -x', {"mokkingbird": "mockingbird"}) == (
        'mockingbird! in "Goes" -x'
    )


def test_rare_words_tell_more_than_unknown_ones():
    def telling(text):
        return round(understood(text, "jim mockingbird").telling, 2)

    assert (telling("jim"), telling("mockingbird jim"), telling("qqqq")) == (4.21, 8.42, 1.0)


def test_a_name_that_holds_the_word_itself_finds_nothing_else():
    group = NameGroup(("ouders", "eigen ouders", "familie"))

    assert forms("ouders", "ouders", group, word="ouders") == {("familie",)}
