"""The lesson itself: one thing learned, stated so that another can act on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import PagePermissionTester
from wagtail.url_routing import RouteResult

from cms.models import AtomicPage
from lessons.blocks import ConditionsBlock, StoryBlock
from lessons.choices import (
    LessonKind,
    LessonScope,
    Licence,
    MoneyBand,
    PeopleBand,
    StoryPart,
    TimeBand,
)
from lessons.models import concepts, geography, pilots
from lessons.models.page_permissions import LessonPermissions
from lessons.obstacles import as_validation_error, obstacles

TITLE_MAX_LENGTH = 100
CORE_MAX_LENGTH = 280
YEAR_VALIDATORS = [MinValueValidator(1990), MaxValueValidator(2100)]


def _story_field(part: StoryPart, help_text: Any) -> StreamField:
    return StreamField(
        StoryBlock(required=False),
        verbose_name=part.label,
        blank=True,
        default=list,
        help_text=help_text,
    )


class LessonPage(AtomicPage):
    """A lesson. A draft may be incomplete; ``lessons.completeness`` is the bar to publish.

    The database therefore accepts an empty value in every field that is required to
    publish. ``uuid`` identifies the lesson for ever; it is not copied with the page.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    core = models.TextField(
        _("core"),
        max_length=CORE_MAX_LENGTH,
        blank=True,
        help_text=_(
            "The lesson itself in at most 280 characters. It is shown alone in lists and on "
            "other sites, so it must be clear and safe without the rest. For example: 'Put the "
            "cost and the avoided cost side by side; that carried the decision to go on.'"
        ),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=LessonKind.choices,
        default=LessonKind.LESSON,
        help_text=_("What did not work is worth as much as what did: choose honestly."),
    )

    context = _story_field(
        StoryPart.CONTEXT,
        _(
            "Where was this, who took part, and what was going on? A reader elsewhere must be able "
            "to judge whether their situation is like yours."
        ),
    )
    trigger = _story_field(
        StoryPart.TRIGGER, _("Why did you begin? For example: a waiting list, a motion, a closure.")
    )
    approach = _story_field(
        StoryPart.APPROACH, _("What did you do, step by step, so that another can do it too?")
    )
    result = _story_field(
        StoryPart.RESULT,
        _("What came of it? Give numbers with what they rest on (n), and say what is not known."),
    )
    explanation = _story_field(
        StoryPart.EXPLANATION,
        _("Why did it go like this, do you think? This is marked as your reading of the facts."),
    )
    works_if = StreamField(
        ConditionsBlock(required=False),
        verbose_name=_("works if"),
        blank=True,
        default=list,
        help_text=_("Conditions under which this works, one short statement each."),
    )
    does_not_work_if = StreamField(
        ConditionsBlock(required=False),
        verbose_name=_("does not work if"),
        blank=True,
        default=list,
        help_text=_("When should another region not do this?"),
    )

    money_band = models.CharField(
        _("money"),
        max_length=20,
        choices=MoneyBand.choices,
        blank=True,
        help_text=_("Extra money in a year."),
    )
    money_amount = models.PositiveIntegerField(
        _("amount in euros"), null=True, blank=True, help_text=_("The real figure, if known.")
    )
    money_note = models.CharField(_("note on money"), max_length=200, blank=True)
    time_band = models.CharField(
        _("time"),
        max_length=20,
        choices=TimeBand.choices,
        blank=True,
        help_text=_("How long it took before this worked."),
    )
    time_note = models.CharField(_("note on time"), max_length=200, blank=True)
    people_band = models.CharField(
        _("people"), max_length=20, choices=PeopleBand.choices, blank=True
    )
    people_fte = models.DecimalField(
        _("full-time equivalents"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    people_note = models.CharField(_("note on people"), max_length=200, blank=True)

    ontwikkelpunt = models.ForeignKey(
        concepts.Ontwikkelpunt,
        verbose_name=_("ontwikkelpunt"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="primary_lessons",
        help_text=_("The one that this lesson is most about."),
    )
    other_ontwikkelpunten = ParentalManyToManyField(
        concepts.Ontwikkelpunt,
        verbose_name=_("other ontwikkelpunten"),
        blank=True,
        related_name="other_lessons",
    )
    phases = ParentalManyToManyField(
        concepts.Phase,
        verbose_name=_("phases"),
        blank=True,
        related_name="lessons",
        help_text=_("In which phase is this of use to another region?"),
    )
    family_forms = ParentalManyToManyField(
        concepts.FamilyForm, verbose_name=_("family forms"), blank=True, related_name="lessons"
    )
    situations = ParentalManyToManyField(
        concepts.Situation, verbose_name=_("situations"), blank=True, related_name="lessons"
    )
    audiences = ParentalManyToManyField(
        concepts.Audience, verbose_name=_("audiences"), blank=True, related_name="lessons"
    )

    scope = models.CharField(
        _("area"), max_length=20, choices=LessonScope.choices, default=LessonScope.LOCAL
    )
    jeugdregio = models.ForeignKey(
        geography.Jeugdregio,
        verbose_name=_("jeugdregio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
    )
    gemeenten = ParentalManyToManyField(
        geography.Gemeente, verbose_name=_("gemeenten"), blank=True, related_name="lessons"
    )
    pilot = models.ForeignKey(
        pilots.PilotPage,
        verbose_name=_("pilot"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lessons",
    )

    evidence_level = models.ForeignKey(
        concepts.EvidenceLevel,
        verbose_name=_("evidence level"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
        help_text=_("How firm is the ground? One good experience is fine, if you say so."),
    )
    own_figures = models.BooleanField(
        _("own figures"),
        default=False,
        help_text=_("The figures come from those who did it, not from an independent party."),
    )
    period_from = models.PositiveSmallIntegerField(
        _("from year"),
        null=True,
        blank=True,
        validators=YEAR_VALIDATORS,
        help_text=_("When it happened, not when you wrote it down."),
    )
    period_to = models.PositiveSmallIntegerField(
        _("to year"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    period_is_unknown = models.BooleanField(
        _("period not known"), default=False, help_text=_("The source does not say when.")
    )
    period_note = models.CharField(_("note on the period"), max_length=200, blank=True)
    interpretation_note = models.TextField(
        _("fact and reading"),
        max_length=500,
        blank=True,
        help_text=_("What comes from the source, and what is the writer's reading of it?"),
    )

    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    next_review = models.DateField(
        _("next review"), null=True, blank=True, help_text=_("By then somebody looks again.")
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY, blank=True
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=200,
        blank=True,
        help_text=_("How others name you when they use the text, such as 'Jeugdregio Drenthe'."),
    )
    contact_role = models.CharField(
        _("contact role"),
        max_length=120,
        blank=True,
        help_text=_("A role such as 'projectleider pleegzorg', never a name or a private address."),
    )
    privacy_declared = models.BooleanField(
        _("no person can be recognised"),
        default=False,
        help_text=_("I checked that no child, parent or other person can be recognised in this."),
    )

    # Field names whose content is shown to the public as running text, in reading order.
    TEXT_FIELDS = (
        "title",
        "core",
        *StoryPart.values,
        "works_if",
        "does_not_work_if",
    )

    exclude_fields_in_copy = ["uuid"]
    parent_page_types = ["lessons.LessonSectionPage"]
    subpage_types: list[str] = []
    template = "frontend_api/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        indexes = [models.Index(fields=["next_review"], name="lesson_next_review")]

    def full_clean(self, exclude: Any = None, *args: Any, **kwargs: Any) -> None:
        """Validate; a lesson that goes or stays online must be complete, and name nobody.

        Forms pass ``exclude`` and report what is in the way themselves, at the fields;
        Wagtail calls this without ``exclude`` just before a live page is written. So no
        way of publishing (form, workflow, schedule, script) gets round the bar.
        """
        super().full_clean(exclude, *args, **kwargs)
        if self.live and exclude is None and (found := obstacles(self)):
            raise as_validation_error(found)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the user may do with the lesson."""
        return LessonPermissions(user, self)

    @property
    def status_string(self) -> Any:
        """The state as editors see it in lists; a withdrawn lesson says so.

        A list that prefetches ``withdrawals`` takes no query for each lesson.
        """
        was_public = not self.live and self.first_published_at is not None
        if was_public and any(row.reinstated_at is None for row in self.withdrawals.all()):
            return _("withdrawn")
        return super().status_string

    def with_content_json(self, content: dict[str, Any]) -> LessonPage:
        """Return the lesson with the content of a revision; it keeps its own ``uuid``.

        The revisions of a copy are copied too, and name the uuid of the original.
        """
        lesson = super().with_content_json(content)
        lesson.uuid = self.uuid
        return lesson

    def clean(self) -> None:
        """Refuse a title that is too long and a period that ends before it begins."""
        super().clean()
        if len(self.title) > TITLE_MAX_LENGTH:
            raise ValidationError(
                {"title": _("At most 100 characters; this title has %d.") % len(self.title)}
            )
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise ValidationError({"period_to": _("The period ends before it begins.")})

    def _is_over(self) -> bool:
        return self.expire_at is not None and self.expire_at <= timezone.now()

    def _is_withdrawn(self) -> bool:
        return not self.live and self.withdrawals.filter(reinstated_at__isnull=True).exists()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Go on answering at this address after a withdrawal, and when its time is over.

        What is then shown is the tombstone, from ``lessons.selectors``.
        """
        if not path_components and (self._is_over() or self._is_withdrawn()):
            return RouteResult(self)
        return super().route(request, path_components)
