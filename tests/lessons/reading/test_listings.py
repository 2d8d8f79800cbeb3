"""The lists of all public pages hold nothing that is not public."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from lessons import selectors
from lessons.withdrawing import withdraw
from tests.factories import base_url, make_content_page, make_lesson, make_pilot

pytestmark = pytest.mark.django_db


def hide(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_only_public_lessons_are_listed_and_count_for_the_licences(django_assert_num_queries):
    public = make_lesson(slug="openbaar", licence="CC0-1.0")
    make_lesson(slug="concept", published=False, licence="CC-BY-SA-4.0")
    hide(make_lesson(slug="besloten", licence="CC-BY-SA-4.0"))
    past = timezone.now() - datetime.timedelta(seconds=1)
    make_lesson(slug="verlopen", expire_at=past, licence="CC-BY-SA-4.0")
    withdraw(make_lesson(slug="ingetrokken", licence="CC-BY-SA-4.0"), reason="outdated")

    with django_assert_num_queries(1):
        (found,) = selectors.lesson_addresses()

    assert found.url == f"{base_url()}/lessen/groningen/openbaar/"
    assert found.changed_at == public.last_published_at
    assert selectors.licences_in_use() == {"CC0-1.0"}


def test_only_public_pages_that_are_no_lessons_are_listed(django_assert_num_queries):
    make_lesson(slug="les")
    make_pilot("pilot")
    make_pilot("concept", published=False)
    hide(make_content_page("Besloten"))
    make_content_page("Openbaar")

    with django_assert_num_queries(2):
        found = selectors.page_addresses()

    assert [page.url.removeprefix(base_url()) for page in found] == [
        *("/", "/lessen/", "/lessen/groningen/", "/pilots/", "/pilots/pilot/", "/openbaar/"),
    ]


def test_a_lesson_is_found_by_the_whole_path_of_its_page():
    lesson = make_lesson(slug="vraag-het")

    assert selectors.lesson(path="/lessen/groningen/vraag-het/").card.uuid == str(lesson.uuid)
    for other in ("/lessen/friesland/vraag-het/", "/vraag/", "/", "/lessen/groningen/"):
        assert selectors.lesson(path=other) is None, other
