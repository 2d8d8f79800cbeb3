"""Who may ask: reads the key of a request, and refuses what may not be answered.

A key that is not right is refused and never taken for no key: a partner would otherwise find
out by its lower limit, months later.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from graphql import GraphQLError

from frontend_api.clients import keys, limiting
from frontend_api.clients.keys import InvalidKeyError, KnownKey
from frontend_api.clients.limiting import Allowance
from frontend_api.graphql.errors import formatted
from frontend_api.models import Scope
from search.service import QueryError

_BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
# What a proxy before the site may ask visitors for; it is no attempt to show a key.
_BASIC = re.compile(r"basic ", re.IGNORECASE)
_SCOPES = {
    "graphql": Scope.GRAPHQL,
    "feed": Scope.FEEDS,
    "zoeken": Scope.FEEDS,
    "feeds": Scope.MAKE_FEEDS,
}
# No header of a request can have this name.
_KEY_IN_REQUEST = "lessenbank.key"
_REALM = 'Bearer realm="Lessenbank"'


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a request at the door; ``refusal`` is the answer when it may not pass."""

    key: KnownKey | None = None
    allowance: Allowance | None = None
    refusal: HttpResponse | None = None


def admit(request: HttpRequest, kind: str) -> Admission:
    """Decide about a request, before anything of it is looked at."""
    try:
        key = _key(request)
    except InvalidKeyError as fault:
        # Trying keys counts as asking without one.
        allowance = _taken(limiting.anonymous_quota(request))
        if allowance is not None and not allowance.is_granted:
            return Admission(allowance=allowance, refusal=_too_many(allowance))
        return Admission(allowance=allowance, refusal=_unauthorized(str(fault)))
    if key is None:
        allowance = _taken(limiting.anonymous_quota(request))
    else:
        allowance = _taken(limiting.client_quota(key))
    if allowance is not None and not allowance.is_granted:
        return Admission(key, allowance, _too_many(allowance))
    return Admission(key, allowance, _forbidden(request, kind, key) if key else None)


def keep_key(request: HttpRequest, key: KnownKey | None) -> None:
    """Let the view know the key with which a request came in."""
    request.META[_KEY_IN_REQUEST] = key


def admitted_key(request: HttpRequest) -> KnownKey | None:
    """Return the key with which a request came in."""
    key: KnownKey | None = request.META.get(_KEY_IN_REQUEST)
    return key


def _taken(quota: limiting.Quota | None) -> Allowance | None:
    return limiting.take(quota) if quota else None


def _key(request: HttpRequest) -> KnownKey | None:
    sent = request.headers.get("Authorization", "")
    if not sent or _BASIC.match(sent):
        return None
    form = _BEARER.fullmatch(sent)
    if form is None:
        raise InvalidKeyError("Stuur de sleutel als: Authorization: Bearer lb_…")
    return keys.known_key(form[1])


def _forbidden(request: HttpRequest, kind: str, key: KnownKey) -> HttpResponse | None:
    # A feed is counted by its name; the data files and the suggestions need no scope.
    scope = _SCOPES.get(kind.partition(":")[0])
    if scope is not None and scope.value not in key.scopes:
        return _refused(
            "Deze sleutel geldt hier niet. Vraag de beheerder om hem uit te breiden.",
            code="SCOPE",
            place="Authorization",
            status=403,
        )
    origin = request.headers.get("Origin")
    if origin is not None and origin not in key.origins:
        return _refused(
            "Deze sleutel geldt niet op deze website. Vraag zonder sleutel, of vraag de beheerder "
            "om de website toe te voegen.",
            code="ORIGIN",
            place="Origin",
            status=403,
        )
    return None


def _unauthorized(message: str) -> HttpResponse:
    response = _refused(message, code="INVALID_KEY", place="Authorization", status=401)
    response["WWW-Authenticate"] = f'{_REALM}, error="invalid_token"'
    return response


def _too_many(allowance: Allowance) -> HttpResponse:
    seconds = allowance.seconds
    response = _refused(
        f"Het maximum van {allowance.quota.limit} verzoeken per minuut is bereikt. Probeer het "
        f"over {seconds} {'seconde' if seconds == 1 else 'seconden'} weer.",
        code="RATE_LIMITED",
        place="request",
        status=429,
    )
    response["Retry-After"] = str(seconds)
    return response


def refused_errors(faults: Iterable[QueryError], status: int) -> HttpResponse:
    """Return a refusal in the form of every error of the API."""
    errors = [formatted(GraphQLError(fault.message, original_error=fault)) for fault in faults]
    text = json.dumps({"errors": errors}, ensure_ascii=False)
    # A place may repeat what was sent, half a surrogate pair included.
    content = text.encode("utf-8", "replace")
    response = HttpResponse(content, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def _refused(message: str, *, code: str, place: str, status: int) -> HttpResponse:
    return refused_errors([QueryError(message, code=code, place=place)], status)
