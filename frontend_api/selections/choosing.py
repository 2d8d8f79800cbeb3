"""Which lessons somebody chose, as an address says it.

The list is nowhere but in the address, and with a script on the visitor's own device. So it
needs no account and no cookie, and can be kept as a bookmark and passed on. Only the
addresses below ``/mijn-selectie/`` bear it: those of lessons and searches stay the same for
everybody, whoever passes them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from frontend_api.selections.short_ids import short_id, uuid_of
from lessons import selectors
from lessons.records import LessonCard, Tombstone

MAX_LESSONS = 50
PARAMETER = "les"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lessons of a list, each once and in its order."""

    uuids: tuple[str, ...]
    left_out: int
    """How many were too many."""
    unreadable: int
    """How many of what was given can be no lesson."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A list with what the public may see of it."""

    entries: tuple[LessonCard | Tombstone, ...]
    missing: int
    """How many were given that there is nothing to tell of."""
    left_out: int

    @property
    def uuids(self) -> tuple[str, ...]:
        """The lessons that are there or say why they are gone."""
        return tuple(entry.uuid for entry in self.entries)


def read(given: Sequence[str]) -> Chosen:
    """Return the list that the values of the parameter stand for."""
    read_ones = [uuid_of(text.strip()) for text in given]
    uuids = tuple(dict.fromkeys(uuid for uuid in read_ones if uuid is not None))
    return Chosen(
        uuids[:MAX_LESSONS], max(0, len(uuids) - MAX_LESSONS), sum(not each for each in read_ones)
    )


def look_up(chosen: Chosen) -> Selection:
    """Return what the public may see of the list; eight queries at most."""
    if not chosen.uuids:
        return Selection((), chosen.unreadable, 0)
    cards: Mapping[str, LessonCard] = selectors.lesson_cards(chosen.uuids)
    gone = [uuid for uuid in chosen.uuids if uuid not in cards]
    stones: Mapping[str, Tombstone] = selectors.tombstones(gone) if gone else {}
    found = [cards.get(uuid) or stones.get(uuid) for uuid in chosen.uuids]
    entries = tuple(entry for entry in found if entry is not None)
    missing = chosen.unreadable + len(found) - len(entries)
    return Selection(entries, missing, chosen.left_out)


def address(name: str, uuids: Iterable[str], *others: tuple[str, str]) -> str:
    """Return the address of one of the pages or files about a list."""
    pairs = [*((PARAMETER, short_id(uuid)) for uuid in uuids), *others]
    path = reverse(f"frontend_api:{name}")
    return f"{path}?{urlencode(pairs)}" if pairs else path
