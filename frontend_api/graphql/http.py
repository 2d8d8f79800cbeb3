"""GraphQL over HTTP: ``POST`` with JSON, or ``GET`` with parameters.

graphene-django's view is not used: it sets a cookie, which keeps every answer out of
shared caches, accepts several more body types and shows the text of any exception.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from graphql import GraphQLFormattedError
from pydantic_core import PydanticSerializationError, to_json

from frontend_api import kept_answers
from frontend_api.graphql import persisted_queries
from frontend_api.graphql.answering import answer
from frontend_api.graphql.asked import GraphQLRequest, HttpRefusal, read_body, read_parameters
from frontend_api.graphql.errors import formatted

RESPONSE_TYPE = "application/graphql-response+json"
ALLOWED_METHODS = "GET, POST, OPTIONS"


# A query changes nothing and no cookie is read, so a forged request gains nothing.
@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """The endpoint. It looks at no cookie and no user: all that it answers is public."""

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer a question in the parameters of the address, from memory where that can.

        The answer may be kept by any cache on the way.
        """
        return kept_answers.respond(
            request, lambda: self._respond(request, read_parameters), keys=("graphql",)
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer a question in a JSON body."""
        return self._respond(request, read_body)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Refuse other methods in the form of every other error."""
        refusal = HttpRefusal(
            "Gebruik POST met een JSON-body, of GET met de parameter query.",
            code="METHOD_NOT_ALLOWED",
            place="method",
            status=405,
        )
        response = _refused(request, refusal)
        response["Allow"] = ALLOWED_METHODS
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tell which methods there are."""
        return HttpResponse(status=204, headers={"Allow": ALLOWED_METHODS})

    def _respond(
        self, request: HttpRequest, read: Callable[[HttpRequest], GraphQLRequest]
    ) -> HttpResponse:
        try:
            question = read(request)
            result = answer(question)
        except HttpRefusal as refusal:
            return _refused(request, refusal)
        body: dict[str, Any] = {}
        if result.errors:
            body["errors"] = [formatted(error) for error in result.errors]
        was_executed = not result.errors or any(error.path for error in result.errors)
        if was_executed:
            body["data"] = result.data
            if question.sent_hash is not None:
                persisted_queries.keep(question.query, question.sent_hash)
        if result.extensions:
            body["extensions"] = result.extensions
        return _json(request, body, 200 if was_executed else _refused_status(body["errors"]))


def _refused_status(errors: list[GraphQLFormattedError]) -> int:
    codes = {error["extensions"]["code"] for error in errors}
    return 503 if "TIMEOUT" in codes else 400


def _refused(request: HttpRequest, refusal: HttpRefusal) -> HttpResponse:
    return _json(request, {"errors": [formatted(refusal.error)]}, refusal.status)


def _json(request: HttpRequest, body: dict[str, Any], status: int) -> HttpResponse:
    """Return JSON under the newer media type for who asks for it by name."""
    is_newer = RESPONSE_TYPE in request.headers.get("Accept", "")
    response = HttpResponse(
        _encoded(body),
        status=status,
        content_type=f"{RESPONSE_TYPE if is_newer else 'application/json'}; charset=utf-8",
    )
    response["Vary"] = "Accept"
    return response


def _encoded(body: dict[str, Any]) -> bytes:
    try:
        # Several times as fast as the standard library's, and compact.
        return to_json(body)
    except PydanticSerializationError:
        # A message may repeat what was sent, half a surrogate pair included.
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")
