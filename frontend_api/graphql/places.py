"""Gemeenten and jeugdregio's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.comparisons import (
    GemeenteComparison,
    JeugdregioComparison,
    comparison,
    condition,
)
from frontend_api.graphql.context import ReferenceTables
from frontend_api.graphql.lesson_lists import lesson_list
from frontend_api.graphql.record_type import RecordType, reference_value
from lessons import records, selectors

gemeente_value = reference_value(lambda tables, place: tables.gemeenten[place.code])
jeugdregio_value = reference_value(lambda tables, place: tables.jeugdregios[place.code])


class Figure(graphene.ObjectType):
    """A number about a gemeente."""

    class Meta:
        description = "A number about a gemeente."

    name = graphene.String(
        required=True,
        description="Column of the reference table, year included, such as 'inwoners_2025'.",
    )
    value = graphene.Float(required=True, description="The number.")


class FormerGemeente(RecordType):
    """A gemeente that ended."""

    class Meta:
        description = "A gemeente that ended since 2015, merged or renamed."

    code = graphene.String(required=True, description="CBS code that it had.")
    name = graphene.String(required=True, description="Name that it had.")
    ended_on = graphene.Date(required=True, description="First day on which it was no more.")
    successors = graphene.List(
        graphene.NonNull(lambda: Gemeente),
        required=True,
        description="Gemeenten of today that hold its area, the main one first.",
    )


class Gemeente(RecordType):
    """A gemeente."""

    class Meta:
        description = "A gemeente, under its CBS code."
        default_resolver = gemeente_value

    code = graphene.String(required=True, description="CBS code, such as 'GM0014'.")
    name = graphene.String(required=True, description="Official name.")
    uri = graphene.String(required=True, description="Permanent URI in Lessenbank.")
    tooi_uri = graphene.String(
        required=True, description="URI in TOOI, the government's own register."
    )
    provincie = graphene.String(required=True, description="Name of the provincie.")
    jeugdregio = graphene.Field(
        lambda: Jeugdregio, required=True, description="Jeugdregio that the gemeente is part of."
    )
    latitude = graphene.Float(required=True, description="Latitude of a point inside, WGS 84.")
    longitude = graphene.Float(required=True, description="Longitude of a point inside, WGS 84.")
    predecessors = graphene.List(
        graphene.NonNull(FormerGemeente),
        required=True,
        description="Former gemeenten, ended since 2015, of which it holds the area or a part.",
    )
    notice = graphene.String(
        description="That a former code was asked for and this is its successor, in Dutch; else "
        "null."
    )
    edition = graphene.Int(description="Year of the reference table that the figures are from.")
    figures = graphene.List(
        graphene.NonNull(Figure),
        required=True,
        description="Numbers of the newest edition; what the source does not have is absent.",
        names=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.String)),
            description="Only these columns; all when left out.",
        ),
    )
    comparable = comparison(
        GemeenteComparison,
        "Gemeenten that are like this one in context, with the reasons.",
        selectors.comparable_gemeenten,
        outside_jeugdregio=condition("Only gemeenten of other jeugdregio's."),
        same_provincie=condition("Only gemeenten of the same provincie."),
        same_size_class=condition("Only gemeenten of the same CBS size class."),
    )
    lessons = lesson_list(
        "Lessons learned in this gemeente. Not available inside a list.", gemeente="code"
    )

    @staticmethod
    def resolve_predecessors(place: Any, info: GraphQLResolveInfo) -> list[records.FormerGemeente]:
        """Return the former gemeenten by name."""
        tables: ReferenceTables = info.context.tables
        return tables.predecessors.get(place.code, [])

    @staticmethod
    def resolve_figures(
        place: Any, info: GraphQLResolveInfo, names: list[str] | None = None
    ) -> list[Figure]:
        """Return the figures that are known, in the order of the table."""
        return _figures(gemeente_value("figures", None, place, info), names)


class PeriodProfile(RecordType):
    """The figures of a gemeente in the period of a lesson."""

    class Meta:
        description = (
            "The figures of a gemeente in the edition of the reference table that is nearest to "
            "the period of a lesson."
        )

    gemeente = graphene.Field(Gemeente, required=True, description="The gemeente.")
    edition = graphene.Int(required=True, description="Year of the edition that was taken.")
    for_year = graphene.Int(
        description="Last year of the lesson's period; null when that is not known: then the "
        "newest edition is taken."
    )
    figures = graphene.List(
        graphene.NonNull(Figure),
        required=True,
        description="Numbers of that edition; each column names its own year.",
        names=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.String)),
            description="Only these columns; all when left out.",
        ),
    )

    @staticmethod
    def resolve_figures(
        profile: Any, _info: GraphQLResolveInfo, names: list[str] | None = None
    ) -> list[Figure]:
        """Return the figures that are known."""
        return _figures(profile.figures, names)


def _figures(figures: Mapping[str, float], names: list[str] | None) -> list[Figure]:
    return [
        Figure(name=name, value=value)
        for name, value in figures.items()
        if names is None or name in names
    ]


class Jeugdregio(RecordType):
    """A jeugdregio."""

    class Meta:
        description = "One of the regions in which gemeenten organise jeugdhulp together."
        default_resolver = jeugdregio_value

    code = graphene.String(required=True, description="Code, such as 'JZ01'.")
    name = graphene.String(required=True, description="Name.")
    uri = graphene.String(required=True, description="Permanent URI in Lessenbank.")
    gemeenten = graphene.List(
        graphene.NonNull(Gemeente), required=True, description="Its gemeenten by name."
    )
    comparable = comparison(
        JeugdregioComparison,
        "Jeugdregio's that are like this one in context, with the reasons.",
        selectors.comparable_jeugdregios,
        same_provincie=condition("Only jeugdregio's that share a provincie with it."),
    )
    lessons = lesson_list(
        "Lessons learned in this jeugdregio or one of its gemeenten. Not available inside a list.",
        jeugdregio="code",
    )
