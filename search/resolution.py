"""From what was asked to what an engine can answer: checked, and with current codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.utils import timezone

from cms import content_version
from lessons import selectors
from lessons.records import FacetTable
from lessons.selectors import FACETS
from search import cursors
from search.engines.contract import EngineQuery
from search.query import MAX_PAGE_SIZE, MAX_TEXT_LENGTH, LessonOrder, LessonQuery, QueryError
from search.text_syntax import parse
from search.viewpoints import engine_viewpoint
from search.word_lists import WordLists, current_word_lists

MAX_CODES = 400
"""The most codes in one filter: enough for every gemeente."""

_YEARS = range(10_000)

FacetTables = Mapping[str, FacetTable]


def facet_tables(
    query: LessonQuery,
    live: Callable[[Collection[str]], FacetTables] = selectors.facet_tables,
    lists: Callable[[], WordLists] = current_word_lists,
) -> FacetTables:
    """Return the codes of every facet that the query names.

    Takes what ``lists`` takes, one query to the database, and those of ``live`` when pilots
    are among them.
    """
    for facet in query.filters:
        _require_facet(facet, "filter")
    for facet in query.facets:
        _require_facet(facet, "facets")
    asked = {facet for facet, codes in query.filters.items() if codes} | set(query.facets)
    if not asked:
        return {}
    lasting = lists().tables
    found = live([facet for facet in asked if facet not in lasting])
    return {facet: found.get(facet) or lasting[facet] for facet in FACETS if facet in asked}


def kept_facet_tables(facets: Collection[str]) -> FacetTables:
    """Return the tables of facets as they are in this version of the content, for showing."""
    if not facets:
        return {}
    name = f"facet tables {' '.join(sorted(facets))}"
    return content_version.held(name, lambda: selectors.facet_tables(facets))


def resolve(
    query: LessonQuery, tables: FacetTables, seen: selectors.Viewpoint | None = None
) -> EngineQuery:
    """Return the question for the engine; raise ``QueryError`` with the place of a fault.

    ``seen`` is what ``search.viewpoints`` made of the viewpoint of the query.
    """
    _check_sizes(query)
    text = parse(query.text)
    order = query.order
    if order is LessonOrder.RELEVANCE and not text.is_ranking:
        order = LessonOrder.NEWEST
    return EngineQuery(
        text=text,
        filters={
            facet: _current_codes(facet, codes, tables[facet])
            for facet, codes in query.filters.items()
            if codes
        },
        period_from=query.period_from,
        period_to=query.period_to,
        order=order,
        first=query.first,
        after=None if query.after is None else cursors.decode(order, query.after),
        facets=tuple(dict.fromkeys(query.facets)),
        with_highlights=query.with_highlights,
        now=timezone.now(),
        viewpoint=engine_viewpoint(seen, query),
    )


def _require_facet(facet: str, place: str) -> None:
    if facet not in FACETS:
        raise QueryError(
            f"Er is geen filter met de naam ‘{_shown(facet)}’. Er zijn: {', '.join(FACETS)}.",
            code="UNKNOWN_FACET",
            place=place,
            accepted=FACETS,
        )


def _check_sizes(query: LessonQuery) -> None:
    if not 1 <= query.first <= MAX_PAGE_SIZE:
        raise QueryError(
            f"Vraag 1 tot en met {MAX_PAGE_SIZE} lessen tegelijk, geen {query.first}.",
            code="PAGE_SIZE",
            place="first",
        )
    if len(query.text) > MAX_TEXT_LENGTH:
        raise QueryError(
            f"De zoektekst telt {len(query.text)} tekens; er mogen er {MAX_TEXT_LENGTH} zijn.",
            code="TEXT_TOO_LONG",
            place="query",
        )
    years = [year for year in (query.period_from, query.period_to) if year is not None]
    if any(year not in _YEARS for year in years):
        raise QueryError(
            "Geef een jaar van vier cijfers.", code="INVALID_PERIOD", place="filter.period"
        )
    if years != sorted(years):
        raise QueryError(
            f"De periode eindigt ({years[1]}) voordat zij begint ({years[0]}).",
            code="INVALID_PERIOD",
            place="filter.period",
        )


def _current_codes(facet: str, codes: tuple[str, ...], table: FacetTable) -> tuple[str, ...]:
    if len(codes) > MAX_CODES:
        raise QueryError(
            f"Een filter kan {MAX_CODES} waarden hebben, geen {len(codes)}.",
            code="TOO_MANY_TERMS",
            place=f"filter.{facet}",
        )
    found: dict[str, None] = {}
    for code in codes:
        current = table.all_current(code)
        if not current:
            raise QueryError(
                f"‘{_shown(code)}’ komt niet voor in {facet}.",
                code="UNKNOWN_TERM",
                place=f"filter.{facet}",
                accepted=tuple(table.labels),
            )
        found.update(dict.fromkeys(current))
    return tuple(found)


def _shown(value: str) -> str:
    """Return a short form of what was typed, fit for a message."""
    return "".join(letter for letter in value[:60] if letter.isprintable())
