"""The pages that are no Wagtail page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend_api.portal import search_page
from search.service import QueryError, from_parameters


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; a question with a fault is answered with 400 and what to do."""
    parameters = [(name, value) for name, values in request.GET.lists() for value in values]
    try:
        page = search_page.answer(from_parameters(parameters))
    except QueryError as fault:
        fault_context = {
            "message": search_page.fault_message(fault),
            "text": request.GET.get("q", ""),
        }
        return render(request, "frontend_api/search_fault_page.html", fault_context, status=400)
    context = {"search": page, "text": page.query.text}
    return render(request, "frontend_api/search_page.html", context)
