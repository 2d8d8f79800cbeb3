"""How heavily each theme counts, and which traits do not count at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lessons.choices import ComparisonTheme, ComparisonTrait
from lessons.comparability.traits import TRAITS, Floats

WEIGHT_STEPS = (0, 1, 2, 3, 4)
DEFAULT_WEIGHT = 2


class InvalidComparison(ValueError):
    """A comparison that cannot be made as asked.

    ``code`` is for programs, ``place`` says which argument is at fault, ``accepted``
    holds what would be right, and the message says so in Dutch.
    """

    def __init__(self, message: str, *, code: str, place: str, accepted: Iterable[str]) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.place = place
        self.accepted = tuple(accepted)


@dataclass(frozen=True)
class Weighting:
    """The weight of each trait, in the order of ``TRAITS``; at least one is above zero."""

    of_traits: tuple[float, ...]

    def as_array(self) -> Floats:
        """Return the weights to calculate with."""
        return np.array(self.of_traits)

    def counts(self, position: int) -> bool:
        """Tell whether the trait at this place in ``TRAITS`` counts."""
        return self.of_traits[position] > 0


def weighting(
    weights: Mapping[str, int] | None = None, off: Iterable[str] | None = None
) -> Weighting:
    """Return the weighting for steps per theme and traits switched off.

    A theme that is not named has step 2, the middle one; step 0 leaves it out. The
    traits of a theme share its weight, and one that is off leaves its share to the
    other. Raises :class:`InvalidComparison`.
    """
    steps = {theme.value: DEFAULT_WEIGHT for theme in ComparisonTheme}
    for theme, step in (weights or {}).items():
        _check("theme", theme, steps)
        if isinstance(step, bool) or step not in WEIGHT_STEPS:
            raise InvalidComparison(
                f"{step} is geen gewicht. Kies 0 (telt niet mee) tot en met 4 (telt dubbel).",
                code="WEIGHT",
                place=f"weights.{theme}",
                accepted=map(str, WEIGHT_STEPS),
            )
        steps[theme] = step
    without = set(off or ())
    for trait in without:
        _check("trait", trait, ComparisonTrait.values)
    shares = _shares(steps, without)
    if not any(shares):
        raise InvalidComparison(
            "Zo telt geen enkel kenmerk mee. Geef ten minste één thema een gewicht boven 0 en "
            "laat er een kenmerk van aan.",
            code="NOTHING_COUNTS",
            place="without" if without else "weights",
            accepted=ComparisonTrait.values if without else ComparisonTheme.values,
        )
    return Weighting(shares)


def _shares(steps: Mapping[str, int], without: set[str]) -> tuple[float, ...]:
    on = [trait for trait in TRAITS if trait.code.value not in without]
    sizes = {theme: sum(trait.theme == theme for trait in on) for theme in ComparisonTheme}
    return tuple(
        steps[trait.theme.value] / DEFAULT_WEIGHT / sizes[trait.theme] if trait in on else 0.0
        for trait in TRAITS
    )


def _check(kind: str, code: str, accepted: Iterable[str]) -> None:
    places = {"theme": ("weights", "thema"), "trait": ("without", "kenmerk")}
    place, word = places[kind]
    accepted = tuple(accepted)
    if code not in accepted:
        raise InvalidComparison(
            f"‘{code}’ is geen {word} van de vergelijking. Kies een van de genoemde.",
            code=f"UNKNOWN_{kind.upper()}",
            place=place,
            accepted=accepted,
        )


DEFAULT_WEIGHTING = weighting()
