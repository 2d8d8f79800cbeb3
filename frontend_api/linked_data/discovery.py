"""Where programs look for what a site has: robots.txt, OpenSearch and ``/.well-known/``."""

from __future__ import annotations

import datetime
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from frontend_api.feeds.items import FORMS, absolute, feed_url
from frontend_api.linked_data.answers import document
from frontend_api.linked_data.negotiation import BY_SUFFIX
from search import service
from search.service import QueryError, suggest

DAY = 86_400
SECURITY_DAYS = 180
"""So long a copy of security.txt may be believed; RFC 9116 advises less than a year."""
_TEXT = "text/plain; charset=utf-8"
# Questions have no end; every lesson is in the sitemap.
_NOT_FOR_ROBOTS = (
    "/cms/",
    "/graphql/",
    "/graphiql/",
    "/oembed",
    "/vergelijken/?",
    "/witte-vlekken/?",
    "/zoeken/?",
    "/zoeken/suggesties/",
)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Say which addresses robots leave alone, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS),
        "",
        f"Sitemap: {absolute(reverse('frontend_api:sitemap'))}",
    ]
    return _fixed("\n".join(lines) + "\n", _TEXT)


@require_safe
def open_search(_request: HttpRequest) -> HttpResponse:
    """Describe the search, so that a browser can offer it (OpenSearch 1.1)."""
    context = {
        "icon_url": absolute(static("frontend_api/portal/icon.svg")),
        "search_url": absolute(reverse("frontend_api:search")),
        "suggestions_url": absolute(reverse("frontend_api:open_search_suggestions")),
        "own_url": absolute(reverse("frontend_api:open_search")),
    }
    content = render_to_string("frontend_api/opensearch.xml", context)
    return _fixed(content, "application/opensearchdescription+xml")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Give suggestions in the form that browsers expect: what was typed, and a list."""
    typed = request.GET.get("q", "")
    try:
        found = list(dict.fromkeys(each.label for each in suggest(typed)))
    except QueryError:
        found = []
    content = json.dumps([typed, found], ensure_ascii=False)
    return HttpResponse(content, content_type="application/x-suggestions+json")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); 404 while the operator names no contact."""
    if not settings.CONTACT:
        raise Http404
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = today + datetime.timedelta(days=SECURITY_DAYS)
    lines = [
        f"Contact: {settings.CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {absolute(reverse('frontend_api:security'))}",
    ]
    return _fixed("\n".join(lines) + "\n", _TEXT)


@require_safe
def api_catalog(request: HttpRequest) -> HttpResponse:
    """Name the APIs and feeds with their descriptions (RFC 9727)."""
    profile = "https://www.rfc-editor.org/info/rfc9727"
    content_type = f'application/linkset+json; profile="{profile}"'
    response = document(request, content_type, _linkset)
    own = absolute(reverse("frontend_api:api_catalog"))
    response["Link"] = f'<{own}>; rel="api-catalog"'
    return response


def _linkset() -> str:
    catalog = absolute(reverse("frontend_api:catalog"))
    described = [
        {"href": f"{catalog}.{suffix}", "type": form.media_type}
        for suffix, form in BY_SUFFIX.items()
    ]
    apis = [
        {
            "anchor": absolute(reverse("frontend_api:graphql")),
            "service-desc": [
                {"href": absolute(reverse("frontend_api:graphql_schema")), "type": "text/plain"}
            ],
            "service-doc": [{"href": catalog, "type": "text/html"}],
            "service-meta": described,
        },
        *(
            {
                "anchor": feed_url(feed.slug, form),
                "service-doc": [
                    {"href": absolute(reverse("frontend_api:feeds")), "type": "text/html"}
                ],
            }
            for feed in service.feeds()
            for form in FORMS
        ),
    ]
    items = {
        "anchor": absolute(reverse("frontend_api:api_catalog")),
        "item": [{"href": api["anchor"]} for api in apis],
    }
    return json.dumps({"linkset": [items, *apis]}, indent=1)


def _fixed(content: str, content_type: str) -> HttpResponse:
    """Return what changes with the settings alone, to be kept for a day."""
    response = HttpResponse(content, content_type=content_type)
    patch_cache_control(response, public=True, max_age=DAY)
    return response
