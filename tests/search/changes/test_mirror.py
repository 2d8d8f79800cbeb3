"""Whoever follows the changes has the lessons as they are, whatever editors do meanwhile.

Sixty steps here; ``make test-mirror`` takes 10,000.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from lessons import selectors
from lessons.records import LessonDetail
from search import service
from search.models import Feed
from search.service import ChangePage, LessonQuery
from tests.search.changes.random_editing import RandomEditors

pytestmark = pytest.mark.django_db

STEPS = int(os.environ.get("TEST_STEPS", "40"))
SEED = int(os.environ.get("TEST_SEED", "20260601"))
COMPARED_EVERY = 10
FEEDS = {
    "alles": LessonQuery(),
    "uitvoering": LessonQuery(filters={"phase": ("uitvoering",)}),
    "buurt": LessonQuery(text="buurt"),
}


class Mirror:
    """A copy of lessons that knows of nothing but the changes that it asks for."""

    def __init__(self, changes: Callable[[str | None, int], ChangePage]) -> None:
        self.lessons: dict[str, LessonDetail] = {}
        self._changes = changes
        self._cursor: str | None = None

    def take_page(self, first: int) -> bool:
        """Apply a page of changes; return whether more follows."""
        page = self._changes(self._cursor, first)
        shown = [change.uuid for change in page.changes if change.card is not None]
        details = selectors.lesson_details(shown) if shown else {}
        for change in page.changes:
            if change.uuid in details:
                self.lessons[change.uuid] = without_others(details[change.uuid])
            else:
                self.lessons.pop(change.uuid, None)
        self._cursor = page.cursor
        return page.has_more


def without_others(detail: LessonDetail) -> LessonDetail:
    """Return the lesson without the titles of other lessons, which are theirs to change."""
    return replace(detail, relations=())


def source() -> dict[str, LessonDetail]:
    """Return all lessons as they are."""
    found = selectors.lesson_details(selectors.public_lesson_uuids().values())
    return {uuid: without_others(detail) for uuid, detail in found.items()}


def found_by(query: LessonQuery) -> set[str]:
    """Return the lessons that a search finds."""
    hits = service.search(replace(query, first=100)).hits
    return {hit.card.uuid for hit in hits}


def test_mirrors_equal_their_source_whatever_editors_do():
    editors = RandomEditors(SEED)
    service.rebuild()
    for slug, question in (("alles", ""), ("uitvoering", "phase=uitvoering"), ("buurt", "q=buurt")):
        Feed.objects.create(title=slug, slug=slug, description="-", query=question)
    mirror = Mirror(service.changes)
    mirrors = {slug: Mirror(partial(service.feed_changes, slug)) for slug in FEEDS}
    compared = 0

    for number in range(1, STEPS + 1):
        editors.step()
        if editors.chance.random() < 0.4:
            # Only some of what waits: editors go on while the mirror is half-way.
            editors.chance.choice([mirror, *mirrors.values()]).take_page(2)
        if number % COMPARED_EVERY:
            continue
        service.drain()
        for each in (mirror, *mirrors.values()):
            while each.take_page(editors.chance.randint(1, 7)):
                pass
        lessons = source()
        assert mirror.lessons == lessons, editors.done[-COMPARED_EVERY:]
        for slug, query in FEEDS.items():
            expected = {uuid: lessons[uuid] for uuid in found_by(query)}
            assert mirrors[slug].lessons == expected, (slug, editors.done[-COMPARED_EVERY:])
        compared += len(lessons)

    assert len(set(editors.done)) >= 12
    assert compared > STEPS / COMPARED_EVERY
