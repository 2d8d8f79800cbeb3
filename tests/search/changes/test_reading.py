"""What the register tells: through the gate, in order, and from any cursor on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from search import service
from search.changes import recording
from search.models import OutboxEntry
from search.service import QueryError
from tests.factories import base_url, make_lesson
from tests.planting import fresh, rolled_back

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Three:
    """Three public lessons."""

    first: LessonPage
    second: LessonPage
    third: LessonPage


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Make three public lessons that the register knows; there is no index."""
    with rolled_back(django_db_blocker):
        three = Three(*(make_lesson(title=f"Les {number}") for number in (1, 2, 3)))
        recording.current_register()
        OutboxEntry.objects.all().delete()
        yield three


@pytest.fixture
def lessons(planted, db):
    """Return the lessons, untouched."""
    three = fresh(planted)
    return [three.first, three.second, three.third]


def told(page):
    return [(change.uuid, change.state) for change in page.changes]


def test_pages_follow_each_other_without_a_gap(lessons):
    first = service.changes(None, 2)
    second = service.changes(first.cursor, 2)
    third = service.changes(second.cursor, 2)

    assert [len(page.changes) for page in (first, second, third)] == [2, 1, 0]
    assert [page.has_more for page in (first, second, third)] == [True, False, False]
    assert third.cursor == second.cursor
    assert {change.uuid for page in (first, second) for change in page.changes} == {
        str(lesson.uuid) for lesson in lessons
    }


def test_a_withdrawn_lesson_comes_with_its_reason_and_without_its_words(lessons):
    cursor = service.changes().cursor
    withdraw(lessons[0], reason="replaced", replacement=lessons[1], explanation="Zie daar.")

    (change,) = service.changes(cursor).changes

    assert (change.state, change.card) == ("replaced", None)
    assert change.uri == f"{base_url()}/id/les/{lessons[0].uuid}"
    assert change.tombstone.explanation == "Zie daar."
    assert change.tombstone.replacement.title == "Les 2"


def test_an_expired_lesson_comes_with_its_day(lessons):
    cursor = service.changes().cursor
    over = timezone.now() - datetime.timedelta(days=1)
    lesson = LessonPage.objects.get(pk=lessons[0].pk)
    lesson.expire_at = over
    lesson.save()

    (change,) = service.changes(cursor).changes

    assert (change.state, change.tombstone.withdrawn_on) == ("expired", timezone.localdate(over))


def test_what_went_offline_unnoticed_is_not_shown_at_its_old_position(lessons):
    LessonPage.objects.filter(pk=lessons[0].pk).update(live=False)
    OutboxEntry.objects.all().delete()

    page = service.changes()

    assert dict(told(page))[str(lessons[0].uuid)] == "removed"
    assert [change.card is None for change in page.changes].count(True) == 1


def test_a_lesson_that_moved_while_somebody_was_reading_comes_once_more(lessons):
    first = service.changes(None, 2)
    moved = next(lesson for lesson in lessons if str(lesson.uuid) == first.changes[0].uuid)
    moved.title = "Anders"
    moved.save_revision().publish()

    rest = service.changes(first.cursor, 10)

    assert [change.card.title for change in rest.changes][-1] == "Anders"
    assert len(rest.changes) == 2


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAA", "x" * 1000])
def test_a_cursor_that_is_none_is_refused(lessons, cursor):
    with pytest.raises(QueryError) as refused:
        service.changes(cursor)

    assert (refused.value.code, refused.value.place) == ("INVALID_CURSOR", "since")


def test_a_cursor_of_another_register_is_refused(lessons):
    cursor = service.changes().cursor
    recording.renew()

    with pytest.raises(QueryError) as refused:
        service.changes(cursor)

    assert refused.value.code == "INVALID_CURSOR"


def test_a_cursor_from_the_future_of_a_restored_database_is_refused(lessons):
    register = recording.current_register()
    cursor = service.changes().cursor
    register.position = 1
    register.save()

    with pytest.raises(QueryError):
        service.changes(cursor)


@pytest.mark.parametrize("first", [0, -1, 101])
def test_a_page_of_an_impossible_size_is_refused(lessons, first):
    with pytest.raises(QueryError) as refused:
        service.changes(None, first)

    assert refused.value.code == "PAGE_SIZE"


def test_a_page_takes_as_many_queries_for_one_as_for_three(lessons):
    service.changes(None, 1)

    with CaptureQueriesContext(connection) as one:
        service.changes(None, 1)
    with CaptureQueriesContext(connection) as three:
        service.changes(None, 3)

    assert len(one) == len(three) <= 9
