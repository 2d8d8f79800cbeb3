"""Looking at lessons from a place: the argument, and what each hit then says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene

from frontend_api.graphql.comparisons import ComparisonReason, ThemeWeight, theme_weights
from frontend_api.graphql.enums import ComparabilityBand, ComparisonTrait
from frontend_api.graphql.record_type import RecordType
from search.service import Viewpoint


class ViewpointInput(graphene.InputObjectType):
    """From where somebody looks."""

    class Meta:
        description = (
            "The place from which is looked. Lessons from places that are alike in context "
            "are lifted in relevance; nothing is left out for it."
        )

    place = graphene.String(
        required=True,
        description="CBS code of a gemeente, such as 'GM0917', or code of a jeugdregio.",
    )
    weights = graphene.List(
        graphene.NonNull(ThemeWeight),
        description="How heavily themes count; all alike when left out.",
    )
    without = graphene.List(
        graphene.NonNull(ComparisonTrait), description="Traits that do not count."
    )


class ComparedPlace(RecordType):
    """A gemeente or jeugdregio by its code."""

    class Meta:
        description = "A gemeente or jeugdregio."

    code = graphene.String(required=True, description="Its code, such as 'GM0917' or 'JZ20'.")
    name = graphene.String(required=True, description="Its name.")
    uri = graphene.String(required=True, description="Its permanent address.")


class LessonComparison(RecordType):
    """How the place of a lesson compares."""

    class Meta:
        description = (
            "How the place of a lesson compares to the viewpoint. It compares context, and "
            "does not say which place does better."
        )

    place = graphene.Field(
        ComparedPlace,
        required=True,
        description="Of several places of the lesson the one most alike.",
    )
    similarity = graphene.Float(
        required=True,
        description="1 is alike on every trait, 0 as different as the two that differ most.",
    )
    band = graphene.Field(ComparabilityBand, required=True, description="How alike, in bands.")
    label = graphene.String(required=True, description="The band, in Dutch.")
    reasons = graphene.List(
        graphene.NonNull(ComparisonReason),
        required=True,
        description=(
            "Every trait that counts, the most alike first; empty for the viewpoint itself, "
            "and for a jeugdregio seen from a gemeente."
        ),
    )
    note = graphene.String(
        description="What the comparison rests on, in Dutch, when it is not just two places."
    )


class ComparabilityCount(graphene.ObjectType):
    """The count of a band."""

    class Meta:
        description = "How many lessons are from places in a band."

    band = graphene.Field(ComparabilityBand, required=True, description="The band.")
    label = graphene.String(required=True, description="The band, in Dutch.")
    count = graphene.Int(required=True, description="Number of lessons.")


def viewpoint(given: Mapping[str, Any] | None) -> Viewpoint | None:
    """Return the viewpoint of an argument."""
    if given is None:
        return None
    return Viewpoint(
        place=given["place"],
        weights=theme_weights(given.get("weights") or ()),
        without=tuple(trait.value for trait in given.get("without") or ()),
    )
