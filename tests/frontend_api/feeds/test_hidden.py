"""What was public, and in feeds and changes, is silent as soon as it is hidden."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms import content_version
from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed, OutboxEntry
from tests.factories import make_lesson
from tests.frontend_api.graphql.asking import post

pytestmark = pytest.mark.django_db

SECRET = "kanarie"
CHANGES = """{ changes { nodes { state lesson { title core story { text } } explanation } }
  feed(slug: "alles") { changes { nodes { state lesson { title core attribution } } } } }"""
HIDING = {
    "withdrawn": lambda lesson: withdraw(lesson, reason="privacy"),
    "deleted": lambda lesson: Page.objects.get(pk=lesson.pk).specific.delete(),
    "restricted": lambda lesson: PageViewRestriction.objects.create(
        page=lesson, restriction_type="login"
    ),
    "expired": lambda lesson: LessonPage.objects.filter(pk=lesson.pk).update(
        expire_at=timezone.now() - datetime.timedelta(seconds=1)
    ),
    "offline": lambda lesson: LessonPage.objects.filter(pk=lesson.pk).update(live=False),
}


def everything(client):
    """Return all that outputs say of the feed, and the changes."""
    texts = [
        client.get(f"/feeds/alles.{form}").content.decode()
        for form in ("json", "atom", "csv", "csv?vorm=lang", "jsonl")
    ]
    return [*texts, post(CHANGES).content.decode()]


def move_version():
    """Move the version of the content, as each of these does in a transaction of its own."""
    # What waits for the commit of this one would do so only then.
    connection.run_on_commit = []
    content_version.changed()


@pytest.mark.parametrize("way", HIDING)
@pytest.mark.parametrize("is_noted", [True, False], ids=["noted", "before it is noted"])
def test_outputs_forget_a_lesson_at_once(client, way, is_noted):
    lesson = make_lesson(title=f"Titel {SECRET}", core=f"Kern {SECRET}", attribution=SECRET)
    Feed.objects.create(title="Alles", slug="alles", description="-")
    service.rebuild()
    before = everything(client)

    HIDING[way](lesson)
    if not is_noted:
        OutboxEntry.objects.all().delete()
    move_version()
    after = everything(client)

    assert all(SECRET in text for text in before)
    assert not any(SECRET in text for text in after)
    assert all(str(lesson.uuid) in text for text in after[:-1])
