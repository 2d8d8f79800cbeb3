"""The pages about a list of lessons that somebody chose."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend_api.portal.search_page import fault_message
from frontend_api.selections.choosing import PARAMETER, read
from frontend_api.selections.comparison_page import (
    UnclearSelectionError,
    back_url,
    comparison_page,
)
from frontend_api.selections.selection_page import selection_page
from search.service import QueryError


@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    """Show the list in the address; without one, how to begin."""
    given, text = request.GET.getlist(PARAMETER), request.GET.get("zoek", "")
    try:
        context = {"selection": selection_page(given, text), "message": ""}
    except QueryError as fault:
        context = {"selection": selection_page(given, ""), "message": fault_message(fault)}
    status = 400 if context["message"] else 200
    return render(request, "frontend_api/selection_page.html", context, status=status)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show two to four lessons beside each other; another number is answered with 400."""
    given, whole_list = request.GET.getlist(PARAMETER), request.GET.get("uit", "")
    template = "frontend_api/selection_compare_page.html"
    try:
        page = comparison_page(given, whole_list)
    except UnclearSelectionError as fault:
        context = {"message": str(fault), "back_url": back_url(whole_list, read(given).uuids)}
        return render(request, template, context, status=400)
    return render(request, template, {"compared": page})
