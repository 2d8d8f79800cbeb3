"""Measure how well comparable gemeenten hold, on the shipped tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lessons.comparability.report import PAGE, measured, with_measured


class Command(BaseCommand):
    """Prints the measured part of the page, or writes it; asks no database anything."""

    help = (
        "Meet hoe goed de vergelijking van gemeenten klopt, op de meegeleverde tabellen: bekende "
        "paren, klassen van het CBS, stabiliteit en wie geen gelijke heeft."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="Schrijf het resultaat in docs/comparable-gemeenten.md.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(measured())
            return
        page = with_measured(PAGE.read_text(encoding="utf-8"))
        PAGE.write_text(page, encoding="utf-8")
        self.stdout.write(f"{PAGE.name} geschreven.")
