"""What an event says, and above all what it does not say."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontend_api.models import Payload
from frontend_api.webhooks import shaping
from frontend_api.webhooks.messages import messages, trial_body
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.shaping import SelectionError, stored_selection
from lessons.models import LessonPage, Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import make_lesson, make_term
from tests.frontend_api.graphql.asking import ask

pytestmark = pytest.mark.django_db

SELECTION = "{ title core phases { code } licence { code } story { text } relations { kind } }"


@pytest.fixture
def shaped(make_webhook):
    """Return a webhook that gets lessons in a selection of its own, from the beginning on."""
    return make_webhook(payload=Payload.SHAPED, selection=stored_selection(SELECTION), position=0)


def made(webhook):
    """Return the events that would be sent now, in their order."""
    plan()
    webhook.refresh_from_db()
    return [json.loads(message.body) for message in messages(webhook, waiting(webhook))]


def waiting(webhook):
    return list(webhook.deliveries.filter(state="pending").order_by("position"))


def test_a_thin_event_tells_which_lesson_what_and_when(make_webhook):
    webhook = make_webhook(position=0)
    lesson = make_lesson(title="Titel")
    service.drain()

    (event,) = made(webhook)

    (change,) = service.changes().changes
    assert event == {
        "type": "lesson.published",
        "timestamp": change.changed_at.isoformat(),
        "data": {
            "uuid": str(lesson.uuid),
            "uri": f"http://testserver/id/les/{lesson.uuid}",
            "state": "public",
            "feed": None,
            "position": service.register_position(),
            "cursor": change.cursor,
        },
    }


def test_with_the_cursor_of_an_event_somebody_goes_on_by_asking(make_webhook):
    webhook = make_webhook(position=0)
    for _number in range(3):
        make_lesson()
    service.drain()

    first, second, _third = made(webhook)

    later = service.changes(first["data"]["cursor"]).changes
    assert later[0].uuid == second["data"]["uuid"]


def test_a_shaped_event_has_the_lesson_as_graphql_gives_it(shaped):
    lesson = make_lesson(title="Titel", phases=[make_term(Phase, "borging")])
    service.drain()

    (event,) = made(shaped)

    asked = ask(f'{{ lesson(uuid: "{lesson.uuid}") {{ ... on Lesson {SELECTION} }} }}')
    assert event["data"]["lesson"] == asked["lesson"]
    assert event["data"]["lesson"]["phases"] == [{"code": "borging"}]
    assert event["data"]["tombstone"] is None
    assert "errors" not in event["data"]


def test_a_lesson_that_was_withdrawn_while_it_waited_leaves_nothing_of_its_text(shaped):
    successor = make_lesson(title="Opvolger")
    lesson = make_lesson(title="Kanarie", core="Kanarie in de kern.")
    service.drain()
    assert [event["type"] for event in made(shaped)] == ["lesson.published"] * 2

    withdraw(lesson, reason="replaced", replacement=successor, explanation="Zie daar.")
    # Before anybody has written down that it is gone.
    _first, event = made(shaped)

    assert event["type"] == "lesson.replaced"
    assert event["data"]["lesson"] is None
    assert event["data"]["tombstone"]["replaced_by"] == f"http://testserver/id/les/{successor.uuid}"
    assert event["data"]["tombstone"]["explanation"] == "Zie daar."
    assert "Kanarie" not in json.dumps(event)


def test_a_lesson_of_which_nothing_may_be_told_is_removed(shaped):
    lesson = make_lesson(title="Kanarie")
    service.drain()
    plan()

    lesson.unpublish()

    (event,) = made(shaped)
    assert event["type"] == "lesson.removed"
    assert event["data"]["tombstone"]["reason"] is None
    assert "Kanarie" not in json.dumps(event)


def test_a_lesson_that_returned_while_it_waited_is_published(shaped):
    lesson = make_lesson(title="Terug")
    service.drain()
    lesson.unpublish()
    service.drain()
    plan()
    assert shaped.deliveries.get().kind == "lesson.removed"
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()

    events = made(shaped)

    assert [(event["type"], event["data"]["lesson"]["title"]) for event in events] == [
        ("lesson.published", "Terug")
    ]


def test_what_is_told_is_how_the_lesson_is_now(shaped):
    lesson = make_lesson(title="Eerst")
    service.drain()
    plan()
    lesson.title = "Daarna"
    lesson.save_revision().publish()

    (event,) = made(shaped)

    assert event["data"]["lesson"]["title"] == "Daarna"


def test_a_lesson_that_left_the_feed_says_so_though_it_is_public(make_webhook):
    borging, uitvoering = make_term(Phase, "borging"), make_term(Phase, "uitvoering")
    Feed.objects.create(title="B", slug="borging", description="-", query="phase=borging")
    service.rebuild()
    webhook = make_webhook(
        feeds=["borging"], payload=Payload.SHAPED, selection="{ title }", position=0
    )
    lesson = make_lesson(phases=[borging])
    service.drain()
    plan()
    lesson.phases.set([uitvoering])
    lesson.save_revision().publish()
    service.drain()

    published, left = made(webhook)

    # The first was still to be sent.
    assert [event["type"] for event in (published, left)] == ["lesson.left_feed"] * 2
    assert left["data"]["feed"] == "borging"
    assert left["data"]["lesson"] is None
    assert left["data"]["tombstone"]["state"] == "left"
    assert published["data"]["position"] < left["data"]["position"]


def test_what_is_by_now_of_a_kind_nobody_asked_for_is_left_out(make_webhook):
    webhook = make_webhook(kinds=["lesson.published", "lesson.changed"], position=0)
    stays, goes = make_lesson(), make_lesson()
    service.drain()
    plan()
    withdraw(goes, reason="privacy")

    assert [event["data"]["uuid"] for event in made(webhook)] == [str(stays.uuid)]


def test_many_events_take_as_many_queries_as_one(shaped):
    def cost():
        plan()
        shaped.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            messages(shaped, waiting(shaped))
        return len(asked)

    make_lesson()
    service.drain()
    of_one = cost()
    for _number in range(4):
        make_lesson()
    service.drain()

    assert cost() == of_one
    assert of_one <= 30


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("{title}", "{\n  title\n}"),
        ("query { title core }", "{\n  title\n  core\n}"),
        ("{ naam: title phases { code } }", "{\n  naam: title\n  phases {\n    code\n  }\n}"),
        ("{ ... on Lesson { title } __typename }", None),
    ],
)
def test_a_selection_is_kept_in_its_own_form(text, stored):
    kept = stored_selection(text)

    assert kept == (stored or kept)
    assert stored_selection(kept) == kept


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title", "Unexpected"),
        ("{ title", "Expected Name"),
        ("{ }", "Expected Name"),
        ("", "Unexpected"),
        ("{ geheim }", "Cannot query field 'geheim' on type 'Lesson'"),
        ("{ title } { core }", "velden tussen accolades"),
        ("{ title } fragment F on Lesson { core }", "velden tussen accolades"),
        ("mutation { title }", "velden tussen accolades"),
        ("query Naam { title }", "velden tussen accolades"),
        ("query ($x: Int) { title }", "velden tussen accolades"),
        ("fragment F on Lesson { core }", "velden tussen accolades"),
        ("{ title } } } query B { lessons { nodes { title } }", "Unexpected '}'"),
        ("{ ...F }", "Unknown fragment"),
        ("{ title @include(if: $uuid) }", "not defined"),
        ("{ story(parts: $uuids) { text } }", "used in position"),
        ("{ phases }", "must have a selection"),
        ("{ phases { lessons { totalCount } } }", "kan niet binnen een lijst"),
        (
            "{ gemeenten { jeugdregio { gemeenten { jeugdregio { gemeenten { code name } } } } } }",
            "te duur",
        ),
        ("{ gemeenten { comparable { nodes { place { name } } } } }", None),
        ("{" + " ".join(f"a{number}: title" for number in range(31)) + "}", "aliassen"),
        ("{" + "title " * 500 + "}", "velden"),
        ("{" + "phases {" * 2000 + "code" + "}" * 2001, None),
        ("{ title " + "# x\n" * 10 + " " * 3000, "Expected Name"),
    ],
)
def test_a_selection_that_asks_too_much_or_the_wrong_thing_is_refused(text, message):
    with pytest.raises(SelectionError, match=message):
        stored_selection(text)


def test_a_selection_that_the_schema_does_not_know_any_more_says_so(make_webhook):
    webhook = make_webhook(payload=Payload.SHAPED, selection="{ verdwenen }", position=0)
    make_lesson()
    service.drain()

    (event,) = made(webhook)

    assert event["type"] == "lesson.published"
    assert event["data"]["lesson"] is None
    assert event["data"]["errors"][0]["extensions"]["code"] == "INVALID_QUERY"


def test_a_field_that_fails_is_told_with_its_lesson_only(monkeypatch):
    one, other = make_lesson(title="Een"), make_lesson(title="Twee")
    first = str(one.uuid)
    read = shaping._answered

    def partly(selection, uuids):
        result = read(selection, uuids)
        error = shaping.GraphQLError("mis", path=["lessonsByUuid", 0, "title"])
        result.errors = [error]
        return result

    monkeypatch.setattr(shaping, "_answered", partly)

    found = shaping.shapes("{ title }", [first, str(other.uuid)])

    assert [len(shape.errors) for shape in found.values()] == [1, 0]
    assert found[str(other.uuid)].lesson == {"title": "Twee"}


def test_a_test_says_that_it_is_one_and_shows_a_real_lesson(shaped):
    make_lesson(title="Voorbeeld")
    service.drain()

    event = json.loads(trial_body(shaped))

    assert event["type"] == "lessenbank.test"
    assert event["data"]["test"] is True
    assert event["data"]["example"]["lesson"]["title"] == "Voorbeeld"


def test_a_test_needs_no_lesson(webhook):
    assert json.loads(trial_body(webhook))["data"] == {"test": True}
