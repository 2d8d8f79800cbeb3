"""What the outputs of a feed hold, each by the rules of its form."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from xml.etree import ElementTree

import pytest

from frontend_api.feeds.csv_file import LONG_HEAD, SEPARATOR, WIDE_HEAD, safe
from tests.factories import base_url

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
OWN = "{urn:lessenbank:feed}"


def uri(lesson):
    return f"{base_url()}/id/les/{lesson.uuid}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def rows(client, address):
    return list(csv.DictReader(io.StringIO(read(client, address), newline="")))


def test_json_feed_has_what_its_version_requires(planted, client):
    feed = json.loads(read(client, "/feeds/borging.json"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Borging & zo"
    assert feed["feed_url"] == f"{base_url()}/feeds/borging.json"
    assert feed["home_page_url"] == f"{base_url()}/zoeken/?phase=borging"
    assert [item["id"] for item in feed["items"]] == [uri(planted.strange), uri(planted.plain)]
    for item in feed["items"]:
        assert item["content_text"]
        assert item["url"].startswith("http")
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert datetime.fromisoformat(item["date_modified"]).tzinfo is not None
        assert item["authors"][0]["name"]
        assert all(isinstance(tag, str) for tag in item["tags"])


def test_json_feed_tells_of_each_lesson_how_it_may_be_used(planted, client):
    plain = json.loads(read(client, "/feeds/borging.json"))["items"][1]["_lessenbank"]

    assert plain["licence"] == "CC-BY-4.0"
    assert plain["licence_url"] == "https://creativecommons.org/licenses/by/4.0/deed.nl"
    assert plain["attribution"] == "Jeugdregio Groningen"
    assert plain["last_reviewed"] == "2026-01-15"
    assert {
        "facet": "phase",
        "code": "borging",
        "label": "Borging",
        "uri": f"{base_url()}/id/fase/borging",
    } in plain["tags"]


def test_json_feed_tells_what_is_gone_and_why(planted, client):
    feed = json.loads(read(client, "/feeds/borging.json"))
    gone = {each["uri"]: each for each in feed["_lessenbank"]["tombstones"]}

    assert gone.keys() == {uri(planted.withdrawn), uri(planted.left)}
    withdrawn, left = gone[uri(planted.withdrawn)], gone[uri(planted.left)]
    assert (withdrawn["state"], withdrawn["reason"]) == ("replaced", "replaced")
    assert withdrawn["explanation"] == "Zie <daar>."
    assert withdrawn["replaced_by"] == uri(planted.plain)
    assert (left["state"], left["reason"], left["replaced_by"]) == ("left", None, None)
    assert "Straks" not in json.dumps(feed)


def test_atom_has_what_rfc_4287_requires(planted, client):
    feed = ElementTree.fromstring(read(client, "/feeds/borging.atom"))

    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == f"{base_url()}/feeds/borging.atom"
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Lessenbank"
    alternates = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert len(alternates) == 1
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [
        uri(planted.strange),
        uri(planted.plain),
    ]
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        for name in ("summary", "published", "rights", "content", "source"):
            assert len(entry.findall(f"{ATOM}{name}")) <= 1
        links = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        assert links == ["alternate", "license"]
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
    for moment in feed.iter(f"{ATOM}updated"):
        assert datetime.fromisoformat(moment.text).tzinfo is not None


def test_atom_keeps_strange_signs_as_text(planted, client):
    text = read(client, "/feeds/borging.atom")
    entry = ElementTree.fromstring(text).find(f"{ATOM}entry")

    assert entry.find(f"{ATOM}title").text == planted.strange.title
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert "&lt;script&gt;" in entry.find(f"{ATOM}summary").text
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "@iemand"
    assert entry.find(f"{OWN}lastReviewed").text == "2026-01-15"


def test_atom_tells_what_is_gone_as_rfc_6721_does(planted, client):
    feed = ElementTree.fromstring(read(client, "/feeds/borging.atom"))
    gone = {each.get("ref"): each for each in feed.findall(f"{TOMBSTONES}deleted-entry")}

    assert gone.keys() == {uri(planted.withdrawn), uri(planted.left)}
    for each in gone.values():
        assert datetime.fromisoformat(each.get("when")).tzinfo is not None
    comment = gone[uri(planted.withdrawn)].find(f"{TOMBSTONES}comment").text
    assert comment.startswith("Deze les is vervangen. Reden: ")
    assert comment.endswith("Zie <daar>.")
    assert gone[uri(planted.withdrawn)].find(f"{ATOM}link").get("href") == uri(planted.plain)
    left = gone[uri(planted.left)].find(f"{TOMBSTONES}comment").text
    assert left == "Deze les valt niet meer onder deze feed."


def test_wide_csv_has_a_row_for_each_lesson(planted, client):
    found = {row["uri"]: row for row in rows(client, "/feeds/borging.csv")}

    assert len(found) == 4
    assert all(set(row) == set(WIDE_HEAD) for row in found.values())
    plain = found[uri(planted.plain)]
    assert plain["fasen"] == f"Uitvoering{SEPARATOR}Borging"
    assert plain["licentie"] == "CC-BY-4.0"
    assert plain["toestand"] == "openbaar"
    withdrawn = found[uri(planted.withdrawn)]
    assert (withdrawn["toestand"], withdrawn["titel"]) == ("vervangen", "")
    assert withdrawn["vervangen_door"] == uri(planted.plain)
    assert withdrawn["toelichting"] == "Zie <daar>."
    assert found[uri(planted.left)]["toestand"] == "valt niet meer onder deze feed"


def test_long_csv_has_a_row_for_each_tag(planted, client):
    wide = {row["uri"]: row for row in rows(client, "/feeds/borging.csv")}
    long = rows(client, "/feeds/borging.csv?vorm=lang")

    assert all(set(row) == set(LONG_HEAD) for row in long)
    phases = [
        row["kenmerk"]
        for row in long
        if row["uri"] == uri(planted.plain) and row["soort_kenmerk"] == "fasen"
    ]
    assert SEPARATOR.join(phases) == wide[uri(planted.plain)]["fasen"]
    assert [row["toestand"] for row in long if row["uri"] == uri(planted.withdrawn)] == [
        "vervangen"
    ]


def test_csv_has_no_cell_that_a_spreadsheet_carries_out(planted, client):
    found = {row["uri"]: row for row in rows(client, "/feeds/borging.csv")}[uri(planted.strange)]

    assert found["titel"] == "'" + planted.strange.title
    assert found["kern"].startswith("'+31 is een landnummer; '=1+1")
    assert found["naamsvermelding"] == "'@iemand"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("gewoon - met een streepje", "gewoon - met een streepje"),
        ("-1", "'-1"),
        (" =1", " '=1"),
        ("\t@x", "\t'@x"),
        ("een\n=2", "een\n'=2"),
        ("\uff1d1", "'\uff1d1"),
        (None, ""),
        (2024, "2024"),
    ],
)
def test_only_what_begins_a_formula_is_changed(value, written):
    assert safe(value) == written


def test_json_lines_have_an_object_on_each_line(planted, client):
    lines = [json.loads(line) for line in read(client, "/feeds/borging.jsonl").splitlines()]

    assert [line["type"] for line in lines] == ["tombstone", "tombstone", "lesson", "lesson"]
    assert lines[2]["title"] == planted.strange.title
    assert lines[2]["core"] == planted.strange.core
    assert {line["uri"] for line in lines[:2]} == {uri(planted.withdrawn), uri(planted.left)}
