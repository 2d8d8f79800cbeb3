"""Permanent URIs lead to what a person reads, also after a merge."""

import pytest

from lessons.models import Phase
from tests.factories import make_former_gemeente, make_gemeente, make_lesson, make_term

pytestmark = pytest.mark.django_db


def test_the_uri_of_a_lesson_leads_to_its_page(client):
    lesson = make_lesson()

    response = client.get(f"/id/les/{lesson.uuid}")

    assert response.status_code == 303
    assert response["Location"] == lesson.full_url.replace("http://testserver:80", "")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/gemeente/GM0014", "/gemeenten/GM0014/"),
        ("/id/jeugdregio/JZ01", "/jeugdregios/JZ01/"),
        ("/id/fase/borging", "/zoeken/?phase=borging"),
    ],
)
def test_the_uri_of_a_place_or_term_leads_to_its_page_or_lessons(client, path, location):
    make_gemeente("GM0014")
    make_term(Phase, "borging")

    response = client.get(path)

    assert (response.status_code, response["Location"]) == (303, location)


def test_the_uri_of_a_former_gemeente_leads_to_its_successor_first(client, settings):
    make_former_gemeente("GM0381", "Bussum", make_gemeente("GM1942", "Gooise Meren"))

    response = client.get("/id/gemeente/GM0381")

    assert response.status_code == 301
    assert response["Location"] == f"{settings.BASE_URL}/id/gemeente/GM1942"


def test_the_uri_of_a_merged_term_leads_to_its_successor_first(client, settings):
    successor = make_term(Phase, "borging")
    make_term(Phase, "verankeren", replaced_by=successor)

    response = client.get("/id/fase/verankeren")

    assert response.status_code == 301
    assert response["Location"] == f"{settings.BASE_URL}/id/fase/borging"


@pytest.mark.parametrize(
    "path",
    [
        "/id/les/00000000-0000-4000-8000-000000000000",
        "/id/les/geen-uuid",
        "/id/gemeente/GM9999",
        "/id/jeugdregio/JZ99",
        "/id/fase/bestaat-niet",
        "/id/onbekend/borging",
    ],
)
def test_an_unknown_uri_is_not_found(client, path):
    make_term(Phase, "borging")

    assert client.get(path).status_code == 404


def test_the_uri_of_a_draft_is_as_unknown_as_any(client):
    lesson = make_lesson(published=False)

    assert client.get(f"/id/les/{lesson.uuid}").status_code == 404


def test_uris_are_only_read(client):
    assert client.post("/id/fase/borging").status_code == 405
