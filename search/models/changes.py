"""The register of changes: what the public sees of every lesson, in one order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.choices import PublicState


class Register(models.Model):
    """One row: which register this is, and the position that was given last.

    Whoever gives positions holds this row until the end of the transaction, so that
    positions become visible in their order. ``search.changes`` alone does so.
    """

    token = models.CharField(_("mark"), max_length=32)
    position = models.PositiveBigIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("register of changes")
        verbose_name_plural = _("registers of changes")

    def __str__(self) -> str:
        return f"{self.token}: {self.position}"


class LessonState(models.Model):
    """A lesson that was ever public, at the position of its newest change.

    It holds no words of the lesson: whoever reads the register asks the gate what may be
    told at that moment.
    """

    uuid = models.UUIDField(_("lesson"), unique=True)
    # Not a foreign key: that a lesson was deleted has to be told as well.
    lesson_pk = models.PositiveBigIntegerField(_("key of the lesson"), db_index=True)
    position = models.PositiveBigIntegerField(_("position"), unique=True)
    state = models.CharField(_("state"), max_length=20, choices=PublicState.choices)
    # So that whoever follows the positions can tell a new lesson from a changed one.
    public_since = models.PositiveBigIntegerField(_("public since position"), default=0)
    digest = models.CharField(_("fingerprint"), max_length=64, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("state of a lesson")
        verbose_name_plural = _("states of lessons")

    def __str__(self) -> str:
        return f"{self.position}: {self.uuid} ({self.state})"
