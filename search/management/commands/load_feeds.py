"""Load the feeds that Lessenbank is shipped with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.loading_feeds import FeedsFileError, load_feeds, read_feeds


class Command(BaseCommand):
    """Adds feeds that are not there; what editors changed or ended stays so."""

    help = "Laadt de feeds die bij Lessenbank horen. Feeds die er al zijn, blijven zoals ze zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and tell how many were new."""
        try:
            feeds = read_feeds()
        except FeedsFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Feeds: {load_feeds(feeds)} van {len(feeds)} nieuw.")
