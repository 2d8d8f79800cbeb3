"""How much one request may ask, checked before anything of it is carried out.

The numbers leave ample room for every query in the documentation; what a list may hold
is a limit of ``search.service``. Fragments count as often as they are spread, computed
once for each, so that a nest of fragments costs nothing to refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    get_named_type,
    type_from_ast,
    visit,
)

from frontend_api.graphql.errors import RefusedRequestError

MAX_REQUEST_BYTES = 100_000
MAX_TOKENS = 2_000
MAX_DEPTH = 12
MAX_FIELDS = 400
MAX_ALIASES = 30
MAX_ROOT_FIELDS = 10
MAX_LESSON_LISTS = 5
MAX_COMPARISONS = 5
MAX_GAP_MAPS = 2
MAX_ERRORS = 20

LESSON_LIST = "LessonConnection"
CHANGE_LIST = "LessonChangePage"
GAP_MAP = "GapMap"
COMPARISONS = frozenset({"GemeenteComparison", "JeugdregioComparison"})


@dataclass(frozen=True, slots=True)
class Weight:
    """What an operation, or a part of it, asks with all its fragments filled in."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    lesson_lists: int = 0
    comparisons: int = 0
    gap_maps: int = 0

    def beside(self, other: Weight) -> Weight:
        """Return the weight of both together."""
        return Weight(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.lesson_lists + other.lesson_lists,
            self.comparisons + other.comparisons,
            self.gap_maps + other.gap_maps,
        )


def check_size(document: DocumentNode) -> None:
    """Raise ``RefusedRequestError`` for a document too large to validate quickly.

    Validation compares fields of one name pair by pair.
    """
    counter = _FieldCounter()
    visit(document, counter)
    _refuse_above(MAX_FIELDS, counter.number, "velden", "TOO_MANY_FIELDS")


class _FieldCounter(Visitor):
    """Counts the fields of a document as written, fragments not filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def enter_field(self, *_args: object) -> None:
        """Count one."""
        self.number += 1


def check_limits(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> None:
    """Raise ``RefusedRequestError`` when a valid operation asks too much."""
    if schema.query_type is None:
        return
    scale = _Scale(schema, document)
    root_fields = scale.count_fields(operation.selection_set)
    _refuse_above(MAX_ROOT_FIELDS, root_fields, "hoofdvelden", "TOO_MANY_ROOT_FIELDS")
    weight = scale.weigh(operation.selection_set, schema.query_type, in_list=False)
    _refuse_above(MAX_DEPTH, weight.depth, "niveaus diep", "TOO_DEEP")
    _refuse_above(MAX_FIELDS, weight.fields, "velden", "TOO_MANY_FIELDS")
    _refuse_above(MAX_ALIASES, weight.aliases, "aliassen", "TOO_MANY_ALIASES")
    _refuse_above(
        MAX_LESSON_LISTS, weight.lesson_lists, "lijsten van lessen", "TOO_MANY_LESSON_LISTS"
    )
    _refuse_above(MAX_COMPARISONS, weight.comparisons, "vergelijkingen", "TOO_MANY_COMPARISONS")
    _refuse_above(
        MAX_GAP_MAPS, weight.gap_maps, "overzichten van witte vlekken", "TOO_MANY_GAP_MAPS"
    )


def too_deep() -> RefusedRequestError:
    """Return the error for a document nested beyond what can be weighed at all."""
    return RefusedRequestError(
        f"Deze vraag is te diep genest; {MAX_DEPTH} niveaus mogen.",
        code="TOO_DEEP",
        place="query",
    )


def _refuse_above(limit: int, number: int, what: str, code: str) -> None:
    if number > limit:
        raise RefusedRequestError(
            f"Deze vraag is te groot: {number} {what}, en het mogen er {limit} zijn. "
            "Splits de vraag in meerdere verzoeken.",
            code=code,
            place="query",
        )


class _Scale:
    """Weighs the selections of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._weighed: dict[tuple[str, bool], Weight] = {}

    def count_fields(self, selection_set: SelectionSetNode) -> int:
        """Return the number of fields directly in a selection."""
        number = 0
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                number += 1
            elif isinstance(selection, InlineFragmentNode):
                number += self.count_fields(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
                number += self.count_fields(fragment.selection_set)
        return number

    def weigh(
        self, selection_set: SelectionSetNode, parent: GraphQLCompositeType, *, in_list: bool
    ) -> Weight:
        """Return the weight of a selection on a type; ``in_list`` when it repeats."""
        weight = Weight()
        for selection in selection_set.selections:
            weight = weight.beside(self._weigh_one(selection, parent, in_list))
        return weight

    def _weigh_one(
        self, selection: SelectionNode, parent: GraphQLCompositeType, in_list: bool
    ) -> Weight:
        if isinstance(selection, FieldNode):
            return self._weigh_field(selection, parent, in_list)
        if isinstance(selection, FragmentSpreadNode):
            return self._weigh_fragment(selection.name.value, in_list)
        inline = cast(InlineFragmentNode, selection)
        condition = inline.type_condition
        inner = type_from_ast(self._schema, condition) if condition else parent
        return self.weigh(inline.selection_set, cast(GraphQLCompositeType, inner), in_list=in_list)

    def _weigh_fragment(self, name: str, in_list: bool) -> Weight:
        if (name, in_list) not in self._weighed:
            fragment = self._fragments[name]
            inner = type_from_ast(self._schema, fragment.type_condition)
            self._weighed[name, in_list] = self.weigh(
                fragment.selection_set, cast(GraphQLCompositeType, inner), in_list=in_list
            )
        return self._weighed[name, in_list]

    def _weigh_field(self, node: FieldNode, parent: GraphQLCompositeType, in_list: bool) -> Weight:
        name = node.name.value
        if name.startswith("__"):
            # Introspection: graphql-core has its own rule for its depth.
            return Weight(depth=1, fields=1, aliases=int(node.alias is not None))
        definition = parent.fields[name]  # type: ignore[union-attr]  # a valid query has no field on a union
        shown = get_named_type(definition.type).name
        if in_list:
            _refuse_repeated(node, shown)
        inner = Weight()
        if node.selection_set is not None:
            inner = self.weigh(
                node.selection_set,
                cast(GraphQLCompositeType, get_named_type(definition.type)),
                in_list=in_list or _is_list(definition),
            )
        return Weight(
            inner.depth + 1,
            inner.fields + 1,
            inner.aliases + (node.alias is not None),
            inner.lesson_lists + (shown in {LESSON_LIST, CHANGE_LIST}),
            inner.comparisons + (shown in COMPARISONS),
            inner.gap_maps + (shown == GAP_MAP),
        )


def _refuse_repeated(node: FieldNode, shown: str) -> None:
    """Raise for a field that costs a search or a calculation, inside a list."""
    name = node.name.value
    place = f"query:{node.loc.start_token.line}" if node.loc else "query"
    if shown == LESSON_LIST:
        raise RefusedRequestError(
            f"‘{name}’ kan niet binnen een lijst. Vraag één term, gemeente, jeugdregio of "
            "pilot op, of gebruik de hoofdlijst lessons met een filter.",
            code="NESTED_LESSON_LIST",
            place=place,
        )
    if shown == CHANGE_LIST:
        raise RefusedRequestError(
            f"‘{name}’ kan niet binnen een lijst. Vraag één feed op.",
            code="NESTED_LESSON_LIST",
            place=place,
        )
    if shown in COMPARISONS:
        raise RefusedRequestError(
            f"‘{name}’ kan niet binnen een lijst. Vraag één gemeente of jeugdregio op.",
            code="NESTED_COMPARISON",
            place=place,
        )


def _is_list(definition: GraphQLField) -> bool:
    shape = definition.type
    if isinstance(shape, GraphQLNonNull):
        shape = shape.of_type
    return isinstance(shape, GraphQLList)
