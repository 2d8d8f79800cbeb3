"""From a question about a place to the places most like it, as records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lessons.comparability.ground import Ground, Place, gemeenten_ground, jeugdregios_ground
from lessons.comparability.nearness import Nearness, mean_of_nearest
from lessons.comparability.traits import TRAITS
from lessons.comparability.weighting import InvalidComparison, Weighting
from lessons.comparability.wording import notice_text, reason_text, unknown_text
from lessons.records import Comparable, Comparison, ComparisonReason

MAX_COMPARABLE = 100


@dataclass(frozen=True)
class Narrowing:
    """Which places may be in the list."""

    outside_jeugdregio: bool = False
    same_provincie: bool = False
    same_size_class: bool = False

    def admits(self, own: Place, other: Place) -> bool:
        """Tell whether the other place may be in the list of one's own."""
        return not (
            (self.outside_jeugdregio and own.jeugdregio == other.jeugdregio)
            or (self.same_provincie and own.provincies.isdisjoint(other.provincies))
            or (self.same_size_class and own.size_class != other.size_class)
        )


def nearest_gemeenten(
    code: str, first: int, weighting: Weighting, narrowing: Narrowing
) -> Comparison | None:
    """Return the gemeenten most like one, or None for an unknown code; one query when kept."""
    check_first(first)
    return gemeente_finder(weighting).nearest(code, first, narrowing.admits)


def gemeente_finder(weighting: Weighting) -> Finder:
    """Return all gemeenten compared under a weighting; one query when they are kept."""
    return Finder(gemeenten_ground(), weighting)


def nearest_jeugdregios(
    code: str, first: int, weighting: Weighting, narrowing: Narrowing
) -> Comparison | None:
    """Return the jeugdregio's most like one, or None for an unknown code; as above."""
    check_first(first)
    return jeugdregio_finder(weighting).nearest(code, first, narrowing.admits)


def jeugdregio_finder(weighting: Weighting) -> Finder:
    """Return all jeugdregio's compared under a weighting; one query when they are kept."""
    return Finder(jeugdregios_ground(), weighting)


def check_first(first: int) -> None:
    """Raise :class:`InvalidComparison` for a length of list that is not given."""
    if not 1 <= first <= MAX_COMPARABLE:
        raise InvalidComparison(
            f"Vraag 1 tot en met {MAX_COMPARABLE} plaatsen tegelijk.",
            code="PAGE_SIZE",
            place="first",
            accepted=(),
        )


class Finder:
    """Places of one kind, compared under one weighting."""

    def __init__(self, ground: Ground, weighting: Weighting) -> None:
        """Compare the places of a ground."""
        self._ground = ground
        self._kind = ground.kind
        self._places = ground.places
        self._profiles = ground.profiles
        self._weighting = weighting
        self._raw = ground.raw
        self._scores = ground.scores

    @property
    def places(self) -> Sequence[Place]:
        """The places that are compared, in the order of their codes."""
        return self._places

    def similarities(self, code: str) -> dict[str, float]:
        """Return how like a place every place is, itself included, by code.

        Places that have no figure in common with it are left out; of an unknown place
        nothing is known.
        """
        own = self._ground.row_of.get(code)
        if own is None:
            return {}
        row = 1 - self._ground.compared(self._weighting).values[own]
        return {
            place.ref.code: float(value)
            for place, value in zip(self._places, row, strict=True)
            if not np.isnan(value)
        }

    def reasons(self, code: str, other: str) -> tuple[ComparisonReason, ...]:
        """Return a reason for each trait that counts, the most alike first."""
        return self._reasons(self._ground.row_of[code], self._ground.row_of[other])

    def nearest(
        self, code: str, first: int, admits: Callable[[Place, Place], bool]
    ) -> Comparison | None:
        """Return the places most like one that may be in its list."""
        own = self._ground.row_of.get(code)
        if own is None:
            return None
        compared = self._ground.compared(self._weighting)
        row = compared.values[own]
        # NaN sorts last: those that have no trait in common with the place.
        order = np.argsort(row, kind="stable")[: np.count_nonzero(~np.isnan(row))].tolist()
        candidates = [
            other
            for other in order
            if other != own and admits(self._places[own], self._places[other])
        ]
        near = Nearness(mean_of_nearest(row[candidates]), compared.typical)
        counting = self._counting()
        missing = [TRAITS[n] for n in counting if np.isnan(self._raw[own, n])]
        place = self._places[own].ref
        return Comparison(
            place=place,
            nodes=tuple(
                Comparable(
                    place=self._places[other].ref,
                    similarity=round(compared.similarity(own, other), 4),
                    reasons=self._reasons(own, other),
                    youth_care=self._ground.youth_care[other],
                )
                for other in candidates[:first]
            ),
            notice=notice_text(self._kind, place.name, near, missing, len(counting)),
            is_isolated=near.is_isolated,
            nearest_similarity=round(1 - near.own, 4) if candidates else None,
            typical_similarity=round(1 - near.typical, 4),
            youth_care=self._ground.youth_care[own],
        )

    def _counting(self) -> list[int]:
        return [n for n in range(len(TRAITS)) if self._weighting.counts(n)]

    def _reasons(self, own: int, other: int) -> tuple[ComparisonReason, ...]:
        """Return a reason for each trait that counts, the most alike first."""
        differences = self._scores[other] - self._scores[own]
        # NaN sorts last: what is not known comes after what is.
        order = np.argsort(np.abs(differences), kind="stable").tolist()
        return tuple(
            self._reason(n, own, other, float(differences[n]))
            for n in order
            if self._weighting.counts(n)
        )

    def _reason(self, n: int, own: int, other: int, difference: float) -> ComparisonReason:
        trait = TRAITS[n]
        values = {place: _known(self._raw[place, n]) for place in (own, other)}
        ours, theirs = values[own], values[other]
        if ours is None or theirs is None:
            unknown = [
                self._places[place].ref.name for place, value in values.items() if value is None
            ]
            text = unknown_text(trait, unknown)
        else:
            text = reason_text(trait, ours, theirs, difference)
        year = self._profiles.years.get(trait.figure)
        return ComparisonReason(
            trait=trait.code.value,
            label=trait.label,
            theme=trait.theme.value,
            text=text,
            own=ours,
            other=theirs,
            year=year.year if year else None,
            source=f"{trait.source}, voorlopig" if year and year.is_provisional else trait.source,
        )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
