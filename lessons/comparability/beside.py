"""Places side by side, trait by trait."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from lessons.comparability.ground import Ground, gemeenten_ground, jeugdregios_ground
from lessons.comparability.traits import TRAITS, Trait
from lessons.comparability.weighting import DEFAULT_WEIGHTING
from lessons.records import PairSimilarity, SideBySide, TraitRow, TraitValue

UNKNOWN = "niet bekend"
_GROUNDS = {"gemeente": gemeenten_ground, "jeugdregio": jeugdregios_ground}


def side_by_side(kind: str, codes: Sequence[str]) -> SideBySide:
    """Return the traits of places beside each other, in the order of the codes.

    ``kind`` is ``gemeente`` or ``jeugdregio``. A code of no place is left out: whether it
    exists is for the caller to ask first. One query when the places are kept.
    """
    ground = _GROUNDS[kind]()
    rows = [ground.row_of[code] for code in codes if code in ground.row_of]
    return SideBySide(
        places=tuple(ground.places[row].ref for row in rows),
        traits=tuple(_trait_row(n, ground, rows) for n in range(len(TRAITS))),
        pairs=_pairs(ground, rows),
    )


def _trait_row(n: int, ground: Ground, rows: Sequence[int]) -> TraitRow:
    trait, values, scores = TRAITS[n], ground.raw[:, n], ground.scores[:, n]
    year = ground.profiles.years.get(trait.figure)
    known = values[~np.isnan(values)]
    return TraitRow(
        trait=trait.code.value,
        label=trait.label,
        theme=trait.theme.value,
        theme_label=str(trait.theme.label),
        values=tuple(
            TraitValue(
                ground.places[row].ref,
                _known(values[row]),
                _shown(trait, values[row]),
                _known(scores[row]),
            )
            for row in rows
        ),
        middle=_shown(trait, float(np.median(known))) if known.size else UNKNOWN,
        year=year.year if year else None,
        source=f"{trait.source}, voorlopig" if year and year.is_provisional else trait.source,
    )


def _pairs(ground: Ground, rows: Sequence[int]) -> tuple[PairSimilarity, ...]:
    if len(rows) < 2:
        return ()
    distances = ground.compared(DEFAULT_WEIGHTING).values
    return tuple(
        PairSimilarity(
            ground.places[one].ref, ground.places[other].ref, _known(1 - distances[one, other])
        )
        for one, other in combinations(rows, 2)
    )


def _shown(trait: Trait, value: float) -> str:
    return UNKNOWN if np.isnan(value) else f"{trait.shown(value)}{trait.unit}"


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
