"""The three commands of the operator."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import outbox, service
from search.engines.registry import get_engine
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    output = StringIO()
    call_command(*arguments, stdout=output, **options)
    return output.getvalue().splitlines()


def test_rebuild_tells_its_progress():
    make_lesson()

    first, last = run("rebuild_search_index")

    assert first == "1 van 1 lessen"
    assert last.startswith("Klaar: 1 lessen in ")


def test_rebuild_if_needed_only_catches_up():
    lesson = make_lesson()
    service.rebuild()
    outbox.add([lesson.pk])

    assert run("rebuild_search_index", if_needed=True) == [
        "De zoekindex is er al; 1 wijzigingen verwerkt."
    ]


def test_rebuild_says_that_another_runs():
    with (
        get_engine().rebuilding(),
        pytest.raises(CommandError, match="wordt al opgebouwd"),
    ):
        run("rebuild_search_index")


def test_drain_tells_what_was_done():
    lesson = make_lesson()
    service.rebuild()
    outbox.add([lesson.pk])

    assert run("drain_outbox") == ["1 verwerkt, 0 in de wacht."]


def test_check_reports_mends_and_agrees():
    lesson = make_lesson()
    service.rebuild()
    assert run("check_search") == ["De zoekindex is gelijk aan de database."]
    with get_engine().writing(wait=0):
        get_engine().write([], [lesson.pk])

    with pytest.raises(CommandError, match="verschilt"):
        run("check_search")

    assert run("check_search", mend=True) == [
        f"Ontbreekt in de index: {lesson.pk}",
        "1 wijzigingen verwerkt.",
        "De zoekindex is gelijk aan de database.",
    ]


def test_check_without_an_index_tells_what_to_do():
    with pytest.raises(CommandError, match="rebuild_search_index"):
        run("check_search")

    assert run("check_search", mend=True) == ["De zoekindex is gelijk aan de database."]
