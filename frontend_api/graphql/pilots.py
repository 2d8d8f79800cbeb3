"""Pilots."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.lesson_lists import lesson_list
from frontend_api.graphql.places import Gemeente, Jeugdregio
from frontend_api.graphql.record_type import RecordType, reference_value
from frontend_api.graphql.rich_text import RichText, SafeMarkup
from frontend_api.graphql.terms import PartnerInRole, Term

pilot_value = reference_value(lambda tables, pilot: tables.pilots[pilot.slug])


class PilotPhase(RecordType):
    """A phase of a pilot."""

    class Meta:
        description = "A phase of a pilot with its dates."

    phase = graphene.Field(Term, required=True, description="The phase.")
    starts_on = graphene.Date(description="First day, where known.")
    ends_on = graphene.Date(description="Last day, where known.")
    note = graphene.String(description="What happened, or what is not known.")


class Pilot(RecordType):
    """A pilot."""

    class Meta:
        description = "A pilot of a jeugdregio."
        default_resolver = pilot_value

    slug = graphene.String(required=True, description="Its name in addresses and filters.")
    title = graphene.String(required=True, description="Name.")
    url = graphene.String(required=True, description="Address of its page.")
    summary = graphene.String(description="What it was about.")
    jeugdregio = graphene.Field(Jeugdregio, description="The jeugdregio that ran it.")
    gemeenten = graphene.List(
        graphene.NonNull(Gemeente), required=True, description="Gemeenten that took part."
    )
    ontwikkelpunten = graphene.List(
        graphene.NonNull(Term), required=True, description="Ontwikkelpunten that it aimed at."
    )
    phases = graphene.List(
        graphene.NonNull(PilotPhase), required=True, description="Its phases in order."
    )
    partners = graphene.List(
        graphene.NonNull(PartnerInRole), required=True, description="Who did what."
    )
    startfoto = graphene.Field(RichText, description="How things stood at the start.")
    plan = graphene.Field(RichText, description="Plan van aanpak.")
    sources = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Where the facts about the pilot come from.",
    )
    lessons = lesson_list(
        "Lessons learned in this pilot. Not available inside a list.", pilot="slug"
    )

    @staticmethod
    def resolve_startfoto(pilot: Any, info: GraphQLResolveInfo) -> SafeMarkup | None:
        """Return the words in both forms, or nothing when there are none."""
        return _markup(pilot_value("startfoto", None, pilot, info))

    @staticmethod
    def resolve_plan(pilot: Any, info: GraphQLResolveInfo) -> SafeMarkup | None:
        """Return the words in both forms, or nothing when there are none."""
        return _markup(pilot_value("plan", None, pilot, info))


def _markup(html: str | None) -> SafeMarkup | None:
    return SafeMarkup(html) if html else None
