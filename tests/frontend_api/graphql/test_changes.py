"""Changes and feeds by GraphQL."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import LessonPage, Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import base_url, make_lesson, make_term
from tests.frontend_api.graphql.asking import ask, error_of
from tests.planting import fresh, rolled_back

pytestmark = pytest.mark.django_db

CHANGES = """query ($since: String, $first: Int) {
  changes(since: $since, first: $first) {
    cursor hasMore
    nodes {
      cursor uuid uri state changedAt reason reasonLabel explanation withdrawnOn
      replacedBy { uri title } lesson { title phases { code } story { text } }
    }
  }
}"""
FEED = """{ feed(slug: "borging") { slug title languageLevel addresses { form url }
  changes { hasMore nodes { state lesson { title } } } } }"""


@dataclass(frozen=True)
class Planted:
    """A feed with two lessons, of which the second was replaced by the first."""

    stays: LessonPage
    goes: LessonPage


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant the lessons and the feed once."""
    index = tmp_path_factory.mktemp("index")
    with rolled_back(django_db_blocker), override_settings(SEARCH_INDEX_DIR=index):
        phase = make_term(Phase, "borging")
        lessons = [make_lesson(title=title, phases=[phase]) for title in ("Blijft", "Gaat")]
        Feed.objects.create(title="Borging", slug="borging", description="-", query="phase=borging")
        service.rebuild()
        withdraw(lessons[1], reason="replaced", replacement=lessons[0], explanation="Zie daar.")
        service.drain()
        yield Planted(*lessons)


@pytest.fixture
def lessons(planted, db):
    """Return what was planted."""
    return fresh(planted)


def test_changes_tell_what_is_public_and_what_is_gone(lessons):
    found = ask(CHANGES)["changes"]
    first, second = found["nodes"]

    assert not found["hasMore"]
    assert found["cursor"] == second["cursor"]
    assert (first["state"], first["lesson"]["title"]) == ("PUBLIC", "Blijft")
    assert first["lesson"]["story"]
    assert (first["reason"], first["replacedBy"]) == (None, None)
    assert second["uri"] == f"{base_url()}/id/les/{lessons.goes.uuid}"
    assert (second["state"], second["reason"], second["lesson"]) == ("REPLACED", "REPLACED", None)
    assert second["explanation"] == "Zie daar."
    assert second["replacedBy"]["title"] == "Blijft"


def test_changes_go_on_where_an_answer_ended(lessons):
    first = ask(CHANGES, first=1)["changes"]
    second = ask(CHANGES, first=1, since=first["cursor"])["changes"]
    third = ask(CHANGES, since=second["cursor"])["changes"]

    assert (first["hasMore"], second["hasMore"]) == (True, False)
    assert [node["uuid"] for page in (first, second) for node in page["nodes"]] == [
        str(lessons.stays.uuid),
        str(lessons.goes.uuid),
    ]
    assert third == {"nodes": [], "hasMore": False, "cursor": second["cursor"]}


def test_details_of_a_page_of_changes_are_read_together(lessons):
    for title in ("Nog een", "En nog een"):
        make_lesson(title=title)
    cursor = service.changes(None, 2).cursor

    ask(CHANGES, since=cursor, first=1)

    with CaptureQueriesContext(connection) as one:
        ask(CHANGES, since=cursor, first=1)
    with CaptureQueriesContext(connection) as two:
        ask(CHANGES, since=cursor, first=2)

    assert len(one) == len(two) <= 20


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"since": "x"}, "INVALID_CURSOR"),
        ({"first": 101}, "PAGE_SIZE"),
        ({"first": 0}, "PAGE_SIZE"),
    ],
)
def test_what_cannot_be_answered_is_an_error_with_its_place(lessons, variables, code):
    error = error_of(CHANGES, **variables)

    assert (error["code"], error["place"]) == (code, next(iter(variables)))


def test_a_feed_tells_of_itself_and_of_its_changes(lessons):
    feed = ask(FEED)["feed"]

    assert (feed["slug"], feed["title"], feed["languageLevel"]) == ("borging", "Borging", "B2")
    assert feed["addresses"][0] == {"form": "json", "url": f"{base_url()}/feeds/borging.json"}
    assert sorted(node["state"] for node in feed["changes"]["nodes"]) == ["PUBLIC", "REPLACED"]


def test_a_lesson_that_left_the_feed_says_so(lessons):
    service.rebuild()
    page = lessons.stays
    page.phases.set([make_term(Phase, "uitvoering")])
    page.save_revision().publish()

    states = {node["state"]: node["lesson"] for node in ask(FEED)["feed"]["changes"]["nodes"]}

    assert states == {"REPLACED": None, "LEFT": None}


def test_a_feed_that_ended_is_not_there(lessons):
    Feed.objects.update(is_active=False)

    answer = ask('{ feed(slug: "borging") { slug } feeds { slug } }')

    assert answer == {"feed": None, "feeds": []}


def test_the_changes_of_every_feed_at_once_are_refused(lessons):
    error = error_of("{ feeds { changes { cursor } } }")

    assert error["code"] == "NESTED_LESSON_LIST"


def test_an_expired_lesson_answers_with_its_tombstone(lessons):
    over = timezone.now() - datetime.timedelta(days=1)
    LessonPage.objects.filter(pk=lessons.stays.pk).update(expire_at=over)

    found = ask(
        f'{{ lesson(uuid: "{lessons.stays.uuid}") '
        "{ uuid ... on WithdrawnLesson { reason reasonLabel withdrawnOn } } }"
    )["lesson"]

    assert found["reason"] == "EXPIRED"
    assert found["withdrawnOn"] == str(timezone.localdate(over))
