import numpy as np

from lessons.comparability.profiles import FigureYear, read_profiles


def test_of_each_figure_the_newest_year_is_taken_for_all_places():
    found = read_profiles(
        {
            "GM0001": {"inwoners_2024": 900, "inwoners_2025": 1000},
            "GM0002": {"inwoners_2024": 2000},
        }
    )
    assert found.years["inwoners"] == FigureYear(2025, is_provisional=False)
    np.testing.assert_array_equal(found.figures["inwoners"], [1000, np.nan])


def test_a_provisional_year_is_known_as_such():
    column = "mediaan_gestandaardiseerd_inkomen_keur_2024vl"
    found = read_profiles({"GM0001": {column: 34.5}})
    assert found.years["mediaan_gestandaardiseerd_inkomen_keur"] == FigureYear(2024, True)


def test_without_any_figure_everything_is_unknown():
    found = read_profiles({"GM0001": {}})
    assert found.years == {}
    assert np.isnan(found.trait_values()).all()
    assert read_profiles({}).trait_values().shape == (0, 8)


def test_places_can_be_taken_in_another_order_and_unknown_ones_have_nothing():
    found = read_profiles({"GM0001": {"oad_2024": 1}, "GM0002": {"oad_2024": 2}})
    chosen = found.of(["GM0002", "GM0003", "GM0001"])
    assert chosen.codes == ("GM0002", "GM0003", "GM0001")
    np.testing.assert_array_equal(chosen.figures["oad"], [2, np.nan, 1])
