"""A middleware for the server of these tests, whose threads share one connection."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# One that may be taken again: Wagtail asks for a preview within the request for it.
_turn = threading.RLock()


class OneAtATimeMiddleware:
    """Answers one request at a time, so that no transaction ends in the middle of another.

    The CMS saves while it asks for a preview; in the product each has its own connection.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _turn:
            return self.get_response(request)
