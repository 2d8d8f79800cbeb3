"""Under which codes every public lesson stands, read at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, Value

from lessons.gaps.axes import SIZE_CLASS, SizeClasses
from lessons.models import VOCABULARIES, LessonPage, LessonPartner
from lessons.reading.material import TERM_FIELDS
from lessons.reading.terms import Terms
from lessons.visibility import public_lessons, public_pilots

Codes = frozenset[str]
_NONE: Codes = frozenset()


@dataclass(slots=True)
class TaggedLesson:
    """A public lesson with what a map counts of it."""

    kind: str
    evidence: str
    """Code of its evidence level; empty when it has none."""
    period_from: int | None
    period_to: int | None
    codes: dict[str, Codes]
    """Facet or axis → the codes under which it is found, as in the search index."""


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
    facets: Collection[str], terms: Terms, sizes: SizeClasses | None
) -> list[TaggedLesson]:
    """Return the public lessons with their codes of these facets.

    Takes one query for the lessons, one for all that they refer to, and one more when
    pilots are among the facets; ``sizes`` is needed for the axis of size classes.
    """
    lookup = _Lookup(terms, _public_pilots() if "pilot" in facets else {})
    own = [facet for facet in facets if facet in _OWN_FIELDS]
    others = dict.fromkeys((facet for facet in facets if facet not in _OWN_FIELDS), _NONE)
    found: dict[int, TaggedLesson] = {}
    rows = (
        public_lessons()
        .order_by()
        .values_list(
            "pk",
            "kind",
            "evidence_level_id",
            "period_from",
            "period_to",
            *(F(_OWN_FIELDS[facet]) for facet in own),
        )
    )
    for pk, kind, level, first, last, *values in rows:
        codes = {
            facet: lookup.codes(facet, value) for facet, value in zip(own, values, strict=True)
        }
        evidence = lookup.current_level(level)
        found[pk] = TaggedLesson(kind, evidence, first, last or first, codes | others)
    # Links of every lesson are read; the gate is that only public ones were found above.
    for facet, pk, term, gemeente, region in _links(facets):
        lesson = found.get(pk)
        if lesson is None:
            continue
        if facet == "gemeente":
            _add_place(lesson.codes, gemeente, region, sizes)
        else:
            lesson.codes[facet] |= lookup.codes(facet, term)
    return list(found.values())


def _public_pilots() -> dict[int, str]:
    # As in the search index, which is told of no date of expiry.
    lasting = public_pilots().filter(Q(expire_at__isnull=True))
    return dict(lasting.values_list("pk", "slug"))


def _add_place(
    codes: dict[str, Codes], gemeente: str, region: str, sizes: SizeClasses | None
) -> None:
    size = sizes.of_gemeenten.get(gemeente) if sizes else None
    for facet, code in (("gemeente", gemeente), ("jeugdregio", region), (SIZE_CLASS, size)):
        if facet in codes and code is not None:
            codes[facet] |= {code}


class _Lookup:
    """Finds the codes that a value stands for, once for each value."""

    def __init__(self, terms: Terms, pilots: Mapping[int, str]) -> None:
        self._terms = terms
        self._pilots = pilots
        self._known: dict[tuple[str, Any], Codes] = {}
        self._levels: dict[int | None, str] = {None: ""}

    def codes(self, facet: str, value: Any) -> Codes:
        """Return the codes of a term with all that it is narrower than, or of another value."""
        key = (facet, value)
        codes = self._known.get(key)
        if codes is None:
            codes = self._known[key] = self._find(facet, value)
        return codes

    def _find(self, facet: str, value: Any) -> Codes:
        if value is None:
            return _NONE
        if facet in VOCABULARIES:
            return frozenset(term.code for term in self._terms[facet].with_broader(value))
        if facet == "pilot":
            return frozenset({self._pilots[value]}) if value in self._pilots else _NONE
        return frozenset({value})

    def current_level(self, pk: int | None) -> str:
        """Return the code of the evidence level that stands for this one today."""
        if pk is not None and pk not in self._levels:
            self._levels[pk] = self._terms["evidenceLevel"].current(pk).code
        return self._levels[pk]


PLACES = frozenset({"gemeente", "jeugdregio", SIZE_CLASS})


def _links(facets: Collection[str]) -> Iterable[tuple[Any, ...]]:
    """Return facet, lesson, term, gemeente and its region for every link; one query."""
    queries = [_term_links(facet) for facet in VOCABULARIES if facet in facets]
    queries = [query for query in queries if query is not None]
    if PLACES & set(facets):
        gemeenten = LessonPage.gemeenten.through._default_manager.order_by()
        queries.append(
            gemeenten.values_list(
                Value("gemeente", CharField()),
                F("lessonpage_id"),
                F("gemeente_id"),
                F("gemeente__code"),
                F("gemeente__jeugdregio__code"),
            )
        )
    if not queries:
        return ()
    return queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]


def _term_links(facet: str) -> Any:
    """Return the links of a vocabulary; None for one of which a lesson has a single term."""
    nothing = Value("", CharField())
    if facet == "partner":
        return LessonPartner.objects.order_by().values_list(
            Value(facet, CharField()), F("lesson_id"), F("partner_id"), nothing, nothing
        )
    if facet not in TERM_FIELDS:
        return None
    relation: Any = getattr(LessonPage, TERM_FIELDS[facet])
    term = relation.field.m2m_reverse_field_name()
    return relation.through._default_manager.order_by().values_list(
        Value(facet, CharField()), F("lessonpage_id"), F(f"{term}_id"), nothing, nothing
    )
