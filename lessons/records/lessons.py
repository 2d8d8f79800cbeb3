"""A lesson: as a card, with everything, in the index, and after it is gone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from lessons.records.references import LessonRef, PartnerRoleRef, Period, PilotRef, PlaceRef
from lessons.records.terms import TermRef


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
class AdoptionCount:
    """How many jeugdregio's apply a lesson, as it is or adapted."""

    number: int
    has_generated: bool
    """Whether one of the decisions was made up, as an example."""


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
class SharedDraft:
    """What a link to a draft opens: the draft, for whoever has the link, and for them alone."""

    lesson: LessonDetail | None
    """None when the link has ended."""
    expires_at: datetime.datetime | None
    public_url: str
    """Where the same is public by now; empty while it is a draft."""


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
