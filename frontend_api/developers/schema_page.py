"""The schema as a page: its types and fields with what they mean, and a link from each to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from frontend_api.graphql.schema import schema

ROOT = "Query"


@dataclass(frozen=True, slots=True)
class ArgumentEntry:
    """An argument of a field."""

    name: str
    type: str
    type_name: str
    is_own_type: bool
    description: str


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field, or a value of an enum, which has no type."""

    name: str
    description: str
    type: str = ""
    type_name: str = ""
    is_own_type: bool = False
    deprecation: str = ""
    arguments: tuple[ArgumentEntry, ...] = ()

    def holds(self, words: str) -> bool:
        """Tell whether the words occur in it."""
        texts = [self.name, self.description, self.type]
        texts += [text for each in self.arguments for text in (each.name, each.description)]
        return any(words in text.casefold() for text in texts)


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A type with its fields or values."""

    name: str
    kind: str
    description: str
    fields: tuple[FieldEntry, ...]
    related: tuple[str, ...] = ()
    """The types that it may be, or the interfaces that it is."""

    def within(self, words: str) -> TypeEntry | None:
        """Return the type with what holds the words; None when nothing does."""
        if words in self.name.casefold() or words in self.description.casefold():
            return self
        fields = tuple(field for field in self.fields if field.holds(words))
        return replace(self, fields=fields) if fields else None


def entries(search: str = "") -> list[TypeEntry]:
    """Return the types by name, the root first; with words only what holds them."""
    words = search.strip().casefold()
    found = (each.within(words) for each in _entries()) if words else _entries()
    return [each for each in found if each is not None]


@cache
def _entries() -> tuple[TypeEntry, ...]:
    own = [_entry(target) for target in _own_types()]
    return tuple(sorted(own, key=lambda each: (each.name != ROOT, each.name)))


def _own_types() -> Iterator[GraphQLNamedType]:
    for target in schema.graphql_schema.type_map.values():
        if not is_introspection_type(target) and not is_specified_scalar_type(target):
            yield target


def _entry(target: GraphQLNamedType) -> TypeEntry:
    description = target.description or ""
    if isinstance(target, GraphQLEnumType):
        values = tuple(
            FieldEntry(name, value.description or "", deprecation=value.deprecation_reason or "")
            for name, value in target.values.items()
        )
        return TypeEntry(target.name, "waarden", description, values)
    if isinstance(target, GraphQLInputObjectType):
        given = tuple(_field(name, each) for name, each in target.fields.items())
        return TypeEntry(target.name, "invoer", description, given)
    if isinstance(target, GraphQLUnionType):
        members = tuple(member.name for member in target.types)
        return TypeEntry(target.name, "een van", description, (), members)
    if isinstance(target, GraphQLInterfaceType):
        possible = tuple(each.name for each in schema.graphql_schema.get_possible_types(target))
        return TypeEntry(target.name, "interface", description, _fields(target), possible)
    if isinstance(target, GraphQLObjectType):
        interfaces = tuple(each.name for each in target.interfaces)
        return TypeEntry(target.name, "type", description, _fields(target), interfaces)
    return TypeEntry(target.name, "enkele waarde", description, ())


def _fields(target: GraphQLObjectType | GraphQLInterfaceType) -> tuple[FieldEntry, ...]:
    return tuple(_field(name, each) for name, each in target.fields.items())


def _field(name: str, definition: GraphQLField | GraphQLInputField) -> FieldEntry:
    arguments = definition.args if isinstance(definition, GraphQLField) else {}
    return FieldEntry(
        name,
        definition.description or "",
        *_shape(definition.type),
        deprecation=definition.deprecation_reason or "",
        arguments=tuple(
            ArgumentEntry(each, *_shape(given.type), given.description or "")
            for each, given in arguments.items()
        ),
    )


def _shape(shape: Any) -> tuple[str, str, bool]:
    named = get_named_type(shape)
    return str(shape), named.name, not is_specified_scalar_type(named)
