"""What is measured of the method: does it find what people who know the places expect?

Every measure is of the default weighting unless it says otherwise, and needs no
database: ``report_comparability`` runs them on the shipped tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lessons.comparability.distances import compare
from lessons.comparability.nearness import mean_distances_to_nearest
from lessons.comparability.profiles import Profiles
from lessons.comparability.traits import TRAITS, Floats, Trait
from lessons.comparability.weighting import DEFAULT_WEIGHTING, weighting

Ranks = npt.NDArray[np.intp]

LIST_LENGTH = 10


@dataclass(frozen=True)
class Agreement:
    """How often two places are of the same class: within ten nearest, and by chance."""

    nearest: float
    chance: float


@dataclass(frozen=True)
class Stability:
    """What stays when one trait is left out or changed, over all places."""

    trait: Trait
    rank_correlation: float
    """The median of Spearman's rho between both orders of all other places."""
    lowest_rank_correlation: float
    kept: float
    """Mean share of the ten nearest that stays among the ten nearest."""


@dataclass(frozen=True)
class Isolation:
    """A place whose nearest five are far, and how many times as far as is typical."""

    code: str
    ratio: float


def ranked(distances: Floats) -> Ranks:
    """Return for each place all others, the nearest first, itself left out."""
    others = distances.copy()
    np.fill_diagonal(others, np.inf)
    return np.argsort(others, axis=1, kind="stable")[:, :-1]


def rank_of(distances: Floats, place: int, other: int) -> int:
    """Return which place the other has in the list of a place; the nearest is 1."""
    return int(np.flatnonzero(ranked(distances)[place] == other)[0]) + 1


def class_agreement(distances: Floats, classes: Floats) -> Agreement:
    """Return how often the ten nearest share a class, beside two places taken at random."""
    nearest = ranked(distances)[:, :LIST_LENGTH]
    same = classes[:, None] == classes[None, :]
    pairs = ~np.eye(len(classes), dtype=bool)
    return Agreement(
        nearest=float((classes[nearest] == classes[:, None]).mean()),
        chance=float(same[pairs].mean()),
    )


def stability(profiles: Profiles) -> tuple[Stability, ...]:
    """Return what stays of the lists when each trait in turn is left out."""
    before = compare(profiles, DEFAULT_WEIGHTING).values
    return tuple(
        _stability(trait, before, compare(profiles, weighting(off=[trait.code.value])).values)
        for trait in TRAITS
    )


def stability_of_years(newest: Profiles, older: Profiles) -> tuple[Stability, ...]:
    """Return what stays when a trait has an older year, for those that have one.

    ``older`` are the profiles of the same places with every figure of which there is an
    older year in that year.
    """
    before = compare(newest, DEFAULT_WEIGHTING).values
    found = []
    for trait in TRAITS:
        if newest.years[trait.figure] != older.years[trait.figure]:
            figures = {**newest.figures, trait.figure: older.figures[trait.figure]}
            after = compare(replace(newest, figures=figures), DEFAULT_WEIGHTING).values
            found.append(_stability(trait, before, after))
    return tuple(found)


def _stability(trait: Trait, before: Floats, after: Floats) -> Stability:
    correlations = _rank_correlations(before, after)
    one, other = (ranked(distances)[:, :LIST_LENGTH] for distances in (before, after))
    kept = [np.isin(mine, theirs).mean() for mine, theirs in zip(one, other, strict=True)]
    return Stability(
        trait=trait,
        rank_correlation=float(np.median(correlations)),
        lowest_rank_correlation=float(correlations.min()),
        kept=float(np.mean(kept)),
    )


def _rank_correlations(before: Floats, after: Floats) -> Floats:
    """Return Spearman's rho for each place; ranks are without ties."""
    positions = []
    for distances in (before, after):
        # The place itself comes first in both, and so adds no difference.
        order = np.argsort(distances, axis=1, kind="stable")
        positions.append(np.argsort(order, axis=1))
    number = before.shape[0]
    squared = ((positions[0] - positions[1]) ** 2).sum(axis=1)
    return np.asarray(1 - 6 * squared / (number * (number**2 - 1)), dtype=np.float64)


def isolations(profiles: Profiles) -> tuple[Isolation, ...]:
    """Return all places by how isolated they are, the most isolated first."""
    own = mean_distances_to_nearest(compare(profiles, DEFAULT_WEIGHTING).values)
    ratios = own / np.nanmedian(own)
    order = np.argsort(-ratios, kind="stable").tolist()
    return tuple(Isolation(profiles.codes[n], float(ratios[n])) for n in order)


def explained(profiles: Profiles, outcome: Floats) -> float:
    """Return the share of the variation of an outcome that the eight traits explain.

    By least squares over the places of which all is known. It tells how little
    comparable context says of use or spending, and so what a list must not be read as.
    """
    raw = profiles.trait_values()
    columns = [trait.transformed(raw[:, n]) for n, trait in enumerate(TRAITS)]
    known = ~np.isnan(raw).any(axis=1) & ~np.isnan(outcome)
    design = np.column_stack([np.ones(known.sum()), *(column[known] for column in columns)])
    measured = outcome[known]
    solution = np.linalg.lstsq(design, measured, rcond=None)[0]
    rest = measured - design @ solution
    return float(1 - (rest**2).sum() / ((measured - measured.mean()) ** 2).sum())
