"""The search page as values: what the template shows, with every link made.

The address holds the whole state. A filter, an order or a page is a link to the same
question with one thing changed, so that the page works without a script and can be
shared as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from frontend_api.portal.phrases import FACET_HEADINGS, ORDER_HEADINGS
from frontend_api.portal.viewpoint_choice import ViewpointChoice, viewpoint_choice
from lessons import selectors
from lessons.records import FacetTable
from search.service import (
    BANDS_FACET,
    LessonOrder,
    LessonQuery,
    LessonResults,
    QueryError,
    search,
    to_parameters,
)

OPEN_GROUPS = 2
"""How many filter groups stand open before anything is chosen."""


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A checkbox."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """The checkboxes of one facet."""

    facet: str
    heading: str
    options: tuple[FilterOption, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter with the address without it."""

    heading: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A way of ordering with its address."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class WayOut:
    """What would be found with one filter less."""

    heading: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """An answered search, ready to be shown."""

    query: LessonQuery
    results: LessonResults
    groups: tuple[FilterGroup, ...]
    chips: tuple[Chip, ...]
    orders: tuple[OrderLink, ...]
    ways_out: tuple[WayOut, ...]
    next_url: str | None
    first_url: str | None
    viewpoint: ViewpointChoice
    kept_order: str
    """Word of the order for the form to send along; empty for the default."""


def search_url(query: LessonQuery) -> str:
    """Return the address of a question."""
    parameters = urlencode(to_parameters(query))
    path = reverse("frontend_api:search")
    return f"{path}?{parameters}" if parameters else path


def filtered_url(facet: str, *codes: str) -> str:
    """Return the address of all lessons under codes of one facet."""
    return search_url(LessonQuery(filters={facet: codes}))


def answer(asked: LessonQuery) -> SearchPage:
    """Search and return the page; raise ``QueryError`` when the question has a fault."""
    tables = selectors.facet_tables(tuple(asked.filters)) if asked.filters else {}
    query = _with_current_codes(asked, tables)
    asked = replace(
        query,
        facets=tuple(FACET_HEADINGS),
        with_highlights=True,
        counts_comparability=query.viewpoint is not None,
    )
    results = search(asked, counted=True)
    groups = _groups(query, results, tables)
    start = replace(query, after=None)
    viewpoint = viewpoint_choice(query, results)
    return SearchPage(
        query=query,
        results=results,
        groups=groups,
        chips=(*_chips(start, groups), *_viewpoint_chips(start, viewpoint)),
        orders=_orders(start),
        ways_out=() if results.total else _ways_out(start),
        next_url=(
            search_url(replace(query, after=results.end_cursor)) if results.has_next_page else None
        ),
        first_url=search_url(start) if query.after else None,
        viewpoint=viewpoint,
        kept_order=dict(to_parameters(query)).get("sorteer", ""),
    )


def fault_message(fault: QueryError) -> str:
    """Return what a visitor can do; the words of the fault itself may be for programs."""
    if fault.code == "INVALID_CURSOR":
        return "Dit deel van de lijst is er niet meer. Zoek opnieuw en begin bij de eerste les."
    facet = fault.place.rpartition(".")[2]
    if fault.code == "UNKNOWN_TERM" and facet == BANDS_FACET:
        return "Een van de keuzen bij ‘Hoe vergelijkbaar’ bestaat niet."
    if fault.code == "UNKNOWN_PLACE":
        return (
            "De gemeente of jeugdregio om mee te vergelijken bestaat niet. "
            "Kies er een uit de lijst."
        )
    if fault.code == "UNKNOWN_TERM" and facet in FACET_HEADINGS:
        return f"Een van de filters op {FACET_HEADINGS[facet].lower()} bestaat niet."
    return fault.message


def _with_current_codes(query: LessonQuery, tables: Mapping[str, FacetTable]) -> LessonQuery:
    """Follow merged terms and gemeenten, so that the page shows and links those of today."""
    return replace(
        query,
        filters={
            facet: tuple(
                dict.fromkeys(
                    current
                    for code in codes
                    for current in tables[facet].all_current(code) or (code,)
                )
            )
            for facet, codes in query.filters.items()
        },
    )


def _groups(
    query: LessonQuery, results: LessonResults, tables: Mapping[str, FacetTable]
) -> tuple[FilterGroup, ...]:
    counted = {facet.name: facet.terms for facet in results.facets}
    groups = []
    for position, (facet, heading) in enumerate(FACET_HEADINGS.items()):
        chosen = query.filters.get(facet, ())
        options = [
            FilterOption(term.code, term.label, term.count, term.code in chosen)
            for term in counted.get(facet, ())
        ]
        if chosen:
            options = _with_chosen(options, chosen, tables[facet])
        if options:
            is_open = bool(chosen) or position < OPEN_GROUPS
            groups.append(FilterGroup(facet, heading, tuple(options), is_open))
    return tuple(groups)


def _with_chosen(
    options: list[FilterOption], chosen: tuple[str, ...], table: FacetTable
) -> list[FilterOption]:
    """Add the chosen codes that find nothing, each in its place in the vocabulary."""
    counted = {option.code: option for option in options}
    return [
        counted.get(code) or FilterOption(code, label, 0, True)
        for code, label in table.labels.items()
        if code in counted or code in chosen
    ]


def _chips(start: LessonQuery, groups: tuple[FilterGroup, ...]) -> tuple[Chip, ...]:
    chips = [
        Chip(group.heading, option.label, search_url(_without(start, group.facet, option.code)))
        for group in groups
        for option in group.options
        if option.is_chosen
    ]
    if start.period_from is not None:
        url = search_url(replace(start, period_from=None))
        chips.append(Chip("Vanaf", str(start.period_from), url))
    if start.period_to is not None:
        url = search_url(replace(start, period_to=None))
        chips.append(Chip("Tot en met", str(start.period_to), url))
    return tuple(chips)


def _viewpoint_chips(start: LessonQuery, viewpoint: ViewpointChoice) -> tuple[Chip, ...]:
    if start.viewpoint is None:
        return ()
    chips = [Chip("Vergelijk met", viewpoint.chosen, search_url(_without_viewpoint(start)))]
    for band in viewpoint.bands:
        if band.is_chosen:
            others = tuple(code for code in start.comparability if code != band.code)
            url = search_url(replace(start, comparability=others))
            chips.append(Chip("Hoe vergelijkbaar", band.label, url))
    return tuple(chips)


def _without_viewpoint(query: LessonQuery) -> LessonQuery:
    order = LessonOrder.RELEVANCE if query.order is LessonOrder.NEAREST else query.order
    return replace(query, viewpoint=None, comparability=(), order=order)


def _orders(start: LessonQuery) -> tuple[OrderLink, ...]:
    current = start.order
    if not start.text and current is LessonOrder.RELEVANCE:
        current = LessonOrder.NEWEST
    return tuple(
        OrderLink(ORDER_HEADINGS[order], search_url(replace(start, order=order)), order is current)
        for order in LessonOrder
        if (start.text or order is not LessonOrder.RELEVANCE)
        and (start.viewpoint or order is not LessonOrder.NEAREST)
    )


def _ways_out(start: LessonQuery) -> tuple[WayOut, ...]:
    """Return each part of the question whose absence gives results, best first."""
    looser = [
        (f"zonder filter op {FACET_HEADINGS[facet].lower()}", _without(start, facet))
        for facet in start.filters
    ]
    if start.period_from is not None or start.period_to is not None:
        looser.append(("zonder periode", replace(start, period_from=None, period_to=None)))
    if start.comparability:
        looser.append(("ongeacht hoe vergelijkbaar", replace(start, comparability=())))
    if start.text and (start.filters or len(looser) > 0):
        looser.append(("zonder zoekwoorden", replace(start, text="")))
    found = [
        WayOut(heading, search_url(query), search(replace(query, first=1)).total)
        for heading, query in looser
    ]
    return tuple(sorted((way for way in found if way.count), key=lambda way: -way.count))


def _without(query: LessonQuery, facet: str, code: str | None = None) -> LessonQuery:
    """Return the query without one code of a facet, or without the whole facet."""
    filters: Mapping[str, tuple[str, ...]] = {
        name: tuple(each for each in codes if name != facet or (code and each != code))
        for name, codes in query.filters.items()
    }
    return replace(query, filters={name: codes for name, codes in filters.items() if codes})
