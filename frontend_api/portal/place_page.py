"""The pages of a gemeente and of a jeugdregio as values, with every link made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from frontend_api.portal.hexagon_map import LARGE, SMALL, HexagonMap, Look, hexagon_map
from frontend_api.portal.place_links import compare_url, place_url
from frontend_api.portal.scales import out_of_hundred, similarity_level, similarity_steps
from frontend_api.portal.search_page import filtered_url, search_url
from lessons import selectors
from lessons.records import (
    Comparable,
    Comparison,
    ComparisonReason,
    MapTile,
    PlaceRef,
    SideBySide,
)
from search.service import LessonHit, LessonOrder, LessonQuery, Viewpoint, search

SHOWN_COMPARABLE = 10
SHOWN_LESSONS = 4
SHOWN_REASONS = 3
_CANDIDATES = 50
"""So many of the newest lessons of comparable places are weighed for the few that are shown."""

CONDITIONS: Mapping[str, tuple[str, str]] = {
    "buiten_jeugdregio": ("outside_jeugdregio", "buiten de eigen jeugdregio"),
    "zelfde_provincie": ("same_provincie", "in dezelfde provincie"),
    "zelfde_grootte": ("same_size_class", "in dezelfde grootteklasse van het CBS"),
}
"""Parameter of the address → argument of the comparison, and how it reads."""

_CONDITIONS_OF = {"gemeente": tuple(CONDITIONS), "jeugdregio": ("zelfde_provincie",)}
_COMPARE: Mapping[str, Callable[..., Comparison]] = {
    "gemeente": selectors.comparable_gemeenten,
    "jeugdregio": selectors.comparable_jeugdregios,
}
_TILES = {"gemeente": selectors.gemeente_tiles, "jeugdregio": selectors.jeugdregio_tiles}
_SIZES = {"gemeente": SMALL, "jeugdregio": LARGE}


@dataclass(frozen=True, slots=True)
class Condition:
    """A checkbox that narrows the comparable places down."""

    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownComparable:
    """A comparable place with its reasons, the most telling first."""

    place: PlaceRef
    url: str
    compare_url: str
    similarity: int
    level: int
    alike: tuple[ComparisonReason, ...]
    different: tuple[ComparisonReason, ...]
    count: int
    lessons_url: str


@dataclass(frozen=True, slots=True)
class LessonFromElsewhere:
    """A lesson from a comparable place, with how comparable that is."""

    hit: LessonHit
    place: str
    similarity: int


@dataclass(frozen=True, slots=True)
class SimilarityRow:
    """A line of the table that tells what the map shows."""

    place: PlaceRef
    url: str
    similarity: int
    level: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """All that the page of a place shows beside its own record."""

    kind: str
    ref: PlaceRef
    comparison: Comparison
    nearest: int | None
    typical: int
    conditions: tuple[Condition, ...]
    comparable: tuple[ShownComparable, ...]
    profile: SideBySide
    own_lessons: tuple[LessonHit, ...]
    own_total: int
    own_url: str
    elsewhere: tuple[LessonFromElsewhere, ...]
    elsewhere_total: int
    elsewhere_url: str
    nearest_first_url: str
    """All lessons, those from the most comparable places first."""
    map: HexagonMap
    similarities: tuple[SimilarityRow, ...]


def place_page(kind: str, ref: PlaceRef, chosen: Sequence[str]) -> PlacePage:
    """Return the page of a place that exists; ``chosen`` are names of ``CONDITIONS``."""
    conditions = [name for name in _CONDITIONS_OF[kind] if name in chosen]
    narrowed = {CONDITIONS[name][0]: True for name in conditions}
    comparison = _COMPARE[kind](ref.code, first=SHOWN_COMPARABLE, **narrowed)
    codes = tuple(node.place.code for node in comparison.nodes)
    own = search(LessonQuery(filters={kind: (ref.code,)}, first=SHOWN_LESSONS, facets=(kind,)))
    counts = {term.code: term.count for facet in own.facets for term in facet.terms}
    viewed = selectors.viewpoint(ref.code).similarities
    elsewhere, total = _elsewhere(kind, comparison, viewed)
    tiles = _TILES[kind]()
    similarities = _similarities(kind, ref, tiles, viewed)
    return PlacePage(
        kind=kind,
        ref=ref,
        comparison=comparison,
        nearest=_rounded(comparison.nearest_similarity),
        typical=out_of_hundred(comparison.typical_similarity),
        conditions=tuple(
            Condition(name, CONDITIONS[name][1], name in conditions)
            for name in _CONDITIONS_OF[kind]
        ),
        comparable=tuple(_shown(kind, ref, node, counts) for node in comparison.nodes),
        profile=selectors.side_by_side(kind, (ref.code,)),
        own_lessons=own.hits,
        own_total=own.total,
        own_url=filtered_url(kind, ref.code),
        elsewhere=elsewhere,
        elsewhere_total=total,
        elsewhere_url=filtered_url(kind, *codes) if codes else "",
        nearest_first_url=search_url(
            LessonQuery(viewpoint=Viewpoint(ref.code), order=LessonOrder.NEAREST)
        ),
        map=_map(kind, ref, tiles, similarities),
        similarities=similarities,
    )


def _rounded(similarity: float | None) -> int | None:
    return None if similarity is None else out_of_hundred(similarity)


def _shown(
    kind: str, ref: PlaceRef, node: Comparable, counts: Mapping[str, int]
) -> ShownComparable:
    known = [reason for reason in node.reasons if None not in (reason.own, reason.other)]
    alike = known[:SHOWN_REASONS]
    code = node.place.code
    return ShownComparable(
        place=node.place,
        url=place_url(kind, code),
        compare_url=compare_url(ref.code, code) if kind == "gemeente" else "",
        similarity=out_of_hundred(node.similarity),
        level=similarity_level(node.similarity),
        alike=tuple(alike),
        different=tuple(reversed(known[len(alike) :][-2:])),
        count=counts.get(code, 0),
        lessons_url=filtered_url(kind, code),
    )


def _elsewhere(
    kind: str, comparison: Comparison, viewed: Mapping[str, float]
) -> tuple[tuple[LessonFromElsewhere, ...], int]:
    """Return the lessons of the most comparable places, and how many there are of all."""
    if not comparison.nodes:
        return (), 0
    codes = tuple(node.place.code for node in comparison.nodes)
    found = search(LessonQuery(filters={kind: codes}, first=_CANDIDATES))
    shown = []
    for hit in found.hits:
        card = hit.card
        places = [*card.gemeenten, *([card.jeugdregio] if card.jeugdregio else [])]
        known = [
            place
            for place in places
            if place.code in viewed and place.code != comparison.place.code
        ]
        if known:
            nearest = max(known, key=lambda place: viewed[place.code])
            similarity = out_of_hundred(viewed[nearest.code])
            shown.append(LessonFromElsewhere(hit, nearest.name, similarity))
    shown.sort(key=lambda lesson: -lesson.similarity)
    return tuple(shown[:SHOWN_LESSONS]), found.total


def _similarities(
    kind: str, ref: PlaceRef, tiles: Sequence[MapTile], viewed: Mapping[str, float]
) -> tuple[SimilarityRow, ...]:
    """Return every other place of this kind, the most alike first."""
    rows = [
        SimilarityRow(
            tile.place,
            place_url(kind, tile.place.code),
            out_of_hundred(viewed[tile.place.code]),
            similarity_level(viewed[tile.place.code]),
        )
        for tile in tiles
        if tile.place.code in viewed and tile.place.code != ref.code
    ]
    return tuple(sorted(rows, key=lambda row: -viewed[row.place.code]))


def _map(
    kind: str, ref: PlaceRef, tiles: Sequence[MapTile], similarities: Sequence[SimilarityRow]
) -> HexagonMap:
    known = {row.place.code: row for row in similarities}

    def look(tile: MapTile) -> Look:
        if tile.place.code == ref.code:
            return Look(0, "", "deze plaats", is_own=True)
        row = known.get(tile.place.code)
        if row is None:
            return Look(0, "?", "overeenkomst niet bekend")
        return Look(row.level, str(row.similarity), f"overeenkomst {row.similarity} van 100")

    plural = {"gemeente": "gemeenten", "jeugdregio": "jeugdregio’s"}[kind]
    return hexagon_map(
        kind,
        tiles,
        look,
        lambda code: place_url(kind, code),
        size=_SIZES[kind],
        title=f"Hoe vergelijkbaar {plural} zijn met {ref.name}",
        description=(
            "Elke zeshoek is er één, ongeveer waar zij ligt. Hoe donkerder, hoe meer de "
            "omstandigheden overeenkomen; het getal is de overeenkomst van 0 tot 100. "
            "Dezelfde getallen staan in de tabel onder de kaart."
        ),
        steps=similarity_steps(),
        legend="Overeenkomst, van 100",
        own_label=ref.name,
    )
