"""How the addresses of feeds answer: conditionally, in pages, and to scripts of other sites."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed

pytestmark = pytest.mark.django_db

FORMS = ["json", "atom", "csv", "jsonl"]
TYPES = {
    "json": "application/feed+json; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl; charset=utf-8",
}


@pytest.fixture
def old(planted):
    """Let the newest change of the feed be of an hour ago."""
    Feed.objects.update(changed_at=timezone.now() - datetime.timedelta(hours=1))
    return planted


@pytest.mark.parametrize("form", FORMS)
def test_every_form_may_be_cached_and_read_by_any_script(old, client, form):
    response = client.get(f"/feeds/borging.{form}")

    assert response["Content-Type"] == TYPES[form]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("form", FORMS)
def test_who_has_the_newest_version_is_told_so_without_a_query(
    old, client, form, django_assert_num_queries
):
    first = client.get(f"/feeds/borging.{form}")

    for condition in (
        {"HTTP_IF_NONE_MATCH": first["ETag"]},
        {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]},
    ):
        with django_assert_num_queries(0):
            again = client.get(f"/feeds/borging.{form}", **condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_was_made_takes_no_query_until_something_changes(
    old, client, form, django_assert_num_queries
):
    first = client.get(f"/feeds/borging.{form}?aantal=1")

    with django_assert_num_queries(0):
        again = client.get(f"/feeds/borging.{form}?aantal=1")

    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    lesson = LessonPage.objects.get(pk=old.plain.pk)
    lesson.expire_at = timezone.now()
    lesson.save(update_fields=["expire_at"])
    assert client.get(f"/feeds/borging.{form}?aantal=100").content != again.content
    assert lesson.title.encode() not in client.get(f"/feeds/borging.{form}").content


def test_an_answer_takes_a_fixed_number_of_queries(old, client):
    client.get("/feeds/borging.json")

    with CaptureQueriesContext(connection) as three:
        client.get("/feeds/borging.json?aantal=3")
    with CaptureQueriesContext(connection) as four:
        client.get("/feeds/borging.json?aantal=4")

    assert len(three) == len(four) <= 11


def test_a_withdrawal_changes_the_version_at_once(old, client, settings, tmp_path):
    first = client.get("/feeds/borging.json")
    service.rebuild()

    withdraw(LessonPage.objects.get(pk=old.plain.pk), reason="outdated")
    again = client.get("/feeds/borging.json", HTTP_IF_NONE_MATCH=first["ETag"])

    assert again.status_code == 200
    gone = json.loads(again.content)["_lessenbank"]["tombstones"]
    assert str(old.plain.uuid) in {each["uuid"] for each in gone}


def test_forms_pages_and_texts_have_versions_of_their_own(old, client):
    marks = {
        client.get(address)["ETag"]
        for address in (
            "/feeds/borging.json",
            "/feeds/borging.csv",
            "/feeds/borging.csv?vorm=lang",
            "/feeds/borging.json?aantal=1",
        )
    }
    feed = Feed.objects.get()
    feed.description = "Anders"
    feed.save()
    marks.add(client.get("/feeds/borging.json")["ETag"])

    assert len(marks) == 5


def test_a_change_of_this_moment_has_no_date_of_its_second(planted, client):
    Feed.objects.update(changed_at=timezone.now())

    assert "Last-Modified" not in client.get("/feeds/borging.json")


def test_pages_follow_each_other_to_the_end(old, client):
    address, states, pages = "/feeds/borging.json?aantal=1", [], 0
    while address:
        content = json.loads(client.get(address).content)
        states += [item["_lessenbank"]["state"] for item in content["items"]]
        states += [each["state"] for each in content["_lessenbank"]["tombstones"]]
        address, pages = content.get("next_url"), pages + 1

    assert sorted(states) == ["left", "public", "public", "replaced"]
    assert pages == 4


@pytest.mark.parametrize("form", FORMS)
def test_the_next_page_stands_in_the_header_of_every_form(old, client, form):
    response = client.get(f"/feeds/borging.{form}?aantal=1")

    assert response["Link"].endswith('>; rel="next"')
    assert "Link" not in client.get(f"/feeds/borging.{form}")


@pytest.mark.parametrize(
    "asked", ["aantal=0", "aantal=1001", "aantal=x", "aantal=-1", "voor=x", "voor=%00"]
)
def test_what_cannot_be_answered_is_refused_in_words(old, client, asked):
    response = client.get(f"/feeds/borging.json?{asked}")

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert "ETag" not in response


def test_unknown_and_ended_feeds_say_so(old, client):
    Feed.objects.update(is_active=False)

    assert client.get("/feeds/borging.json").status_code == 410
    assert client.get("/feeds/bestaat-niet.json").status_code == 404
    assert client.get("/feeds/borging.xml").status_code == 404
    assert client.get("/feeds/BORGING.json").status_code == 404


def test_a_browser_may_ask_conditionally_from_another_site(old, client):
    asked = {"origin": "https://partner.example", "access-control-request-method": "GET"}

    response = client.options("/feeds/borging.json", headers=asked)

    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert client.post("/feeds/borging.json").status_code == 405
    assert client.head("/feeds/borging.json").content == b""


def test_the_page_of_feeds_names_each_with_its_addresses(old, client):
    page = client.get("/feeds/").content.decode()

    assert "Borging &amp; zo" in page
    for form in FORMS:
        assert f'href="/feeds/borging.{form}"' in page
    Feed.objects.update(is_active=False)
    assert "Er zijn nog geen feeds." in client.get("/feeds/").content.decode()
