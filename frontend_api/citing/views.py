"""References to a lesson as files, under its own identity."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend_api.citing.references import bibtex, ris
from frontend_api.portal.serving import tombstone_response
from lessons import selectors
from lessons.records import LessonCard

_FORMS: Mapping[str, tuple[str, Callable[[LessonCard, datetime.date], str]]] = MappingProxyType(
    {
        "bib": ("application/x-bibtex; charset=utf-8", bibtex),
        "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    }
)


@require_safe
def reference_file(request: HttpRequest, uuid: UUID, form: str) -> HttpResponseBase:
    """Answer with the reference to a lesson; with its tombstone when it was withdrawn."""
    key = str(uuid)
    card = selectors.lesson_cards([key]).get(key)
    if card is None:
        tombstone = selectors.tombstones([key]).get(key)
        if tombstone is None:
            raise Http404
        return tombstone_response(request, tombstone)
    content_type, write = _FORMS[form]
    response = HttpResponse(write(card, timezone.localdate()), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="les-{card.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
