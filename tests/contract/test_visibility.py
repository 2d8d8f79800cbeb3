"""Nothing that is not public comes out, by any way out that the project has."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.signing import TimestampSigner
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pypdf import PdfReader

from frontend_api.graphql.schema import schema
from frontend_api.models import EventKind, PartnerClient, Payload, Webhook, WebhookDelivery
from frontend_api.webhooks.messages import messages, trial_body
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.shaping import stored_selection
from lessons.draft_links import make_link, token_of
from lessons.models import DraftLink, LessonPage
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
        "lessonsByUuid": [
            f"(uuids: {json.dumps([str(lesson.uuid) for lesson in lessons])})"
            for lessons in (planted.public, planted.hidden)
        ],
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
            assert all(fault.startswith("TOO_") for fault in faults), (query, faults)
            parts = [*way.parts()]
            # Nobody gets the figures of all gemeenten of the jeugdregio of each gemeente.
            assert parts or faults == {"TOO_COSTLY"}, query
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
        f"/zoeken/?q={SECRET[:-1]}", "/zoeken/?sorteer=titel", "/feeds/", "/data/catalogus",
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


def test_no_search_as_a_feed_shows_what_is_hidden(planted, client):
    public = {str(lesson.uuid) for lesson in planted.public}
    for form in ("json", "atom", "csv", "csv?vorm=lang", "jsonl"):
        text = client.get(f"/zoeken.{form}").content.decode()
        assert SECRET not in text, form
        assert {uuid for uuid in public if uuid in text} == public, form
        asked = f"/zoeken.{form}{'&' if '?' in form else '?'}q={SECRET}"
        found = client.get(asked)
        assert found.status_code == 200
        assert not any(str(lesson.uuid) in found.content.decode() for lesson in planted.hidden)


def test_no_document_for_programs_shows_what_is_hidden(planted, client):
    lists = (
        *("ontwikkelpunt", "fase", "partner", "gezinsvorm", "situatie", "doelgroep", "bewijs"),
        *("gemeente", "jeugdregio"),
    )
    terms = ("fase/uitvoering", "partner/nji", "gemeente/GM0014", "jeugdregio/JZ09")
    things = [f"/id/{each}" for each in (*lists, *terms)]
    documents = (*things, "/data/catalogus")
    addresses = [
        *(f"{document}.{form}" for document in documents for form in ("ttl", "jsonld")),
        *(f"/id/les/{lesson.uuid}.jsonld" for lesson in planted.public),
        *("/sitemap.xml", "/robots.txt", "/opensearch.xml", "/.well-known/api-catalog"),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert SECRET not in response.content.decode(), address
    for address in planted.addresses:
        for form in ("json", "xml"):
            asked = {"url": f"http://testserver{address}", "format": form}
            response = client.get("/oembed", asked)
            assert response.status_code in {404, 410}, address
            assert SECRET not in response.content.decode(), address


def test_no_embed_shows_what_is_hidden(planted, client):
    public = {str(lesson.uuid) for lesson in planted.public}
    embeds = ["lijst", "lijst?sorteer=titel&vanuit=GM0014&aantal=20", "gemeente/GM0014?aantal=20"]
    embeds += [f"lijst?feed={slug}&aantal=20" for slug in FEEDS]
    embeds += [f"les/{lesson.uuid}" for lesson in (*planted.public, *planted.hidden)]
    asked = [f"{SECRET}{name}" for name in NAMES]
    embeds += [f"{kind}?q={text}" for kind in ("zoeken", "lijst") for text in asked]
    addresses = [
        f"/embed/v1/{embed}{'&' if '?' in embed else '?'}vorm={form}"
        for embed in embeds
        for form in ("", "fragment")
    ]
    addresses += [f"/insluiten/?soort=les&les={lesson.uuid}" for lesson in planted.hidden]
    addresses += [f"/insluiten/?soort=les&les=/{lesson.slug}/" for lesson in planted.hidden]
    addresses += [f"/insluiten/?soort=lijst&feed={slug}" for slug in FEEDS]
    for address in addresses:
        response = client.get(address)
        shown = response.content.decode().replace(f"q={SECRET}verlopen", "")
        for typed in (*asked, *(lesson.slug for lesson in planted.hidden)):
            # It repeats what somebody asked.
            if typed in address:
                shown = shown.replace(typed, "")
        assert SECRET not in shown, address
        assert response.status_code in {200, 400, 404, 410}, address
        if "/les/" in address or "les=" in address:
            is_public = any(uuid in address for uuid in public)
            assert (response.status_code == 200) is is_public, address
        if "?q=" in address:
            assert "<article" not in shown, address


def test_no_webhook_tells_what_is_hidden(planted):
    """Whatever it follows, and also of what was public when its event was planned."""
    partner = PartnerClient.objects.create(name="Partner", organization="-")
    selection = stored_selection(
        "{ title core kindLabel story { text } worksIf sources { title } "
        "changeNotes { text } adoptions { reason } attribution contactRole pilot { title } }"
    )
    public = {str(lesson.uuid) for lesson in planted.public}
    told = set()
    for feeds in ([], list(FEEDS)):
        for payload in Payload.values:
            webhook = Webhook.objects.create(
                client=partner, name=f"{payload} {feeds}", url="https://ontvanger.example/",
                feeds=feeds, payload=payload, selection=selection,
            )  # fmt: skip
            plan()
            # As if each was public a moment ago.
            webhook.deliveries.update(kind=EventKind.PUBLISHED)
            waiting = list(webhook.deliveries.all())
            known = {str(lesson.uuid) for lesson in planted.hidden if lesson.pk}
            waiting += [
                WebhookDelivery(
                    pk=number, lesson=uuid, kind=EventKind.CHANGED, position=number,
                    happened_at=timezone.now(),
                )
                for number, uuid in enumerate(sorted(known), start=1_000_000)
            ]  # fmt: skip
            for message in messages(webhook, waiting):
                assert SECRET not in message.body, message.body
                event = json.loads(message.body)
                is_public = event["data"]["uuid"] in public
                assert (event["data"]["state"] == "public") == is_public, event
                if is_public and payload == Payload.SHAPED:
                    told.add(event["data"]["lesson"]["title"])
            assert SECRET not in trial_body(webhook)
    assert told == {"Openbaar een", "Openbaar twee", "Openbaar drie"}


def test_no_list_or_memo_shows_what_is_hidden(planted, client):
    uuids = [str(lesson.uuid) for lesson in (*planted.hidden, *planted.public)]
    for page in ("", "vergelijken/", "memo.pdf", "memo.docx"):
        for chosen in (uuids, uuids[:3], uuids[-2:], uuids[-4:]):
            response = client.get(f"/mijn-selectie/{page}", {"les": chosen, "zoek": SECRET[:-1]})
            assert SECRET not in document_text(response), (page, chosen)
    for lesson in (*planted.hidden, *planted.public):
        for form in ("pdf", "docx", "bib", "ris"):
            response = client.get(f"/id/les/{lesson.uuid}.{form}")
            assert SECRET not in document_text(response), (lesson, form)
            assert (response.status_code == 200) is (lesson in planted.public), (lesson, form)


def document_text(response):
    """Return the words of an answer, also of one that is packed."""
    content, kind = response.content, response["Content-Type"]
    if kind == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if "officedocument" in kind:
        with ZipFile(BytesIO(content)) as file:
            return " ".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return content.decode()


def test_a_link_to_a_draft_shows_nothing_but_while_it_holds(planted, client, django_user_model):
    """A draft leaves by a link that an editor made, and by nothing that looks like one."""
    editor = django_user_model.objects.get(username=f"{SECRET}gebruiker")
    kept = [lesson for lesson in planted.hidden if LessonPage.objects.filter(pk=lesson.pk).exists()]
    draft, withdrawn = (
        next(each for each in kept if each.slug == f"titel-{SECRET}{name}")
        for name in ("concept", "ingetrokken")
    )
    held = token_of(make_link(draft, editor))
    assert SECRET in client.get(f"/concept/{held}/").content.decode()
    body, stamp, signature = held.split(".")
    expired = make_link(draft, editor)
    DraftLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    revoked = make_link(draft, editor)
    DraftLink.objects.filter(pk=revoked.pk).delete()
    other = TimestampSigner(salt="ander", sep=".").sign_object([expired.pk, draft.pk])
    dead = [
        *(token_of(expired), token_of(revoked), token_of(make_link(withdrawn, editor)), other),
        *(f"{body}.{stamp}.{signature[:-2]}AA", f"{body}.{stamp}", f".{held}", held[::-1], body),
        # The link of one lesson opens no other.
        *(TimestampSigner(salt="lessons.draft_links", sep=".").sign_object([expired.pk, each.pk])
          for each in kept),
    ]  # fmt: skip
    for token in dead:
        response = client.get(f"/concept/{token}/")
        assert SECRET not in response.content.decode().replace(token, ""), token
        assert response.status_code in {404, 410}, token
    DraftLink.objects.all().delete()
    assert SECRET not in client.get(f"/concept/{held}/").content.decode()


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
