"""Withdrawals: a lesson taken offline on purpose, whose address goes on answering."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.choices import WithdrawalReason
from lessons.models.lesson import LessonPage


class Withdrawal(models.Model):
    """One withdrawal. It is in force until ``reinstated_at`` is set, and kept for ever."""

    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="withdrawals")
    reason = models.CharField(_("reason"), max_length=20, choices=WithdrawalReason.choices)
    explanation = models.CharField(
        _("explanation"),
        max_length=300,
        blank=True,
        help_text=_("Shown to everyone at the address of the lesson; name nobody."),
    )
    replacement = models.ForeignKey(
        LessonPage,
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_lessons",
    )
    withdrawn_on = models.DateField(_("withdrawn on"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    reinstated_at = models.DateTimeField(_("reinstated at"), null=True, blank=True)

    class Meta:
        ordering = ["-withdrawn_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson"],
                condition=models.Q(reinstated_at__isnull=True),
                name="one_withdrawal_in_force",
            )
        ]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.lesson} ({self.withdrawn_on})"
