"""What may be shown to the public, as frozen values.

``lessons.selectors`` is the only maker of these; the packages above read lessons,
terms, places and pilots in no other form. A record holds no model and no queryset, so
nothing private can be reached from it.

A list shows :class:`LessonCard`; a detail page :class:`LessonDetail`; an address whose
lesson is gone answers with a :class:`Tombstone`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term as shown beside a lesson: always the current one, also after a merge."""

    vocabulary: str
    code: str
    label: str
    uri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary in full; ``uri`` is permanent."""

    vocabulary: str
    code: str
    uri: str
    label: str
    alternative_labels: tuple[str, ...]
    definition: str
    source: str
    order: int
    broader_code: str | None
    replaced_by_code: str | None
    is_retired: bool
    organisation_kind: str | None = None
    """Partners only: a code of ``OrganisationKind``."""
    website: str = ""
    """Partners only."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary with its terms in order, retired ones included."""

    code: str
    label: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """The codes of one facet at one moment."""

    labels: dict[str, str] = field(hash=False)
    """Current code → Dutch label, in order."""
    followers: dict[str, str] = field(hash=False, default_factory=dict)
    """Merged code → the code that stands for it today."""
    parts: dict[str, tuple[str, ...]] = field(hash=False, default_factory=dict)
    """Code of what was divided → the codes that stand for it beside its follower."""

    def current(self, code: str) -> str | None:
        """Return the code that stands for this one today; None for an unknown code."""
        return code if code in self.labels else self.followers.get(code)

    def all_current(self, code: str) -> tuple[str, ...]:
        """Return every code that stands for this one today; none for an unknown code."""
        current = self.current(code)
        return () if current is None else (current, *self.parts.get(code, ()))


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
class LessonRef:
    """Another lesson, enough for a link."""

    uuid: str
    uri: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class LessonCard:
    """All that a list shows of a lesson. Stored in the search index as it is."""

    uuid: str
    uri: str
    url: str
    slug: str
    title: str
    core: str
    kind: str
    kind_label: str
    scope: str
    scope_label: str
    ontwikkelpunt: TermRef
    other_ontwikkelpunten: tuple[TermRef, ...]
    phases: tuple[TermRef, ...]
    partners: tuple[PartnerRoleRef, ...]
    family_forms: tuple[TermRef, ...]
    situations: tuple[TermRef, ...]
    audiences: tuple[TermRef, ...]
    jeugdregio: PlaceRef | None
    gemeenten: tuple[PlaceRef, ...]
    pilot: PilotRef | None
    evidence_level: TermRef
    own_figures: bool
    period: Period
    first_published_at: datetime.datetime
    last_published_at: datetime.datetime
    last_reviewed: datetime.date
    next_review: datetime.date
    licence: str
    attribution: str
    owner: str
    """Title of the section that owns the lesson."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image from a public collection, in the size in which it is shown."""

    url: str
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document from a public collection."""

    title: str
    url: str
    extension: str


@dataclass(frozen=True, slots=True)
class StorySection:
    """One part of the story. ``html`` is sanitised; ``text`` is the same without markup."""

    part: str
    label: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendationRecord:
    """What another region could do."""

    text: str
    audience: TermRef | None
    phase: TermRef | None
    is_interpretation: bool


@dataclass(frozen=True, slots=True)
class Means:
    """What one resource took: a band, with the real figure where known."""

    kind: str
    """``money`` (figure in euros), ``time`` (no figure) or ``people`` (figure in fte)."""
    band: str
    band_label: str
    figure: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts come from."""

    title: str
    publisher: str
    url: str
    page: str
    attachment: Attachment | None


@dataclass(frozen=True, slots=True)
class Relation:
    """How this lesson stands to another public one.

    ``is_incoming`` tells that the other lesson says so of this one: kind ``confirms``
    then reads 'is confirmed by'.
    """

    kind: str
    label: str
    is_incoming: bool
    lesson: LessonRef


@dataclass(frozen=True, slots=True)
class AdoptionRecord:
    """A region's decision on the lesson."""

    jeugdregio: PlaceRef
    gemeente: PlaceRef | None
    decision: str
    decision_label: str
    reason: str
    decided_on: datetime.date
    outcome: str
    is_generated: bool


@dataclass(frozen=True, slots=True)
class ChangeNoteRecord:
    """What changed in the lesson, and when."""

    date: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class LessonDetail:
    """All that is public of a lesson."""

    card: LessonCard
    story: tuple[StorySection, ...]
    """The parts that have words, in the order of ``StoryPart``."""
    works_if: tuple[str, ...]
    does_not_work_if: tuple[str, ...]
    recommendations: tuple[RecommendationRecord, ...]
    means: tuple[Means, ...]
    sources: tuple[Source, ...]
    relations: tuple[Relation, ...]
    adoptions: tuple[AdoptionRecord, ...]
    change_notes: tuple[ChangeNoteRecord, ...]
    interpretation_note: str
    contact_role: str
    licence_label: str
    licence_url: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A lesson that is gone: withdrawn, replaced or expired.

    It tells why, and nothing of what the lesson said.
    """

    uuid: str
    uri: str
    state: str
    """A code of ``PublicState``."""
    reason: str
    """A code of ``WithdrawalReason``, or ``expired``."""
    reason_label: str
    explanation: str
    withdrawn_on: datetime.date
    """The first day on which it no longer held."""
    replacement: LessonRef | None
    """None also when the replacement itself is not public."""


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


@dataclass(frozen=True, slots=True)
class MapTile:
    """A place on a map of hexagons. Odd rows lie half a tile further to the right."""

    place: PlaceRef
    column: int
    row: int
    jeugdregio: str
    """Code of the jeugdregio that it is part of, or its own."""


@dataclass(frozen=True, slots=True)
class IndexableLesson:
    """A public lesson as the search index takes it in.

    ``texts`` maps ``title``, ``core``, each story part, ``conditions`` and
    ``recommendations`` to plain text. ``facets`` maps a facet (see
    ``lessons.selectors.FACETS``) to all codes under which the lesson must be found:
    current terms, with the terms that they are narrower than.
    """

    pk: int
    card: LessonCard
    texts: dict[str, str] = field(hash=False)
    facets: dict[str, tuple[str, ...]] = field(hash=False)
    period_from: int | None
    period_to: int | None
    expires_at: datetime.datetime | None
    adopted: int
    """How many jeugdregio's apply it, as it is or adapted."""
    is_superseded: bool
    """Whether another public lesson replaces or contradicts it."""
