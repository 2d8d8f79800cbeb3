"""Write the tiles on which gemeenten and jeugdregio's stand on the maps."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lessons.tiles.table import TILES_FILE, tile_table


class Command(BaseCommand):
    """Writes the table of tiles from the shipped tables; asks no database anything."""

    help = "Schrijf lessons/data/tiles.csv: de plaats van elke gemeente en jeugdregio op de kaart."

    def handle(self, *args: Any, **options: Any) -> None:
        TILES_FILE.write_text(tile_table(), encoding="utf-8")
        self.stdout.write(f"{TILES_FILE.name} geschreven.")
