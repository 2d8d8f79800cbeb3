"""All places of one kind with their figures, ready to be compared; kept in the process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

import numpy as np

from lessons.addresses import gemeente_uri, jeugdregio_uri
from lessons.comparability.distances import Distances, distances, rebased, z_scores
from lessons.comparability.nearness import typical_distance
from lessons.comparability.newest import kept, newest_profiles
from lessons.comparability.outcomes import youth_care_table
from lessons.comparability.profiles import Profiles
from lessons.comparability.regions import region_profiles
from lessons.comparability.traits import Floats
from lessons.comparability.weighting import Weighting
from lessons.models import Gemeente, Jeugdregio
from lessons.records import PlaceRef, YouthCareFigure

KEPT_WEIGHTINGS = 8
"""So many weightings are kept compared: a megabyte each."""


@dataclass(frozen=True)
class Place:
    """A place with what a comparison may be narrowed by."""

    ref: PlaceRef
    provincies: frozenset[str]
    jeugdregio: str
    size_class: float


class Compared(Distances):
    """Distances between all places, with how near the nearest typically are."""

    @cached_property
    def typical(self) -> float:
        """The median over all places of the mean distance to their nearest."""
        return typical_distance(self.values)


@dataclass(frozen=True)
class Ground:
    """The places of one kind. Treat the arrays as read-only."""

    kind: str
    places: Sequence[Place]
    profiles: Profiles
    """In the order of the places."""
    _compared: OrderedDict[Weighting, Compared] = field(
        default_factory=OrderedDict, compare=False, repr=False
    )

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Code → its row in every array."""
        return {code: row for row, code in enumerate(self.profiles.codes)}

    @cached_property
    def raw(self) -> Floats:
        """The traits as they are."""
        return self.profiles.trait_values()

    @cached_property
    def scores(self) -> Floats:
        """The traits standardised."""
        return z_scores(self.profiles)

    @cached_property
    def youth_care(self) -> tuple[tuple[YouthCareFigure, ...], ...]:
        """Use of youth care and spending of each place: to show, never to compare on."""
        return youth_care_table(self.profiles)

    def compared(self, weighting: Weighting) -> Compared:
        """Return the distances under a weighting; the last few asked for are kept."""
        found = self._compared.get(weighting)
        if found is None:
            found = Compared(rebased(distances(self.scores, weighting)).values)
            self._compared[weighting] = found
            # Another thread may have dropped it meanwhile.
            while len(self._compared) > KEPT_WEIGHTINGS:
                self._compared.popitem(last=False)
        return found


def gemeenten_ground() -> Ground:
    """Return all gemeenten by code; one query when they are kept."""
    return kept("gemeenten", _gemeenten)


def jeugdregios_ground() -> Ground:
    """Return all jeugdregio's by code, each as its gemeenten together; queries as above."""
    return kept("jeugdregios", _jeugdregios)


def _gemeenten() -> Ground:
    rows = list(
        Gemeente.objects.order_by("code").values_list(
            "code", "name", "provincie", "jeugdregio__code"
        )
    )
    profiles = newest_profiles().of([row[0] for row in rows])
    sizes = profiles.figures["grootteklasse"].tolist()
    places = [
        Place(PlaceRef(code, name, gemeente_uri(code)), frozenset({provincie}), region, size)
        for (code, name, provincie, region), size in zip(rows, sizes, strict=True)
    ]
    return Ground("gemeente", places, profiles)


def _jeugdregios() -> Ground:
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
        places.append(Place(ref, provincies, region, float(np.nan)))
    return Ground("jeugdregio", places, region_profiles(newest_profiles(), members))
