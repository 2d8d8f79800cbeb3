"""The menu of search: what is asked, why it finds what it finds, and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.editing.pinning import PinnedQueryViewSet
from search.editing.query_reports import EmptyQueriesViewSet, UsedQueriesViewSet
from search.editing.synonym_lists import SynonymGroupViewSet
from search.editing.workbench import WorkbenchViewSet


class SearchGroup(SnippetViewSetGroup):
    """The menu of search."""

    # Not just "Search": that is what Wagtail calls its own search through the pages.
    menu_label = _("Search function")
    menu_name = "search-function"
    menu_icon = "search"
    menu_order = 330
    items = (
        WorkbenchViewSet,
        SynonymGroupViewSet,
        PinnedQueryViewSet,
        EmptyQueriesViewSet,
        UsedQueriesViewSet,
    )
