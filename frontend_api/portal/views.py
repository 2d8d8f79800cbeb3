"""The pages that are no Wagtail page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend_api.portal import gap_page, search_page
from frontend_api.portal.search_files import search_links
from lessons.selectors import InvalidGapMap
from search.service import QueryError, from_parameters, suggest


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
    context = {
        "search": page,
        "text": page.query.text,
        "files": search_links(page.query),
    }
    return render(request, "frontend_api/search_page.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Give the words that complete what was typed in the search form, as JSON."""
    try:
        found = suggest(request.GET.get("q", ""))
    except QueryError as fault:
        return JsonResponse({"message": fault.message}, status=400)
    return JsonResponse({"suggestions": list(dict.fromkeys(each.label for each in found))})


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Show where lessons are and are not; a question with a fault is answered with 400."""
    parameters = [(name, value) for name, values in request.GET.lists() for value in values]
    rows, columns = request.GET.get("rijen", ""), request.GET.get("kolommen", "")
    try:
        asked = gap_page.question(rows, columns, from_parameters(parameters))
        page = gap_page.answer(asked)
    except (QueryError, InvalidGapMap) as fault:
        context = {"message": gap_page.fault_message(fault)}
        return render(request, "frontend_api/gaps_fault_page.html", context, status=400)
    return render(request, "frontend_api/gaps_page.html", {"gaps": page})
