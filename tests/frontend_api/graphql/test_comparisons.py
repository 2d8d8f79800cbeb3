"""Comparable places over GraphQL; what a comparison is, is tested in tests/lessons."""

import pytest

from frontend_api.graphql import limits
from lessons.choices import ComparisonTheme, ComparisonTrait
from lessons.selectors import MAX_COMPARABLE
from tests.factories import make_gemeente, make_jeugdregio
from tests.frontend_api.graphql.asking import ask, error_of

pytestmark = pytest.mark.django_db

REASONS = "reasons { trait theme label text own other year source }"


@pytest.fixture(autouse=True)
def places():
    """Make three gemeenten, the second more like the first than the third is."""
    groningen, fryslan = make_jeugdregio(), make_jeugdregio("JZ02", "Fryslân")
    for code, name, region, inhabitants, density in (
        ("GM0014", "Groningen", groningen, 240_000, 3_000),
        ("GM0080", "Leeuwarden", fryslan, 130_000, 2_000),
        ("GM0037", "Stadskanaal", groningen, 32_000, 600),
    ):
        gemeente = make_gemeente(code, name, region)
        gemeente.profiles.create(
            edition=2025,
            figures={"inwoners_2025": inhabitants, "oad_2024": density, "grootteklasse_2025": 7},
        )


def comparable(arguments="", fields="nodes { gemeente { name } similarity }"):
    found = ask(f'{{ gemeente(code: "GM0014") {{ comparable{arguments} {{ {fields} }} }} }}')
    return found["gemeente"]["comparable"]


def names(arguments=""):
    return [node["gemeente"]["name"] for node in comparable(arguments)["nodes"]]


def test_a_gemeente_shows_those_like_it_and_why():
    found = comparable(
        fields=f"notice isIsolated nearestSimilarity typicalSimilarity "
        f"nodes {{ gemeente {{ code name provincie }} similarity {REASONS} }}"
    )

    nearest, farthest = found["nodes"]
    assert nearest["gemeente"] == {
        "code": "GM0080", "name": "Leeuwarden", "provincie": "Groningen"
    }  # fmt: skip
    assert (nearest["similarity"], farthest["similarity"]) == (0.7203, 0.0)
    assert found["isIsolated"] is False
    assert found["notice"].startswith("Van Groningen is niet bekend: inwoners van 0 tot en met")
    assert nearest["reasons"][0] == {
        "trait": "ADDRESS_DENSITY",
        "theme": "URBANITY",
        "label": "omgevingsadressendichtheid",
        "text": "iets minder stedelijk: 3.000 en 2.000 adressen per km²",
        "own": 3000.0,
        "other": 2000.0,
        "year": 2024,
        "source": "CBS Wijk- en Buurtkaart",
    }
    unknown = nearest["reasons"][-1]
    assert (unknown["own"], unknown["other"], unknown["year"]) == (None, None, None)


def test_weights_traits_and_conditions_reach_the_comparison():
    assert names("(first: 1)") == ["Leeuwarden"]
    assert names("(outsideJeugdregio: true)") == ["Leeuwarden"]
    assert names("(sameProvincie: true, sameSizeClass: true)") == ["Leeuwarden", "Stadskanaal"]
    counted = comparable(
        "(weights: [{theme: SIZE, weight: 0}, {theme: YOUTH, weight: 4}], without: [INCOME])",
        "nodes { reasons { trait } }",
    )
    traits = {reason["trait"] for reason in counted["nodes"][0]["reasons"]}
    assert traits == {trait.name for trait in ComparisonTrait} - {"INHABITANTS", "INCOME"}


def test_null_is_the_same_as_left_out():
    arguments = "(first: null, weights: null, without: null, outsideJeugdregio: null)"
    assert names(arguments) == names()


def test_a_jeugdregio_shows_those_like_it():
    found = ask(
        '{ jeugdregio(code: "JZ01") { comparable(sameProvincie: true) '
        f"{{ nodes {{ jeugdregio {{ code gemeenten {{ name }} }} similarity {REASONS} }} }} }} }}"
    )["jeugdregio"]["comparable"]

    (node,) = found["nodes"]
    assert node["jeugdregio"] == {"code": "JZ02", "gemeenten": [{"name": "Leeuwarden"}]}
    inhabitants = next(reason for reason in node["reasons"] if reason["trait"] == "INHABITANTS")
    assert (inhabitants["own"], inhabitants["other"]) == (272_000.0, 130_000.0)


def test_a_gemeente_without_figures_has_an_empty_list_that_says_why():
    make_gemeente("GM0047", "Veendam")
    found = ask('{ gemeente(code: "GM0047") { comparable { notice nodes { similarity } } } }')
    assert found["gemeente"]["comparable"] == {
        "notice": "Van Veendam zijn geen cijfers bekend; daarom is er niets te vergelijken.",
        "nodes": [],
    }


ALL_OFF = "[" + " ".join(trait.name for trait in ComparisonTrait) + "]"
NO_WEIGHT = "[" + " ".join(f"{{theme: {t.name}, weight: 0}}" for t in ComparisonTheme) + "]"


@pytest.mark.parametrize(
    ("arguments", "code", "place", "accepted"),
    [
        ("(first: 0)", "PAGE_SIZE", "first", None),
        (f"(first: {MAX_COMPARABLE + 1})", "PAGE_SIZE", "first", None),
        (
            "(weights: [{theme: SIZE, weight: 5}])",
            "WEIGHT",
            "weights.size",
            ["0", "1", "2", "3", "4"],
        ),
        (
            "(weights: [{theme: SIZE, weight: 1} {theme: SIZE, weight: 1}])",
            "REPEATED_THEME",
            "weights.size",
            None,
        ),
        (f"(without: {ALL_OFF})", "NOTHING_COUNTS", "without", ComparisonTrait.values),
        (f"(weights: {NO_WEIGHT})", "NOTHING_COUNTS", "weights", ComparisonTheme.values),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_says_what_can(arguments, code, place, accepted):
    error = error_of(f'{{ gemeente(code: "GM0014") {{ comparable{arguments} {{ notice }} }} }}')
    assert (error["code"], error["place"], error.get("accepted")) == (code, place, accepted)
    assert error["message"]


def test_use_of_care_cannot_be_compared():
    error = error_of('{ gemeente(code: "GM0014") { comparable(without: [JEUGDZORG]) { notice } } }')
    assert error["code"] == "INVALID_QUERY"


def test_a_jeugdregio_without_gemeenten_has_an_empty_list_that_says_why():
    make_jeugdregio("JZ09", "Nieuwe regio")
    found = ask('{ jeugdregio(code: "JZ09") { comparable { notice nodes { similarity } } } }')
    assert found["jeugdregio"]["comparable"] == {
        "notice": "Van Nieuwe regio zijn geen cijfers bekend; daarom is er niets te vergelijken.",
        "nodes": [],
    }


@pytest.mark.parametrize(
    "query",
    [
        "{ gemeenten { comparable { notice } } }",
        "{ jeugdregios { ...F } } fragment F on Jeugdregio { comparable { notice } }",
        '{ gemeente(code: "GM0014") '
        "{ comparable { nodes { gemeente { comparable { notice } } } } } }",
    ],
)
def test_a_comparison_inside_a_list_is_refused(query):
    error = error_of(query)
    assert (error["code"], error["place"]) == ("NESTED_COMPARISON", "query:1")


def test_the_number_of_comparisons_in_a_request_is_limited():
    fields = " ".join(
        f"a{number}: comparable {{ notice }}" for number in range(limits.MAX_COMPARISONS + 1)
    )
    error = error_of(f'{{ gemeente(code: "GM0014") {{ {fields} }} }}')
    assert error["code"] == "TOO_MANY_COMPARISONS"


def test_a_comparison_takes_a_fixed_number_of_queries(django_assert_num_queries):
    everything = f"nodes {{ gemeente {{ name provincie jeugdregio {{ name }} }} {REASONS} }}"
    comparable(fields=everything)
    # The gemeente with its profile; whether anything changed; the places in full.
    with django_assert_num_queries(5):
        comparable(fields=everything)
    make_gemeente("GM0047", "Veendam").profiles.create(
        edition=2025, figures={"inwoners_2025": 27_000, "oad_2024": 900}
    )
    # Once more: the places and their figures anew.
    with django_assert_num_queries(8):
        comparable(fields=everything)
