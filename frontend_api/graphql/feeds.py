"""Feeds: selections that editors keep, with what is and was in them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.feeds.items import FORMS, feed_url
from frontend_api.graphql.changes import PAGE_ARGUMENTS, ChangeList, LessonChangePage
from frontend_api.graphql.record_type import RecordType
from search import service
from search.service import LEFT, FeedRecord


class FeedAddress(graphene.ObjectType):
    """An address of a feed."""

    class Meta:
        description = "An address at which a feed can be read as a file."

    form = graphene.String(
        required=True, description="'json' (JSON Feed 1.1), 'atom', 'csv' or 'jsonl'."
    )
    url = graphene.String(required=True, description="The address.")


class Feed(RecordType):
    """A feed."""

    class Meta:
        description = "A selection of lessons that editors keep, under an address that stays."

    slug = graphene.String(required=True, description="Name in its address; it never changes.")
    title = graphene.String(required=True, description="Name.")
    description = graphene.String(
        required=True, description="What somebody gets who follows it, in Dutch."
    )
    language_level = graphene.String(
        required=True, description="For which readers: 'B1', 'B2' or 'C1'."
    )
    changed_at = graphene.DateTime(
        required=True, description="Newest change of the feed, or of a lesson in it."
    )
    addresses = graphene.List(
        graphene.NonNull(FeedAddress), required=True, description="Where it can be read as a file."
    )
    changes = graphene.Field(
        LessonChangePage,
        required=True,
        description=(
            "What changed in the feed since a cursor: as the root field `changes`, with the "
            f"state {LEFT.upper()} for a lesson that is public but no longer in the feed."
        ),
        args=PAGE_ARGUMENTS,
    )

    @staticmethod
    def resolve_addresses(feed: FeedRecord, _info: GraphQLResolveInfo) -> list[FeedAddress]:
        """Return the address of each form."""
        return [FeedAddress(form=form, url=feed_url(feed.slug, form)) for form in FORMS]

    @staticmethod
    def resolve_changes(
        feed: FeedRecord,
        _info: GraphQLResolveInfo,
        since: str | None = None,
        first: int | None = None,
    ) -> ChangeList:
        """Return what changed in the feed."""
        size = service.DEFAULT_CHANGES if first is None else first
        return ChangeList(service.feed_changes(feed.slug, since, size))


def feed_field() -> graphene.Field:
    """Return the field ``feed``."""

    def resolve(_root: None, _info: GraphQLResolveInfo, slug: str) -> FeedRecord | None:
        found = service.feed(slug)
        return found if found is not None and found.is_active else None

    return graphene.Field(
        Feed,
        description="One feed; null when there is none, or when it has ended.",
        slug=graphene.Argument(graphene.String, required=True, description="Name in its address."),
        resolver=resolve,
    )


def feeds_field() -> Any:
    """Return the field ``feeds``."""

    def resolve(_root: None, _info: GraphQLResolveInfo) -> tuple[FeedRecord, ...]:
        return service.feeds()

    return graphene.List(
        graphene.NonNull(Feed),
        required=True,
        description="The feeds, by title. Ask for one of them to see its changes.",
        resolver=resolve,
    )
