"""Webhooks: where events go, what waits to be sent, and what became of each attempt."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend_api.models.clients import PartnerClient, has_passed


class EventKind(models.TextChoices):
    """What can happen to a lesson, in the eyes of who follows all lessons or a feed."""

    PUBLISHED = "lesson.published", _("published, or new in the feed")
    CHANGED = "lesson.changed", _("changed")
    WITHDRAWN = "lesson.withdrawn", _("withdrawn")
    REPLACED = "lesson.replaced", _("replaced by another lesson")
    EXPIRED = "lesson.expired", _("expired")
    REMOVED = "lesson.removed", _("no longer public")
    LEFT_FEED = "lesson.left_feed", _("no longer under the feed")


def all_kinds() -> list[str]:
    """Return every kind: who leaves some out may show what is gone."""
    return list(EventKind.values)


class Payload(models.TextChoices):
    """How much an event tells."""

    THIN = "thin", _("Thin: which lesson, what happened and when")
    SHAPED = "shaped", _("The lesson, in the fields of the selection below")


class Webhook(models.Model):
    """An address of a partner that is told what happens to lessons.

    It follows the register of changes: ``position`` is how far it has been written into
    deliveries. What the partner's side or the sending does to it, ``EDITED_FIELDS`` leave
    alone.
    """

    client = models.ForeignKey(
        PartnerClient,
        on_delete=models.CASCADE,
        related_name="webhooks",
        verbose_name=_("API client"),
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("What it is for, such as “Search index of the site”."),
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Address of the receiver, such as https://www.example.nl/webhooks/lessons."),
    )
    feeds = models.JSONField(_("feeds"), default=list, blank=True)
    kinds = models.JSONField(_("events"), default=all_kinds)
    payload = models.CharField(
        _("contents"), max_length=10, choices=Payload.choices, default=Payload.THIN
    )
    selection = models.TextField(
        _("selection"),
        blank=True,
        max_length=4000,
        help_text=_(
            "Fields of the GraphQL type Lesson between braces, such as "
            "{ title core url licence { code url } }. Of a lesson that is gone, only that it is "
            "gone is sent."
        ),
    )
    notice_email = models.EmailField(
        _("e-mail address for notices"),
        blank=True,
        help_text=_(
            "Of a team, such as webteam@example.nl; no address of a person. It is told when the "
            "webhook is switched off."
        ),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Unchecked: nothing is sent, and nothing is lost.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveBigIntegerField(_("position"), default=0, editable=False)
    disabled_at = models.DateTimeField(null=True, editable=False)
    disabled_reason = models.CharField(max_length=300, blank=True, editable=False)
    is_notice_due = models.BooleanField(default=False, editable=False)
    last_success_at = models.DateTimeField(null=True, editable=False)
    failures_in_a_row = models.PositiveIntegerField(default=0, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    lease = models.CharField(max_length=32, blank=True, editable=False)

    EDITED_FIELDS = (
        *("client", "name", "url", "feeds", "kinds", "payload", "selection"),
        *("notice_email", "is_active"),
    )

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["client__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="one_webhook_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.client})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what an editor may change, never what the sending keeps meanwhile."""
        if self.pk is not None:
            kwargs.setdefault("update_fields", self.EDITED_FIELDS)
        super().save(*args, **kwargs)


class WebhookSecret(models.Model):
    """A secret with which events are signed, as far as it is kept: it is derived when needed.

    ``digest`` tells whether it is still derived the same; ``expires_on`` is the last day of
    one that was replaced.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="secrets")
    nonce = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"whsec_… {self.digest[:8]}"

    @property
    def is_usable(self) -> bool:
        """Whether events are signed with it."""
        return not has_passed(self.expires_on)


class DeliveryState(models.TextChoices):
    """What became of an event."""

    PENDING = "pending", _("waits")
    DELIVERED = "delivered", _("delivered")
    GIVEN_UP = "given_up", _("given up")
    PASSED_BY = "passed_by", _("overtaken: it no longer held")


class WebhookDelivery(models.Model):
    """An event for one webhook. It holds no words of the lesson."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(_("webhook-id"), max_length=40, unique=True)
    lesson = models.UUIDField(_("lesson"))
    feed = models.CharField(_("feed"), max_length=60, blank=True)
    kind = models.CharField(_("event"), max_length=20, choices=EventKind.choices)
    position = models.PositiveBigIntegerField(_("position"))
    happened_at = models.DateTimeField(_("happened at"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    tries = models.PositiveIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    first_tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-position", "-pk"]
        indexes = [
            models.Index(fields=["webhook", "state", "next_at"], name="webhook_due"),
            models.Index(fields=["webhook", "lesson", "state", "position"], name="webhook_turn"),
            models.Index(fields=["state", "done_at"], name="webhook_done"),
        ]

    def __str__(self) -> str:
        return self.message_id


class WebhookAttempt(models.Model):
    """One attempt to deliver an event, and what the receiver said."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or '–'}"
