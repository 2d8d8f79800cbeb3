"""In place of Wagtail's unpublishing, for lessons: withdrawing.

Unpublishing would leave the address of a lesson without an answer. The permissions hide
it in menus and lists (``lessons.models.page_permissions``); here is what its own routes
answer.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.pages.bulk_actions import UnpublishBulkAction
from wagtail.admin.views.pages.unpublish import UnpublishView

from lessons.editing.refusals import refuse_unpublishing
from lessons.models import LessonPage


class LessonUnpublishView(UnpublishView):
    """Sends on to withdrawing, and says why."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse; tell those who may publish the lesson what to do instead."""
        if not self.object.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        refuse_unpublishing(request, [self.object])
        return redirect("withdraw_lesson", self.object.pk)


class PageUnpublishBulkAction(UnpublishBulkAction):
    """Wagtail's action, which is not offered: its button stands above every list of lessons.

    One page at a time can still be unpublished, of the kinds that know no withdrawal.
    """

    classes = {"w-hidden"}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse all when one of the pages is a lesson, and name it."""
        allowed, others = self.get_actionable_objects()
        if refuse_unpublishing(request, [*allowed, *others["items_with_no_access"]]):
            return redirect(self.next_url)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class WithdrawMenuItem(ActionMenuItem):
    """Withdrawing, at the foot of the form, where Wagtail has its unpublishing."""

    name = "action-withdraw"
    label = _("Withdraw…")
    icon_name = "no-view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for a public lesson, to those who may publish it."""
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, LessonPage)
            and page.live
            and bool(self.get_user_page_permissions_tester(context).can_publish())
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return where the reason is asked."""
        return reverse("withdraw_lesson", args=[parent_context["page"].pk])
