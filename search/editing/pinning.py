"""Pinned lessons in the CMS: what stands on top of the answer to a question."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, get_form_for_model
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from lessons import selectors
from search.models import Pin, PinnedQuery
from search.text_syntax import parse

MOST_PINS = 5


class PinForm(WagtailAdminModelForm):
    """One row: a lesson that readers can open, why it is on top, and until when."""

    def clean_lesson(self) -> Any:
        """Refuse to choose a lesson that is not public; one chosen before may stay."""
        lesson = self.cleaned_data["lesson"]
        if lesson.pk != self.initial.get("lesson") and not selectors.still_public([lesson.pk]):
            raise ValidationError(gettext("Choose a lesson that is public."))
        return lesson

    def clean_until(self) -> Any:
        """Refuse a day that is over, unless it was there before."""
        until = self.cleaned_data["until"]
        if until and "until" in self.changed_data and until < timezone.localdate():
            raise ValidationError(gettext("This day is over; choose today or later."))
        return until


class PinsPanel(InlinePanel):
    """The pinned lessons, in their order."""

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options, with our form of a row."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            Pin, form_class=PinForm
        )
        return options


def question_of(typed: str) -> PinnedQuery | None:
    """Return the pinned question with this wording."""
    wording = parse(typed).wording
    return next(
        (
            question
            for question in PinnedQuery.objects.all()
            if wording in {parse(other).wording for other in question.typed}
        ),
        None,
    )


def pinning_url(typed: str, lesson_pks: tuple[int, ...]) -> str:
    """Return the form in which these lessons can be pinned to a wording."""
    if present := question_of(typed):
        return reverse("wagtailsnippets_search_pinnedquery:edit", args=[present.pk])
    filled_in = urlencode([("wordings", typed), *(("lesson", pk) for pk in lesson_pks)])
    return f"{reverse('wagtailsnippets_search_pinnedquery:add')}?{filled_in}"


class PinnedQueryCreateView(CreateView):
    """The form of a new pinned question, filled in with what the address says."""

    def get_initial_form_instance(self) -> PinnedQuery:
        """Return a question with the wording and the public lessons of the address."""
        given = self.request.GET
        asked = [int(pk) for pk in given.getlist("lesson") if pk.isdecimal()][:MOST_PINS]
        public = selectors.still_public(asked)
        question = PinnedQuery(wordings=given.get("wordings", ""))
        question.pins.set([Pin(lesson_id=pk) for pk in dict.fromkeys(asked) if pk in public])
        return question


def _state(question: PinnedQuery) -> str:
    today = timezone.localdate()
    pins = [pin for pin in question.pins.all() if pin.until is None or pin.until >= today]
    on_top = len(selectors.still_public(pin.lesson_id for pin in pins))
    if not on_top:
        return gettext("nothing on top: expired or no longer public")
    return ngettext("%(number)s lesson on top", "%(number)s lessons on top", on_top) % {
        "number": on_top
    }


class PinnedQueryViewSet(SnippetViewSet):
    """The list and form of pinned questions."""

    model = PinnedQuery
    icon = "pin"
    menu_label = _("Pinned lessons")
    menu_name = "search-pins"
    add_view_class = PinnedQueryCreateView
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("pins", label=_("State"), accessor=_state),
    ]
    list_per_page = 50
    search_fields = ["wordings"]
    edit_handler = ObjectList(
        [
            FieldPanel("wordings"),
            PinsPanel(
                "pins",
                panels=[FieldPanel("lesson"), FieldPanel("reason"), FieldPanel("until")],
                heading=_("Lessons on top, in this order"),
                label=_("Lesson"),
                min_num=1,
                max_num=MOST_PINS,
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PinnedQuery]:
        """Return the questions with their pins."""
        return PinnedQuery.objects.prefetch_related("pins")
