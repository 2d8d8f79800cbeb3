"""Counts what a question asks.

Fragments count as often as they are spread, computed once for each, so that a nest of
fragments costs nothing to refuse.
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
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    type_from_ast,
)

from frontend_api.graphql.errors import RefusedRequestError
from frontend_api.graphql.limits.costs import (
    ITEMS_OF_PAGES,
    LISTED,
    MOST_LISTED,
    NO_COST,
    PAGES,
    SIZES,
    USUAL_SIZE,
    Cost,
    PageSize,
)
from frontend_api.graphql.limits.numbers import (
    INTROSPECTION_COST,
    MAX_ALIASES,
    MAX_COMPARISONS,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_GAP_MAPS,
    MAX_LESSON_LISTS,
    MAX_ROOT_FIELDS,
)
from frontend_api.graphql.limits.refusing import refuse_above

LESSON_LIST = "LessonConnection"
CHANGE_LIST = "LessonChangePage"
LESSON_ANSWER = "LessonAnswer"
"""One costs little; a list of them is a list of lessons."""
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
    cost: Cost = NO_COST

    def beside(self, other: Weight) -> Weight:
        """Return the weight of both together."""
        return Weight(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.lesson_lists + other.lesson_lists,
            self.comparisons + other.comparisons,
            self.gap_maps + other.gap_maps,
            self.cost.beside(other.cost),
        )


def weighed_cost(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Cost:
    """Return what a valid operation costs; raise ``RefusedRequestError`` when it asks too much."""
    query_type = cast(GraphQLObjectType, schema.query_type)
    scale = _Scale(schema, document, operation)
    root_fields = scale.count_fields(operation.selection_set)
    refuse_above(MAX_ROOT_FIELDS, root_fields, "hoofdvelden", "TOO_MANY_ROOT_FIELDS")
    weight = scale.weigh(operation.selection_set, query_type, in_list=False)
    refuse_above(MAX_DEPTH, weight.depth, "niveaus diep", "TOO_DEEP")
    refuse_above(MAX_FIELDS, weight.fields, "velden", "TOO_MANY_FIELDS")
    refuse_above(MAX_ALIASES, weight.aliases, "aliassen", "TOO_MANY_ALIASES")
    refuse_above(
        MAX_LESSON_LISTS, weight.lesson_lists, "lijsten van lessen", "TOO_MANY_LESSON_LISTS"
    )
    refuse_above(MAX_COMPARISONS, weight.comparisons, "vergelijkingen", "TOO_MANY_COMPARISONS")
    refuse_above(
        MAX_GAP_MAPS, weight.gap_maps, "overzichten van witte vlekken", "TOO_MANY_GAP_MAPS"
    )
    return weight.cost


class _Scale:
    """Weighs the selections of one document."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self._schema = schema
        self._variables = {
            definition.variable.name.value: definition.default_value
            for definition in operation.variable_definitions
        }
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
            # graphql-core has its own rule for the depth of introspection.
            cost = INTROSPECTION_COST if node.selection_set else 1
            return Weight(1, 1, int(node.alias is not None), cost=Cost(cost))
        # A valid query has no field on a union.
        definition = cast(GraphQLObjectType | GraphQLInterfaceType, parent).fields[name]
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
            inner.lesson_lists + _is_lesson_list(shown, definition),
            inner.comparisons + (shown in COMPARISONS),
            inner.gap_maps + (shown == GAP_MAP),
            Cost(1).beside(self._repeated(inner.cost, node, parent, definition)),
        )

    def _repeated(
        self, inner: Cost, node: FieldNode, parent: GraphQLCompositeType, definition: GraphQLField
    ) -> Cost:
        """Return what is below a field, as often as the field gives it."""
        name, shown = node.name.value, get_named_type(definition.type).name
        if "first" in definition.args:
            usual, most = PAGES[shown]
            page = inner.as_items() if _is_list(definition) else inner
            return page.on_page(self._page_size(node, "first", usual, most))
        if LISTED in definition.args:
            return inner.as_items().on_page(self._page_size(node, LISTED, MOST_LISTED, MOST_LISTED))
        if parent.name in PAGES and name in ITEMS_OF_PAGES:
            return inner.as_items()
        if not _is_list(definition):
            return inner
        return inner.times(SIZES.get(f"{parent.name}.{name}", USUAL_SIZE))

    def _page_size(self, node: FieldNode, argument: str, usual: int, most: int) -> PageSize:
        for given in node.arguments:
            if given.name.value != argument:
                continue
            if not isinstance(given.value, VariableNode):
                return PageSize(_number(given.value, usual), most)
            variable = given.value.name.value
            return PageSize(_number(self._variables.get(variable), usual), most, variable)
        return PageSize(usual, most)


def _number(value: ValueNode | None, usual: int) -> int:
    """Return how many items a literal asks for."""
    if isinstance(value, IntValueNode):
        return int(value.value)
    return len(value.values) if isinstance(value, ListValueNode) else usual


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


def _is_lesson_list(shown: str, definition: GraphQLField) -> bool:
    if shown == LESSON_ANSWER:
        return _is_list(definition)
    return shown in {LESSON_LIST, CHANGE_LIST}


def _is_list(definition: GraphQLField) -> bool:
    shape = definition.type
    if isinstance(shape, GraphQLNonNull):
        shape = shape.of_type
    return isinstance(shape, GraphQLList)
