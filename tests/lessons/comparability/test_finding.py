"""The public door, on the shipped tables in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lessons import selectors
from lessons.loading.geography import load_geography
from lessons.loading.geography_tables import GEMEENTEN_FILE, JEUGDREGIOS_FILE, read_geography
from lessons.models import Gemeente
from tests.lessons.loading.conftest import rolled_back

pytestmark = pytest.mark.django_db

DEVENTER, URK, VOORNE = "GM0150", "GM0184", "GM1992"


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the shipped gemeenten once for all tests here, which roll back what they change."""
    with rolled_back(django_db_blocker):
        load_geography(read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE))
        yield


def names(found):
    return [comparable.place.name for comparable in found.nodes]


def test_the_nearest_come_first_with_a_reason_for_each_trait():
    found = selectors.comparable_gemeenten(DEVENTER, first=3)

    assert names(found) == ["Hengelo", "Bergen op Zoom", "Alkmaar"]
    assert [node.similarity for node in found.nodes] == sorted(
        (node.similarity for node in found.nodes), reverse=True
    )
    hengelo = found.nodes[0]
    assert hengelo.place.uri == "http://testserver/id/gemeente/GM0164"
    assert len(hengelo.reasons) == 8
    inhabitants = next(reason for reason in hengelo.reasons if reason.trait == "inhabitants")
    assert inhabitants.text == "iets minder inwoners: 104.300 en 83.700"
    assert (inhabitants.theme, inhabitants.year) == ("size", 2025)
    assert inhabitants.source == "CBS StatLine 70072ned (Regionale kerncijfers Nederland)"
    assert (found.notice, found.is_isolated) == ("", False)


def test_a_provisional_figure_says_so():
    reasons = selectors.comparable_gemeenten(DEVENTER, first=1).nodes[0].reasons
    income = next(reason for reason in reasons if reason.trait == "income")
    assert (income.year, income.source) == (
        2024,
        "CBS StatLine, Inkomen van huishoudens; regio, voorlopig",
    )


def test_the_list_never_holds_the_place_itself_and_all_others_once():
    found = selectors.comparable_gemeenten(DEVENTER, first=100)
    assert len(set(names(found))) == 100
    assert "Deventer" not in names(found)


def test_conditions_narrow_the_list_down():
    places = {row.code: row for row in Gemeente.objects.select_related("jeugdregio")}
    own = places[DEVENTER]

    def listed(**conditions):
        found = selectors.comparable_gemeenten(DEVENTER, first=20, **conditions)
        return [places[node.place.code] for node in found.nodes]

    assert {place.provincie for place in listed(same_provincie=True)} == {own.provincie}
    outside = listed(outside_jeugdregio=True)
    assert own.jeugdregio not in {place.jeugdregio for place in outside}
    sizes = {
        place.profiles.get().figures["grootteklasse_2025"] for place in listed(same_size_class=True)
    }
    assert sizes == {6}


def test_nobody_near_is_said():
    found = selectors.comparable_gemeenten(URK)
    assert found.is_isolated
    assert found.notice.startswith("Geen gemeente in deze lijst lijkt echt op Urk: ")
    assert found.nearest_similarity < found.typical_similarity


def test_missing_figures_are_named():
    found = selectors.comparable_gemeenten(VOORNE, first=1)
    assert found.notice == "Van Voorne aan Zee is niet bekend: hoogopgeleiden. Dat telt niet mee."
    last = found.nodes[0].reasons[-1]
    assert last.text == "telt niet mee: hoogopgeleiden, niet bekend van Voorne aan Zee"
    assert (last.own, last.other is not None) == (None, True)


def test_a_gemeente_without_a_profile_has_an_empty_list():
    Gemeente.objects.get(code=URK).profiles.all().delete()
    found = selectors.comparable_gemeenten(URK)
    assert (found.nodes, found.nearest_similarity) == ((), None)
    assert found.notice == "Van Urk zijn geen cijfers bekend; daarom is er niets te vergelijken."
    assert "Urk" not in names(selectors.comparable_gemeenten(DEVENTER, first=100))


def test_jeugdregios_are_compared_as_their_gemeenten_together():
    found = selectors.comparable_jeugdregios("JZ01", first=2)
    assert names(found) == ["Zuid-Limburg", "Centraal Gelderland"]
    inhabitants = next(reason for reason in found.nodes[0].reasons if reason.trait == "inhabitants")
    assert inhabitants.own == 602_833
    assert found.nodes[0].place.uri.startswith("http://testserver/id/jeugdregio/JZ")


def test_jeugdregios_can_be_kept_to_a_shared_provincie():
    codes = set(
        Gemeente.objects.filter(provincie="Overijssel").values_list("jeugdregio__code", flat=True)
    )
    twente = Gemeente.objects.get(name="Enschede").jeugdregio
    found = selectors.comparable_jeugdregios(twente.code, first=50, same_provincie=True)
    assert {node.place.code for node in found.nodes} == codes - {twente.code}


def test_a_weight_or_trait_changes_the_list():
    usual = names(selectors.comparable_gemeenten(DEVENTER))
    assert names(selectors.comparable_gemeenten(DEVENTER, weights={"size": 4})) != usual
    without = selectors.comparable_gemeenten(DEVENTER, off=["income"])
    assert {reason.trait for reason in without.nodes[0].reasons} == {
        "inhabitants", "address_density", "aged_0_19", "with_children", "assistance",
        "social_rent", "higher_educated",
    }  # fmt: skip


@pytest.mark.parametrize("compare", ["comparable_gemeenten", "comparable_jeugdregios"])
def test_an_unknown_code_is_refused_with_those_that_there_are(compare):
    with pytest.raises(selectors.UnknownCode) as caught:
        getattr(selectors, compare)("x")
    assert len(caught.value.accepted) in {342, 42}


@pytest.mark.parametrize("first", [0, 101])
@pytest.mark.parametrize("compare", ["comparable_gemeenten", "comparable_jeugdregios"])
def test_a_list_of_no_length_or_too_long_is_refused(compare, first):
    with pytest.raises(selectors.InvalidComparison) as caught:
        getattr(selectors, compare)("x", first=first)
    assert (caught.value.code, caught.value.place) == ("PAGE_SIZE", "first")


def test_a_comparison_takes_one_query_while_nothing_changes(django_assert_num_queries):
    for compare, code in (
        (selectors.comparable_gemeenten, DEVENTER),
        (selectors.comparable_jeugdregios, "JZ01"),
    ):
        compare(code)
        with django_assert_num_queries(1):
            compare(code, first=50)


def test_a_changed_name_or_figure_is_seen_at_once():
    hengelo = Gemeente.objects.get(name="Hengelo")
    assert names(selectors.comparable_gemeenten(DEVENTER, first=1)) == ["Hengelo"]

    hengelo.name = "Hengelo (O)"
    hengelo.save()
    assert names(selectors.comparable_gemeenten(DEVENTER, first=1)) == ["Hengelo (O)"]

    profile = hengelo.profiles.get()
    profile.figures["inwoners_2025"] = 5_000_000
    profile.save()
    assert names(selectors.comparable_gemeenten(DEVENTER, first=1)) == ["Bergen op Zoom"]


def test_youth_care_stands_beside_with_year_and_source():
    found = selectors.comparable_gemeenten(DEVENTER, first=1)

    use, spending = found.youth_care
    assert (use.code, use.year, use.source) == ("use", 2022, "CBS wijken en buurten (PDOK)")
    assert (use.value, use.text) == (9.3, "9,3%")
    assert (spending.code, spending.year) == ("spending", 2024)
    assert spending.text == "€ 2.014"
    assert [figure.code for figure in found.nodes[0].youth_care] == ["use", "spending"]


def test_youth_care_that_is_not_known_is_named():
    use, spending = selectors.comparable_gemeenten(VOORNE, first=1).youth_care
    assert (use.value, use.text) == (None, "niet bekend")
    assert spending.value is not None


def test_youth_care_of_a_jeugdregio_is_that_of_its_gemeenten_together():
    use, spending = selectors.comparable_jeugdregios("JZ01", first=1).youth_care
    assert 8 < use.value < 16
    members = Gemeente.objects.filter(jeugdregio__code="JZ01")
    rows = [place.profiles.get().figures for place in members]
    total = sum(row["lasten_jeugd_totaal_keur_2024"] for row in rows) * 1000
    assert spending.value == pytest.approx(total / sum(row["aantal_0_19_2025"] for row in rows))


def test_a_former_code_compares_its_successor_and_says_so():
    found = selectors.comparable_gemeenten("GM0140", first=1)
    assert found.place.name == "Súdwest-Fryslân"
    assert found.notice == (
        "GM0140 (Littenseradiel) bestaat niet meer sinds 1 januari 2018 en is verdeeld over "
        "Súdwest-Fryslân, Leeuwarden en Waadhoeke; dit is Súdwest-Fryslân."
    )
