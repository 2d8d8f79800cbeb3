"""Pinned lessons lead the answer to a wording, within its filters and its pages."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from lessons.models import Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Pin, PinnedQuery, SynonymGroup
from search.query import LessonOrder, LessonQuery
from tests.factories import make_lesson, make_term

pytestmark = pytest.mark.django_db


def pin(wordings, *lessons, **fields):
    question = PinnedQuery.objects.create(wordings=wordings)
    for number, lesson in enumerate(lessons):
        Pin.objects.create(
            question=question, lesson=lesson, reason="Kernles", sort_order=number, **fields
        )
    return question


def answer(text, **query):
    return service.search(LessonQuery(text=text, **query))


def titles(text, **query):
    return [hit.card.title for hit in answer(text, **query).hits]


@pytest.fixture
def found():
    """A lesson that the wording ‘xylofoon’ finds."""
    return make_lesson(title="Xylofoon")


def test_pinned_lessons_lead_in_their_order_and_say_so(found):
    first, second = make_lesson(title="Een"), make_lesson(title="Twee")
    pin("xylofoon", second, first)

    results = answer("xylofoon", facets=("phase",))

    assert [(hit.card.title, hit.pinned) for hit in results.hits] == [
        ("Twee", True),
        ("Een", True),
        ("Xylofoon", False),
    ]
    assert (results.total, results.facets[0].terms[0].count) == (3, 3)


@pytest.mark.parametrize("typed", ["Xylofóón!", "xylofoon", "  XYLOFOON ", "xylofon"])
def test_capitals_accents_signs_and_typing_errors_do_not_matter(found, typed):
    pin("andere vraag\nxylofoon", make_lesson(title="Een"))

    assert titles(typed)[0] == "Een"


@pytest.mark.parametrize("typed", ["xylofoon houden", "xylofoon -niet", "trompet"])
def test_another_wording_has_no_pins(found, typed):
    pin("xylofoon", make_lesson(title="Een"))

    assert not any(hit.pinned for hit in answer(typed).hits)


def test_a_pinned_lesson_that_is_found_anyway_stands_once(found):
    make_lesson(title="Xylofoon xylofoon")
    pin("xylofoon", found)

    assert titles("xylofoon") == ["Xylofoon", "Xylofoon xylofoon"]


def test_what_is_not_public_does_not_lead(found):
    withdrawn, draft = make_lesson(title="Ingetrokken"), make_lesson(published=False)
    pin("xylofoon", withdrawn, draft)
    assert titles("xylofoon") == ["Ingetrokken", "Xylofoon"]

    withdraw(withdrawn, reason="incorrect")

    assert titles("xylofoon") == ["Xylofoon"]


def test_a_pinned_lesson_outside_the_filter_is_left_out(found):
    borging = make_term(Phase, "borging")
    inside = make_lesson(title="Binnen", phases=[borging])
    pin("xylofoon", make_lesson(title="Buiten"), inside)

    assert titles("xylofoon", filters={"phase": ("borging",)}) == ["Binnen"]


def test_pins_lead_by_relevance_only(found):
    pin("xylofoon", make_lesson(title="Een"))

    assert titles("xylofoon", order=LessonOrder.TITLE) == ["Xylofoon"]


def test_pages_hold_every_lesson_once():
    lessons = [make_lesson(title=f"Xylofoon {number}") for number in range(7)]
    pin("xylofoon", lessons[3], make_lesson(title="Een"))
    seen, after = [], None

    while True:
        page = answer("xylofoon", first=2, after=after)
        seen += [hit.card.title for hit in page.hits]
        assert page.total == 8
        if not page.has_next_page:
            break
        after = page.end_cursor

    assert seen[:2] == ["Xylofoon 3", "Een"]
    assert sorted(seen) == sorted(["Een", *(lesson.title for lesson in lessons)])


def test_a_pin_ends_after_its_last_day(found):
    today = timezone.localdate()
    pin("xylofoon", make_lesson(title="Vandaag"), until=today)
    pin("trompet", make_lesson(title="Gisteren"), until=today - datetime.timedelta(days=1))

    assert titles("xylofoon") == ["Vandaag", "Xylofoon"]
    assert "Gisteren" not in titles("trompet")


def test_pins_take_no_query_to_the_database(found, django_assert_num_queries):
    pin("xylofoon", make_lesson(title="Een"))
    answer("xylofoon")

    with django_assert_num_queries(1):
        assert answer("xylofoon").total == 2


def test_an_unexpanded_word_stays_as_it_is_in_every_group(found):
    make_lesson(title="Pleegouder")
    group = SynonymGroup.objects.create(preferred="pleegouder", abbreviations="PO")
    assert titles("PO") == ["Pleegouder"]

    group.abbreviations, group.unexpanded = "", "PO"
    group.save()
    SynonymGroup.objects.create(preferred="ouder in de pleegzorg", synonyms="PO\npleegouder")

    assert titles("PO") == []
