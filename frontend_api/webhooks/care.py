"""Looking after one webhook: its secret, a test, a replay, and switching it on again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from frontend_api.models import Webhook
from frontend_api.webhooks import outcomes, planning, signing, trying
from frontend_api.webhooks.log_screens import log_url
from search import service

_BASE = "wagtailsnippets_frontend_api_webhook"


def care_url(webhook: Webhook) -> str:
    """Return the screen to look after a webhook."""
    return reverse(f"{_BASE}:care", args=[webhook.pk])


class ReplayForm(forms.Form):
    """From where a webhook is to begin again."""

    position = forms.IntegerField(
        label=_("After position"),
        min_value=0,
        help_text=_(
            "Every event tells its position; the log shows them too. 0: all lessons from the "
            "beginning. What was sent before keeps its webhook-id, so that the receiver knows it "
            "again. Of each lesson the newest event is sent, telling how the lesson is now."
        ),
    )

    def __init__(self, *args: Any, newest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].max_value = newest  # type: ignore[attr-defined]
        self.newest = newest

    def clean_position(self) -> int:
        """Refuse a position that is still to come."""
        position: int = self.cleaned_data["position"]
        if position > self.newest:
            raise forms.ValidationError(
                gettext("The newest position is %(position)s.") % {"position": self.newest}
            )
        return position


@method_decorator(never_cache, name="dispatch")
class CareView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What an administrator does for one webhook.

    The text of a new secret stands in the answer to the request that made it, and nowhere else.
    """

    permission_policy = ModelPermissionPolicy(Webhook)
    permission_required = "change"
    header_icon = "rotate"
    page_title = _("Secret, test and replay")
    template_name = "frontend_api/webhooks/care.html"

    @cached_property
    def webhook(self) -> Webhook:
        """The webhook of the address."""
        found = Webhook.objects.select_related("client").prefetch_related("secrets")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.webhook.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen, by the list and the webhook."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{_BASE}:list"), "label": gettext("Webhooks")},
            {"url": reverse(f"{_BASE}:edit", args=[self.webhook.pk]), "label": self.webhook.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the webhook with its secrets, and the form of a replay."""
        form = ReplayForm(initial={"position": self.webhook.position}, newest=self.webhook.position)
        context = {
            "webhook": self.webhook,
            "secrets": [secret for secret in self.webhook.secrets.all() if secret.is_usable],
            "form": form,
            "log_url": log_url(self.webhook),
            "overlap": signing.OVERLAP.days,
        }
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out one of the actions."""
        actions: dict[str | None, Callable[[], HttpResponse]] = {
            "secret": self._make_secret,
            "end": self._end_secret,
            "test": self._test,
            "replay": self._replay,
            "switch_on": self._switch_on,
        }
        action = actions.get(request.POST.get("action"))
        if action is None:
            raise BadRequest(request.POST.get("action"))
        return action()

    def _make_secret(self) -> HttpResponse:
        with transaction.atomic():
            text = signing.new_secret(self.webhook)
            self._log("make_webhook_secret")
        del self.webhook
        return self.render_to_response(self.get_context_data(issued=text))

    def _end_secret(self) -> HttpResponse:
        replaced = self.webhook.secrets.filter(expires_on__isnull=False)
        secret = get_object_or_404(replaced, pk=self.request.POST.get("secret") or None)
        with transaction.atomic():
            secret.delete()
            self._log("end_webhook_secret")
        return self._done(gettext("Nothing is signed with the old secret any more."))

    def _test(self) -> HttpResponse:
        try:
            trial = trying.try_out(self.webhook)
        except signing.LostSecretError:
            messages.error(
                self.request, gettext("There is no secret to sign with. Make a new one.")
            )
            return redirect(care_url(self.webhook))
        self._log("test_webhook", status=trial.answer.status)
        return self.render_to_response(self.get_context_data(trial=trial))

    def _replay(self) -> HttpResponse:
        form = ReplayForm(self.request.POST, newest=service.register_position())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            planning.replay_after(self.webhook, form.cleaned_data["position"])
            self._log("replay_webhook", position=form.cleaned_data["position"])
        return self._done(gettext("It is sent again within seconds, beside what is new."))

    def _switch_on(self) -> HttpResponse:
        with transaction.atomic():
            outcomes.switch_on(self.webhook)
            self._log("switch_on_webhook")
        return self._done(gettext("The webhook goes on where it stopped."))

    def _done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(care_url(self.webhook))

    def _log(self, action: str, **data: object) -> None:
        log(
            instance=self.webhook,
            action=f"frontend_api.{action}",
            user=self.request.user,
            data={"at": timezone.now().isoformat(timespec="seconds"), **data},
        )
