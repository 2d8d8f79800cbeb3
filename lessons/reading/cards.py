"""From material to the card that lists show."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, TextChoices
from django.utils import timezone
from wagtail.models import Page

from cms.rich_text import public_page_url
from cms.visibility import public_pages
from lessons.addresses import lesson_uri
from lessons.choices import LessonKind, LessonScope, label_of
from lessons.models import LessonPage
from lessons.reading.lesson_rows import LessonRow
from lessons.reading.material import LessonMaterial, LessonT
from lessons.reading.places import jeugdregio_ref, partner_role_ref, pilot_ref
from lessons.reading.terms import Terms
from lessons.records import LessonCard, LessonRef, PartnerRoleRef, Period, TermRef


@dataclass
class Surroundings:
    """What cards need besides the lessons themselves, read once for all of them."""

    terms: Terms
    section_titles: Mapping[str, str] = field(default_factory=dict)
    """Path in the tree → title of a section."""
    public_page_pks: frozenset[int] = frozenset()
    """Pilots and other lessons that may be shown."""
    _labels: dict[tuple[type[TextChoices], str], str] = field(default_factory=dict)
    _partner_roles: dict[tuple[int, str], PartnerRoleRef] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        lessons: Iterable[LessonPage | LessonRow],
        other_lesson_pks: Iterable[int] = (),
        *,
        lasting: bool = False,
    ) -> Surroundings:
        """Read sections, pilots and other lessons through the gate, with one query.

        ``lasting`` leaves out what has a date of expiry: the search index keeps what it
        is given, and nobody tells it when that date has come.
        """
        lessons = list(lessons)
        section_paths = {_section_path(lesson) for lesson in lessons if lesson.path}
        asked = {lesson.pilot_id for lesson in lessons if lesson.pilot_id} | set(other_lesson_pks)
        rows = (
            public_pages(Page.objects.all())
            .filter(Q(path__in=section_paths) | Q(pk__in=asked))
            .values_list("pk", "path", "title")
        )
        if lasting:
            rows = rows.filter(expire_at__isnull=True)
        titles: dict[str, str] = {}
        public: set[int] = set()
        for pk, path, title in rows:
            if path in section_paths:
                titles[path] = title
            public.add(pk)
        return cls(Terms(), titles, frozenset(public))

    def label(self, choices: type[TextChoices], code: str) -> str:
        """Return the label of one of the choices in the present language."""
        if (choices, code) not in self._labels:
            self._labels[choices, code] = label_of(choices(code))
        return self._labels[choices, code]

    def partner_role(self, partner_pk: int, role: str) -> PartnerRoleRef:
        """Return a partner with its role."""
        if (partner_pk, role) not in self._partner_roles:
            shown = partner_role_ref(partner_pk, role, self.terms)
            self._partner_roles[partner_pk, role] = shown
        return self._partner_roles[partner_pk, role]


def _section_path(lesson: LessonPage | LessonRow) -> str:
    return str(lesson.path[: -lesson.steplen])


NOT_CHOSEN = "nog niet gekozen"


def lesson_card(material: LessonMaterial[LessonT], around: Surroundings) -> LessonCard:
    """Return the card of a lesson; in a draft, what was not chosen says so."""
    lesson, terms = material.lesson, around.terms

    def refs(facet: str) -> tuple[TermRef, ...]:
        pks = material.term_pks.get(facet)
        return tuple(dict.fromkeys(map(terms[facet].ref, pks))) if pks else ()

    def ref_or_none_chosen(facet: str, pk: int | None) -> TermRef:
        return terms[facet].ref(pk) if pk else TermRef(facet, "", NOT_CHOSEN, "")

    pilot = lesson.pilot if lesson.pilot_id in around.public_page_pks else None
    return LessonCard(
        uuid=str(lesson.uuid),
        uri=lesson_uri(lesson.uuid),
        url=public_page_url(lesson.url_path) if lesson.url_path else "",
        slug=lesson.slug,
        title=lesson.title,
        core=lesson.core,
        kind=lesson.kind,
        kind_label=around.label(LessonKind, lesson.kind),
        scope=lesson.scope,
        scope_label=around.label(LessonScope, lesson.scope),
        ontwikkelpunt=ref_or_none_chosen("ontwikkelpunt", lesson.ontwikkelpunt_id),
        other_ontwikkelpunten=refs("ontwikkelpunt"),
        phases=refs("phase"),
        partners=tuple(around.partner_role(*partner) for partner in material.partner_roles),
        family_forms=refs("familyForm"),
        situations=refs("situation"),
        audiences=refs("audience"),
        jeugdregio=jeugdregio_ref(lesson.jeugdregio) if lesson.jeugdregio else None,
        gemeenten=tuple(place for place, _region in material.gemeenten),
        pilot=pilot_ref(pilot) if pilot else None,
        evidence_level=ref_or_none_chosen("evidenceLevel", lesson.evidence_level_id),
        own_figures=lesson.own_figures,
        period=Period(
            lesson.period_from, lesson.period_to, lesson.period_is_unknown, lesson.period_note
        ),
        first_published_at=_moment(lesson.first_published_at),
        last_published_at=_moment(lesson.last_published_at),
        last_reviewed=lesson.last_reviewed or timezone.localdate(),
        next_review=lesson.next_review or timezone.localdate(),
        licence=lesson.licence,
        attribution=lesson.attribution,
        owner=around.section_titles.get(_section_path(lesson), "") if lesson.path else "",
    )


def _moment(moment: datetime.datetime | None) -> datetime.datetime:
    return moment or timezone.now()


def lesson_ref(lesson: LessonPage) -> LessonRef:
    """Return a lesson that the gate let through, as a link."""
    return LessonRef(
        uuid=str(lesson.uuid),
        uri=lesson_uri(lesson.uuid),
        url=public_page_url(lesson.url_path),
        title=lesson.title,
    )
