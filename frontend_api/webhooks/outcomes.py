"""What answers mean: done, tried again later, given up, or the webhook switched off.

A delivery is tried for three days, with longer and longer pauses, as Standard Webhooks
proposes. When those are over and nothing else got through either, the webhook is switched off:
what waits stays. When other events did get through, it is this one that the receiver cannot
take; it is given up, so that a single event does not keep all news from a partner.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from frontend_api.models import (
    DeliveryState,
    EventKind,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)
from frontend_api.webhooks.sending import Answer

logger = structlog.get_logger(__name__)

SCHEDULE: tuple[datetime.timedelta, ...] = (
    datetime.timedelta(seconds=5),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=5),
    datetime.timedelta(hours=10),
    datetime.timedelta(hours=14),
    datetime.timedelta(hours=20),
    datetime.timedelta(hours=24),
)
"""Pauses after the first, second … attempt: ten attempts in about three days."""

JITTER = 0.2
"""A pause is up to this part longer, so that what failed together does not return together."""

LONGEST_WAIT = datetime.timedelta(hours=24)
REST_AFTER = 5
"""After so many failures in a row a receiver is left alone for a while, whatever waits."""
_FIRST_REST = datetime.timedelta(seconds=10)
_LONGEST_REST = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt."""

    webhook_pk: int
    delivery_pk: int
    kind: EventKind
    at: datetime.datetime
    answer: Answer


@transaction.atomic
def record(outcomes: Sequence[Outcome]) -> None:
    """Write down what became of attempts; a fixed number of queries, and some for each failure."""
    WebhookAttempt.objects.bulk_create(
        WebhookAttempt(
            delivery_id=outcome.delivery_pk,
            at=outcome.at,
            kind=outcome.kind,
            milliseconds=outcome.answer.milliseconds,
            status=outcome.answer.status,
            fault=outcome.answer.fault,
            answer=outcome.answer.start,
        )
        for outcome in outcomes
    )
    tried = WebhookDelivery.objects.filter(pk__in=[outcome.delivery_pk for outcome in outcomes])
    tried.update(tries=F("tries") + 1, first_tried_at=Coalesce(F("first_tried_at"), outcomes[0].at))
    accepted = [outcome for outcome in outcomes if outcome.answer.is_accepted]
    if accepted:
        _note_accepted(accepted)
    for outcome in outcomes:
        if not outcome.answer.is_accepted:
            _note_failure(outcome)


def _note_accepted(accepted: Iterable[Outcome]) -> None:
    by_webhook: dict[int, list[int]] = {}
    for outcome in accepted:
        by_webhook.setdefault(outcome.webhook_pk, []).append(outcome.delivery_pk)
    now = timezone.now()
    done = [pk for pks in by_webhook.values() for pk in pks]
    WebhookDelivery.objects.filter(pk__in=done).update(state=DeliveryState.DELIVERED, done_at=now)
    Webhook.objects.filter(pk__in=by_webhook).update(
        last_success_at=now, failures_in_a_row=0, rests_until=None
    )


def _note_failure(outcome: Outcome) -> None:
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=outcome.delivery_pk)
    webhook, answer = delivery.webhook, outcome.answer
    _let_rest(webhook)
    if answer.status == 410:
        switch_off(webhook, gettext("The receiver says that it is gone for good (410)."))
    if delivery.tries <= len(SCHEDULE):
        delivery.next_at = timezone.now() + pause(delivery.tries, answer.wait)
        delivery.save(update_fields=["next_at"])
    elif _is_alone(delivery, webhook):
        _give_up(delivery)
    else:
        switch_off(
            webhook,
            gettext("Nothing was accepted for three days. The last fault: %(fault)s")
            % {"fault": answer.fault},
        )


def pause(tries: int, asked: float | None = None) -> datetime.timedelta:
    """Return how long to wait after so many attempts; the receiver may ask for longer."""
    planned = SCHEDULE[tries - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311 - no secret
    wished = min(datetime.timedelta(seconds=asked or 0), LONGEST_WAIT)
    return max(planned, wished)


def _let_rest(webhook: Webhook) -> None:
    webhook.failures_in_a_row += 1
    beyond = webhook.failures_in_a_row - REST_AFTER
    if beyond >= 0:
        webhook.rests_until = timezone.now() + min(
            _FIRST_REST * 2 ** min(beyond, 10), _LONGEST_REST
        )
    webhook.save(update_fields=["failures_in_a_row", "rests_until"])


def _is_alone(delivery: WebhookDelivery, webhook: Webhook) -> bool:
    """Return whether others got through since this one was first tried."""
    first, success = delivery.first_tried_at, webhook.last_success_at
    return first is not None and success is not None and success > first


def _give_up(delivery: WebhookDelivery) -> None:
    delivery.state = DeliveryState.GIVEN_UP
    delivery.done_at = timezone.now()
    delivery.save(update_fields=["state", "done_at"])
    Webhook.objects.filter(pk=delivery.webhook_id).update(is_notice_due=True)
    logger.warning("webhook_delivery_given_up", message_id=delivery.message_id)


def switch_off(webhook: Webhook, reason: str) -> None:
    """Stop sending to a webhook until somebody switches it on again; what waits stays."""
    webhook.disabled_at = timezone.now()
    webhook.disabled_reason = reason[:300]
    webhook.is_notice_due = True
    webhook.save(update_fields=["disabled_at", "disabled_reason", "is_notice_due"])
    logger.warning("webhook_switched_off", webhook=webhook.pk, reason=webhook.disabled_reason)


@transaction.atomic
def switch_on(webhook: Webhook) -> None:
    """Send again, from where it stopped; what waits gets all its attempts anew."""
    Webhook.objects.filter(pk=webhook.pk).update(
        disabled_at=None,
        disabled_reason="",
        is_notice_due=False,
        failures_in_a_row=0,
        rests_until=None,
    )
    webhook.deliveries.filter(state=DeliveryState.PENDING).update(
        tries=0, next_at=timezone.now(), first_tried_at=None
    )
