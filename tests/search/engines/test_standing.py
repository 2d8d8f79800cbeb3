"""How lessons stand to others: replaced by one, or applied by many."""

from __future__ import annotations

import pytest

from search.query import LessonOrder
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import pks


def test_a_lesson_that_another_replaces_stands_behind_it_when_they_say_the_same(engine, fill):
    fill(
        make_document(1, "Kringgesprek aan tafel"),
        make_document(2, "Kringgesprek aan tafel", is_superseded=True),
    )

    assert pks(engine.search(make_query("kringgesprek"))) == [1, 2]


def test_a_replaced_lesson_that_says_more_of_it_stands_behind_all_the_same(engine, fill):
    fill(
        make_document(1, "Kringgesprek aan tafel"),
        make_document(
            2,
            "Kringgesprek aan tafel",
            texts={"context": "Een kringgesprek"},
            is_superseded=True,
        ),
    )

    assert pks(engine.search(make_query("kringgesprek"))) == [1, 2]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_pages_hold_replaced_lessons_in_their_place_among_others(engine, fill, size):
    """A replaced lesson that fits very well comes before others that hardly fit."""
    fill(
        *(
            make_document(
                pk,
                "Kringgesprek, kringgesprek" if pk % 4 == 0 else "Les",
                texts={"context": "kringgesprek " + "woord " * (pk % 4 * 100 + pk)},
                is_superseded=pk % 2 == 0,
            )
            for pk in range(1, 13)
        ),
        *(make_document(pk, "Opvang in het weekend") for pk in range(13, 300)),
    )
    whole = _all(engine, "kringgesprek", first=50)

    positions = [hit.position for hit in whole]
    assert positions == sorted(positions, key=lambda at: (-at.value, -at.published, -at.pk))
    assert [hit.position for hit in _all(engine, "kringgesprek", first=size)] == positions
    standings = [position.pk % 2 for position in positions]
    assert standings != sorted(standings, reverse=True)


def _all(engine, text, **asked):
    """Return all hits, read page by page."""
    found, after = [], None
    while True:
        page = engine.search(make_query(text, after=after, **asked))
        found += page.hits
        if not page.has_next_page:
            return found
        after = page.hits[-1].position


def test_replaced_lessons_are_left_out_and_not_counted_when_asked(engine, fill):
    fill(make_document(1, "Kring"), make_document(2, "Kring", is_superseded=True))

    found = engine.search(make_query("kring", without_superseded=True))

    assert (pks(found), found.total) == ([1], 1)


def test_what_is_replaced_does_not_count_against_a_lesson_in_other_orders(engine, fill):
    fill(make_document(1, "Kring"), make_document(2, "Kring", is_superseded=True))

    assert pks(engine.search(make_query("kring", order=LessonOrder.NEWEST))) == [2, 1]


@pytest.mark.parametrize("size", [1, 2, 3, 9])
def test_most_adopted_come_first_and_equal_ones_newest_first_on_every_page(engine, fill, size):
    adopted = {1: 2, 2: 0, 3: 12, 4: 2, 5: 0, 6: 1}
    fill(*(make_document(pk, "Kring", adopted=number) for pk, number in adopted.items()))

    found = _all(engine, "kring", order=LessonOrder.ADOPTED, first=size)

    assert [hit.position.pk for hit in found] == [3, 4, 1, 6, 5, 2]
