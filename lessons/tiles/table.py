"""The table of tiles that comes with the project, written from the table of gemeenten."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from functools import lru_cache

import numpy as np

from lessons.loading.geography_tables import (
    DATA_DIR,
    GEMEENTEN_FILE,
    JEUGDREGIOS_FILE,
    Geography,
    read_geography,
)
from lessons.tiles.placing import (
    GEMEENTE_GRID,
    JEUGDREGIO_GRID,
    ORIGIN,
    Grid,
    Point,
    Tile,
    displacements,
    place,
)

TILES_FILE = DATA_DIR / "tiles.csv"
GRIDS = {"gemeente": GEMEENTE_GRID, "jeugdregio": JEUGDREGIO_GRID}

_HEAD = """\
# Tiles of gemeenten and jeugdregio's: a hexagon for each, near where it lies
# Written by: manage.py write_tile_maps. Do not edit by hand.
# made from: the columns lat and lon of gemeenten.csv, edition {edition}; a jeugdregio lies at the
#   mean of its gemeenten. No geometry is copied.
# method: least sum of squared distances from place to tile (lessons/tiles/placing.py)
# tile (0, 0): latitude {latitude}, longitude {longitude}; columns go east, rows go south, and odd
#   rows lie half a tile further east
"""


def tile_table() -> str:
    """Return the table as it must be for the shipped tables of places."""
    geography = read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE)
    points = {"gemeente": _gemeenten(geography), "jeugdregio": _jeugdregios(geography)}
    out = io.StringIO()
    out.write(_HEAD.format(edition=geography.edition, latitude=ORIGIN[0], longitude=ORIGIN[1]))
    rows = []
    for kind, places in points.items():
        codes, coordinates = list(places), list(places.values())
        tiles = place(coordinates, GRIDS[kind])
        rows += [(kind, code, *tile) for code, tile in zip(codes, tiles, strict=True)]
        moved = displacements(coordinates, tiles, GRIDS[kind])
        out.write(
            f"# {kind}: tiles of {GRIDS[kind].width:g} km; from place to tile "
            f"{np.mean(moved):.1f} km on average, {np.max(moved):.1f} km at most\n"
        )
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kind", "code", "column", "row"))
    writer.writerows(rows)
    return out.getvalue()


def _gemeenten(geography: Geography) -> dict[str, Point]:
    return {row.code: (row.latitude, row.longitude) for row in geography.gemeenten}


def _jeugdregios(geography: Geography) -> dict[str, Point]:
    members = defaultdict(list)
    for row in geography.gemeenten:
        members[row.jeugdregio_code].append((row.latitude, row.longitude))
    return {row.code: mean_point(members[row.code]) for row in geography.jeugdregios}


def mean_point(points: list[Point]) -> Point:
    """Return where a region lies: the mean of its gemeenten; the origin without any."""
    if not points:
        return ORIGIN
    latitude, longitude = np.mean(points, axis=0)
    return float(latitude), float(longitude)


@lru_cache(maxsize=1)
def shipped_tiles() -> dict[str, dict[str, Tile]]:
    """Return kind → code → tile, as shipped; read once in each process."""
    lines = TILES_FILE.read_text(encoding="utf-8").splitlines()
    tiles: dict[str, dict[str, Tile]] = {kind: {} for kind in GRIDS}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        tiles[row["kind"]][row["code"]] = (int(row["column"]), int(row["row"]))
    return tiles


def tiles_of(kind: str, points: dict[str, Point]) -> dict[str, Tile]:
    """Return the tiles of places; one that the table lacks gets the free tile nearest to it.

    After a merger the new gemeente so has its tile before the table is written anew.
    """
    grid: Grid = GRIDS[kind]
    shipped = shipped_tiles()[kind]
    known = {code: shipped[code] for code in points if code in shipped}
    new = [code for code in points if code not in shipped]
    found = place([points[code] for code in new], grid, taken=set(known.values()))
    return known | dict(zip(new, found, strict=True))
