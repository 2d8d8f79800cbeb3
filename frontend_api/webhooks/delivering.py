"""One pass of sending: every webhook at its own pace, and each event of a lesson in its turn.

The thread that calls does all that asks the database; threads of a pool only send, each to one
receiver, so that a slow one holds up nobody. What is about to be sent was made seconds ago, and
its outcome is written down as soon as it is there: a kill in between sends the same event once
more, under the same id.

An event that fails holds back those of the same lesson only. A receiver may stumble over one
lesson, and the others need not wait for days; of one lesson, an old event after a newer one
would put back what was already taken away.
"""

from __future__ import annotations

import datetime
import queue
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from standardwebhooks import Webhook as Signer

from frontend_api.models import DeliveryState, Webhook, WebhookDelivery
from frontend_api.webhooks.messages import Message, messages
from frontend_api.webhooks.outcomes import REST_AFTER, Outcome, record, switch_off
from frontend_api.webhooks.sending import send
from frontend_api.webhooks.signing import LostSecretError, signed_headers, signers

logger = structlog.get_logger(__name__)

THREADS = 8
BATCH = 50
FRESH_SECONDS = 5.0
"""How old the text of an event may be when it is sent; what is left is made anew."""
PASS_SECONDS = 20.0
"""After this a pass begins nothing new."""
LEASE = datetime.timedelta(seconds=60)
"""Longer than the making of a batch, its freshness, and the longest request together."""
_FAILURES_OF_A_BATCH = 3


@dataclass
class Tally:
    """What one pass did."""

    accepted: int = 0
    failed: int = 0
    passed_by: int = 0


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a thread sends to one receiver."""

    webhook_pk: int
    url: str
    signing: Sequence[Signer]
    messages: Sequence[Message]
    until: float
    most_failures: int


@dataclass(frozen=True, slots=True)
class _Finished:
    webhook_pk: int


_Reports = queue.SimpleQueue[Outcome | _Finished]


def deliver(seconds: float = PASS_SECONDS) -> Tally:
    """Send what is due, to all webhooks; return what became of it."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="webhook") as pool:
        return _Pass(pool, time.monotonic() + seconds).run()


@dataclass
class _Pass:
    """The course of one pass."""

    pool: ThreadPoolExecutor
    until: float
    lease: str = field(default_factory=lambda: uuid.uuid4().hex)
    tally: Tally = field(default_factory=Tally)
    reports: _Reports = field(default_factory=queue.SimpleQueue)
    running: set[int] = field(default_factory=set)
    exhausted: set[int] = field(default_factory=set)

    def run(self) -> Tally:
        """Keep every thread at work until nothing is due or the time is over."""
        try:
            self._begin_all()
            while self.running:
                self._take_reports()
                self._begin_all()
        finally:
            Webhook.objects.filter(lease=self.lease).update(lease="", leased_until=None)
        return self.tally

    def _begin_all(self) -> None:
        if time.monotonic() >= self.until or len(self.running) >= THREADS:
            return
        for pk in _due_webhooks(without=self.running | self.exhausted)[
            : THREADS - len(self.running)
        ]:
            if not self._begin(pk):
                self.exhausted.add(pk)

    def _begin(self, pk: int) -> bool:
        """Send the next events of a webhook; False when none is due, or another worker has it."""
        if not self._claim(pk):
            return False
        webhook = Webhook.objects.prefetch_related("secrets").get(pk=pk)
        secrets = webhook.secrets.all()
        if not secrets:
            # Somebody is still to make the first one.
            return False
        try:
            signing = signers(secrets)
        except LostSecretError:
            switch_off(webhook, gettext("There is no secret to sign with. Make a new one."))
            return False
        made = self._made(webhook)
        if not made:
            return False
        is_failing = webhook.failures_in_a_row >= REST_AFTER
        batch = _Batch(
            pk,
            webhook.url,
            signing,
            made,
            time.monotonic() + FRESH_SECONDS,
            1 if is_failing else _FAILURES_OF_A_BATCH,
        )
        self.running.add(pk)
        self.pool.submit(_send_batch, batch, self.reports)
        return True

    def _claim(self, pk: int) -> bool:
        """Take the lease of a webhook, or take it for longer."""
        now = timezone.now()
        is_free = Q(leased_until__isnull=True) | Q(leased_until__lt=now) | Q(lease=self.lease)
        taken = Webhook.objects.filter(is_free, pk=pk)
        return bool(taken.update(lease=self.lease, leased_until=now + LEASE))

    def _made(self, webhook: Webhook) -> list[Message]:
        """Return the next messages; those that no longer hold are put away."""
        while due := list(_due(webhook)[:BATCH]):
            made = messages(webhook, due)
            kept = {message.delivery_pk for message in made}
            passed = [delivery.pk for delivery in due if delivery.pk not in kept]
            if passed:
                self.tally.passed_by += len(passed)
                WebhookDelivery.objects.filter(pk__in=passed).update(
                    state=DeliveryState.PASSED_BY, done_at=timezone.now()
                )
            if made:
                return made
        return []

    def _take_reports(self) -> None:
        """Wait for something to be reported, and write down all that was."""
        taken = [self.reports.get()]
        while not self.reports.empty():
            taken.append(self.reports.get())
        outcomes = [report for report in taken if isinstance(report, Outcome)]
        if outcomes:
            record(outcomes)
        accepted = sum(outcome.answer.is_accepted for outcome in outcomes)
        self.tally.accepted += accepted
        self.tally.failed += len(outcomes) - accepted
        self.running -= {report.webhook_pk for report in taken if isinstance(report, _Finished)}


def _ready() -> QuerySet[Webhook]:
    now = timezone.now()
    return Webhook.objects.filter(
        Q(rests_until__isnull=True) | Q(rests_until__lte=now),
        is_active=True,
        client__is_active=True,
        disabled_at__isnull=True,
    )


def _due_webhooks(without: set[int]) -> list[int]:
    """Return the webhooks for which something is due, the longest untouched first."""
    waiting = WebhookDelivery.objects.filter(
        webhook=OuterRef("pk"), state=DeliveryState.PENDING, next_at__lte=timezone.now()
    )
    found = _ready().filter(Exists(waiting)).exclude(pk__in=without)
    return list(found.order_by("leased_until", "pk").values_list("pk", flat=True))


def _due(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """Return what may be sent: of each lesson the first event that waits, once it is due."""
    earlier = WebhookDelivery.objects.filter(
        webhook=webhook,
        lesson=OuterRef("lesson"),
        state=DeliveryState.PENDING,
        position__lt=OuterRef("position"),
    )
    return WebhookDelivery.objects.filter(
        ~Exists(earlier),
        webhook=webhook,
        state=DeliveryState.PENDING,
        next_at__lte=timezone.now(),
    ).order_by("position")


def _send_batch(batch: _Batch, reports: _Reports) -> None:
    """Send one after the other, until the texts are too old or the receiver seems to be away."""
    failures = 0
    try:
        for message in batch.messages:
            if time.monotonic() >= batch.until or failures >= batch.most_failures:
                break
            now = timezone.now()
            headers = signed_headers(batch.signing, message.message_id, now, message.body)
            answer = send(batch.url, headers, message.body.encode())
            failures = 0 if answer.is_accepted else failures + 1
            reports.put(Outcome(batch.webhook_pk, message.delivery_pk, message.kind, now, answer))
            if answer.status == 410:
                break
    except Exception:
        logger.exception("webhook_batch_failed", webhook=batch.webhook_pk)
    finally:
        reports.put(_Finished(batch.webhook_pk))
