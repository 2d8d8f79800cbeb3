"""From a place to comparable lessons, with real figures and the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search import service
from search.service import LessonOrder, LessonQuery, QueryError, Viewpoint
from tests.factories import make_gemeente, make_jeugdregio, make_lesson, make_section
from tests.lessons.loading.conftest import rolled_back

pytestmark = pytest.mark.django_db

HERE, ALIKE, FAR = "GM0014", "GM0080", "GM0037"


@pytest.fixture(scope="module", autouse=True)
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Plant two regions, three gemeenten, and lessons of each and of none, once."""
    with rolled_back(django_db_blocker):
        groningen, fryslan = make_jeugdregio(), make_jeugdregio("JZ02", "Fryslân")
        places = {
            HERE: make_gemeente(HERE, "Groningen", groningen),
            ALIKE: make_gemeente(ALIKE, "Leeuwarden", fryslan),
            FAR: make_gemeente(FAR, "Stadskanaal", groningen),
        }
        for code, inhabitants, density in (
            (HERE, 240_000, 3_000), (ALIKE, 230_000, 2_900), (FAR, 32_000, 600),
        ):  # fmt: skip
            figures = {"inwoners_2025": inhabitants, "oad_2024": density, "grootteklasse_2025": 7}
            places[code].profiles.create(edition=2025, figures=figures)
        section = make_section(groningen)
        make_lesson(section, title="Ver weg", gemeenten=[places[FAR]])
        make_lesson(section, title="Vergelijkbaar", gemeenten=[places[FAR], places[ALIKE]])
        make_lesson(section, title="Van hier", gemeenten=[places[HERE]])
        make_lesson(section, title="Hele regio")
        make_lesson(make_section(None), title="Heel het land")
        yield


def search(**query):
    return service.search(LessonQuery(viewpoint=Viewpoint(HERE), **query))


def test_the_nearest_come_first_and_every_hit_says_why():
    found = search(order=LessonOrder.NEAREST)

    compared = {hit.card.title: hit.comparison for hit in found.hits}
    assert list(compared) == [
        "Van hier", "Vergelijkbaar", "Hele regio", "Ver weg", "Heel het land"
    ]  # fmt: skip
    assert found.viewpoint.name == "Groningen"
    assert compared["Heel het land"] is None
    here = compared["Van hier"]
    assert (here.similarity, here.band, here.note, here.reasons) == (1.0, "very", "Van hier.", ())
    alike = compared["Vergelijkbaar"]
    assert (alike.place.name, alike.band, alike.label) == (
        "Leeuwarden", "very", "Zeer vergelijkbaar"
    )  # fmt: skip
    assert alike.reasons[0].text == "bijna even stedelijk: 3.000 en 2.900 adressen per km²"
    region = compared["Hele regio"]
    assert (region.place.code, region.similarity, region.band) == ("JZ01", 0.5, "less")
    assert "gemiddeld" in region.note


def test_from_a_region_a_gemeente_counts_as_its_region():
    found = service.search(
        LessonQuery(viewpoint=Viewpoint("JZ02"), order=LessonOrder.NEAREST, first=1)
    )

    (hit,) = found.hits
    assert (hit.card.title, hit.comparison.place.name) == ("Vergelijkbaar", "Leeuwarden")
    assert (hit.comparison.similarity, hit.comparison.note) == (1.0, "Uit deze jeugdregio.")


def test_bands_are_counted_and_filtered():
    found = search(comparability=("less",), counts_comparability=True, order=LessonOrder.TITLE)

    assert [hit.card.title for hit in found.hits] == ["Hele regio", "Ver weg"]
    (facet,) = found.facets
    assert [(term.code, term.label, term.count) for term in facet.terms] == [
        ("very", "Zeer vergelijkbaar", 2), ("less", "Minder vergelijkbaar", 2)
    ]  # fmt: skip


def test_without_hits_the_band_is_named_as_the_way_out():
    found = search(text="hier", comparability=("fairly",))

    assert (found.total, found.way_out.facet, found.way_out.total) == (0, "comparability", 1)
    assert found.notices == (
        "Zonder het filter ‘Vergelijkbaarheid: Redelijk vergelijkbaar’ is er 1 les.",
    )


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        ({"order": LessonOrder.NEAREST}, "NO_VIEWPOINT", "orderBy"),
        ({"comparability": ("very",)}, "NO_VIEWPOINT", "filter.comparability"),
        ({"counts_comparability": True}, "NO_VIEWPOINT", "facets"),
        ({"viewpoint": Viewpoint("GM9999")}, "UNKNOWN_PLACE", "viewpoint.place"),
        ({"viewpoint": Viewpoint("Groningen")}, "UNKNOWN_PLACE", "viewpoint.place"),
        ({"viewpoint": Viewpoint(HERE, {"size": 9})}, "WEIGHT", "viewpoint.weights.size"),
        ({"viewpoint": Viewpoint(HERE, {}, ("hond",))}, "UNKNOWN_TRAIT", "viewpoint.without"),
        (
            {"viewpoint": Viewpoint(HERE), "comparability": ("zeer",)},
            "UNKNOWN_TERM",
            "filter.comparability",
        ),
    ],
)
def test_what_cannot_be_answered_is_named(query, code, place):
    with pytest.raises(QueryError) as refused:
        service.search(LessonQuery(**query))

    assert (refused.value.code, refused.value.place) == (code, place)


def test_weights_and_traits_decide_what_is_comparable():
    alone = service.search(
        LessonQuery(viewpoint=Viewpoint(HERE, {"size": 4}, ("address_density",)), first=5)
    )

    compared = next(hit.comparison for hit in alone.hits if hit.card.title == "Vergelijkbaar")
    assert compared.reasons[0].trait == "inhabitants"
    assert "address_density" not in {reason.trait for reason in compared.reasons}


def test_a_viewpoint_takes_a_fixed_number_of_queries(django_assert_num_queries):
    search(text="vergelijkbaar", facets=("phase",), counts_comparability=True)

    with django_assert_num_queries(4):
        search(text="vergelijkbaar", facets=("phase",), counts_comparability=True)
