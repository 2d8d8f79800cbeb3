"""From material to all that is public of one lesson."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from lessons.blocks import conditions
from lessons.choices import (
    AdoptionDecision,
    Licence,
    MoneyBand,
    PeopleBand,
    RelationKind,
    TimeBand,
)
from lessons.models import Adoption, LessonPage, LessonRelation, Recommendation
from lessons.reading.cards import Surroundings, lesson_card, lesson_ref
from lessons.reading.material import (
    LessonMaterial,
    add_texts_and_notes,
    gather,
    gather_draft,
)
from lessons.reading.media import MediaTable
from lessons.reading.places import gemeente_ref, jeugdregio_ref
from lessons.reading.stories import media_of, story_sections
from lessons.reading.terms import Terms
from lessons.records import (
    AdoptionRecord,
    ChangeNoteRecord,
    LessonDetail,
    Means,
    RecommendationRecord,
    Relation,
    Source,
)

LICENCE_URLS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.nl",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.nl",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
}


def licence_url(licence: str) -> str:
    """Return the address of the text of a licence; empty for none."""
    return LICENCE_URLS.get(Licence(licence), "") if licence else ""


def public_details(lessons: Sequence[LessonPage]) -> list[LessonDetail]:
    """Return all that is public of lessons that the gate let through.

    Takes as many queries for one lesson as for a hundred.
    """
    material = gather(lessons)
    add_texts_and_notes(material)
    relations = list(
        LessonRelation.objects.filter(Q(lesson__in=material) | Q(target__in=material))
        .select_related("lesson", "target")
        .order_by("sort_order", "pk")
    )
    adoptions = list(
        Adoption.objects.filter(lesson__in=material).select_related("jeugdregio", "gemeente")
    )
    return _details(list(material.values()), relations, adoptions)


def draft_detail(lesson: LessonPage) -> LessonDetail:
    """Return a draft as readers would see it; for the editor's own preview only."""
    relations = [relation for relation in lesson.relations.all() if relation.target_id is not None]
    return _details([gather_draft(lesson)], relations, [])[0]


def _details(
    materials: Sequence[LessonMaterial[LessonPage]],
    relations: Sequence[LessonRelation],
    adoptions: Sequence[Adoption],
) -> list[LessonDetail]:
    lessons = [material.lesson for material in materials]
    ends = {pk for relation in relations for pk in (relation.lesson_id, relation.target_id)}
    around = Surroundings.load(lessons, ends - {None})
    documents = [
        source.document_id
        for material in materials
        for source in material.sources
        if source.document_id
    ]
    media = media_of(lessons, documents)
    return [
        _detail(
            material,
            around,
            media,
            [
                relation
                for relation in relations
                if material.lesson.pk in (relation.lesson_id, relation.target_id)
            ],
            [adoption for adoption in adoptions if adoption.lesson_id == material.lesson.pk],
        )
        for material in materials
    ]


def _detail(
    material: LessonMaterial[LessonPage],
    around: Surroundings,
    media: MediaTable,
    relations: Sequence[LessonRelation],
    adoptions: Sequence[Adoption],
) -> LessonDetail:
    lesson = material.lesson
    return LessonDetail(
        card=lesson_card(material, around),
        story=story_sections(lesson, media),
        works_if=conditions(lesson.works_if),
        does_not_work_if=conditions(lesson.does_not_work_if),
        recommendations=tuple(
            _recommendation(recommendation, around.terms)
            for recommendation in material.recommendations
        ),
        means=_means(lesson),
        sources=_sources(material, media),
        relations=tuple(
            _relation(relation, lesson)
            for relation in relations
            if _other(relation, lesson).pk in around.public_page_pks
        ),
        adoptions=tuple(_adoption(adoption) for adoption in adoptions),
        change_notes=tuple(
            ChangeNoteRecord(note.date, note.text) for note in material.change_notes
        ),
        interpretation_note=lesson.interpretation_note,
        contact_role=lesson.contact_role,
        licence_label=str(Licence(lesson.licence).label) if lesson.licence else "",
        licence_url=licence_url(lesson.licence),
    )


def _recommendation(recommendation: Recommendation, terms: Terms) -> RecommendationRecord:
    return RecommendationRecord(
        text=recommendation.text,
        audience=(
            terms["audience"].ref(recommendation.audience_id)
            if recommendation.audience_id
            else None
        ),
        phase=terms["phase"].ref(recommendation.phase_id) if recommendation.phase_id else None,
        is_interpretation=recommendation.is_interpretation,
    )


def _means(lesson: LessonPage) -> tuple[Means, ...]:
    """Return the resources of which anything is known."""
    fte = float(lesson.people_fte) if lesson.people_fte is not None else None
    rows = (
        ("money", MoneyBand, lesson.money_band, lesson.money_amount, lesson.money_note),
        ("time", TimeBand, lesson.time_band, None, lesson.time_note),
        ("people", PeopleBand, lesson.people_band, fte, lesson.people_note),
    )
    return tuple(
        Means(kind, band, str(bands(band).label) if band else "", figure, note)
        for kind, bands, band, figure, note in rows
        if band or figure is not None or note
    )


def _sources(material: LessonMaterial[LessonPage], media: MediaTable) -> tuple[Source, ...]:
    return tuple(
        Source(
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            page=source.page,
            attachment=media.attachment(source.document_id),
        )
        for source in material.sources
    )


def _other(relation: LessonRelation, lesson: LessonPage) -> LessonPage:
    return relation.lesson if relation.target_id == lesson.pk else relation.target


def _relation(relation: LessonRelation, lesson: LessonPage) -> Relation:
    return Relation(
        kind=relation.kind,
        label=str(RelationKind(relation.kind).label),
        is_incoming=relation.target_id == lesson.pk,
        lesson=lesson_ref(_other(relation, lesson)),
    )


def _adoption(adoption: Adoption) -> AdoptionRecord:
    return AdoptionRecord(
        jeugdregio=jeugdregio_ref(adoption.jeugdregio),
        gemeente=gemeente_ref(adoption.gemeente) if adoption.gemeente else None,
        decision=adoption.decision,
        decision_label=str(AdoptionDecision(adoption.decision).label),
        reason=adoption.reason,
        decided_on=adoption.decided_on,
        outcome=adoption.outcome,
        is_generated=adoption.is_generated,
    )
