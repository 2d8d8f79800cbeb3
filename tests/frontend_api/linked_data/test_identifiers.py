"""Permanent URIs lead to a page or a document, also after a merge or a withdrawal."""

import pytest
from django.utils import timezone

from cms import content_version
from frontend_api import kept_answers
from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


def test_the_uri_of_a_lesson_leads_to_its_page(client, planted):
    response = client.get(f"/id/les/{planted.lesson.uuid}")

    assert response.status_code == 303
    assert response["Location"] == planted.lesson.full_url


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/gemeente/GM0014", "/gemeenten/GM0014/"),
        ("/id/jeugdregio/JZ01", "/jeugdregios/JZ01/"),
        ("/id/fase/borging", "/zoeken/?phase=borging"),
    ],
)
def test_the_uri_of_a_place_or_term_leads_to_its_page_or_lessons(client, planted, path, location):
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (303, location)


def test_the_uri_of_a_former_gemeente_leads_to_its_successor_first(client, planted, settings):
    response = client.get("/id/gemeente/GM0381")

    assert response.status_code == 301
    assert response["Location"] == f"{settings.BASE_URL}/id/gemeente/GM1942"


def test_the_uri_of_a_merged_term_leads_to_its_successor_first(client, planted, settings):
    response = client.get("/id/fase/verankering")

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
def test_an_unknown_uri_is_not_found(client, planted, path):
    assert client.get(path).status_code == 404


def test_the_uri_of_a_draft_is_as_unknown_as_any(client, planted):
    lesson = make_lesson(published=False)

    assert client.get(f"/id/les/{lesson.uuid}").status_code == 404
    assert client.get(f"/id/les/{lesson.uuid}.jsonld").status_code == 404


def test_uris_are_only_read(client, planted):
    assert client.post("/id/fase/borging").status_code == 405


def test_the_uri_of_a_pilot_leads_to_its_page(client, planted):
    response = client.get("/id/pilot/pilot-groningen")

    assert response.status_code == 303
    assert response["Location"] == "http://testserver/pilots/pilot-groningen/"


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/id/fase/borging", "text/turtle", "/id/fase/borging.ttl"),
        ("/id/fase/borging", "application/ld+json", "/id/fase/borging.jsonld"),
        ("/id/fase", "text/turtle", "/id/fase.ttl"),
        ("/id/fase", "text/html", "/data/catalogus#fase"),
        ("/id/gemeente", "text/html", "/data/catalogus#gemeente"),
        ("/id/gemeente/GM0014", "text/turtle", "/id/gemeente/GM0014.ttl"),
        ("/id/jeugdregio/JZ01", "application/ld+json", "/id/jeugdregio/JZ01.jsonld"),
        ("/id/pilot/pilot-groningen", "application/ld+json", "/id/pilot/pilot-groningen.jsonld"),
        ("/data/catalogus", "text/turtle", "/data/catalogus.ttl"),
    ],
)
def test_a_uri_leads_to_the_form_that_is_wanted(client, planted, path, accept, location):
    response = client.get(path, headers={"Accept": accept})

    assert (response.status_code, response["Location"]) == (303, location)
    assert response["Vary"] == "Accept"
    assert response["Access-Control-Allow-Origin"] == "*"
    document = client.get(location)
    assert document.status_code == 200
    assert document["Content-Type"].startswith(accept)


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(client, planted):
    response = client.get("/id/fase/borging", headers={"Accept": "application/rdf+xml"})

    assert response.status_code == 406
    assert response["Vary"] == "Accept"
    assert response.content.decode() == (
        "Dit adres bestaat niet in de vorm waar u om vraagt (Accept). Wel in:\n"
        "- text/html (een pagina om te lezen)\n"
        "- text/turtle (Turtle): /id/fase/borging.ttl\n"
        "- application/ld+json (JSON-LD): /id/fase/borging.jsonld\n"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/id/les/00000000-0000-4000-8000-000000000000.jsonld",
        "/id/les/geen-uuid.jsonld",
        "/id/pilot/onbekend",
        "/id/pilot/onbekend.jsonld",
        "/id/gemeente/GM9999.ttl",
        "/id/jeugdregio/JZ99.ttl",
        "/id/fase/bestaat-niet.ttl",
        "/id/fase/borging.xml",
        "/id/onbekend",
        "/id/onbekend.ttl",
        "/id/onbekend/borging.jsonld",
    ],
)
def test_an_unknown_document_is_not_found(client, planted, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("suffix", ["", ".jsonld"])
def test_a_lesson_that_is_gone_says_so_to_programs_and_nothing_else(client, planted, suffix):
    path = f"/id/les/{planted.replaced.uuid}{suffix}"

    response = client.get(path, headers={"Accept": "application/ld+json"})

    assert (response.status_code, response["Content-Type"]) == (410, "application/ld+json")
    told = response.json()
    del told["@context"]
    successor = LessonPage.objects.get(title="Zo doen we het nu")
    assert told == {
        "@id": f"http://testserver/id/les/{planted.replaced.uuid}",
        "@type": "CreativeWork",
        "identifier": str(planted.replaced.uuid),
        "creativeWorkStatus": "vervangen",
        "expires": timezone.localdate().isoformat(),
        "skos:changeNote": (
            "Deze les is vervangen. Reden: vervangen door een andere les. Zie <daar>."
        ),
        "dct:isReplacedBy": {"@id": f"http://testserver/id/les/{successor.uuid}"},
    }
    assert response["Link"] == (
        f'<http://testserver/id/les/{successor.uuid}>; rel="successor-version"'
    )


def test_a_lesson_that_is_gone_says_so_to_people_and_refuses_other_forms(client, planted):
    path = f"/id/les/{planted.replaced.uuid}"

    assert client.get(path).status_code == 410
    assert "Deze les is ingetrokken" in client.get(path).content.decode()
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


DOCUMENTS = {
    "/id/fase/borging.ttl": 1,
    "/id/fase.jsonld": 1,
    "/id/gemeente/GM0014.ttl": 2,
    "/id/gemeente.ttl": 3,
    "/id/jeugdregio/JZ01.ttl": 2,
    "/id/jeugdregio.jsonld": 2,
    "/id/pilot/pilot-groningen.jsonld": 5,
    "/data/catalogus.ttl": 9,
    "/.well-known/api-catalog": 1,
    "/sitemap.xml": 7,
}


@pytest.mark.parametrize(("path", "queries"), DOCUMENTS.items())
def test_a_document_takes_a_fixed_number_of_queries_and_a_copy_that_holds_none(
    client, planted, django_assert_num_queries, path, queries
):
    content_version.current()
    with django_assert_num_queries(queries):
        first = client.get(path)

    assert first["Cache-Control"] == "public, max-age=30, stale-while-revalidate=60"
    assert "Vary" not in first
    with django_assert_num_queries(0):
        kept = client.get(path)
        known = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (kept.content, kept["ETag"]) == (first.content, first["ETag"])
    assert (known.status_code, known.content) == (304, b"")
    kept_answers.clear()
    assert client.get(path).content == first.content


def test_a_document_of_a_lesson_takes_as_many_queries_as_the_lesson(
    client, planted, django_assert_max_num_queries
):
    path = f"/id/les/{planted.lesson.uuid}.jsonld"
    content_version.current()
    with django_assert_max_num_queries(13):
        first = client.get(path)

    with django_assert_max_num_queries(0):
        assert client.get(path).content == first.content


def test_a_kept_document_is_gone_with_the_lesson(client, planted):
    path = f"/id/les/{planted.lesson.uuid}.jsonld"
    first = client.get(path)
    assert first.status_code == 200

    withdraw(planted.lesson, reason="privacy")

    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 410
    assert "buurt" not in again.content.decode()
    assert again["Cache-Control"] == "no-store"
