"""A page of lessons as an answer, in each of the forms; for feeds and for what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse

from frontend_api.feeds import atom, csv_file, json_feed, json_lines
from frontend_api.feeds.items import FeedPage
from search.service import QueryError

ALLOWED = "GET, HEAD, OPTIONS"

Writer = Callable[[FeedPage], bytes]

_WRITERS: Mapping[str, tuple[str, Writer]] = MappingProxyType(
    {
        "json": (json_feed.CONTENT_TYPE, json_feed.written),
        "atom": (atom.CONTENT_TYPE, atom.written),
        "csv": (csv_file.CONTENT_TYPE, csv_file.written),
        "jsonl": (json_lines.CONTENT_TYPE, json_lines.written),
    }
)


def page_response(request: HttpRequest, page: FeedPage, form: str, name: str) -> HttpResponse:
    """Return the page in a form; ``name`` is that of the file in which it is saved."""
    content_type, write = _WRITERS[form]
    if form == "csv" and request.GET.get("vorm") == "lang":
        write = partial(csv_file.written, is_long=True)
    response = HttpResponse(write(page), content_type=content_type)
    if page.next_url:
        response["Link"] = f'<{page.next_url}>; rel="next"'
    if form == "csv":
        response["Content-Disposition"] = f'inline; filename="{name}.csv"'
    return response


def asked_size(request: HttpRequest, usual: int, most: int) -> int:
    """Return how many lessons a page is to hold; raise ``QueryError`` for what is no number."""
    text = request.GET.get("aantal")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= most):
        raise QueryError(
            f"Schrijf bij aantal een getal van 1 tot en met {most}.",
            code="PAGE_SIZE",
            place="aantal",
        )
    return int(text)


def refused(message: str, status: int) -> HttpResponse:
    """Return what is wrong, in words."""
    response = HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
