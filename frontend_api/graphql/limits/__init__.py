"""How much one request may ask, checked before anything of it is carried out.

- ``numbers`` holds the limits.
- ``sizing`` looks how long a question is, before it is checked against the schema.
- ``weighing`` counts what a question asks: depth, fields, aliases, lists, cost.
- ``costs`` is the sum of it: how many values the answer may hold.
- ``deadline`` stops what takes too long all the same.

The numbers leave ample room for every query in the documentation; what a list may hold
is a limit of ``search.service``.
"""

from frontend_api.graphql.limits.costs import Cost
from frontend_api.graphql.limits.deadline import DeadlineContext, DeadlinePassed
from frontend_api.graphql.limits.numbers import (
    BUDGET,
    INTROSPECTION_COST,
    MAX_ALIASES,
    MAX_COMPARISONS,
    MAX_DEFINITIONS,
    MAX_DEPTH,
    MAX_DIRECTIVES,
    MAX_ERRORS,
    MAX_FIELDS,
    MAX_GAP_MAPS,
    MAX_LESSON_LISTS,
    MAX_REQUEST_BYTES,
    MAX_ROOT_FIELDS,
    MAX_TOKENS,
    MAX_VARIABLES,
    MAX_WORD,
)
from frontend_api.graphql.limits.refusing import too_costly, too_deep, too_late
from frontend_api.graphql.limits.sizing import check_size
from frontend_api.graphql.limits.weighing import weighed_cost

__all__ = [
    "BUDGET",
    "INTROSPECTION_COST",
    "MAX_ALIASES",
    "MAX_COMPARISONS",
    "MAX_DEFINITIONS",
    "MAX_DEPTH",
    "MAX_DIRECTIVES",
    "MAX_ERRORS",
    "MAX_FIELDS",
    "MAX_GAP_MAPS",
    "MAX_LESSON_LISTS",
    "MAX_REQUEST_BYTES",
    "MAX_ROOT_FIELDS",
    "MAX_TOKENS",
    "MAX_VARIABLES",
    "MAX_WORD",
    "Cost",
    "DeadlineContext",
    "DeadlinePassed",
    "check_size",
    "too_costly",
    "too_deep",
    "too_late",
    "weighed_cost",
]
