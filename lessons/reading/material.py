"""What a record of a lesson is made of, gathered with a fixed number of queries.

``gather`` reads any number of saved lessons; ``gather_draft`` takes one from memory, as
the editor's form has it. Both give :class:`LessonMaterial`, so that a preview and the
public page are built by the same code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value

from lessons.addresses import gemeente_uri
from lessons.models import ChangeNote, LessonPage, LessonPartner, LessonSource, Recommendation
from lessons.reading.lesson_rows import LessonRow, among
from lessons.reading.places import gemeente_ref
from lessons.records import PlaceRef

# Facet → the many-to-many field of LessonPage that holds its terms.
TERM_FIELDS = {
    "ontwikkelpunt": "other_ontwikkelpunten",
    "phase": "phases",
    "familyForm": "family_forms",
    "situation": "situations",
    "audience": "audiences",
}


LessonT = TypeVar("LessonT", bound=LessonPage | LessonRow)


@dataclass
class LessonMaterial(Generic[LessonT]):
    """One lesson with the keys of what it refers to."""

    lesson: LessonT
    term_pks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Facet → terms; ``ontwikkelpunt`` holds the others, the main one is on the lesson."""
    partner_roles: list[tuple[int, str]] = field(default_factory=list)
    gemeenten: list[tuple[PlaceRef, str]] = field(default_factory=list)
    """Each gemeente with the code of its jeugdregio."""
    place_names: list[str] = field(default_factory=list)
    """Other names of its gemeenten, and of the provincies and jeugdregio's they lie in."""
    recommendations: list[Recommendation] = field(default_factory=list)
    sources: list[LessonSource] = field(default_factory=list)
    change_notes: list[ChangeNote] = field(default_factory=list)


def gather(lessons: Iterable[LessonT]) -> dict[int, LessonMaterial[LessonT]]:
    """Return the material of saved lessons by their key, with one more query.

    Holds terms, partners and gemeenten: what cards need.
    """
    material = {lesson.pk: LessonMaterial(lesson) for lesson in lessons}
    gemeenten: dict[int, PlaceRef] = {}
    for lesson_pk, kind, pk, code, name, extra in _links(material):
        if kind == "gemeente":
            if pk not in gemeenten:
                gemeenten[pk] = PlaceRef(code, name, gemeente_uri(code))
            material[lesson_pk].gemeenten.append((gemeenten[pk], extra))
        elif kind == "place names":
            material[lesson_pk].place_names += (code, name, extra)
        elif kind == "partner":
            material[lesson_pk].partner_roles.append((pk, code))
        else:
            material[lesson_pk].term_pks[kind].append(pk)
    return material


def add_texts_and_notes(material: dict[int, LessonMaterial[LessonPage]]) -> None:
    """Add recommendations, sources and change notes, with three more queries."""
    for recommendation in Recommendation.objects.filter(lesson__in=material).order_by("sort_order"):
        material[recommendation.lesson_id].recommendations.append(recommendation)
    for source in LessonSource.objects.filter(lesson__in=material).order_by("sort_order"):
        material[source.lesson_id].sources.append(source)
    for note in ChangeNote.objects.filter(lesson__in=material).order_by("-date", "sort_order"):
        material[note.lesson_id].change_notes.append(note)


def recommended(lesson_pks: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Return the texts of the recommendations of lessons in their order, with one query."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Recommendation.objects.filter(among("lesson", lesson_pks)).order_by("sort_order")
    for lesson_pk, text in rows.values_list("lesson_id", "text"):
        found[lesson_pk].append(text)
    return found


def _links(lesson_pks: Collection[int]) -> list[tuple[Any, ...]]:
    """Return all references of the lessons by one query: a union of their link tables."""
    queries = [
        _link_rows(
            getattr(LessonPage, field_name).through,
            kind,
            getattr(LessonPage, field_name).field,
            lesson_pks,
        )
        for kind, field_name in TERM_FIELDS.items()
    ]
    gemeenten = LessonPage.gemeenten.through
    queries.append(
        gemeenten._default_manager.filter(among("lessonpage", lesson_pks)).values_list(
            F("lessonpage_id"),
            Value("gemeente", CharField()),
            F("gemeente_id"),
            F("gemeente__code"),
            F("gemeente__name"),
            F("gemeente__jeugdregio__code"),
            Value(0, IntegerField()),
        )
    )
    queries.append(
        gemeenten._default_manager.filter(among("lessonpage", lesson_pks)).values_list(
            F("lessonpage_id"),
            Value("place names", CharField()),
            F("gemeente_id"),
            F("gemeente__provincie"),
            F("gemeente__jeugdregio__name"),
            F("gemeente__cbs_name"),
            Value(0, IntegerField()),
        )
    )
    queries.append(
        LessonPartner.objects.order_by()
        .filter(among("lesson", lesson_pks))
        .values_list(
            F("lesson_id"),
            Value("partner", CharField()),
            F("partner_id"),
            F("role"),
            Value("", CharField()),
            Value("", CharField()),
            F("sort_order"),
        )
    )
    rows = queries[0].union(*queries[1:], all=True)
    own = [row for row in rows if row[0] in lesson_pks]
    # Sorted here: by the author's order for partners, by name for gemeenten.
    own.sort(key=lambda row: (row[6] or 0, row[4], row[2]))
    return [row[:6] for row in own]


def _link_rows(
    through: type[Model], kind: str, relation: Any, lesson_pks: Collection[int]
) -> QuerySet[Any, Any]:
    return through._default_manager.filter(among("lessonpage", lesson_pks)).values_list(
        F("lessonpage_id"),
        Value(kind, CharField()),
        F(f"{relation.m2m_reverse_field_name()}_id"),
        Value("", CharField()),
        Value("", CharField()),
        Value("", CharField()),
        Value(0, IntegerField()),
    )


def gather_draft(lesson: LessonPage) -> LessonMaterial[LessonPage]:
    """Return the material of one lesson as it is in memory, saved or not."""
    material = LessonMaterial(lesson)
    for kind, field_name in TERM_FIELDS.items():
        material.term_pks[kind] = [term.pk for term in getattr(lesson, field_name).all()]
    material.partner_roles = [
        (role.partner_id, role.role)
        for role in lesson.partner_roles.all()
        if role.partner_id is not None
    ]
    material.gemeenten = [
        (gemeente_ref(gemeente), gemeente.jeugdregio.code) for gemeente in lesson.gemeenten.all()
    ]
    material.recommendations = list(lesson.recommendations.all())
    material.sources = list(lesson.sources.all())
    material.change_notes = list(lesson.change_notes.all())
    return material
