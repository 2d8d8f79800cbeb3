"""What the schema promised, and what became of it.

``released.graphql`` is the schema as it was last released. Nothing in it is taken away, or
made to mean less, before it was deprecated in a release that said from which day it goes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from graphql import (
    BreakingChange,
    DangerousChange,
    DangerousChangeType,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    find_breaking_changes,
    find_dangerous_changes,
    is_introspection_type,
    is_specified_scalar_type,
)

RELEASED_FILE = Path(__file__).with_name("released.graphql")

_Element = tuple[str, tuple[str, str]]

_REASON = re.compile(r"Use `([\w.]+)`.* It goes from (\d{4}-\d{2}-\d{2})\.")


def broken_promises(
    released: GraphQLSchema, current: GraphQLSchema, today: datetime.date
) -> list[str]:
    """Return the changes that break what partners rely on, as sentences.

    What is added breaks nothing, but a value that an argument has when it is left out means
    something to who leaves it out. A change is no fault when the released schema said of the
    very thing that it goes, from a day that is there.
    """
    announced = {
        name
        for name, reason in deprecations(released).items()
        if (promise := _REASON.fullmatch(reason)) and _day(promise[2]) <= today
    }
    changes: list[BreakingChange | DangerousChange] = [
        *find_breaking_changes(released, current),
        *(
            change
            for change in find_dangerous_changes(released, current)
            if change.type is DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE
        ),
    ]
    return [change.description for change in changes if not _is_about(change, announced)]


def differences(released: GraphQLSchema, current: GraphQLSchema) -> list[str]:
    """Return what was added, taken away or changed, by its name: ``Type.field(argument)``."""
    before, now = elements(released), elements(current)
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def deprecation_faults(schema: GraphQLSchema) -> list[str]:
    """Return the deprecations that do not say what to use, or from when the thing goes."""
    names = elements(schema).keys()
    faults = []
    for name, reason in deprecations(schema).items():
        promise = _REASON.fullmatch(reason)
        if promise is None:
            faults.append(f"{name}: write “Use `…`. It goes from 2027-01-31.”")
        elif promise[1] not in names:
            faults.append(f"{name}: there is no {promise[1]}.")
        elif _day(promise[2]) == datetime.date.min:
            faults.append(f"{name}: {promise[2]} is no day.")
    return faults


def deprecations(schema: GraphQLSchema) -> dict[str, str]:
    """Return what is deprecated, by its name, with the reason."""
    return {name: reason for name, (_form, reason) in elements(schema).items() if reason}


def elements(schema: GraphQLSchema) -> Mapping[str, tuple[str, str]]:
    """Return everything that a question can name → its form, and why it is deprecated."""
    return dict(_elements(schema))


def _elements(schema: GraphQLSchema) -> Iterator[_Element]:
    for name, target in schema.type_map.items():
        if is_introspection_type(target) or is_specified_scalar_type(target):
            continue
        yield name, (type(target).__name__, "")
        if isinstance(target, GraphQLObjectType | GraphQLInterfaceType):
            yield from _fields(name, target)
        else:
            yield from _values(name, target)


def _values(name: str, target: GraphQLNamedType) -> Iterator[_Element]:
    if isinstance(target, GraphQLEnumType):
        for value, definition in target.values.items():
            yield f"{name}.{value}", ("", definition.deprecation_reason or "")
    elif isinstance(target, GraphQLUnionType):
        for member in target.types:
            yield f"{name}.{member.name}", ("", "")
    elif isinstance(target, GraphQLInputObjectType):
        for field, given in target.fields.items():
            form = f"{given.type} = {given.default_value!r}"
            yield f"{name}.{field}", (form, given.deprecation_reason or "")


def _fields(name: str, target: GraphQLObjectType | GraphQLInterfaceType) -> Iterator[_Element]:
    for interface in target.interfaces:
        yield f"{name}: {interface.name}", ("", "")
    for field, definition in target.fields.items():
        yield f"{name}.{field}", (str(definition.type), definition.deprecation_reason or "")
        for argument, given in definition.args.items():
            form = f"{given.type} = {given.default_value!r}"
            yield f"{name}.{field}({argument})", (form, given.deprecation_reason or "")


def _is_about(change: BreakingChange | DangerousChange, announced: set[str]) -> bool:
    """Tell whether a change takes away, or alters, one of these things.

    graphql-core names them in its sentences: ``Type.field``, ``Type.field arg name`` or
    ``VALUE was removed from enum type Type``.
    """
    enum = re.match(r"(\w+) was removed from enum type (\w+)", change.description)
    if enum:
        return f"{enum[2]}.{enum[1]}" in announced
    argument = re.match(r"(\w+\.\w+) arg (\w+) ", change.description)
    if argument:
        return f"{argument[1]}({argument[2]})" in announced or argument[1] in announced
    return change.description.split(" ", 1)[0] in announced


def _day(text: str) -> datetime.date:
    """Return the day; one that is none is before all others."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return datetime.date.min
