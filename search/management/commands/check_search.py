"""Compare the index with the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import service


class Command(BaseCommand):
    """Report every lesson in which index and database differ; with ``--mend``, mend it."""

    help = "Vergelijkt de zoekindex les voor les met de database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--mend``."""
        parser.add_argument("--mend", action="store_true", help="Herstel wat verschilt.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare; end with a failure when a difference remains."""
        try:
            difference = self._difference(mend=options["mend"])
        except service.EngineError as error:
            raise CommandError(f"De zoekindex is niet te lezen: {error}") from error
        if difference:
            raise CommandError("De zoekindex verschilt van de database. Herstel met --mend.")
        self.stdout.write("De zoekindex is gelijk aan de database.")

    def _difference(self, *, mend: bool) -> service.Difference:
        """Return what differs, after mending when that is asked. Raises ``EngineError``."""
        if service.needs_rebuild():
            if not mend:
                raise CommandError("Er is geen zoekindex. Maak hem met rebuild_search_index.")
            service.rebuild()
        service.drain()
        difference = self._check()
        if difference and mend:
            self.stdout.write(f"{service.mend(difference)} wijzigingen verwerkt.")
            difference = self._check()
        return difference

    def _check(self) -> service.Difference:
        difference = service.check()
        for title, pks in (
            ("Ontbreekt in de index", difference.missing),
            ("Hoort niet in de index", difference.extra),
            ("Verschilt", difference.differing),
        ):
            if pks:
                self.stdout.write(f"{title}: {', '.join(map(str, pks))}")
        return difference
