"""What a delivery says, made at the moment of sending and never kept.

An event tells how its lesson is now. One that was planned as a change and has waited while
the lesson was withdrawn says that it was withdrawn, and nothing of the text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from frontend_api.feeds.items import gone_values
from frontend_api.models import EventKind, Payload, Webhook, WebhookDelivery
from frontend_api.webhooks.events import STILL_THERE, kind_now
from frontend_api.webhooks.shaping import Shape, shapes
from search import service
from search.service import LessonChange, LessonEvent

TEST_TYPE = "lessenbank.test"


@dataclass(frozen=True, slots=True)
class Message:
    """The text of a delivery."""

    delivery_pk: int
    message_id: str
    kind: EventKind
    body: str


def messages(webhook: Webhook, deliveries: Sequence[WebhookDelivery]) -> list[Message]:
    """Return what to send for these deliveries, of at most 100; a fixed number of queries.

    One of which the kind is by now none that the webhook asks for is left out.
    """
    events = [_event(delivery) for delivery in deliveries]
    made = []
    for delivery, (kind, data) in zip(
        deliveries, _contents(webhook, events, deliveries), strict=True
    ):
        if kind in webhook.kinds:
            body = _body(kind.value, delivery.happened_at.isoformat(), data)
            made.append(Message(delivery.pk, delivery.message_id, kind, body))
    return made


def trial_body(webhook: Webhook) -> str:
    """Return an event that says that it is a test, with a real lesson as an example of one."""
    events = service.events_after(0, 1, webhook.feeds or None)
    data: dict[str, Any] = {"test": True}
    for _kind, example in _contents(webhook, events, []):
        data["example"] = example
    return _body(TEST_TYPE, timezone.now().isoformat(), data)


def _contents(
    webhook: Webhook, events: Sequence[LessonEvent], planned: Sequence[WebhookDelivery]
) -> list[tuple[EventKind, dict[str, Any]]]:
    shaped: dict[str, Shape] = {}
    if webhook.payload == Payload.SHAPED:
        shaped = dict(shapes(webhook.selection, sorted({event.uuid for event in events})))
    # After the lessons were read: what went offline meanwhile is told as gone.
    seen = service.seen_now(events)
    kinds = [delivery.kind for delivery in planned] or [EventKind.CHANGED] * len(events)
    contents = []
    for event, change, kind in zip(events, seen, kinds, strict=True):
        now = kind_now(kind, change.state)
        data = _thin(event, change)
        if webhook.payload == Payload.SHAPED:
            data |= _shaped(now, change, shaped.get(event.uuid))
        contents.append((now, data))
    return contents


def _event(delivery: WebhookDelivery) -> LessonEvent:
    return LessonEvent(str(delivery.lesson), delivery.position, delivery.happened_at, delivery.feed)


def _thin(event: LessonEvent, change: LessonChange) -> dict[str, Any]:
    return {
        "uuid": event.uuid,
        "uri": change.uri,
        "state": change.state,
        "feed": event.feed or None,
        "position": event.position,
        "cursor": change.cursor,
    }


def _shaped(kind: EventKind, change: LessonChange, shape: Shape | None) -> dict[str, Any]:
    if kind not in STILL_THERE:
        return {"lesson": None, "tombstone": gone_values(change)}
    lesson = shape.lesson if shape else None
    told: dict[str, Any] = {"lesson": lesson, "tombstone": None}
    if shape is not None and shape.errors:
        told["errors"] = list(shape.errors)
    return told


def _body(kind: str, timestamp: str, data: dict[str, Any]) -> str:
    content = {"type": kind, "timestamp": timestamp, "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
