"""Gemeenten and jeugdregio's in the CMS: to look at, since a command loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lessons.models import Gemeente, Jeugdregio

if TYPE_CHECKING:
    from cms.users.models import User


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes, whatever permissions they have."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Return whether the user may look; every other action is refused."""
        return action == "view" and super().user_has_permission(user, action)


def register_read_only_policies() -> None:
    """Make the reference data read-only in the whole CMS."""
    for model in (Gemeente, Jeugdregio):
        register_permission_policy(model, ReadOnlyPolicy(model))


class JeugdregioViewSet(SnippetViewSet):
    """The list of jeugdregio's."""

    model = Jeugdregio
    icon = "site"
    list_display = ["name", "code"]
    inspect_view_enabled = True
    list_per_page = 50


class GemeenteViewSet(SnippetViewSet):
    """The list of gemeenten."""

    model = Gemeente
    icon = "home"
    list_display = ["name", "code", "jeugdregio", "provincie"]
    list_filter = ["jeugdregio", "provincie"]
    inspect_view_enabled = True
    list_per_page = 50


class ReferenceDataGroup(SnippetViewSetGroup):
    """The menu of the reference data."""

    menu_label = _("Regions")
    menu_name = "regions"
    menu_icon = "site"
    menu_order = 320
    items = (JeugdregioViewSet, GemeenteViewSet)
