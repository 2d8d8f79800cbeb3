"""The log of deliveries in the CMS, and one delivery with its attempts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from frontend_api.models import (
    DeliveryState,
    EventKind,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)
from frontend_api.webhooks.planning import replay

_NAME = "webhook_log"
_policy = ModelPermissionPolicy(Webhook)


def log_url(webhook: Webhook) -> str:
    """Return the log of one webhook."""
    return f"{reverse(f'{_NAME}:index')}?{urlencode({'webhook': webhook.pk})}"


class DeliveryFilterSet(WagtailFilterSet):
    """Which deliveries: of a webhook, in a state, of a kind, of a lesson."""

    webhook = django_filters.ModelChoiceFilter(
        label=_("Webhook"), queryset=Webhook.objects.select_related("client")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=DeliveryState.choices)
    kind = django_filters.ChoiceFilter(label=_("Event"), choices=EventKind.choices)
    lesson = django_filters.UUIDFilter(label=_("Lesson (uuid)"))

    class Meta:
        model = WebhookDelivery
        fields = ["webhook", "state", "kind", "lesson"]


class DeliveryLogView(ReportView):
    """Deliveries, the newest first, each with what the receiver said last."""

    header_icon = "history"
    permission_policy = _policy
    permission_required = "view"
    filterset_class = DeliveryFilterSet
    is_searchable = False
    default_ordering = "-happened_at"
    paginate_by = 50
    list_export = [
        *("happened_at", "webhook", "kind", "feed", "lesson", "position"),
        *("state", "tries", "last_status", "last_fault"),
    ]
    export_headings = {
        "last_status": _("Last answer"),
        "last_fault": _("Last fault"),
    }
    columns = [
        TitleColumn(
            "kind",
            label=_("Event"),
            accessor="get_kind_display",
            get_url=lambda delivery: delivery_url(delivery),
            width="20%",
        ),
        Column("webhook", label=_("Webhook")),
        Column("lesson", label=_("Lesson")),
        Column("feed", label=_("Feed")),
        Column("position", label=_("Position")),
        DateColumn("happened_at", label=_("Happened")),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("tries", label=_("Attempts")),
        Column("last_status", label=_("Last answer")),
        Column("last_fault", label=_("Last fault")),
    ]

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        """Return the deliveries with their last attempt."""
        last = WebhookAttempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-pk")
        return WebhookDelivery.objects.select_related("webhook__client").annotate(
            last_status=Subquery(last.values("status")[:1]),
            last_fault=Subquery(last.values("fault")[:1]),
        )


def delivery_url(delivery: WebhookDelivery) -> str:
    """Return the screen of one delivery."""
    return reverse(f"{_NAME}:delivery", args=[delivery.pk])


class DeliveryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One delivery with each attempt, and the button to send it again."""

    permission_policy = _policy
    permission_required = "view"
    header_icon = "history"
    page_title = _("Delivery")
    template_name = "frontend_api/webhooks/delivery.html"

    @cached_property
    def delivery(self) -> WebhookDelivery:
        """The delivery of the address."""
        found = WebhookDelivery.objects.select_related("webhook__client")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.delivery.message_id

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen, by the log."""
        return [
            *self.breadcrumbs_items,
            {"url": log_url(self.delivery.webhook), "label": gettext("Log")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the delivery with its attempts."""
        return super().get_context_data(
            delivery=self.delivery,
            attempts=self.delivery.attempts.all(),
            may_replay=_policy.user_has_permission(self.request.user, "change"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it again, whatever became of it."""
        if not _policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        replay(self.delivery)
        log(
            instance=self.delivery.webhook,
            action="frontend_api.replay_webhook",
            user=request.user,
            data={"delivery": self.delivery.message_id},
        )
        messages.success(request, gettext("The event is sent again within seconds."))
        return redirect(delivery_url(self.delivery))


class _LogMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return _policy.user_has_permission(request.user, "view")


class DeliveryLogViewSet(ViewSet):
    """The log with its place in the menu."""

    name = _NAME
    url_prefix = "webhooks/log"
    icon = "history"
    menu_label = _("Log of deliveries")
    menu_name = "webhooks-log"
    menu_item_class = _LogMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the log, its rows alone, and one delivery."""
        texts: dict[str, Any] = {
            "page_title": self.menu_label,
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("results"),
        }
        rows = DeliveryLogView.as_view(**texts, results_only=True)
        return [
            path("", DeliveryLogView.as_view(**texts), name="index"),
            path("results/", rows, name="results"),
            path("<int:pk>/", DeliveryView.as_view(), name="delivery"),
        ]
