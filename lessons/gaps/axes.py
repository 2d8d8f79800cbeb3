"""What the rows and columns of a gap map can be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models

from lessons.choices import LessonKind, LessonScope
from lessons.comparability.newest import newest_profiles
from lessons.models import VOCABULARIES, Jeugdregio
from lessons.reading.terms import TermTable

SIZE_CLASS = "sizeClass"
GAP_AXES = (*VOCABULARIES, "kind", "scope", "jeugdregio", SIZE_CLASS)
"""The vocabularies, the fixed lists, and where: by region or by how large the gemeenten are."""

_CHOICES: Mapping[str, type[models.TextChoices]] = MappingProxyType(
    {"kind": LessonKind, "scope": LessonScope}
)
_FIGURE = "grootteklasse"
_SIZE_CLASSES = (
    "minder dan 5.000 inwoners",
    "5.000 tot 10.000 inwoners",
    "10.000 tot 20.000 inwoners",
    "20.000 tot 50.000 inwoners",
    "50.000 tot 100.000 inwoners",
    "100.000 tot 150.000 inwoners",
    "150.000 tot 250.000 inwoners",
    "250.000 inwoners of meer",
)


@dataclass(frozen=True)
class AxisTerm:
    """A row or column before anything is counted."""

    code: str
    label: str
    broader_code: str | None = None
    is_retired: bool = False


@dataclass(frozen=True)
class SizeClasses:
    """The size class of each gemeente, by code, and the year of those classes."""

    of_gemeenten: Mapping[str, str]
    year: int | None

    @property
    def source(self) -> str:
        """What a reader must know of them."""
        year = f" {self.year}" if self.year else ""
        return f"Grootteklassen van CBS{year}, naar het aantal inwoners."


def size_classes() -> SizeClasses:
    """Return the newest size classes; one query, two after a change of figures."""
    profiles = newest_profiles()
    classes = zip(profiles.codes, profiles.figures[_FIGURE].tolist(), strict=True)
    year = profiles.years.get(_FIGURE)
    return SizeClasses(
        {code: str(int(size)) for code, size in classes if not math.isnan(size)},
        year.year if year else None,
    )


def axis_terms(axis: str, table: TermTable | None) -> tuple[AxisTerm, ...]:
    """Return the terms of an axis in order, a narrower one right after its broader one.

    ``table`` is that of a vocabulary. Merged terms are not there: lessons that have one
    count under the term that stands for it. The axis of jeugdregio's costs one query.
    """
    if table is not None:
        return tuple(_in_tree_order(table))
    if axis in _CHOICES:
        return tuple(AxisTerm(choice.value, str(choice.label)) for choice in _CHOICES[axis])
    if axis == SIZE_CLASS:
        return tuple(AxisTerm(str(n), label) for n, label in enumerate(_SIZE_CLASSES, start=1))
    regions = Jeugdregio.objects.order_by("name").values_list("code", "name")
    return tuple(AxisTerm(code, name) for code, name in regions)


def _in_tree_order(table: TermTable) -> Iterable[AxisTerm]:
    chains = {
        term.pk: [above.code for above in table.with_broader(term.pk)] for term in table.standing()
    }
    terms = [
        AxisTerm(
            term.code,
            term.label,
            broader_code=chains[term.pk][1] if len(chains[term.pk]) > 1 else None,
            is_retired=term.is_retired,
        )
        for term in table.standing()
    ]
    places = {term.code: place for place, term in enumerate(terms)}
    paths = {chain[0]: tuple(places[code] for code in reversed(chain)) for chain in chains.values()}
    return sorted(terms, key=lambda term: paths[term.code])
