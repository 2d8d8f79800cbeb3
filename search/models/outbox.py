"""What waits for the index."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A lesson that may differ from the index, written in the transaction that changed it.

    It says only which lesson; the indexer reads how the lesson is by then. So entries
    may repeat each other, and may be carried out twice, without harm. ``search.outbox``
    is the one place that writes and reads them.
    """

    # Not a foreign key: a deleted lesson has to leave the index too.
    lesson_pk = models.PositiveBigIntegerField(_("lesson"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    available_at = models.DateTimeField(_("available at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    recorded_at = models.DateTimeField(_("in the register since"), null=True, blank=True)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=models.Q(written_at__isnull=True),
                name="outbox_waiting",
            )
        ]
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")

    def __str__(self) -> str:
        return f"{self.lesson_pk} ({self.attempts})"
