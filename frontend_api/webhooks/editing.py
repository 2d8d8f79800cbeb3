"""Webhooks in the CMS: the list and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from frontend_api.models import DeliveryState, EventKind, Payload, Webhook, all_kinds
from frontend_api.webhooks.addresses import AddressError, parsed, resolved
from frontend_api.webhooks.care import CareView, care_url
from frontend_api.webhooks.log_screens import DeliveryLogViewSet, log_url
from frontend_api.webhooks.shaping import SelectionError, stored_selection
from search import service


def feed_choices() -> list[tuple[str, str]]:
    """Return the feeds that are in use."""
    return [(feed.slug, feed.title) for feed in service.feeds(of_partners=True)]


class WebhookForm(WagtailAdminModelForm):
    """A webhook; what cannot work is refused while somebody looks."""

    feeds = forms.MultipleChoiceField(
        label=_("Feeds"),
        choices=feed_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: everything that happens to all lessons."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Events"),
        choices=EventKind.choices,
        initial=all_kinds,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who leaves out one by which a lesson goes may go on showing what is gone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        feeds = self.fields["feeds"]
        offered = feed_choices()
        # A feed that has ended stays with those who followed it.
        ended = set(self.instance.feeds) - {slug for slug, _title in offered}
        feeds.choices = offered + [(slug, slug) for slug in sorted(ended)]

    def clean_url(self) -> str:
        """Refuse an address to which nothing will ever be sent."""
        url: str = self.cleaned_data["url"].strip()
        try:
            resolved(parsed(url))
        except AddressError as fault:
            raise ValidationError(str(fault)) from fault
        return url

    def clean_selection(self) -> str:
        """Keep the selection in its own form; refuse one that cannot be asked."""
        text: str = self.cleaned_data["selection"].strip()
        if not text:
            return ""
        try:
            return stored_selection(text)
        except SelectionError as fault:
            message = gettext("This selection cannot be asked: %(fault)s") % {"fault": fault}
            raise ValidationError(message) from fault

    def clean(self) -> dict[str, Any]:
        """Ask for a selection when the contents need one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_shaped = cleaned.get("payload") == Payload.SHAPED
        if is_shaped and not cleaned.get("selection") and "selection" not in self.errors:
            self.add_error("selection", gettext("Say which fields of the lesson are to be sent."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Let a new webhook begin with what happens from now on."""
        if self.instance.pk is None:
            self.instance.position = service.register_position()
        return super().save(commit)


class WebhookPanel(HelpPanel):
    """What the page of a webhook tells: how it is doing, and where to look after it."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one webhook."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the state, and the ways to secret, test and log."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            webhook = self.instance
            if webhook.pk is not None:
                context |= {
                    "webhook": webhook,
                    "care_url": care_url(webhook),
                    "log_url": log_url(webhook),
                    "has_secret": any(secret.is_usable for secret in webhook.secrets.all()),
                    "waiting": webhook.deliveries.filter(state=DeliveryState.PENDING).count(),
                }
            return context


class WebhookCreateView(CreateView):
    """The form of a new webhook; what it needs next is a secret."""

    def get_success_url(self) -> str:
        """Go on to the secret."""
        return care_url(self.object)


def _state(webhook: Webhook) -> str:
    if not webhook.is_active:
        return gettext("not in use")
    if webhook.disabled_at is not None:
        return gettext("switched off: %(reason)s") % {"reason": webhook.disabled_reason}
    if webhook.failures_in_a_row:
        number = webhook.failures_in_a_row
        failed = ngettext("%(number)s failure in a row", "%(number)s failures in a row", number)
        return failed % {"number": number}
    return gettext("in order")


class WebhookViewSet(SnippetViewSet):
    """The list and form of webhooks, and the screen to look after one."""

    model = Webhook
    icon = "rotate"
    menu_label = _("Receivers")
    menu_name = "webhooks-receivers"
    add_view_class = WebhookCreateView
    copy_view_enabled = False
    list_display = [
        "name",
        "client",
        "url",
        Column("state", label=_("State"), accessor=_state),
        Column("waiting", label=_("Waiting")),
        "last_success_at",
    ]
    list_per_page = 50
    search_fields = ["name", "url"]
    edit_handler = ObjectList(
        [
            WebhookPanel(template="frontend_api/webhooks/panel.html", heading=_("How it is doing")),
            MultiFieldPanel(
                [
                    FieldPanel("client", widget=forms.Select),
                    FieldPanel("name"),
                    FieldPanel("url"),
                    FieldPanel("notice_email"),
                    FieldPanel("is_active"),
                ],
                heading=_("Where to"),
            ),
            MultiFieldPanel([FieldPanel("feeds"), FieldPanel("kinds")], heading=_("Which events")),
            MultiFieldPanel(
                [FieldPanel("payload"), FieldPanel("selection")], heading=_("What an event tells")
            ),
        ],
        base_form_class=WebhookForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        """Return the webhooks, each with how much waits for it."""
        waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.PENDING))
        return Webhook.objects.select_related("client").annotate(waiting=waiting)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, and that of the care."""
        return [*super().get_urlpatterns(), path("care/<int:pk>/", CareView.as_view(), name="care")]


class WebhooksGroup(SnippetViewSetGroup):
    """The menu of webhooks."""

    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_icon = "rotate"
    menu_order = 345
    items = (WebhookViewSet, DeliveryLogViewSet)
