"""How near the nearest are: whether a place has its like at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.comparability.traits import Floats

NEAREST = 5
"""So many nearest places tell how near a place has others; one alone may be chance."""

ISOLATED_FROM = 2.0
"""A place is isolated when its nearest are at least so many times as far as is typical."""


@dataclass(frozen=True)
class Nearness:
    """The mean distance of a place to its nearest, beside what that typically is."""

    own: float
    typical: float

    @property
    def ratio(self) -> float:
        """How many times as far as typical; infinite when there is nobody."""
        if np.isnan(self.own):
            return float("inf")
        return self.own / self.typical if self.typical > 0 else 1.0

    @property
    def is_isolated(self) -> bool:
        """Whether nobody is near."""
        return self.ratio >= ISOLATED_FROM


def mean_distances_to_nearest(distances: Floats) -> Floats:
    """Return for every place its mean distance to its nearest five; NaN without any."""
    others = distances.copy()
    np.fill_diagonal(others, np.nan)
    count = min(NEAREST, len(others) - 1)
    if count < 1:
        return np.full(len(others), np.nan)
    # NaN comes last; a place with fewer than five keeps the mean of those it has.
    nearest = np.partition(others, count - 1, axis=1)[:, :count]
    known = ~np.isnan(nearest)
    totals = np.where(known, nearest, 0.0).sum(axis=1)
    return np.asarray(np.divide(totals, known.sum(axis=1), out=_nans(others), where=known.any(1)))


def mean_of_nearest(candidates: Floats) -> float:
    """Return the mean of the nearest, given sorted distances; NaN without any."""
    return float(candidates[:NEAREST].mean()) if candidates.size else float("nan")


def typical_distance(distances: Floats) -> float:
    """Return the median over all places of the mean distance to their nearest.

    All places are candidates here: a narrow choice does not make the far look near.
    """
    usual = mean_distances_to_nearest(distances)
    usual = usual[~np.isnan(usual)]
    return float(np.median(usual)) if usual.size else 0.0


def _nans(distances: Floats) -> Floats:
    return np.full(len(distances), np.nan)
