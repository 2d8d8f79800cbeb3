"""What is answered: frozen values of ours; no type of an engine leaves ``search``."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.records import LessonCard


@dataclass(frozen=True, slots=True)
class Highlight:
    """A fragment of one field as safe HTML, the words found in ``<mark>``."""

    field: str
    html: str


@dataclass(frozen=True, slots=True)
class LessonHit:
    """A lesson that was found, with its place in the order as an opaque cursor."""

    card: LessonCard
    cursor: str
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetTerm:
    """How many lessons would be found with this code."""

    code: str
    label: str
    count: int


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
    notices: tuple[str, ...] = ()
