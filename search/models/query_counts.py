"""How often what was asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """How often a wording was asked on one day; see ``search.query_log`` for what is kept."""

    day = models.DateField(_("day"))
    fingerprint = models.CharField(_("fingerprint"), max_length=32)
    wording = models.CharField(_("wording"), max_length=100, blank=True)
    times = models.PositiveIntegerField(_("times asked"), default=0)
    times_without_result = models.PositiveIntegerField(_("times without result"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "fingerprint"], name="counted_once_a_day")
        ]
        indexes = [models.Index(fields=["fingerprint"], name="query_count_fingerprint")]
        verbose_name = _("count of a question")
        verbose_name_plural = _("counts of questions")

    def __str__(self) -> str:
        return f"{self.day}: {self.wording or self.fingerprint} ({self.times})"
