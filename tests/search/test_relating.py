"""Lessons like another, with the real database and index."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from lessons.models import LessonRelation
from search import service
from search.query import LessonQuery
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded(settings):
    """Search with the embedded engine: which words tell is the same for all."""
    settings.SEARCH_ENGINE = "embedded"


def card_of(title):
    return next(hit.card for hit in service.search(LessonQuery()).hits if hit.card.title == title)


def like(title, **fields):
    return [card.title for card in service.related(card_of(title), **fields)]


def test_what_shares_the_rarest_words_comes_first_and_never_the_lesson_itself():
    make_lesson(title="Kringgesprek tijdens ontbijt", core="Samen tafelen met buren.")
    make_lesson(title="Ontbijt met kringgesprek", core="Anders beginnen.")
    make_lesson(title="Wandelen langs kringgesprek", core="Niets daarvan.")
    make_lesson(title="Fietslessen", core="Iets heel anders.")

    found = like("Kringgesprek tijdens ontbijt")

    assert found[:2] == ["Ontbijt met kringgesprek", "Wandelen langs kringgesprek"]
    assert "Kringgesprek tijdens ontbijt" not in found


def test_no_more_are_given_than_asked():
    for number in range(4):
        make_lesson(title=f"Kringgesprek nummer {number}")

    assert len(like("Kringgesprek nummer 0", first=2)) == 2


def test_a_private_lesson_is_not_told():
    make_lesson(title="Kringgesprek aan tafel")
    private = make_lesson(title="Kringgesprek besloten")
    assert like("Kringgesprek aan tafel") == ["Kringgesprek besloten"]
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert like("Kringgesprek aan tafel") == []


def test_a_lesson_that_another_replaces_is_not_told():
    make_lesson(title="Kringgesprek aan tafel")
    old = make_lesson(title="Kringgesprek vroeger")
    new = make_lesson(title="Kringgesprek vandaag")
    LessonRelation.objects.create(lesson=new, target=old, kind="replaces")

    assert like("Kringgesprek aan tafel") == ["Kringgesprek vandaag"]
