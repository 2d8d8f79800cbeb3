"""Requests to the API: with and without a key, too many, from a browser, and from a cache."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from frontend_api.clients import keys, usage
from frontend_api.clients.middleware import kind_of
from frontend_api.models import RequestCount

pytestmark = pytest.mark.django_db

QUESTION = {"query": "{ __typename }"}
ORIGIN = "https://www.voorbeeld.example"


@pytest.fixture(autouse=True)
def _limits(clock, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 20
    settings.API_PARTNER_PER_MINUTE = 40


def get(key=None, path="/graphql/", **headers):
    if key is not None:
        headers["authorization"] = f"Bearer {key}"
    data = QUESTION if path == "/graphql/" else None
    return Client().get(path, data, headers=headers)


def fault(response):
    (error,) = response.json()["errors"]
    return error["extensions"]["code"], error["message"]


def counts():
    usage.write()
    return {(row.kind, row.times) for row in RequestCount.objects.all()}


def test_without_a_key_the_lower_limit_holds():
    response = get()

    assert response.json()["data"] == {"__typename": "Query"}
    assert response["RateLimit-Policy"] == '"anoniem";q=20;w=60'
    assert response["RateLimit"] == '"anoniem";r=19;t=50'


def test_a_key_has_a_limit_of_its_own(issued, partner):
    assert get(issued.text)["RateLimit"] == '"partner";r=39;t=50'

    partner.requests_per_minute = 1_000
    partner.save()

    assert get(issued.text)["RateLimit-Policy"] == '"partner";q=1000;w=60'


def test_the_keys_of_one_client_share_its_limit(issued):
    successor = keys.rotate(issued.key)

    assert get(issued.text)["RateLimit"] == '"partner";r=39;t=50'
    assert get(successor.text)["RateLimit"] == '"partner";r=38;t=50'


@pytest.mark.parametrize("path", ["/graphql/", "/feeds/geen.json", "/zoeken/suggesties/?q=x"])
def test_one_request_too_many_is_refused_and_told_when_to_come_back(path):
    for _number in range(20):
        assert get(path=path).status_code != 429

    response = get(path=path)

    assert response.status_code == 429
    assert response["Retry-After"] == "50"
    assert response["Cache-Control"] == "no-store"
    assert response["RateLimit"] == '"anoniem";r=0;t=50'
    assert fault(response) == (
        "RATE_LIMITED",
        "Het maximum van 20 verzoeken per minuut is bereikt. Probeer het over 50 seconden weer.",
    )


def test_the_limit_of_one_is_not_that_of_another(issued):
    for _number in range(21):
        refused = get()

    assert refused.status_code == 429
    assert get(issued.text).status_code == 200


def test_the_next_minute_begins_anew(clock):
    for _number in range(21):
        get()
    clock[0] += 60

    assert get().status_code == 200


def test_pages_of_the_site_have_no_limit():
    assert "RateLimit" not in Client().get("/graphiql/")
    assert kind_of("/feeds/") is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/graphql/", "graphql"),
        ("/feeds/alle-lessen.atom", "feed:alle-lessen"),
        ("/data/kenmerken.csv", "data"),
        ("/id/fase/borging.ttl", "data"),
        ("/oembed", "data"),
        ("/zoeken/suggesties/", "suggesties"),
        ("/zoeken/suggesties/opensearch", "suggesties"),
        ("/zoeken/", None),
        ("/cms/", None),
    ],
)
def test_the_kinds_of_request(path, kind):
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    "authorization",
    ["Bearer lb_00000000_" + "0" * 64, "Bearer geheim", "Bearer", "lb_x", "Token lb_x", "ApiKey x"],
)
def test_a_key_that_is_not_right_is_refused_and_never_taken_for_none(authorization):
    response = get(authorization=authorization)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="Lessenbank", error="invalid_token"'
    assert response["Cache-Control"] == "no-store"
    assert fault(response)[0] == "INVALID_KEY"


def test_a_revoked_key_is_refused_on_every_address(issued):
    keys.revoke(issued.key)

    for path in ("/graphql/", "/feeds/geen.json", "/data/kenmerken.csv", "/zoeken/suggesties/"):
        response = get(issued.text, path)
        assert response.status_code == 401
        assert fault(response)[1].startswith("Deze sleutel is ingetrokken.")


def test_trying_keys_counts_as_asking_without_one(issued):
    wrong = "lb_00000000_" + "0" * 64
    assert [get(wrong).status_code for _number in range(21)] == [401] * 20 + [429]

    assert get(issued.text).status_code == 200


def test_the_password_of_a_proxy_is_no_key():
    assert get(authorization="Basic eDp5").status_code == 200


def test_a_key_is_refused_where_it_does_not_hold(issued, partner):
    partner.scopes = ["feeds"]
    partner.save()

    response = get(issued.text)

    assert (response.status_code, fault(response)[0]) == (403, "SCOPE")
    assert get(issued.text, "/feeds/geen.json").status_code == 404
    partner.scopes = ["graphql"]
    partner.save()
    assert get(issued.text, "/feeds/geen.json").status_code == 403
    assert get(issued.text).status_code == 200


def test_a_kept_answer_within_a_lease_takes_no_query(issued, settings, django_assert_num_queries):
    settings.API_PARTNER_PER_MINUTE = 400
    first = get(issued.text)

    with django_assert_num_queries(0):
        again = get(issued.text)
        known = get(issued.text, **{"if-none-match": first["ETag"]})

    assert again.content == first.content
    assert known.status_code == 304
    assert known["RateLimit"] == '"partner";r=397;t=50'


def test_caches_may_give_an_answer_to_a_key_to_anybody(issued):
    with_key, without = get(issued.text), get()

    assert with_key["ETag"] == without["ETag"]
    assert with_key["Cache-Control"] == "public, max-age=30, stale-while-revalidate=60"
    assert with_key["Vary"] == without["Vary"]
    assert "Authorization" not in with_key["Vary"]


def test_a_script_of_any_website_may_read_without_a_key():
    response = get(origin=ORIGIN)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "RateLimit" in response["Access-Control-Expose-Headers"]


def test_a_preflight_is_answered_for_everybody_and_counts_for_nothing():
    for _number in range(30):
        response = Client().options(
            "/graphql/",
            headers={
                "origin": ORIGIN,
                "access-control-request-method": "POST",
                "access-control-request-headers": "authorization,content-type",
            },
        )

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response["Access-Control-Allow-Methods"]
    allowed = set(response["Access-Control-Allow-Headers"].split(", "))
    assert {"Authorization", "Content-Type"} <= allowed
    assert response["Access-Control-Max-Age"] == "86400"


def test_a_key_holds_on_the_websites_of_its_client_only(issued, partner):
    refused = get(issued.text, origin=ORIGIN)
    assert (refused.status_code, fault(refused)[0]) == (403, "ORIGIN")
    # A script may read why.
    assert refused["Access-Control-Allow-Origin"] == "*"

    partner.allowed_origins = f"https://ander.example\n{ORIGIN}"
    partner.save()

    assert get(issued.text, origin=ORIGIN).status_code == 200
    assert get(issued.text, origin=f"{ORIGIN}.evil.example").status_code == 403
    assert get(issued.text, origin="null").status_code == 403


def test_answers_to_a_key_are_counted_by_day_and_kind(issued, partner):
    get(issued.text)
    get(issued.text)
    get(issued.text, "/zoeken/suggesties/?q=x")
    get()

    assert counts() == {("graphql", 2), ("suggesties", 1)}
    row = RequestCount.objects.get(kind="graphql")
    assert (row.client, row.day) == (partner, timezone.localdate())
    issued.key.refresh_from_db()
    assert issued.key.last_used_on == timezone.localdate()


def test_counts_of_several_writes_add_up(issued):
    get(issued.text)
    assert counts() == {("graphql", 1)}
    get(issued.text)

    assert counts() == {("graphql", 2)}


def test_what_is_refused_or_not_there_is_not_counted(issued):
    get(issued.text, "/feeds/geen-zo-n-feed.json")
    get(issued.text, origin=ORIGIN)

    assert counts() == set()


def test_the_counts_of_a_client_that_was_deleted_meanwhile_stop_nothing(issued, partner):
    get(issued.text)
    partner.delete()

    assert counts() == set()


def test_a_limit_of_zero_is_none(settings, issued):
    settings.API_ANONYMOUS_PER_MINUTE = settings.API_PARTNER_PER_MINUTE = 0

    assert "RateLimit" not in get()
    assert "RateLimit" not in get(issued.text)
