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


_ATTRIBUTE_READERS: dict[Callable[..., Any], Callable[[str], str | None]] = {
    record_value: lambda name: name
}


def reference_value(full: Callable[[ReferenceTables, Any], Any]) -> Callable[..., Any]:
    """Return a resolver for what may be known by reference only.

    Beside a lesson stands a term, place or pilot with no more than its name and address;
    a field beyond those is read from what ``full`` finds for it in the request's tables.
    """

    def value(name: str, _default: Any, record: Any, info: GraphQLResolveInfo) -> Any:
        known = record if hasattr(record, name) else full(info.context.tables, record)
        return shown(getattr(known, name), info)

    declare_reader(value, lambda name: name)
    return value


def declare_reader(
    resolver: Callable[..., Any], attribute: Callable[[str], str | None]
) -> Callable[..., Any]:
    """Declare that a resolver shows an attribute where the object has it; return the resolver.

    ``attribute`` returns which one for the name of a field, with dots for what is within, or
    None for a field of which the resolver does more.
    """
    _ATTRIBUTE_READERS[resolver] = attribute
    return resolver


def attribute_read(resolver: Callable[..., Any], name: str) -> str | None:
    """Return the attribute that a resolver shows for a field, or None when it does more."""
    attribute = _ATTRIBUTE_READERS.get(resolver)
    return None if attribute is None else attribute(name)


class RecordType(graphene.ObjectType):
    """An object type that shows a record, field by field."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, default_resolver: Any = record_value, **options: Any
    ) -> None:
        super().__init_subclass_with_meta__(default_resolver=default_resolver, **options)
