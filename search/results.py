"""What is answered: frozen values of ours; no type of an engine leaves ``search``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lessons.records import ComparisonReason, LessonCard, PlaceRef


@dataclass(frozen=True, slots=True)
class Highlight:
    """A fragment of one field as safe HTML, the words found in ``<mark>``."""

    field: str
    html: str


@dataclass(frozen=True, slots=True)
class HitComparison:
    """How the place of a lesson compares to the place that somebody looks from."""

    place: PlaceRef
    """Of several places of a lesson the one most alike."""
    similarity: float
    band: str
    label: str
    """The band in Dutch."""
    reasons: tuple[ComparisonReason, ...]
    note: str


@dataclass(frozen=True, slots=True)
class LessonHit:
    """A lesson that was found, with its place in the order as an opaque cursor."""

    card: LessonCard
    cursor: str
    highlights: tuple[Highlight, ...] = ()
    pinned: bool = False
    """Whether it stands here because an editor put it on top for this wording."""
    comparison: HitComparison | None = None
    """None without a viewpoint, and for a lesson without a place that can be compared."""


class FacetTerm(NamedTuple):
    """How many lessons would be found with this code; one answer may hold hundreds."""

    code: str
    label: str
    count: int  # type: ignore[assignment]  # in the place of a tuple's own count()


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one facet, ignoring its own filter; terms without lessons are left out."""

    name: str
    terms: tuple[FacetTerm, ...]


@dataclass(frozen=True, slots=True)
class WayOut:
    """The filter without which most lessons are found, when there are none with it."""

    facet: str
    labels: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LessonResults:
    """A page of hits with what belongs to the whole answer."""

    hits: tuple[LessonHit, ...]
    total: int
    has_next_page: bool
    end_cursor: str | None
    facets: tuple[Facet, ...] = ()
    suggestion: str | None = None
    """The text with what was taken for typing errors mended; the hits are of this text."""
    way_out: WayOut | None = None
    viewpoint: PlaceRef | None = None
    """From where was looked."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be meant by what was typed so far."""

    kind: str
    """A facet (``lessons.selectors.FACETS``), or ``lesson``."""
    code: str
    """Code in that facet, or the uuid of the lesson."""
    label: str
    found_by: str = ""
    """Another name by which it was found; empty for its own."""
    url: str = ""
    """Address of a lesson."""
