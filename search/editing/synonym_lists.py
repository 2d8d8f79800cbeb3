"""Synonyms and abbreviations in the CMS: one list, each group with all names of one thing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from search.models import SynonymGroup
from search.naming_rules import WORD_LISTS

NAMES_SHOWN = 6
WORD_FIELDS = ("preferred", *WORD_LISTS)


def prefilled_url(words: dict[str, str], group: SynonymGroup | None = None) -> str:
    """Return the form of a group, new or there already, with these words filled in."""
    form = group_url(group) if group else reverse("wagtailsnippets_search_synonymgroup:add")
    return f"{form}?{urlencode({field: text for field, text in words.items() if text})}"


def group_url(group: SynonymGroup) -> str:
    """Return the form of a group."""
    return reverse("wagtailsnippets_search_synonymgroup:edit", args=[group.pk])


class _Prefilled:
    """Fills in what the address says; nothing is saved before the editor does."""

    request: HttpRequest

    def get_initial(self) -> dict[str, Any]:
        """Return the words of the address."""
        given = self.request.GET
        return {field: given[field] for field in WORD_FIELDS if field in given}


class SynonymCreateView(_Prefilled, CreateView):
    """The form of a new group."""


class SynonymEditView(_Prefilled, EditView):
    """The form of a group."""


def _names(group: SynonymGroup) -> str:
    names = (*group.other_names, *group.narrower_names, *group.leading_names)
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} … (+{len(names) - NAMES_SHOWN})" if len(names) > NAMES_SHOWN else shown


def _one_on_each_line(field: str) -> FieldPanel:
    return FieldPanel(field, widget=AdminAutoHeightTextInput(attrs={"rows": 3}))


class SynonymGroupViewSet(SnippetViewSet):
    """The list and form of groups of synonyms."""

    model = SynonymGroup
    icon = "openquote"
    menu_label = _("Synonyms and abbreviations")
    menu_name = "search-synonyms"
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    copy_view_enabled = False
    list_display = [
        "preferred",
        Column("names", label=_("Other names"), accessor=_names),
        BooleanColumn("is_active", label=_("In use"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]
    list_per_page = 50
    search_fields = list(WORD_FIELDS)
    edit_handler = ObjectList(
        [
            HelpPanel(template="search/editing/try_panel.html"),
            FieldPanel("preferred"),
            MultiFieldPanel(
                [_one_on_each_line("synonyms"), _one_on_each_line("abbreviations")],
                heading=_("Names of the same thing"),
            ),
            MultiFieldPanel(
                [
                    _one_on_each_line("narrower"),
                    _one_on_each_line("former_names"),
                    _one_on_each_line("everyday_words"),
                ],
                heading=_("One way"),
            ),
            MultiFieldPanel(
                [_one_on_each_line("unexpanded"), FieldPanel("is_active")],
                heading=_("Limits"),
            ),
        ]
    )
