"""Answers that are kept: never older than the transaction that changed them."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cms import content_version
from frontend_api import kept_answers
from lessons.models import Phase
from lessons.withdrawing import withdraw
from search import service
from tests.factories import make_lesson, make_term

pytestmark = pytest.mark.django_db

QUESTION = {"query": "{ lessons { totalCount nodes { title } } }"}


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do something, and what waits for its commit, as in a transaction of its own."""
    service.rebuild()

    def carry_out(change):
        with django_capture_on_commit_callbacks(execute=True):
            return change()

    return carry_out


def get(**headers):
    return Client().get("/graphql/", QUESTION, headers=headers)


def titles(response):
    return {node["title"] for node in response.json()["data"]["lessons"]["nodes"]}


def test_a_kept_answer_and_a_known_one_take_no_query(commit, django_assert_num_queries):
    commit(lambda: make_lesson(title="Eerste les"))
    first = get()

    with django_assert_num_queries(0):
        again = get()
        known = get(**{"if-none-match": first["ETag"]})

    assert again.content == first.content
    assert (known.status_code, known.content) == (304, b"")
    for response in (first, again, known):
        assert response["ETag"] == first["ETag"]
        assert response["Cache-Control"] == "public, max-age=30, stale-while-revalidate=60"
        assert "Last-Modified" in response
        assert response["Surrogate-Key"] == "lessenbank graphql"


def test_an_answer_that_was_compressed_on_its_way_is_known_too(commit):
    commit(make_lesson)
    first = get(**{"accept-encoding": "br"})

    assert first["Content-Encoding"] == "br"
    assert get(**{"if-none-match": f"W/{first['ETag'].removeprefix('W/')}"}).status_code == 304


def test_publishing_renaming_and_withdrawing_end_what_was_kept(commit):
    lesson = commit(lambda: make_lesson(title="Eerste les"))
    first = get()
    commit(lambda: make_lesson(title="Tweede les"))
    second = get(**{"if-none-match": first["ETag"]})
    commit(lambda: withdraw(lesson, reason="outdated"))
    third = get(**{"if-none-match": second["ETag"]})

    assert titles(first) == {"Eerste les"}
    assert titles(second) == {"Eerste les", "Tweede les"}
    assert titles(third) == {"Tweede les"}


def test_a_lesson_that_expires_is_not_kept_until_the_scheduler_passes(commit, monkeypatch):
    lesson = commit(lambda: make_lesson(expire_at=timezone.now() + datetime.timedelta(hours=1)))
    assert titles(get()) == {lesson.title}
    later = timezone.now() + datetime.timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    content_version.forget()

    assert titles(get()) == set()


def test_a_fault_is_not_kept(commit):
    question = {"query": '{ lessons(filter: {phase: ["borging"]}) { totalCount } }'}
    refused = Client().get("/graphql/", question)
    commit(lambda: make_term(Phase, "borging"))

    assert "errors" in refused.json()
    assert refused["Cache-Control"] == "no-store"
    assert Client().get("/graphql/", question).json()["data"]["lessons"]["totalCount"] == 0


def test_each_form_of_the_same_answer_is_kept_by_itself(commit):
    commit(make_lesson)

    assert get()["Content-Type"].startswith("application/json")
    newer = get(accept="application/graphql-response+json")
    assert newer["Content-Type"].startswith("application/graphql-response+json")


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(kept_answers, "_MOST_BYTES", 250)
    kept = kept_answers._Kept()
    for name in ("a", "b", "c"):
        kept.put(name, kept_answers._Answer("1", float("inf"), b"x" * 100, ""))

    assert kept.get("a", "1") is None
    assert kept.get("b", "1") is not None
    assert kept.get("c", "2") is None
