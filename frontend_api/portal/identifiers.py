"""The permanent URIs: each leads to the page that a person reads about the thing.

A URI names a thing and not a page, so the answer is 303 See Other. A merged term or
gemeente is now the same thing as its successor: 301 to that one's URI.
"""

from __future__ import annotations

from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseRedirectBase
from django.views.decorators.http import require_safe

from frontend_api.portal.place_links import place_url
from frontend_api.portal.search_page import filtered_url
from frontend_api.portal.serving import tombstone_response
from lessons import selectors
from lessons.records import Tombstone


class HttpResponseSeeOther(HttpResponseRedirectBase):
    """The thing is described over there."""

    status_code = 303


@require_safe
def lesson(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Lead to the lesson; answer 410 here when it was withdrawn."""
    found = selectors.lesson(uuid=str(uuid))
    if found is None:
        raise Http404
    if isinstance(found, Tombstone):
        return tombstone_response(request, found)
    return HttpResponseSeeOther(found.card.url)


@require_safe
def gemeente(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of a gemeente, by way of its successor when it ended."""
    found = selectors.gemeente(code)
    if found is None:
        raise Http404
    if found.code != code:
        return HttpResponsePermanentRedirect(found.uri)
    return HttpResponseSeeOther(place_url("gemeente", code))


@require_safe
def jeugdregio(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of a jeugdregio."""
    if selectors.jeugdregio(code) is None:
        raise Http404
    return HttpResponseSeeOther(place_url("jeugdregio", code))


@require_safe
def term(request: HttpRequest, segment: str, code: str) -> HttpResponse:
    """Lead to the lessons under a term, by way of its successor after a merge."""
    vocabulary = selectors.vocabulary_of_segment(segment)
    found = selectors.term(vocabulary, code) if vocabulary else None
    if found is None:
        raise Http404
    if found.replaced_by_code:
        return HttpResponsePermanentRedirect(_uri_of(found.vocabulary, found.replaced_by_code))
    return HttpResponseSeeOther(filtered_url(found.vocabulary, found.code))


def _uri_of(vocabulary: str, code: str) -> str:
    found = selectors.term(vocabulary, code)
    if found is None:
        raise Http404
    return found.uri
