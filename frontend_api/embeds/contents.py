"""What each embed shows; all of it comes through the doors of ``search`` and ``lessons``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlencode

from django.urls import reverse

from frontend_api.embeds.options import EmbedFault, EmbedOptions
from frontend_api.embeds.shown import (
    GemeenteEmbed,
    GoneEmbed,
    LessonEmbed,
    ListEmbed,
    SearchEmbed,
    SeenLesson,
    ShownLesson,
    ShownPlace,
)
from frontend_api.feeds.items import absolute, absolute_page
from frontend_api.portal import phrases
from frontend_api.portal.place_links import place_links, place_url
from frontend_api.portal.scales import out_of_hundred
from frontend_api.portal.search_page import fault_message, search_url
from lessons import selectors
from lessons.choices import Licence
from lessons.records import LessonCard
from search import service
from search.service import (
    LessonHit,
    LessonOrder,
    LessonQuery,
    LessonResults,
    QueryError,
    Viewpoint,
    from_parameters,
    to_parameters,
)

SHOWN_COMPARABLE = 5
SHOWN_REASONS = 2
_FEED_PAGE = 50
_FEED_PAGES = 4
"""A feed also tells what left it; so many pages are turned to find lessons between that."""

_LICENCE_NAMES: Mapping[str, str] = MappingProxyType(
    {Licence.CC_BY: "CC BY 4.0", Licence.CC_BY_SA: "CC BY-SA 4.0", Licence.CC0: "CC0 1.0"}
)

Parameters = Sequence[tuple[str, str]]


def lesson_list(parameters: Parameters, options: EmbedOptions) -> ListEmbed:
    """Return the list of a feed (``feed``) or of any question; raise ``EmbedFault``."""
    slugs = [value for name, value in parameters if name == "feed" and value]
    return _feed_list(slugs[-1], options) if slugs else _found_list(parameters, options)


def lesson_card(uuid: str) -> LessonEmbed | GoneEmbed:
    """Return a lesson, or what may be told when it is gone; raise ``EmbedFault``."""
    card = selectors.lesson_cards([uuid]).get(uuid)
    if card is not None:
        return LessonEmbed(_shown(LessonHit(card, cursor="")))
    tombstone = selectors.tombstones([uuid]).get(uuid)
    if tombstone is None:
        raise EmbedFault("Deze les is er niet (meer).", 404)
    state = "verlopen" if tombstone.state == "expired" else "ingetrokken"
    replacement = tombstone.replacement
    return GoneEmbed(
        tombstone,
        f"Deze les is {state}. Reden: {tombstone.reason_label}.",
        absolute_page(replacement.url) if replacement else "",
    )


def search_box(parameters: Parameters, options: EmbedOptions) -> SearchEmbed:
    """Return the search form with the answer to what is in it; raise ``EmbedFault``."""
    query = _query(parameters)
    is_asked = bool(query.text)
    results = _found(replace(query, first=options.number, with_highlights=is_asked), is_asked)
    resting = to_parameters(replace(query, text="", after=None))
    total = phrases.count_of_lessons(results.total) if results.total else "Geen lessen"
    return SearchEmbed(
        text=query.text,
        action=absolute(reverse("frontend_api:embed_search")),
        own_page=absolute(reverse("frontend_api:search")),
        kept=(*resting, *options.parameters().items()),
        is_asked=is_asked,
        lessons=_all_shown(results.hits) if is_asked else (),
        total=results.total,
        message=f"{total} gevonden voor ‘{query.text}’" if is_asked else "",
        notices=results.notices if is_asked else (),
        suggestion=results.suggestion or "",
        more_url=absolute(search_url(replace(query, after=None))),
    )


def gemeente_panel(code: str, options: EmbedOptions) -> GemeenteEmbed:
    """Return a gemeente, for a former code the one of today; raise ``EmbedFault``."""
    found = selectors.gemeente(code)
    if found is None:
        raise EmbedFault(
            "Deze gemeente is er niet. Schrijf de code van het CBS, zoals GM0363.", 404
        )
    comparison = selectors.comparable_gemeenten(found.code, first=SHOWN_COMPARABLE)
    asked = LessonQuery(
        viewpoint=Viewpoint(found.code), order=LessonOrder.NEAREST, first=options.number
    )
    return GemeenteEmbed(
        name=found.name,
        url=absolute(place_url("gemeente", found.code)),
        provincie=found.provincie,
        jeugdregio=found.jeugdregio.name,
        notice=found.notice,
        profile=selectors.side_by_side("gemeente", (found.code,)),
        comparison=comparison,
        comparable=tuple(
            ShownPlace(
                node.place.name,
                absolute(place_url("gemeente", node.place.code)),
                out_of_hundred(node.similarity),
                tuple(
                    reason.text for reason in node.reasons if None not in (reason.own, reason.other)
                )[:SHOWN_REASONS],
            )
            for node in comparison.nodes
        ),
        lessons=tuple(_seen(hit, found.code) for hit in _found(asked).hits),
        more_url=absolute(search_url(asked)),
    )


def _feed_list(slug: str, options: EmbedOptions) -> ListEmbed:
    feed = service.feed(slug)
    if feed is None:
        raise EmbedFault("Er is geen feed met deze naam.", 404)
    if not feed.is_active:
        raise EmbedFault("Deze feed is beëindigd. Kies een andere.", 410)
    address = absolute(reverse("frontend_api:search"))
    return ListEmbed(
        title=feed.title,
        about=feed.description,
        lessons=tuple(
            _shown(LessonHit(card, cursor="")) for card in _of_feed(slug, options.number)
        ),
        total=None,
        more_url=f"{address}?{urlencode(feed.parameters)}" if feed.parameters else address,
    )


def _of_feed(slug: str, number: int) -> list[LessonCard]:
    cards: list[LessonCard] = []
    before = None
    for _page in range(_FEED_PAGES):
        page = service.feed_page(slug, before, _FEED_PAGE)
        cards += [change.card for change in page.changes if change.card is not None]
        if len(cards) >= number or not page.has_more:
            break
        before = page.cursor
    return cards[:number]


def _found_list(parameters: Parameters, options: EmbedOptions) -> ListEmbed:
    query = replace(_query(parameters), after=None)
    results = _found(replace(query, first=options.number))
    return ListEmbed(
        title="Lessen uit de Lessenbank",
        about=chosen(query),
        lessons=_all_shown(results.hits),
        total=results.total,
        more_url=absolute(search_url(query)),
    )


def chosen(query: LessonQuery) -> str:
    """Return in one sentence what a question asks; empty when it asks for everything."""
    tables = selectors.facet_tables(tuple(query.filters)) if query.filters else {}
    parts = [f"‘{query.text}’"] if query.text else []
    for facet, codes in query.filters.items():
        labels = [
            tables[facet].labels.get(tables[facet].current(code) or code, code) for code in codes
        ]
        parts.append(f"{phrases.FACET_HEADINGS[facet].lower()} {phrases.enumeration(labels)}")
    if query.period_from is not None:
        parts.append(f"vanaf {query.period_from}")
    if query.period_to is not None:
        parts.append(f"tot en met {query.period_to}")
    return phrases.capitalised("; ".join(parts))


def _query(parameters: Parameters) -> LessonQuery:
    try:
        return from_parameters(parameters)
    except QueryError as fault:
        raise EmbedFault(fault_message(fault)) from fault


def _found(query: LessonQuery, is_typed: bool = False) -> LessonResults:
    try:
        return service.search(query, counted=is_typed)
    except QueryError as fault:
        raise EmbedFault(fault_message(fault)) from fault


def _all_shown(hits: Iterable[LessonHit]) -> tuple[ShownLesson, ...]:
    return tuple(_shown(hit) for hit in hits)


def _shown(hit: LessonHit) -> ShownLesson:
    card = hit.card
    return ShownLesson(
        hit=hit,
        url=absolute_page(card.url),
        where="".join(f"{link.label}{link.joint} " for link in place_links(card)).strip(),
        period=phrases.period(card.period),
        licence=_LICENCE_NAMES.get(card.licence, card.licence),
        licence_url=selectors.licence_url(card.licence),
    )


def _seen(hit: LessonHit, code: str) -> SeenLesson:
    seen = hit.comparison
    return SeenLesson(
        lesson=_shown(hit),
        similarity=out_of_hundred(seen.similarity) if seen else None,
        place=seen.place.name if seen else "",
        is_own=seen is not None and seen.place.code == code,
    )
