"""What any search finds, as a feed that nobody has to make: ``/zoeken.atom`` and the like.

The parameters are those of the search page; ``sorteer`` is left aside, as the newest lesson
always comes first. ``aantal`` is the size of a page, ``vorm=lang`` asks CSV for a row for
each tag. Unlike a feed that was made, it does not tell what is gone.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cms import content_version
from frontend_api import kept_answers
from frontend_api.feeds.items import FORMS, FeedPage, absolute
from frontend_api.feeds.responses import ALLOWED, asked_size, page_response, refused
from frontend_api.portal.search_page import fault_message
from lessons.choices import PublicState
from search import service
from search.service import (
    ChangePage,
    FeedRecord,
    LessonChange,
    LessonHit,
    LessonOrder,
    LessonQuery,
    QueryError,
    to_parameters,
)

_FORM = "search-1"
"""Raise it when the form of an output changes, so that no old copy is taken for the same."""


def search_path(form: str, query: LessonQuery | None = None) -> str:
    """Return the address of what a question finds, in one of ``FORMS``."""
    path = reverse("frontend_api:search_file", args=[form])
    asked = urlencode(_parameters(query)) if query else ""
    return f"{path}?{asked}" if asked else path


def search_links(query: LessonQuery) -> list[tuple[str, str]]:
    """Return the address and the name of each form of what a question finds."""
    start = replace(query, after=None)
    return [(search_path(form, start), name) for form, name in FORMS.items()]


def search_file(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with a page of what was found."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOWED})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": ALLOWED})
    return kept_answers.respond(
        request, lambda: _answer(request, form), form=_FORM, keys=("search",)
    )


def _answer(request: HttpRequest, form: str) -> HttpResponse:
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    try:
        size = asked_size(request, service.MAX_PAGE_SIZE, service.MAX_PAGE_SIZE)
        asked = replace(service.from_parameters(given), order=LessonOrder.NEWEST, first=size)
        found = service.search(asked, counted=True)
    except QueryError as fault:
        return refused(fault_message(fault), 400)
    hits = found.hits
    page = ChangePage(tuple(map(_as_change, hits)), found.end_cursor or "", found.has_next_page)
    following = replace(asked, after=found.end_cursor)
    # The size and the form of a page are no part of the question.
    own = {name: request.GET[name] for name in ("aantal", "vorm") if request.GET.get(name)}
    shown = FeedPage(
        _described(asked, hits),
        page,
        own_url=_address(form, asked, own),
        next_url=_address(form, following, own) if found.has_next_page else None,
        identity=_address(form, replace(asked, after=None), {}).replace(f".{form}", "", 1),
    )
    return page_response(request, shown, form, "lessen")


def _address(form: str, query: LessonQuery, own: dict[str, str]) -> str:
    asked = urlencode([*_parameters(query), *own.items()])
    path = absolute(search_path(form))
    return f"{path}?{asked}" if asked else path


def _parameters(query: LessonQuery) -> tuple[tuple[str, str], ...]:
    return to_parameters(replace(query, order=LessonOrder.RELEVANCE))


def _described(query: LessonQuery, hits: tuple[LessonHit, ...]) -> FeedRecord:
    """Return what a feed says of itself."""
    newest = max((hit.card.last_published_at for hit in hits), default=None)
    return FeedRecord(
        slug="",
        title=f"Lessen over ‘{query.text}’" if query.text else "Lessen",
        description="Wat een zoekopdracht in de Lessenbank vindt, de nieuwste les eerst.",
        language_level="",
        language_level_label="",
        parameters=_parameters(replace(query, after=None)),
        changed_at=newest or content_version.current().changed_at,
        is_active=True,
        version="",
    )


def _as_change(hit: LessonHit) -> LessonChange:
    card = hit.card
    return LessonChange(
        uuid=card.uuid,
        uri=card.uri,
        cursor=hit.cursor,
        state=PublicState.PUBLIC.value,
        changed_at=card.last_published_at,
        card=card,
        tombstone=None,
    )
