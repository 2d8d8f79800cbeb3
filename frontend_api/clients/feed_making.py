"""Making a feed with a key: ``POST /feeds/``."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from frontend_api.clients.admission import admitted_key, refused_errors
from frontend_api.feeds.items import FORMS, feed_url
from frontend_api.feeds.views import feed_list
from frontend_api.models import PartnerClient
from search import service
from search.service import FeedRecord, InvalidFeedError, NewFeed, QueryError

MAX_BYTES = 10_000

_HALF = re.compile("[\ud800-\udfff]")

_TEXTS = {"title": True, "description": True, "query": True, "slug": False}
"""What is sent, and whether it has to be."""


# A browser sends no key by itself, so a forged request gains nothing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """Show the feeds there are, or make one."""
    return _made(request) if request.method == "POST" else feed_list(request)


def _made(request: HttpRequest) -> HttpResponse:
    key = admitted_key(request)
    if key is None:
        response = _refused(
            401, "INVALID_KEY", "Authorization", "Een feed maken kan met een sleutel."
        )
        response["WWW-Authenticate"] = 'Bearer realm="Lessenbank"'
        return response
    if request.content_type != "application/json":
        message = "Stuur de feed als JSON, met de header Content-Type: application/json."
        return _refused(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type", message)
    body = request.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        message = f"Het verzoek is te groot; het mag {MAX_BYTES // 1000} kB zijn."
        return _refused(413, "REQUEST_TOO_LARGE", "body", message)
    try:
        asked = _asked(body)
        partner = PartnerClient.objects.values_list("name", flat=True).get(pk=key.client_pk)
        feed, is_new = service.make_feed(asked, partner)
    except InvalidFeedError as error:
        status = 409 if error.faults[0].code == "SLUG_TAKEN" else 400
        return refused_errors(error.faults, status)
    response = JsonResponse(
        _told(feed), status=201 if is_new else 200, json_dumps_params={"ensure_ascii": False}
    )
    response["Location"] = feed_url(feed.slug, "json")
    response["Cache-Control"] = "no-store"
    return response


def _asked(body: bytes) -> NewFeed:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _invalid("Dit is geen geldige JSON.", "INVALID_JSON", "body") from error
    if not isinstance(sent, dict):
        raise _invalid("Stuur een JSON-object.", "INVALID_REQUEST", "body")
    faults = [
        QueryError(
            "Dit veld is er niet.", code="UNKNOWN_FIELD", place=name[:60], accepted=(*_TEXTS,)
        )
        for name in sent
        if name not in _TEXTS
    ]
    faults += [
        QueryError("Dit veld moet er zijn, als tekst.", code="INVALID_VALUE", place=name)
        for name, is_needed in _TEXTS.items()
        if not _is_text(sent.get(name), is_needed)
    ]
    if faults:
        raise InvalidFeedError(*faults)
    return NewFeed(**{name: text.strip() for name, text in sent.items() if text is not None})


def _is_text(value: Any, is_needed: bool) -> bool:
    if value is None:
        return not is_needed
    # Half a surrogate pair and the sign NUL are in no text, and no database keeps them.
    return isinstance(value, str) and "\0" not in value and not _HALF.search(value)


def _told(feed: FeedRecord) -> dict[str, Any]:
    return {
        "slug": feed.slug,
        "title": feed.title,
        "description": feed.description,
        "query": urlencode(feed.parameters),
        "addresses": {form: feed_url(feed.slug, form) for form in FORMS},
    }


def _invalid(message: str, code: str, place: str) -> InvalidFeedError:
    return InvalidFeedError(QueryError(message, code=code, place=place))


def _refused(status: int, code: str, place: str, message: str) -> HttpResponse:
    return refused_errors([QueryError(message, code=code, place=place)], status)
