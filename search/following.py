"""For those who follow the positions and act on each change: webhooks.

A follower keeps the position up to which it has handled everything. What it gets beyond that
is planned in the transaction in which it moves its position, so that a kill loses nothing.
The register tells what happened and in which order; what may be told of a lesson is asked
of the gate again when it is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from lessons.choices import PublicState
from search.changes.cursors import encode
from search.changes.reading import LessonChange, Seen
from search.changes.recording import current_register
from search.models import FeedMember, LessonState
from search.models.feeds import LEFT


@dataclass(frozen=True, slots=True)
class LessonEvent:
    """A change of a lesson, or of its place in a feed, at a position."""

    uuid: str
    position: int
    happened_at: datetime.datetime
    feed: str = ""
    """Slug of the feed in which it happened; empty for a change among all lessons."""
    state: str = ""
    """A code of ``PublicState``, or ``left``: as it was written down."""
    is_new: bool = False
    """Whether the lesson became public, or joined the feed, after the follower's position."""


def register_position() -> int:
    """Return the position that was given last; one query."""
    return current_register().position


def events_after(
    position: int, first: int, feeds: Collection[str] | None = None
) -> list[LessonEvent]:
    """Return what happened after a position in its order: in these feeds, or to any lesson.

    A lesson that is in several of the feeds has an event in each. One query.
    """
    if feeds is None:
        states = LessonState.objects.filter(position__gt=position).order_by("position")[:first]
        return [
            LessonEvent(
                str(row.uuid),
                row.position,
                row.changed_at,
                state=row.state,
                is_new=row.public_since > position,
            )
            for row in states
        ]
    members = FeedMember.objects.filter(
        feed__slug__in=feeds, feed__is_active=True, position__gt=position
    )
    return [
        LessonEvent(
            str(row.uuid),
            row.position,
            row.changed_at,
            row.feed.slug,
            row.reason or PublicState.PUBLIC.value,
            row.member_since > position,
        )
        for row in members.select_related("feed").order_by("position")[:first]
    ]


def seen_now(events: Sequence[LessonEvent]) -> list[LessonChange]:
    """Return for each event what may be told of its lesson at this moment; eight queries.

    Position and time are those of the event, the state is that of now.
    """
    if not events:
        return []
    register = current_register()
    seen = Seen.of(sorted({event.uuid for event in events}))
    gone = _gone_from_feeds(events)
    changes = []
    for event in events:
        change = seen.change(event.uuid, encode(register, event.position), event.happened_at)
        if change.state == PublicState.PUBLIC and (event.feed, event.uuid) in gone:
            change = replace(change, state=LEFT, card=None)
        changes.append(change)
    return changes


def _gone_from_feeds(events: Sequence[LessonEvent]) -> frozenset[tuple[str, str]]:
    feeds = {event.feed for event in events if event.feed}
    if not feeds:
        return frozenset()
    uuids = {event.uuid for event in events if event.feed}
    rows = FeedMember.objects.filter(feed__slug__in=feeds, uuid__in=uuids, left_at__isnull=False)
    return frozenset((slug, str(uuid)) for slug, uuid in rows.values_list("feed__slug", "uuid"))
