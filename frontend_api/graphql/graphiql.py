"""GraphiQL: ask questions in the browser, with examples that work."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

EXAMPLES_DIR = Path(__file__).with_name("examples")


# Its menus make a style sheet when they open, which carries the nonce of the page; its fonts
# are data addresses in its own style sheet. No script needs the nonce.
@csp_replace({"script-src": [SELF], "font-src": [SELF, "data:"]})
@require_safe
def graphiql(request: HttpRequest) -> HttpResponse:
    """Show GraphiQL, unless the operator switched it off."""
    if not settings.GRAPHIQL_ENABLED:
        raise Http404
    context = {
        "examples": example_queries(),
        "is_trusted_only": settings.GRAPHQL_TRUSTED_ONLY,
    }
    return render(request, "frontend_api/graphiql.html", context)


@cache
def example_queries() -> tuple[str, ...]:
    """Return the example questions in the order in which they are shown."""
    return tuple(
        path.read_text(encoding="utf-8") for path in sorted(EXAMPLES_DIR.glob("*.graphql"))
    )
