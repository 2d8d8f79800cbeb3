"""The sitemap: every public page, and nothing of what is not.

Wagtail's own sitemap asks ``live``, which lags behind the moment at which a page expires;
these pages pass the gate. Django's classes and templates make the XML.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from frontend_api.feeds.items import absolute
from frontend_api.linked_data.answers import document
from frontend_api.portal.place_links import place_url
from frontend_api.portal.term_page import KINDS, term_url
from lessons import selectors
from lessons.records import PageAddress

MOST_IN_ONE_FILE = 50_000
"""The limit of the protocol (https://www.sitemaps.org/protocol.html)."""
CONTENT_TYPE = "application/xml"
_LISTS = ("search", "map", "gaps", "compare", "feeds", "catalog")


class _Pages(Sitemap[PageAddress]):
    """Pages that are known by their addresses."""

    def __init__(self, pages: Sequence[PageAddress]) -> None:
        self.limit = MOST_IN_ONE_FILE
        self._pages = pages

    def items(self) -> Sequence[PageAddress]:
        return self._pages

    def location(self, item: PageAddress) -> str:
        return iri_to_uri(urlsplit(item.url).path)

    def lastmod(self, item: PageAddress) -> datetime.datetime | None:
        return item.changed_at

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with all addresses, or with a list of files when they do not fit in one.

    A file of that list is this same address with ``deel``.
    """
    part = request.GET.get("deel", "")
    write: Callable[[], str] = (lambda: _file(part)) if part else _whole
    return document(request, CONTENT_TYPE, write)


def _whole() -> str:
    pages = _Pages(_all_pages())
    if pages.paginator.num_pages == 1:
        return _written(pages, 1)
    address = absolute(reverse("frontend_api:sitemap"))
    parts = [
        {"location": f"{address}?{urlencode({'deel': part})}", "last_mod": None}
        for part in pages.paginator.page_range
    ]
    return render_to_string("sitemap_index.xml", {"sitemaps": parts})


def _file(part: str) -> str:
    if not (part.isascii() and part.isdecimal() and len(part) < 6):
        raise Http404
    return _written(_Pages(_all_pages()), int(part))


def _written(pages: _Pages, part: int) -> str:
    try:
        addresses = pages.get_urls(part, protocol=urlsplit(settings.BASE_URL).scheme)
    except EmptyPage as fault:
        raise Http404 from fault
    return render_to_string("sitemap.xml", {"urlset": addresses})


def _all_pages() -> list[PageAddress]:
    """Return all public pages; at most nine queries."""
    places = [
        PageAddress(absolute(place_url(kind, code)), None)
        for kind in ("gemeente", "jeugdregio")
        for code in selectors.facet_labels(kind)
    ]
    terms = [
        PageAddress(absolute(term_url(kind, code)), None)
        for kind in KINDS
        for code in selectors.facet_labels(kind)
    ]
    lists = [PageAddress(absolute(reverse(f"frontend_api:{name}")), None) for name in _LISTS]
    return [*selectors.page_addresses(), *lists, *selectors.lesson_addresses(), *terms, *places]
