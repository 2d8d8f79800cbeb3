"""What an administrator is warned of before a site goes public."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def check_private_addresses(**_kwargs: Any) -> list[CheckMessage]:
    """Warn when webhooks may reach what stands inside."""
    if not settings.WEBHOOK_ALLOW_PRIVATE:
        return []
    return [
        Warning(
            "Webhooks may be sent to this machine and its network.",
            hint="Leave out LESSENBANK_WEBHOOK_ALLOW_PRIVATE; it is for development only.",
            id="frontend_api.W001",
        )
    ]
