"""Several lessons by their identities."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontend_api.graphql import limits
from frontend_api.graphql.lessons_by_uuid import MAX_UUIDS
from lessons.withdrawing import withdraw
from search import service
from tests.factories import make_gemeente, make_lesson
from tests.frontend_api.graphql.asking import ask, error_of

pytestmark = pytest.mark.django_db

QUESTION = """query ($uuids: [ID!]!) { lessonsByUuid(uuids: $uuids) {
  __typename uuid
  ... on Lesson { title story { text } profiles { gemeente { code } } licence { code } }
  ... on WithdrawnLesson { reason }
} }"""


def test_lessons_come_in_the_order_asked_gone_ones_with_the_reason():
    one, other, gone = make_lesson(title="Een"), make_lesson(title="Twee"), make_lesson()
    draft = make_lesson(published=False)
    withdraw(gone, reason="privacy")
    asked = [other.uuid, uuid.uuid4(), gone.uuid, one.uuid, draft.uuid, other.uuid]

    answers = ask(QUESTION, uuids=list(map(str, asked)))["lessonsByUuid"]

    shown = [answer and answer.get("title", answer["__typename"]) for answer in answers]
    assert shown == ["Twee", None, "WithdrawnLesson", "Een", None, "Twee"]
    assert answers[2]["reason"] == "PRIVACY"
    assert answers[3]["story"]


def test_many_lessons_take_as_many_queries_as_one():
    uuids = [str(make_lesson(gemeenten=[make_gemeente()]).uuid) for _number in range(4)]
    service.drain()

    def cost(asked):
        with CaptureQueriesContext(connection) as queries:
            assert None not in ask(QUESTION, uuids=asked)["lessonsByUuid"]
        return len(queries)

    assert cost(uuids[:1]) == cost(uuids)


def test_nothing_asked_costs_nothing():
    with CaptureQueriesContext(connection) as queries:
        assert ask(QUESTION, uuids=[]) == {"lessonsByUuid": []}

    assert len(queries) == 0


def test_too_many_are_refused():
    error = error_of(QUESTION, uuids=[str(uuid.uuid4())] * (MAX_UUIDS + 1))

    assert (error["code"], error["place"]) == ("PAGE_SIZE", "uuids")


def test_what_is_no_uuid_is_refused():
    assert error_of(QUESTION, uuids=["x"])["code"] == "INVALID_UUID"


def test_it_counts_as_a_list_of_lessons():
    times = limits.MAX_LESSON_LISTS + 1
    lists = " ".join(f"a{number}: lessonsByUuid(uuids: []) {{ uuid }}" for number in range(times))

    assert error_of(f"{{ {lists} }}")["code"] == "TOO_MANY_LESSON_LISTS"
    one_each = " ".join(f'a{number}: lesson(slug: "x") {{ uuid }}' for number in range(times))
    assert ask(f"{{ {one_each} }}")["a0"] is None
