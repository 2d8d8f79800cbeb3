"""How the place of one lesson compares to that of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass

from frontend_api.portal.place_links import compare_url
from frontend_api.portal.search_page import fault_message
from frontend_api.portal.viewpoint_choice import PlaceOption, place_options
from lessons.records import LessonCard
from search.service import HitComparison, QueryError, Viewpoint, compare


@dataclass(frozen=True, slots=True)
class LessonViewpoint:
    """The places to choose from and, once one is chosen, how the lesson compares."""

    gemeenten: tuple[PlaceOption, ...]
    jeugdregios: tuple[PlaceOption, ...]
    chosen: str
    """Name of the place; empty without one."""
    comparison: HitComparison | None
    compare_url: str
    """Where both gemeenten stand beside each other; empty when one is none."""
    message: str


def lesson_viewpoint(card: LessonCard, code: str) -> LessonViewpoint | None:
    """Return the view of a lesson from a place; None for a lesson without a place of its own.

    Takes three queries, and five more once a place is chosen.
    """
    if not card.gemeenten and card.jeugdregio is None:
        return None
    place, comparison, message = None, None, ""
    if code:
        try:
            place, comparison = compare(card, Viewpoint(code))
        except QueryError as fault:
            message = fault_message(fault)
    gemeenten, jeugdregios = place_options(place.code if place else "")
    codes = (place.code, comparison.place.code) if place and comparison else ()
    are_two = len(set(codes)) == 2 and all(each.startswith("GM") for each in codes)
    return LessonViewpoint(
        gemeenten,
        jeugdregios,
        chosen=place.name if place else "",
        comparison=comparison,
        compare_url=compare_url(*codes) if are_two else "",
        message=message,
    )
