"""Publishing the lessons of the files, each under the section that owns it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.rich_text import RichText

from lessons.completeness import missing_for_publication
from lessons.loading.ledger import Ledger
from lessons.loading.lesson_collection import LessonCollection, PublicationEntry, RelationEntry
from lessons.loading.lesson_files import LessonEntry
from lessons.loading.problems import Problem, raise_if_any
from lessons.loading.publishing import Counts, add_draft, differs, publish, set_values
from lessons.models import (
    VOCABULARIES,
    Concept,
    Gemeente,
    Jeugdregio,
    LessonPage,
    LessonPartner,
    LessonRelation,
    LessonSectionPage,
    LessonSource,
    Recommendation,
)
from lessons.privacy import privacy_findings

# The uuid of a lesson follows from its code, so that it is the same in every installation.
LESSON_NAMESPACE = uuid.UUID("0d3b5c1e-6f0a-5b7e-9c55-4c657373656e")


def lesson_uuid(code: str) -> uuid.UUID:
    """Return the permanent uuid of a shipped lesson."""
    return uuid.uuid5(LESSON_NAMESPACE, code)


class LessonWriter:
    """Turns lessons of the files into values of pages; terms and places are read once."""

    def __init__(self, publication: PublicationEntry) -> None:
        self.publication = publication
        self.terms: dict[str, dict[str, Concept]] = {
            name: {term.code: term for term in model._default_manager.all()}
            for name, model in VOCABULARIES.items()
        }
        self.gemeenten = {gemeente.code: gemeente for gemeente in Gemeente.objects.all()}
        self.jeugdregios = {region.code: region for region in Jeugdregio.objects.all()}
        self.sections: dict[str, LessonSectionPage] = {
            section.jeugdregio.code if section.jeugdregio else "": section
            # The first section without a jeugdregio is the national one: it counts last.
            for section in LessonSectionPage.objects.select_related("jeugdregio").order_by("-path")
        }

    def section_of(self, lesson: LessonEntry) -> LessonSectionPage:
        """Return the section that owns the lesson: its region's, or the national one."""
        return self.sections[lesson.jeugdregio]

    def values(self, lesson: LessonEntry) -> dict[str, Any]:
        """Return the values of the page's fields and child lists, but for relations."""
        return {
            **self._texts(lesson),
            **self._tags(lesson),
            **lesson.means,
            "recommendations": [
                Recommendation(
                    text=item.text,
                    audience=self.terms["audience"].get(item.audience),
                    phase=self.terms["phase"].get(item.phase),
                    is_interpretation=item.is_interpretation,
                )
                for item in lesson.recommendations
            ],
            "sources": [
                LessonSource(title=item.title, publisher=item.publisher, url=item.url)
                for item in lesson.sources
            ],
            "last_reviewed": self.publication.last_reviewed,
            "next_review": self.publication.next_review_of(lesson),
            "licence": self.publication.licence,
            "attribution": self.publication.attribution_of(lesson),
            "contact_role": self.publication.contact_role,
        }

    def _texts(self, lesson: LessonEntry) -> dict[str, Any]:
        return {
            "title": lesson.title,
            "slug": lesson.slug,
            "core": lesson.core,
            "search_description": lesson.core,
            **{part: _paragraphs(text) for part, text in lesson.story.items()},
            "works_if": [("condition", text) for text in lesson.works_if],
            "does_not_work_if": [("condition", text) for text in lesson.does_not_work_if],
            "interpretation_note": lesson.interpretation_note,
        }

    def _tags(self, lesson: LessonEntry) -> dict[str, Any]:
        points = self.terms["ontwikkelpunt"]
        return {
            "kind": lesson.kind,
            "scope": lesson.scope,
            "jeugdregio": self.jeugdregios.get(lesson.jeugdregio),
            "gemeenten": [self.gemeenten[code] for code in lesson.gemeenten],
            "ontwikkelpunt": points.get(lesson.ontwikkelpunt),
            "other_ontwikkelpunten": [points[code] for code in lesson.other_ontwikkelpunten],
            "phases": [self.terms["phase"][code] for code in lesson.phases],
            "situations": [self.terms["situation"][code] for code in lesson.situations],
            "family_forms": [self.terms["familyForm"][code] for code in lesson.family_forms],
            "audiences": [self.terms["audience"][code] for code in lesson.audiences],
            "partner_roles": [
                LessonPartner(partner=self.terms["partner"][code], role=role)
                for code, role in lesson.partners
            ],
            "evidence_level": self.terms["evidenceLevel"].get(lesson.evidence_level),
            "own_figures": lesson.own_figures,
            "period_from": lesson.period.from_year,
            "period_to": lesson.period.to_year,
            "period_is_unknown": lesson.period.is_unknown,
            "period_note": lesson.period.note,
        }


def _paragraphs(text: str) -> list[tuple[str, RichText]]:
    """Return a part of the story as one block of running text."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    if not paragraphs:
        return []
    return [("paragraph", RichText("".join(f"<p>{escape(part)}</p>" for part in paragraphs)))]


def declare_privacy(page: LessonPage, place: str) -> list[Problem]:
    """Declare the page free of personal data, or return what speaks against it."""
    findings = privacy_findings(page)
    page.privacy_declared = not findings
    return [
        Problem(f"{place}, veld {finding.field}", f"{finding.message} ({finding.excerpt})")
        for finding in findings
    ]


@transaction.atomic
def load_lessons(
    collection: LessonCollection,
    *,
    refresh: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Counts:
    """Publish the lessons that were never loaded; with ``refresh`` also update the others.

    A lesson that an editor took offline or deleted is left alone. Raises
    ``LoadingError`` with nothing changed when a lesson is not fit to be published.
    """
    lessons = collection.lessons
    new, present = _sort_out(lessons)
    if not new and not refresh:
        return Counts(kept=len(lessons))
    writer = LessonWriter(collection.publication)
    drafts = {lesson.code: _add_draft(lesson, writer) for lesson in new}
    pages = {**present, **drafts}
    problems: list[Problem] = []
    to_publish = []
    for lesson in lessons:
        page = pages.get(lesson.code)
        is_new = lesson.code in drafts
        if page is None or not (is_new or (refresh and page.live)):
            continue
        relations = {"relations": _relations(lesson, collection.relations, pages)}
        if is_new:
            set_values(page, relations)
        elif not differs(page, {**writer.values(lesson), **relations}):
            continue
        to_publish.append(page)
        problems += _unfit(page, lesson)
    raise_if_any(problems)
    for done, page in enumerate(to_publish, start=1):
        publish(page)
        progress(done, len(to_publish))
    return Counts(len(new), len(to_publish) - len(new), len(lessons) - len(to_publish))


def _add_draft(lesson: LessonEntry, writer: LessonWriter) -> LessonPage:
    page = LessonPage(uuid=lesson_uuid(lesson.code))
    add_draft(writer.section_of(lesson), page, writer.values(lesson))
    return page


def _sort_out(
    lessons: Iterable[LessonEntry],
) -> tuple[list[LessonEntry], dict[str, LessonPage]]:
    """Return the lessons that were never loaded, and the pages of the others by code."""
    ledger = Ledger()
    codes = {lesson_uuid(lesson.code): lesson.code for lesson in lessons}
    present = {codes[page.uuid]: page for page in LessonPage.objects.filter(uuid__in=codes)}
    new = [
        lesson
        for lesson in lessons
        if ledger.is_first_time(f"lesson:{lesson.code}") and lesson.code not in present
    ]
    ledger.save()
    return new, present


def _relations(
    lesson: LessonEntry, relations: Iterable[RelationEntry], pages: dict[str, LessonPage]
) -> list[LessonRelation]:
    return [
        LessonRelation(kind=relation.kind, target=pages[relation.target])
        for relation in relations
        if relation.source == lesson.code and relation.target in pages
    ]


def _unfit(page: LessonPage, lesson: LessonEntry) -> list[Problem]:
    """Declare the page free of personal data; return what keeps it from being published."""
    place = f"les {lesson.code}"
    problems = declare_privacy(page, place)
    if not problems:
        problems = [
            Problem(f"{place}, veld {item.field}", str(item.message))
            for item in missing_for_publication(page)
        ]
    return problems
