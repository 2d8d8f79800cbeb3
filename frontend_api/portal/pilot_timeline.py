"""The phases of a pilot in their order, with their dates and the lessons of each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from frontend_api.portal.search_page import search_url
from lessons.records import LessonCard, Pilot, PilotPhaseRecord
from search.service import LessonQuery, QueryError, search

SHOWN = 5
_MOST = 100
"""A pilot with more lessons shows those of the newest, and leads to all."""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A phase on the line; ``has_dates`` tells whether anything is known of when."""

    label: str
    dates: str
    has_dates: bool
    note: str
    lessons: tuple[LessonCard, ...]
    total: int
    url: str
    """Where all lessons of the phase are found."""


@dataclass(frozen=True, slots=True)
class PilotTimeline:
    """The phases, and the lessons that belong to none of them."""

    steps: tuple[TimelineStep, ...]
    others: tuple[LessonCard, ...]
    total: int


def pilot_timeline(pilot: Pilot) -> PilotTimeline:
    """Return the line of a pilot; one that is not public has no lessons."""
    try:
        results = search(LessonQuery(filters={"pilot": (pilot.slug,)}, first=_MOST))
    except QueryError:
        cards, total = [], 0
    else:
        cards, total = [hit.card for hit in results.hits], results.total
    steps = tuple(_step(pilot, row, cards) for row in pilot.phases)
    codes = {row.phase.code for row in pilot.phases}
    others = [card for card in cards if not codes & {phase.code for phase in card.phases}]
    return PilotTimeline(steps, tuple(others[:SHOWN]), total)


def _step(pilot: Pilot, row: PilotPhaseRecord, cards: list[LessonCard]) -> TimelineStep:
    code = row.phase.code
    found = [card for card in cards if code in {phase.code for phase in card.phases}]
    return TimelineStep(
        label=row.phase.label,
        dates=_dates(row.starts_on, row.ends_on),
        has_dates=row.starts_on is not None or row.ends_on is not None,
        note=row.note,
        lessons=tuple(found[:SHOWN]),
        total=len(found),
        url=search_url(LessonQuery(filters={"pilot": (pilot.slug,), "phase": (code,)})),
    )


def _dates(starts_on: datetime.date | None, ends_on: datetime.date | None) -> str:
    if starts_on and ends_on:
        return f"{_day(starts_on)} tot en met {_day(ends_on)}"
    if starts_on:
        return f"vanaf {_day(starts_on)}"
    if ends_on:
        return f"tot en met {_day(ends_on)}"
    return "datum niet bekend"


def _day(day: datetime.date) -> str:
    return str(date_format(day, "j F Y"))
