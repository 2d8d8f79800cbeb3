"""The addresses of places, and the places beside a lesson as links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from frontend_api.portal.phrases import capitalised
from lessons.records import LessonCard

MAX_PLACES = 3
"""So many gemeenten are named beside a lesson."""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place beside a lesson; without an address when it has no page."""

    label: str
    url: str = ""
    joint: str = ""
    """What stands between it and the next."""


def place_url(kind: str, code: str) -> str:
    """Return the address of the page of a gemeente or jeugdregio."""
    return reverse(f"frontend_api:{kind}", args=[code])


def compare_url(*codes: str) -> str:
    """Return the address where gemeenten stand beside each other."""
    return f"{reverse('frontend_api:compare')}?{urlencode([('gemeente', code) for code in codes])}"


def place_links(card: LessonCard) -> tuple[PlaceLink, ...]:
    """Return where the lesson was learned: gemeenten, else the jeugdregio, else the area."""
    links = [
        PlaceLink(gemeente.name, place_url("gemeente", gemeente.code))
        for gemeente in card.gemeenten
    ]
    if len(links) > MAX_PLACES:
        links[MAX_PLACES:] = [PlaceLink(f"{len(links) - MAX_PLACES} andere")]
    if links:
        joints = [*[","] * (len(links) - 2), " en", ""][-len(links) :]
        return tuple(replace(link, joint=joint) for link, joint in zip(links, joints, strict=True))
    if card.jeugdregio is not None:
        name = f"Jeugdregio {card.jeugdregio.name}"
        return (PlaceLink(name, place_url("jeugdregio", card.jeugdregio.code)),)
    return (PlaceLink(capitalised(card.scope_label)),)
