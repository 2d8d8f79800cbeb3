"""The time that one answer may take."""

from __future__ import annotations

import time
from typing import Any

from graphql import ExecutionContext, FieldNode, GraphQLObjectType
from graphql.pyutils import Path


class DeadlinePassed(BaseException):  # it stops the work, as KeyboardInterrupt does
    """The time is over. graphql-core turns any ``Exception`` into an error of one field."""


class DeadlineContext(ExecutionContext):
    """Carries a question out, and stops once ``context_value.deadline`` has passed.

    It looks at the clock once for each object that is carried out field by field; plain records
    are read at once (``plain_fields``), and there are no more of them than a page holds. One
    search or one read of the database is not broken off halfway; those have limits of their own.
    """

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> Any:
        """Carry out the fields of an object; raise ``DeadlinePassed``."""
        if time.monotonic() > self.context_value.deadline:
            raise DeadlinePassed
        return super().execute_fields(parent_type, source_value, path, fields)
