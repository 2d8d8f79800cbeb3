"""Places side by side: the figures of each, on one scale."""

import pytest

from lessons import selectors
from lessons.models import GemeenteProfile
from tests.factories import make_gemeente, make_jeugdregio

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Three gemeenten in two regions; of one the income is not known."""
    regions = make_jeugdregio("JZ01", "Groningen"), make_jeugdregio("JZ04", "Drenthe")
    figures = {
        "GM0001": {"inwoners_2025": 10_000, "pct_0_19_2025": 20.0},
        "GM0002": {"inwoners_2025": 100_000, "pct_0_19_2025": 22.0},
        "GM0003": {"inwoners_2025": 1_000_000, "pct_0_19_2025": 24.0},
    }
    for place, (code, known) in enumerate(figures.items()):
        gemeente = make_gemeente(code, f"Plaats {place + 1}", regions[place > 1])
        extra = {"mediaan_gestandaardiseerd_inkomen_keur_2024vl": 30.0} if place else {}
        GemeenteProfile.objects.create(gemeente=gemeente, edition=2025, figures={**known, **extra})


def row(beside, trait):
    return next(each for each in beside.traits if each.trait == trait)


def test_places_stand_in_the_order_asked_with_their_figures(places):
    beside = selectors.side_by_side("gemeente", ["GM0003", "GM0001"])
    inhabitants = row(beside, "inhabitants")

    assert [place.name for place in beside.places] == ["Plaats 3", "Plaats 1"]
    assert [value.text for value in inhabitants.values] == ["1.000.000", "10.000"]
    assert (inhabitants.middle, inhabitants.year) == ("100.000", 2025)


def test_scores_are_those_of_the_comparison(places):
    inhabitants = row(
        selectors.side_by_side("gemeente", ["GM0001", "GM0002", "GM0003"]), "inhabitants"
    )

    # Logarithms of 10,000, 100,000 and 1,000,000 are evenly spaced.
    assert [value.score for value in inhabitants.values] == pytest.approx(
        [-1.2247, 0, 1.2247], abs=0.001
    )


def test_what_is_not_known_is_said_and_has_no_score(places):
    income = row(selectors.side_by_side("gemeente", ["GM0001", "GM0002"]), "income")

    assert [value.text for value in income.values] == ["niet bekend", "€ 30.000"]
    assert income.values[0].score is None
    assert income.source.endswith("voorlopig")
    density = row(selectors.side_by_side("gemeente", ["GM0001"]), "address_density")
    assert (density.middle, density.year) == ("niet bekend", None)


def test_each_pair_has_its_similarity(places):
    pairs = selectors.side_by_side("gemeente", ["GM0001", "GM0002", "GM0003"]).pairs

    assert [(pair.one.code, pair.other.code) for pair in pairs] == [
        ("GM0001", "GM0002"),
        ("GM0001", "GM0003"),
        ("GM0002", "GM0003"),
    ]
    assert pairs[1].similarity == pytest.approx(0)
    nearest = selectors.comparable_gemeenten("GM0002", first=2).nodes
    similarity = {node.place.code: node.similarity for node in nearest}
    assert similarity["GM0001"] == pytest.approx(pairs[0].similarity, abs=0.0001)


def test_a_region_is_its_gemeenten_together(places):
    beside = selectors.side_by_side("jeugdregio", ["JZ01"])

    assert row(beside, "inhabitants").values[0].text == "110.000"
    assert beside.pairs == ()


def test_places_are_read_with_few_queries(places, django_assert_max_num_queries):
    selectors.side_by_side("gemeente", ["GM0001"])

    with django_assert_max_num_queries(2):
        selectors.side_by_side("gemeente", ["GM0001", "GM0002", "GM0003"])


def test_an_unknown_place_is_left_out(places):
    assert [p.code for p in selectors.side_by_side("gemeente", ["GM9999", "GM0001"]).places] == [
        "GM0001"
    ]
