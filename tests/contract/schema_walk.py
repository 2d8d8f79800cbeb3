"""Every way through a GraphQL schema, as queries.

For each object type that can be reached there is a query that selects all of its plain
fields, along every path up to a depth; arguments are left out unless given for a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


def queries(schema: GraphQLSchema, arguments: Mapping[str, list[str]], depth: int) -> Iterator[str]:
    """Yield a query for each path from each root field.

    ``arguments`` maps a root field to the argument lists to try, such as
    ``'(slug: "x")'``; a root field with required arguments must be in it.
    """
    assert schema.query_type is not None
    for name, definition in schema.query_type.fields.items():
        variants = arguments.get(name) or [""]
        assert variants != [""] or not _needs_arguments(definition), name
        target = get_named_type(definition.type)
        for selection in _selections(schema, target, depth, (name,)):
            for variant in variants:
                yield f"{{ {name}{variant} {selection} }}"


def _needs_arguments(definition: GraphQLField) -> bool:
    return any(is_required_argument(argument) for argument in definition.args.values())


def _selections(
    schema: GraphQLSchema, target: Composite, depth: int, path: tuple[str, ...]
) -> Iterator[str]:
    """Yield the plain fields of the type, then each way further down."""
    if isinstance(target, GraphQLObjectType):
        yield from _object_selections(schema, target, depth, path)
        return
    for possible in schema.get_possible_types(target):
        for selection in _object_selections(schema, possible, depth, path):
            yield f"{{ __typename ... on {possible.name} {selection} }}"


def _object_selections(
    schema: GraphQLSchema, target: GraphQLObjectType, depth: int, path: tuple[str, ...]
) -> Iterator[str]:
    open_fields = {
        name: definition
        for name, definition in target.fields.items()
        if not _needs_arguments(definition)
    }
    plain = [
        name for name, field in open_fields.items() if is_leaf_type(get_named_type(field.type))
    ]
    yield f"{{ __typename {' '.join(plain)} }}"
    if depth == 0:
        return
    for name, field in open_fields.items():
        inner = get_named_type(field.type)
        # A type met before on this path shows nothing new below itself.
        if is_leaf_type(inner) or path.count(inner.name) > 0:
            continue
        for selection in _selections(schema, inner, depth - 1, (*path, inner.name)):
            yield f"{{ {name} {selection} }}"


def reached_fields(schema: GraphQLSchema) -> set[str]:
    """Return ``Type.field`` of every field of every type that is part of the answers."""
    return {
        f"{name}.{field}"
        for name, target in schema.type_map.items()
        if isinstance(target, GraphQLObjectType) and not name.startswith("__")
        for field in target.fields
    }
