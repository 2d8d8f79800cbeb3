"""A lesson, and a withdrawn one."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql import enums
from frontend_api.graphql.lesson_lists import LessonNode
from frontend_api.graphql.pilots import Pilot
from frontend_api.graphql.places import Gemeente, Jeugdregio, PeriodProfile
from frontend_api.graphql.record_type import RecordType, declare_reader, shown
from frontend_api.graphql.story import (
    Adoption,
    ChangeNote,
    LessonReference,
    LessonRelation,
    Means,
    Recommendation,
    Source,
    StorySection,
)
from frontend_api.graphql.terms import PartnerInRole, Term
from lessons import records


def _many(of_type: Any, description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(of_type), required=True, description=description)


class Period(RecordType):
    """When it happened."""

    class Meta:
        description = "When it happened, in whole years."

    from_year = graphene.Int(description="First year.")
    to_year = graphene.Int(description="Last year; absent when it goes on or was one year.")
    is_unknown = graphene.Boolean(
        required=True, description="Whether the source does not tell when it happened."
    )
    note = graphene.String(description="What the years mean, or why they are not known.")


class Licence(graphene.ObjectType):
    """The terms of reuse."""

    class Meta:
        description = "Under what terms others may use the text."

    code = graphene.String(required=True, description="SPDX identifier, such as 'CC-BY-4.0'.")
    label = graphene.String(required=True, description="Name of the licence, in Dutch.")
    url = graphene.String(required=True, description="Address of the licence's text.")


class LessonAnswer(graphene.Interface):
    """What an address of a lesson answers with."""

    class Meta:
        description = (
            "What the identity of a lesson answers with: the lesson, or, once withdrawn, "
            "why it is gone. Ask `__typename` and use `... on Lesson`."
        )

    uuid = graphene.ID(required=True, description="Stable identity.")
    uri = graphene.String(required=True, description="Permanent URI.")

    @classmethod
    def resolve_type(cls, answer: Any, _info: GraphQLResolveInfo) -> type[graphene.ObjectType]:
        """Tell a lesson from a withdrawn one."""
        return Lesson if isinstance(answer, LessonNode) else WithdrawnLesson


class WithdrawnLesson(RecordType):
    """A withdrawn lesson."""

    class Meta:
        description = (
            "A lesson that was withdrawn, or whose time is over: why it is gone, and nothing "
            "of what it said."
        )
        interfaces = (LessonAnswer,)

    reason = graphene.Field(
        enums.WithdrawalReason, required=True, description="Why it was withdrawn."
    )
    reason_label = graphene.String(required=True, description="The reason, in Dutch.")
    explanation = graphene.String(description="The reason in the editors' words.")
    withdrawn_on = graphene.Date(required=True, description="First day on which it no longer held.")
    replacement = graphene.Field(
        LessonReference, description="The public lesson that takes its place."
    )


def _lesson_value(name: str, _default: Any, lesson: LessonNode, info: GraphQLResolveInfo) -> Any:
    """Read from the card that every list has; from the details for what it lacks."""
    return shown(getattr(lesson.card if _is_on_card(name) else lesson.detail, name), info)


def _is_on_card(name: str) -> bool:
    return name in records.LessonCard.__slots__


declare_reader(_lesson_value, lambda name: f"card.{name}" if _is_on_card(name) else None)


class Lesson(graphene.ObjectType):
    """A lesson."""

    class Meta:
        description = (
            "One thing learned, stated so that another can act on it. In a list, the "
            "fields from `story` on cost one extra read for the whole list."
        )
        interfaces = (LessonAnswer,)
        default_resolver = _lesson_value

    url = graphene.String(required=True, description="Address of its page; it may change.")
    slug = graphene.String(required=True, description="Last part of that address.")
    title = graphene.String(required=True, description="Says what to do.")
    core = graphene.String(
        required=True,
        description="The lesson in at most 280 characters, safe to show alone.",
    )
    kind = graphene.Field(
        enums.LessonKind, required=True, description="What sort of thing was learned."
    )
    kind_label = graphene.String(required=True, description="The kind, in Dutch.")
    scope = graphene.Field(
        enums.LessonScope, required=True, description="Size of the area where it was learned."
    )
    scope_label = graphene.String(required=True, description="The scope, in Dutch.")
    ontwikkelpunt = graphene.Field(
        Term, required=True, description="The ontwikkelpunt that it is mostly about."
    )
    other_ontwikkelpunten = _many(Term, "Other ontwikkelpunten that it touches.")
    phases = _many(Term, "Phases in which it is of use.")
    partners = _many(PartnerInRole, "Who did what.")
    family_forms = _many(Term, "Family forms (gezinsvormen) that it is about.")
    situations = _many(Term, "Situations of the child that it is about.")
    audiences = _many(Term, "Who can act on it.")
    jeugdregio = graphene.Field(
        Jeugdregio, description="Jeugdregio where it was learned; absent when national."
    )
    gemeenten = _many(Gemeente, "Gemeenten where it was learned.")
    profiles = _many(
        PeriodProfile, "Figures of those gemeenten in the edition nearest to the period."
    )
    pilot = graphene.Field(Pilot, description="Pilot in which it was learned.")
    evidence_level = graphene.Field(Term, required=True, description="How well it is supported.")
    own_figures = graphene.Boolean(
        required=True,
        description="Whether its figures were not checked by anyone but those who tell it.",
    )
    period = graphene.Field(Period, required=True, description="When it happened.")
    first_published_at = graphene.DateTime(required=True, description="First time online.")
    last_published_at = graphene.DateTime(required=True, description="Last change online.")
    last_reviewed = graphene.Date(
        required=True, description="Last day on which an editor checked that it still holds."
    )
    next_review = graphene.Date(required=True, description="Day by which it is checked again.")
    attribution = graphene.String(
        required=True, description="How to name the source when you reuse the text."
    )
    owner = graphene.String(required=True, description="The group of editors that keeps it.")

    licence = graphene.Field(
        Licence, required=True, description="Under what terms you may reuse the text."
    )
    story = graphene.List(
        graphene.NonNull(StorySection),
        required=True,
        description="The parts of the story that have words, in order.",
        parts=graphene.Argument(
            graphene.List(graphene.NonNull(enums.StoryPart)),
            description="Only these parts; all when left out.",
        ),
    )
    works_if = _many(graphene.String, "Conditions under which it works.")
    does_not_work_if = _many(graphene.String, "Conditions under which it does not work.")
    recommendations = _many(Recommendation, "What another region could do, in order.")
    means = _many(Means, "What it took: money, time, people; only what is known.")
    sources = _many(Source, "Where the facts come from.")
    relations = _many(LessonRelation, "How it stands to other public lessons.")
    adoptions = _many(Adoption, "What regions decided to do with it.")
    change_notes = _many(ChangeNote, "What changed, and when.")
    interpretation_note = graphene.String(
        description="What in the lesson is the editors' own reading of the facts."
    )
    contact_role = graphene.String(description="Whom to ask: a role, never a person.")

    @staticmethod
    def resolve_profiles(
        lesson: LessonNode, _info: GraphQLResolveInfo
    ) -> tuple[records.PeriodProfile, ...]:
        """Return the figures of its gemeenten; one read for a whole list."""
        return lesson.profiles

    @staticmethod
    def resolve_licence(lesson: LessonNode, _info: GraphQLResolveInfo) -> Licence:
        """Put code, name and address of the licence together."""
        detail = lesson.detail
        return Licence(code=lesson.card.licence, label=detail.licence_label, url=detail.licence_url)

    @staticmethod
    def resolve_story(
        lesson: LessonNode, _info: GraphQLResolveInfo, parts: list[Any] | None = None
    ) -> list[records.StorySection]:
        """Return the parts that were asked for, in the order of the story."""
        wanted = None if parts is None else {part.value for part in parts}
        return [
            section for section in lesson.detail.story if wanted is None or section.part in wanted
        ]
