"""How lessons stand among others: who took them over, and what came after them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from lessons.choices import AdoptionDecision, RelationKind
from lessons.models import Adoption, LessonRelation
from lessons.reading.lesson_rows import among
from lessons.records import AdoptionCount
from lessons.visibility import public_lessons

SUPERSEDING = (RelationKind.REPLACES, RelationKind.CONTRADICTS)
"""Relations after which a reader should see the other lesson first."""

ADOPTING = (AdoptionDecision.APPLIED, AdoptionDecision.ADAPTED)


@dataclass(frozen=True, slots=True)
class Standings:
    """How some lessons stand; a lesson that is not named stands as a new one does."""

    adopted: Mapping[int, int]
    """Lesson → number of jeugdregio's that apply it, as it is or adapted."""
    superseded: frozenset[int]
    """Lessons that a public one replaces or contradicts."""


def standings(lesson_pks: Collection[int]) -> Standings:
    """Return how the lessons stand, with two queries."""
    adopted = (
        Adoption.objects.filter(among("lesson", lesson_pks), decision__in=ADOPTING)
        .order_by()
        .values_list("lesson")
        .annotate(Count("jeugdregio", distinct=True))
    )
    superseded = LessonRelation.objects.filter(
        Exists(public_lessons().filter(pk=OuterRef("lesson"))),
        among("target", lesson_pks),
        kind__in=SUPERSEDING,
    )
    return Standings(
        dict(adopted), frozenset(superseded.order_by().values_list("target", flat=True))
    )


def adoption_counts(uuids: Iterable[str]) -> dict[str, AdoptionCount]:
    """Return how often those of the lessons that are public are applied, by uuid; one query.

    A lesson that no jeugdregio applies is left out.
    """
    counted = (
        Adoption.objects.filter(
            lesson__in=public_lessons().filter(uuid__in=list(uuids)).order_by().values("pk"),
            decision__in=ADOPTING,
        )
        .order_by()
        .values("lesson__uuid")
        .annotate(
            number=Count("jeugdregio", distinct=True),
            made_up=Count("pk", filter=Q(is_generated=True)),
        )
        .values_list("lesson__uuid", "number", "made_up")
    )
    return {str(uuid): AdoptionCount(number, made_up > 0) for uuid, number, made_up in counted}
