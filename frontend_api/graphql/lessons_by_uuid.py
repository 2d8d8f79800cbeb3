"""Several lessons by their identity: for who got uuids from elsewhere, such as a webhook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.arguments import checked_uuid
from frontend_api.graphql.lesson_lists import LessonNode, Profiles, detail_of
from frontend_api.graphql.lessons import LessonAnswer
from lessons import selectors
from lessons.records import LessonDetail, Tombstone
from search import service
from search.service import QueryError

MAX_UUIDS = service.MAX_CHANGES


class LessonAnswers:
    """What the identities answer with; details are read for all of them at once."""

    def __init__(self, uuids: Sequence[str]) -> None:
        self._cards = selectors.lesson_cards(uuids) if uuids else {}
        gone = [uuid for uuid in uuids if uuid not in self._cards]
        self._tombstones = selectors.tombstones(gone) if gone else {}

    def answer(self, uuid: str) -> LessonNode | Tombstone | None:
        """Return the lesson, or why it is gone, or None."""
        card = self._cards.get(uuid)
        if card is None:
            return self._tombstones.get(uuid)
        return LessonNode(card, lambda: detail_of(uuid, self._details), lambda: self._profiles)

    @cached_property
    def _details(self) -> Mapping[str, LessonDetail]:
        return selectors.lesson_details(self._cards)

    @cached_property
    def _profiles(self) -> Profiles:
        return selectors.period_profiles(list(self._cards.values()))


def lessons_by_uuid_field() -> graphene.List:
    """Return the field ``lessonsByUuid``."""

    def resolve(
        _root: None, _info: GraphQLResolveInfo, uuids: list[str]
    ) -> list[LessonNode | Tombstone | None]:
        if len(uuids) > MAX_UUIDS:
            raise QueryError(
                f"Vraag hoogstens {MAX_UUIDS} lessen tegelijk, geen {len(uuids)}.",
                code="PAGE_SIZE",
                place="uuids",
            )
        asked = [checked_uuid(uuid) for uuid in uuids]
        answers = LessonAnswers(list(dict.fromkeys(asked)))
        return [answers.answer(uuid) for uuid in asked]

    return graphene.List(
        LessonAnswer,
        required=True,
        description=(
            "Lessons by their identities, in the order asked: each the lesson, or why it was "
            "withdrawn, or null when there is none."
        ),
        args={
            "uuids": graphene.Argument(
                graphene.List(graphene.NonNull(graphene.ID)),
                required=True,
                description=f"Stable identities of lessons, at most {MAX_UUIDS}.",
            )
        },
        resolver=resolve,
    )
