"""Load the gemeenten, former ones and jeugdregio's from their tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lessons.loading.console import refusal
from lessons.loading.geography import Changes, load_geography
from lessons.loading.geography_tables import (
    FORMER_FILE,
    GEMEENTEN_FILE,
    JEUGDREGIOS_FILE,
    read_geography,
)
from lessons.loading.problems import LoadingError


class Command(BaseCommand):
    """Makes the database equal to the tables; faults in them leave it unchanged."""

    help = (
        "Laadt gemeenten en jeugdregio's uit de tabellen die bij Lessenbank horen, of uit nieuwere "
        "tabellen van dezelfde vorm. Bij een fout verandert er niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gemeenten", type=Path, default=GEMEENTEN_FILE, metavar="BESTAND")
        parser.add_argument("--jeugdregios", type=Path, default=JEUGDREGIOS_FILE, metavar="BESTAND")
        parser.add_argument("--former", type=Path, default=FORMER_FILE, metavar="BESTAND")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            geography = read_geography(
                options["gemeenten"], options["jeugdregios"], options["former"]
            )
            report = load_geography(geography)
        except LoadingError as error:
            raise refusal(error) from error
        for name, changes in (
            ("Jeugdregio's", report.jeugdregios),
            ("Gemeenten", report.gemeenten),
            (f"Profielen {report.edition}", report.profiles),
            ("Vroegere gemeenten", report.former),
        ):
            self.stdout.write(f"{name}: {changes.total}{_told(changes)}.")


def _told(changes: Changes) -> str:
    parts = [
        f"{number} {word}"
        for number, word in (
            (changes.created, "nieuw"),
            (changes.changed, "gewijzigd"),
            (changes.removed, "verwijderd"),
        )
        if number
    ]
    return f", {', '.join(parts)}" if parts else ", niets veranderd"
