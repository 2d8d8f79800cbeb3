"""The register of changes: one row for each lesson, at the position of its newest change."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from lessons.models import Adoption, LessonPage, Phase
from lessons.withdrawing import reinstate, withdraw
from search import indexing, outbox, service
from search.changes import recording
from search.engines.contract import EngineError
from search.engines.registry import get_engine
from search.models import LessonState, OutboxEntry, Register
from tests.factories import make_jeugdregio, make_lesson, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    """Return a public lesson that the register knows, with nothing waiting."""
    lesson = make_lesson(title="Eerste")
    service.rebuild()
    outbox.add([lesson.pk])
    service.drain()
    return lesson


def states():
    service.drain()
    return {row.lesson_pk: row.state for row in LessonState.objects.all()}


def position_of(lesson):
    service.drain()
    return LessonState.objects.get(uuid=lesson.uuid).position


def test_the_first_reading_fills_the_register_with_what_is_public_and_what_is_gone():
    public, gone = make_lesson(title="Openbaar"), make_lesson(title="Weg")
    withdraw(gone, reason="outdated")
    make_lesson(title="Concept", published=False)
    OutboxEntry.objects.all().delete()

    recording.current_register()

    assert {row.lesson_pk: row.state for row in LessonState.objects.all()} == {
        public.pk: "public",
        gone.pk: "withdrawn",
    }
    assert Register.objects.get().position == 2


def test_every_way_of_going_offline_has_its_state(lesson):
    withdrawn, replaced, deleted, closed = (make_lesson(title=f"Les {n}") for n in range(4))
    service.drain()

    withdraw(withdrawn, reason="privacy")
    withdraw(replaced, reason="replaced", replacement=lesson)
    deleted_pk = deleted.pk
    Page.objects.get(pk=deleted.pk).specific.delete()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")

    assert states() == {
        lesson.pk: "public",
        withdrawn.pk: "withdrawn",
        replaced.pk: "replaced",
        deleted_pk: "removed",
        closed.pk: "removed",
    }


def test_a_change_moves_the_lesson_to_a_higher_position(lesson):
    before = position_of(lesson)

    lesson.title = "Anders"
    lesson.save_revision().publish()
    changed = position_of(lesson)
    withdraw(lesson, reason="outdated")
    withdrawn = position_of(lesson)
    reinstate(LessonPage.objects.get(pk=lesson.pk))

    assert before < changed < withdrawn < position_of(lesson)
    assert LessonState.objects.count() == 1


def test_what_changes_nothing_for_the_public_moves_nothing(lesson):
    before = position_of(lesson)

    outbox.add([lesson.pk])
    lesson.title = "Concept"
    lesson.save_revision()

    assert position_of(lesson) == before


def test_adoptions_and_terms_of_recommendations_are_changes_too(lesson):
    first = position_of(lesson)
    adoption = Adoption.objects.create(
        lesson=lesson,
        jeugdregio=make_jeugdregio(),
        decision="applied",
        reason="Goed",
        decided_on="2026-02-01",
    )
    second = position_of(lesson)
    adoption.reason = "Beter"
    adoption.save()
    third = position_of(lesson)
    phase = make_term(Phase, "borging")
    lesson.recommendations.all()[0].__class__.objects.filter(lesson=lesson).update(phase=phase)
    outbox.add([lesson.pk])
    fourth = position_of(lesson)
    phase.label = "Vasthouden"
    phase.save()

    assert first < second < third < fourth < position_of(lesson)


def test_a_draft_that_never_was_public_is_not_in_the_register(lesson):
    make_lesson(title="Concept", published=False)

    assert states() == {lesson.pk: "public"}


def test_nothing_is_lost_when_writing_down_fails(lesson, monkeypatch):
    lesson.title = "Anders"
    lesson.save_revision().publish()
    before = LessonState.objects.get().position

    def no_register(*_arguments):
        raise KeyError("kapot")

    monkeypatch.setattr(recording, "record", no_register)
    service.drain()
    kept = service.pending()
    monkeypatch.undo()
    outbox.retry_now()

    assert kept > 0
    assert position_of(lesson) > before
    assert service.pending() == 0


def test_changes_are_written_down_while_the_engine_cannot_be_reached(lesson, monkeypatch):
    before = position_of(lesson)
    withdraw(lesson, reason="privacy")

    def unreachable(_engine):
        raise EngineError("weg")

    monkeypatch.setattr(type(get_engine()), "state", unreachable)
    service.drain()
    row = LessonState.objects.get()
    service.drain()

    assert (row.state, row.position > before) == ("withdrawn", True)
    assert service.pending() > 0
    assert outbox.unrecorded(100) == []


def test_a_rebuild_writes_down_what_waited_and_what_nobody_noted(lesson):
    noted = make_lesson(title="Genoteerd")
    unnoted = make_lesson(title="Ongenoteerd")
    OutboxEntry.objects.filter(lesson_pk=unnoted.pk).delete()

    service.rebuild()

    assert set(LessonState.objects.values_list("lesson_pk", flat=True)) == {
        lesson.pk,
        noted.pk,
        unnoted.pk,
    }
    assert service.pending() == 0


def test_positions_are_given_in_the_order_of_transactions(lesson):
    other = make_lesson(title="Tweede")
    indexing.drain()
    with transaction.atomic():
        first = recording.Positions()
        given = first.next()
        first.keep()

    assert recording.Positions().next() == given + 1
    assert given > LessonState.objects.get(uuid=other.uuid).position


def test_a_register_made_anew_has_another_mark_and_goes_on_counting(lesson):
    old = recording.current_register()

    recording.renew()

    new = recording.current_register()
    assert new.token != old.token
    assert new.position == old.position
    assert LessonState.objects.count() == 1


def test_the_command_mends_and_makes_anew(lesson, capsys):
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)
    old = recording.current_register().token

    call_command("mend_changes")
    call_command("mend_changes", new=True)

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Register van wijzigingen: 1 lessen bijgewerkt."
    assert told[1].startswith("Een nieuw register is begonnen")
    assert told[2] == "Register van wijzigingen: 0 lessen bijgewerkt."
    assert recording.current_register().token != old


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_positions_are_held_until_the_transaction_ends(lesson):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        recording.Positions()

    assert any("FOR UPDATE" in query["sql"] for query in asked.captured_queries)
