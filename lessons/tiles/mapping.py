"""The tile maps as records."""

from __future__ import annotations

from collections import defaultdict

from lessons.addresses import gemeente_uri, jeugdregio_uri
from lessons.models import Gemeente, Jeugdregio
from lessons.records import MapTile, PlaceRef
from lessons.tiles.placing import Point
from lessons.tiles.table import mean_point, tiles_of


def gemeente_tiles() -> tuple[MapTile, ...]:
    """Return a tile for every gemeente, by name; one query."""
    rows = list(
        Gemeente.objects.order_by("name").values_list(
            "code", "name", "latitude", "longitude", "jeugdregio__code"
        )
    )
    tiles = tiles_of("gemeente", {code: (north, east) for code, _name, north, east, _ in rows})
    return tuple(
        MapTile(PlaceRef(code, name, gemeente_uri(code)), *tiles[code], jeugdregio=region)
        for code, name, _north, _east, region in rows
    )


def jeugdregio_tiles() -> tuple[MapTile, ...]:
    """Return a tile for every jeugdregio, by name; one query."""
    names: dict[str, str] = {}
    members: dict[str, list[Point]] = defaultdict(list)
    # From the regions, not from the gemeenten: a region may have none yet.
    rows = Jeugdregio.objects.order_by("name", "gemeenten__code").values_list(
        "code", "name", "gemeenten__latitude", "gemeenten__longitude"
    )
    for code, name, north, east in rows:
        names[code] = name
        if north is not None:
            members[code].append((north, east))
    tiles = tiles_of("jeugdregio", {code: mean_point(members[code]) for code in names})
    return tuple(
        MapTile(PlaceRef(code, name, jeugdregio_uri(code)), *tiles[code], jeugdregio=code)
        for code, name in names.items()
    )
