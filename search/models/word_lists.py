"""The word lists that editors keep: synonyms and pins."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.naming_rules import (
    WORD_LISTS,
    Faults,
    WordsByField,
    lines,
    pinning_faults,
    synonym_faults,
)


class SynonymGroup(models.Model):
    """Names of one thing: who types one of them finds lessons that have another.

    Three kinds work one way. Who types the thing finds narrower terms too, and they weigh
    less; who types a former name or an everyday word finds the thing.
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
    everyday_words = models.TextField(
        _("everyday words"),
        blank=True,
        help_text=_(
            "What people say who do not work in the field, one on each line. Who searches for "
            "one of these finds the preferred term; not the reverse."
        ),
    )
    unexpanded = models.TextField(
        _("too broad or ambiguous"),
        blank=True,
        help_text=_(
            "Words that seem to belong here but also mean something else, one on each line. "
            "Search leaves them as they are, in every group and vocabulary."
        ),
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

    def clean(self) -> None:
        """Refuse words that search could do nothing with, and words that contradict."""
        others = SynonymGroup.objects.filter(is_active=True).exclude(pk=self.pk)
        # A group that is not in use contradicts nobody.
        in_use = [other.words for other in others] if self.is_active else []
        _refuse(synonym_faults(self.words, in_use))

    @property
    def words(self) -> WordsByField:
        """All its names, by field."""
        lists = {field: lines(getattr(self, field)) for field in WORD_LISTS}
        return {"preferred": (self.preferred,), **lists}

    @property
    def other_names(self) -> tuple[str, ...]:
        """Synonyms and abbreviations."""
        return (*lines(self.synonyms), *lines(self.abbreviations))

    @property
    def leading_names(self) -> tuple[str, ...]:
        """Former names and everyday words: they lead to the group, and nothing to them."""
        return (*lines(self.former_names), *lines(self.everyday_words))

    @property
    def narrower_names(self) -> tuple[str, ...]:
        """The narrower terms."""
        return lines(self.narrower)

    @property
    def unexpanded_names(self) -> tuple[str, ...]:
        """The words that search leaves as they are."""
        return lines(self.unexpanded)


class PinnedQuery(ClusterableModel):
    """Wordings of one question, and the lessons that editors put on top of its answer."""

    wordings = models.TextField(
        _("wordings"),
        help_text=_(
            "What people type, one wording on each line. Capitals, accents and punctuation do "
            "not matter; other words or another order make another wording."
        ),
    )

    class Meta:
        ordering = ["wordings"]
        verbose_name = _("pinned question")
        verbose_name_plural = _("pinned questions")

    def __str__(self) -> str:
        return ", ".join(lines(self.wordings))

    def clean(self) -> None:
        """Refuse wordings without words, and those of another pinned question."""
        others = PinnedQuery.objects.exclude(pk=self.pk)
        _refuse(pinning_faults(self.typed, {str(other): other.typed for other in others}))

    @property
    def typed(self) -> tuple[str, ...]:
        """The wordings as the editor typed them."""
        return lines(self.wordings)


class Pin(Orderable):
    """A lesson on top of the answer to a question: why, and until when."""

    question = ParentalKey(PinnedQuery, on_delete=models.CASCADE, related_name="pins")
    lesson = models.ForeignKey(
        "lessons.LessonPage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("lesson"),
        help_text=_("Once it is no longer public it is left out by itself."),
    )
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("For colleagues; readers do not see it.")
    )
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it stands on top. Empty: until somebody removes it."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("pinned lesson")
        verbose_name_plural = _("pinned lessons")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "lesson"], name="pinned_once_for_a_question"
            )
        ]

    def __str__(self) -> str:
        return str(self.lesson)


class WordListVersion(models.Model):
    """One row with a mark that is another one after each change of synonyms, terms or pins."""

    token = models.CharField(_("mark"), max_length=32)

    class Meta:
        verbose_name = _("version of the synonyms")
        verbose_name_plural = _("versions of the synonyms")

    def __str__(self) -> str:
        return self.token


def _refuse(faults: Faults) -> None:
    """Raise ``ValidationError`` with the faults of each field, if there are any."""
    found: dict[str, list[object]] = {}
    for field, message in faults:
        found.setdefault(field, []).append(message)
    if found:
        raise ValidationError(found)
