"""From positions in the register to deliveries that wait."""

from __future__ import annotations

import hashlib

import structlog
from django.db import transaction
from django.utils import timezone

from frontend_api.models import DeliveryState, Webhook, WebhookDelivery
from frontend_api.webhooks.events import kind_of
from search import service
from search.service import LessonEvent

logger = structlog.get_logger(__name__)

BATCH = 500


def plan() -> int:
    """Write down what happened since each webhook's position; return how many deliveries.

    Two queries when nothing happened; a fixed number for each batch of events otherwise.
    """
    top = service.register_position()
    waiting = Webhook.objects.filter(
        is_active=True, client__is_active=True, disabled_at__isnull=True, position__lt=top
    )
    planned = 0
    for webhook_pk in waiting.values_list("pk", flat=True):
        while (count := _plan_batch(webhook_pk, top)) is not None:
            planned += count
    if planned:
        logger.info("webhook_deliveries_planned", deliveries=planned)
    return planned


@transaction.atomic
def _plan_batch(webhook_pk: int, top: int) -> int | None:
    """Plan the next events of a webhook; None when it has had all up to ``top``.

    Its row is held meanwhile, so that two workers do not plan the same.
    """
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_pk).first()
    if webhook is None or webhook.position >= top:
        return None
    events = service.events_after(webhook.position, BATCH, webhook.feeds or None)
    deliveries = [
        delivery for event in events if (delivery := _delivery(webhook, event)) is not None
    ]
    # One that is there already is asked for again, by a replay.
    WebhookDelivery.objects.bulk_create(
        deliveries,
        update_conflicts=True,
        unique_fields=["message_id"],
        update_fields=["kind", "state", "tries", "next_at", "first_tried_at", "done_at"],
    )
    # Fewer than asked: what is not in them up to ``top`` was in other feeds.
    last = events[-1].position if events else 0
    position = last if len(events) == BATCH else max(top, last)
    Webhook.objects.filter(pk=webhook_pk).update(position=position)
    return len(deliveries)


def replay_after(webhook: Webhook, position: int) -> None:
    """Let a webhook begin again after a position: the newest event of each lesson since.

    What is sent again has the ``webhook-id`` that it had before.
    """
    Webhook.objects.filter(pk=webhook.pk).update(position=position)


def replay(delivery: WebhookDelivery) -> None:
    """Let one delivery be sent again, under the id that it had."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PENDING,
        tries=0,
        next_at=timezone.now(),
        first_tried_at=None,
        done_at=None,
    )


def _delivery(webhook: Webhook, event: LessonEvent) -> WebhookDelivery | None:
    kind = kind_of(event.state, is_new=event.is_new)
    if kind not in webhook.kinds:
        return None
    return WebhookDelivery(
        webhook=webhook,
        message_id=_message_id(webhook, event),
        lesson=event.uuid,
        feed=event.feed,
        kind=kind,
        position=event.position,
        happened_at=event.happened_at,
    )


def _message_id(webhook: Webhook, event: LessonEvent) -> str:
    """Return what stays the same for an event and a webhook.

    Time is a part of it, since a database that was put back gives positions anew.
    """
    moment = event.happened_at.isoformat()
    parts = (webhook.identity, event.uuid, event.feed, event.position, moment)
    return f"evt_{hashlib.sha256(repr(tuple(map(str, parts))).encode()).hexdigest()[:32]}"
