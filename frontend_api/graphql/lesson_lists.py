"""Lists of lessons: from GraphQL arguments to a query, from its results to nodes.

``lesson_list`` makes the field ``lessons``, wherever it stands: at the root, or below a
term, a place or a pilot, which then is a filter of its own. A list is answered from the
search index alone; details of its lessons are read for all of them at once, and only
when the query asks for a field that no card holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

import graphene
from graphql import GraphQLObjectType, GraphQLResolveInfo, get_named_type
from graphql.execution.values import get_argument_values

from frontend_api.graphql.enums import ComparabilityBand, LessonKind, LessonOrder, LessonScope
from frontend_api.graphql.selection import selected_fields, selects
from frontend_api.graphql.viewpoints import ViewpointInput, viewpoint
from lessons import selectors
from lessons.records import LessonCard, LessonDetail, PeriodProfile
from search import service
from search.service import LessonQuery, LessonResults, QueryError

CONNECTION = "frontend_api.graphql.connection.LessonConnection"
"""By its name: lessons have terms, and a term has lessons."""


Profiles = Mapping[str, tuple[PeriodProfile, ...]]


class PeriodFilter(graphene.InputObjectType):
    """Lessons of which the period overlaps these years."""

    class Meta:
        description = (
            "Lessons of which the period overlaps these years; lessons of unknown period "
            "do not match. Leave one out for a period without that end."
        )

    from_year = graphene.Int(description="First year, such as 2018.")
    to_year = graphene.Int(description="Last year, such as 2020.")


def _codes(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String), description=description)


class LessonFilter(graphene.InputObjectType):
    """Which lessons: for each field that is given, at least one of its values."""

    class Meta:
        description = (
            "Which lessons. Within a field the values are alternatives (OR); fields "
            "narrow each other down (AND). A code that was merged into another stands for "
            "that other; an unknown one is an error that lists those accepted. An empty "
            "list does not filter."
        )

    ontwikkelpunt = _codes("Codes of ontwikkelpunten.")
    phase = _codes("Codes of phases.")
    partner = _codes("Codes of partners, whatever their role.")
    family_form = _codes("Codes of family forms; a broader one includes its narrower ones.")
    situation = _codes("Codes of situations.")
    audience = _codes("Codes of audiences.")
    evidence_level = _codes("Codes of evidence levels.")
    kind = graphene.List(graphene.NonNull(LessonKind), description="Kinds of lesson.")
    scope = graphene.List(graphene.NonNull(LessonScope), description="Sizes of area.")
    jeugdregio = _codes("Codes of jeugdregio's, such as 'JZ01'.")
    gemeente = _codes("CBS codes of gemeenten, such as 'GM0014'.")
    pilot = _codes("Slugs of pilots.")
    period = graphene.Field(PeriodFilter, description="When it happened.")
    comparability = graphene.List(
        graphene.NonNull(ComparabilityBand),
        description="How alike its place is to the `viewpoint`, which must be given.",
    )


class LessonNode:
    """A lesson of which the card is known; its details are read when first asked for."""

    def __init__(
        self,
        card: LessonCard,
        read_detail: Callable[[], LessonDetail],
        read_profiles: Callable[[], Profiles] | None = None,
    ) -> None:
        self.card = card
        self._read_detail = read_detail
        self._read_profiles = read_profiles or (lambda: selectors.period_profiles([card]))

    @cached_property
    def detail(self) -> LessonDetail:
        """All that is public of the lesson."""
        return self._read_detail()

    @property
    def profiles(self) -> tuple[PeriodProfile, ...]:
        """The figures of its gemeenten in its period."""
        return self._read_profiles()[self.card.uuid]


class LessonList:
    """A page of results with one node for each hit."""

    def __init__(self, results: LessonResults) -> None:
        self.results = results
        self.nodes = [self._node(hit.card) for hit in results.hits]

    def _node(self, card: LessonCard) -> LessonNode:
        return LessonNode(card, lambda: self._detail(card.uuid), lambda: self._profiles)

    def _detail(self, uuid: str) -> LessonDetail:
        return detail_of(uuid, self._details)

    @cached_property
    def _profiles(self) -> Profiles:
        return selectors.period_profiles([hit.card for hit in self.results.hits])

    @cached_property
    def _details(self) -> Mapping[str, LessonDetail]:
        return selectors.lesson_details([hit.card.uuid for hit in self.results.hits])


def detail_of(uuid: str, details: Mapping[str, LessonDetail]) -> LessonDetail:
    """Return the details of a lesson of a list; raise ``QueryError`` when it is gone."""
    if uuid not in details:
        # Withdrawn between the search and this read.
        raise QueryError(
            "Deze les is zojuist offline gehaald. Stel de vraag opnieuw.",
            code="GONE",
            place="lessons",
        )
    return details[uuid]


def lesson_list(description: str, **own_filter: str) -> graphene.Field:
    """Return the field ``lessons``.

    ``own_filter`` maps a facet to the attribute of the parent that holds its code: the
    list then shows the parent's own lessons, and that facet cannot be filtered further.
    """

    def resolve(
        parent: Any, info: GraphQLResolveInfo, filter: Any = None, **arguments: Any
    ) -> LessonList:
        filters = filters_of(filter or {})
        for facet, attribute in own_filter.items():
            _add_own(filters, _own_facet(parent, facet), getattr(parent, attribute))
        query = _query(info, filters, filter or {}, arguments)
        return LessonList(service.search(query, counted=True))

    return graphene.Field(
        CONNECTION,
        required=True,
        description=description,
        resolver=resolve,
        args={
            "query": graphene.Argument(
                graphene.String,
                description=(
                    "Words to search for, at most "
                    f"{service.MAX_TEXT_LENGTH} characters. Leave out to list all."
                ),
            ),
            "filter": graphene.Argument(LessonFilter, description="Which lessons."),
            "viewpoint": graphene.Argument(
                ViewpointInput, description="From where is looked, to compare places."
            ),
            "order_by": graphene.Argument(
                LessonOrder, description="Order of the lessons; RELEVANCE when left out."
            ),
            "first": graphene.Argument(
                graphene.Int,
                description=(
                    f"How many lessons, 1 to {service.MAX_PAGE_SIZE}; "
                    f"{service.DEFAULT_PAGE_SIZE} when left out."
                ),
            ),
            "after": graphene.Argument(
                graphene.String,
                description="Cursor (`pageInfo.endCursor`) after which the page begins.",
            ),
        },
    )


def _own_facet(parent: Any, facet: str) -> str:
    """Return the facet; a term belongs to the facet of its vocabulary."""
    return str(parent.vocabulary) if facet == "vocabulary" else facet


def _add_own(filters: dict[str, tuple[str, ...]], facet: str, code: str) -> None:
    if facet in filters:
        raise QueryError(
            f"Deze lijst is al beperkt tot {facet} ‘{code}’; laat dat filter hier weg.",
            code="CONFLICTING_FILTER",
            place=f"filter.{facet}",
        )
    filters[facet] = (code,)


def filters_of(asked: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return facet → codes of a ``LessonFilter``; what is not a facet is left aside."""
    found = {}
    for facet in selectors.FACETS:
        values = asked.get(_field_name(facet))
        if values:
            found[facet] = tuple(getattr(value, "value", value) for value in values)
    return found


def _field_name(facet: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in facet)


def _query(
    info: GraphQLResolveInfo,
    filters: Mapping[str, tuple[str, ...]],
    asked: Mapping[str, Any],
    arguments: Mapping[str, Any],
) -> LessonQuery:
    period = asked.get("period") or {}
    given = {name: value for name, value in arguments.items() if value is not None}
    seen_from = viewpoint(given.get("viewpoint"))
    return LessonQuery(
        text=given.get("query", ""),
        filters=filters,
        period_from=period.get("from_year"),
        period_to=period.get("to_year"),
        order=service.LessonOrder(given["order_by"].value)
        if "order_by" in given
        else service.LessonOrder.RELEVANCE,
        first=given.get("first", service.DEFAULT_PAGE_SIZE),
        after=given.get("after"),
        facets=_facets(info),
        with_highlights=selects(info, "edges", "highlights"),
        viewpoint=seen_from,
        comparability=tuple(band.value for band in asked.get("comparability") or ()),
        counts_comparability=seen_from is not None and selects(info, "comparability"),
    )


def _facets(info: GraphQLResolveInfo) -> tuple[str, ...]:
    """Return the facets that the selections ``facets(only: …)`` ask for, together."""
    connection = get_named_type(info.return_type)
    definition = cast(GraphQLObjectType, connection).fields["facets"]
    asked: set[str] = set()
    for node in selected_fields(info, "facets"):
        arguments = get_argument_values(definition, node, info.variable_values)
        asked |= facet_codes(arguments.get("only"))
    return tuple(facet for facet in selectors.FACETS if facet in asked)


def facet_codes(only: list[Any] | None) -> frozenset[str]:
    """Return the facets that ``facets(only: …)`` shows: all when left out."""
    return frozenset(selectors.FACETS if only is None else (facet.value for facet in only))
