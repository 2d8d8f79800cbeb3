"""What is and was in a feed, through the gate.

As in ``search.changes.reading`` the table says what changed and in which order, and the
gate what may be told of it at this moment.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.db.models import Exists, QuerySet

from lessons.choices import PublicState
from search import outbox
from search.changes.cursors import decode, encode
from search.changes.reading import ChangePage, LessonChange, Seen, check_size
from search.changes.recording import current_register
from search.models import Feed, FeedMember
from search.models.feeds import LEFT as LEFT
from search.models.feeds import LanguageLevel

MAX_ITEMS = 1000
DEFAULT_ITEMS = 100


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A feed as others see it."""

    slug: str
    title: str
    description: str
    language_level: str
    language_level_label: str
    parameters: tuple[tuple[str, str], ...]
    """The question as parameters of the search page; none: all lessons."""
    changed_at: datetime.datetime
    """The newest change of the feed or of a lesson in it."""
    is_active: bool
    version: str
    """Another one after every change."""
    is_behind: bool = False
    """Whether lessons changed that have yet to be weighed for feeds."""


def feed_record(slug: str) -> FeedRecord | None:
    """Return a feed, or None; one query."""
    feeds = Feed.objects.annotate(is_behind=Exists(outbox.waiting()))
    found = feeds.filter(slug=slug).first()
    return None if found is None else _record(found, is_behind=found.is_behind)


def feed_records(*, of_partners: bool = False) -> tuple[FeedRecord, ...]:
    """Return the feeds that are in use, by title; one query."""
    feeds = Feed.objects.filter(is_active=True)
    return tuple(_record(feed) for feed in (feeds if of_partners else feeds.filter(made_by="")))


def _record(feed: Feed, *, is_behind: bool = False) -> FeedRecord:
    stated = (feed.pk, feed.position, feed.changed_at, feed.title, feed.description, feed.query)
    version = repr((*stated, feed.language_level, feed.is_active))
    return FeedRecord(
        slug=feed.slug,
        title=feed.title,
        description=feed.description,
        language_level=feed.language_level,
        language_level_label=str(LanguageLevel(feed.language_level).label),
        parameters=tuple(parse_qsl(feed.query)),
        changed_at=feed.changed_at,
        is_active=feed.is_active,
        version=hashlib.sha256(version.encode()).hexdigest()[:32],
        is_behind=is_behind,
    )


def feed_page(slug: str, before: str | None, first: int) -> ChangePage:
    """Return what is and was in a feed, the newest change first; ten queries at most.

    ``before`` is the cursor of the page before. Raises ``QueryError``.
    """
    check_size(first, MAX_ITEMS)
    return _page(slug, before, first, newest_first=True)


def feed_changes(slug: str, since: str | None, first: int) -> ChangePage:
    """Return what changed in a feed after a cursor, as ``changes_since``."""
    check_size(first)
    return _page(slug, since, first, newest_first=False)


def _page(slug: str, cursor: str | None, first: int, *, newest_first: bool) -> ChangePage:
    register = current_register()
    place = "before" if newest_first else "since"
    members = FeedMember.objects.filter(feed__slug=slug, feed__is_active=True)
    start = 0
    if cursor is not None:
        start = decode(register, cursor, place=place)
        members = members.filter(**{f"position__{'lt' if newest_first else 'gt'}": start})
    rows = _rows(members.order_by("-position" if newest_first else "position"), first + 1)
    shown = rows[:first]
    seen = Seen.of([str(row.uuid) for row in shown])
    return ChangePage(
        tuple(_change(row, seen, encode(register, row.position)) for row in shown),
        encode(register, shown[-1].position if shown else start),
        len(rows) > first,
    )


def _rows(members: QuerySet[FeedMember], limit: int) -> list[FeedMember]:
    return list(members[:limit])


def _change(row: FeedMember, seen: Seen, cursor: str) -> LessonChange:
    change = seen.change(str(row.uuid), cursor, row.changed_at)
    if row.left_at is None or change.state != PublicState.PUBLIC:
        return change
    # Public, but not under this feed; what it says is for those who ask for the lesson.
    return replace(change, state=LEFT, card=None)
