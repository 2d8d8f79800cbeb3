"""From a question about a place to the places most like it, as records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from lessons.addresses import gemeente_uri, jeugdregio_uri
from lessons.comparability.distances import distances, rebased, z_scores
from lessons.comparability.nearness import nearness
from lessons.comparability.newest import newest_profiles
from lessons.comparability.profiles import Profiles
from lessons.comparability.regions import region_profiles
from lessons.comparability.traits import TRAITS
from lessons.comparability.weighting import InvalidComparison, Weighting
from lessons.comparability.wording import notice_text, reason_text, unknown_text
from lessons.models import Gemeente, Jeugdregio
from lessons.records import Comparable, Comparison, ComparisonReason, PlaceRef

MAX_COMPARABLE = 100


@dataclass(frozen=True)
class Place:
    """A place with what a comparison may be narrowed by."""

    ref: PlaceRef
    provincies: frozenset[str]
    jeugdregio: str
    size_class: float


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
    """Return the gemeenten most like one, or None for an unknown code; three queries at most."""
    check_first(first)
    rows = list(
        Gemeente.objects.order_by("code").values_list(
            "code", "name", "provincie", "jeugdregio__code"
        )
    )
    profiles = newest_profiles().of([row[0] for row in rows])
    sizes = profiles.figures["grootteklasse"]
    places = [
        Place(PlaceRef(own, name, gemeente_uri(own)), frozenset({provincie}), region, size)
        for (own, name, provincie, region), size in zip(rows, sizes.tolist(), strict=True)
    ]
    return _Finder("gemeente", places, profiles, weighting).nearest(code, first, narrowing.admits)


def nearest_jeugdregios(
    code: str, first: int, weighting: Weighting, narrowing: Narrowing
) -> Comparison | None:
    """Return the jeugdregio's most like one, or None; three queries at most."""
    check_first(first)
    # From the regions, not from the gemeenten: a region may have none yet.
    rows = Jeugdregio.objects.order_by("code", "gemeenten__code").values_list(
        "code", "name", "gemeenten__code", "gemeenten__provincie"
    )
    members: dict[str, list[str]] = {}
    places = []
    for (region, name), group in groupby(rows, key=lambda row: row[:2]):
        gemeenten = [row for row in group if row[2] is not None]
        members[region] = [row[2] for row in gemeenten]
        provincies = frozenset(row[3] for row in gemeenten)
        ref = PlaceRef(region, name, jeugdregio_uri(region))
        places.append(Place(ref, provincies, region, float("nan")))
    profiles = region_profiles(newest_profiles(), members)
    finder = _Finder("jeugdregio", places, profiles, weighting)
    return finder.nearest(code, first, narrowing.admits)


def check_first(first: int) -> None:
    """Raise :class:`InvalidComparison` for a length of list that is not given."""
    if not 1 <= first <= MAX_COMPARABLE:
        raise InvalidComparison(
            f"Vraag 1 tot en met {MAX_COMPARABLE} plaatsen tegelijk.",
            code="PAGE_SIZE",
            place="first",
            accepted=(),
        )


class _Finder:
    """Places of one kind, compared under one weighting."""

    def __init__(
        self, kind: str, places: Sequence[Place], profiles: Profiles, weighting: Weighting
    ) -> None:
        self._kind = kind
        self._places = places
        self._profiles = profiles
        self._weighting = weighting
        self._raw = profiles.trait_values()
        self._scores = z_scores(profiles)

    def nearest(
        self, code: str, first: int, admits: Callable[[Place, Place], bool]
    ) -> Comparison | None:
        """Return the places most like one that may be in its list."""
        if code not in self._profiles.codes:
            return None
        own = self._profiles.codes.index(code)
        compared = rebased(distances(self._scores, self._weighting))
        row = compared.values[own]
        # NaN sorts last: those that have no trait in common with the place.
        order = np.argsort(row, kind="stable")[: np.count_nonzero(~np.isnan(row))].tolist()
        candidates = [
            other
            for other in order
            if other != own and admits(self._places[own], self._places[other])
        ]
        near = nearness(compared.values, row[candidates])
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
                )
                for other in candidates[:first]
            ),
            notice=notice_text(self._kind, place.name, near, missing, len(counting)),
            is_isolated=near.is_isolated,
            nearest_similarity=round(1 - near.own, 4) if candidates else None,
            typical_similarity=round(1 - near.typical, 4),
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
