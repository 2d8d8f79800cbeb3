"""Delete what is older than may be kept of what was searched for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search import query_log


class Command(BaseCommand):
    """Forget old questions."""

    help = "Verwijdert tellingen van zoekopdrachten die ouder zijn dan de instelling toestaat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and tell how many days' counts that were."""
        deleted = query_log.forget_old()
        if options["verbosity"]:
            self.stdout.write(f"{deleted} tellingen verwijderd.")
