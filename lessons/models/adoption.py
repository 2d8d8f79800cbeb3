"""Adoptions: what a region decided to do with a lesson."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from lessons.choices import AdoptionDecision
from lessons.models.geography import Gemeente, Jeugdregio
from lessons.models.lesson import LessonPage


class Adoption(models.Model):
    """A region's decision on a lesson, with the reason and what came of it."""

    lesson = models.ForeignKey(
        LessonPage, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="adoptions"
    )
    jeugdregio = models.ForeignKey(
        Jeugdregio,
        verbose_name=_("jeugdregio"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    gemeente = models.ForeignKey(
        Gemeente,
        verbose_name=_("gemeente"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    decision = models.CharField(_("decision"), max_length=20, choices=AdoptionDecision.choices)
    reason = models.TextField(_("reason"), max_length=400)
    decided_on = models.DateField(_("decided on"))
    outcome = models.TextField(
        _("outcome"), max_length=400, blank=True, help_text=_("What came of it, when known.")
    )
    is_generated = models.BooleanField(
        _("example"), default=False, help_text=_("Made up to show how this works.")
    )

    panels = [
        FieldPanel("lesson"),
        FieldRowPanel([FieldPanel("jeugdregio"), FieldPanel("gemeente")]),
        FieldRowPanel([FieldPanel("decision"), FieldPanel("decided_on")]),
        FieldPanel("reason"),
        FieldPanel("outcome"),
    ]

    class Meta:
        ordering = ["-decided_on"]
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")

    def __str__(self) -> str:
        return f"{self.jeugdregio}: {self.get_decision_display()}"
