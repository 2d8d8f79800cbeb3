"""How far a lesson is: what the editor sees above the form and in lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.completeness import REQUIREMENTS, completeness_percentage
from lessons.obstacles import Obstacle, obstacles


@dataclass(frozen=True)
class Place:
    """Where in the form a field is: its tab and its name there."""

    tab: str = ""
    label: str = ""


@dataclass(frozen=True)
class Step:
    """One thing to do, at a field of the form."""

    field: str
    place: Place
    message: str


@dataclass(frozen=True)
class Progress:
    """How much of the bar is met, what is to be done, and what must be taken out."""

    percentage: int
    met: int
    total: int
    to_do: tuple[Step, ...]
    to_take_out: tuple[Step, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the lesson could be published as it is."""
        return not self.to_do and not self.to_take_out


def progress(lesson: Any, places: Mapping[str, Place]) -> Progress:
    """Return how far the lesson is; ``places`` tells where in the form each field is."""

    def step(obstacle: Obstacle) -> Step:
        return Step(obstacle.field, places.get(obstacle.field, Place()), obstacle.message)

    found = obstacles(lesson)
    to_do = tuple(step(obstacle) for obstacle in found if not obstacle.is_about_privacy)
    return Progress(
        percentage=completeness_percentage(lesson),
        met=len(REQUIREMENTS) - len(to_do),
        total=len(REQUIREMENTS),
        to_do=to_do,
        to_take_out=tuple(step(obstacle) for obstacle in found if obstacle.is_about_privacy),
    )
