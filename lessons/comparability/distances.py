"""Distances between places: standardised, weighted, scaled for what is not known.

After CIPFA's Nearest Neighbours Model (z-scores, Euclidean distance, the farthest pair
at 1) and the note on sources in ``docs/comparable-gemeenten.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.comparability.profiles import Profiles
from lessons.comparability.traits import TRAITS, Floats
from lessons.comparability.weighting import Weighting

BLOCK = 32
"""Rows calculated at once."""


def z_scores(profiles: Profiles) -> Floats:
    """Return the traits of all places with mean 0 and standard deviation 1; NaN stays NaN.

    A trait on which the places do not differ, or that none has, is 0 or NaN throughout.
    """
    raw = profiles.trait_values()
    columns = [trait.transformed(raw[:, n]) for n, trait in enumerate(TRAITS)]
    return np.column_stack([_standardised(column) for column in columns])


def _standardised(column: Floats) -> Floats:
    known = column[~np.isnan(column)]
    if known.size == 0:
        return column
    spread = float(known.std())
    return (column - known.mean()) / (spread if spread > 0 else 1.0)


def distances(scores: Floats, weighting: Weighting) -> Floats:
    """Return the Euclidean distance of every place to every other.

    A trait that one of two places lacks does not count for that pair; the others then
    stand for it in proportion to their weight. NaN: the pair has no trait in common.
    """
    weights = weighting.as_array()
    counting = weights > 0
    weights = weights[counting]
    known = ~np.isnan(scores[:, counting])
    filled = np.where(known, scores[:, counting], 0.0)
    squares = _squares(filled * np.sqrt(weights))
    for place in np.flatnonzero(~known.all(axis=1)):
        both = known & known[place]
        terms = np.where(both, weights * (filled - filled[place]) ** 2, 0.0)
        available = np.where(both, weights, 0.0).sum(axis=1)
        available[available == 0] = np.nan
        squares[place] = squares[:, place] = terms.sum(axis=1) * (weights.sum() / available)
    return np.asarray(np.sqrt(squares, out=squares))


def _squares(columns: Floats) -> Floats:
    """Return the squared distances; block by block, which keeps the arrays in the cache.

    Each block goes from the diagonal on: the other half is its mirror. A matrix product does
    the same, but wakes the threads of BLAS, which costs more than it saves at this size.
    """
    number = len(columns)
    total = np.empty((number, number))
    for begin in range(0, number, BLOCK):
        end = min(begin + BLOCK, number)
        block = np.zeros((end - begin, number - begin))
        difference = np.empty_like(block)
        for column in columns.T:
            np.subtract(column[begin:end, None], column[None, begin:], out=difference)
            np.multiply(difference, difference, out=difference)
            block += difference
        total[begin:end, begin:] = block
        total[begin:, begin:end] = block.T
    return total


@dataclass(frozen=True)
class Distances:
    """The distances between all places, 0 for a place to itself, 1 for the farthest pair."""

    values: Floats

    def similarity(self, one: int, other: int) -> float:
        """Return how alike two places are: 1 alike on every trait, 0 the farthest pair."""
        return 1.0 - float(self.values[one, other])


def rebased(values: Floats) -> Distances:
    """Return the distances with the farthest pair at 1."""
    farthest = float(np.nanmax(values, initial=0.0))
    return Distances(values / farthest if farthest > 0 else values)


def compare(profiles: Profiles, weighting: Weighting) -> Distances:
    """Return how far all places are from each other under a weighting."""
    return rebased(distances(z_scores(profiles), weighting))
