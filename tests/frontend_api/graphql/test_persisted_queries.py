"""Questions asked by their hash."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client

from frontend_api.graphql import persisted_queries
from frontend_api.models import PersistedQuery

pytestmark = pytest.mark.django_db

TEXT = "query Naam { __typename }"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
UNKNOWN = {
    "message": "PersistedQueryNotFound",
    "code": "PERSISTED_QUERY_NOT_FOUND",
    "place": "extensions.persistedQuery.sha256Hash",
}


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    persisted_queries.text_of.cache_clear()


def extensions(sha256=HASH, version=1):
    return {"persistedQuery": {"version": version, "sha256Hash": sha256}}


def get(query=None, **asked):
    values = {"extensions": json.dumps(extensions(**asked))}
    return Client().get("/graphql/", values if query is None else {**values, "query": query})


def error_of(response):
    (error,) = response.json()["errors"]
    return {"message": error["message"], **error["extensions"]}


def test_a_hash_is_enough_once_text_and_hash_were_sent(django_assert_num_queries):
    unknown = get()
    sent = get(TEXT)
    by_hash = get()

    assert unknown.status_code == 200
    assert error_of(unknown).items() >= UNKNOWN.items()
    assert unknown["Cache-Control"] == "no-store"
    assert sent.json() == by_hash.json()
    assert sent.json()["data"] == {"__typename": "Query"}
    assert "max-age" in by_hash["Cache-Control"]
    with django_assert_num_queries(0):
        assert get().json() == by_hash.json()


def test_a_post_can_send_and_ask_too():
    def post(body):
        return Client().post("/graphql/", json.dumps(body), content_type="application/json")

    post({"query": TEXT, "extensions": extensions()})

    answer = post({"extensions": extensions()}).json()
    assert answer["data"] == {"__typename": "Query"}


def test_a_hash_of_another_text_is_refused_and_not_kept():
    refused = get(TEXT.replace("Naam", "Anders"))

    assert refused.status_code == 400
    assert error_of(refused)["code"] == "INVALID_PERSISTED_QUERY"
    assert not PersistedQuery.objects.exists()


@pytest.mark.parametrize(
    "asked", [{"sha256": "x"}, {"sha256": HASH.upper()}, {"version": 2}, {"sha256": None}]
)
def test_what_is_no_hash_is_refused_with_its_place(asked):
    assert error_of(get(**asked))["place"] == "extensions.persistedQuery"


def test_a_question_that_is_refused_is_not_kept():
    text = "{ nietBestaand }"

    get(text, sha256=hashlib.sha256(text.encode()).hexdigest())

    assert not PersistedQuery.objects.exists()


def test_the_oldest_make_room(monkeypatch):
    monkeypatch.setattr(persisted_queries, "MOST_QUERIES", 2)
    monkeypatch.setattr(persisted_queries, "_ROOM", 1)
    PersistedQuery.objects.create(sha256="a" * 64, text="a", used_on="2020-01-01")
    PersistedQuery.objects.create(sha256="b" * 64, text="b", used_on="2021-01-01")

    get(TEXT)

    assert set(PersistedQuery.objects.values_list("pk", flat=True)) == {"b" * 64, HASH}
