"""The page of an ontwikkelpunt or a partner: what it is, and what was learned under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from frontend_api.portal.phrases import FACET_HEADINGS
from frontend_api.portal.search_files import search_links
from frontend_api.portal.search_page import search_url
from lessons import selectors
from lessons.records import Pilot, Term
from search.service import Facet, LessonHit, LessonOrder, LessonQuery, search

NEWEST = 6

KINDS: Mapping[str, str] = MappingProxyType(
    {"ontwikkelpunt": "Ontwikkelpunt", "partner": "Partner"}
)
"""The vocabularies whose terms have a page, and what such a term is called."""

_COUNTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"ontwikkelpunt": ("phase", "kind", "partner"), "partner": ("ontwikkelpunt", "phase", "kind")}
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many lessons there are under this term and another together."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """What the page of a term shows."""

    term: Term
    kind: str
    """What such a term is called."""
    query: LessonQuery
    """All lessons under the term."""
    total: int
    newest: tuple[LessonHit, ...]
    url_of_all: str
    counts: tuple[tuple[str, tuple[Count, ...]], ...]
    """Headings, each with the terms under which there are lessons."""
    pilots: tuple[Pilot, ...]
    files: tuple[tuple[str, str], ...]
    """Addresses of all lessons under the term, and the name of each form."""


def term_url(vocabulary: str, code: str) -> str:
    """Return the address of the page of a term of one of ``KINDS``."""
    return reverse(f"frontend_api:{vocabulary}", args=[code])


def term_page(term: Term) -> TermPage:
    """Return what the page of a term shows; its queries do not grow with the lessons."""
    kind = term.vocabulary
    query = LessonQuery(filters={kind: (term.code,)}, order=LessonOrder.NEWEST, first=NEWEST)
    asked = LessonQuery(
        filters=query.filters, facets=_COUNTED[kind], order=query.order, first=NEWEST
    )
    results = search(asked)
    return TermPage(
        term=term,
        kind=KINDS[kind],
        query=query,
        total=results.total,
        newest=results.hits,
        url_of_all=search_url(query),
        counts=tuple(
            (FACET_HEADINGS[facet.name], counts)
            for facet in results.facets
            if (counts := _counts(facet, query))
        ),
        pilots=tuple(pilot for pilot in selectors.pilots() if _is_of(pilot, term)),
        files=tuple(search_links(query)),
    )


def _counts(facet: Facet, query: LessonQuery) -> tuple[Count, ...]:
    return tuple(
        Count(
            each.label,
            each.count,
            search_url(LessonQuery(filters={**query.filters, facet.name: (each.code,)})),
        )
        for each in facet.terms
        if each.count
    )


def _is_of(pilot: Pilot, term: Term) -> bool:
    if term.vocabulary == "partner":
        return any(each.partner.code == term.code for each in pilot.partners)
    return any(each.code == term.code for each in pilot.ontwikkelpunten)
