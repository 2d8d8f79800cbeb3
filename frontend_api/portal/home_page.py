"""What the home page shows beside the newest lessons: what is applied, and where pilots are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frontend_api.portal.hexagon_map import LARGE, HexagonMap, Look, hexagon_map
from frontend_api.portal.place_links import place_url
from frontend_api.portal.scales import Step
from frontend_api.portal.viewpoint_choice import PlaceOption, place_options
from lessons import selectors
from lessons.records import AdoptionCount, MapTile, Pilot
from search.service import LessonHit, LessonOrder, LessonQuery, search

_PILOT_LEVEL = 4


@dataclass(frozen=True, slots=True)
class AppliedLesson:
    """A lesson that others took over."""

    hit: LessonHit
    count: AdoptionCount


@dataclass(frozen=True, slots=True)
class PilotMap:
    """The pilots on a map of jeugdregio's, and as a list that says the same."""

    map: HexagonMap
    pilots: tuple[Pilot, ...]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """All places, to look from one of them."""

    gemeenten: tuple[PlaceOption, ...]
    jeugdregios: tuple[PlaceOption, ...]


def most_applied(first: int) -> tuple[AppliedLesson, ...]:
    """Return the lessons that most jeugdregio's apply; those that none applies are left out."""
    hits = search(LessonQuery(order=LessonOrder.ADOPTED, first=first)).hits
    counts = selectors.adoption_counts(hit.card.uuid for hit in hits)
    return tuple(
        AppliedLesson(hit, counts[hit.card.uuid]) for hit in hits if hit.card.uuid in counts
    )


def place_choice() -> PlaceChoice:
    """Return all places by name; two queries."""
    return PlaceChoice(*place_options())


def pilot_map() -> PilotMap | None:
    """Return where the pilots are; None while there are none."""
    pilots = selectors.pilots()
    by_region = {pilot.jeugdregio.code: pilot for pilot in pilots if pilot.jeugdregio}
    tiles = selectors.jeugdregio_tiles()
    if not by_region or not tiles:
        return None

    def look(tile: MapTile) -> Look:
        pilot = by_region.get(tile.place.code)
        return Look(0, "", "geen pilot") if pilot is None else Look(_PILOT_LEVEL, "", pilot.title)

    return PilotMap(
        hexagon_map(
            "pilots",
            tiles,
            look,
            lambda code: _address(code, by_region),
            size=LARGE,
            title="Pilots per jeugdregio",
            description=(
                "Elke zeshoek is een jeugdregio, ongeveer waar zij ligt. Donker is een regio met "
                "een pilot. Dezelfde pilots staan in de lijst ernaast."
            ),
            steps=(Step(_PILOT_LEVEL, "pilot"), Step(0, "geen pilot")),
            legend="Jeugdregio’s",
        ),
        pilots,
    )


def _address(code: str, by_region: Mapping[str, Pilot]) -> str:
    pilot = by_region.get(code)
    return pilot.url if pilot is not None else place_url("jeugdregio", code)
