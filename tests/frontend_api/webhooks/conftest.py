"""A partner with a webhook, a receiver on this machine, and things that happen to lessons."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from frontend_api.models import PartnerClient, Webhook, WebhookDelivery
from frontend_api.webhooks.signing import new_secret
from search.changes.recording import Positions
from search.models import LessonState
from tests.frontend_api.webhooks.receiver import Receiver, running_receiver

Happen = Callable[..., int]


@pytest.fixture
def partner(db: None) -> PartnerClient:
    return PartnerClient.objects.create(name="Kennisbank", organization="Voorbeeldbureau")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Return a receiver on this machine, to which may be sent."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with running_receiver() as running:
        yield running


@pytest.fixture
def secret_of() -> dict[int, str]:
    """Return the text of the secret of each webhook that was made here."""
    return {}


@pytest.fixture
def make_webhook(
    partner: PartnerClient, receiver: Receiver, secret_of: dict[int, str]
) -> Callable[..., Webhook]:
    """Return a maker of webhooks with a secret, which hear of what happens from now on."""

    def make(name: str = "Haak", **fields: Any) -> Webhook:
        values = {"url": receiver.url, "position": Positions().next() - 1, **fields}
        webhook = Webhook.objects.create(client=partner, name=name, **values)
        secret_of[webhook.pk] = new_secret(webhook)
        return webhook

    return make


@pytest.fixture
def webhook(make_webhook: Callable[..., Webhook]) -> Webhook:
    return make_webhook()


@pytest.fixture
def happen(db: None) -> Happen:
    """Return what lets something happen to a lesson, at the next position, which it returns.

    The lessons are known by the register only: nothing may be told of them but that they are
    gone.
    """

    def one_more(lesson: str, state: str = "removed") -> int:
        positions = Positions()
        position = positions.next()
        LessonState.objects.update_or_create(
            uuid=uuid.UUID(lesson),
            defaults={
                "lesson_pk": 1_000_000 + position,
                "position": position,
                "state": state,
                "changed_at": positions.now,
            },
        )
        positions.keep()
        return position

    return one_more


@pytest.fixture
def lessons() -> list[str]:
    """Return the identities of three lessons."""
    return [f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3)]


@pytest.fixture
def pass_time(db: None) -> Callable[..., None]:
    """Return what lets everything that waits be due, as if that much time had passed."""

    def passed(**time: float) -> None:
        gone = datetime.timedelta(**time)
        for delivery in WebhookDelivery.objects.all():
            delivery.next_at -= gone
            if delivery.first_tried_at is not None:
                delivery.first_tried_at -= gone
            delivery.save()
        for webhook in Webhook.objects.exclude(rests_until=None):
            Webhook.objects.filter(pk=webhook.pk).update(rests_until=webhook.rests_until - gone)

    return passed


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()
