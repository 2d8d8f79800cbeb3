"""What a browser may do with an answer: which policy holds where, and what no page may use."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

PERMISSIONS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
"""What a page could ask the browser for, and nothing here ever does."""

PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in PERMISSIONS)


class ContentPolicyMiddleware(CSPMiddleware):
    """Gives the screens of the CMS a policy of their own, and lets them frame a preview.

    A view that sets its own policy keeps it. Who is not logged in yet gets the strict
    policy in the CMS too: its forms to log in need no more.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return what makes up the policy of this answer."""
        parts = super().get_policy_parts(request, response, report_only)
        if getattr(request, "is_preview", False):
            # Wagtail asks the page for it, at the page's own address, to show in the CMS.
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        if parts.config is None and not report_only and _is_screen_of_editors(request):
            parts.config = settings.CONTENT_SECURITY_POLICY_CMS
        return parts


class IsolationMiddleware:
    """Switches off what no page of ours uses, and keeps pages out of other sites' programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers unless the view set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Only pages: a reader of feeds may show our pictures.
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _is_screen_of_editors(request: HttpRequest) -> bool:
    # The address first: asking who it is takes a query, which the public pages do without.
    if not request.path_info.startswith(reverse("wagtailadmin_home")):
        return False
    user = getattr(request, "user", None)
    return user is not None and bool(user.is_authenticated)
