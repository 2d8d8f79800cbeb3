"""How things that go wrong reach a partner.

Every error carries ``extensions { code place accepted }``: ``code`` is for programs,
``place`` says which argument or field is at fault, ``accepted`` lists what would be
right where that is a short list. Whatever was not meant for outside becomes
``INTERNAL``, without a word of what happened; the log has the rest.
"""

from __future__ import annotations

from typing import Any

import structlog
from graphql import GraphQLError, GraphQLFormattedError, ValueNode

from lessons.selectors import InvalidComparison, InvalidGapMap, UnknownCode
from search.service import QueryError

logger = structlog.get_logger(__name__)

MASKED_MESSAGE = "Er ging bij ons iets mis. Probeer het later nog eens."
_UNKNOWN_CODE = "Deze code is niet bekend. Kies een van de codes van deze lijst."
MAX_ACCEPTED = 60
"""Longer lists, such as all gemeenten, are not repeated in an error."""


class RefusedRequestError(GraphQLError):
    """A request that is refused before anything of it is carried out."""

    def __init__(self, message: str, *, code: str, place: str) -> None:
        super().__init__(message, extensions={"code": code, "place": place})


def formatted(error: GraphQLError) -> GraphQLFormattedError:
    """Return the error as the partner may see it."""
    answer = error.formatted
    cause = _cause(error)
    if isinstance(cause, QueryError | InvalidComparison | InvalidGapMap):
        return {**answer, "message": cause.message, "extensions": _query_error(cause)}
    if isinstance(cause, UnknownCode):
        return {**answer, "message": _UNKNOWN_CODE, "extensions": _unknown_code(cause)}
    if error.extensions and "code" in error.extensions:
        return answer
    if _is_about_the_document(error, cause):
        return {**answer, "extensions": {"code": "INVALID_QUERY", "place": _place(error)}}
    logger.error("graphql_field_failed", path=_path(error), exc_info=cause)
    return {
        **answer,
        "message": MASKED_MESSAGE,
        "extensions": {"code": "INTERNAL", "place": _path(error)},
    }


def _cause(error: GraphQLError) -> Exception | None:
    """Return the exception that a resolver raised, below all wrapping."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_about_the_document(error: GraphQLError, cause: Exception | None) -> bool:
    """Tell whether graphql-core found fault with the document or its variables.

    Such an error has no path; only an argument that a variable leaves without a value is
    found while a field is carried out, and then points at the variable.
    """
    if error.path is None:
        return cause is None or isinstance(cause, GraphQLError)
    nodes = cause.nodes if isinstance(cause, GraphQLError) else None
    return nodes is not None and isinstance(next(iter(nodes), None), ValueNode)


def _query_error(error: QueryError | InvalidComparison | InvalidGapMap) -> dict[str, Any]:
    return {"code": error.code, "place": error.place, **_accepted(error.accepted)}


def _accepted(codes: tuple[str, ...]) -> dict[str, list[str]]:
    return {"accepted": list(codes)} if 0 < len(codes) <= MAX_ACCEPTED else {}


def _unknown_code(error: UnknownCode) -> dict[str, Any]:
    place = f"filter.{error.facet}"
    return {"code": "UNKNOWN_TERM", "place": place, **_accepted(error.accepted)}


def _path(error: GraphQLError) -> str:
    return ".".join(str(step) for step in error.path or ())


def _place(error: GraphQLError) -> str:
    if error.path:
        return _path(error)
    if error.locations:
        return f"query:{error.locations[0].line}:{error.locations[0].column}"
    return "query"
