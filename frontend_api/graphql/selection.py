"""What a query asks for below a field, known before its value is made."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
)


def selected_fields(info: GraphQLResolveInfo, *path: str) -> list[FieldNode]:
    """Return the fields that the query selects at a path below the current field.

    ``@skip`` and ``@include`` are not weighed: a field under them counts as selected.
    """
    nodes: list[FieldNode] = list(info.field_nodes)
    for name in path:
        nodes = [
            child
            for node in nodes
            for child in _fields(info, node.selection_set, frozenset())
            if child.name.value == name
        ]
    return nodes


def selects(info: GraphQLResolveInfo, *path: str) -> bool:
    """Tell whether the query selects something at the path."""
    return bool(selected_fields(info, *path))


def _fields(
    info: GraphQLResolveInfo, selection_set: SelectionSetNode | None, seen: frozenset[str]
) -> Iterator[FieldNode]:
    for selection in selection_set.selections if selection_set else ():
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(info, selection.selection_set, seen)
        elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
            name = selection.name.value
            yield from _fields(info, info.fragments[name].selection_set, seen | {name})
