"""Where lessons are, and where there are none yet."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.records.terms import TermRef


@dataclass(frozen=True, slots=True)
class GapTerm:
    """A row or column of a gap map.

    ``filter_facet`` and ``filter_codes`` find its lessons in a search; the codes are empty
    where nothing would be found.
    """

    code: str
    label: str
    broader_code: str | None
    """Of a narrower term: the row or column in which its lessons count as well."""
    is_retired: bool
    total: int
    """Lessons under it, in whatever cell, or in none."""
    filter_facet: str
    filter_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapAxis:
    """The rows or the columns; ``code`` is one of ``lessons.selectors.GAP_AXES``."""

    code: str
    label: str
    terms: tuple[GapTerm, ...]


@dataclass(frozen=True, slots=True)
class CountedEvidence:
    """How many lessons of a cell rest on this evidence."""

    level: TermRef
    count: int


@dataclass(frozen=True, slots=True)
class CountedKind:
    """How many lessons of a cell are of this kind; a dead end counts as much as any."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class GapCell:
    """The lessons in one row and column."""

    row: GapTerm
    column: GapTerm
    count: int
    evidence: tuple[CountedEvidence, ...]
    """The firmest level first; levels without lessons are left out."""
    kinds: tuple[CountedKind, ...]
    """In the order of ``LessonKind``; kinds without lessons are left out."""

    @property
    def strongest_evidence(self) -> TermRef | None:
        """The firmest level of any lesson here."""
        return self.evidence[0].level if self.evidence else None


@dataclass(frozen=True, slots=True)
class GapMap:
    """Where public lessons are, and where there are none yet.

    A lesson counts in every cell whose row and column it has, so that the cells together
    may come to more than ``total``.
    """

    rows: GapAxis
    columns: GapAxis
    cells: tuple[tuple[GapCell, ...], ...]
    """A tuple for each row; cells without lessons are there."""
    gaps: tuple[GapCell, ...]
    """The cells without lessons that somebody could fill: not those of retired terms."""
    total: int
    unplaced: int
    """Lessons among ``total`` that stand in no cell."""
    source: str
    """Year and source of what the axes rest on; empty for lessons and terms alone."""
