"""Partners make feeds with a key."""

import json

import pytest

from frontend_api.clients import keys
from frontend_api.models import PartnerClient, Scope
from search import service
from search.models import Feed

pytestmark = pytest.mark.django_db

ASKED = {"title": "Borging bij u", "description": "Voor onze site.", "query": "phase=borging"}


@pytest.fixture
def key(planted):
    partner = PartnerClient.objects.create(
        name="Kennisbank", organization="Voorbeeld", scopes=[Scope.MAKE_FEEDS, Scope.FEEDS]
    )
    return keys.issue(partner).text


def send(client, body, key=None, content_type="application/json"):
    headers = {"authorization": f"Bearer {key}"} if key else {}
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post("/feeds/", text, content_type=content_type, headers=headers)


def errors_of(response):
    return [
        (response.status_code, error["extensions"]["code"], error["extensions"]["place"])
        for error in response.json()["errors"]
    ]


def test_a_feed_is_made_and_followed(client, key, planted):
    response = send(client, ASKED, key)

    assert response.status_code == 201
    made = response.json()
    assert made == {
        "slug": "borging-bij-u",
        "title": "Borging bij u",
        "description": "Voor onze site.",
        "query": "phase=borging",
        "addresses": {
            form: f"http://testserver/feeds/borging-bij-u.{form}"
            for form in ("json", "atom", "csv", "jsonl")
        },
    }
    assert response["Location"] == made["addresses"]["json"]
    service.rebuild()
    service.drain()
    items = json.loads(client.get("/feeds/borging-bij-u.json").content)["items"]
    assert {item["title"] for item in items} == {planted.plain.title, planted.strange.title}


def test_it_belongs_to_the_partner_and_is_not_listed_for_visitors(client, key):
    send(client, ASKED, key)

    assert Feed.objects.get(slug="borging-bij-u").made_by == "Kennisbank"
    assert "Borging bij u" not in client.get("/feeds/").content.decode()
    assert [feed.slug for feed in service.feeds()] == ["borging"]
    assert len(service.feeds(of_partners=True)) == 2


def test_asking_again_gives_the_same_feed(client, key):
    first, again = send(client, ASKED, key), send(client, ASKED, key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Feed.objects.count() == 2


def test_another_feed_of_that_title_gets_another_name(client, key):
    send(client, ASKED, key)
    other = send(client, {**ASKED, "query": ""}, key)

    assert other.status_code == 201
    assert other.json()["slug"] == "borging-bij-u-2"


def test_a_name_that_is_taken_stays_with_who_has_it(client, key, planted):
    response = send(client, {**ASKED, "slug": "borging"}, key)

    assert errors_of(response) == [(409, "SLUG_TAKEN", "slug")]
    assert Feed.objects.get().title == planted.feed.title


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"query": "phase=weg"}, ("UNKNOWN_TERM", "query.filter.phase")),
        ({"query": "van=oud"}, ("INVALID_YEAR", "query.van")),
        ({"query": "zomaar"}, ("NO_QUESTION", "query")),
        ({"slug": "Met Hoofdletters"}, ("INVALID_VALUE", "slug")),
        ({"title": "x" * 101}, ("INVALID_VALUE", "title")),
        ({"title": "  "}, ("INVALID_VALUE", "title")),
        ({"title": 3}, ("INVALID_VALUE", "title")),
        ({"title": "a\0b"}, ("INVALID_VALUE", "title")),
        ({"title": "\ud800"}, ("INVALID_VALUE", "title")),
        ({"description": "x" * 301}, ("INVALID_VALUE", "description")),
        ({"is_active": "no"}, ("UNKNOWN_FIELD", "is_active")),
        ({"\ud800": "x"}, ("UNKNOWN_FIELD", "?")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(client, key, change, fault):
    response = send(client, {**ASKED, **change}, key)

    assert (400, *fault) in errors_of(response)
    assert Feed.objects.count() == 1


def test_every_fault_is_said_at_once(client, key):
    assert errors_of(send(client, {"title": 1}, key)) == [
        *((400, "INVALID_VALUE", place) for place in ("title", "description", "query")),
    ]


@pytest.mark.parametrize(
    ("body", "content_type", "fault"),
    [
        ("{", "application/json", (400, "INVALID_JSON", "body")),
        ("[" * 9_000, "application/json", (400, "INVALID_JSON", "body")),
        ("[]", "application/json", (400, "INVALID_REQUEST", "body")),
        ("x" * 10_001, "application/json", (413, "REQUEST_TOO_LARGE", "body")),
        ("title=x", "text/plain", (415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type")),
    ],
)
def test_what_is_no_feed_is_refused(client, key, body, content_type, fault):
    assert errors_of(send(client, body, key, content_type)) == [fault]


def test_only_a_key_for_it_makes_feeds(client, planted):
    reader = PartnerClient.objects.create(name="Lezer", organization="Voorbeeld")
    reading = keys.issue(reader).text

    assert errors_of(send(client, ASKED)) == [(401, "INVALID_KEY", "Authorization")]
    assert errors_of(send(client, ASKED, reading)) == [(403, "SCOPE", "Authorization")]
    assert Feed.objects.count() == 1


def test_a_partner_has_no_endless_number_of_feeds(client, key, monkeypatch):
    monkeypatch.setattr("search.feeds.making.MAX_MADE", 1)
    send(client, ASKED, key)

    response = send(client, {**ASKED, "title": "Nog een"}, key)

    assert errors_of(response) == [(400, "TOO_MANY_FEEDS", "feed")]


def test_the_cms_says_whose_it_is(client, key, django_user_model):
    send(client, ASKED, key)
    client.force_login(django_user_model.objects.create_superuser("beheer", "b@example.org", "x"))

    page = client.get("/cms/snippets/search/feed/").content.decode()

    assert "Kennisbank" in page
    edit = f"/cms/snippets/search/feed/edit/{Feed.objects.get(slug='borging-bij-u').pk}/"
    assert "Kennisbank" in client.get(edit).content.decode()
