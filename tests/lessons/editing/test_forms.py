"""The form of a lesson helps the writer on."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.editing.defaults import a_year_after, running_pilot
from lessons.models import LessonPage, Ontwikkelpunt, Phase, PilotPhase
from tests.factories import (
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
)
from tests.lessons.editing.people import People, form_data, logged_in

pytestmark = pytest.mark.django_db


def new_form(people: People, section: Any = None) -> Any:
    section = section or people.groningen
    form_class = LessonPage.get_edit_handler().get_form_class()
    return form_class(instance=LessonPage(), for_user=people.editor, parent_page=section)


def form_of(lesson: LessonPage, people: People, data: Any = None) -> Any:
    form_class = lesson.get_edit_handler().get_form_class()
    return form_class(
        data, instance=lesson, for_user=people.editor, parent_page=lesson.get_parent()
    )


def test_a_new_lesson_begins_with_what_is_known(people: People) -> None:
    today = timezone.localdate()

    lesson = new_form(people).instance

    assert lesson.jeugdregio == people.groningen.jeugdregio
    assert lesson.scope == "local"
    assert lesson.pilot.slug == "pilot-groningen"
    assert lesson.attribution == "Groningen"
    assert lesson.licence == "CC-BY-4.0"
    assert lesson.contact_role == ""
    assert lesson.period_from == today.year
    assert lesson.last_reviewed == today
    assert lesson.next_review == a_year_after(today)
    assert [
        len(getattr(lesson, part)) for part in ("context", "trigger", "approach", "result")
    ] == [
        1,
        0,
        1,
        1,
    ]


def test_a_new_national_lesson_has_no_region(people: People) -> None:
    lesson = new_form(people, make_section(None)).instance

    assert lesson.jeugdregio is None
    assert lesson.scope == "national"
    assert lesson.pilot is None


def test_the_defaults_do_not_overwrite_what_was_saved(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, period_from=2019, attribution="Wij")

    form = form_of(lesson, people)

    assert (form.instance.period_from, form.instance.attribution) == (2019, "Wij")


def test_a_pilot_that_has_ended_is_no_default(people: People) -> None:
    today = datetime.date(2026, 6, 1)
    drenthe = people.drenthe.jeugdregio
    ended = make_pilot("beeindigd", jeugdregio=drenthe)
    phase = make_term(Phase, "borging")
    ended.phase_dates = [PilotPhase(phase=phase, ends_on=datetime.date(2026, 5, 31))]
    ended.save()

    assert running_pilot(drenthe, today) is None


def test_of_two_running_pilots_none_is_the_default(people: People) -> None:
    make_pilot("tweede")

    assert running_pilot(people.groningen.jeugdregio, timezone.localdate()) is None


def test_leap_day_is_reviewed_on_the_last_of_february() -> None:
    assert a_year_after(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


def test_retired_terms_are_not_offered_but_stay_where_they_were_chosen(people: People) -> None:
    chosen = make_term(Ontwikkelpunt, "oud-gekozen", is_retired=True)
    retired = make_term(Ontwikkelpunt, "oud", is_retired=True)
    current = make_term(Ontwikkelpunt, "nieuw")
    lesson = make_lesson(
        people.groningen, published=False, ontwikkelpunt=chosen, other_ontwikkelpunten=[chosen]
    )

    form = form_of(lesson, people)

    for field in ("ontwikkelpunt", "other_ontwikkelpunten"):
        offered = set(form.fields[field].queryset)
        assert {chosen, current} <= offered
        assert retired not in offered


def test_the_gemeenten_of_the_own_region_come_first(people: People) -> None:
    make_gemeente("GM1680", "Aa en Hunze", people.drenthe.jeugdregio)
    make_gemeente("GM0014", "Groningen", people.groningen.jeugdregio)

    groups = list(new_form(people).fields["gemeenten"].choices)

    assert [(name, [label for _, label in options]) for name, options in groups] == [
        ("Groningen", ["Groningen"]),
        ("Drenthe", ["Aa en Hunze"]),
    ]


def test_a_gemeente_of_another_region_can_be_chosen(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)
    other = make_gemeente("GM1680", "Aa en Hunze", people.drenthe.jeugdregio)

    form = form_of(lesson, people, form_data(lesson, people.editor, gemeenten=[other.pk]))
    form.defer_required_fields()

    assert form.is_valid()
    assert list(form.cleaned_data["gemeenten"]) == [other]


def test_two_drafts_may_begin_with_the_same_title(people: People) -> None:
    first = make_lesson(people.groningen, published=False, title="Bel eerst")
    second = make_lesson(people.groningen, published=False, title="Iets anders")

    form = form_of(second, people, form_data(second, people.editor, slug=first.slug))
    form.defer_required_fields()

    assert form.is_valid()
    assert form.cleaned_data["slug"] == "bel-eerst-2"


def test_the_address_of_a_public_lesson_is_not_changed_silently(people: People) -> None:
    first = make_lesson(people.groningen, title="Bel eerst")
    second = make_lesson(people.groningen, title="Iets anders")

    form = form_of(second, people, form_data(second, people.editor, slug=first.slug))

    assert not form.is_valid()
    assert list(form.errors) == ["slug"]


@pytest.mark.parametrize(
    ("child_list", "row"),
    [
        ("partner_roles", {"role": "participant"}),
        ("relations", {}),
        ("recommendations", {}),
        ("sources", {}),
        ("change_notes", {}),
    ],
)
def test_a_row_that_was_added_and_left_empty_does_not_stop_a_draft(
    people: People, child_list: str, row: dict[str, str]
) -> None:
    lesson = make_lesson(people.groningen, published=False)
    before = len(getattr(lesson, child_list).all())
    kept = [{**{"id": item.pk}} for item in getattr(lesson, child_list).all()]
    data = form_data(lesson, people.editor)
    data.update(
        {
            f"{child_list}-TOTAL_FORMS": str(len(kept) + 1),
            f"{child_list}-{len(kept)}-ORDER": str(len(kept) + 1),
            **{f"{child_list}-{len(kept)}-{name}": value for name, value in row.items()},
        }
    )

    response = logged_in(people.editor).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data
    )

    assert response.status_code == 302
    lesson.refresh_from_db()
    draft = lesson.get_latest_revision_as_object()
    assert len(getattr(draft, child_list).all()) == before


@pytest.mark.parametrize(
    ("action", "accepts"),
    [
        pytest.param({}, "application/json", id="saved automatically"),
        pytest.param({"action-submit": "1"}, "text/html", id="submitted too early"),
    ],
)
def test_a_row_that_is_not_begun_keeps_its_place_when_the_form_comes_back(
    people: People, action: dict[str, str], accepts: str
) -> None:
    lesson = make_lesson(people.groningen, published=False, core="")
    rows = [{"text": "Vraag het meteen."}, {}, {"text": "Vraag het later nog eens."}]
    data = form_data(lesson, people.editor, recommendations=rows, **action)

    response = logged_in(people.editor).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data, headers={"accept": accepts}
    )

    assert response.status_code == 200
    formset = response.context["form"].formsets["recommendations"]
    assert [row.cleaned_data["ORDER"] for row in formset.forms] == [1, 2, 3]


def test_the_form_says_how_far_the_lesson_is_and_what_is_missing(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, core="", phases=[])

    response = logged_in(people.editor).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    progress = response.context["edit_handler"].progress

    assert (progress.percentage, progress.met, progress.total) == (89, 17, 19)
    assert [step.field for step in progress.to_do] == ["core", "phases"]
    assert not progress.is_ready


def test_an_automatic_save_brings_the_new_state_with_it(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, core="", phases=[])
    data = form_data(lesson, people.editor, core="Vraag het gezin zelf.")

    response = logged_in(people.editor).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        data,
        headers={"accept": "application/json"},
    )

    html = response.json()["html"]
    assert 'data-w-teleport-target-value="#lesson-progress"' in html
    assert 'value="94"' in html


def test_the_panel_names_personal_data_while_writing(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, core="Mail naar jan@example.org.")

    response = logged_in(people.editor).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    progress = response.context["edit_handler"].progress

    assert [step.field for step in progress.to_take_out] == ["core"]
    assert "jan@example.org" not in progress.to_take_out[0].message


def test_the_preview_of_an_unfinished_lesson_is_available(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, core="", phases=[])
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])

    response = logged_in(people.editor).post(url, form_data(lesson, people.editor))

    assert response.json() == {"is_valid": True, "is_available": True}


def test_a_new_lesson_of_another_region_cannot_be_begun(people: People) -> None:
    url = reverse("wagtailadmin_pages:add", args=["lessons", "lessonpage", people.drenthe.pk])

    assert logged_in(people.editor).get(url).status_code == 302
    assert make_jeugdregio() == people.groningen.jeugdregio
