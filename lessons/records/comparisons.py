"""How places compare, and with what."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.records.references import PlaceRef


@dataclass(frozen=True, slots=True)
class ComparisonReason:
    """How two places stand to each other on one trait, with both figures.

    A figure that is not known is None, and the trait then does not count for this pair;
    ``text`` says so. ``year`` and ``source`` are those of both figures.
    """

    trait: str
    """A code of ``ComparisonTrait``."""
    label: str
    theme: str
    """A code of ``ComparisonTheme``."""
    text: str
    own: float | None
    other: float | None
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class YouthCareFigure:
    """Use of youth care, or spending on it: beside a comparison, never part of it."""

    code: str
    """``use`` or ``spending``."""
    label: str
    value: float | None
    text: str
    """The value as people write it, or that it is not known."""
    year: int | None
    source: str
    note: str
    """What the figure is, and what it leaves out."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A place that is like another in context; the traits most alike come first."""

    place: PlaceRef
    similarity: float
    """1 alike on every trait, 0 as different as the two that differ most."""
    reasons: tuple[ComparisonReason, ...]
    youth_care: tuple[YouthCareFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The places most like one place, the nearest first.

    It compares context. Nothing in it says which place does better.
    """

    place: PlaceRef
    nodes: tuple[Comparable, ...]
    notice: str
    """What to know before trusting the list, in Dutch; empty when there is nothing."""
    is_isolated: bool
    """Whether even the nearest are at least twice as far as is typical."""
    nearest_similarity: float | None
    """Mean similarity of the nearest five of the whole list; None for an empty one."""
    typical_similarity: float
    """The median of that over all places, with no place left out of the list."""
    youth_care: tuple[YouthCareFigure, ...] = ()
    """Of the place itself."""


@dataclass(frozen=True, slots=True)
class TraitColumn:
    """A trait, or a figure about youth care, as a column of a table."""

    code: str
    label: str
    theme: str
    """A code of ``ComparisonTheme``; empty for a figure that is never compared on."""
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class TraitTable:
    """What places of one kind are compared on, as it stands in the reference table."""

    columns: tuple[TraitColumn, ...]
    places: tuple[PlaceRef, ...]
    values: tuple[tuple[float | None, ...], ...]
    """A row for each place, None for what is not known."""


@dataclass(frozen=True, slots=True)
class SimilarityTable:
    """How alike all places of one kind are; None for two that have no figure in common."""

    places: tuple[PlaceRef, ...]
    rows: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ViewedPlace:
    """The place of a lesson, seen from another place."""

    place: PlaceRef
    similarity: float
    """1 alike on every trait, 0 as different as the two that differ most."""
    reasons: tuple[ComparisonReason, ...]
    """The traits most alike first; none for one's own place, or a region seen from a gemeente."""
    note: str
    """What the comparison rests on, in Dutch, where it is not simply these two places."""


@dataclass(frozen=True, slots=True)
class TraitValue:
    """A trait of one place; value and score are None when it is not known."""

    place: PlaceRef
    value: float | None
    text: str
    """With its unit, in Dutch; says so when it is not known."""
    score: float | None
    """Standard deviations from the mean of all places, on the scale of the comparison."""


@dataclass(frozen=True, slots=True)
class TraitRow:
    """One trait of places beside each other, with the year and source of every figure."""

    trait: str
    """A code of ``ComparisonTrait``."""
    label: str
    theme: str
    """A code of ``ComparisonTheme``."""
    theme_label: str
    values: tuple[TraitValue, ...]
    middle: str
    """The median of all places of this kind, as it is shown."""
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class PairSimilarity:
    """How alike two places are, as in :class:`Comparable`; None when nothing is known."""

    one: PlaceRef
    other: PlaceRef
    similarity: float | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Places beside each other: context only. Nothing in it says which does better."""

    places: tuple[PlaceRef, ...]
    traits: tuple[TraitRow, ...]
    pairs: tuple[PairSimilarity, ...]
