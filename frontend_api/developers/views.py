"""The pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from frontend_api.developers import schema_page
from frontend_api.developers.examples import LANGUAGES, examples, webhook_examples
from frontend_api.feeds.items import absolute
from frontend_api.graphql import limits
from frontend_api.graphql.limits.costs import SIZES, USUAL_SIZE

PAGES = {
    "": ("start", "Snel aan de slag"),
    "schema": ("schema", "Het schema"),
    "feeds": ("feeds", "Feeds en bijblijven"),
    "webhooks": ("webhooks", "Webhooks"),
    "open-data": ("open_data", "Linked data en insluiten"),
    "grenzen": ("limits", "Grenzen en fouten"),
    "voorwaarden": ("terms", "Voorwaarden"),
}
"""The last part of an address → its template and its title."""


@require_safe
def page(request: HttpRequest, name: str = "") -> HttpResponse:
    """Show one of the pages."""
    template, title = PAGES[name]
    context: dict[str, Any] = {
        "pages": [(f"{each}/" if each else "", shown[1]) for each, shown in PAGES.items()],
        "current": f"{name}/" if name else "",
        "title": title,
        "examples": {key.replace(".", "_"): each for key, each in examples().items()},
    }
    if template == "start":
        context["api_url"] = absolute(reverse("frontend_api:graphql"))
        context["starts"] = [examples()[f"start.{suffix}"] for suffix in LANGUAGES]
    elif template == "schema":
        words = request.GET.get("zoek", "")[:100]
        context |= {"types": schema_page.entries(words), "words": words}
    elif template == "webhooks":
        context["samples"] = webhook_examples()
    elif template == "limits":
        context |= {"limits": limits, "sizes": SIZES.items(), "usual_size": USUAL_SIZE}
    response = render(request, f"frontend_api/developers/{template}.html", context)
    # It changes with a release.
    patch_cache_control(response, public=True, max_age=300)
    return response
