"""The map of lessons: how many there are from each jeugdregio and each gemeente."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from frontend_api.portal.hexagon_map import LARGE, SMALL, HexagonMap, Look, Size, hexagon_map
from frontend_api.portal.phrases import count_of_lessons
from frontend_api.portal.place_links import place_url
from frontend_api.portal.scales import CountScale, count_scale
from frontend_api.portal.search_page import filtered_url
from lessons import selectors
from lessons.records import MapTile
from search.service import LessonQuery, search


@dataclass(frozen=True, slots=True)
class CountRow:
    """A place with its number of lessons."""

    name: str
    url: str
    jeugdregio: str
    """Name of the jeugdregio that a gemeente is part of."""
    count: int
    lessons_url: str


@dataclass(frozen=True, slots=True)
class CountedMap:
    """A map with the table that says the same."""

    map: HexagonMap
    rows: tuple[CountRow, ...]
    with_lessons: int


@dataclass(frozen=True, slots=True)
class MapPage:
    """Both maps."""

    total: int
    jeugdregios: CountedMap
    gemeenten: CountedMap


def map_page() -> MapPage:
    """Return both maps."""
    results = search(LessonQuery(first=1, facets=("jeugdregio", "gemeente")))
    counts = {
        facet.name: {term.code: term.count for term in facet.terms} for facet in results.facets
    }
    regions = selectors.jeugdregio_tiles()
    names = {tile.place.code: tile.place.name for tile in regions}
    return MapPage(
        total=results.total,
        jeugdregios=_counted("jeugdregio", regions, counts.get("jeugdregio", {}), names, LARGE),
        gemeenten=_counted(
            "gemeente", selectors.gemeente_tiles(), counts.get("gemeente", {}), names, SMALL
        ),
    )


def _counted(
    kind: str,
    tiles: Sequence[MapTile],
    counts: Mapping[str, int],
    regions: Mapping[str, str],
    size: Size,
) -> CountedMap:
    rows = [
        CountRow(
            tile.place.name,
            place_url(kind, tile.place.code),
            regions[tile.jeugdregio],
            counts.get(tile.place.code, 0),
            filtered_url(kind, tile.place.code),
        )
        for tile in tiles
    ]
    scale = count_scale(list(counts.values()))
    return CountedMap(
        map=hexagon_map(
            f"lessen-{kind}",
            tiles,
            _look(counts, scale),
            lambda code: place_url(kind, code),
            size=size,
            title=f"Aantal lessen per {kind}",
            description=(
                f"Elke zeshoek is een {kind}, ongeveer waar zij ligt. Hoe donkerder, hoe meer "
                "lessen; gearceerd is nog geen. Dezelfde aantallen staan in de tabel eronder."
            ),
            steps=scale.steps("nog geen les"),
            legend="Aantal lessen",
        ),
        rows=tuple(sorted(rows, key=lambda row: -row.count)),
        with_lessons=sum(row.count > 0 for row in rows),
    )


def _look(counts: Mapping[str, int], scale: CountScale) -> Callable[[MapTile], Look]:
    def look(tile: MapTile) -> Look:
        count = counts.get(tile.place.code, 0)
        return Look(scale.level(count), str(count or ""), count_of_lessons(count))

    return look
