"""Who is in each feed: kept in step with the register, in the same transaction.

A lesson that is no longer in a feed stays in the table with the reason, so that whoever
shows it can be told. Positions come from the register; each change of a feed has a higher
one than all before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import transaction

from cms import content_version
from lessons.choices import PublicState
from search.changes.recording import Positions
from search.engines.contract import Engine
from search.feeds.matching import all_matching, matching
from search.feeds.questions import mark_of, question
from search.models import Feed, FeedMember, LessonState
from search.models.feeds import LEFT
from search.query import QueryError

logger = structlog.get_logger(__name__)

_BATCH = 500

Matches = Mapping[int, frozenset[int]]
"""Feed → those of the lessons asked about that answer to its question."""


def find_matches(engine: Engine, pks: Collection[int]) -> Matches:
    """Ask which of the lessons belong in which feed, of an index that holds them as they are.

    A feed whose question cannot be asked any more is left as it is, and says so to editors.
    Raises ``EngineError``.
    """
    found: dict[int, frozenset[int]] = {}
    for feed in Feed.objects.filter(is_active=True).exclude(evaluated=""):
        try:
            found[feed.pk] = matching(engine, question(feed.query), pks)
        except QueryError as fault:
            _note_fault(feed, fault)
        else:
            if feed.fault:
                # What happened meanwhile has passed it by.
                Feed.objects.filter(pk=feed.pk).update(evaluated="")
    return found


@transaction.atomic
def follow(matches: Matches, pks: Collection[int]) -> None:
    """Let the lessons join and leave, after ``search.changes`` wrote down how they are."""
    if not matches:
        return
    states = list(LessonState.objects.filter(lesson_pk__in=pks))
    positions = Positions()
    for feed_pk, found in matches.items():
        _keep(feed_pk, states, found, positions)


def stale_feeds() -> list[Feed]:
    """Return the feeds whose members have to be sought anew; one query, or a few."""
    feeds = Feed.objects.filter(is_active=True)
    return [feed for feed in feeds if feed.evaluated != _mark(feed)]


def seek_all_anew() -> None:
    """Let the next drain seek the members of every feed anew."""
    Feed.objects.update(evaluated="")


def refresh(engine: Engine, feed: Feed) -> None:
    """Seek all members of a feed anew. Raises ``EngineError``."""
    mark = _mark(feed)
    try:
        found = all_matching(engine, question(feed.query))
    except QueryError as fault:
        _note_fault(feed, fault)
        Feed.objects.filter(pk=feed.pk).update(evaluated=mark)
        return
    order = {pk: place for place, pk in enumerate(found)}
    with transaction.atomic():
        positions = Positions()
        # The oldest first: what was published last gets the highest position.
        states = sorted(
            LessonState.objects.all(), key=lambda state: order.get(state.lesson_pk, len(order))
        )
        _keep(feed.pk, states, frozenset(found), positions)
        Feed.objects.filter(pk=feed.pk).update(evaluated=mark, fault="")
    logger.info("feed_refreshed", feed=feed.slug, lessons=len(found))


def _mark(feed: Feed) -> str:
    try:
        return mark_of(question(feed.query))
    except QueryError:
        return "unreadable"


def _note_fault(feed: Feed, fault: QueryError) -> None:
    logger.warning("feed_cannot_be_sought", feed=feed.slug, code=fault.code, place=fault.place)
    Feed.objects.filter(pk=feed.pk).update(fault=fault.message[:300])


def _keep(
    feed_pk: int, states: Iterable[LessonState], found: frozenset[int], positions: Positions
) -> None:
    members = _members(feed_pk, states)
    steps = (
        _Step(feed_pk, state, members.get(state.uuid), state.lesson_pk in found) for state in states
    )
    moved = [step.taken(positions) for step in steps if step.is_needed]
    if not moved:
        return
    FeedMember.objects.bulk_create(
        moved,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["feed", "uuid"],
        update_fields=[
            *("position", "changed_at", "joined_at", "member_since", "left_at", "reason"),
        ],
    )
    positions.keep()
    Feed.objects.filter(pk=feed_pk).update(position=moved[-1].position, changed_at=positions.now)
    content_version.changed()


def _members(feed_pk: int, states: Iterable[LessonState]) -> dict[UUID, FeedMember]:
    uuids = [state.uuid for state in states]
    members = FeedMember.objects.filter(feed=feed_pk)
    if len(uuids) <= _BATCH:
        members = members.filter(uuid__in=uuids)
    return {member.uuid: member for member in members}


@dataclass(frozen=True, slots=True)
class _Step:
    """What the present state of a lesson means for its place in a feed."""

    feed_pk: int
    state: LessonState
    member: FeedMember | None
    matches: bool

    @property
    def is_in(self) -> bool:
        """Whether the lesson belongs in the feed now."""
        return self.matches and self.state.state == PublicState.PUBLIC

    @property
    def reason(self) -> str:
        """Why it does not; empty when it does."""
        if self.is_in:
            return ""
        return LEFT if self.state.state == PublicState.PUBLIC else self.state.state

    @property
    def is_needed(self) -> bool:
        """Whether something changed for those who follow the feed."""
        if self.member is None:
            return self.is_in
        if self.member.reason != self.reason:
            return True
        return self.reason != LEFT and self.member.position < self.state.position

    def taken(self, positions: Positions) -> FeedMember:
        """Return the lesson in its new place."""
        before, now, position = self.member, positions.now, positions.next()
        was_in = before is not None and before.left_at is None
        since_when = before.joined_at if before is not None and (was_in or not self.is_in) else now
        gone_since = before.left_at if before is not None and not was_in else now
        return FeedMember(
            feed_id=self.feed_pk,
            uuid=self.state.uuid,
            position=position,
            changed_at=now,
            joined_at=since_when,
            member_since=before.member_since if before is not None and was_in else position,
            left_at=None if self.is_in else gone_since,
            reason=self.reason,
        )
