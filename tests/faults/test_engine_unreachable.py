"""Elasticsearch that is gone, silent or not itself: publishing and searching go on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lessons.withdrawing import withdraw
from search import outbox, service, standby
from search.answering import NOTICE_STANDBY
from search.service import FacetTerm, LessonQuery
from tests.factories import make_lesson
from tests.faults.servers import answering, http, nobody, silent

pytestmark = pytest.mark.django_db

STRANGE_SERVERS = {
    "nobody": nobody,
    "silent": silent,
    "noise": lambda: answering(b"\x00\xffrubbish\r\n\r\n"),
    "nothing": lambda: answering(b""),
    "a web page": lambda: answering(http("200 OK", "<html>Hoi</html>", kind="text/html")),
    "broken JSON": lambda: answering(http("200 OK", '{"took": ')),
    "other JSON": lambda: answering(http("200 OK", '{"message": "hoi"}')),
    "a list": lambda: answering(http("200 OK", "[1, 2]")),
    "another product": lambda: answering(http("200 OK", "{}", headers="")),
    "no entrance": lambda: answering(http("401 Unauthorized", '{"error": "wie ben je"}')),
    "too busy": lambda: answering(http("429 Too Many Requests", '{"error": "druk"}')),
    "an error": lambda: answering(http("500 Internal Server Error", "stuk", kind="text/plain")),
    "starting": lambda: answering(http("503 Service Unavailable", '{"error": "straks"}')),
}


@pytest.fixture(params=list(STRANGE_SERVERS))
def strange_server(request: pytest.FixtureRequest, settings: Any) -> Any:
    """Let the settings name a server that is of no use."""
    settings.ELASTICSEARCH_SECONDS = 0.2
    server: AbstractContextManager[str] = STRANGE_SERVERS[request.param]()
    with server as address:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_ADDRESSES = [address]
        yield address


def found(**query):
    answer = service.search(LessonQuery(**query))
    assert answer.notices == (NOTICE_STANDBY,)
    return [hit.card.title for hit in answer.hits]


def test_publishing_and_searching_go_on(strange_server):
    make_lesson(title="Wachtlijst korter")

    assert found(text="wachtlijsten") == ["Wachtlijst korter"]
    assert service.pending() > 0


@pytest.fixture
def unreachable(settings: Any) -> Any:
    """Let the settings name a server that is gone."""
    with nobody() as address:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_ADDRESSES = [address]
        yield address


def test_lessons_are_published_found_changed_and_withdrawn(unreachable):
    lesson = make_lesson(title="Wachtlijst korter")
    make_lesson(title="Wachtlijst in concept", published=False)

    assert found(text="wachtlijsten") == ["Wachtlijst korter"]

    lesson.title = "Logeerhuis"
    lesson.save_revision().publish()
    assert (found(text="wachtlijst"), found()) == ([], ["Logeerhuis"])

    withdraw(lesson, reason="privacy")
    assert found() == []
    assert service.pending() > 0


def test_the_answer_is_whole(unreachable):
    make_lesson(title="Steun voor borging")

    answer = service.search(
        LessonQuery(text="borgign", facets=("phase",), with_highlights=True, first=5)
    )

    assert answer.facets[0].terms == (FacetTerm("uitvoering", "Uitvoering", 1),)
    assert answer.hits[0].highlights[0].html == "Steun voor <mark>borging</mark>"
    assert (answer.suggestion, answer.total) == ("borging", 1)


def test_pages_are_walked(unreachable):
    for number in range(5):
        make_lesson(title=f"Steun {number}")
    first = service.search(LessonQuery(text="steun", first=3))

    second = service.search(LessonQuery(text="steun", first=3, after=first.end_cursor))

    titles = [hit.card.title for page in (first, second) for hit in page.hits]
    assert titles == [f"Steun {number}" for number in (4, 3, 2, 1, 0)]


def test_nothing_is_shown_that_changed_unseen(unreachable):
    shown, gone = make_lesson(title="Een"), make_lesson(title="Twee")
    assert found() == ["Twee", "Een"]
    outbox.OutboxEntry.objects.all().delete()

    type(gone).objects.filter(pk=gone.pk).update(live=False)
    type(shown).objects.filter(pk=shown.pk).update(title="Een, zonder naam")

    assert found() == ["Een, zonder naam"]


def test_the_standby_is_made_again_after_some_minutes(unreachable, monkeypatch):
    make_lesson(title="Een")
    assert found() == ["Een"]
    make_lesson(title="Twee")
    outbox.OutboxEntry.objects.all().delete()
    assert found() == ["Een"]

    monkeypatch.setattr(standby, "FRESH_SECONDS", -1)

    assert found() == ["Twee", "Een"]


def test_the_commands_say_so_in_a_sentence(unreachable):
    said = StringIO()

    call_command("rebuild_search_index", if_needed=True, stderr=said)

    assert said.getvalue().startswith("De zoekmachine is niet te bereiken (")
    with pytest.raises(CommandError, match="niet worden opgebouwd"):
        call_command("rebuild_search_index")
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("check_search")


def test_an_address_that_is_missing_is_no_error_page(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_ADDRESSES = []
    make_lesson(title="Een")

    assert found() == ["Een"]
