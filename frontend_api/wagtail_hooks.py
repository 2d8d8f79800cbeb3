"""Where the public pages take part in Wagtail's serving, and the API in its CMS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from frontend_api.clients.editing import PartnerClientViewSet
from frontend_api.portal import serving

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]

register_snippet(PartnerClientViewSet)


@hooks.register("register_log_actions")
def register_key_actions(actions: Any) -> None:
    """Let the log tell who issued, replaced and revoked which key."""
    actions.register_action("frontend_api.issue_key", _("Issue a key"), _("Issued a key"))
    actions.register_action("frontend_api.rotate_key", _("Replace a key"), _("Replaced a key"))
    actions.register_action("frontend_api.revoke_key", _("Revoke a key"), _("Revoked a key"))


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
