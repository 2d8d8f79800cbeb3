"""Bring the register of changes in step with the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import service


class Command(BaseCommand):
    """Write down what nobody noted, or begin a new register."""

    help = (
        "Vult het register van wijzigingen aan met wat langs het CMS om is veranderd. Met --new "
        "begint een nieuw register: nodig nadat de database uit een back-up is teruggezet, "
        "zodat afnemers opnieuw beginnen in plaats van iets te missen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--new``."""
        parser.add_argument("--new", action="store_true", help="Begin een nieuw register.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mend, and tell how much was mended."""
        number = service.mend_changes(anew=options["new"])
        if options["new"]:
            self.stdout.write("Een nieuw register is begonnen; elke oude cursor wordt geweigerd.")
        self.stdout.write(f"Register van wijzigingen: {number} lessen bijgewerkt.")
