"""Adoptions: a region records its own decisions, reviewers those of all."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from lessons.models import Adoption, LessonPage
from tests.factories import make_gemeente, make_lesson
from tests.lessons.editing.people import CANARY, People, logged_in

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 1)


def url_of(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_lessons_adoption:{view}", args=args)


def data_for(people: People, lesson: LessonPage, **changes: Any) -> dict[str, Any]:
    return {
        "lesson": lesson.pk,
        "jeugdregio": people.groningen.jeugdregio.pk,
        "gemeente": "",
        "decision": "applied",
        "decided_on": DAY.isoformat(),
        "reason": "Past bij ons.",
        "outcome": "",
        **changes,
    }


def make_adoption(people: People, section: Any, **fields: Any) -> Adoption:
    values = {"decision": "applied", "reason": "Past bij ons.", "decided_on": DAY, **fields}
    return Adoption.objects.create(
        lesson=make_lesson(section), jeugdregio=section.jeugdregio, **values
    )


def test_an_editor_records_a_decision_of_the_own_region(people: People) -> None:
    lesson = make_lesson(people.drenthe)

    logged_in(people.editor).post(url_of("add"), data_for(people, lesson))

    adoption = Adoption.objects.get()
    assert (adoption.lesson, adoption.jeugdregio) == (lesson, people.groningen.jeugdregio)


def test_an_editor_records_nothing_for_another_region(people: People) -> None:
    lesson = make_lesson(people.drenthe)
    elsewhere = make_gemeente("GM1680", "Aa en Hunze", people.drenthe.jeugdregio)
    data = data_for(people, lesson, jeugdregio=people.drenthe.jeugdregio.pk, gemeente=elsewhere.pk)

    response = logged_in(people.editor).post(url_of("add"), data)

    assert sorted(response.context["form"].errors) == ["gemeente", "jeugdregio"]
    assert not Adoption.objects.exists()


def test_a_draft_cannot_be_adopted_nor_is_its_title_told(people: People) -> None:
    draft = make_lesson(people.drenthe, published=False, title=CANARY)

    response = logged_in(people.editor).post(url_of("add"), data_for(people, draft))

    assert list(response.context["form"].errors) == ["lesson"]
    assert CANARY not in response.content.decode()


def test_an_editor_sees_and_changes_the_decisions_of_the_own_region_only(people: People) -> None:
    own = make_adoption(people, people.groningen)
    other = make_adoption(people, people.drenthe)
    client = logged_in(people.editor)

    listed = client.get(url_of("list")).content.decode()

    assert own.lesson.title in listed
    assert other.lesson.title not in listed
    assert client.get(url_of("edit", own.pk)).status_code == 200
    assert client.get(url_of("edit", other.pk)).status_code == 302


def test_a_reviewer_records_for_every_region(people: People) -> None:
    other = make_adoption(people, people.drenthe)

    response = logged_in(people.reviewer).post(
        url_of("edit", other.pk),
        data_for(
            people,
            other.lesson,
            jeugdregio=people.drenthe.jeugdregio.pk,
            reason="Anders besloten.",
        ),
    )

    assert response.status_code == 302
    other.refresh_from_db()
    assert other.reason == "Anders besloten."


def test_the_form_begins_with_the_own_region_and_today(people: People) -> None:
    form = logged_in(people.editor).get(url_of("add")).context["form"]

    assert form.initial["jeugdregio"] == people.groningen.jeugdregio.pk
    assert list(form.fields["jeugdregio"].queryset) == [people.groningen.jeugdregio]


@pytest.mark.parametrize("view", ["history", "usage", "delete"])
def test_other_views_of_an_adoption_do_not_change_it(people: People, view: str) -> None:
    other = make_adoption(people, people.drenthe)

    logged_in(people.editor).post(url_of(view, other.pk))

    assert Adoption.objects.filter(pk=other.pk).exists()
