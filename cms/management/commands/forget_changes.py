"""Delete the marks of changes that every kept answer is younger than."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms import content_version


class Command(BaseCommand):
    """Forget old changes."""

    help = "Verwijdert oude merktekens van wijzigingen; bewaarde antwoorden zijn altijd nieuwer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and tell how many there were."""
        deleted = content_version.forget_old_changes()
        if options["verbosity"]:
            self.stdout.write(f"{deleted} merktekens verwijderd.")
