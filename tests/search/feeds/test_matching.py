"""Which lessons answer to the question of a feed, on every engine."""

from __future__ import annotations

import pytest

from lessons.models import Phase
from search import service
from search.engines.registry import get_engine
from search.feeds import matching as module
from search.feeds.matching import all_matching, matching
from search.feeds.questions import question
from tests.factories import make_gemeente, make_lesson, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(each_engine):
    """Return three lessons that differ in phase, place, period and words, in an index."""
    make_term(Phase, "borging")
    made = [
        make_lesson(title="Pleegzorg dichtbij huis", period_from=2018, period_to=2019),
        make_lesson(title="Samen met de buurt", gemeenten=[make_gemeente()], period_from=2024),
        make_lesson(title="Pleeggezin gezocht", phases=[make_term(Phase, "borging")]),
    ]
    service.rebuild()
    return made


CASES = {
    "": [0, 1, 2],
    "phase=borging": [2],
    "gemeente=GM0014": [1],
    "van=2018&tot=2020": [0],
    "q=buurt": [1],
    "q=buurt+pleegzorg": [],
    "q=-buurt": [0, 2],
}


def test_lessons_match_by_themselves_as_they_do_together(lessons):
    expected, together, one_by_one = {}, {}, {}
    for stored, numbers in CASES.items():
        asked = question(stored)
        expected[stored] = {lessons[number].pk for number in numbers}
        together[stored] = set(all_matching(get_engine(), asked))
        found = (matching(get_engine(), asked, [each.pk]) for each in lessons)
        one_by_one[stored] = set().union(*found)

    assert together == expected
    assert one_by_one == expected


def test_all_are_found_page_by_page_and_none_among_others(lessons, monkeypatch):
    monkeypatch.setattr(module, "_PAGE", 1)

    assert matching(get_engine(), question(""), []) == frozenset()
    assert matching(get_engine(), question(""), [lessons[0].pk + 1000]) == frozenset()
    assert all_matching(get_engine(), question("")) == [lesson.pk for lesson in lessons]
