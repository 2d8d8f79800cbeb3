"""What the register tells, through the gate.

The register says which lessons changed and in which order; what may be told of them is
asked of ``lessons.selectors`` at the moment of reading. So a lesson that went offline a
moment ago is not shown, though its own change has yet to be written down: it then comes
once more, at that change.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lessons import selectors
from lessons.choices import PublicState
from lessons.records import LessonCard, Tombstone
from search.changes.cursors import decode, encode
from search.changes.recording import current_register
from search.models import LessonState
from search.query import QueryError

DEFAULT_CHANGES = 100
MAX_CHANGES = 100


@dataclass(frozen=True, slots=True)
class LessonChange:
    """The newest change of a lesson, and what the public sees of the lesson by now."""

    uuid: str
    uri: str
    cursor: str
    """Go on after this change with it."""
    state: str
    """A code of ``PublicState``; in a feed also ``left``."""
    changed_at: datetime.datetime
    card: LessonCard | None
    """None when the lesson is not public, or not in the feed any more."""
    tombstone: Tombstone | None
    """None also for a lesson of which nothing may be told but that it is gone."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in their order."""

    changes: tuple[LessonChange, ...]
    cursor: str
    """Where the next question goes on, also when nothing changed."""
    has_more: bool


def changes_since(since: str | None, first: int) -> ChangePage:
    """Return what changed after a cursor, or everything from the beginning.

    Every lesson occurs once, at its newest change. Raises ``QueryError`` for a cursor of
    another register and for a page that is too large. Nine queries at most.
    """
    check_size(first)
    register = current_register()
    start = 0 if since is None else decode(register, since, place="since")
    rows = list(LessonState.objects.filter(position__gt=start)[: first + 1])
    shown = rows[:first]
    seen = Seen.of([str(row.uuid) for row in shown])
    return ChangePage(
        tuple(
            seen.change(str(row.uuid), encode(register, row.position), row.changed_at)
            for row in shown
        ),
        encode(register, shown[-1].position if shown else start),
        len(rows) > first,
    )


def check_size(first: int, most: int = MAX_CHANGES) -> None:
    """Raise ``QueryError`` for a page that is too large, or none."""
    if not 1 <= first <= most:
        raise QueryError(
            f"Vraag 1 tot en met {most} wijzigingen tegelijk, geen {first}.",
            code="PAGE_SIZE",
            place="first",
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What the public sees of some lessons at this moment."""

    cards: dict[str, LessonCard]
    tombstones: dict[str, Tombstone]

    @classmethod
    def of(cls, uuids: Sequence[str]) -> Seen:
        """Ask the gate; five queries, and none for nothing."""
        cards = selectors.lesson_cards(uuids) if uuids else {}
        return cls(cards, selectors.tombstones(uuid for uuid in uuids if uuid not in cards))

    def change(self, uuid: str, cursor: str, changed_at: datetime.datetime) -> LessonChange:
        """Return the change of a lesson as it may be told."""
        card, tombstone = self.cards.get(uuid), self.tombstones.get(uuid)
        if card is not None:
            state = PublicState.PUBLIC.value
        else:
            state = tombstone.state if tombstone else PublicState.REMOVED.value
        uri = selectors.lesson_uri(uuid)
        return LessonChange(uuid, uri, cursor, state, changed_at, card, tombstone)
