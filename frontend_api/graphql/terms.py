"""Vocabularies and their terms."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.context import ReferenceTables
from frontend_api.graphql.enums import OrganisationKind, PartnerRole
from frontend_api.graphql.lesson_lists import lesson_list
from frontend_api.graphql.record_type import RecordType, reference_value
from lessons import records

term_value = reference_value(lambda tables, term: tables.term(term.vocabulary, term.code))


class Term(RecordType):
    """A concept of a vocabulary."""

    class Meta:
        description = (
            "A concept of a vocabulary, after SKOS. Code and URI never change; the label may."
        )
        default_resolver = term_value

    vocabulary = graphene.String(
        required=True, description="Code of the vocabulary, such as 'familyForm'."
    )
    code = graphene.String(required=True, description="Stable code within the vocabulary.")
    uri = graphene.String(required=True, description="Permanent URI.")
    label = graphene.String(required=True, description="Preferred label, in Dutch.")
    alternative_labels = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Other words for exactly the same thing; search knows them too.",
    )
    definition = graphene.String(description="What it means, in one or two sentences.")
    source = graphene.String(description="Address of the source of the definition.")
    order = graphene.Int(required=True, description="Place in the vocabulary.")
    broader = graphene.Field(lambda: Term, description="The wider term that includes this one.")
    replaced_by = graphene.Field(
        lambda: Term, description="The term that this one was merged into."
    )
    is_retired = graphene.Boolean(
        required=True,
        description="Whether the term can no longer be chosen; lessons that have it keep it.",
    )
    organisation_kind = graphene.Field(
        OrganisationKind, description="Of a partner: what sort of organisation it is."
    )
    website = graphene.String(description="Of a partner: its public website.")
    lessons = lesson_list(
        "Lessons with this term or a narrower one. Not available inside a list.",
        vocabulary="code",
    )

    @staticmethod
    def resolve_broader(term: Any, info: GraphQLResolveInfo) -> records.Term | None:
        """Look the wider term up in the same vocabulary."""
        return _neighbour(term, "broader_code", info)

    @staticmethod
    def resolve_replaced_by(term: Any, info: GraphQLResolveInfo) -> records.Term | None:
        """Look the term that stands for this one up in the same vocabulary."""
        return _neighbour(term, "replaced_by_code", info)


def _neighbour(term: Any, field: str, info: GraphQLResolveInfo) -> records.Term | None:
    code = term_value(field, None, term, info)
    if code is None:
        return None
    tables: ReferenceTables = info.context.tables
    return tables.term(term.vocabulary, code)


class Vocabulary(RecordType):
    """A list of terms that editors keep."""

    class Meta:
        description = "A list of terms that editors keep. Its code is a field of `LessonFilter`."

    code = graphene.String(required=True, description="Code, such as 'phase'.")
    label = graphene.String(required=True, description="Name, in Dutch.")
    terms = graphene.List(
        graphene.NonNull(Term),
        required=True,
        description="The terms in order, retired and merged ones included.",
    )


class PartnerInRole(RecordType):
    """A partner with what it did."""

    class Meta:
        description = "An organisation with what it did in a lesson or pilot."

    partner = graphene.Field(Term, required=True, description="The organisation.")
    role = graphene.Field(PartnerRole, required=True, description="What it did.")
    role_label = graphene.String(required=True, description="The role, in Dutch.")
