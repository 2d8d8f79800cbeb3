"""Telling people that a webhook no longer gets everything: by e-mail, and on the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, Q
from wagtail.admin.ui.components import Component

from frontend_api.models import DeliveryState, Webhook

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.users.models import User

logger = structlog.get_logger(__name__)


def send_notices() -> int:
    """Write to the partners of webhooks that were switched off or missed an event.

    One that cannot be sent is not tried again: the dashboard says the same.
    """
    sent = 0
    for webhook in Webhook.objects.filter(is_notice_due=True).select_related("client"):
        sent += _sent(webhook)
        Webhook.objects.filter(pk=webhook.pk).update(is_notice_due=False)
    return sent


def _sent(webhook: Webhook) -> bool:
    if not webhook.notice_email:
        return False
    subject = f"Lessenbank: webhook ‘{webhook.name}’ vraagt aandacht"
    try:
        send_mail(
            " ".join(subject.split()), _text(webhook), settings.DEFAULT_FROM_EMAIL,
            [webhook.notice_email],
        )  # fmt: skip
    except OSError:
        # Also what smtplib raises.
        logger.exception("webhook_notice_not_sent", webhook=webhook.pk)
        return False
    return True


def _text(webhook: Webhook) -> str:
    if webhook.disabled_at is not None:
        happened = (
            "De webhook is uitgeschakeld. Er wordt niets meer gestuurd, maar er gaat niets "
            f"verloren: wat gebeurt, blijft wachten.\n\nReden: {webhook.disabled_reason}\n\n"
            "Is de ontvanger weer in orde? Vraag de beheerder van de Lessenbank om de webhook "
            "weer in te schakelen; die gaat verder waar hij gebleven was."
        )
    else:
        happened = (
            "Een gebeurtenis is in drie dagen niet aangenomen, terwijl andere dat wel werden. Er "
            "wordt niet meer geprobeerd om die ene te sturen. Vraag de beheerder om haar opnieuw "
            "te sturen, of haal de wijzigingen op met GraphQL."
        )
    return (
        f"Dit bericht gaat over de webhook ‘{webhook.name}’ van {webhook.client.name}, naar:\n"
        f"{webhook.url}\n\n{happened}\n\nDe Lessenbank\n{settings.BASE_URL}\n"
    )


class WebhooksPanel(Component):
    """Webhooks that were switched off, or that missed an event."""

    order = 70
    template_name = "frontend_api/webhooks/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the webhooks that need somebody; one query."""
        missed = Count("deliveries", filter=Q(deliveries__state=DeliveryState.GIVEN_UP))
        found = Webhook.objects.filter(is_active=True, client__is_active=True).annotate(
            missed=missed
        )
        troubled = found.filter(Q(disabled_at__isnull=False) | Q(missed__gt=0))
        return {"webhooks": list(troubled.select_related("client"))}


def may_see_webhooks(user: User | AnonymousUser) -> bool:
    """Return whether the user looks after webhooks."""
    return user.has_perm("frontend_api.view_webhook")
