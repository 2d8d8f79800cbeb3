"""Answering records whose fields are all plain, without asking field by field.

Most of an answer is terms, places and counts: hundreds of small records of which a question
takes one value each. For those graphql-core spends more on the way to a value than the search
spends on the whole answer. Here the way is found once for a selection, and each record is read
along it. What is not plain (a resolver of its own, an argument, a value that is missing where
one is promised) goes the usual way, so that answers and errors are the same by both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    is_leaf_type,
    is_non_null_type,
    is_object_type,
)
from graphql.pyutils import Path

from frontend_api.graphql.record_type import reads_attribute

_MISSING = object()


@dataclass(frozen=True, slots=True)
class _Column:
    """One selected field of a plain record."""

    name: str
    """The name in the answer."""
    attribute: str
    serialize: Any
    is_promised: bool
    is_text: bool
    """Whether text is shown as it is; an empty one, where null may stand, as null."""


class PlainFieldsContext(ExecutionContext):
    """Carries a question out as graphql-core does, and reads plain records at once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._columns: dict[Any, tuple[_Column, ...] | None] = {}

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        """Return the selected values of one record."""
        columns = self._columns_of(return_type, field_nodes)
        row = None if columns is None else _row(columns, result)
        if row is not None:
            return row
        return super().complete_object_value(return_type, field_nodes, info, path, result)

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        """Return the selected values of each record in a list."""
        rows = self._rows(return_type.of_type, field_nodes, result)
        if rows is not None:
            return rows
        return super().complete_list_value(return_type, field_nodes, info, path, result)

    def _rows(
        self, shown: GraphQLOutputType, field_nodes: list[FieldNode], result: Any
    ) -> list[dict[str, Any]] | None:
        """Return a row for each record, or None when any of them has to go the usual way."""
        item_type: Any = shown
        if is_non_null_type(item_type):
            item_type = item_type.of_type
        if not is_object_type(item_type) or not isinstance(result, list | tuple):
            return None
        columns = self._columns_of(item_type, field_nodes)
        if columns is None:
            return None
        rows = []
        for record in result:
            row = _row(columns, record)
            if row is None:
                return None
            rows.append(row)
        return rows

    def _columns_of(
        self, shown: GraphQLObjectType, field_nodes: list[FieldNode]
    ) -> tuple[_Column, ...] | None:
        key = (shown.name, *map(id, field_nodes))
        if key not in self._columns:
            selected = self.collect_subfields(shown, field_nodes)
            self._columns[key] = _plain_columns(shown, selected.items())
        return self._columns[key]


def _plain_columns(
    shown: GraphQLObjectType, selected: Iterable[tuple[str, list[FieldNode]]]
) -> tuple[_Column, ...] | None:
    if shown.is_type_of is not None:
        return None
    columns = []
    for name, nodes in selected:
        definition = shown.fields.get(nodes[0].name.value)
        column = None if definition is None else _column(name, definition)
        if column is None:
            return None
        columns.append(column)
    return tuple(columns)


def _column(name: str, definition: GraphQLField) -> _Column | None:
    resolve: Any = definition.resolve
    shape: Any = definition.type
    is_promised = is_non_null_type(shape)
    leaf = shape.of_type if is_promised else shape
    is_plain = isinstance(resolve, partial) and reads_attribute(resolve.func)
    if not is_plain or definition.args or not is_leaf_type(leaf):
        return None
    is_text = leaf.name in {"String", "ID"}
    return _Column(name, resolve.args[0], leaf.serialize, is_promised, is_text)


def _row(columns: tuple[_Column, ...], record: Any) -> dict[str, Any] | None:
    """Return the values of a record, or None for one that is not plain after all."""
    row: dict[str, Any] = {}
    for column in columns:
        value = getattr(record, column.attribute, _MISSING)
        if type(value) is str and column.is_text:
            row[column.name] = value if value or column.is_promised else None
        elif value is None and not column.is_promised:
            row[column.name] = None
        elif value is _MISSING or value is None:
            return None
        else:
            try:
                row[column.name] = column.serialize(value)
            except (GraphQLError, ValueError, TypeError):
                return None
    return row
