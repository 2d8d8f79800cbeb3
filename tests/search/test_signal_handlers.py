"""Which changes put which lessons into the outbox, and that they do so in one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from lessons.models import (
    VOCABULARIES,
    FamilyForm,
    Gemeente,
    Jeugdregio,
    LessonPage,
    LessonPartner,
    Partner,
    PilotPage,
    Withdrawal,
)
from lessons.withdrawing import withdraw
from search import service
from search.models import OutboxEntry
from search.service import LessonQuery
from search.signal_handlers import unfollowed_models
from tests.factories import (
    make_content_page,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
)
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db


def noted():
    """Return the lessons in the outbox and empty it."""
    pks = set(OutboxEntry.objects.values_list("lesson_pk", flat=True))
    OutboxEntry.objects.all().delete()
    return pks


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Plant a lesson that refers to something of every kind, and one that does not."""
    with rolled_back(django_db_blocker):
        yield plant()


def plant():
    """Make both lessons, and leave the outbox empty."""
    region = make_jeugdregio("JZ02", "Drenthe")
    terms: dict[str, Any] = {
        name: [make_term(VOCABULARIES[facet], "eigen")]
        for name, facet in {
            "other_ontwikkelpunten": "ontwikkelpunt",
            "phases": "phase",
            "family_forms": "familyForm",
            "situations": "situation",
            "audiences": "audience",
        }.items()
    }
    lesson = make_lesson(
        make_section(region),
        evidence_level=make_term(VOCABULARIES["evidenceLevel"], "eigen"),
        partner_roles=[LessonPartner(partner=make_term(Partner, "eigen"), role="lead")],
        gemeenten=[make_gemeente("GM0114", "Emmen", region)],
        pilot=make_pilot(),
        **terms,
    )
    make_lesson()
    noted()
    return lesson


@pytest.fixture
def lesson(planted, db):
    """Return the lesson that refers to everything, with an empty outbox."""
    return LessonPage.objects.get(pk=planted.pk)


@pytest.mark.parametrize("vocabulary", list(VOCABULARIES))
def test_a_term_notes_the_lessons_that_show_it(lesson, vocabulary):
    VOCABULARIES[vocabulary].objects.get(code="eigen").save()

    assert noted() == {lesson.pk}


def test_a_term_notes_lessons_with_narrower_and_merged_terms(lesson):
    own = FamilyForm.objects.get(code="eigen")
    middle = make_term(FamilyForm, "midden")
    top = make_term(FamilyForm, "boven")
    own.broader = middle
    own.save()
    middle.replaced_by = top
    middle.save()
    noted()

    top.save()

    assert noted() == {lesson.pk}


def test_places_note_the_lessons_that_show_them(lesson):
    for place in (Gemeente.objects.get(code="GM0114"), Jeugdregio.objects.get(code="JZ02")):
        place.save()
        assert noted() == {lesson.pk}


def test_a_pilot_notes_its_lessons(lesson):
    pilot = PilotPage.objects.get()
    pilot.save_revision().publish()
    assert noted() == {lesson.pk}

    pilot.unpublish()
    assert noted() == {lesson.pk}

    pilot.delete()
    assert noted() == {lesson.pk}


def test_pages_above_note_the_lessons_under_them(lesson):
    section = lesson.get_parent().specific
    section.slug = "elders"
    section.save()
    assert noted() == {lesson.pk}

    section.get_parent().specific.save()
    assert noted() == set(LessonPage.objects.values_list("pk", flat=True))


def test_a_moved_lesson_is_noted(lesson):
    target = make_section()

    Page.objects.get(pk=lesson.pk).move(target, pos="last-child")

    assert noted() == {lesson.pk}


def test_a_moved_section_notes_its_lessons(lesson):
    section = lesson.get_parent()
    other = make_section(make_jeugdregio())

    section.move(other, pos="left")

    assert lesson.pk in noted()


def test_restrictions_note_the_lessons_under_them(lesson):
    restriction = PageViewRestriction.objects.create(
        page=lesson.get_parent(), restriction_type="login"
    )
    assert noted() == {lesson.pk}

    restriction.delete()
    assert noted() == {lesson.pk}


def test_withdrawing_notes_the_lesson(lesson):
    withdraw(lesson, reason="outdated")
    assert noted() == {lesson.pk}

    Withdrawal.objects.get().save()
    assert noted() == {lesson.pk}


def test_deleting_notes_the_lesson(lesson):
    pk = lesson.pk

    lesson.get_parent().delete()

    assert noted() == {pk}


def test_a_draft_and_an_editorial_page_note_nothing(lesson):
    lesson.title = "Concept"
    lesson.save_revision()
    make_content_page().save_revision().publish()

    assert noted() == set()


def test_a_change_that_is_undone_notes_nothing(lesson):
    @transaction.atomic
    def publish_and_fail():
        lesson.save_revision().publish()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()

    assert noted() == set()


def test_publishing_fills_the_index_right_after_the_commit(
    lesson, django_capture_on_commit_callbacks
):
    service.search(LessonQuery())

    with django_capture_on_commit_callbacks(execute=True):
        lesson.title = "Direct te vinden"
        lesson.save_revision().publish()
        assert service.pending() == 1

    assert service.pending() == 0


def test_many_changes_in_one_transaction_are_drained_once(
    lesson, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        for term in FamilyForm.objects.all():
            term.save()
            term.save()

    names = [callback.__name__ for callback in callbacks]
    assert names.count("_drain_quietly") == 1


def test_indexing_that_fails_does_not_fail_publishing(
    lesson, django_capture_on_commit_callbacks, monkeypatch
):
    def broken():
        raise RuntimeError("kapot")

    monkeypatch.setattr("search.indexing.get_engine", broken)
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()

    assert noted() == {lesson.pk}


def test_every_model_that_lessons_refer_to_is_followed():
    assert unfollowed_models() == []
