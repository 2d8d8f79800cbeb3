import numpy as np
import pytest

from lessons.comparability.profiles import read_profiles
from lessons.comparability.regions import region_profiles

LARGE = {
    "inwoners_2025": 300, "huishoudens_2025": 150, "aantal_0_19_2025": 90,
    "hh_met_kinderen_2025": 60, "oad_2024": 1000, "bijstand_per_1000_2024": 40,
    "pct_corporatiehuur_2024": 30, "pct_hoogopgeleid_2022": 50,
    "mediaan_gestandaardiseerd_inkomen_keur_2024vl": 30,
}  # fmt: skip
SMALL = {
    "inwoners_2025": 100, "huishoudens_2025": 50, "aantal_0_19_2025": 10,
    "hh_met_kinderen_2025": 10, "oad_2024": 200, "bijstand_per_1000_2024": 20,
    "pct_corporatiehuur_2024": 10,
}  # fmt: skip


def region(*members):
    profiles = read_profiles({str(n): figures for n, figures in enumerate(members)})
    return region_profiles(profiles, {"JZ01": profiles.codes}).figures


def test_counts_are_summed_and_shares_weighted():
    found = {name: values[0] for name, values in region(LARGE, SMALL).items()}

    assert found["inwoners"] == 400
    assert found["pct_0_19"] == pytest.approx(25)
    assert found["pct_hh_met_kinderen"] == pytest.approx(35)
    assert found["oad"] == pytest.approx(800)
    assert found["pct_corporatiehuur"] == pytest.approx(25)
    assert found["bijstand_per_1000"] == pytest.approx(35)


def test_a_gemeente_without_a_figure_is_left_out_of_it():
    assert region(LARGE, SMALL)["pct_hoogopgeleid"][0] == 50
    assert region(LARGE, SMALL)["mediaan_gestandaardiseerd_inkomen_keur"][0] == 30


def test_a_region_of_which_more_than_half_lacks_a_figure_has_none():
    lacking = {name: value for name, value in LARGE.items() if "hoogopgeleid" not in name}
    assert np.isnan(region(lacking, {**SMALL, "pct_hoogopgeleid_2022": 20})["pct_hoogopgeleid"][0])


def test_the_shipped_regions_come_to_the_totals_of_the_country(shipped):
    names, regions = shipped.regions()
    assert len(names) == 42
    assert regions.figures["inwoners"].sum() == 18_044_027
    assert not np.isnan(regions.trait_values()).any()


def test_a_region_without_figures_has_none():
    assert np.isnan(region({}, {})["inwoners"][0])
    assert np.isnan(region({}, {})["pct_0_19"][0])
