"""Write the present version of what other websites link to; a test compares it with its sources."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontend_api.embeds import released


class Command(BaseCommand):
    """Write ``frontend_api/embeds/released_files``."""

    help = "Schrijft script en stijl van de embeds naar frontend_api/embeds/released_files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files of the present version; those of earlier ones stay."""
        released.FOLDER.mkdir(exist_ok=True)
        for name, text in released.composed().items():
            (released.FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"Geschreven: {name}")
