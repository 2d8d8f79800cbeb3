"""A draft, for whoever was given the link to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons import selectors

# Nobody else may find it, keep it, or learn its address from where a reader goes next.
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft that a signed link opens; say so when the link has ended."""
    found = selectors.shared_draft(token)
    if found is None:
        raise Http404
    if found.lesson is None:
        response = render(request, "frontend_api/ended_draft_page.html", status=410)
    elif found.public_url:
        response = HttpResponseRedirect(found.public_url)
    else:
        context = {"lesson": found.lesson, "expires_at": found.expires_at, "is_public": False}
        response = render(request, "frontend_api/shared_draft_page.html", context)
    for name, value in _HEADERS.items():
        response[name] = value
    return response
