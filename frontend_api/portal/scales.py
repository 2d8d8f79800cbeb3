"""The steps of a colour scale: from a number to a level, and what each level means.

Levels are told apart by lightness and by the number that stands in each tile or cell, so
that they hold for colour-blind readers and in print. Level 0 is hatched: nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LEVELS = 5

_SIMILAR_FROM = (0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Step:
    """A level with what it means, for the legend."""

    level: int
    label: str


@dataclass(frozen=True, slots=True)
class CountScale:
    """Levels 1 to 5 for numbers from 1 up; each step holds numbers of a like order."""

    upper: tuple[int, ...]
    """The greatest number of each level."""

    def level(self, number: int) -> int:
        """Return 0 for nothing, else 1 to 5."""
        if number <= 0:
            return 0
        return next(
            (level for level, most in enumerate(self.upper, start=1) if number <= most),
            len(self.upper),
        )

    def steps(self, nothing: str) -> tuple[Step, ...]:
        """Return the legend; ``nothing`` is what level 0 is called."""
        lowest = (1, *(most + 1 for most in self.upper[:-1]))
        return (
            Step(0, nothing),
            *(
                Step(level, str(most) if least == most else f"{least} tot en met {most}")
                for level, (least, most) in enumerate(zip(lowest, self.upper, strict=True), start=1)
            ),
        )


def count_scale(numbers: Sequence[int]) -> CountScale:
    """Return the scale for these numbers: one for each number up to five, else in ratios."""
    most = max(numbers, default=0)
    if most <= LEVELS:
        return CountScale(tuple(range(1, max(most, 1) + 1)))
    upper: list[int] = []
    for level in range(1, LEVELS + 1):
        bound = round(most ** (level / LEVELS))
        upper.append(max(bound, upper[-1] + 1 if upper else 1))
    return CountScale((*upper[:-1], most))


def similarity_level(similarity: float) -> int:
    """Return 1 for little alike to 5 for very much alike."""
    return 1 + sum(similarity >= bound for bound in _SIMILAR_FROM)


def similarity_steps() -> tuple[Step, ...]:
    """Return the legend of similarities, most alike first."""
    bounds = [out_of_hundred(bound) for bound in _SIMILAR_FROM]
    middle = [
        Step(level, f"{low} tot {high}")
        for level, (low, high) in enumerate(pairwise(bounds), start=2)
    ]
    return (
        Step(LEVELS, f"{bounds[-1]} of meer"),
        *reversed(middle),
        Step(1, f"minder dan {bounds[0]}"),
    )


def out_of_hundred(similarity: float) -> int:
    """Return a similarity as people read it: 0 to 100, rounded down so that 100 is equal."""
    return int(similarity * 100 + 1e-9)
