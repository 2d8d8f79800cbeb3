"""Lessons as rows: what cards and the search index need of a page, without the page.

Making a page object with its streams takes more time than all the rest of indexing it, and
a rebuild reads every lesson there is.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from lessons.choices import StoryPart
from lessons.models import LessonPage

CONDITION_FIELDS = ("works_if", "does_not_work_if")
STREAM_FIELDS = (*StoryPart.values, *CONDITION_FIELDS)

_FEW = 20
_CLOSE = 2
"""How many keys there may be for each lesson between the first and the last."""

Blocks = list[dict[str, Any]]


class RegionRow(NamedTuple):
    """A jeugdregio, as far as a lesson shows it."""

    code: str
    name: str


class PilotRow(NamedTuple):
    """A pilot, as far as a lesson shows it."""

    slug: str
    title: str
    url_path: str


class LessonRow(NamedTuple):
    """The fields of a ``LessonPage`` by their own names, with its streams as stored.

    First come its columns; what is made of others begins with ``steplen``.
    """

    pk: int
    path: str
    url_path: str
    uuid: UUID
    slug: str
    title: str
    core: str
    kind: str
    scope: str
    ontwikkelpunt_id: int | None
    evidence_level_id: int | None
    pilot_id: int | None
    own_figures: bool
    period_from: int | None
    period_to: int | None
    period_is_unknown: bool
    period_note: str
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None
    last_reviewed: datetime.date | None
    next_review: datetime.date | None
    expire_at: datetime.datetime | None
    licence: str
    attribution: str
    steplen: int
    jeugdregio: RegionRow | None
    pilot: PilotRow | None
    streams: dict[str, Blocks]
    """Name of the field → its blocks as stored, see ``lessons.blocks.raw_blocks``."""


_COLUMNS = LessonRow._fields[: LessonRow._fields.index("steplen")]
_REGION = ("jeugdregio__code", "jeugdregio__name")
_PILOT = ("pilot__slug", "pilot__title", "pilot__url_path")
_PILOT_ID = _COLUMNS.index("pilot_id")
# Where each part of a row of the query ends.
_REGION_AT = len(_COLUMNS)
_PILOT_AT = _REGION_AT + len(_REGION)
_STREAMS_AT = _PILOT_AT + len(_PILOT)


def lesson_rows(lessons: QuerySet[LessonPage]) -> Iterator[LessonRow]:
    """Yield lessons that the gate let through as rows; one query."""
    streams = {f"{name}_json": Cast(F(name), TextField()) for name in STREAM_FIELDS}
    asked = lessons.annotate(**streams).values_list(*_COLUMNS, *_REGION, *_PILOT, *streams)
    for values in asked:
        region = RegionRow(*values[_REGION_AT:_PILOT_AT])
        streams_of_lesson = {
            name: json.loads(stored) if stored else []
            for name, stored in zip(STREAM_FIELDS, values[_STREAMS_AT:], strict=True)
        }
        beside = (
            LessonPage.steplen,
            region if region.code is not None else None,
            PilotRow(*values[_PILOT_AT:_STREAMS_AT]) if values[_PILOT_ID] else None,
            streams_of_lesson,
        )
        yield LessonRow._make((*values[:_REGION_AT], *beside))


def among(field: str, lesson_pks: Collection[int]) -> Q:
    """Return a condition that holds for these lessons, and may hold for others too.

    The lessons of a rebuild have keys that lie close together: asking for all that lie
    between the first and the last takes a fraction of the time of naming each of them.
    """
    first, last = min(lesson_pks, default=0), max(lesson_pks, default=0)
    if len(lesson_pks) > _FEW and last - first < _CLOSE * len(lesson_pks):
        return Q((f"{field}__gte", first), (f"{field}__lte", last))
    return Q((f"{field}__in", lesson_pks))
