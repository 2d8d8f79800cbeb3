"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1); what it lacks stands under ``_lessenbank``."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from frontend_api.feeds.items import (
    LANGUAGE,
    PUBLISHER,
    FeedPage,
    absolute,
    absolute_page,
    gone_values,
    lesson_values,
    tags_of,
)
from lessons.records import LessonCard

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def written(page: FeedPage) -> bytes:
    """Return the page of the feed."""
    feed = page.feed
    content = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": page.home_url,
        "feed_url": page.own_url,
        **({"next_url": page.next_url} if page.next_url else {}),
        "description": feed.description,
        "language": LANGUAGE,
        "authors": [{"name": PUBLISHER, "url": absolute("/")}],
        "items": [item(card) for card in page.lessons],
        "_lessenbank": {
            "about": absolute(reverse("frontend_api:feeds")),
            "language_level": feed.language_level or None,
            "changed_at": feed.changed_at.isoformat(),
            "tombstones": [gone_values(change) for change in page.gone],
        },
    }
    return json.dumps(content, ensure_ascii=False).encode()


def item(card: LessonCard) -> dict[str, Any]:
    """Return a lesson as an item."""
    return {
        "id": card.uri,
        "url": absolute_page(card.url),
        "title": card.title,
        "content_text": card.core,
        "date_published": card.first_published_at.isoformat(),
        "date_modified": card.last_published_at.isoformat(),
        "authors": [{"name": card.attribution}],
        "language": LANGUAGE,
        "tags": [tag.label for tag in tags_of(card)],
        "_lessenbank": lesson_values(card),
    }
