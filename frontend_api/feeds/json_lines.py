"""JSON Lines: an object on each line, the newest change first."""

from __future__ import annotations

import json
from typing import Any

from frontend_api.feeds.items import FeedPage, absolute_page, gone_values, lesson_values
from search.service import LessonChange

CONTENT_TYPE = "application/jsonl; charset=utf-8"


def written(page: FeedPage) -> bytes:
    """Return the page of the feed; ``type`` is ``lesson`` or ``tombstone``."""
    lines = (json.dumps(_object(change), ensure_ascii=False) for change in page.page.changes)
    return "".join(f"{line}\n" for line in lines).encode()


def _object(change: LessonChange) -> dict[str, Any]:
    card = change.card
    if card is None:
        return {"type": "tombstone", **gone_values(change)}
    return {
        "type": "lesson",
        "title": card.title,
        "core": card.core,
        "url": absolute_page(card.url),
        "first_published_at": card.first_published_at.isoformat(),
        "last_published_at": card.last_published_at.isoformat(),
        **lesson_values(card),
    }
