"""Where the public pages take part in Wagtail's serving, and the API in its CMS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from frontend_api.clients.editing import PartnerClientViewSet
from frontend_api.portal import serving
from frontend_api.webhooks.editing import WebhooksGroup
from frontend_api.webhooks.notices import WebhooksPanel, may_see_webhooks

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]

register_snippet(PartnerClientViewSet)
register_snippet(WebhooksGroup)


@hooks.register("register_log_actions")
def register_key_actions(actions: Any) -> None:
    """Let the log tell who issued, replaced and revoked which key."""
    actions.register_action("frontend_api.issue_key", _("Issue a key"), _("Issued a key"))
    actions.register_action("frontend_api.rotate_key", _("Replace a key"), _("Replaced a key"))
    actions.register_action("frontend_api.revoke_key", _("Revoke a key"), _("Revoked a key"))


@hooks.register("register_log_actions")
def register_webhook_actions(actions: Any) -> None:
    """Let the log tell who did what with a webhook."""
    for action, label, message in (
        ("make_webhook_secret", _("Make a secret"), _("Made a secret")),
        ("end_webhook_secret", _("End a secret"), _("Ended a secret")),
        ("test_webhook", _("Test a webhook"), _("Tested the webhook")),
        ("replay_webhook", _("Send events again"), _("Sent events again")),
        ("switch_on_webhook", _("Switch on a webhook"), _("Switched on the webhook")),
    ):
        actions.register_action(f"frontend_api.{action}", label, message)


# After the lessons' own panels, which take the place of what was there.
@hooks.register("construct_homepage_panels", order=10)
def show_webhooks(request: HttpRequest, panels: list[Component]) -> None:
    """Show administrators the webhooks that need somebody."""
    if may_see_webhooks(request.user):
        panels.append(WebhooksPanel())


# After Wagtail's own check of view restrictions, which has order 0: a chain runs its
# first function outermost.
@hooks.register("on_serve_page", order=100)
def serve_through_the_gate(next_serve: Serve) -> Serve:
    """Show lessons and pilots as records; let Wagtail show the other pages."""

    def serve(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        response = serving.respond(page, request)
        return next_serve(page, request, args, kwargs) if response is None else response

    return serve
