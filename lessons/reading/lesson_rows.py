"""Lessons as rows: what cards and the search index need of a page, without the page.

Making a page object with its streams takes more time than all the rest of indexing it, and
a rebuild reads every lesson there is.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from lessons.choices import StoryPart
from lessons.models import LessonPage

CONDITION_FIELDS = ("works_if", "does_not_work_if")
STREAM_FIELDS = (*StoryPart.values, *CONDITION_FIELDS)

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
    """The fields of a ``LessonPage`` by their own names, with its streams as stored."""

    pk: int
    path: str
    steplen: int
    url_path: str
    uuid: UUID
    slug: str
    title: str
    core: str
    kind: str
    scope: str
    ontwikkelpunt_id: int | None
    evidence_level_id: int | None
    jeugdregio: RegionRow | None
    pilot_id: int | None
    pilot: PilotRow | None
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
    streams: dict[str, Blocks]
    """Name of the field → its blocks as stored, see ``lessons.blocks.raw_blocks``."""


_REGION = ("jeugdregio__code", "jeugdregio__name")
_PILOT = ("pilot__slug", "pilot__title", "pilot__url_path")
_NOT_COLUMNS = {"steplen", "jeugdregio", "pilot", "streams"}
_COLUMNS = tuple(name for name in LessonRow._fields if name not in _NOT_COLUMNS)


def lesson_rows(lessons: QuerySet[LessonPage]) -> Iterator[LessonRow]:
    """Yield lessons that the gate let through as rows; one query."""
    streams = {f"{name}_json": Cast(F(name), TextField()) for name in STREAM_FIELDS}
    for values in lessons.annotate(**streams).values(*_COLUMNS, *_REGION, *_PILOT, *streams):
        region = RegionRow(*(values.pop(name) for name in _REGION))
        pilot = PilotRow(*(values.pop(name) for name in _PILOT))
        yield LessonRow(
            steplen=LessonPage.steplen,
            jeugdregio=region if region.code is not None else None,
            pilot=pilot if values["pilot_id"] else None,
            streams={
                name: json.loads(values.pop(f"{name}_json") or "[]") for name in STREAM_FIELDS
            },
            **values,
        )
