"""A pilot and its phases."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from lessons.records.references import PartnerRoleRef, PlaceRef
from lessons.records.terms import TermRef


@dataclass(frozen=True, slots=True)
class PilotPhaseRecord:
    """A phase of a pilot; a date that is not known is None."""

    phase: TermRef
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    note: str


@dataclass(frozen=True, slots=True)
class Pilot:
    """A public pilot. ``startfoto`` and ``plan`` are sanitised HTML, or empty."""

    slug: str
    title: str
    url: str
    summary: str
    jeugdregio: PlaceRef | None
    gemeenten: tuple[PlaceRef, ...]
    ontwikkelpunten: tuple[TermRef, ...]
    phases: tuple[PilotPhaseRecord, ...]
    partners: tuple[PartnerRoleRef, ...]
    startfoto: str
    plan: str
    sources: tuple[str, ...]
