"""Delete what is older than may be kept of what was delivered to webhooks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontend_api.webhooks import log


class Command(BaseCommand):
    """Forget old deliveries."""

    help = "Verwijdert bezorgingen van webhooks die ouder zijn dan de instelling toestaat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and tell how many there were."""
        deleted = log.forget_old()
        if options["verbosity"]:
            self.stdout.write(f"{deleted} bezorgingen verwijderd.")
