"""Short texts that change with what stands beside the words of a lesson.

Publishing a lesson changes its card, which holds the moment. What regions decide about a
lesson, and how the terms in its recommendations are called, changes without that.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from lessons.models import Adoption, Recommendation
from lessons.reading.terms import Terms


def surroundings_marks(lesson_pks: Collection[int]) -> dict[int, str]:
    """Return lesson → a text that is another one after such a change.

    Three queries; a lesson with neither adoptions nor such terms is left out.
    """
    beside: defaultdict[int, list[object]] = defaultdict(list)
    for pk, *decided in _adoptions(lesson_pks):
        beside[pk].append(decided)
    terms = Terms()
    recommended = Recommendation.objects.filter(lesson__in=lesson_pks).order_by("pk")
    for pk, audience, phase in recommended.values_list("lesson", "audience", "phase"):
        if audience:
            beside[pk].append(terms["audience"].ref(audience))
        if phase:
            beside[pk].append(terms["phase"].ref(phase))
    return {pk: hashlib.sha256(repr(rows).encode()).hexdigest() for pk, rows in beside.items()}


def _adoptions(lesson_pks: Collection[int]) -> Iterable[tuple[Any, ...]]:
    return Adoption.objects.filter(lesson__in=lesson_pks).order_by("pk").values_list(
        *("lesson", "jeugdregio__name", "gemeente__name", "decision", "decided_on"),
        *("reason", "outcome", "is_generated"),
    )  # fmt: skip
