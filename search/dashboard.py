"""On the CMS's dashboard: how far the index is behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from search import outbox

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.users.models import User

LATE_AFTER = timedelta(minutes=5)
"""A change that waits longer needs somebody: the worker tries every few seconds."""


class SearchBacklogPanel(Component):
    """What search has yet to take over, and what to do when that stays."""

    order = 60
    template_name = "search/dashboard/backlog.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the backlog, and whether it needs somebody."""
        backlog = outbox.backlog()
        is_late = backlog.oldest is not None and timezone.now() - backlog.oldest > LATE_AFTER
        return {"backlog": backlog, "needs_care": bool(backlog.failing) or is_late}


def may_see_backlog(user: User | AnonymousUser) -> bool:
    """Return whether the user looks after the installation."""
    return user.has_perm("search.view_outboxentry")
