"""GraphQL over HTTP: ``POST`` with JSON, or ``GET`` with parameters.

graphene-django's view is not used: it sets a cookie, which keeps every answer out of
shared caches, accepts several more body types and shows the text of any exception.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from frontend_api.graphql import kept_answers, limits, persisted_queries
from frontend_api.graphql.context import RequestContext
from frontend_api.graphql.errors import RefusedRequestError, formatted
from frontend_api.graphql.schema import schema

RESPONSE_TYPE = "application/graphql-response+json"
ALLOWED_METHODS = "GET, POST, OPTIONS"

KEPT_DOCUMENTS = 256
MAX_KEPT_LENGTH = 4000


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


# A query changes nothing and no cookie is read, so a forged request gains nothing.
@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """The endpoint. It looks at no cookie and no user: all that it answers is public."""

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer a question in the parameters of the address, from memory where that can.

        The answer may be kept by any cache on the way.
        """
        return kept_answers.respond(request, lambda: self._respond(request, _read_parameters))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer a question in a JSON body."""
        return self._respond(request, _read_body)

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
        return _json(request, body, 200 if was_executed else 400)


def answer(question: GraphQLRequest) -> ExecutionResult:
    """Check a question against the schema and the limits, then carry it out."""
    is_short = len(question.query) <= MAX_KEPT_LENGTH
    checked = _kept_document if is_short else _checked_document
    try:
        document = checked(question.query, question.operation_name)
    except InvalidDocument as invalid:
        return ExecutionResult(data=None, errors=invalid.errors)
    except GraphQLError as error:
        return ExecutionResult(data=None, errors=[error])
    except RecursionError:
        return ExecutionResult(data=None, errors=[limits.too_deep()])
    return execute_sync(
        schema.graphql_schema,
        document,
        context_value=RequestContext(),
        variable_values=question.variables,
        operation_name=question.operation_name,
    )


class InvalidDocument(Exception):
    """A question that the schema does not answer."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__()
        self.errors = errors


def _checked_document(query: str, operation_name: str | None) -> DocumentNode:
    """Return the question, read and checked; raise for one that is not to be answered."""
    document = parse(query, max_tokens=limits.MAX_TOKENS)
    limits.check_size(document)
    errors = validate(schema.graphql_schema, document, max_errors=limits.MAX_ERRORS)
    if errors:
        raise InvalidDocument(errors)
    limits.check_limits(schema.graphql_schema, document, _operation(document, operation_name))
    return document


# Partners ask the same questions over and over, with other variables. What was refused is
# not kept, nor what is long.
_kept_document = lru_cache(maxsize=KEPT_DOCUMENTS)(_checked_document)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operation = get_operation_ast(document, name)
    if operation is not None:
        if operation.operation is not OperationType.QUERY:
            raise RefusedRequestError(
                "Deze API kan alleen gelezen worden: gebruik query.",
                code="READ_ONLY",
                place="query",
            )
        return operation
    names = [
        definition.name.value
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode) and definition.name
    ]
    raise RefusedRequestError(
        f"Zeg met operationName welke vraag bedoeld is: {', '.join(names)}.",
        code="OPERATION_NAME",
        place="operationName",
    )


def _read_parameters(request: HttpRequest) -> GraphQLRequest:
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


def _read_body(request: HttpRequest) -> GraphQLRequest:
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


def _too_large() -> HttpRefusal:
    return HttpRefusal(
        f"Het verzoek is te groot; het mag {limits.MAX_REQUEST_BYTES // 1000} kB zijn.",
        code="REQUEST_TOO_LARGE",
        place="body",
        status=413,
    )


def _refused(request: HttpRequest, refusal: HttpRefusal) -> HttpResponse:
    return _json(request, {"errors": [formatted(refusal.error)]}, refusal.status)


def _json(request: HttpRequest, body: dict[str, Any], status: int) -> HttpResponse:
    """Return JSON under the newer media type for who asks for it by name."""
    is_newer = RESPONSE_TYPE in request.headers.get("Accept", "")
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(
        # A message may repeat what was sent, half a surrogate pair included.
        text.encode("utf-8", "replace"),
        status=status,
        content_type=f"{RESPONSE_TYPE if is_newer else 'application/json'}; charset=utf-8",
    )
    response["Vary"] = "Accept"
    return response
