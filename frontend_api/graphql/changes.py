"""Changes of lessons in the order in which they happened, deletions included."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql import enums
from frontend_api.graphql.lesson_lists import LessonNode, detail_of
from frontend_api.graphql.lessons import Lesson
from frontend_api.graphql.record_type import RecordType
from frontend_api.graphql.story import LessonReference
from lessons import selectors
from lessons.records import LessonDetail, LessonRef
from search import service
from search.service import ChangePage, LessonChange


class ChangeNode:
    """A change with its lesson, of which the details are read with those of the page."""

    def __init__(self, change: LessonChange, page: ChangeList) -> None:
        self.change = change
        self._page = page

    @property
    def lesson(self) -> LessonNode | None:
        """The lesson, while it is public."""
        card = self.change.card
        if card is None:
            return None
        return LessonNode(card, lambda: detail_of(card.uuid, self._page.details))


class ChangeList:
    """A page of changes."""

    def __init__(self, page: ChangePage) -> None:
        self.page = page
        self.nodes = [ChangeNode(change, self) for change in page.changes]

    @cached_property
    def details(self) -> dict[str, LessonDetail]:
        """The details of all lessons of the page that are public."""
        return selectors.lesson_details(
            change.uuid for change in self.page.changes if change.card is not None
        )


def _change_value(name: str, _default: Any, node: ChangeNode, _info: GraphQLResolveInfo) -> Any:
    return getattr(node.change, name)


def _tombstone_value(name: str, node: ChangeNode) -> Any:
    tombstone = node.change.tombstone
    return None if tombstone is None else getattr(tombstone, name) or None


class LessonChanged(RecordType):
    """A change."""

    class Meta:
        name = "LessonChange"
        description = (
            "The newest change of a lesson, with what is public of the lesson at this moment."
        )
        default_resolver = _change_value

    cursor = graphene.String(
        required=True, description="Give it as `since` to go on after this change."
    )
    uuid = graphene.ID(required=True, description="Stable identity of the lesson.")
    uri = graphene.String(required=True, description="Permanent URI of the lesson.")
    state = graphene.Field(
        enums.LessonState, required=True, description="What the public finds there now."
    )
    changed_at = graphene.DateTime(required=True, description="When the change was written down.")
    lesson = graphene.Field(Lesson, description="The lesson; null when there is none to show.")
    reason = graphene.Field(
        enums.WithdrawalReason, description="Why it is gone; null when nothing may be told."
    )
    reason_label = graphene.String(description="The reason, in Dutch.")
    explanation = graphene.String(description="The reason in the editors' words.")
    withdrawn_on = graphene.Date(description="First day on which it no longer held.")
    replaced_by = graphene.Field(
        LessonReference, description="The public lesson that takes its place."
    )

    @staticmethod
    def resolve_lesson(node: ChangeNode, _info: GraphQLResolveInfo) -> LessonNode | None:
        """Return the lesson while it is public."""
        return node.lesson

    @staticmethod
    def resolve_reason(node: ChangeNode, _info: GraphQLResolveInfo) -> str | None:
        """Return why it is gone."""
        return _tombstone_value("reason", node)

    @staticmethod
    def resolve_reason_label(node: ChangeNode, _info: GraphQLResolveInfo) -> str | None:
        """Return the reason in Dutch."""
        return _tombstone_value("reason_label", node)

    @staticmethod
    def resolve_explanation(node: ChangeNode, _info: GraphQLResolveInfo) -> str | None:
        """Return the reason in the editors' words."""
        return _tombstone_value("explanation", node)

    @staticmethod
    def resolve_withdrawn_on(node: ChangeNode, _info: GraphQLResolveInfo) -> Any:
        """Return the first day on which it no longer held."""
        return _tombstone_value("withdrawn_on", node)

    @staticmethod
    def resolve_replaced_by(node: ChangeNode, _info: GraphQLResolveInfo) -> LessonRef | None:
        """Return what takes its place."""
        return _tombstone_value("replacement", node)


class LessonChangePage(graphene.ObjectType):
    """A page of changes."""

    class Meta:
        description = (
            "Changes in the order in which they happened. Each lesson stands at its newest "
            "change only, so whoever applies the pages one by one has every lesson as it is."
        )

    nodes = graphene.List(
        graphene.NonNull(LessonChanged), required=True, description="The changes, the oldest first."
    )
    cursor = graphene.String(
        required=True,
        description="Give it as `since` in the next question, now or another day; never null.",
    )
    has_more = graphene.Boolean(required=True, description="Whether more follows at once.")

    @staticmethod
    def resolve_nodes(found: ChangeList, _info: GraphQLResolveInfo) -> list[ChangeNode]:
        """Return the changes."""
        return found.nodes

    @staticmethod
    def resolve_cursor(found: ChangeList, _info: GraphQLResolveInfo) -> str:
        """Return where to go on."""
        return found.page.cursor

    @staticmethod
    def resolve_has_more(found: ChangeList, _info: GraphQLResolveInfo) -> bool:
        """Tell whether more follows."""
        return found.page.has_more


PAGE_ARGUMENTS = {
    "since": graphene.Argument(
        graphene.String,
        description=(
            "Cursor of an earlier answer; everything from the beginning when left out. One "
            "that is no longer known is the error INVALID_CURSOR: then begin anew."
        ),
    ),
    "first": graphene.Argument(
        graphene.Int,
        description=(
            f"How many changes, 1 to {service.MAX_CHANGES}; {service.DEFAULT_CHANGES} when "
            "left out."
        ),
    ),
}


def changes_field() -> graphene.Field:
    """Return the field ``changes``."""

    def resolve(
        _root: None, _info: GraphQLResolveInfo, since: str | None = None, first: int | None = None
    ) -> ChangeList:
        return ChangeList(
            service.changes(since, service.DEFAULT_CHANGES if first is None else first)
        )

    return graphene.Field(
        LessonChangePage,
        required=True,
        description=(
            "What changed for the public since a cursor, deletions included: enough to keep a "
            "copy of all lessons that is right."
        ),
        args=PAGE_ARGUMENTS,
        resolver=resolve,
    )
