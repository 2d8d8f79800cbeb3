"""The lesson in an event, shaped by a selection that the partner chose.

It is asked as any visitor would ask it, of the same schema under the same limits: what is
not public cannot be in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    print_ast,
)

from frontend_api.graphql import limits
from frontend_api.graphql.errors import formatted

_FIELD = "lessonsByUuid"
_QUESTION = f"query ($uuids: [ID!]!) {{ {_FIELD}(uuids: $uuids) {{ ... on Lesson %s }} }}"


class SelectionError(Exception):
    """A selection that cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A lesson in the fields of a selection, and what went wrong in some of them."""

    lesson: dict[str, Any] | None
    errors: tuple[Any, ...] = ()


def stored_selection(text: str) -> str:
    """Return a selection as it is kept; raise ``SelectionError`` for one that is refused."""
    try:
        definitions = parse(text, max_tokens=limits.MAX_TOKENS).definitions
    except GraphQLError as error:
        raise SelectionError(error.message) from error
    except RecursionError as error:
        raise SelectionError(limits.too_deep().message) from error
    selection = definitions[0] if len(definitions) == 1 else None
    if not isinstance(selection, OperationDefinitionNode) or not _is_bare(selection):
        raise SelectionError(gettext("Write fields between braces, such as { title core }."))
    stored = print_ast(selection.selection_set)
    result = _answered(stored, [])
    if result.errors:
        raise SelectionError(str(formatted(result.errors[0])["message"]))
    _check_cost(stored)
    return stored


def shapes(selection: str, uuids: Sequence[str]) -> Mapping[str, Shape]:
    """Return the lessons in the fields of a selection; at most 100, in a fixed number of queries.

    A selection that the schema does not know any more gives its error with each lesson.
    """
    if not uuids:
        return {}
    result = _answered(selection, uuids)
    found = (result.data or {}).get(_FIELD) or [None] * len(uuids)
    faults: dict[int | None, list[Any]] = {}
    for error in result.errors or ():
        place = error.path[1] if error.path and len(error.path) > 1 else None
        faults.setdefault(place if isinstance(place, int) else None, []).append(formatted(error))
    return {
        uuid: Shape(lesson or None, (*faults.get(None, ()), *faults.get(number, ())))
        for number, (uuid, lesson) in enumerate(zip(uuids, found, strict=True))
    }


def _is_bare(selection: OperationDefinitionNode) -> bool:
    """Return whether it is fields between braces, and nothing around them."""
    return (
        selection.operation is OperationType.QUERY
        and selection.name is None
        and not selection.variable_definitions
        and not selection.directives
    )


def _check_cost(selection: str) -> None:
    """Refuse what may be asked of one lesson and is too much for as many as are sent at once."""
    from frontend_api.graphql.answering import checked_question

    cost = checked_question(_QUESTION % selection).cost.largest()
    if cost > limits.BUDGET:
        raise SelectionError(limits.too_costly(cost).message)


def _answered(selection: str, uuids: Sequence[str]) -> ExecutionResult:
    # The CMS loads this while apps are being made ready, and the schema needs them all.
    from frontend_api.graphql.answering import answer
    from frontend_api.graphql.asked import GraphQLRequest

    return answer(GraphQLRequest(_QUESTION % selection, {"uuids": list(uuids)}, None))
