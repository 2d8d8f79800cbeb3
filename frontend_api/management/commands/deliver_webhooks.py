"""Tell webhooks what happened to lessons."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontend_api.webhooks.delivering import deliver
from frontend_api.webhooks.notices import send_notices
from frontend_api.webhooks.planning import plan


class Command(BaseCommand):
    """Plan what is new, send what is due, and tell people what went wrong."""

    help = "Stuurt webhooks wat er met lessen is gebeurd, en probeert opnieuw wat eerder misging."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one pass, and tell what was done."""
        planned = plan()
        tally = deliver()
        send_notices()
        if options["verbosity"]:
            self.stdout.write(
                f"{planned} nieuw, {tally.accepted} aangenomen, {tally.failed} mislukt, "
                f"{tally.passed_by} ingehaald."
            )
