"""From a question to its answer: checked, weighed, and carried out within its time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

import structlog
from django.conf import settings
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

from frontend_api.graphql import limits
from frontend_api.graphql.asked import GraphQLRequest
from frontend_api.graphql.context import RequestContext
from frontend_api.graphql.errors import RefusedRequestError
from frontend_api.graphql.plain_fields import PlainFieldsContext
from frontend_api.graphql.schema import schema

logger = structlog.get_logger(__name__)

KEPT_DOCUMENTS = 256
MAX_KEPT_LENGTH = 4000


def answer(question: GraphQLRequest) -> ExecutionResult:
    """Check a question against the schema and the limits, then carry it out.

    One that was carried out, or that is too costly for it, says its cost in ``extensions``.
    """
    try:
        checked = checked_question(question.query, question.operation_name)
    except InvalidDocument as invalid:
        return ExecutionResult(data=None, errors=invalid.errors)
    cost = checked.cost.total(question.variables)
    stated = {"cost": {"requested": cost, "budget": limits.BUDGET}}
    if cost > limits.BUDGET:
        return ExecutionResult(None, [limits.too_costly(cost)], stated)
    seconds = settings.GRAPHQL_SECONDS
    try:
        result = execute_sync(
            schema.graphql_schema,
            checked.document,
            context_value=RequestContext(deadline=time.monotonic() + seconds),
            variable_values=question.variables,
            operation_name=question.operation_name,
            execution_context_class=Execution,
        )
    except limits.DeadlinePassed:
        logger.warning("graphql_deadline_passed", cost=cost, seconds=seconds)
        return ExecutionResult(None, [limits.too_late(seconds)], stated)
    return ExecutionResult(result.data, result.errors, stated)


class Execution(limits.DeadlineContext, PlainFieldsContext):
    """Carries a question out: within its time, and plain records at once."""


class InvalidDocument(Exception):
    """A question that the schema does not answer."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__()
        self.errors = errors


@dataclass(frozen=True, slots=True)
class CheckedQuestion:
    """A question that may be asked, and what it costs."""

    document: DocumentNode
    cost: limits.Cost


def checked_question(query: str, operation_name: str | None = None) -> CheckedQuestion:
    """Read and check a question; raise ``InvalidDocument`` for one that is not answered.

    What depends on variables is left: they come with each request.
    """
    is_short = len(query) <= MAX_KEPT_LENGTH
    check = _kept_question if is_short else _checked_question
    try:
        return check(query, operation_name)
    except GraphQLError as error:
        raise InvalidDocument([error]) from error
    except RecursionError as error:
        raise InvalidDocument([limits.too_deep()]) from error


def _checked_question(query: str, operation_name: str | None) -> CheckedQuestion:
    document = parse(query, max_tokens=limits.MAX_TOKENS)
    limits.check_size(document)
    errors = validate(schema.graphql_schema, document, max_errors=limits.MAX_ERRORS)
    if errors:
        raise InvalidDocument(errors)
    operation = _operation(document, operation_name)
    cost = limits.weighed_cost(schema.graphql_schema, document, operation)
    return CheckedQuestion(document, cost)


# Partners ask the same questions over and over, with other variables. What was refused is
# not kept, nor what is long.
_kept_question = lru_cache(maxsize=KEPT_DOCUMENTS)(_checked_question)


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
