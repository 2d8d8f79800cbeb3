"""The addresses of ontwikkelpunten and partners."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend_api.portal.term_page import term_page, term_url
from lessons import selectors


@require_safe
def term(request: HttpRequest, code: str, vocabulary: str) -> HttpResponse:
    """Show a term with its lessons; lead on from a merged one to its successor."""
    found = selectors.term(vocabulary, code)
    if found is None:
        raise Http404
    if found.replaced_by_code:
        return HttpResponsePermanentRedirect(term_url(vocabulary, found.replaced_by_code))
    return render(request, "frontend_api/term_page.html", {"shown": term_page(found)})
