"""Write the printed schema; a test compares the file with the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontend_api.graphql.schema_file import SCHEMA_FILE, printed_schema


class Command(BaseCommand):
    """Write ``frontend_api/graphql/schema.graphql``."""

    help = "Schrijft het GraphQL-schema naar frontend_api/graphql/schema.graphql."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say whether it changed."""
        text = printed_schema()
        is_same = SCHEMA_FILE.exists() and SCHEMA_FILE.read_text(encoding="utf-8") == text
        SCHEMA_FILE.write_text(text, encoding="utf-8")
        self.stdout.write("Het schema was al gelijk." if is_same else "Het schema is bijgewerkt.")
