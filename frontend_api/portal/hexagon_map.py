"""A map of hexagons as values: where each stands in the picture, and in which colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from frontend_api.portal.scales import Step
from lessons.records import MapTile

_BREAK = re.compile(r"(?<=-)|\s+")
_LINE_LENGTH = 13


@dataclass(frozen=True, slots=True)
class Look:
    """How a tile is shown: ``level`` is its colour, ``label`` the number in it."""

    level: int
    label: str
    words: str
    """What it says to who cannot see it, after the name of the place."""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a tile, so far below its middle."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A tile in the picture: its middle, and where it leads."""

    x: float
    y: float
    url: str
    title: str
    level: str
    """``0`` to ``5``, or ``own``."""
    name: tuple[Line, ...]
    """Empty on a map with small tiles."""
    number: Line


@dataclass(frozen=True, slots=True)
class HexagonMap:
    """A picture; every length is in its own units, of which a small tile is 26 wide."""

    name: str
    """Of the map, for identifiers and styles."""
    title: str
    description: str
    width: float
    height: float
    is_named: bool
    hexagon: str
    """Points of a tile around its middle."""
    tiles: tuple[ShownTile, ...]
    steps: tuple[Step, ...]
    legend: str
    own_label: str = ""
    """What the tile of one's own place is called in the legend."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large tiles are, and whether they bear names."""

    width: float
    is_named: bool

    @property
    def height(self) -> float:
        """Of a tile, from point to point."""
        return self.width * 2 / sqrt(3)


SMALL = Size(26, is_named=False)
LARGE = Size(74, is_named=True)
_MARGIN = 4
_NUMBER_AMID, _NUMBER_BELOW = 4.0, 24.0


def hexagon_map(
    name: str,
    tiles: Sequence[MapTile],
    look: Callable[[MapTile], Look],
    url: Callable[[str], str],
    *,
    size: Size,
    title: str,
    description: str,
    steps: tuple[Step, ...],
    legend: str,
    own_label: str = "",
) -> HexagonMap:
    """Return the picture of the tiles; ``url`` gives the address of a place by its code."""
    left = min((_x(tile, size) for tile in tiles), default=0) - size.width / 2 - _MARGIN
    top = min((_y(tile, size) for tile in tiles), default=0) - size.height / 2 - _MARGIN
    right = max((_x(tile, size) for tile in tiles), default=0) + size.width / 2 + _MARGIN
    bottom = max((_y(tile, size) for tile in tiles), default=0) + size.height / 2 + _MARGIN

    def shown(tile: MapTile) -> ShownTile:
        tile_look = look(tile)
        return ShownTile(
            x=round(_x(tile, size) - left, 1),
            y=round(_y(tile, size) - top, 1),
            url=url(tile.place.code),
            title=f"{tile.place.name}: {tile_look.words}",
            level="own" if tile_look.is_own else str(tile_look.level),
            name=_name_lines(tile.place.name) if size.is_named else (),
            number=Line(tile_look.label, _NUMBER_BELOW if size.is_named else _NUMBER_AMID),
        )

    # From north to south and west to east: the order in which a keyboard visits them.
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    return HexagonMap(
        name=name,
        title=title,
        description=description,
        width=round(right - left, 1),
        height=round(bottom - top, 1),
        is_named=size.is_named,
        hexagon=_hexagon(size),
        tiles=tuple(map(shown, ordered)),
        steps=steps,
        legend=legend,
        own_label=own_label,
    )


def _name_lines(name: str) -> tuple[Line, ...]:
    lines = short_lines(name)
    first = -3.0 if len(lines) == 1 else -9.0
    return tuple(Line(text, first + place * 10.5) for place, text in enumerate(lines))


def short_lines(name: str) -> tuple[str, ...]:
    """Return a name in at most two short lines, without what follows a bracket or slash."""
    lines: list[str] = []
    for word in _words(re.split(r" [(/]", name)[0]):
        joint = "" if not lines or lines[-1].endswith("-") else " "
        if lines and len(lines[-1] + joint + word) <= _LINE_LENGTH:
            lines[-1] += joint + word
        else:
            lines.append(word)
    return tuple(lines[:2])


def _words(name: str) -> Iterable[str]:
    for word in filter(None, _BREAK.split(name)):
        # SVG does not hyphenate.
        if len(word) > _LINE_LENGTH:
            yield f"{word[: _LINE_LENGTH - 3]}-"
            yield word[_LINE_LENGTH - 3 :]
        else:
            yield word


def _x(tile: MapTile, size: Size) -> float:
    return (tile.column + (tile.row % 2) / 2) * size.width


def _y(tile: MapTile, size: Size) -> float:
    return tile.row * size.height * 3 / 4


def _hexagon(size: Size) -> str:
    # One unit of space between tiles.
    half, tall = size.width / 2 - 0.5, size.height / 2 - 0.6
    corners = [
        (0, -tall),
        (half, -tall / 2),
        (half, tall / 2),
        (0, tall),
        (-half, tall / 2),
        (-half, -tall / 2),
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
