"""What a request asks: from an address or a body to a question, or to why it is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from frontend_api.graphql import limits, persisted_queries
from frontend_api.graphql.errors import RefusedRequestError


class HttpRefusal(Exception):
    """A request that is no GraphQL request; answered without looking further."""

    def __init__(self, message: str, *, code: str, place: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
        self.error = RefusedRequestError(message, code=code, place=place)


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """The question of one request."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    sent_hash: str | None = None
    """The hash under which the text is to be kept, when both were sent."""


def read_parameters(request: HttpRequest) -> GraphQLRequest:
    """Return the question of an address; raise ``HttpRefusal``."""
    if len(request.META.get("QUERY_STRING", "")) > limits.MAX_REQUEST_BYTES:
        raise _too_large()
    values: dict[str, Any] = {
        name: _json_value(text, name) if (text := request.GET.get(name)) else None
        for name in ("variables", "extensions")
    }
    return _question(
        {
            "query": request.GET.get("query"),
            "operationName": request.GET.get("operationName") or None,
            **values,
        }
    )


def read_body(request: HttpRequest) -> GraphQLRequest:
    """Return the question of a body; raise ``HttpRefusal``."""
    if request.content_type != "application/json":
        raise HttpRefusal(
            "Stuur de vraag als JSON, met de header Content-Type: application/json.",
            code="UNSUPPORTED_MEDIA_TYPE",
            place="Content-Type",
            status=415,
        )
    # Read one byte more than allowed, so that a length that lies does not help.
    body = request.read(limits.MAX_REQUEST_BYTES + 1)
    if len(body) > limits.MAX_REQUEST_BYTES:
        raise _too_large()
    return _question(_json_value(body, "body"))


def _json_value(text: str | bytes, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HttpRefusal("Dit is geen geldige JSON.", code="INVALID_JSON", place=place) from error


def _question(sent: Any) -> GraphQLRequest:
    if not isinstance(sent, dict):
        raise HttpRefusal(
            "Stuur één vraag per verzoek: een JSON-object met het veld query.",
            code="INVALID_REQUEST",
            place="body",
        )
    query, variables, name = (sent.get(key) for key in ("query", "variables", "operationName"))
    query, sent_hash = _persisted(query, sent.get("extensions"))
    if settings.GRAPHQL_TRUSTED_ONLY and isinstance(query, str):
        _check_trusted(query)
    if not isinstance(query, str) or not query.strip():
        raise HttpRefusal(
            "De vraag ontbreekt: zet de GraphQL-tekst in query.",
            code="INVALID_REQUEST",
            place="query",
        )
    if variables is not None and not isinstance(variables, dict):
        raise HttpRefusal(
            "De variabelen moeten een JSON-object zijn.", code="INVALID_REQUEST", place="variables"
        )
    if name is not None and not isinstance(name, str):
        raise HttpRefusal(
            "De naam van de vraag moet tekst zijn.", code="INVALID_REQUEST", place="operationName"
        )
    return GraphQLRequest(query, variables, name, sent_hash)


def _persisted(query: Any, extensions: Any) -> tuple[Any, str | None]:
    """Return the question, found by its hash when only that was sent, and the hash to keep."""
    try:
        asked = persisted_queries.asked_hash(extensions)
        if asked is None:
            return query, None
        if query is None:
            return persisted_queries.text_of(asked), None
        if isinstance(query, str):
            persisted_queries.check(query, asked)
    except persisted_queries.UnknownQueryError:
        if settings.GRAPHQL_TRUSTED_ONLY:
            # To send the text as well would not help.
            raise _not_trusted() from None
        # The message and the status that clients of this protocol wait for.
        raise HttpRefusal(
            "PersistedQueryNotFound",
            code="PERSISTED_QUERY_NOT_FOUND",
            place="extensions.persistedQuery.sha256Hash",
            status=200,
        ) from None
    except persisted_queries.InvalidHashError as error:
        raise HttpRefusal(
            str(error), code="INVALID_PERSISTED_QUERY", place="extensions.persistedQuery"
        ) from error
    return query, asked


def _check_trusted(query: str) -> None:
    if not persisted_queries.is_trusted(query):
        raise _not_trusted()


def _not_trusted() -> HttpRefusal:
    return HttpRefusal(
        "Deze site beantwoordt alleen vragen die de beheerder heeft toegelaten, en deze is daar "
        "niet bij.",
        code="NOT_TRUSTED",
        place="query",
        status=403,
    )


def _too_large() -> HttpRefusal:
    return HttpRefusal(
        f"Het verzoek is te groot; het mag {limits.MAX_REQUEST_BYTES // 1000} kB zijn.",
        code="REQUEST_TOO_LARGE",
        place="body",
        status=413,
    )
