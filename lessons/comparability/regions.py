"""Jeugdregio's as places of their own: what their gemeenten come to together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lessons.comparability.profiles import FIGURES, Profiles
from lessons.comparability.traits import Floats

SUMMED = ("inwoners", "huishoudens", "aantal_0_19", "aantal_0_24", "hh_met_kinderen")
"""Counts."""

ADDED = ("lasten_jeugd_totaal_keur",)
"""Sums that are only right when every gemeente has the figure."""

RATIOS = {
    "pct_0_19": ("aantal_0_19", "inwoners"),
    "pct_hh_met_kinderen": ("hh_met_kinderen", "huishoudens"),
}
"""Percentages of which both counts are known."""

WEIGHTED_BY = {
    "oad": "huishoudens",
    "mediaan_gestandaardiseerd_inkomen_keur": "huishoudens",
    "pct_corporatiehuur": "huishoudens",
    "bijstand_per_1000": "inwoners",
    "pct_hoogopgeleid": "inwoners",
    "pct_jeugdzorg": "aantal_0_24",
}
"""Figures of which the counts are not in the table → what stands in for them. A mean of
medians is not the median of the whole; over tens of thousands of households it is near."""

KNOWN_FOR_AT_LEAST = 0.5
"""Share of the weight that must have a figure before the region has one."""


def region_profiles(gemeenten: Profiles, members: Mapping[str, Sequence[str]]) -> Profiles:
    """Return the profiles of regions from those of their gemeenten, by code.

    A gemeente without a figure is left out of it; a region of which more than half lacks
    it has none.
    """
    grouped = [gemeenten.of(codes) for codes in members.values()]
    figures = {name: np.array([_together(name, region) for region in grouped]) for name in FIGURES}
    return Profiles(tuple(members), figures, gemeenten.years)


def _together(name: str, region: Profiles) -> float:
    if name in RATIOS:
        part, whole = (region.figures[count] for count in RATIOS[name])
        known = ~np.isnan(part + whole)
        return _share(part[known].sum() * 100, whole[known].sum(), whole)
    values = region.figures[name]
    if name in SUMMED:
        return float(np.nansum(values)) if not np.isnan(values).all() else float("nan")
    if name in ADDED:
        return float(values.sum()) if values.size else float("nan")
    if name not in WEIGHTED_BY:
        return float("nan")
    weights = region.figures[WEIGHTED_BY[name]]
    known = ~np.isnan(values + weights)
    return _share((values * weights)[known].sum(), weights[known].sum(), weights)


def _share(total: float, weight: float, weights: Floats) -> float:
    everything = np.nansum(weights)
    if everything == 0 or weight < KNOWN_FOR_AT_LEAST * everything:
        return float("nan")
    return float(total / weight)
