"""Every way through a GraphQL schema, as queries.

From each root field every field of every object type is selected, along every path up to a
depth; arguments are left out unless given for a field. A query asks as much at once as the
API allows, and comes apart where the API refuses a part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

MOST_FIELDS = 300


@dataclass(frozen=True)
class Branch:
    """What is asked of one object: its plain fields, and the objects below it by their field."""

    type_name: str
    plain: tuple[str, ...]
    below: tuple[tuple[str, Branch], ...] = ()
    is_one_of_several: bool = False

    @cached_property
    def size(self) -> int:
        """The number of fields in the query."""
        return 1 + len(self.plain) + sum(1 + branch.size for _name, branch in self.below)

    def __str__(self) -> str:
        below = (f"{name} {branch}" for name, branch in self.below)
        fields = " ".join((*self.plain, *below))
        if self.is_one_of_several:
            return f"{{ __typename ... on {self.type_name} {{ {fields} }} }}"
        return f"{{ __typename {fields} }}"

    def parts(self) -> Iterator[Branch]:
        """Yield the same fields in smaller questions; nothing when there is one way only."""
        if len(self.below) == 1:
            ((name, branch),) = self.below
            for part in branch.parts():
                yield self._with((), ((name, part),))
            if not self.plain:
                return
        if self.below and (self.plain or len(self.below) > 1):
            yield self._with(self.plain, ())
            for way in self.below:
                yield self._with((), (way,))

    def _with(self, plain: tuple[str, ...], below: tuple[tuple[str, Branch], ...]) -> Branch:
        return Branch(self.type_name, plain, below, self.is_one_of_several)


@dataclass(frozen=True)
class Walk:
    """A question from one root field."""

    root: str
    branch: Branch

    def __str__(self) -> str:
        return f"{{ {self.root} {self.branch} }}"

    def parts(self) -> Iterator[Walk]:
        """Yield smaller questions that together ask the same."""
        for part in self.branch.parts():
            yield Walk(self.root, part)


def walks(
    schema: GraphQLSchema,
    arguments: Mapping[str, list[str]],
    depth: int,
    once_only: Collection[str],
) -> Iterator[Walk]:
    """Yield the questions from each root field.

    ``arguments`` maps a root field to the argument lists to try, such as
    ``'(slug: "x")'``; a root field with required arguments must be in it. Types of
    ``once_only`` are asked of one object, and not of each object of a list.
    """
    assert schema.query_type is not None
    for name, definition in schema.query_type.fields.items():
        variants = arguments.get(name) or [""]
        assert variants != [""] or not _needs_arguments(definition), name
        for branch in _Growing(schema, once_only).branches(definition, depth, Way()):
            for variant in variants:
                yield from _small_enough(Walk(f"{name}{variant}", branch))


def _small_enough(walk: Walk) -> Iterator[Walk]:
    if walk.branch.size <= MOST_FIELDS:
        yield walk
        return
    for part in walk.parts():
        yield from _small_enough(part)


def _needs_arguments(definition: GraphQLField) -> bool:
    return any(is_required_argument(argument) for argument in definition.args.values())


@dataclass(frozen=True)
class Way:
    """How an object was reached: through these types, and in a list or alone."""

    types: tuple[str, ...] = ()
    in_list: bool = False


@dataclass(frozen=True)
class _Growing:
    schema: GraphQLSchema
    once_only: Collection[str]

    def branches(self, field: GraphQLField, depth: int, way: Way) -> Iterator[Branch]:
        """Yield what can be asked below a field: once for each type that it may show."""
        target = get_named_type(field.type)
        below = replace(way, in_list=way.in_list or "[" in str(field.type))
        if isinstance(target, GraphQLObjectType):
            yield self._branch(target, depth, below)
            return
        for possible in self.schema.get_possible_types(target):
            yield self._branch(possible, depth, below, is_one_of_several=True)

    def _branch(
        self, target: GraphQLObjectType, depth: int, way: Way, *, is_one_of_several: bool = False
    ) -> Branch:
        plain, below = [], []
        for name, definition in target.fields.items():
            if _needs_arguments(definition):
                continue
            inner = get_named_type(definition.type)
            if is_leaf_type(inner):
                plain.append(name)
            elif depth and not self._is_closed(inner.name, way):
                further = replace(way, types=(*way.types, inner.name))
                below += [
                    (name if number == 0 else f"{name}{number}: {name}", branch)
                    for number, branch in enumerate(self.branches(definition, depth - 1, further))
                ]
        return Branch(target.name, tuple(plain), tuple(below), is_one_of_several)

    def _is_closed(self, name: str, way: Way) -> bool:
        """Return whether a type was met before on this way, or is not given here."""
        return name in way.types or (way.in_list and name in self.once_only)


def reached_fields(schema: GraphQLSchema) -> set[str]:
    """Return ``Type.field`` of every field of every type that is part of the answers."""
    return {
        f"{name}.{field}"
        for name, target in schema.type_map.items()
        if isinstance(target, GraphQLObjectType) and not name.startswith("__")
        for field in target.fields
    }
