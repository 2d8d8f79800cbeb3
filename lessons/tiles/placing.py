"""From points on the earth to tiles of a hexagonal grid, each place on a tile of its own.

The points are projected to kilometres and the tiles chosen so that the sum of the squared
distances from point to tile is as small as it can be: the linear assignment problem,
solved exactly by successive shortest paths (Kuhn 1955; Jonker and Volgenant 1987). Places
far from others keep their distance; where many lie close together they move outward.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lessons.comparability.traits import Floats

ORIGIN = (52.1, 5.3)
"""Latitude and longitude of the middle of tile (0, 0), near the middle of the country."""

KILOMETRES_PER_DEGREE = 111.32
_MARGIN = 3
"""So many tiles beyond the outermost point may still be used."""

Point = tuple[float, float]
Tile = tuple[int, int]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Grid:
    """Hexagons with a point on top. Odd rows lie half a tile further to the right."""

    width: float
    """Of a tile, in kilometres."""

    @property
    def height(self) -> float:
        """From a row to the next, in kilometres."""
        return self.width * math.sqrt(3) / 2

    def middle(self, tile: Tile) -> Point:
        """Return the middle of a tile in kilometres east and south of the origin."""
        column, row = tile
        return (column + (row % 2) / 2) * self.width, row * self.height

    def around(self, points: Floats) -> list[Tile]:
        """Return the tiles that cover the points, with a margin, row by row."""
        low, high = points.min(axis=0), points.max(axis=0)
        columns = range(
            math.floor(low[0] / self.width) - _MARGIN, math.ceil(high[0] / self.width) + _MARGIN
        )
        rows = range(
            math.floor(low[1] / self.height) - _MARGIN, math.ceil(high[1] / self.height) + _MARGIN
        )
        return [(column, row) for row in rows for column in columns]


GEMEENTE_GRID = Grid(11.0)
JEUGDREGIO_GRID = Grid(32.0)


def projected(places: Sequence[Point]) -> Floats:
    """Return latitudes and longitudes as kilometres east and south of the origin.

    A plate carrée that is true at the latitude of the origin; over a country of this size
    it is less than half a tile off.
    """
    latitude, longitude = np.array(places, dtype=float).reshape(-1, 2).T
    east = (longitude - ORIGIN[1]) * math.cos(math.radians(ORIGIN[0])) * KILOMETRES_PER_DEGREE
    south = (ORIGIN[0] - latitude) * KILOMETRES_PER_DEGREE
    return np.column_stack([east, south])


def place(places: Sequence[Point], grid: Grid, taken: Collection[Tile] = ()) -> list[Tile]:
    """Return a tile for each place, none twice and none that is taken."""
    if not places:
        return []
    points = projected(places)
    free = [tile for tile in grid.around(points) if tile not in taken]
    middles = np.array([grid.middle(tile) for tile in free])
    costs = ((points[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    return [free[column] for column in _cheapest(costs)]


def displacements(places: Sequence[Point], tiles: Sequence[Tile], grid: Grid) -> Floats:
    """Return how many kilometres each tile lies from the point of its place."""
    middles = np.array([grid.middle(tile) for tile in tiles])
    return np.asarray(np.linalg.norm(projected(places) - middles, axis=1))


def _cheapest(costs: Floats) -> list[int]:
    """Return a column for each row, none twice, with the least sum; rows ≤ columns."""
    columns = costs.shape[1]
    # Row and column 0 stand outside the table: where an unassigned row begins its path.
    row_of = np.zeros(columns + 1, dtype=np.intp)
    potentials = np.zeros(len(costs) + 1), np.zeros(columns + 1)
    for row in range(1, len(costs) + 1):
        row_of[0] = row
        _assign_one(costs, row_of, *potentials)
    column_of = {int(row): column for column, row in enumerate(row_of[1:]) if row}
    return [column_of[row] for row in range(1, len(costs) + 1)]


def _assign_one(costs: Floats, row_of: Indices, of_rows: Floats, of_columns: Floats) -> None:
    """Find the cheapest path from the row in ``row_of[0]`` to a free column, and shift along it."""
    least = np.full(row_of.size, np.inf)
    before = np.zeros(row_of.size, dtype=np.intp)
    visited = np.zeros(row_of.size, dtype=bool)
    column = 0
    while True:
        visited[column] = True
        row = row_of[column]
        reduced = costs[row - 1] - of_rows[row] - of_columns[1:]
        better = ~visited[1:] & (reduced < least[1:])
        least[1:][better] = reduced[better]
        before[1:][better] = column
        open_columns = np.where(visited, np.inf, least)
        column = int(open_columns.argmin())
        step = open_columns[column]
        of_rows[row_of[visited]] += step
        of_columns[visited] -= step
        least[~visited] -= step
        if not row_of[column]:
            break
    while column:
        row_of[column] = row_of[before[column]]
        column = int(before[column])
