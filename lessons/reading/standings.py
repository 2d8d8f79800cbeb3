"""How lessons stand among others: who took them over, and what came after them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from lessons.choices import AdoptionDecision, RelationKind
from lessons.models import Adoption, LessonRelation
from lessons.reading.lesson_rows import among
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
