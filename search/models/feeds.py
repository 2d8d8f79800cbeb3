"""Feeds: named selections of lessons, and what is and was in them."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.choices import PublicState

LEFT = "left"
"""Why a lesson is no longer in a feed though it is public: it does not match any more."""


EDITED_FIELDS = ("title", "description", "language_level", "query", "is_active")


class LanguageLevel(models.TextChoices):
    """For which readers a feed is meant, by the European levels. Labels are Dutch."""

    PLAIN = "B1", "B1: eenvoudige taal"
    PROFESSIONAL = "B2", "B2: vaktaal met uitleg"
    EXPERT = "C1", "C1: vaktaal"


class Feed(models.Model):
    """A selection of lessons that others follow; every output has its own address.

    ``query`` is the text form of a ``LessonQuery`` (``search.parameters``). ``position``
    and ``changed_at`` are those of its newest change; ``evaluated`` tells with which
    question its members were last sought.
    """

    title = models.CharField(_("title"), max_length=100)
    slug = models.SlugField(
        _("name in the address"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+\Z", _("Use small letters, digits and hyphens."))],
        help_text=_("Others rely on the address, so this can never be changed."),
    )
    description = models.CharField(
        _("description"),
        max_length=300,
        help_text=_("What somebody gets who follows this feed."),
    )
    language_level = models.CharField(
        _("language level"),
        max_length=2,
        choices=LanguageLevel.choices,
        default=LanguageLevel.PROFESSIONAL,
    )
    query = models.TextField(
        _("question"),
        blank=True,
        max_length=4000,
        help_text=_(
            "Search on the site until the lessons are the right ones, and paste the address of "
            "that page here. Empty: all lessons. The order does not matter."
        ),
    )
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("The addresses of a feed that is not in use say that it has ended."),
    )
    position = models.PositiveBigIntegerField(_("position"), default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)
    evaluated = models.CharField(_("sought with"), max_length=64, blank=True, editable=False)
    fault = models.CharField(_("fault"), max_length=300, blank=True, editable=False)
    made_by = models.CharField(
        _("made by"),
        max_length=100,
        blank=True,
        editable=False,
        help_text=_(
            "The API client that made it; empty: editors. Only theirs are listed on the site."
        ),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what an editor may change: never the slug again, nor what the drain keeps."""
        if self.pk is not None:
            self.changed_at = timezone.now()
            kwargs.setdefault("update_fields", [*EDITED_FIELDS, "changed_at"])
        super().save(*args, **kwargs)


class FeedMember(models.Model):
    """A lesson that is in a feed, or was: then ``left_at`` and ``reason`` tell so."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="members")
    uuid = models.UUIDField(_("lesson"))
    position = models.PositiveBigIntegerField(_("position"))
    changed_at = models.DateTimeField(_("changed at"))
    joined_at = models.DateTimeField(_("in the feed since"))
    member_since = models.PositiveBigIntegerField(_("in the feed since position"), default=0)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    reason = models.CharField(
        _("reason"),
        max_length=20,
        blank=True,
        choices=[*PublicState.choices, (LEFT, "valt niet meer onder deze feed")],
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "uuid"], name="once_in_a_feed"),
            models.UniqueConstraint(fields=["feed", "position"], name="one_place_in_a_feed"),
        ]
        verbose_name = _("lesson in a feed")
        verbose_name_plural = _("lessons in feeds")

    def __str__(self) -> str:
        return f"{self.position}: {self.uuid}"
