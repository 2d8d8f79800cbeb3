"""What stands before every public address of the API: keys, limits, CORS and the counting.

It comes before the answers that are kept in memory, and costs no SQL within a lease.

**Caches.** What the API answers is public, with or without a key, so an answer to a key keeps
``Cache-Control: public`` and no ``Vary: Authorization``: a cache on the way may give it to
anybody. It then repeats the ``RateLimit`` of whoever fetched it, with an ``Age``; a client reads
the limit from answers without ``Age``. Refusals are never kept.

**CORS.** Anybody's script may read, so every answer says ``*`` and never allows credentials.
A preflight carries no key, hence it is answered the same for everybody; that a key is used on
a website of its client only is checked when the request itself comes
(``frontend_api/clients/admission.py``). This needs no list of origins in the settings, which
is what django-cors-headers is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from frontend_api.clients import usage
from frontend_api.clients.admission import admit, keep_key

_FEED = re.compile(r"/feeds/([a-z0-9-]{1,70})\.[a-z]+\Z")
_KINDS = {
    "/graphql/": "graphql",
    "/oembed": "data",
    "/mijn-selectie/memo.pdf": "memo",
    "/mijn-selectie/memo.docx": "memo",
    "/zoeken/suggesties/": "suggesties",
    "/zoeken/suggesties/opensearch": "suggesties",
}
_SEARCH = re.compile(r"/zoeken\.[a-z]+\Z")
_FEEDS = "/feeds/"
_MAKING = {"POST", "OPTIONS"}
"""How a feed is made; with any other method its address is a page of the site."""
_EXPOSED = "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, If-Modified-Since, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}


def kind_of(path: str) -> str | None:
    """Return which kind of request an address of the API is; None for what is none."""
    if path.startswith(("/data/", "/id/")):
        return "data"
    if _SEARCH.fullmatch(path):
        return "zoeken"
    feed = _FEED.fullmatch(path)
    return f"feed:{feed[1]}" if feed else _KINDS.get(path)


class ApiMiddleware:
    """Lets requests to the API in, or refuses them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a page of the site passes untouched."""
        kind = kind_of(request.path_info)
        if request.path_info == _FEEDS and request.method in _MAKING:
            kind = "feeds"
        if kind is None:
            return self.get_response(request)
        response = self._preflight(request) or self._answered(request, kind)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        return response

    def _preflight(self, request: HttpRequest) -> HttpResponse | None:
        asked = request.headers.get("Access-Control-Request-Method")
        if request.method != "OPTIONS" or asked is None:
            return None
        return HttpResponse(status=204, headers=_PREFLIGHT)

    def _answered(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        admission = admit(request, kind)
        keep_key(request, admission.key)
        response = admission.refusal or self.get_response(request)
        if admission.allowance is not None:
            for name, text in admission.allowance.headers.items():
                response[name] = text
        # What is not there has no name that may be counted.
        if admission.key is not None and response.status_code < 400:
            usage.note(admission.key, kind)
        return response
