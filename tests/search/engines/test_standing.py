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
    found, after = [], None
    while True:
        page = engine.search(
            make_query("kring", order=LessonOrder.ADOPTED, first=size, after=after)
        )
        found += pks(page)
        if not page.has_next_page:
            break
        after = page.hits[-1].position

    assert found == [3, 4, 1, 6, 5, 2]
