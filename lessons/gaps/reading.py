"""Under which codes the public lessons stand, read at once.

Very many lessons are tagged alike. The database puts those together, so that what comes
back, and all that is done with it, grows with the ways of tagging and not with the lessons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, CharField, Count, F, OuterRef, Q, Subquery

from lessons.gaps.axes import SIZE_CLASS, SizeClasses
from lessons.gaps.content import link_of
from lessons.models import VOCABULARIES, Gemeente
from lessons.reading.terms import Terms
from lessons.visibility import public_lessons, public_pilots

Codes = frozenset[str]
_NONE: Codes = frozenset()
_BETWEEN = ","
_PERIOD = ("period_from", "period_to")


@dataclass(slots=True)
class TaggedLessons:
    """Public lessons that are tagged alike, with what a map counts of them."""

    number: int
    kind: str
    evidence: str
    """Code of their evidence level; empty when they have none."""
    period_from: int | None
    period_to: int | None
    """Both None when no period was asked for."""
    codes: dict[str, Codes]
    """Facet or axis → the codes under which they are found, as in the search index."""


_OWN_FIELDS = {
    "kind": "kind",
    "scope": "scope",
    "evidenceLevel": "evidence_level_id",
    "ontwikkelpunt": "ontwikkelpunt_id",
    "jeugdregio": "jeugdregio__code",
    "pilot": "pilot_id",
}
"""Facet → the field of the lesson itself that holds a value of it."""


def read_lessons(
    facets: Collection[str], terms: Terms, sizes: SizeClasses | None, *, with_periods: bool
) -> list[TaggedLessons]:
    """Return the public lessons with their codes of these facets.

    Takes one query for the lessons, and one more when pilots, and when gemeenten, are among
    the facets; ``sizes`` is needed for the axis of size classes, and gemeenten with it.
    """
    lookup = _Lookup(
        terms,
        public_pilot_slugs() if "pilot" in facets else {},
        dict(Gemeente.objects.values_list("pk", "code")) if "gemeente" in facets else {},
    )
    columns = {
        f"own_{facet}": F(field) for facet, field in _OWN_FIELDS.items() if facet in facets
    } | {
        f"all_{facet}": _joined(*link)
        for facet in sorted(facets)
        if (link := link_of(facet)) is not None
    }
    period = _PERIOD if with_periods else ()
    rows = (
        public_lessons()
        .order_by()
        .values("kind", "evidence_level_id", *period, **columns)
        .annotate(number=Count("*"))
    )
    return [_tagged(row, facets, lookup, sizes) for row in rows]


def _tagged(
    row: Mapping[str, Any], facets: Collection[str], lookup: _Lookup, sizes: SizeClasses | None
) -> TaggedLessons:
    codes = {
        facet: lookup.codes(facet, row.get(f"own_{facet}"), row.get(f"all_{facet}"))
        for facet in facets
        if facet != SIZE_CLASS
    }
    if SIZE_CLASS in facets and sizes is not None:
        classes = map(sizes.of_gemeenten.get, codes["gemeente"])
        codes[SIZE_CLASS] = frozenset(filter(None, classes))
    first, last = (row.get(field) for field in _PERIOD)
    return TaggedLessons(
        row["number"],
        row["kind"],
        lookup.current_level(row["evidence_level_id"]),
        first,
        last or first,
        codes,
    )


def public_pilot_slugs() -> dict[int, str]:
    """Return key → slug of the pilots that lessons are found by."""
    # As in the search index, which is told of no date of expiry.
    lasting = public_pilots().filter(Q(expire_at__isnull=True))
    return dict(lasting.values_list("pk", "slug"))


class _Lookup:
    """Finds the codes that values stand for, once for each combination of values."""

    def __init__(
        self, terms: Terms, pilots: Mapping[int, str], gemeenten: Mapping[int, str]
    ) -> None:
        self._terms = terms
        self._pilots = pilots
        self._gemeenten = gemeenten
        self._known: dict[tuple[str, Any, str | None], Codes] = {}
        self._levels: dict[int | None, str] = {None: ""}

    def codes(self, facet: str, own: Any, joined: str | None) -> Codes:
        """Return the codes of a lesson's own value and of all that it is linked to."""
        key = (facet, own, joined)
        codes = self._known.get(key)
        if codes is None:
            linked = joined.split(_BETWEEN) if joined else ()
            found = (self._find(facet, value) for value in (own, *linked) if value is not None)
            codes = self._known[key] = _NONE.union(*found)
        return codes

    def _find(self, facet: str, value: Any) -> Codes:
        """Return the codes of a term with all that it is narrower than, or of another value."""
        if facet in VOCABULARIES:
            return frozenset(term.code for term in self._terms[facet].with_broader(int(value)))
        if facet == "pilot":
            return frozenset({self._pilots[value]}) if value in self._pilots else _NONE
        if facet == "gemeente":
            return frozenset({self._gemeenten[int(value)]})
        return frozenset({value})

    def current_level(self, pk: int | None) -> str:
        """Return the code of the evidence level that stands for this one today."""
        if pk is not None and pk not in self._levels:
            self._levels[pk] = self._terms["evidenceLevel"].current(pk).code
        return self._levels[pk]


class _Joined(Aggregate):
    """Different values as one text."""

    function = "GROUP_CONCAT"
    template = "%(function)s(DISTINCT %(expressions)s)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"STRING_AGG(DISTINCT (%(expressions)s)::text, '{_BETWEEN}')"
        return self.as_sql(compiler, connection, template=template, **extra)


def _joined(links: Any, lesson: str, value: str) -> Subquery:
    of_lesson = links._default_manager.order_by().filter(**{lesson: OuterRef("pk")}).values(lesson)
    return Subquery(of_lesson.annotate(joined=_Joined(value)).values("joined"))
