"""On the page of a lesson: how its place compares to one's own."""

import re

import pytest

from lessons.models import GemeenteProfile
from tests.factories import make_gemeente, make_jeugdregio, make_lesson, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    """A lesson from Assen, and three gemeenten with figures."""
    drenthe, groningen = make_jeugdregio("JZ04", "Drenthe"), make_jeugdregio()
    places = {"GM0106": ("Assen", drenthe), "GM0114": ("Emmen", drenthe)}
    places["GM0014"] = ("Groningen", groningen)
    for number, (code, (name, region)) in enumerate(places.items(), start=1):
        GemeenteProfile.objects.create(
            gemeente=make_gemeente(code, name, region),
            edition=2025,
            figures={"inwoners_2025": 20_000 * number, "oad_2024": 300 * number},
        )
    section = make_section(drenthe)
    return make_lesson(section, gemeenten=[make_gemeente("GM0106", "Assen", drenthe)])


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_place_can_be_chosen_and_nothing_is_compared_before(client, lesson):
    page = words(client.get(lesson.url))

    assert "Hoe vergelijkbaar met mijn gemeente?" in page
    assert '<option value="GM0114" >Emmen</option>' in page
    assert "overeenkomst" not in page


def test_from_a_gemeente_the_page_says_how_alike_and_why(client, lesson):
    page = words(client.get(lesson.url, {"vanuit": "GM0114"}))

    assert '<option value="GM0114" selected>Emmen</option>' in page
    assert re.search(r"Assen, overeenkomst \d+ van 100", page)
    assert "/vergelijken/?gemeente=GM0114&amp;gemeente=GM0106" in page
    assert f'rel="canonical" href="http://testserver{lesson.url}"' in page


def test_from_its_own_place_there_is_nothing_to_put_beside(client, lesson):
    page = words(client.get(lesson.url, {"vanuit": "GM0106"}))

    assert "Van hier." in page
    assert "/vergelijken/?gemeente" not in page


def test_a_place_that_does_not_exist_is_said(client, lesson):
    response = client.get(lesson.url, {"vanuit": "GM9999"})

    assert response.status_code == 200
    assert "De gemeente of jeugdregio om mee te vergelijken bestaat niet." in words(response)


def test_a_lesson_for_the_whole_country_is_not_compared(client):
    national = make_lesson(make_section(None))

    page = words(client.get(national.url, {"vanuit": "GM0014"}))

    assert "Hoe vergelijkbaar met mijn gemeente?" not in page
