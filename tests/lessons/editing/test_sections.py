"""A section belongs to those who publish in it; its editors only write lessons there."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from lessons.models import LessonPage, LessonSectionPage
from tests.factories import make_lesson
from tests.lessons.editing.people import People, form_data, logged_in

pytestmark = pytest.mark.django_db

MANAGING = ("edit", "history", "usage", "move", "copy", "delete", "unpublish")


def url(name: str, page: Page) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def post_title(people: People, role: str, page: Any) -> Any:
    user = getattr(people, role)
    data = {**form_data(page, user), "title": "Een andere naam"}
    return logged_in(user).post(url("edit", page), data)


@pytest.mark.parametrize("name", MANAGING)
def test_a_region_editor_does_not_manage_the_own_section(people: People, name: str) -> None:
    client = logged_in(people.editor)

    for answer in (client.get, client.post):
        assert answer(url(name, people.groningen)).status_code == 302

    assert LessonSectionPage.objects.get(pk=people.groningen.pk).live


def test_a_region_editor_saves_no_draft_of_a_section_or_of_the_list(people: People) -> None:
    for page in (people.groningen, people.groningen.get_parent().specific):
        post_title(people, "editor", page)

        page.refresh_from_db()
        assert page.latest_revision is None
        assert page.draft_title != "Een andere naam"


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_those_who_publish_manage_sections(people: People, role: str) -> None:
    post_title(people, role, people.groningen)

    people.groningen.refresh_from_db()
    assert people.groningen.draft_title == "Een andere naam"


def test_the_list_of_the_own_section_offers_writing_but_not_managing(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)

    page = logged_in(people.editor).get(reverse("wagtailadmin_explore", args=[people.groningen.pk]))

    text = page.content.decode()
    assert page.status_code == 200
    assert reverse("wagtailadmin_pages:add_subpage", args=[people.groningen.pk]) in text
    assert url("edit", lesson) in text
    # Wagtail names the usage of every page beside its list; its own check then refuses it.
    for name in set(MANAGING) - {"usage"}:
        assert url(name, people.groningen) not in text


def test_a_region_editor_still_edits_a_lesson_of_a_colleague(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, owner=people.reviewer)

    data = form_data(lesson, people.editor, title="Van ons samen")
    logged_in(people.editor).post(url("edit", lesson), data)

    assert LessonPage.objects.get(pk=lesson.pk).draft_title == "Van ons samen"


def test_a_section_is_never_submitted(people: People) -> None:
    page = logged_in(people.reviewer).get(url("edit", people.groningen))

    assert 'name="action-submit"' not in page.content.decode()
