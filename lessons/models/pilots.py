"""Pilots: a jeugdregio that tries something, with its phases and partners."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.models import AtomicPage
from lessons.choices import PartnerRole
from lessons.models.concepts import Ontwikkelpunt, Partner, Phase
from lessons.models.geography import Gemeente, Jeugdregio

PILOT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class PilotIndexPage(AtomicPage):
    """The list of pilots."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["lessons.PilotPage"]
    template = "frontend_api/pilot_index_page.html"
    max_count = 1

    class Meta:
        verbose_name = _("list of pilots")
        verbose_name_plural = _("lists of pilots")


class PilotPage(AtomicPage):
    """A pilot of one jeugdregio."""

    jeugdregio = models.ForeignKey(
        Jeugdregio,
        verbose_name=_("jeugdregio"),
        null=True,
        on_delete=models.PROTECT,
        related_name="pilots",
    )
    gemeenten = ParentalManyToManyField(Gemeente, verbose_name=_("gemeenten"), blank=True)
    ontwikkelpunten = ParentalManyToManyField(
        Ontwikkelpunt, verbose_name=_("ontwikkelpunten"), blank=True
    )
    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_("What the pilot wants to find out, in two or three sentences."),
    )
    startfoto = RichTextField(
        _("startfoto"),
        blank=True,
        features=PILOT_TEXT_FEATURES,
        help_text=_("How things stood at the start."),
    )
    plan = RichTextField(
        _("plan van aanpak"),
        blank=True,
        features=PILOT_TEXT_FEATURES,
        help_text=_("What the region sets out to do."),
    )
    source_note = models.TextField(
        _("sources"), blank=True, help_text=_("Where the facts come from; one address on a line.")
    )

    content_panels = [
        *AtomicPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("jeugdregio"), FieldPanel("gemeenten"), FieldPanel("ontwikkelpunten")],
            heading=_("Where and about what"),
        ),
        InlinePanel("phase_dates", heading=_("Phases"), label=_("phase")),
        InlinePanel("partner_roles", heading=_("Partners"), label=_("partner")),
        FieldPanel("startfoto"),
        FieldPanel("plan"),
        FieldPanel("source_note"),
    ]
    parent_page_types = ["lessons.PilotIndexPage"]
    subpage_types: list[str] = []
    template = "frontend_api/pilot_page.html"

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")


class PilotPhase(Orderable):
    """A phase of a pilot with its dates, as far as known."""

    pilot = ParentalKey(PilotPage, on_delete=models.CASCADE, related_name="phase_dates")
    phase = models.ForeignKey(Phase, verbose_name=_("phase"), on_delete=models.PROTECT)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For example: date not known.")
    )

    panels = [
        FieldPanel("phase"),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("phase of a pilot")
        verbose_name_plural = _("phases of a pilot")


class PilotPartner(Orderable):
    """A partner of a pilot with its role."""

    pilot = ParentalKey(PilotPage, on_delete=models.CASCADE, related_name="partner_roles")
    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT)
    role = models.CharField(
        _("role"), max_length=20, choices=PartnerRole.choices, default=PartnerRole.PARTICIPANT
    )

    panels = [FieldPanel("partner"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("partner with its role")
        verbose_name_plural = _("partners with their roles")
