"""The addresses of feeds: ``/feeds/<slug>.json``, ``.atom``, ``.csv`` and ``.jsonl``.

Anybody's script may read them (``frontend_api.clients``). A client that has the newest
version is told so with 304, and a page that was made is kept: neither asks the database
anything until the content changes. ``voor`` is the cursor of the
page before, ``aantal`` the size of a page; ``vorm=lang`` asks CSV for a row for each tag.
"""

from __future__ import annotations

import datetime
import hashlib
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from cms import content_version
from frontend_api import kept_answers
from frontend_api.feeds.items import FORMS, FeedPage, absolute, feed_path, feed_url
from frontend_api.feeds.responses import ALLOWED, asked_size, page_response, refused
from search import service
from search.service import FeedRecord, QueryError

MAX_AGE = 60
STALE_WHILE_REVALIDATE = 600
_FORM = "1"
"""Raise it when the form of an output changes, so that no old copy is taken for the same."""

_PARAMETERS = ("voor", "aantal", "vorm")


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
        return HttpResponse(status=204, headers={"Allow": ALLOWED})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": ALLOWED})
    feed = content_version.kept(f"feed {slug}", lambda: service.feed(slug))
    if feed is None:
        return refused("Er is geen feed met deze naam.", 404)
    if not feed.is_active:
        return refused("Deze feed is beëindigd. Gebruik een andere, of zoek zelf.", 410)
    etag = _etag(request, feed, form)
    moment = _last_modified(feed)
    response = get_conditional_response(request, etag=etag, last_modified=moment)
    if response is None:
        response = _kept_page(request, feed, form, etag)
    if response.status_code in {200, 304}:
        kept_answers.name_surrogates(response, "feed", f"feed-{slug}")
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


def _kept_page(request: HttpRequest, feed: FeedRecord, form: str, etag: str) -> HttpResponse:
    """Return a page that was made in this version of the content, or make it.

    The version of the feed alone does not do: a lesson may expire before it is taken out.
    """
    if feed.is_behind:
        return _page(request, feed, form)
    token = content_version.current().token
    return kept_answers.kept(f"feed {etag}", token, lambda: _page(request, feed, form))


def _page(request: HttpRequest, feed: FeedRecord, form: str) -> HttpResponse:
    try:
        size = asked_size(request, service.DEFAULT_ITEMS, service.MAX_ITEMS)
        before = request.GET.get("voor") or None
        found = service.feed_page(feed.slug, before, size)
    except QueryError as fault:
        return refused(fault.message, 400)
    address = feed_url(feed.slug, form)
    given = {name: request.GET[name] for name in _PARAMETERS if request.GET.get(name)}
    following = {**given, "voor": found.cursor}
    page = FeedPage(
        feed,
        found,
        own_url=f"{address}?{urlencode(given)}" if given else address,
        next_url=f"{address}?{urlencode(following)}" if found.has_more else None,
        identity=absolute(f"/feeds/{feed.slug}"),
    )
    return page_response(request, page, form, feed.slug)


def _etag(request: HttpRequest, feed: FeedRecord, form: str) -> str:
    asked = [request.GET.get(name, "") for name in _PARAMETERS]
    stated = "\n".join([_FORM, feed.version, form, *asked])
    return f'"{hashlib.sha256(stated.encode()).hexdigest()[:32]}"'


def _last_modified(feed: FeedRecord) -> int | None:
    """Return the second of the newest change; None while another may follow within it."""
    if timezone.now() - feed.changed_at < datetime.timedelta(seconds=2):
        return None
    return int(feed.changed_at.timestamp())
