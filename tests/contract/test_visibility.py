"""Nothing that is not public comes out, by any way out that the project has."""

from __future__ import annotations

import json
import re

import pytest
from django.db import transaction
from django.test import Client, override_settings

from frontend_api.graphql.schema import schema
from search.service import LessonOrder
from tests.contract.canaries import FEEDS, SECRET, plant
from tests.contract.schema_walk import reached_fields, walks

pytestmark = pytest.mark.django_db

DEPTH = 3
# What the API refuses to give for each object of a list, whatever it would show.
ONCE_ONLY = {
    *("LessonConnection", "GemeenteComparison", "JeugdregioComparison", "LessonChangePage"),
}
NAMES = [
    "concept",
    "besloten",
    "wachtwoord",
    "sectie",
    "gepland",
    "verlopen",
    "offline",
    "ingetrokken",
    "ingetrokkenbesloten",
    "verwijderd",
]


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant the secrets once for all tests here, which only read."""
    index = tmp_path_factory.mktemp("index")
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_INDEX_DIR=index),
        transaction.atomic(),
    ):
        yield plant()
        transaction.set_rollback(True)


def ask(client, query):
    response = client.post(
        "/graphql/", json.dumps({"query": query}), content_type="application/json"
    )
    assert response.status_code < 500, (query, response.content)
    return response


def arguments_for(planted):
    """Return the arguments with which each root field shows as much as it can."""
    return {
        "lessons": ['(viewpoint: {place: "GM0014"})'],
        "suggestions": [f'(text: "{text}")' for text in ("openbaar", "uitv", "gron", "kanari")],
        "relatedLessons": [f'(uuid: "{planted.public[0].uuid}")'],
        "lesson": [f'(uuid: "{lesson.uuid}")' for lesson in planted.public],
        "vocabulary": ['(code: "phase")'],
        "term": ['(vocabulary: "phase", code: "uitvoering")'],
        "gemeente": ['(code: "GM0014")'],
        "jeugdregio": ['(code: "JZ01")', '(code: "JZ09")'],
        "pilot": ['(slug: "kanarie-besloten")'],
        "page": ['(path: "/")'],
        "feed": [f'(slug: "{slug}")' for slug in FEEDS],
    }


def guesses_for(planted):
    """Return the questions of somebody who knows what is hidden where."""
    shown = "{ __typename ... on Lesson { title core } ... on WithdrawnLesson { uuid reason } }"
    for lesson in planted.hidden:
        yield f'{{ lesson(uuid: "{lesson.uuid}") {shown} }}'
        yield f'{{ lesson(slug: "{lesson.slug}") {shown} }}'
        yield f'{{ lesson(uri: "http://testserver/id/les/{lesson.uuid}") {shown} }}'
        yield f'{{ relatedLessons(uuid: "{lesson.uuid}") {{ title }} }}'
    for order in LessonOrder:
        yield (
            f'{{ lessons(orderBy: {order.name}, viewpoint: {{place: "GM0014"}}) '
            "{ nodes { title } comparability { count } edges { comparison { note } } } }"
        )
    for name in NAMES:
        yield f'{{ suggestions(text: "{SECRET}{name}") {{ label }} }}'
        yield (
            f'{{ lessons(query: "{SECRET}{name}") {{ suggestion notices nodes {{ title }} '
            "edges { highlights { html } } facets { terms { label } } } }"
        )
    for slug in ("kanarie-pilot", "kanarie-besloten"):
        yield f'{{ pilot(slug: "{slug}") {{ title }} }}'
    for slug in (f"pagina-{SECRET}", f"besloten-{SECRET}", f"verlopen-{SECRET}"):
        yield f'{{ page(slug: "{slug}") {{ title }} }}'


def test_guessing_finds_nothing_hidden(planted, client):
    for query in guesses_for(planted):
        response = ask(client, query)
        assert SECRET not in response.content.decode(), query
        assert "errors" not in response.json(), (query, response.content)


def test_every_field_of_the_schema_is_silent_about_what_is_hidden(planted, client):
    ways = [*walks(schema.graphql_schema, arguments_for(planted), DEPTH, ONCE_ONLY)]
    asked = 0
    while ways:
        way = ways.pop()
        query = str(way)
        response = ask(client, query)
        assert SECRET not in response.content.decode(), query
        faults = {error["extensions"]["code"] for error in response.json().get("errors", ())}
        if faults:
            # A question that asks too much at once comes apart; any other is a fault.
            assert all(fault.startswith("TOO_MANY_") for fault in faults), (query, faults)
            parts = [*way.parts()]
            assert parts, query
            ways += parts
        else:
            asked += way.branch.size
    assert asked > 2000


def test_the_walk_passes_every_field(planted):
    ways = walks(schema.graphql_schema, arguments_for(planted), DEPTH, ONCE_ONLY)
    words = set(re.findall(r"\w+", " ".join(map(str, ways))))

    missed = {
        name
        for name in reached_fields(schema.graphql_schema)
        if name.partition(".")[2] not in words and not name.startswith("Query.")
    }

    assert missed == set()


def test_counts_orders_and_facets_know_public_lessons_only(planted, client):
    answer = ask(
        client,
        "{ lessons { totalCount nodes { title } facets { vocabulary terms { code count } } } }",
    ).json()["data"]["lessons"]

    assert answer["totalCount"] == 3
    assert {node["title"] for node in answer["nodes"]} == {
        "Openbaar een",
        "Openbaar twee",
        "Openbaar drie",
    }
    counts = {
        (facet["vocabulary"], term["code"]): term["count"]
        for facet in answer["facets"]
        for term in facet["terms"]
    }
    assert max(counts.values()) == 3
    assert ("jeugdregio", "JZ09") not in counts


@pytest.mark.parametrize("name", NAMES)
def test_searching_for_a_hidden_word_finds_nothing(planted, client, name):
    answer = ask(client, f'{{ lessons(query: "{SECRET}{name}") {{ totalCount }} }}').json()

    assert answer["data"]["lessons"]["totalCount"] == 0


def test_error_texts_hold_no_secret(planted, client):
    for query in (
        '{ lessons(filter: {phase: ["x"]}) { totalCount } }',
        '{ lessons(filter: {pilot: ["x"]}) { totalCount } }',
        '{ lessons(filter: {partner: ["x"]}) { totalCount } }',
        '{ lessons(after: "x") { totalCount } }',
        "{ lessons(first: -1) { totalCount } }",
        '{ vocabulary(code: "x") { code } pilot(slug: "x") { slug } }',
        "{ lesson { __typename } }",
        "{ lessen { title } }",
    ):
        assert SECRET not in ask(client, query).content.decode(), query


def test_no_page_shows_what_is_hidden(planted, client):
    addresses = [
        "/", "/lessen/", "/lessen/besloten-regio/", "/pilots/", "/zoeken/", "/graphiql/",
        f"/zoeken/?q={SECRET[:-1]}", "/zoeken/?sorteer=titel", "/sitemap.xml", "/robots.txt",
        "/feeds/",
        "/witte-vlekken/", "/witte-vlekken/?rijen=jeugdregio&kolommen=partner", "/kaart/",
        "/gemeenten/GM0014/", "/jeugdregios/JZ01/", "/jeugdregios/JZ09/",
        "/vergelijken/?gemeente=GM0014",
        *(lesson.get_url_parts()[2] for lesson in planted.public),
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address, follow=True)
        assert SECRET not in response.content.decode(), address


def test_no_feed_shows_what_is_hidden(planted, client):
    public = {str(lesson.uuid) for lesson in planted.public}
    for slug in FEEDS:
        for form in ("json", "atom", "csv", "csv?vorm=lang", "jsonl"):
            text = client.get(f"/feeds/{slug}.{form}").content.decode()
            # A feed says what it is about; that is an editor's choice.
            assert SECRET not in text.replace(f"q={SECRET}verlopen", ""), (slug, form)
            shown = {uuid for uuid in public if uuid in text}
            assert shown == (public if slug == "alle-lessen" else set()), (slug, form)


def test_addresses_of_what_is_hidden_say_nothing(planted, client):
    for address in planted.addresses:
        response = client.get(address)
        shown = response.content.decode().replace(address, "")
        assert SECRET not in shown, address
        assert response.status_code in {302, 303, 404, 410} or "wachtwoord" in shown, address
        assert SECRET not in response.headers.get("Location", "").replace(address, "")


def test_files_of_private_collections_are_not_served(planted, client):
    for address in planted.private_files:
        response = client.get(address)
        assert response.status_code in {302, 404}, address


def test_walk_of_an_editor_of_nothing_sees_no_more(planted, django_user_model):
    """The API does not know who asks: a session cookie opens nothing."""
    client = Client()
    client.force_login(django_user_model.objects.get(username=f"{SECRET}gebruiker"))

    response = ask(client, "{ lessons { totalCount nodes { title } } pilots { title } }")

    assert SECRET not in response.content.decode()
