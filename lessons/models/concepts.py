"""The vocabularies: SKOS concepts that editors manage.

Seven vocabularies share one shape, :class:`Concept`. A term is never renamed by code
and never deleted while in use: it is retired, or merged into another by
``replaced_by``. A lesson keeps the term that its author chose; readers see the term
that stands for it today (:meth:`Concept.current`).
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from lessons.choices import OrganisationKind

CODE_VALIDATOR = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Use small letters, digits and single hyphens, such as 'plan-van-aanpak'."),
)


class Concept(index.Indexed, models.Model):
    """A term of a vocabulary, after SKOS.

    ``code`` and the URI made of it never change once published; ``label`` may.
    """

    vocabulary: ClassVar[str]
    """Code of the vocabulary, in English, as in GraphQL and URL parameters."""

    uri_segment: ClassVar[str]
    """First part of the URI path: ``/id/<uri_segment>/<code>``."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[CODE_VALIDATOR],
        help_text=_("Part of the address of this term; choose well, it never changes."),
    )
    label = models.CharField(_("label"), max_length=160)
    alternative_labels = models.TextField(
        _("alternative labels"),
        blank=True,
        help_text=_("Other words for exactly the same thing, one on each line."),
    )
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("One or two sentences in plain words.")
    )
    source = models.URLField(
        _("source"), blank=True, max_length=400, help_text=_("Where the definition comes from.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
        help_text=_("Who filters on the broader term also finds lessons with this one."),
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        help_text=_("Merges this term into another: lessons and addresses keep working."),
    )
    is_retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("A retired term can no longer be chosen; lessons that have it keep it."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("label"), FieldPanel("definition"), FieldPanel("alternative_labels")],
            heading=_("Meaning"),
        ),
        MultiFieldPanel([FieldPanel("code"), FieldPanel("source")], heading=_("Identity")),
        MultiFieldPanel(
            [
                FieldPanel("order"),
                FieldPanel("broader"),
                FieldPanel("is_retired"),
                FieldPanel("replaced_by"),
            ],
            heading=_("Place in the vocabulary"),
        ),
    ]
    search_fields = [index.AutocompleteField("label"), index.SearchField("label")]

    class Meta:
        abstract = True
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def alternative_label_list(self) -> list[str]:
        """The alternative labels, one item each, without empty ones."""
        return [line.strip() for line in self.alternative_labels.splitlines() if line.strip()]

    def current(self) -> Self:
        """Return the term that stands for this one today: the end of ``replaced_by``."""
        term, seen = self, {self.pk}
        while term.replaced_by is not None and term.replaced_by.pk not in seen:
            term = term.replaced_by
            seen.add(term.pk)
        return term

    def clean(self) -> None:
        """Refuse chains of ``broader`` or ``replaced_by`` that come back to this term."""
        super().clean()
        for field in ("broader", "replaced_by"):
            seen, term = set(), getattr(self, field)
            while term is not None and term.pk not in seen:
                if self.pk is not None and term.pk == self.pk:
                    raise ValidationError({field: _("This chain of terms comes back to itself.")})
                seen.add(term.pk)
                term = getattr(term, field)
        if self.replaced_by is not None:
            self.is_retired = True


class Ontwikkelpunt(Concept):
    """One of the development points of 'Ruimte voor jeugdhulp in gezinsvormen'."""

    vocabulary = "ontwikkelpunt"
    uri_segment = "ontwikkelpunt"

    class Meta(Concept.Meta):
        verbose_name = _("ontwikkelpunt")
        verbose_name_plural = _("ontwikkelpunten")


class Phase(Concept):
    """A step of a pilot."""

    vocabulary = "phase"
    uri_segment = "fase"

    class Meta(Concept.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")


class Partner(Concept):
    """An organisation, or a kind of actor, with a role in lessons and pilots."""

    vocabulary = "partner"
    uri_segment = "partner"

    kind = models.CharField(
        _("kind of organisation"),
        max_length=20,
        choices=OrganisationKind.choices,
        default=OrganisationKind.OTHER,
    )
    website = models.URLField(_("website"), blank=True)

    panels = [
        *Concept.panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("website")], heading=_("Organisation")),
    ]

    class Meta(Concept.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class FamilyForm(Concept):
    """A gezinsvorm: steungezin, pleeggezin, gezinshuis and their kinds."""

    vocabulary = "familyForm"
    uri_segment = "gezinsvorm"

    class Meta(Concept.Meta):
        verbose_name = _("family form")
        verbose_name_plural = _("family forms")


class Situation(Concept):
    """Where the child is: at home, close to home, or home again."""

    vocabulary = "situation"
    uri_segment = "situatie"

    class Meta(Concept.Meta):
        verbose_name = _("situation")
        verbose_name_plural = _("situations")


class Audience(Concept):
    """Whom a lesson or a recommendation is for."""

    vocabulary = "audience"
    uri_segment = "doelgroep"

    class Meta(Concept.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class EvidenceLevel(Concept):
    """How firm the ground under a lesson is; a higher order is firmer."""

    vocabulary = "evidenceLevel"
    uri_segment = "bewijs"

    class Meta(Concept.Meta):
        verbose_name = _("evidence level")
        verbose_name_plural = _("evidence levels")


VOCABULARIES: dict[str, type[Concept]] = {
    model.vocabulary: model
    for model in (
        Ontwikkelpunt,
        Phase,
        Partner,
        FamilyForm,
        Situation,
        Audience,
        EvidenceLevel,
    )
}
