"""The data behind the comparison, whole: the traits of all places, and how alike they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from lessons.comparability.ground import Ground, gemeenten_ground, jeugdregios_ground
from lessons.comparability.newest import current_version
from lessons.comparability.outcomes import OUTCOMES
from lessons.comparability.profiles import Profiles
from lessons.comparability.traits import TRAITS, Floats
from lessons.comparability.weighting import Weighting
from lessons.records import SimilarityTable, TraitColumn, TraitTable

KINDS: Mapping[str, Callable[[], Ground]] = MappingProxyType(
    {"gemeente": gemeenten_ground, "jeugdregio": jeugdregios_ground}
)

# Bounds of what is worth writing down: figures come with at most this precision.
_DECIMALS = 4


def places_version() -> str:
    """Return a mark that changes with every change of places or figures; one query."""
    return hashlib.sha256(repr(current_version()).encode()).hexdigest()[:16]


def trait_table(kind: str) -> TraitTable:
    """Return the traits and the youth care figures of all places of a kind, by code."""
    ground = KINDS[kind]()
    outcomes = [outcome.values(ground.profiles) for outcome in OUTCOMES]
    return TraitTable(
        columns=tuple(_columns(ground.profiles)),
        places=tuple(place.ref for place in ground.places),
        values=_rounded(np.column_stack([ground.raw, *outcomes])),
    )


def _columns(profiles: Profiles) -> Iterator[TraitColumn]:
    for trait in TRAITS:
        year = profiles.years.get(trait.figure)
        yield TraitColumn(
            code=trait.code.value,
            label=trait.label,
            theme=trait.theme.value,
            year=year.year if year else None,
            source=f"{trait.source}, voorlopig" if year and year.is_provisional else trait.source,
        )
    for outcome in OUTCOMES:
        year = profiles.years.get(outcome.figure)
        yield TraitColumn(
            f"youth_care_{outcome.code}",
            outcome.label,
            "",
            year.year if year else None,
            outcome.source,
        )


def similarity_table(kind: str, weighting: Weighting) -> SimilarityTable:
    """Return how alike all places of a kind are under a weighting, by code."""
    ground = KINDS[kind]()
    return SimilarityTable(
        places=tuple(place.ref for place in ground.places),
        rows=_rounded(1 - ground.compared(weighting).values),
    )


def _rounded(values: Floats) -> tuple[tuple[float | None, ...], ...]:
    unknown = np.isnan(values)
    # Adding zero makes of minus zero a plain one.
    rows = (np.round(values, _DECIMALS) + 0.0).astype(object)
    rows[unknown] = None
    return tuple(map(tuple, rows.tolist()))
