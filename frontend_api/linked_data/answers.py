"""How documents answer: kept by the version of the content, and conditionally."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from frontend_api import kept_answers

_FORM = "1"
"""Raise it when the form of a document changes, so that no old copy is taken for the same."""


def document(
    request: HttpRequest, content_type: str, write: Callable[[], bytes | str], *keys: str
) -> HttpResponse:
    """Answer with what ``write`` returns; a copy that still holds is not written anew.

    ``write`` may raise ``Http404``; nothing is kept then. ``keys`` are surrogate keys.
    """

    def answer() -> HttpResponse:
        return HttpResponse(write(), content_type=content_type)

    return kept_answers.respond(request, answer, form=f"document-{_FORM}", keys=("data", *keys))
