"""Where search is attached to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from search.dashboard import SearchBacklogPanel, may_see_backlog
from search.editing.feeds import FeedViewSet
from search.editing.menu import SearchGroup

register_snippet(SearchGroup)
register_snippet(FeedViewSet)


# After the lessons' own panels, which take the place of what was there.
@hooks.register("construct_homepage_panels", order=10)
def show_backlog(request: HttpRequest, panels: list[Component]) -> None:
    """Show administrators how far the index is behind."""
    if may_see_backlog(request.user):
        panels.append(SearchBacklogPanel())
