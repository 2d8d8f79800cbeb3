"""What any search finds, as a feed."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from frontend_api import kept_answers

pytestmark = pytest.mark.django_db

FORMS = ("json", "atom", "csv", "jsonl")
ATOM = "{http://www.w3.org/2005/Atom}"


def items(client, asked=None):
    return json.loads(client.get("/zoeken.json", asked or {}).content)


def titles(client, asked=None):
    return [item["title"] for item in items(client, asked)["items"]]


def test_every_form_has_the_lessons_of_the_search_page(client, planted):
    asked = {"phase": "borging"}
    expected = {planted.plain.title, planted.strange.title}

    assert set(titles(client, asked)) == expected
    atom = ElementTree.fromstring(client.get("/zoeken.atom", asked).content)
    assert {entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")} == expected
    rows = list(csv.DictReader(io.StringIO(client.get("/zoeken.csv", asked).content.decode())))
    assert {row["uuid"] for row in rows} == {str(planted.plain.uuid), str(planted.strange.uuid)}
    long = client.get("/zoeken.csv", {**asked, "vorm": "lang"}).content.decode()
    assert len(long.splitlines()) > len(rows) + 1
    lines = client.get("/zoeken.jsonl", asked).content.decode().splitlines()
    assert {json.loads(line)["title"] for line in lines} == expected


def test_the_newest_comes_first_whatever_order_is_asked(client, planted):
    newest_first = titles(client)

    assert len(newest_first) == 3
    assert titles(client, {"sorteer": "titel"}) == newest_first
    moments = [item["date_published"] for item in items(client)["items"]]
    assert moments == sorted(moments, reverse=True)


def test_a_page_leads_to_the_next_and_says_of_what_it_is(client, planted):
    first = client.get("/zoeken.json", {"aantal": "2", "q": ""})
    feed = json.loads(first.content)

    assert feed["home_page_url"] == "http://testserver/zoeken/"
    assert feed["feed_url"] == "http://testserver/zoeken.json?aantal=2"
    assert first["Link"] == f'<{feed["next_url"]}>; rel="next"'
    second = json.loads(client.get(feed["next_url"].removeprefix("http://testserver")).content)
    assert "next_url" not in second
    assert [item["title"] for item in feed["items"] + second["items"]] == titles(client)


def test_a_kept_page_has_the_headers_of_the_first(client, planted):
    address = "/zoeken.csv?aantal=1"
    # The index is made at the first search.
    client.get("/zoeken.json")

    first, again = client.get(address), client.get(address)

    assert 'rel="next"' in first["Link"]
    assert first["Content-Disposition"] == 'inline; filename="lessen.csv"'
    assert dict(again.items()) == dict(first.items())


def test_the_feed_names_its_question(client, planted):
    feed = items(client, {"q": "gewoon", "phase": "borging", "sorteer": "titel"})

    assert feed["title"] == "Lessen over ‘gewoon’"
    assert feed["home_page_url"] == "http://testserver/zoeken/?q=gewoon&phase=borging"
    atom = client.get("/zoeken.atom", {"q": "gewoon"}).content.decode()
    assert "<id>http://testserver/zoeken?q=gewoon</id>" in atom


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("phase=bestaat-niet", "Een van de filters op fase bestaat niet."),
        ("van=vroeger", "Schrijf een jaar met vier cijfers, zoals 2024."),
        ("aantal=0", "Schrijf bij aantal een getal van 1 tot en met 100."),
        ("aantal=101", "Schrijf bij aantal een getal van 1 tot en met 100."),
        ("aantal=veel", "Schrijf bij aantal een getal van 1 tot en met 100."),
        (
            "na=x",
            "Dit deel van de lijst is er niet meer. Zoek opnieuw en begin bij de eerste les.",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_dutch(client, planted, form, asked, message):
    response = client.get(f"/zoeken.{form}?{asked}")

    assert response.status_code == 400
    assert response.content.decode() == f"{message}\n"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"


def test_a_kept_answer_takes_no_query_and_is_open_to_every_script(
    client, planted, django_assert_num_queries
):
    # The index is made at the first search.
    client.get("/zoeken.json")
    kept_answers.clear()
    first = client.get("/zoeken.atom")
    with django_assert_num_queries(0):
        again = client.get("/zoeken.atom")
        known = client.get("/zoeken.atom", headers={"if-none-match": first["ETag"]})

    assert again.content == first.content
    assert known.status_code == 304
    assert first["Surrogate-Key"] == "lessenbank search"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in first or "Accept," not in first["Vary"]


def test_other_methods_are_refused(client, planted):
    assert client.post("/zoeken.json").status_code == 405
    assert client.options("/zoeken.json").status_code == 204
    assert client.get("/zoeken.xml").status_code == 404


def test_the_search_page_leads_to_them(client, planted):
    page = client.get("/zoeken/?phase=borging&sorteer=titel").content.decode()

    for form in FORMS:
        assert f'href="/zoeken.{form}?phase=borging"' in page
    assert 'type="application/atom+xml"' in page
