"""From material to what the search index takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import QuerySet

from lessons.choices import StoryPart
from lessons.models import LessonPage
from lessons.reading.cards import Surroundings, lesson_card
from lessons.reading.lesson_rows import CONDITION_FIELDS, LessonRow, lesson_rows
from lessons.reading.material import TERM_FIELDS, LessonMaterial, gather, recommended
from lessons.reading.standings import Standings, standings
from lessons.reading.stories import story_text
from lessons.reading.terms import FoundBy, Terms
from lessons.records import IndexableLesson, LessonCard

_STORY_PARTS = tuple(StoryPart.values)


def indexable_records(lessons: QuerySet[LessonPage]) -> list[IndexableLesson]:
    """Return lessons that the gate let through, with a fixed number of queries."""
    rows = list(lesson_rows(lessons))
    material = gather(rows)
    around = Surroundings.load(rows, lasting=True)
    standing = standings(material)
    texts = recommended(material)
    return [
        _indexable(material[lesson.pk], around, standing, texts.get(lesson.pk, ()))
        for lesson in rows
    ]


def card_records(lessons: QuerySet[LessonPage]) -> list[LessonCard]:
    """Return the cards alone of lessons that the gate let through."""
    rows = list(lesson_rows(lessons))
    material = gather(rows)
    around = Surroundings.load(rows)
    return [lesson_card(material[lesson.pk], around) for lesson in rows]


def _indexable(
    material: LessonMaterial[LessonRow],
    around: Surroundings,
    standing: Standings,
    recommendations: Sequence[str],
) -> IndexableLesson:
    lesson = material.lesson
    card = lesson_card(material, around)
    found_by = _found_by(material, around.terms)
    return IndexableLesson(
        pk=lesson.pk,
        card=card,
        texts={
            "title": lesson.title,
            "core": lesson.core,
            **{part: story_text(lesson.streams[part]) for part in _STORY_PARTS},
            "conditions": "\n".join(_conditions(lesson)),
            "recommendations": "\n".join(recommendations),
            "labels": "\n".join(_labels(material, found_by)),
        },
        facets=_facets(material, card, found_by),
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


def _found_by(material: LessonMaterial[LessonRow], terms: Terms) -> dict[str, list[FoundBy]]:
    """Return facet → under what each of its terms is found."""
    lesson, others = material.lesson, material.term_pks
    main = [lesson.ontwikkelpunt_id] if lesson.ontwikkelpunt_id else []
    pks = {
        **others,
        **{facet: others.get(facet, []) for facet in TERM_FIELDS},
        "ontwikkelpunt": [*main, *others.get("ontwikkelpunt", [])],
        "partner": [pk for pk, _role in material.partner_roles],
        "evidenceLevel": [lesson.evidence_level_id] if lesson.evidence_level_id else [],
    }
    return {facet: [*map(terms[facet].found_by, found)] for facet, found in pks.items()}


def _facets(
    material: LessonMaterial[LessonRow], card: LessonCard, found_by: Mapping[str, list[FoundBy]]
) -> dict[str, tuple[str, ...]]:
    """Return all codes under which the lesson must be found, in order and each once."""
    codes = {
        facet: {code for term in found for code in term.codes} for facet, found in found_by.items()
    }
    codes["kind"] = {card.kind}
    codes["scope"] = {card.scope}
    codes["gemeente"] = {place.code for place, _region in material.gemeenten}
    codes["jeugdregio"] = {region for _place, region in material.gemeenten} | (
        {card.jeugdregio.code} if card.jeugdregio else set()
    )
    codes["pilot"] = {card.pilot.slug} if card.pilot else set()
    return {facet: tuple(sorted(found)) for facet, found in codes.items()}


def _labels(
    material: LessonMaterial[LessonRow], found_by: Mapping[str, list[FoundBy]]
) -> Iterable[str]:
    """Return the words by which the tags of the lesson are known, and its places."""
    labels = [label for found in found_by.values() for term in found for label in term.labels]
    labels += [place.name for place, _region in material.gemeenten]
    labels += material.place_names
    if material.lesson.jeugdregio:
        labels.append(material.lesson.jeugdregio.name)
    return dict.fromkeys(labels)
