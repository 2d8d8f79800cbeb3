"""What hangs under a lesson in an order: partners, recommendations, sources, relations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.models import CustomDocument
from lessons.choices import PartnerRole, RelationKind
from lessons.models.concepts import Audience, Partner, Phase
from lessons.models.lesson import LessonPage


class LessonPartner(Orderable):
    """A partner with its role in the lesson."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="partner_roles")
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="lesson_roles"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=PartnerRole.choices, default=PartnerRole.PARTICIPANT
    )

    panels = [FieldRowPanel([FieldPanel("partner"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("partner with its role")
        verbose_name_plural = _("partners with their roles")


class Recommendation(Orderable):
    """What another region could do, for whom and in which phase."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="recommendations")
    text = models.TextField(_("recommendation"), max_length=400)
    audience = models.ForeignKey(
        Audience, verbose_name=_("for whom"), null=True, blank=True, on_delete=models.PROTECT
    )
    phase = models.ForeignKey(
        Phase, verbose_name=_("in which phase"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_interpretation = models.BooleanField(
        _("reading of the editors"),
        default=False,
        help_text=_("The source does not say this itself; the editors draw it from the facts."),
    )

    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("phase")]),
        FieldPanel("is_interpretation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")


class LessonSource(Orderable):
    """Where the facts come from: an address or a document, with the page."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lesson_sources",
    )
    page = models.CharField(_("page"), max_length=40, blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("page")]),
        FieldPanel("url"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class LessonRelation(Orderable):
    """How this lesson stands to another one."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind.choices)
    target = models.ForeignKey(
        LessonPage,
        verbose_name=_("other lesson"),
        on_delete=models.CASCADE,
        related_name="incoming_relations",
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("target"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")


class ChangeNote(Orderable):
    """What changed in a published lesson, for those who used the earlier text."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="change_notes")
    date = models.DateField(_("date"))
    text = models.CharField(_("what changed"), max_length=300)

    panels = [FieldRowPanel([FieldPanel("date"), FieldPanel("text")])]

    class Meta(Orderable.Meta):
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")
