"""Answering records whose fields are all plain, without asking field by field.

An answer is mostly lessons, terms, places and counts: hundreds of small records of which a
question takes a few values each. For those graphql-core spends more on the way to a value than
the search spends on the whole answer. Here the way is found once for a selection, and all records
of a list are read along it, those within them included. What is not plain (a resolver of its own,
an argument, a value that is missing where one is promised) goes the usual way, so that answers
and errors are the same by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from operator import attrgetter
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
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.pyutils import Path

from frontend_api.graphql.record_type import attribute_read

_MISSING = object()
_INT_LIMIT = 2**31
"""GraphQL's Int has 32 bits."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A selected field that shows a value."""

    name: str
    """The name in the answer."""
    attribute: str
    is_promised: bool
    serialize: Any
    is_text: bool
    """Whether text is shown as it is; an empty one, where null may stand, as null."""
    is_int: bool


@dataclass(frozen=True, slots=True)
class _TypeName:
    """The name of the type itself."""

    name: str
    type_name: str


@dataclass(frozen=True, slots=True)
class _Within:
    """A selected field that shows a plain record, or a list of them."""

    name: str
    attribute: str
    is_promised: bool
    is_list: bool
    columns: _Columns


_Columns = tuple["_Value | _TypeName | _Within", ...]


class PlainFieldsContext(ExecutionContext):
    """Carries a question out as graphql-core does, and reads plain records at once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._columns: dict[Any, _Columns | None] = {}

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
        rows = None if columns is None else _rows(columns, [result])
        if rows is not None:
            return rows[0]
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
        shown = _without_promise(return_type.of_type)
        if is_object_type(shown) and isinstance(result, list | tuple):
            columns = self._columns_of(shown, field_nodes)
            rows = None if columns is None else _rows(columns, result)
            if rows is not None:
                return rows
        return super().complete_list_value(return_type, field_nodes, info, path, result)

    def _columns_of(
        self, shown: GraphQLObjectType, field_nodes: list[FieldNode]
    ) -> _Columns | None:
        """Return how to read a type, or None when it is not plain in this selection."""
        key = (shown.name, *map(id, field_nodes))
        if key not in self._columns:
            selected = self.collect_subfields(shown, field_nodes)
            self._columns[key] = self._plain_columns(shown, selected.items())
        return self._columns[key]

    def _plain_columns(
        self, shown: GraphQLObjectType, selected: Iterable[tuple[str, list[FieldNode]]]
    ) -> _Columns | None:
        if shown.is_type_of is not None:
            return None
        columns = []
        for name, nodes in selected:
            column = self._column(shown, name, nodes)
            if column is None:
                return None
            columns.append(column)
        return tuple(columns)

    def _column(
        self, shown: GraphQLObjectType, name: str, nodes: list[FieldNode]
    ) -> _Value | _TypeName | _Within | None:
        asked = nodes[0].name.value
        if asked == "__typename":
            return _TypeName(name, shown.name)
        definition = shown.fields.get(asked)
        attribute = None if definition is None else _attribute_of(definition)
        if definition is None or attribute is None:
            return None
        is_promised = is_non_null_type(definition.type)
        kind = _without_promise(definition.type)
        if is_leaf_type(kind):
            is_text = kind.name in {"String", "ID"}
            is_int = kind.name == "Int"
            return _Value(name, attribute, is_promised, kind.serialize, is_text, is_int)
        is_list = is_list_type(kind)
        within = _without_promise(kind.of_type) if is_list else kind
        columns = self._columns_of(within, nodes) if is_object_type(within) else None
        return None if columns is None else _Within(name, attribute, is_promised, is_list, columns)


def _without_promise(shown: Any) -> Any:
    return shown.of_type if is_non_null_type(shown) else shown


def _attribute_of(definition: GraphQLField) -> str | None:
    """Return the attribute that a field shows, or None when it does more than that."""
    resolve: Any = definition.resolve
    if definition.args or not isinstance(resolve, partial):
        return None
    return attribute_read(resolve.func, resolve.args[0])


def _rows(columns: _Columns, records: Sequence[Any]) -> list[dict[str, Any]] | None:
    """Return a row for each record, or None when any of them has to go the usual way."""
    if not records:
        return []
    rows: list[dict[str, Any]] = [{} for _record in records]
    for column in columns:
        match column:
            case _Value():
                values = _values(column, records)
            case _Within():
                values = _within(column, records)
            case _TypeName():
                values = [column.type_name] * len(records)
        if values is None:
            return None
        name = column.name
        for row, value in zip(rows, values, strict=True):
            row[name] = value
    return rows


def _read(attribute: str, records: Sequence[Any]) -> list[Any] | None:
    try:
        return [*map(attrgetter(attribute), records)]
    except AttributeError:
        return None


def _values(column: _Value, records: Sequence[Any]) -> list[Any] | None:
    """Return the values of a field in many records."""
    values = _read(column.attribute, records)
    if values is None:
        return None
    types = {*map(type, values)}
    # No step of Python for each value: there are hundreds.
    if column.is_text and types == {str} and (column.is_promised or "" not in values):
        return values
    if column.is_int and types == {int} and -_INT_LIMIT <= min(values) <= max(values) < _INT_LIMIT:
        return values
    shown = [_value(column, value) for value in values]
    return None if any(value is _MISSING for value in shown) else shown


def _value(column: _Value, value: Any) -> Any:
    """Return a value as GraphQL shows it, or ``_MISSING`` when it has to go the usual way."""
    if type(value) is str and column.is_text:
        return value if value or column.is_promised else None
    if value is None:
        return _MISSING if column.is_promised else None
    try:
        return column.serialize(value)
    except (GraphQLError, ValueError, TypeError):
        return _MISSING


def _within(column: _Within, records: Sequence[Any]) -> list[Any] | None:
    """Return the rows of what stands within many records."""
    found = _read(column.attribute, records)
    if found is None:
        return None
    if column.is_list:
        return _lists(column, found)
    known = [each for each in found if each is not None]
    if column.is_promised and len(known) < len(found):
        return None
    rows = _rows(column.columns, known)
    if rows is None:
        return None
    following = iter(rows)
    return [None if each is None else next(following) for each in found]


def _lists(column: _Within, found: Sequence[Any]) -> list[Any] | None:
    if not all(isinstance(each, list | tuple) for each in found):
        return None
    every = [*chain.from_iterable(found)]
    if type(None) in set(map(type, every)):
        return None
    rows = _rows(column.columns, every)
    if rows is None:
        return None
    following = iter(rows)
    return [[*islice(following, len(each))] for each in found]
