"""How long it is kept what was delivered."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from frontend_api.models import DeliveryState, WebhookDelivery

_AT_ONCE = 1_000


def forget_old() -> int:
    """Delete deliveries that are done, with their attempts, after the days that are set."""
    before = timezone.now() - datetime.timedelta(days=settings.WEBHOOK_LOG_DAYS)
    old = WebhookDelivery.objects.filter(done_at__lt=before).exclude(state=DeliveryState.PENDING)
    deleted = 0
    while pks := list(old.order_by("done_at").values_list("pk", flat=True)[:_AT_ONCE]):
        WebhookDelivery.objects.filter(pk__in=pks).delete()
        deleted += len(pks)
    return deleted
