"""Generate lessons to measure with, or take them away."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.generating import storing

DEFAULT_SEED = 20260101
MOST = 1_000_000


class Command(BaseCommand):
    """Adds public lessons that say they are no real ones. For measuring, never for the public."""

    help = (
        "Genereert lessen om mee te meten, in een eigen sectie en herkenbaar aan titel, "
        "naamsvermelding en bron. Niet voor een openbare installatie."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number, ``--seed``, ``--remove`` and ``--force``."""
        parser.add_argument(
            "number", nargs="?", type=int, help="Zoveel lessen erbij, naast wat er al is."
        )
        parser.add_argument(
            "--seed", type=int, default=DEFAULT_SEED, help="Dezelfde geeft dezelfde lessen."
        )
        parser.add_argument(
            "--remove", action="store_true", help="Verwijder alle gegenereerde lessen."
        )
        parser.add_argument(
            "--force", action="store_true", help="Ook naast lessen die iemand hier schreef."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Generate or remove, and tell how far it is."""
        self._is_silent = options["verbosity"] == 0
        start = time.monotonic()
        if options["remove"]:
            count = storing.remove(self._tell_progress)
            self._say(f"{count} gegenereerde lessen verwijderd.")
            return
        number = options["number"]
        if number is None or not 1 <= number <= MOST:
            raise CommandError(f"Geef een aantal van 1 tot en met {MOST}, of --remove.")
        self._refuse_where_people_work(force=options["force"])
        try:
            total = storing.generate(number, options["seed"], self._tell_progress)
        except storing.GeneratingError as error:
            raise CommandError(str(error)) from error
        seconds = f"{time.monotonic() - start:.0f}"
        self._say(f"{number} lessen gegenereerd in {seconds} s; er zijn er nu {total}.")
        self._say("De zoekindex volgt vanzelf; met rebuild_search_index gaat dat het snelst.")

    def _refuse_where_people_work(self, *, force: bool) -> None:
        if not settings.DEMO_ENABLED:
            raise CommandError(
                "Deze installatie is openbaar: hier komen geen gegenereerde lessen. "
                "Meet op een eigen machine, met DJANGO_SETTINGS_MODULE=cms.settings.desk."
            )
        people = storing.lessons_of_people()
        if people and not force:
            raise CommandError(
                f"Hier staan {people} lessen die iemand zelf schreef. Gebruik een andere "
                "gegevensmap (LESSENBANK_DATA), of geef --force."
            )

    def _tell_progress(self, done: int, total: int) -> None:
        self._say(f"{done} van {total} lessen")

    def _say(self, text: str) -> None:
        if not self._is_silent:
            self.stdout.write(text)
            self.stdout.flush()
