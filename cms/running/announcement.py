"""What is printed once the site answers: where to go, and as whom."""

from __future__ import annotations

import io

from django.conf import settings
from django.core.management import call_command


def announcement() -> str:
    """Return the addresses and, at a desk, the demo log-ins with their roles."""
    lines = [
        "",
        "Lessenbank draait.",
        f"  Site      {settings.BASE_URL}/",
        f"  CMS       {settings.BASE_URL}/cms/",
        f"  GraphQL   {settings.BASE_URL}/graphql/",
    ]
    if settings.GRAPHIQL_ENABLED:
        lines.append(f"  GraphiQL  {settings.BASE_URL}/graphiql/")
    lines.append("")
    if settings.DEMO_ENABLED:
        lines.append(_demo_log_ins())
    lines.append("Stoppen: Ctrl-C")
    return "\n".join(lines)


def _demo_log_ins() -> str:
    output = io.StringIO()
    call_command("load_demo", logins=True, stdout=output)
    return output.getvalue()
