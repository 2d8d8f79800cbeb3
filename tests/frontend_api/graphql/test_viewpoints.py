"""Looking from a place over GraphQL; what comparable means, is tested in tests/search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import make_gemeente, make_jeugdregio, make_lesson
from tests.frontend_api.graphql.asking import ask, error_of
from tests.lessons.loading.conftest import rolled_back

pytestmark = pytest.mark.django_db

HERE, ALIKE = "GM0014", "GM0080"


@pytest.fixture(scope="module", autouse=True)
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Plant two gemeenten that are alike, with a lesson of one of them and one of a region."""
    with rolled_back(django_db_blocker):
        for code, name, inhabitants in ((HERE, "Groningen", 240_000), (ALIKE, "Leeuwarden", 1000)):
            gemeente = make_gemeente(code, name, make_jeugdregio())
            figures = {"inwoners_2025": inhabitants, "grootteklasse_2025": 7}
            gemeente.profiles.create(edition=2025, figures=figures)
        make_lesson(title="Van hier", gemeenten=[make_gemeente(HERE)])
        make_lesson(title="Van ver", gemeenten=[make_gemeente(ALIKE)])
        yield


def test_hits_say_how_their_place_compares_and_the_list_counts_the_bands():
    found = ask(
        f"""{{ lessons(viewpoint: {{place: "{HERE}"}}, orderBy: NEAREST) {{
            viewpoint {{ code name uri }}
            comparability {{ band label count }}
            edges {{ node {{ title }} comparison {{
                place {{ code name }} similarity band label note reasons {{ trait own other }}
            }} }}
        }} }}"""
    )["lessons"]

    assert found["viewpoint"] == {
        "code": HERE, "name": "Groningen", "uri": "http://testserver/id/gemeente/GM0014"
    }  # fmt: skip
    assert found["comparability"] == [
        {"band": "VERY", "label": "Zeer vergelijkbaar", "count": 1},
        {"band": "LESS", "label": "Minder vergelijkbaar", "count": 1},
    ]
    here, far = found["edges"]
    assert here == {
        "node": {"title": "Van hier"},
        "comparison": {
            "place": {"code": HERE, "name": "Groningen"},
            "similarity": 1.0,
            "band": "VERY",
            "label": "Zeer vergelijkbaar",
            "note": "Van hier.",
            "reasons": [],
        },
    }
    assert (far["node"]["title"], far["comparison"]["similarity"]) == ("Van ver", 0.0)
    assert far["comparison"]["note"] is None
    assert far["comparison"]["reasons"][0] == {
        "trait": "INHABITANTS", "own": 240_000.0, "other": 1000.0
    }  # fmt: skip


def test_bands_filter_the_list():
    found = ask(
        f"""{{ lessons(viewpoint: {{place: "{HERE}"}}, filter: {{comparability: [LESS]}}) {{
            totalCount nodes {{ title }}
        }} }}"""
    )["lessons"]

    assert found == {"totalCount": 1, "nodes": [{"title": "Van ver"}]}


def test_without_a_viewpoint_nothing_is_compared():
    found = ask(
        "{ lessons { viewpoint { code } comparability { band } edges { comparison { band } } } }"
    )["lessons"]

    assert (found["viewpoint"], found["comparability"]) == (None, [])
    assert found["edges"] == [{"comparison": None}, {"comparison": None}]


@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        ("orderBy: NEAREST", "NO_VIEWPOINT", "orderBy"),
        ("filter: {comparability: [VERY]}", "NO_VIEWPOINT", "filter.comparability"),
        ('viewpoint: {place: "GM9999"}', "UNKNOWN_PLACE", "viewpoint.place"),
        (
            f'viewpoint: {{place: "{HERE}", weights: [{{theme: SIZE, weight: 7}}]}}',
            "WEIGHT",
            "viewpoint.weights.size",
        ),
    ],
)
def test_faults_have_a_code_and_a_place(arguments, code, place):
    error = error_of(f"{{ lessons({arguments}) {{ totalCount }} }}")

    assert (error["code"], error["place"]) == (code, place)
