"""The permanent URIs: each leads to the page that a person reads, or to a document of the thing.

A URI names a thing and not a page, so the answer is 303 See Other, as the Dutch strategy
for URIs has it. A merged term or gemeente is now the same thing as its successor: 301 to
that one's URI; its document still tells what became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from rdflib import Graph

from frontend_api.linked_data import concepts, lessons, pilots, places
from frontend_api.linked_data.answers import document
from frontend_api.linked_data.graphs import written
from frontend_api.linked_data.negotiation import (
    BY_SUFFIX,
    CONCEPT_FORMS,
    HTML,
    JSON_LD,
    LESSON_FORMS,
    not_acceptable,
    preferred,
    see_other,
)
from frontend_api.portal.place_links import place_url
from frontend_api.portal.search_page import filtered_url
from frontend_api.portal.serving import tombstone_response
from frontend_api.portal.term_page import KINDS, term_url
from lessons import selectors
from lessons.records import Tombstone


class LessonGoneError(Exception):
    """The lesson was withdrawn, replaced, or has expired."""

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__(tombstone.uri)
        self.tombstone = tombstone


@require_safe
def lesson(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Lead to the lesson; answer 410 here when it was withdrawn."""
    card = selectors.lesson_cards([str(uuid)]).get(str(uuid))
    if card is not None:
        return see_other(request, LESSON_FORMS, card.url)
    tombstone = selectors.tombstones([str(uuid)]).get(str(uuid))
    if tombstone is None:
        raise Http404
    form = preferred(request, LESSON_FORMS)
    if form is None:
        return not_acceptable(request, LESSON_FORMS)
    response = tombstone_response(request, tombstone) if form is HTML else _gone(tombstone)
    patch_vary_headers(response, ["Accept"])
    return _named_successor(response, tombstone)


@require_safe
def lesson_document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Answer with a lesson as JSON-LD; with 410 and its tombstone when it was withdrawn."""

    def write() -> str:
        found = selectors.lesson(uuid=str(uuid))
        if isinstance(found, Tombstone):
            raise LessonGoneError(found)
        if found is None:
            raise Http404
        return lessons.lesson_document(found)

    try:
        return document(request, JSON_LD.content_type, write, f"lesson-{uuid}")
    except LessonGoneError as gone:
        return _named_successor(_gone(gone.tombstone), gone.tombstone)


@require_safe
def pilot(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a pilot."""
    found = selectors.pilot(slug)
    if found is None:
        raise Http404
    return see_other(request, LESSON_FORMS, found.url)


@require_safe
def pilot_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a pilot as JSON-LD."""

    def write() -> str:
        found = selectors.pilot(slug)
        if found is None:
            raise Http404
        return pilots.pilot_document(found)

    return document(request, JSON_LD.content_type, write)


@require_safe
def gemeente(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a gemeente, by way of its successor when it ended."""
    found = selectors.gemeente(code)
    if found is None:
        raise Http404
    if found.code != code:
        return HttpResponsePermanentRedirect(found.uri)
    return see_other(request, CONCEPT_FORMS, place_url("gemeente", code))


@require_safe
def gemeente_document(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    """Answer with a gemeente as a concept."""
    return _graph_document(request, suffix, lambda: places.gemeente_graph(code))


@require_safe
def jeugdregio(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a jeugdregio."""
    if selectors.jeugdregio(code) is None:
        raise Http404
    return see_other(request, CONCEPT_FORMS, place_url("jeugdregio", code))


@require_safe
def jeugdregio_document(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    """Answer with a jeugdregio as a concept."""
    return _graph_document(request, suffix, lambda: places.jeugdregio_graph(code))


@require_safe
def term(request: HttpRequest, segment: str, code: str) -> HttpResponse:
    """Lead to a term's page, or to its lessons, by way of its successor after a merge."""
    vocabulary = selectors.vocabulary_of_segment(segment)
    found = selectors.term(vocabulary, code) if vocabulary else None
    if found is None:
        raise Http404
    if found.replaced_by_code:
        return HttpResponsePermanentRedirect(_uri_of(found.vocabulary, found.replaced_by_code))
    has_page = found.vocabulary in KINDS
    address = (term_url if has_page else filtered_url)(found.vocabulary, found.code)
    return see_other(request, CONCEPT_FORMS, address)


@require_safe
def term_document(request: HttpRequest, segment: str, code: str, suffix: str) -> HttpResponse:
    """Answer with a term as a concept, also with one that was merged or retired."""

    def make() -> Graph | None:
        vocabulary = selectors.vocabulary(selectors.vocabulary_of_segment(segment) or "")
        return concepts.term_graph(vocabulary, code) if vocabulary else None

    return _graph_document(request, suffix, make)


@require_safe
def scheme(request: HttpRequest, segment: str) -> HttpResponse:
    """Lead to all terms or places of one kind."""
    if segment not in places.LABELS and selectors.vocabulary_of_segment(segment) is None:
        raise Http404
    page = f"{reverse('frontend_api:catalog')}#{segment}"
    return see_other(request, CONCEPT_FORMS, page)


@require_safe
def scheme_document(request: HttpRequest, segment: str, suffix: str) -> HttpResponse:
    """Answer with a whole vocabulary, or with all places of one kind."""

    def make() -> Graph | None:
        if segment == places.GEMEENTE:
            return places.gemeenten_graph()
        if segment == places.JEUGDREGIO:
            return places.jeugdregios_graph()
        vocabulary = selectors.vocabulary(selectors.vocabulary_of_segment(segment) or "")
        return concepts.scheme_graph(vocabulary) if vocabulary else None

    return _graph_document(request, suffix, make)


def _graph_document(
    request: HttpRequest, suffix: str, make: Callable[[], Graph | None]
) -> HttpResponse:
    form = BY_SUFFIX[suffix]

    def write() -> str:
        graph = make()
        if graph is None:
            raise Http404
        return written(graph, form)

    return document(request, form.content_type, write)


def _gone(tombstone: Tombstone) -> HttpResponse:
    content = lessons.tombstone_document(tombstone)
    response = HttpResponse(content, content_type=JSON_LD.content_type, status=410)
    response["Cache-Control"] = "no-store"
    return response


def _named_successor(response: HttpResponseBase, tombstone: Tombstone) -> HttpResponseBase:
    if tombstone.replacement is not None:
        response["Link"] = f'<{tombstone.replacement.uri}>; rel="successor-version"'
    return response


def _uri_of(vocabulary: str, code: str) -> str:
    found = selectors.term(vocabulary, code)
    if found is None:
        raise Http404
    return found.uri
