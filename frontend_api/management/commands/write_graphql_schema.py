"""Write the printed schema; a test compares the file with the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from frontend_api.graphql.promises import RELEASED_FILE
from frontend_api.graphql.schema_file import SCHEMA_FILE, printed_schema


class Command(BaseCommand):
    """Write ``frontend_api/graphql/schema.graphql``, and at a release what is promised too."""

    help = "Schrijft het GraphQL-schema naar frontend_api/graphql/schema.graphql."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whether this is a release."""
        parser.add_argument(
            "--release",
            action="store_true",
            help="leg het ook vast als het schema waar afnemers op rekenen (released.graphql)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and say whether they changed."""
        is_same = _written(SCHEMA_FILE)
        self.stdout.write("Het schema was al gelijk." if is_same else "Het schema is bijgewerkt.")
        if options["release"]:
            is_same = _written(RELEASED_FILE)
            self.stdout.write(
                "Het vrijgegeven schema was al gelijk."
                if is_same
                else "Het vrijgegeven schema is bijgewerkt; begin in docs/schema-changelog.md een "
                "nieuwe kop."
            )


def _written(file: Path) -> bool:
    """Write the schema; return whether it stood there already."""
    text = printed_schema()
    is_same = file.exists() and file.read_text(encoding="utf-8") == text
    file.write_text(text, encoding="utf-8")
    return is_same
