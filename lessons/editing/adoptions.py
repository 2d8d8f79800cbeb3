"""Adoptions in the CMS: each region its own, reviewers all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import (
    DeleteView,
    EditView,
    HistoryView,
    SnippetViewSet,
    UsageView,
)

from lessons.editing.choosers import offer_lessons
from lessons.editing.permissions import may_review, own_sections
from lessons.models import Adoption, Gemeente, Jeugdregio
from lessons.visibility import public_lessons

if TYPE_CHECKING:
    from lessons.editing.permissions import Account


def regions_of(user: Account) -> QuerySet[Jeugdregio]:
    """Return the regions for which the user may record adoptions."""
    if may_review(user):
        return Jeugdregio.objects.all()
    return Jeugdregio.objects.filter(section__in=own_sections(user))


class AdoptionPolicy(ModelPermissionPolicy):
    """Model permissions, narrowed to the regions of the user."""

    def user_has_permission_for_instance(
        self, user: Account, action: str, instance: Adoption
    ) -> bool:
        """Return whether the user may do this with the adoption of that region."""
        return self.user_has_permission(user, action) and (
            instance.pk is None or regions_of(user).filter(pk=instance.jeugdregio_id).exists()
        )

    def instances_user_has_any_permission_for(
        self, user: Account, actions: Iterable[str]
    ) -> QuerySet[Adoption]:
        """Return the adoptions of the user's regions, if the user may do any of this."""
        adoptions = super().instances_user_has_any_permission_for(user, actions)
        return adoptions.filter(jeugdregio__in=regions_of(user))


def register_adoption_policy() -> None:
    """Give the whole CMS the policy of adoptions."""
    register_permission_policy(Adoption, AdoptionPolicy(Adoption))


class AdoptionForm(WagtailAdminModelForm):
    """A region's decision on a public lesson."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance
        regions = regions_of(self.for_user) if self.for_user else Jeugdregio.objects.none()
        offer_lessons(self.fields["lesson"], public_lessons(), chosen_key=chosen.lesson_id)
        self.fields["jeugdregio"].queryset = regions
        self.fields["gemeente"].queryset = Gemeente.objects.filter(
            Q(jeugdregio__in=regions) | Q(pk=chosen.gemeente_id)
        )
        if chosen.pk is None:
            self.initial.setdefault("decided_on", timezone.localdate())
            if len(own := regions[:2]) == 1:
                self.initial.setdefault("jeugdregio", own[0].pk)


class _OwnRegion:
    """Opens an adoption only to those who may change it; Wagtail asks about the model."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Adoption:
        """Return the adoption; refuse one of another region."""
        adoption: Adoption = super().get_object(*args, **kwargs)  # type: ignore[misc]  # mixed in
        if not AdoptionPolicy(Adoption).user_has_permission_for_instance(
            self.request.user, "change", adoption
        ):
            raise PermissionDenied
        return adoption


class AdoptionEditView(_OwnRegion, EditView):
    """The form of an adoption of the own region."""


class AdoptionDeleteView(_OwnRegion, DeleteView):
    """Deleting an adoption of the own region."""


class AdoptionUsageView(_OwnRegion, UsageView):
    """What refers to an adoption of the own region."""


class AdoptionHistoryView(_OwnRegion, HistoryView):
    """What happened to an adoption of the own region."""


class AdoptionViewSet(SnippetViewSet):
    """The list and form of adoptions."""

    model = Adoption
    edit_view_class = AdoptionEditView
    delete_view_class = AdoptionDeleteView
    usage_view_class = AdoptionUsageView
    history_view_class = AdoptionHistoryView
    copy_view_enabled = False
    icon = "success"
    menu_label = _("Adoptions")
    menu_name = "adoptions"
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["lesson", "jeugdregio", "decision", "decided_on"]
    list_filter = ["decision", "jeugdregio"]
    edit_handler = ObjectList(Adoption.panels, base_form_class=AdoptionForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Adoption]:
        """Return the adoptions that the user may see, with what the list shows."""
        adoptions = AdoptionPolicy(Adoption).instances_user_has_any_permission_for(
            request.user, ["view", "add", "change", "delete"]
        )
        return adoptions.select_related("lesson", "jeugdregio")
