"""What search keeps: the outbox, and the editors' synonyms."""

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


class SynonymGroup(models.Model):
    """Names of one thing: who types one of them finds lessons that have another.

    Two kinds work one way. Who types the thing finds narrower terms too, and they weigh
    less; who types a former name finds the thing.
    """

    preferred = models.CharField(_("preferred term"), max_length=120, unique=True)
    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("Words that mean the same, one on each line.")
    )
    abbreviations = models.TextField(
        _("abbreviations"), blank=True, help_text=_("Short forms, one on each line.")
    )
    narrower = models.TextField(
        _("narrower terms"),
        blank=True,
        help_text=_("Who searches for the preferred term finds these as well; not the reverse."),
    )
    former_names = models.TextField(
        _("former names"),
        blank=True,
        help_text=_("Who searches for one of these finds the preferred term; not the reverse."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Search does not use a group that is not in use.")
    )

    class Meta:
        ordering = ["preferred"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")

    def __str__(self) -> str:
        return self.preferred

    @property
    def other_names(self) -> tuple[str, ...]:
        """Synonyms and abbreviations."""
        return (*_lines(self.synonyms), *_lines(self.abbreviations))

    @property
    def old_names(self) -> tuple[str, ...]:
        """The former names."""
        return _lines(self.former_names)

    @property
    def narrower_names(self) -> tuple[str, ...]:
        """The narrower terms."""
        return _lines(self.narrower)


class WordListVersion(models.Model):
    """One row with a mark that is another one after each change of synonyms or terms."""

    token = models.CharField(_("mark"), max_length=32)

    class Meta:
        verbose_name = _("version of the synonyms")
        verbose_name_plural = _("versions of the synonyms")

    def __str__(self) -> str:
        return self.token


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
