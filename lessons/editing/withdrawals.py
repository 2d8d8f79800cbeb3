"""Withdrawing a lesson and putting it back, as reviewers do it in the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.views.reports import ReportView
from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from lessons.choices import WithdrawalReason
from lessons.editing.choosers import lesson_chooser_viewset, offer_lessons
from lessons.editing.permissions import editable_lessons
from lessons.models import LessonPage, Withdrawal
from lessons.visibility import public_lessons
from lessons.withdrawing import reinstate, withdraw, withdrawal_in_force

if TYPE_CHECKING:
    from cms.users.models import User


class WithdrawalForm(WagtailAdminModelForm):
    """Why a lesson goes offline, and what readers should look at instead."""

    class Meta:
        model = Withdrawal
        fields = ["reason", "explanation", "replacement", "withdrawn_on"]
        widgets = {
            "reason": forms.RadioSelect,
            "explanation": forms.Textarea(attrs={"rows": 3}),
            "replacement": lesson_chooser_viewset.widget_class,
        }

    def __init__(self, *args: Any, lesson: LessonPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = WithdrawalReason.choices
        replacement = self.fields["replacement"]
        offer_lessons(replacement, public_lessons().exclude(pk=lesson.pk), chosen_key=None)
        replacement.help_text = _("Readers are sent on to it. Public lessons only.")
        self.fields["withdrawn_on"].help_text = _(
            "From which day did the lesson no longer hold? Shown with the reason."
        )


class LessonActionView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # stubs only
    """A question about one lesson, by default for those who may publish it."""

    form_class: type[Any] = forms.Form
    header_icon = "doc-full-inverse"
    consequence: Any = ""
    button_label: Any = ""
    success_message: Any = ""

    template_name = "lessons/editing/lesson_action.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask only those who may act."""
        if not self.is_allowed(self.lesson.permissions_for_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, permissions: PagePermissionTester) -> bool:
        """Return whether somebody with these permissions may act."""
        return bool(permissions.can_publish())

    @property
    def user(self) -> User:
        """Who acts."""
        return cast("User", self.request.user)  # dispatch let nobody else through

    @cached_property
    def lesson(self) -> LessonPage:
        """The lesson that the question is about, as it is in the database."""
        return get_object_or_404(LessonPage, pk=self.kwargs["page_id"])

    def get_page_subtitle(self) -> str:
        """Name the lesson beside the question."""
        return str(self.lesson.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way through the page tree to this question."""
        way = get_breadcrumbs_items_for_page(self.lesson, self.request.user)
        return [*way, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template tells about the lesson."""
        return super().get_context_data(
            lesson=self.lesson,
            consequence=self.consequence,
            button_label=self.button_label,
            edit_url=self.get_success_url(),
            **kwargs,
        )

    def get_success_url(self) -> str:
        """Return to the lesson."""
        return reverse("wagtailadmin_pages:edit", args=[self.lesson.pk])

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it; show what stands in the way when it cannot be done."""
        try:
            self.act(form)
        except ValidationError as error:
            is_about_fields = getattr(error, "error_dict", {}).keys() <= form.fields.keys()
            form.add_error(None, error if is_about_fields else error.messages)
            return self.form_invalid(form)
        messages.success(
            self.request, self.success_message % {"title": self.lesson.get_admin_display_title()}
        )
        return redirect(self.get_success_url())

    def act(self, form: Any) -> None:
        """Do what was asked; raise ``ValidationError`` when it cannot be done."""
        raise NotImplementedError


class WithdrawView(LessonActionView):
    """Asks why a lesson is withdrawn, says what that means, and does it."""

    form_class = WithdrawalForm
    page_title = _("Withdraw lesson")
    button_label = _("Withdraw")
    consequence = _(
        "The lesson disappears from lists, search and other sites at once. Its address stays and "
        "tells the reason, the date and the replacement. The lesson itself is kept here."
    )
    success_message = _("“%(title)s” has been withdrawn.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send on who would withdraw a lesson that is not online."""
        if not self.lesson.live:
            messages.warning(request, gettext("Only a lesson that is online can be withdrawn."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which lesson cannot be its own replacement."""
        return {
            **super().get_form_kwargs(),
            "lesson": self.lesson,
            "instance": Withdrawal(withdrawn_on=timezone.localdate()),
        }

    def act(self, form: WithdrawalForm) -> None:
        """Withdraw the lesson."""
        withdraw(self.lesson, user=self.user, **form.cleaned_data)


class ReinstateView(LessonActionView):
    """Asks to confirm that a withdrawn lesson goes online again, and does it."""

    page_title = _("Publish withdrawn lesson again")
    button_label = _("Publish again")
    consequence = _(
        "The lesson goes online as it was when it was withdrawn. Changes that were made since "
        "then stay behind as earlier versions."
    )
    success_message = _("“%(title)s” is online again.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send on who would put back a lesson that is not withdrawn."""
        if withdrawal_in_force(self.lesson) is None:
            messages.warning(request, gettext("This lesson is not withdrawn."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the lesson was withdrawn."""
        return super().get_context_data(withdrawal=withdrawal_in_force(self.lesson), **kwargs)

    def act(self, form: Any) -> None:
        """Put the lesson back."""
        reinstate(self.lesson, user=self.user)


def _withdrawn_on(withdrawal: Withdrawal) -> str:
    return str(date_format(withdrawal.withdrawn_on, "j F Y"))


class WithdrawnLessonsView(ReportView):
    """The lessons that are withdrawn, newest first."""

    page_title = _("Withdrawn lessons")
    header_icon = "no-view"
    index_url_name = "withdrawn_lessons"
    index_results_url_name = "withdrawn_lessons_results"
    default_ordering = "-withdrawn_on"
    any_permission_required = ["add", "change", "publish"]
    permission_policy = PagePermissionPolicy(LessonPage)
    list_export = ["lesson.title", "get_reason_display", "explanation", "withdrawn_on"]
    export_headings = {
        "lesson.title": _("Lesson"),
        "get_reason_display": _("Reason"),
        "explanation": _("Explanation"),
        "withdrawn_on": _("Withdrawn on"),
    }
    columns = [
        TitleColumn(
            "lesson",
            label=_("Lesson"),
            accessor="lesson.title",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.lesson_id]),
        ),
        Column("reason", label=_("Reason"), accessor="get_reason_display"),
        Column("explanation", label=_("Explanation")),
        Column("replacement", label=_("Replaced by"), accessor="replacement"),
        Column("withdrawn_on", label=_("Withdrawn on"), accessor=_withdrawn_on),
    ]

    def get_queryset(self) -> QuerySet[Withdrawal]:
        """Return the withdrawals in force of lessons that the user may see."""
        return (
            Withdrawal.objects.filter(
                reinstated_at__isnull=True, lesson__in=editable_lessons(self.request.user)
            )
            .select_related("lesson", "replacement")
            .order_by("-withdrawn_on", "-pk")
        )
