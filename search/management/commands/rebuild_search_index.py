"""Make the search index anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import service


class Command(BaseCommand):
    """Rebuild beside the index that serves, and let the new one serve when it is complete."""

    help = "Maakt de zoekindex opnieuw uit de database; zoeken en publiceren gaan intussen door."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--if-needed``."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Verwerk alleen wat nog wacht als er al een index van deze versie is.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and tell how far it is."""
        self._is_silent = options["verbosity"] == 0
        if options["if_needed"] and not self._is_needed():
            return
        start = time.monotonic()
        try:
            count = service.rebuild(self._tell_progress)
        except service.RebuildRunningError as error:
            if options["if_needed"]:
                self._say("De zoekindex wordt al opgebouwd.")
                return
            raise CommandError(
                "De zoekindex wordt al opgebouwd; wacht tot dat klaar is."
            ) from error
        except service.EngineError as error:
            raise CommandError(f"De zoekindex kon niet worden opgebouwd: {error}") from error
        seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
        self._say(f"Klaar: {count} lessen in {seconds} s.")

    def _is_needed(self) -> bool:
        """Return whether there is no index; when nobody can tell, that is no reason to stop."""
        try:
            if service.needs_rebuild():
                return True
        except service.EngineError as error:
            self.stderr.write(
                f"De zoekmachine is niet te bereiken ({error}). De index volgt later."
            )
            return False
        self._say(f"De zoekindex is er al; {service.drain()} wijzigingen verwerkt.")
        return False

    def _tell_progress(self, done: int, total: int) -> None:
        self._say(f"{done} van {total} lessen")

    def _say(self, text: str) -> None:
        if not self._is_silent:
            self.stdout.write(text)
            self.stdout.flush()
