"""How much each client uses: by day and kind of request, and nothing about anybody.

No address, no question and no time of day is kept, and requests without a key are not counted.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.utils import timezone

from cms.waiting_counts import WaitingCounts
from frontend_api.clients.keys import KnownKey
from frontend_api.models import PartnerClient, PartnerKey, RequestCount

DAYS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it is counted."""

    client_pk: int
    key_pk: int
    day: datetime.date
    kind: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a client was answered with one kind: in all days shown, and today."""

    kind: str
    times: int
    today: int


def note(key: KnownKey, kind: str) -> None:
    """Count an answer that a client got."""
    _waiting.add(Answered(key.client_pk, key.pk, timezone.localdate(), kind))


def write() -> int:
    """Write what waits in this process; return how many answers that are."""
    return _waiting.write()


def forget_waiting() -> None:
    """Drop what waits in this process."""
    _waiting.take()


def usage_of(client: PartnerClient) -> list[Usage]:
    """Return what a client used in the last days, the most used kind first."""
    today = timezone.localdate()
    first_day = today - datetime.timedelta(days=DAYS_SHOWN - 1)
    rows = (
        client.counts.filter(day__gte=first_day)
        .values("kind")
        .annotate(total=Sum("times"), today=Sum("times", filter=Q(day=today)))
        .order_by("-total", "kind")
    )
    return [Usage(row["kind"], row["total"], row["today"] or 0) for row in rows]


def _store(taken: Mapping[Answered, int]) -> None:
    there = set(PartnerClient.objects.values_list("pk", flat=True))
    used: dict[int, datetime.date] = {}
    # In one order in every process, so that two do not wait for each other.
    for answered, times in sorted(
        taken.items(), key=lambda item: (item[0].client_pk, item[0].day, item[0].kind)
    ):
        if answered.client_pk not in there:
            continue
        count, _created = RequestCount.objects.get_or_create(
            client_id=answered.client_pk, day=answered.day, kind=answered.kind
        )
        RequestCount.objects.filter(pk=count.pk).update(times=F("times") + times)
        used[answered.key_pk] = max(answered.day, used.get(answered.key_pk, answered.day))
    for key_pk, day in sorted(used.items()):
        earlier = Q(last_used_on__isnull=True) | Q(last_used_on__lt=day)
        PartnerKey.objects.filter(earlier, pk=key_pk).update(last_used_on=day)


_waiting: WaitingCounts[Answered] = WaitingCounts("usage", _store, every="API_USAGE_EVERY")
