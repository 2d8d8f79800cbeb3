"""The addresses of feeds: ``/feeds/<slug>.json``, ``.atom``, ``.csv`` and ``.jsonl``.

Anybody's script may read them (``frontend_api.clients``). A client that has the newest
version is told so with 304, at the cost of one small query. ``voor`` is the cursor of the
page before, ``aantal`` the size of a page; ``vorm=lang`` asks CSV for a row for each tag.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from frontend_api.feeds import atom, csv_file, json_feed, json_lines
from frontend_api.feeds.items import FORMS, FeedPage, feed_path, feed_url
from search import service
from search.service import FeedRecord, QueryError

MAX_AGE = 60
STALE_WHILE_REVALIDATE = 600
_FORM = "1"
"""Raise it when the form of an output changes, so that no old copy is taken for the same."""

_PARAMETERS = ("voor", "aantal", "vorm")
_ALLOWED = "GET, HEAD, OPTIONS"

Writer = Callable[[FeedPage], bytes]

_WRITERS: Mapping[str, tuple[str, Writer]] = MappingProxyType(
    {
        "json": (json_feed.CONTENT_TYPE, json_feed.written),
        "atom": (atom.CONTENT_TYPE, atom.written),
        "csv": (csv_file.CONTENT_TYPE, csv_file.written),
        "jsonl": (json_lines.CONTENT_TYPE, json_lines.written),
    }
)


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show which feeds there are, with the address of each form."""
    shown = [
        {
            "slug": feed.slug,
            "title": feed.title,
            "description": feed.description,
            "addresses": {form: feed_path(feed.slug, form) for form in FORMS},
            "forms": [(feed_path(feed.slug, form), name) for form, name in FORMS.items()],
        }
        for feed in service.feeds()
    ]
    return render(request, "frontend_api/feeds_page.html", {"feeds": shown})


def feed_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Answer with a page of a feed in one of its forms."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": _ALLOWED})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": _ALLOWED})
    feed = service.feed(slug)
    if feed is None:
        return _refused("Er is geen feed met deze naam.", 404)
    if not feed.is_active:
        return _refused("Deze feed is beëindigd. Gebruik een andere, of zoek zelf.", 410)
    etag = _etag(request, feed, form)
    moment = _last_modified(feed)
    response = get_conditional_response(request, etag=etag, last_modified=moment)
    if response is None:
        response = _page(request, feed, form)
    if response.status_code in {200, 304}:
        response["ETag"] = etag
        if moment is not None:
            response["Last-Modified"] = http_date(moment)
        patch_cache_control(
            response,
            public=True,
            max_age=MAX_AGE,
            stale_while_revalidate=STALE_WHILE_REVALIDATE,
        )
    return response


def _page(request: HttpRequest, feed: FeedRecord, form: str) -> HttpResponse:
    try:
        size = _size(request.GET.get("aantal"))
        before = request.GET.get("voor") or None
        found = service.feed_page(feed.slug, before, size)
    except QueryError as fault:
        return _refused(fault.message, 400)
    content_type, write = _WRITERS[form]
    if form == "csv" and request.GET.get("vorm") == "lang":
        write = partial(csv_file.written, is_long=True)
    address = feed_url(feed.slug, form)
    given = {name: request.GET[name] for name in _PARAMETERS if request.GET.get(name)}
    following = {**given, "voor": found.cursor}
    page = FeedPage(
        feed,
        found,
        own_url=f"{address}?{urlencode(given)}" if given else address,
        next_url=f"{address}?{urlencode(following)}" if found.has_more else None,
    )
    response = HttpResponse(write(page), content_type=content_type)
    if page.next_url:
        response["Link"] = f'<{page.next_url}>; rel="next"'
    if form == "csv":
        response["Content-Disposition"] = f'inline; filename="{feed.slug}.csv"'
    return response


def _size(text: str | None) -> int:
    if text is None or not text:
        return service.DEFAULT_ITEMS
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise QueryError(
            f"Schrijf bij aantal een getal van 1 tot en met {service.MAX_ITEMS}.",
            code="PAGE_SIZE",
            place="aantal",
        )
    return int(text)


def _etag(request: HttpRequest, feed: FeedRecord, form: str) -> str:
    asked = [request.GET.get(name, "") for name in _PARAMETERS]
    stated = "\n".join([_FORM, feed.version, form, *asked])
    return f'"{hashlib.sha256(stated.encode()).hexdigest()[:32]}"'


def _last_modified(feed: FeedRecord) -> int | None:
    """Return the second of the newest change; None while another may follow within it."""
    if timezone.now() - feed.changed_at < datetime.timedelta(seconds=2):
        return None
    return int(feed.changed_at.timestamp())


def _refused(message: str, status: int) -> HttpResponse:
    return HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
