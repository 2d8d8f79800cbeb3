"""Feeds that partners make, without an editor."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from search.feeds.questions import stored_form
from search.feeds.reading import FeedRecord, feed_record
from search.models import Feed
from search.query import QueryError

MAX_MADE = 100
"""How many feeds one partner may have."""

_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed as a partner asks for it; without a slug it gets one from its title."""

    title: str
    description: str
    query: str
    slug: str = ""


class InvalidFeedError(ValueError):
    """A feed that cannot be made: what is wrong, each with a code and its place."""

    def __init__(self, *faults: QueryError) -> None:
        super().__init__(faults)
        self.faults = faults


def make_feed(asked: NewFeed, made_by: str) -> tuple[FeedRecord, bool]:
    """Return the feed, and whether it is new: who asks the same again gets the same feed.

    Its lessons are sought when the worker passes by. Raises ``InvalidFeedError``.
    """
    feed = Feed(
        title=asked.title,
        slug=asked.slug,
        description=asked.description,
        query=_stored(asked.query),
        made_by=made_by,
    )
    known = _same(feed)
    if known is not None:
        return _record(known), False
    if Feed.objects.filter(made_by=made_by).count() >= MAX_MADE:
        raise _fault(
            f"U heeft er al {MAX_MADE}; meer kan niet. Vraag de beheerder welke weg kunnen.",
            "TOO_MANY_FEEDS",
            "feed",
        )
    feed.slug = feed.slug or _free_slug(feed.title)
    try:
        feed.full_clean(validate_unique=False)
        with transaction.atomic():
            feed.save()
    except ValidationError as error:
        raise InvalidFeedError(*_faults(error)) from error
    except IntegrityError as error:
        message = "Deze naam is al in gebruik. Kies een andere."
        raise _fault(message, "SLUG_TAKEN", "slug") from error
    return _record(feed), True


def _stored(query: str) -> str:
    try:
        return stored_form(query)
    except QueryError as fault:
        place = fault.place if fault.place == "query" else f"query.{fault.place}"
        raise InvalidFeedError(
            QueryError(fault.message, code=fault.code, place=place, accepted=fault.accepted)
        ) from fault


def _same(feed: Feed) -> Feed | None:
    same = Feed.objects.filter(
        made_by=feed.made_by,
        title=feed.title,
        description=feed.description,
        query=feed.query,
        is_active=True,
    )
    return (same.filter(slug=feed.slug) if feed.slug else same).first()


def _record(feed: Feed) -> FeedRecord:
    found = feed_record(feed.slug)
    if found is None:
        raise _fault("Deze feed is zojuist verwijderd.", "GONE", "slug")
    return found


def _fault(message: str, code: str, place: str) -> InvalidFeedError:
    return InvalidFeedError(QueryError(message, code=code, place=place))


def _faults(error: ValidationError) -> list[QueryError]:
    return [
        QueryError(message, code="INVALID_VALUE", place=place)
        for place, messages in error.message_dict.items()
        for message in messages
    ]


def _free_slug(title: str) -> str:
    base = slugify(title).replace("_", "-")[: _SLUG_LENGTH - 5].strip("-") or "feed"
    taken = set(Feed.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
