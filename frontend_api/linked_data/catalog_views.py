"""The addresses of the catalogue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from frontend_api.linked_data.answers import document
from frontend_api.linked_data.catalog import catalog_graph
from frontend_api.linked_data.datasets import datasets
from frontend_api.linked_data.graphs import written
from frontend_api.linked_data.negotiation import (
    BY_SUFFIX,
    CONCEPT_FORMS,
    HTML,
    preferred,
    see_other,
)


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """Show which data there are, or lead to the catalogue as a document."""
    if preferred(request, CONCEPT_FORMS) is not HTML:
        return see_other(request, CONCEPT_FORMS, request.path)
    response = render(request, "frontend_api/catalog_page.html", {"datasets": datasets()})
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def catalog_document(request: HttpRequest, suffix: str) -> HttpResponse:
    """Answer with the catalogue."""
    form = BY_SUFFIX[suffix]
    return document(request, form.content_type, lambda: written(catalog_graph(datasets()), form))
