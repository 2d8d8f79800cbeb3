"""Where the public pages take part in Wagtail's serving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from frontend_api.portal import serving

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]


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
