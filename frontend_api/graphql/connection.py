"""A page of a list of lessons."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.enums import LessonFacet
from frontend_api.graphql.lesson_lists import LessonList, LessonNode, facet_codes
from frontend_api.graphql.lessons import Lesson
from frontend_api.graphql.record_type import RecordType
from frontend_api.graphql.viewpoints import ComparabilityCount, ComparedPlace, LessonComparison
from frontend_api.portal.phrases import FACET_HEADINGS
from lessons.records import PlaceRef
from search.service import BANDS_FACET


def _many(of_type: Any, description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(of_type), required=True, description=description)


class PageInfo(RecordType):
    """Where a page of a list ends."""

    class Meta:
        description = "Where this page ends and whether more follows."

    has_next_page = graphene.Boolean(required=True, description="Whether more follows.")
    end_cursor = graphene.String(description="Cursor of the last lesson: give it as `after`.")


class Highlight(RecordType):
    """A fragment with the words that were found."""

    class Meta:
        description = "A fragment in which words of the query were found."

    field = graphene.String(
        required=True, description="Where it was found, such as 'title', 'core' or 'approach'."
    )
    html = graphene.String(
        required=True, description="Safe HTML; the words found stand in `<mark>`."
    )


class LessonEdge(RecordType):
    """A lesson in its place in a list."""

    class Meta:
        description = "A lesson in its place in the list."

    cursor = graphene.String(required=True, description="Its place: give it as `after`.")
    highlights = _many(Highlight, "Why it was found; empty without words to search for.")
    pinned = graphene.Boolean(
        required=True,
        description="Whether editors put it on top of the answer to this query.",
    )
    comparison = graphene.Field(
        LessonComparison,
        description=(
            "How its place compares to the viewpoint; null without a viewpoint, and for a "
            "lesson without a place that can be compared."
        ),
    )
    node = graphene.Field(Lesson, required=True, description="The lesson.")


class FacetTerm(RecordType):
    """A count."""

    class Meta:
        description = "How many lessons would be found with one more value."

    code = graphene.String(required=True, description="Code, as `LessonFilter` takes it.")
    label = graphene.String(required=True, description="Label, in Dutch.")
    count = graphene.Int(required=True, description="Number of lessons.")


class LessonFacetCounts(RecordType):
    """The counts of one facet."""

    class Meta:
        description = (
            "Counts of one facet under all filters but its own. Values without lessons are "
            "left out."
        )

    vocabulary = graphene.Field(LessonFacet, required=True, description="What is counted.")
    label = graphene.String(required=True, description="Name of the facet, in Dutch.")
    terms = _many(FacetTerm, "The counts, in the order of the vocabulary.")


class LessonConnection(graphene.ObjectType):
    """A page of a list of lessons."""

    class Meta:
        description = "A page of a list of lessons, with what belongs to the whole list."

    total_count = graphene.Int(required=True, description="Number of lessons on all pages.")
    page_info = graphene.Field(PageInfo, required=True, description="Where this page ends.")
    nodes = _many(Lesson, "The lessons of this page.")
    edges = _many(LessonEdge, "The same lessons, each with its cursor and highlights.")
    facets = graphene.List(
        graphene.NonNull(LessonFacetCounts),
        required=True,
        description="How many lessons each value would give.",
        only=graphene.Argument(
            graphene.List(graphene.NonNull(LessonFacet)),
            description="Only these facets; all when left out. Fewer is faster.",
        ),
    )
    comparability = _many(
        ComparabilityCount,
        "How many lessons are from places how much alike, whatever `filter.comparability` "
        "says; empty without a viewpoint.",
    )
    viewpoint = graphene.Field(
        ComparedPlace, description="The place from which is looked; null without one."
    )
    notices = _many(
        graphene.String, "What to know about the answer, in Dutch, such as words left out."
    )
    suggestion = graphene.String(description="A spelling that would find more.")

    @staticmethod
    def resolve_total_count(found: LessonList, _info: GraphQLResolveInfo) -> int:
        """Count all pages."""
        return found.results.total

    @staticmethod
    def resolve_page_info(found: LessonList, _info: GraphQLResolveInfo) -> PageInfo:
        """Tell where the page ends."""
        results = found.results
        return PageInfo(has_next_page=results.has_next_page, end_cursor=results.end_cursor)

    @staticmethod
    def resolve_nodes(found: LessonList, _info: GraphQLResolveInfo) -> list[LessonNode]:
        """Return the lessons of the page."""
        return found.nodes

    @staticmethod
    def resolve_edges(found: LessonList, _info: GraphQLResolveInfo) -> list[LessonEdge]:
        """Return the lessons with their place and highlights."""
        return [
            LessonEdge(
                cursor=hit.cursor,
                highlights=hit.highlights,
                pinned=hit.pinned,
                comparison=hit.comparison,
                node=node,
            )
            for hit, node in zip(found.results.hits, found.nodes, strict=True)
        ]

    @staticmethod
    def resolve_facets(
        found: LessonList, _info: GraphQLResolveInfo, only: list[Any] | None = None
    ) -> list[LessonFacetCounts]:
        """Return the facets of this selection among those that were counted."""
        shown = facet_codes(only)
        return [
            LessonFacetCounts(
                vocabulary=facet.name, label=FACET_HEADINGS[facet.name], terms=facet.terms
            )
            for facet in found.results.facets
            if facet.name in shown
        ]

    @staticmethod
    def resolve_comparability(
        found: LessonList, _info: GraphQLResolveInfo
    ) -> list[ComparabilityCount]:
        """Return the counts of the bands."""
        return [
            ComparabilityCount(band=term.code, label=term.label, count=term.count)
            for facet in found.results.facets
            if facet.name == BANDS_FACET
            for term in facet.terms
        ]

    @staticmethod
    def resolve_viewpoint(found: LessonList, _info: GraphQLResolveInfo) -> PlaceRef | None:
        """Return the place from which is looked."""
        return found.results.viewpoint

    @staticmethod
    def resolve_notices(found: LessonList, _info: GraphQLResolveInfo) -> tuple[str, ...]:
        """Return what search has to say about the answer."""
        return found.results.notices

    @staticmethod
    def resolve_suggestion(found: LessonList, _info: GraphQLResolveInfo) -> str | None:
        """Return a better spelling."""
        return found.results.suggestion
