"""What a lesson shows of what it refers to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from lessons.records.terms import TermRef


@dataclass(frozen=True, slots=True)
class PartnerRoleRef:
    """A partner with what it did; ``role`` is a code of ``PartnerRole``."""

    partner: TermRef
    role: str
    role_label: str


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A gemeente (CBS code ``GM....``) or jeugdregio (``JZ..``)."""

    code: str
    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class PilotRef:
    """A pilot as shown beside a lesson."""

    slug: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Period:
    """When it happened, in whole years; both None when unknown."""

    from_year: int | None
    to_year: int | None
    is_unknown: bool
    note: str


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A public page of the site, for a list of addresses."""

    url: str
    changed_at: datetime.datetime | None
    """None when it was never published by hand."""


@dataclass(frozen=True, slots=True)
class LessonRef:
    """Another lesson, enough for a link."""

    uuid: str
    uri: str
    url: str
    title: str
