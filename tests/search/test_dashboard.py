"""On the dashboard, administrators see what search has yet to take over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search import outbox
from search.dashboard import SearchBacklogPanel
from search.models import OutboxEntry
from tests.lessons.editing.people import People, logged_in, make_people

pytestmark = pytest.mark.django_db

PANEL = 'id="search-backlog-section"'


@pytest.fixture
def people() -> People:
    people = make_people()
    OutboxEntry.objects.all().delete()
    return people


@pytest.fixture
def nothing() -> None:
    OutboxEntry.objects.all().delete()


@pytest.mark.parametrize(("role", "seen"), [("administrator", 1), ("reviewer", 0), ("editor", 0)])
def test_administrators_see_the_backlog_and_nobody_else(
    people: People, role: str, seen: int
) -> None:
    text = logged_in(getattr(people, role)).get("/cms/").content.decode()

    assert text.count(PANEL) == seen


def test_without_a_backlog_the_dashboard_says_so(people: People) -> None:
    text = logged_in(people.administrator).get("/cms/").content.decode()

    assert "De zoekfunctie is bij: er wacht geen les." in text
    assert "check_search" not in text


def test_a_backlog_counts_lessons_not_changes(nothing: None) -> None:
    outbox.add([1, 2])
    outbox.add([1])

    assert outbox.backlog() == outbox.Backlog(
        waiting=2, failing=0, oldest=OutboxEntry.objects.order_by("pk")[0].created_at
    )


def test_a_written_entry_that_a_rebuild_keeps_does_not_wait(nothing: None) -> None:
    outbox.add([1])
    outbox.complete(outbox.due(10), keep=True)

    assert outbox.backlog() == outbox.Backlog(waiting=0, failing=0, oldest=None)


def test_a_failure_is_shown_with_its_last_error(people: People) -> None:
    outbox.add([1, 2])
    outbox.fail(outbox.due(1), ValueError("<stuk>"))

    text = logged_in(people.administrator).get("/cms/").content.decode()

    assert outbox.backlog().failing == 1
    assert "ValueError: &lt;stuk&gt;" in text
    assert "manage.py check_search --mend" in text


@pytest.mark.parametrize(("minutes", "needs_care"), [(1, False), (6, True)])
def test_what_waits_long_needs_care(nothing: None, minutes: int, needs_care: bool) -> None:
    outbox.add([1])
    OutboxEntry.objects.update(created_at=timezone.now() - timedelta(minutes=minutes))

    assert SearchBacklogPanel().get_context_data()["needs_care"] is needs_care


def test_the_panel_takes_two_queries_at_most(nothing: None, django_assert_num_queries: Any) -> None:
    outbox.add(range(50))
    outbox.fail(outbox.due(50), ValueError("stuk"))

    with django_assert_num_queries(2):
        outbox.backlog()
