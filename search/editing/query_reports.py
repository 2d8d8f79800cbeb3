"""What is searched for: the wordings asked most, and those that found nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet, Sum
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from search.editing.synonym_lists import prefilled_url
from search.models import QueryCount
from search.query_log import MOST_PRIVATE, NOT_KEPT

_policy = ModelPermissionPolicy(QueryCount)
Row = Mapping[str, Any]


class PeriodFilterSet(WagtailFilterSet):
    """The counts of the last days."""

    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[("7", _("last 7 days")), ("30", _("last 30 days"))],
        empty_label=_("everything that is kept"),
        method="since",
    )

    class Meta:
        model = QueryCount
        fields: list[str] = []

    def since(self, counts: QuerySet[QueryCount], _name: str, days: str) -> QuerySet[QueryCount]:
        """Narrow the counts down before they are added up."""
        first_day = timezone.localdate() - datetime.timedelta(days=int(days) - 1)
        return counts.filter(day__gte=first_day)


def _try_url(row: Row) -> str:
    query = urlencode({"q": row["wording"]})
    return f"{reverse('search_workbench:index')}?{query}"


def _synonym_label(row: Row) -> str:
    return gettext("Make a synonym of “%(wording)s”") % {"wording": row["wording"]}


class QueryReportView(ReportView):
    """Wordings with their counts, the highest first."""

    header_icon = "search"
    permission_policy = _policy
    permission_required = "view"
    filterset_class = PeriodFilterSet
    results_template_name = "search/editing/query_report_results.html"
    is_searchable = False
    list_export = ["wording", "total", "empty"]
    export_headings = {
        "wording": _("Wording"),
        "total": _("Times asked"),
        "empty": _("Of which without result"),
    }
    columns = [
        TitleColumn("wording", label=_("Wording"), get_url=_try_url),
        Column("total", label=_("Times asked")),
        Column("empty", label=_("Of which without result")),
        TitleColumn(
            "synonym",
            label=_("Mend"),
            accessor=_synonym_label,
            get_url=lambda row: prefilled_url({"synonyms": row["wording"]}),
        ),
    ]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the wordings that were asked often enough to be shown."""
        return QueryCount.objects.exclude(wording="")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Add up what the period holds."""
        totals = (
            super()
            .filter_queryset(queryset)
            .order_by()
            .values("wording")
            .annotate(total=Sum("times"), empty=Sum("times_without_result"))
            .filter(total__gt=MOST_PRIVATE)
        )
        return self.chosen(totals)

    def chosen(self, totals: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of this report in their order."""
        return totals.order_by("-total", "wording")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how much was asked that is not shown."""
        rare = QueryCount.objects.filter(wording="").exclude(fingerprint=NOT_KEPT)
        unkept = QueryCount.objects.filter(fingerprint=NOT_KEPT)
        return super().get_context_data(
            *args,
            rare=rare.aggregate(total=Sum("times"))["total"] or 0,
            unkept=unkept.aggregate(total=Sum("times"))["total"] or 0,
            shown_from=MOST_PRIVATE + 1,
            **kwargs,
        )


class EmptyQueriesView(QueryReportView):
    """Wordings that found nothing, the most asked first."""

    def chosen(self, totals: QuerySet[Any]) -> QuerySet[Any]:
        """Return what found nothing at least once."""
        return totals.filter(empty__gt=0).order_by("-empty", "wording")


class _ReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return _policy.user_has_permission(request.user, "view")


class QueryReportViewSet(ViewSet):
    """One report with its place in the menu."""

    icon = "search"
    view_class: type[QueryReportView] = QueryReportView
    menu_item_class = _ReportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the report, and its rows alone."""
        texts: dict[str, Any] = {
            "page_title": self.menu_label,
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("results"),
        }
        view = self.view_class.as_view(**texts)
        return [
            path("", view, name="index"),
            path("results/", self.view_class.as_view(**texts, results_only=True), name="results"),
        ]


class EmptyQueriesViewSet(QueryReportViewSet):
    """Questions without result."""

    name = "search_empty_queries"
    url_prefix = "search/without-result"
    icon = "warning"
    menu_label = _("Questions without result")
    menu_name = "search-empty-queries"
    view_class = EmptyQueriesView


class UsedQueriesViewSet(QueryReportViewSet):
    """Questions asked most."""

    name = "search_used_queries"
    url_prefix = "search/most-used"
    menu_label = _("Most used questions")
    menu_name = "search-used-queries"
