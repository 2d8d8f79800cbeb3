"""From material to what the search index takes in."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from lessons.choices import StoryPart
from lessons.models import LessonPage
from lessons.reading.cards import Surroundings, lesson_card
from lessons.reading.lesson_rows import CONDITION_FIELDS, LessonRow, lesson_rows
from lessons.reading.material import LessonMaterial, gather
from lessons.reading.standings import Standings, standings
from lessons.reading.stories import story_text
from lessons.reading.terms import Terms
from lessons.records import IndexableLesson, LessonCard


def indexable_records(lessons: QuerySet[LessonPage]) -> list[IndexableLesson]:
    """Return lessons that the gate let through, with a fixed number of queries."""
    rows = list(lesson_rows(lessons))
    material = gather(rows)
    around = Surroundings.load(rows, lasting=True)
    standing = standings(material)
    return [_indexable(material[lesson.pk], around, standing) for lesson in rows]


def _indexable(
    material: LessonMaterial[LessonRow], around: Surroundings, standing: Standings
) -> IndexableLesson:
    lesson = material.lesson
    card = lesson_card(material, around)
    return IndexableLesson(
        pk=lesson.pk,
        card=card,
        texts={
            "title": lesson.title,
            "core": lesson.core,
            **{part: story_text(lesson.streams[part]) for part in StoryPart.values},
            "conditions": "\n".join(_conditions(lesson)),
            "recommendations": "\n".join(item.text for item in material.recommendations),
            "labels": "\n".join(_labels(material, around.terms)),
        },
        facets=_facets(material, card, around.terms),
        period_from=lesson.period_from,
        period_to=lesson.period_to or lesson.period_from,
        expires_at=lesson.expire_at,
        adopted=standing.adopted.get(lesson.pk, 0),
        is_superseded=lesson.pk in standing.superseded,
    )


def _conditions(lesson: LessonRow) -> Iterator[str]:
    for name in CONDITION_FIELDS:
        for block in lesson.streams[name]:
            if statement := str(block["value"]).strip():
                yield statement


def _term_pks(material: LessonMaterial[LessonRow]) -> dict[str, list[int]]:
    lesson = material.lesson
    return {
        **material.term_pks,
        "ontwikkelpunt": [
            *([lesson.ontwikkelpunt_id] if lesson.ontwikkelpunt_id else []),
            *material.term_pks["ontwikkelpunt"],
        ],
        "partner": [pk for pk, _role in material.partner_roles],
        "evidenceLevel": [lesson.evidence_level_id] if lesson.evidence_level_id else [],
    }


def _facets(
    material: LessonMaterial[LessonRow], card: LessonCard, terms: Terms
) -> dict[str, tuple[str, ...]]:
    """Return all codes under which the lesson must be found."""
    codes = {
        facet: {term.code for pk in pks for term in terms[facet].with_broader(pk)}
        for facet, pks in _term_pks(material).items()
    }
    codes["kind"] = {card.kind}
    codes["scope"] = {card.scope}
    codes["gemeente"] = {place.code for place, _region in material.gemeenten}
    codes["jeugdregio"] = {region for _place, region in material.gemeenten} | (
        {card.jeugdregio.code} if card.jeugdregio else set()
    )
    codes["pilot"] = {card.pilot.slug} if card.pilot else set()
    return {facet: tuple(sorted(found)) for facet, found in codes.items()}


def _labels(material: LessonMaterial[LessonRow], terms: Terms) -> list[str]:
    """Return the words by which the tags of the lesson are known, and its places."""
    labels = [
        label
        for facet, pks in _term_pks(material).items()
        for pk in pks
        for term in terms[facet].with_broader(pk)
        for label in (term.label, *term.alternative_label_list)
    ]
    labels += [place.name for place, _region in material.gemeenten]
    labels += material.place_names
    if material.lesson.jeugdregio:
        labels.append(material.lesson.jeugdregio.name)
    return list(dict.fromkeys(labels))
