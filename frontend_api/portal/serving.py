"""What the Wagtail page of a lesson or pilot shows: the record behind the gate.

Wagtail finds the page by its address and guards view restrictions; what is then shown
comes from ``lessons.selectors``, and the template never meets the page model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.models import Page

from frontend_api.portal.lesson_viewpoint import lesson_viewpoint
from lessons import selectors
from lessons.records import LessonDetail, Pilot, Tombstone
from search import service


def respond(page: Page, request: HttpRequest) -> HttpResponseBase | None:
    """Answer for a page whose content passes the gate; None leaves it to Wagtail."""
    responder = _RESPONDERS.get(page._meta.label)
    return None if responder is None else responder(page, request)


def tombstone_response(request: HttpRequest, tombstone: Tombstone) -> HttpResponseBase:
    """Answer 410: the lesson is gone on purpose, and this is why."""
    context = {"tombstone": tombstone}
    return TemplateResponse(request, "frontend_api/tombstone_page.html", context, status=410)


def _lesson_response(page: Any, request: HttpRequest) -> HttpResponseBase:
    found: LessonDetail | Tombstone | None = selectors.lesson(uuid=str(page.uuid))
    is_public = found is not None
    if found is None and _is_shared_privately(page):
        found = selectors.preview_lesson(page)
    if found is None:
        raise Http404
    if isinstance(found, Tombstone):
        return tombstone_response(request, found)
    related = service.related(found.card)
    # One that some may see has no address where programs find it.
    context = {
        "lesson": found,
        "related": related,
        "is_public": is_public,
        "viewpoint": lesson_viewpoint(found.card, request.GET.get("vanuit", "")),
    }
    return TemplateResponse(request, "frontend_api/lesson_page.html", context)


def _pilot_response(page: Any, request: HttpRequest) -> HttpResponseBase:
    found: Pilot | None = selectors.pilot(page.slug)
    if found is None and _is_shared_privately(page):
        found = selectors.preview_pilot(page)
    if found is None:
        raise Http404
    return TemplateResponse(request, "frontend_api/pilot_page.html", {"pilot": found})


def _is_shared_privately(page: Page) -> bool:
    """Tell whether the page is online for some; Wagtail has let this visitor through."""
    is_over = page.expire_at is not None and page.expire_at <= timezone.now()
    return page.live and not is_over and page.get_view_restrictions().exists()


_RESPONDERS: Mapping[str, Callable[[Any, HttpRequest], HttpResponseBase]] = MappingProxyType(
    {
        "lessons.LessonPage": _lesson_response,
        "lessons.PilotPage": _pilot_response,
    }
)
