"""Load the synonyms that Lessenbank is shipped with."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.loading_synonyms import SYNONYMS_FILE, SynonymsFileError, load_groups, read_groups


class Command(BaseCommand):
    """Adds groups of synonyms that are not there; what editors changed stays."""

    help = (
        "Laadt de synoniemen en afkortingen die bij Lessenbank horen. Groepen die er al zijn, "
        "blijven zoals ze zijn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--file``."""
        parser.add_argument("--file", type=Path, default=SYNONYMS_FILE, metavar="BESTAND")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and tell how many were new."""
        try:
            groups = read_groups(options["file"])
        except SynonymsFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Synoniemen: {load_groups(groups)} van {len(groups)} groepen nieuw.")
