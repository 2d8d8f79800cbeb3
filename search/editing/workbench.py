"""The workbench: what a question finds and why, and what a change of the lists would do.

Everything stands in the address: nothing is saved, and a trial can be sent to a colleague.
The judged queries take a second or more, so the page is shown first and a script fetches
them; without the script a link does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from search.editing.phrasing import found_sentence, sought_sentence
from search.editing.pinning import pinning_url
from search.editing.synonym_lists import group_url, prefilled_url
from search.editing.workbench_forms import DraftGroupForm, DraftPins, QuestionForm, draft
from search.explaining import Explanation
from search.judging import QueryKind
from search.measuring import KIND_LABELS
from search.models import SynonymGroup
from search.query import QueryError
from search.readings import reading
from search.trying import (
    Comparison,
    Draft,
    JudgedChange,
    JudgedComparison,
    Ranked,
    compare,
    compare_judged,
)

_policy = ModelPermissionPolicy(SynonymGroup)
CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the ranking: which lesson stands there, and which one would."""

    place: int
    before: Ranked | None
    after: Ranked | None
    sentences: tuple[str, ...]
    missing: str
    movement: str
    direction: str
    pin_url: str


class WorkbenchView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One screen: a question, its answer with the reasons, and a change to try."""

    page_title = _("Search workbench")
    header_icon = "cogs"
    template_name = "search/editing/workbench.html"
    permission_policy = _policy
    any_permission_required = ["add", "change"]

    @cached_property
    def question(self) -> QuestionForm:
        """The question, empty on the first visit."""
        return QuestionForm(self.request.GET if "q" in self.request.GET else None)

    @cached_property
    def group(self) -> DraftGroupForm:
        """The group of synonyms that is tried."""
        return DraftGroupForm(self.request.GET)

    @cached_property
    def pins(self) -> DraftPins:
        """The lessons that are tried on top."""
        return DraftPins(self.request.GET)

    @property
    def draft(self) -> Draft:
        """The change; none when the group breaks a rule."""
        is_valid = not self.group.is_given or self.group.is_valid()
        return draft(self.group, self.pins) if is_valid else Draft()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the forms, and the answer to a valid question."""
        context = super().get_context_data(
            question=self.question, group=self.group, pins=self.pins, **kwargs
        )
        context["media"] = self.pins.form.media
        if self.question.is_valid():
            context.update(self._answered())
        return context

    def _answered(self) -> dict[str, Any]:
        query, change = self.question.cleaned_data["q"], self.draft
        try:
            comparison = compare(self.question.query(), change)
        except QueryError as fault:
            return {"fault": fault.message}
        shown = comparison.after or comparison.before
        read = reading(shown.text, shown.meaning, shown.sought)
        parameters = self.request.GET.urlencode()
        return {
            "comparison": comparison,
            "rows": _rows(comparison, self.request.GET),
            "reading": read,
            "readings": [sought_sentence(item) for item in read.others],
            "edit_urls": [(group, group_url(group)) for group in read.groups],
            "has_change": bool(change),
            "judged_url": f"{reverse('search_workbench:judged')}?{parameters}" if change else "",
            "save_group_url": (
                prefilled_url(self.group.words, _stored(change.group)) if change.group else ""
            ),
            "save_pins_url": pinning_url(query, change.pinned) if change.pinned else "",
        }


class JudgedView(WorkbenchView):
    """What the change does to the judged queries: a piece of the page, or a page of its own."""

    template_name = "search/editing/judged_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Measure; answer a script with the piece alone."""
        context = self.get_context_data()
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return render(request, "search/editing/judged.html", context)
        return self.render_to_response(context)

    def _answered(self) -> dict[str, Any]:
        judged = compare_judged(self.draft, self.question.cleaned_data["q"])
        workbench = reverse("search_workbench:index")
        return {
            "kinds": list(_kinds(judged)),
            "changed": [_changed(change, self.request.GET) for change in judged.changed],
            "shown": CHANGES_SHOWN,
            "workbench_url": f"{workbench}?{self.request.GET.urlencode()}",
        }


@dataclass(frozen=True, slots=True)
class KindRow:
    """The mean score of one kind of judged queries."""

    label: str
    queries: int
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much it rises."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A judged query of which the score changes."""

    change: JudgedChange
    kind: str
    url: str


def _kinds(judged: JudgedComparison) -> Iterator[KindRow]:
    asked = {change.query.kind for change in judged.changes}
    for kind in (None, *(kind for kind in QueryKind if kind in asked)):
        number, before, after = judged.means(kind)
        yield KindRow(KIND_LABELS[kind], number, before.ndcg, after.ndcg)


def _changed(change: JudgedChange, given: QueryDict) -> ChangedRow:
    parameters = given.copy()
    parameters["q"] = change.query.text
    url = f"{reverse('search_workbench:index')}?{parameters.urlencode()}"
    return ChangedRow(change, KIND_LABELS[change.query.kind], url)


def _rows(comparison: Comparison, given: QueryDict) -> list[Row]:
    before = {hit.place: hit for hit in comparison.before.hits}
    after = {hit.place: hit for hit in comparison.after.hits} if comparison.after else {}
    return [
        _row(place, before.get(place), after.get(place), given)
        for place in sorted(before.keys() | after.keys())
    ]


def _row(place: int, before: Ranked | None, after: Ranked | None, given: QueryDict) -> Row:
    shown = after or before
    movement, direction = _movement(after) if after else ("", "")
    explanation = shown.explanation if shown else Explanation((), ())
    return Row(
        place=place,
        before=before,
        after=after,
        sentences=tuple(map(found_sentence, explanation.found)),
        missing=", ".join(explanation.missing),
        movement=movement,
        direction=direction,
        pin_url=_with_pin(given, shown.pk) if shown and not shown.pinned else "",
    )


def _movement(hit: Ranked) -> tuple[str, str]:
    if hit.was is None:
        return gettext("new"), "new"
    if hit.rise == 0:
        return gettext("same place"), "same"
    text = (
        ngettext("%(number)s place up", "%(number)s places up", hit.rise)
        if hit.rise > 0
        else ngettext("%(number)s place down", "%(number)s places down", -hit.rise)
    )
    return text % {"number": abs(hit.rise)}, "up" if hit.rise > 0 else "down"


def _with_pin(given: QueryDict, pk: int) -> str:
    parameters = given.copy()
    parameters.appendlist("pin", str(pk))
    return f"{reverse('search_workbench:index')}?{parameters.urlencode()}"


def _stored(group: SynonymGroup | None) -> SynonymGroup | None:
    return group if group is not None and group.pk else None


class _WorkbenchMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return _policy.user_has_any_permission(request.user, ["add", "change"])


class WorkbenchViewSet(ViewSet):
    """The workbench with its place in the menu."""

    name = "search_workbench"
    url_prefix = "search/workbench"
    icon = "cogs"
    menu_label = _("Workbench")
    menu_name = "search-workbench"
    menu_item_class = _WorkbenchMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the screen, and the piece that takes a moment."""
        return [
            path("", WorkbenchView.as_view(), name="index"),
            path("judged/", JudgedView.as_view(), name="judged"),
        ]
