"""Measure how fast the search is at the present number of lessons."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.benching import bench, machine
from search.performance_page import table


class Command(BaseCommand):
    """Time searches, suggestions, publication and, when asked, a rebuild."""

    help = (
        "Meet hoe snel zoeken, suggesties, publiceren en opnieuw indexeren gaan bij het aantal "
        "lessen dat er nu is. Wijzigt titels van lessen: alleen voor gegenereerde lessen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--rebuild`` and ``--json``."""
        parser.add_argument("--rebuild", action="store_true", help="Maak eerst de index opnieuw.")
        parser.add_argument("--json", action="store_true", help="Geef de cijfers als JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        measured = bench(with_rebuild=options["rebuild"])
        if options["json"]:
            self.stdout.write(json.dumps(measured.as_dict()))
            return
        self.stdout.write(f"Gemeten op {machine()}.")
        for line in table([measured]):
            self.stdout.write(line)
