"""Sharing a draft with somebody who has no account, and ending that again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import PagePermissionTester

from lessons.draft_links import make_link, open_links, revoke_links, token_of
from lessons.editing.withdrawals import LessonActionView
from lessons.models import DraftLink, LessonPage
from lessons.withdrawing import withdrawal_in_force


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as the screen lists it."""

    address: str
    row: DraftLink


def has_draft(lesson: LessonPage) -> bool:
    """Return whether there is something of the lesson that the public does not see."""
    is_draft = not lesson.live or lesson.has_unpublished_changes
    return is_draft and withdrawal_in_force(lesson) is None


class DraftLinksView(LessonActionView):
    """Shows the links to a draft that hold, makes one, and revokes all."""

    page_title = _("Share draft")
    header_icon = "link"
    button_label = _("Make a link")
    template_name = "lessons/editing/draft_links.html"
    consequence = _(
        "Whoever has the link reads the newest version of this lesson, without an account, for "
        "seven days. Make sure that no person can be recognised in it before you share it."
    )

    def is_allowed(self, permissions: PagePermissionTester) -> bool:
        """Return whether the user may edit the lesson."""
        return bool(permissions.can_edit())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send on who would share what is public, or was withdrawn."""
        if not has_draft(self.lesson):
            messages.warning(request, gettext("This lesson has no draft to share."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make a link, or revoke all; show what there is then."""
        if "revoke" in self.request.POST:
            number = revoke_links(self.lesson, self.user)
            messages.success(self.request, gettext("Links that were revoked: %d.") % number)
        else:
            make_link(self.lesson, self.user)
            messages.success(self.request, gettext("The link is below, ready to be copied."))
        return redirect("share_draft", self.lesson.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the links that hold."""
        links = [
            ShownLink(_address(row), row)
            for row in open_links(self.lesson).select_related("made_by")
        ]
        return super().get_context_data(links=links, **kwargs)


def _address(link: DraftLink) -> str:
    return settings.BASE_URL + reverse("frontend_api:shared_draft", args=[token_of(link)])
