"""Help on the way to a lesson: suggestions while somebody types, and lessons like another."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.arguments import checked_uuid
from frontend_api.graphql.enums import SuggestionKind
from frontend_api.graphql.lesson_lists import LessonList, LessonNode
from frontend_api.graphql.lessons import Lesson
from frontend_api.graphql.record_type import RecordType
from lessons import selectors
from lessons.records import LessonDetail
from search import service
from search.service import LessonHit, LessonResults, QueryError


class Suggestion(RecordType):
    """Something that may be meant."""

    class Meta:
        description = "Something that may be meant by what was typed so far."

    kind = graphene.Field(SuggestionKind, required=True, description="What it is.")
    code = graphene.String(
        required=True,
        description="Code, as `LessonFilter` takes it in the field of this kind; of a lesson "
        "its uuid.",
    )
    label = graphene.String(required=True, description="Name or title, in Dutch.")
    found_by = graphene.String(
        description="Another name by which it was found, such as a former one."
    )
    url = graphene.String(description="Address of the page, for a lesson.")


def suggestions_field() -> graphene.Field:
    """Return the field that completes what somebody types."""
    return graphene.List(
        graphene.NonNull(Suggestion),
        required=True,
        description=(
            "What may be meant by a text that somebody is still typing: terms, places and "
            "pilots first, then titles of lessons. Fewer than two letters give nothing."
        ),
        text=graphene.Argument(
            graphene.String, required=True, description="What was typed so far."
        ),
        first=graphene.Argument(
            graphene.Int,
            description=(
                f"How many, 1 to {service.MAX_SUGGESTIONS}; {service.DEFAULT_SUGGESTIONS} when "
                "left out."
            ),
        ),
        resolver=_suggestions,
    )


def _suggestions(
    _root: None, _info: GraphQLResolveInfo, text: str, first: int | None = None
) -> tuple[Any, ...]:
    return service.suggest(text, service.DEFAULT_SUGGESTIONS if first is None else first)


def related_lessons_field() -> graphene.Field:
    """Return the field with lessons that are like another."""
    return graphene.List(
        graphene.NonNull(Lesson),
        required=True,
        description=(
            "Lessons about the same as one lesson, the most alike first; none for an unknown "
            "lesson. Never one that another lesson replaces or contradicts."
        ),
        uuid=graphene.Argument(graphene.ID, required=True, description="The lesson."),
        first=graphene.Argument(
            graphene.Int,
            description=(
                f"How many, 1 to {service.MAX_RELATED}; {service.DEFAULT_RELATED} when left out."
            ),
        ),
        resolver=_related,
    )


def _related(
    _root: None, _info: GraphQLResolveInfo, uuid: str, first: int | None = None
) -> list[LessonNode]:
    number = service.DEFAULT_RELATED if first is None else first
    if not 1 <= number <= service.MAX_RELATED:
        raise QueryError(
            f"Vraag 1 tot en met {service.MAX_RELATED} lessen, geen {number}.",
            code="PAGE_SIZE",
            place="first",
        )
    lesson = selectors.lesson(uuid=checked_uuid(uuid))
    if not isinstance(lesson, LessonDetail):
        return []
    hits = tuple(LessonHit(card, "") for card in service.related(lesson.card, number))
    return LessonList(LessonResults(hits, len(hits), False, None)).nodes
