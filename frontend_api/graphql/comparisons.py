"""Places that are alike: from GraphQL arguments to a comparison, and its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.enums import ComparisonTheme, ComparisonTrait
from frontend_api.graphql.record_type import RecordType
from lessons import records, selectors
from search.service import QueryError

PLACES = "frontend_api.graphql.places"
"""Types of places are named: a gemeente has comparable gemeenten."""


class ThemeWeight(graphene.InputObjectType):
    """How heavily one theme counts."""

    class Meta:
        description = "How heavily one theme of a comparison counts."

    theme = ComparisonTheme(required=True, description="The theme.")
    weight = graphene.Int(
        required=True,
        description="0 leaves the theme out, 2 is usual, 4 counts double. Themes left out have 2.",
    )


class ComparisonReason(RecordType):
    """How two places stand to each other on one trait."""

    class Meta:
        description = "How two places stand to each other on one trait, with both figures."

    trait = ComparisonTrait(required=True, description="The trait.")
    theme = ComparisonTheme(required=True, description="The theme that it is part of.")
    label = graphene.String(required=True, description="Name of the trait, in Dutch.")
    text = graphene.String(
        required=True,
        description=(
            "What the other place is like, seen from one's own, in Dutch; one's own figure "
            "comes first. It says so when a figure is not known."
        ),
    )
    own = graphene.Float(
        description="Figure of one's own place as in the reference table; null when not known."
    )
    other = graphene.Float(description="Figure of the other place; null when not known.")
    year = graphene.Int(description="Year of both figures; null when nobody has one.")
    source = graphene.String(required=True, description="Source of both figures, to be named.")


class YouthCareFigure(RecordType):
    """Use of youth care, or spending on it."""

    class Meta:
        description = (
            "Use of youth care, or spending on it. It stands beside a comparison, is never part "
            "of it, and does not say who does better."
        )

    code = graphene.String(required=True, description="'use' or 'spending'.")
    label = graphene.String(required=True, description="What it is, in Dutch.")
    value = graphene.Float(description="The figure: a percentage, or euros; null when not known.")
    text = graphene.String(
        required=True, description="The figure as people write it, or that it is not known."
    )
    year = graphene.Int(description="Year of the figure.")
    source = graphene.String(required=True, description="Source of the figure, to be named.")
    note = graphene.String(
        required=True, description="What the figure counts and leaves out, in Dutch."
    )


def _youth_care(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(YouthCareFigure), required=True, description=description)


class ComparableGemeente(RecordType):
    """A gemeente that is like another."""

    class Meta:
        description = "A gemeente that is like another in context."

    gemeente = graphene.Field(f"{PLACES}.Gemeente", required=True, description="The gemeente.")
    similarity = graphene.Float(
        required=True,
        description="1 is alike on every trait, 0 as different as the two that differ most.",
    )
    reasons = graphene.List(
        graphene.NonNull(ComparisonReason),
        required=True,
        description="Every trait that counts, the most alike first.",
    )
    youth_care = _youth_care("Its use of youth care and spending; never compared on.")

    @staticmethod
    def resolve_gemeente(comparable: Any, _info: GraphQLResolveInfo) -> records.PlaceRef:
        """Return the place; the rest of it is read from the request's tables."""
        place: records.PlaceRef = comparable.place
        return place


class ComparableJeugdregio(RecordType):
    """A jeugdregio that is like another."""

    class Meta:
        description = "A jeugdregio that is like another in context."

    jeugdregio = graphene.Field(
        f"{PLACES}.Jeugdregio", required=True, description="The jeugdregio."
    )
    similarity = graphene.Float(
        required=True,
        description="1 is alike on every trait, 0 as different as the two that differ most.",
    )
    reasons = graphene.List(
        graphene.NonNull(ComparisonReason),
        required=True,
        description="Every trait that counts, the most alike first.",
    )
    youth_care = _youth_care("Its use of youth care and spending; never compared on.")

    @staticmethod
    def resolve_jeugdregio(comparable: Any, _info: GraphQLResolveInfo) -> records.PlaceRef:
        """Return the place; the rest of it is read from the request's tables."""
        place: records.PlaceRef = comparable.place
        return place


class _Comparison(RecordType):
    """What every comparison tells beside its places."""

    class Meta:
        abstract = True

    notice = graphene.String(
        description="What to know before trusting the list, in Dutch: that nothing is near, or "
        "that figures are missing. Null when there is nothing to say."
    )
    is_isolated = graphene.Boolean(
        required=True,
        description="Whether even the nearest five are at least twice as far as is typical.",
    )
    nearest_similarity = graphene.Float(
        description="Mean similarity of the nearest five of the whole list; null when it is empty."
    )
    typical_similarity = graphene.Float(
        required=True,
        description="The median of `nearestSimilarity` over all places, without any condition.",
    )
    youth_care = _youth_care("Of the place itself: use of youth care and spending.")


class GemeenteComparison(_Comparison):
    """Gemeenten that are like one."""

    class Meta:
        description = (
            "Gemeenten that are like one in context. It does not say which one does better."
        )

    nodes = graphene.List(
        graphene.NonNull(ComparableGemeente), required=True, description="The nearest first."
    )


class JeugdregioComparison(_Comparison):
    """Jeugdregio's that are like one."""

    class Meta:
        description = (
            "Jeugdregio's that are like one in context, each taken as its gemeenten together. "
            "It does not say which one does better."
        )

    nodes = graphene.List(
        graphene.NonNull(ComparableJeugdregio), required=True, description="The nearest first."
    )


def condition(description: str) -> graphene.Argument:
    """Return an argument that narrows a list down when it is true."""
    return graphene.Argument(graphene.Boolean, description=f"{description} False when left out.")


def comparison(
    of_type: Any,
    description: str,
    compare: Callable[..., records.Comparison],
    **conditions: graphene.Argument,
) -> graphene.Field:
    """Return the field ``comparable``, answered by ``compare`` for the parent's code."""

    def resolve(
        parent: Any, _info: GraphQLResolveInfo, weights: Any = None, **arguments: Any
    ) -> records.Comparison:
        given = {name: value for name, value in arguments.items() if value is not None}
        off = [trait.value for trait in given.pop("without", ())]
        return compare(parent.code, weights=theme_weights(weights or ()), off=off, **given)

    return graphene.Field(
        of_type,
        required=True,
        description=f"{description} Not available inside a list.",
        resolver=resolve,
        args={
            "first": graphene.Argument(
                graphene.Int,
                description=f"How many, 1 to {selectors.MAX_COMPARABLE}; 10 when left out.",
            ),
            "weights": graphene.Argument(
                graphene.List(graphene.NonNull(ThemeWeight)),
                description="How heavily themes count; all alike when left out.",
            ),
            "without": graphene.Argument(
                graphene.List(graphene.NonNull(ComparisonTrait)),
                description="Traits that do not count.",
            ),
            **conditions,
        },
    )


def theme_weights(asked: Any) -> dict[str, int]:
    """Return theme → step; raise ``QueryError`` for a theme that is named twice."""
    times = Counter(entry["theme"].value for entry in asked)
    for theme, number in times.items():
        if number > 1:
            raise QueryError(
                f"Thema ‘{theme}’ heeft hier meer dan één gewicht; geef er één.",
                code="REPEATED_THEME",
                place=f"weights.{theme}",
            )
    return {entry["theme"].value: entry["weight"] for entry in asked}
