"""An answer that takes too long is broken off as a whole."""

import itertools
import time

import pytest
from django.test import Client
from structlog.testing import capture_logs

from frontend_api.graphql import limits
from frontend_api.graphql.schema import schema
from tests.frontend_api.graphql.asking import ask, post

pytestmark = pytest.mark.django_db

QUESTION = "{ vocabularies { code terms { code broader { code } } } }"


@pytest.fixture
def slow_term(monkeypatch):
    """Let the clock jump when the first term is reached."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    field = schema.graphql_schema.type_map["Term"].fields["code"]
    resolve = field.resolve

    def slowly(*args, **kwargs):
        now[0] += 11
        return resolve(*args, **kwargs)

    monkeypatch.setattr(field, "resolve", slowly)


@pytest.mark.parametrize("method", ["post", "get"])
def test_a_late_answer_is_one_error_and_nothing_else(slow_term, method):
    with capture_logs() as logs:
        response = (
            post(QUESTION) if method == "post" else Client().get("/graphql/", {"query": QUESTION})
        )

    assert response.status_code == 503
    assert response.json()["errors"] == [
        {
            "message": "Dit antwoord kwam niet binnen 10 seconden klaar. Vraag minder tegelijk, of "
            "probeer het later nog eens.",
            "extensions": {"code": "TIMEOUT", "place": "query"},
        }
    ]
    assert "data" not in response.json()
    assert response.get("Cache-Control", "no-store") == "no-store"
    assert "graphql_deadline_passed" in [line["event"] for line in logs]


def test_the_time_is_a_setting(slow_term, settings):
    settings.GRAPHQL_SECONDS = 60_000

    assert ask(QUESTION)["vocabularies"]


def test_a_request_after_a_late_one_is_answered(slow_term, settings):
    post(QUESTION)

    assert ask("{ __typename }") == {"__typename": "Query"}


def test_looking_at_the_clock_takes_next_to_nothing(monkeypatch):
    """Measured in looks, as times differ by machine: one for each object."""
    looks = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(looks)) / 1000)

    fields = "code label description: label name: label"
    found = ask(f"{{ vocabularies {{ {fields} terms {{ code label }} }} }}")["vocabularies"]

    assert len(found) > 3
    # For each object, and a few besides; none for a field.
    objects = 1 + len(found) + sum(len(each["terms"]) for each in found)
    assert next(looks) < objects + 8


def test_it_is_no_exception_that_a_field_could_swallow():
    assert not issubclass(limits.DeadlinePassed, Exception)
