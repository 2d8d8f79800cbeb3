"""API clients in the CMS: who they are, their keys, and how much they use."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from frontend_api.clients import keys, usage
from frontend_api.clients.keys import IssuedKey
from frontend_api.models import PartnerClient, PartnerKey, Scope, reading_scopes

_policy = ModelPermissionPolicy(PartnerClient)
_KEYS = "wagtailsnippets_frontend_api_partnerclient:keys"


class PartnerClientForm(WagtailAdminModelForm):
    """An API client."""

    scopes = forms.MultipleChoiceField(
        label=_("May use"),
        choices=Scope.choices,
        initial=reading_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The data files and the suggestions are open to every client."),
    )


class KeyForm(forms.Form):
    """What is asked for a new key."""

    expires_on = forms.DateField(
        label=_("Last day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_expires_on(self) -> datetime.date:
        """Refuse a day that is over."""
        day: datetime.date = self.cleaned_data["expires_on"]
        if day < timezone.localdate():
            raise ValidationError(gettext("This day is over; choose today or later."))
        return day


def keys_url(client: PartnerClient) -> str:
    """Return the screen with the keys of a client."""
    return reverse(_KEYS, args=[client.pk])


def key_state(key: PartnerKey) -> str:
    """Return in words whether a key is let in."""
    if key.revoked_at is not None:
        return gettext("revoked")
    return gettext("expired") if key.is_expired else gettext("valid")


@method_decorator(never_cache, name="dispatch")
class KeysView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The keys of one client: issue, replace and revoke them.

    The text of a new key stands in the answer to the request that made it, and nowhere else:
    neither in the session nor in the log.
    """

    permission_policy = _policy
    permission_required = "change"
    header_icon = "key"
    page_title = _("Keys")
    template_name = "frontend_api/clients/keys.html"

    @cached_property
    def client(self) -> PartnerClient:
        """The client of the address."""
        return get_object_or_404(PartnerClient, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.client.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen, by the list and the client."""
        base = "wagtailsnippets_frontend_api_partnerclient"
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{base}:list"), "label": gettext("API clients")},
            {"url": reverse(f"{base}:edit", args=[self.client.pk]), "label": self.client.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the keys, and the form of a new one."""
        first = {"expires_on": timezone.localdate() + keys.VALIDITY}
        rows = [(key, key_state(key)) for key in self.client.keys.all()]
        context = {"client": self.client, "rows": rows, "form": KeyForm(initial=first)}
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out one of the three actions."""
        action = request.POST.get("action")
        if action == "issue":
            return self._issue()
        key = get_object_or_404(self.client.keys, pk=request.POST.get("key") or None)
        if action == "rotate" and key.is_usable:
            with transaction.atomic():
                issued = keys.rotate(key)
                self._log("rotate", issued.key, replaced=str(key))
            return self._shown(issued)
        if action == "revoke":
            with transaction.atomic():
                keys.revoke(key)
                self._log("revoke", key)
            messages.success(request, gettext("The key %(key)s is revoked.") % {"key": key})
            return redirect(keys_url(self.client))
        raise BadRequest(action)

    def _issue(self) -> HttpResponse:
        form = KeyForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            issued = keys.issue(self.client, form.cleaned_data["expires_on"])
            self._log("issue", issued.key)
        return self._shown(issued)

    def _shown(self, issued: IssuedKey) -> HttpResponse:
        return self.render_to_response(self.get_context_data(issued=issued))

    def _log(self, action: str, key: PartnerKey, **data: str) -> None:
        log(
            instance=self.client,
            action=f"frontend_api.{action}_key",
            user=self.request.user,
            data={"key": str(key), **data},
        )


class ClientPanel(HelpPanel):
    """What the page of a client tells: its keys and its use."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one client."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the keys that are let in, and the use of the last days."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            client = self.instance
            if client.pk is not None:
                context["keys_url"] = keys_url(client)
                context["usable"] = [key for key in client.keys.all() if key.is_usable]
                context["usage"] = usage.usage_of(client)
                context["days"] = usage.DAYS_SHOWN
            return context


class PartnerClientCreateView(CreateView):
    """The form of a new client; what it needs next is a key."""

    def get_success_url(self) -> str:
        """Go on to the keys."""
        return keys_url(self.object)


def _usable(client: PartnerClient) -> str:
    number = sum(key.is_usable for key in client.keys.all())
    return ngettext("%(number)s valid key", "%(number)s valid keys", number) % {"number": number}


class PartnerClientViewSet(SnippetViewSet):
    """The list and form of API clients, and the screen of their keys."""

    model = PartnerClient
    icon = "key"
    menu_label = _("API clients")
    menu_name = "api-clients"
    menu_order = 340
    add_to_admin_menu = True
    add_view_class = PartnerClientCreateView
    copy_view_enabled = False
    list_display = [
        "name",
        "organization",
        BooleanColumn("is_active", label=_("In use")),
        Column("keys", label=_("Keys"), accessor=_usable),
        Column("last_used", label=_("Last used")),
    ]
    list_per_page = 50
    search_fields = ["name", "organization"]
    edit_handler = ObjectList(
        [
            ClientPanel(
                template="frontend_api/clients/client_panel.html", heading=_("Keys and use")
            ),
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("organization"), FieldPanel("contact_role")],
                heading=_("Who"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("scopes"),
                    FieldPanel("requests_per_minute"),
                    FieldPanel("allowed_origins"),
                    FieldPanel("is_active"),
                ],
                heading=_("Limits"),
            ),
        ],
        base_form_class=PartnerClientForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the clients with their keys."""
        clients = PartnerClient.objects.prefetch_related("keys")
        return clients.annotate(last_used=Max("keys__last_used_on"))

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, and that of the keys."""
        own = path("keys/<int:pk>/", KeysView.as_view(), name="keys")
        return [*super().get_urlpatterns(), own]
