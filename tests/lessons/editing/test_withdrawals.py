"""Withdrawing in the CMS: by reviewers, with a reason, and back again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from lessons.models import LessonPage, PilotPage, Withdrawal
from lessons.withdrawing import withdraw
from tests.factories import make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db


def withdraw_url(lesson: LessonPage) -> str:
    return reverse("withdraw_lesson", args=[lesson.pk])


def reinstate_url(lesson: LessonPage) -> str:
    return reverse("reinstate_lesson", args=[lesson.pk])


def posted(reason: str, day: datetime.date | None = None) -> dict[str, str]:
    """Return what the form posts at least."""
    return {"reason": reason, "withdrawn_on": (day or timezone.localdate()).isoformat()}


def withdrawn_lesson(people: People, **fields: Any) -> LessonPage:
    lesson = make_lesson(people.groningen, **fields)
    withdraw(lesson, reason="outdated", user=people.reviewer)
    return LessonPage.objects.get(pk=lesson.pk)


def test_a_reviewer_withdraws_with_reason_explanation_and_replacement(people: People) -> None:
    lesson = make_lesson(people.groningen)
    better = make_lesson(people.groningen)
    data = {**posted("replaced"), "explanation": "Er is nieuws.", "replacement": better.pk}

    response = logged_in(people.reviewer).post(withdraw_url(lesson), data)

    assert response.url == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.lesson, withdrawal.reason, withdrawal.explanation) == (
        lesson,
        "replaced",
        "Er is nieuws.",
    )
    assert (withdrawal.replacement, withdrawal.withdrawn_by) == (better, people.reviewer)
    lesson.refresh_from_db()
    assert not lesson.live
    assert PageLogEntry.objects.filter(page=lesson.pk, action="lessons.withdraw").exists()


def test_a_replacement_must_be_public(people: People) -> None:
    lesson = make_lesson(people.groningen)
    draft = make_lesson(people.groningen, published=False)

    response = logged_in(people.reviewer).post(
        withdraw_url(lesson), {**posted("replaced"), "replacement": draft.pk}
    )

    assert list(response.context["form"].errors) == ["replacement"]
    assert not Withdrawal.objects.exists()


def test_a_replaced_lesson_needs_its_replacement(people: People) -> None:
    lesson = make_lesson(people.groningen)

    response = logged_in(people.reviewer).post(withdraw_url(lesson), posted("replaced"))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["replacement"]
    lesson.refresh_from_db()
    assert lesson.live


def test_an_editor_withdraws_nothing_and_unpublishes_nothing(people: People) -> None:
    lesson = make_lesson(people.groningen)
    client = logged_in(people.editor)

    client.post(withdraw_url(lesson), posted("outdated"))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]))

    lesson.refresh_from_db()
    assert lesson.live
    assert not Withdrawal.objects.exists()


def test_a_reviewer_puts_a_withdrawn_lesson_back(people: People) -> None:
    lesson = withdrawn_lesson(people)

    logged_in(people.reviewer).post(reinstate_url(lesson))

    lesson.refresh_from_db()
    assert lesson.live
    assert Withdrawal.objects.get().reinstated_at is not None


def test_an_editor_puts_nothing_back(people: People) -> None:
    lesson = withdrawn_lesson(people)

    logged_in(people.editor).post(reinstate_url(lesson))

    lesson.refresh_from_db()
    assert not lesson.live


def test_what_is_not_online_is_not_withdrawn_and_the_reverse(people: People) -> None:
    client = logged_in(people.reviewer)
    draft = make_lesson(people.groningen, published=False)
    public = make_lesson(people.groningen)

    assert client.get(withdraw_url(draft)).status_code == 302
    assert client.get(reinstate_url(public)).status_code == 302


def test_the_form_shows_what_withdrawing_means(people: People) -> None:
    lesson = make_lesson(people.groningen)

    response = logged_in(people.reviewer).get(withdraw_url(lesson))

    assert response.status_code == 200
    assert lesson.title in response.content.decode()


def test_the_day_of_a_withdrawal_begins_as_today_and_may_be_earlier(people: People) -> None:
    lesson = make_lesson(people.groningen)
    client = logged_in(people.reviewer)
    today = timezone.localdate()

    form = client.get(withdraw_url(lesson)).context["form"]
    refused = client.post(
        withdraw_url(lesson), posted("outdated", today + datetime.timedelta(days=1))
    )

    assert form["withdrawn_on"].value() == today
    assert list(refused.context["form"].errors) == ["withdrawn_on"]
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("role", "offered"), [("reviewer", True), ("administrator", True), ("editor", False)]
)
def test_withdrawing_is_offered_to_those_who_may(people: People, role: str, offered: bool) -> None:
    lesson = make_lesson(people.groningen)

    page = logged_in(getattr(people, role)).get(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    )

    assert (withdraw_url(lesson) in page.content.decode()) is offered


def test_a_withdrawn_lesson_says_so_in_lists_and_offers_the_way_back(people: People) -> None:
    lesson = withdrawn_lesson(people)
    client = logged_in(people.reviewer)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    assert str(lesson.status_string) in {"withdrawn", "ingetrokken"}
    assert reinstate_url(lesson) in page
    assert withdraw_url(lesson) not in page


def test_the_report_lists_what_is_withdrawn_now(people: People) -> None:
    withdrawn_lesson(people, title="Achterhaalde les")
    back = withdrawn_lesson(people, title="Les die terugkwam")
    logged_in(people.reviewer).post(reinstate_url(back))

    text = logged_in(people.reviewer).get(reverse("withdrawn_lessons")).content.decode()

    assert "Achterhaalde les" in text
    assert "Les die terugkwam" not in text


def test_the_report_shows_an_editor_the_own_region_only(people: People) -> None:
    withdrawn_lesson(people, title="Achterhaalde les")

    url = reverse("withdrawn_lessons")

    assert "Achterhaalde les" in logged_in(people.editor).get(url).content.decode()
    assert "Achterhaalde les" not in logged_in(people.stranger).get(url).content.decode()


def test_the_report_can_be_downloaded(people: People) -> None:
    withdrawn_lesson(people, title="Achterhaalde les")

    response = logged_in(people.reviewer).get(reverse("withdrawn_lessons") + "?export=csv")

    assert b"Achterhaalde les" in b"".join(response)


@pytest.mark.parametrize("published", [True, False])
def test_a_lesson_that_was_public_is_not_deleted_by_a_reviewer(
    people: People, published: bool
) -> None:
    lesson = make_lesson(people.groningen) if published else withdrawn_lesson(people)

    logged_in(people.reviewer).post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    logged_in(people.reviewer).post(f"/cms/bulk/wagtailcore/page/delete/?id={lesson.pk}")

    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_a_draft_that_was_never_public_may_be_deleted_by_its_region(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)

    logged_in(people.editor).post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert not LessonPage.objects.filter(pk=lesson.pk).exists()


def unpublish_url(lesson: LessonPage) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[lesson.pk])


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_unpublishing_is_offered_nowhere_for_a_lesson(people: People, role: str) -> None:
    lesson = make_lesson(people.groningen)
    client = logged_in(getattr(people, role))

    pages = [
        client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])),
        client.get(reverse("wagtailadmin_explore", args=[people.groningen.pk])),
        client.get(reverse("wagtailadmin_pages:delete", args=[lesson.pk]), follow=True),
    ]

    for page in pages:
        assert page.status_code == 200
        assert unpublish_url(lesson) not in page.content.decode()


def test_withdrawing_stands_at_the_foot_of_the_form_too(people: People) -> None:
    lesson = make_lesson(people.groningen)
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    text = logged_in(people.reviewer).get(url).content.decode()

    assert text.count(withdraw_url(lesson)) == 2


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_address_of_unpublishing_sends_on_to_withdrawing(
    people: People, role: str, method: str
) -> None:
    lesson = make_lesson(people.groningen, title="Deze les")
    client = logged_in(getattr(people, role))

    response = getattr(client, method)(unpublish_url(lesson), follow=True)

    assert response.redirect_chain == [(withdraw_url(lesson), 302)]
    assert "“Deze les” is een les. Gebruik ‘Intrekken’" in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.live


@pytest.mark.parametrize("method", ["get", "post"])
def test_unpublishing_in_bulk_is_refused_when_a_lesson_is_among_the_pages(
    people: People, method: str
) -> None:
    lesson = make_lesson(people.groningen)
    pilot = PilotPage.objects.get()
    url = f"/cms/bulk/wagtailcore/page/unpublish/?id={lesson.pk}&id={pilot.pk}&next=/cms/"

    response = getattr(logged_in(people.administrator), method)(url, follow=True)

    assert response.redirect_chain == [("/cms/", 302)]
    assert "is een les. Gebruik ‘Intrekken’" in response.content.decode()
    for page in (lesson, pilot):
        page.refresh_from_db()
        assert page.live


def test_other_pages_are_unpublished_as_ever(people: People) -> None:
    pilot = PilotPage.objects.get()
    url = reverse("wagtailadmin_pages:unpublish", args=[pilot.pk])

    logged_in(people.reviewer).post(url)

    pilot.refresh_from_db()
    assert not pilot.live


def test_a_section_goes_offline_only_without_lessons(people: People) -> None:
    make_lesson(people.groningen)
    client = logged_in(people.administrator)

    for section in (people.groningen, people.drenthe):
        client.post(
            reverse("wagtailadmin_pages:unpublish", args=[section.pk]),
            {"include_descendants": "on"},
        )
        section.refresh_from_db()

    assert people.groningen.live
    assert not people.drenthe.live
