"""Gemeenten and jeugdregio's, of today and of before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from lessons.records.references import PlaceRef


@dataclass(frozen=True, slots=True)
class FormerGemeente:
    """A gemeente that ended, and what its area is part of today."""

    code: str
    name: str
    ended_on: datetime.date
    """First day on which it was no more."""
    successors: tuple[PlaceRef, ...]
    """The main one first; several when it was divided."""


@dataclass(frozen=True, slots=True)
class GemeenteRecord:
    """A gemeente with the figures of its newest profile.

    ``figures`` maps a column of the reference table to its number; a figure that the
    source does not have is absent.
    """

    code: str
    name: str
    uri: str
    tooi_uri: str
    provincie: str
    jeugdregio: PlaceRef
    latitude: float
    longitude: float
    edition: int | None
    figures: dict[str, float] = field(hash=False)
    notice: str = ""
    """In Dutch, that a former code was asked for; empty otherwise."""


@dataclass(frozen=True, slots=True)
class PeriodProfile:
    """The figures of a gemeente in the edition nearest to the period of a lesson."""

    gemeente: PlaceRef
    edition: int
    for_year: int | None
    """The year that was sought; None when the period is not known."""
    figures: dict[str, float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class JeugdregioRecord:
    """A jeugdregio with its gemeenten."""

    code: str
    name: str
    uri: str
    gemeenten: tuple[PlaceRef, ...]


@dataclass(frozen=True, slots=True)
class MapTile:
    """A place on a map of hexagons. Odd rows lie half a tile further to the right."""

    place: PlaceRef
    column: int
    row: int
    jeugdregio: str
    """Code of the jeugdregio that it is part of, or its own."""
