"""The base of object types whose values are frozen records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo, is_non_null_type

from frontend_api.graphql.context import ReferenceTables


def shown(value: Any, info: GraphQLResolveInfo) -> Any:
    """Return a record's value as GraphQL shows it: what is not known is null, not ''."""
    return None if value == "" and not is_non_null_type(info.return_type) else value


def record_value(name: str, _default: Any, record: Any, info: GraphQLResolveInfo) -> Any:
    """Read a field from the record that has it under the same name."""
    return shown(getattr(record, name), info)


_ATTRIBUTE_READERS: set[Callable[..., Any]] = {record_value}


def reference_value(full: Callable[[ReferenceTables, Any], Any]) -> Callable[..., Any]:
    """Return a resolver for what may be known by reference only.

    Beside a lesson stands a term, place or pilot with no more than its name and address;
    a field beyond those is read from what ``full`` finds for it in the request's tables.
    """

    def value(name: str, _default: Any, record: Any, info: GraphQLResolveInfo) -> Any:
        known = record if hasattr(record, name) else full(info.context.tables, record)
        return shown(getattr(known, name), info)

    _ATTRIBUTE_READERS.add(value)
    return value


def reads_attribute(resolver: Callable[..., Any]) -> bool:
    """Return whether a resolver shows an attribute of the record, where the record has it."""
    return resolver in _ATTRIBUTE_READERS


class RecordType(graphene.ObjectType):
    """An object type that shows a record, field by field."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, default_resolver: Any = record_value, **options: Any
    ) -> None:
        super().__init_subclass_with_meta__(default_resolver=default_resolver, **options)
