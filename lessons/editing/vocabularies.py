"""The vocabularies in the CMS: one list for each, in one menu."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lessons.models import VOCABULARIES, Concept


class ConceptForm(WagtailAdminModelForm):
    """A term; its code can be chosen once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _(
                "The code is part of addresses that others use; it does not change."
            )
            for field in ("broader", "replaced_by"):
                others = self.fields[field].queryset.exclude(pk=self.instance.pk)
                self.fields[field].queryset = others


def _state(term: Concept) -> Any:
    if term.replaced_by_id:
        return _("merged")
    return _("retired") if term.is_retired else _("in use")


def concept_viewset(model: type[Concept]) -> SnippetViewSet:
    """Return the lists and forms of one vocabulary."""

    class ConceptViewSet(SnippetViewSet):
        list_display = [
            "label",
            "code",
            "order",
            Column("is_retired", label=_("State"), accessor=_state, sort_key="is_retired"),
            "replaced_by",
        ]
        list_filter = ["is_retired"]
        list_per_page = 50
        icon = "tag"
        edit_handler = ObjectList(model.panels, base_form_class=ConceptForm)

        def get_queryset(self, request: HttpRequest) -> Any:
            """Return the terms with those that replace them, in one query."""
            return self.model._default_manager.select_related("replaced_by")

    viewset: SnippetViewSet = ConceptViewSet(model=model)
    return viewset


class VocabulariesGroup(SnippetViewSetGroup):
    """The menu of all vocabularies."""

    menu_label = _("Vocabularies")
    menu_name = "vocabularies"
    menu_icon = "tag"
    menu_order = 310
    items = [concept_viewset(model) for model in VOCABULARIES.values()]


def times_used(term: Concept) -> int:
    """Return in how many places a term is used: lessons, pilots, other terms."""
    used = 0
    for relation in term._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: term})
        used += rows.count()
    return used


def keep_used_terms(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Refuse to delete terms that are in use; say what to do instead."""
    used = [(term, times_used(term)) for term in instances if isinstance(term, Concept)]
    refused = [(term, number) for term, number in used if number]
    if not refused:
        return None
    finder = AdminURLFinder(request.user)
    for term, number in refused:
        reason = ngettext(
            "“%(term)s” is used in %(number)d place and cannot be deleted.",
            "“%(term)s” is used in %(number)d places and cannot be deleted.",
            number,
        ) % {"term": term, "number": number}
        advice = gettext(
            "Retire it, or merge it into another term with ‘replaced by’: lessons and addresses "
            "then keep working."
        )
        messages.error(
            request,
            f"{reason} {advice}",
            buttons=[messages.button(finder.get_edit_url(term), gettext("Retire or merge"))],
        )
    return redirect(finder.get_edit_url(refused[0][0]))
