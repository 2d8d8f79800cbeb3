"""Feeds in the CMS."""

from __future__ import annotations

import pytest
from django.urls import reverse

from search import service
from search.models import Feed
from tests.factories import make_lesson
from tests.lessons.editing.people import logged_in

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_search_feed:list"
ADD = "wagtailsnippets_search_feed:add"
EDIT = "wagtailsnippets_search_feed:edit"
DELETE = "wagtailsnippets_search_feed:delete"


def posted(**fields):
    values = {
        "title": "Alle lessen",
        "slug": "alle-lessen",
        "description": "Elke les.",
        "query": "",
        "language_level": "B2",
        "is_active": "on",
    }
    return {**values, **fields}


def errors(response):
    return dict(response.context["form"].errors)


def test_a_reviewer_makes_a_feed_from_the_address_of_a_search(reviewer):
    reviewer.post(reverse(ADD), posted(query="https://lessenbank.example/zoeken/?q=thuis&na=x"))

    feed = Feed.objects.get()
    assert (feed.slug, feed.query) == ("alle-lessen", "q=thuis")


def test_a_question_that_cannot_be_asked_is_refused_in_words(reviewer):
    response = reviewer.post(reverse(ADD), posted(query="?phase=bestaat-niet"))

    (message,) = errors(response)["query"]
    assert message.startswith("Deze vraag kan niet worden gesteld: ‘bestaat-niet’")
    assert not Feed.objects.exists()


@pytest.mark.parametrize("slug", ["Alle", "alle lessen", "alle_lessen", ""])
def test_a_name_that_is_no_good_address_is_refused(reviewer, slug):
    assert "slug" in errors(reviewer.post(reverse(ADD), posted(slug=slug)))


def test_the_name_in_the_address_cannot_be_changed(reviewer):
    reviewer.post(reverse(ADD), posted())
    feed = Feed.objects.get()

    reviewer.post(reverse(EDIT, args=[feed.pk]), posted(slug="anders", title="Andere titel"))

    feed.refresh_from_db()
    assert (feed.slug, feed.title) == ("alle-lessen", "Andere titel")


def test_a_feed_can_end_but_a_reviewer_cannot_delete_it(reviewer):
    reviewer.post(reverse(ADD), posted())
    feed = Feed.objects.get()

    reviewer.post(reverse(DELETE, args=[feed.pk]))
    reviewer.post(reverse(EDIT, args=[feed.pk]), posted(is_active=""))

    feed.refresh_from_db()
    assert not feed.is_active


def test_the_list_tells_how_many_lessons_are_in_a_feed(reviewer):
    make_lesson()
    service.rebuild()
    reviewer.post(reverse(ADD), posted())
    reviewer.post(reverse(ADD), posted(slug="kapot", title="Kapot"))
    service.drain()
    Feed.objects.filter(slug="kapot").update(fault="Die fase is er niet.")

    page = reviewer.get(reverse(LIST)).content.decode()

    public = Feed.objects.get(slug="alle-lessen").members.filter(left_at=None).count()
    assert f"{public} les" in page
    assert "wordt niet meer bijgehouden: Die fase is er niet." in page


def test_a_region_editor_has_no_feeds(people):
    assert logged_in(people.editor).get(reverse(LIST)).status_code == 302
