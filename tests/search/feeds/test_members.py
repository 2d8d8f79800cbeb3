"""Who is in a feed, who left it, why, and at which position."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from wagtail.models import Page

from lessons.models import LessonPage, Phase
from lessons.withdrawing import reinstate, withdraw
from search import service
from search.feeds import members
from search.models import Feed, FeedMember, SynonymGroup
from tests.factories import make_lesson, make_term
from tests.planting import fresh, rolled_back

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Planted:
    """A feed of the phase borging; one of the two lessons that there are belongs in it."""

    feed: Feed


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Make the feed and the lessons; there is no index yet."""
    with rolled_back(django_db_blocker):
        make_lesson(title="Erin", phases=[make_term(Phase, "borging")])
        make_lesson(title="Erbuiten")
        yield Planted(
            Feed.objects.create(
                title="Borging", slug="borging", description="Over borging.", query="phase=borging"
            )
        )


@pytest.fixture
def feed(planted, db):
    """Return the feed, kept up to date by an index."""
    service.rebuild()
    return fresh(planted).feed


def lesson(title):
    return LessonPage.objects.get(title=title)


def kept(feed):
    """Return title → reason, in the order of the feed."""
    service.drain()
    titles = {page.uuid: page.title for page in LessonPage.objects.all()}
    rows = FeedMember.objects.filter(feed=feed)
    return {titles.get(row.uuid, "weg"): row.reason for row in rows}


def position(feed):
    service.drain()
    return Feed.objects.get(pk=feed.pk).position


def test_a_new_feed_holds_the_lessons_that_match(feed):
    assert kept(feed) == {"Erin": ""}


def test_a_lesson_that_is_tagged_joins_and_leaves(feed):
    page = lesson("Erbuiten")
    page.phases.set([make_term(Phase, "borging")])
    page.save_revision().publish()
    joined = kept(feed)
    page.phases.set([make_term(Phase, "uitvoering")])
    page.save_revision().publish()

    assert joined == {"Erin": "", "Erbuiten": ""}
    assert kept(feed) == {"Erin": "", "Erbuiten": "left"}


def test_each_way_of_leaving_has_its_reason(feed):
    page = lesson("Erin")
    withdraw(page, reason="replaced", replacement=lesson("Erbuiten"))
    replaced = kept(feed)
    reinstate(lesson("Erin"))
    back = kept(feed)
    Page.objects.get(pk=page.pk).specific.delete()

    assert (replaced, back) == ({"Erin": "replaced"}, {"Erin": ""})
    assert kept(feed) == {"weg": "removed"}


def test_a_change_of_a_member_moves_the_feed_and_one_of_another_does_not(feed):
    first = position(feed)
    page = lesson("Erbuiten")
    page.core = "Een andere kern."
    page.save_revision().publish()
    second = position(feed)
    page = lesson("Erin")
    page.core = "Een andere kern."
    page.save_revision().publish()

    assert first == second < position(feed)


def test_another_question_seeks_the_members_anew(feed):
    before = position(feed)

    feed.query = "phase=uitvoering"
    feed.save()

    assert kept(feed) == {"Erin": "left", "Erbuiten": ""}
    assert position(feed) > before


def test_a_term_merged_into_another_keeps_its_lessons_and_gets_those_of_the_other(feed):
    term = Phase.objects.get(code="borging")
    term.replaced_by = make_term(Phase, "uitvoering")
    term.save()
    together = kept(feed)
    term.replaced_by = None
    term.save()

    assert together == {"Erin": "", "Erbuiten": ""}
    assert kept(feed) == {"Erin": "", "Erbuiten": "left"}


def test_a_question_that_cannot_be_asked_any_more_is_told_and_keeps_the_members(feed):
    Phase.objects.filter(code="borging").update(code="anders")
    SynonymGroup.objects.create(preferred="iets", synonyms="anders")
    page = lesson("Erin")
    page.core = "Een andere kern."
    page.save_revision().publish()

    assert kept(feed) == {"Erin": ""}
    assert "borging" in Feed.objects.get(pk=feed.pk).fault


def test_a_fault_that_is_mended_seeks_the_members_anew(feed):
    Feed.objects.filter(pk=feed.pk).update(fault="Er was iets.")
    FeedMember.objects.all().delete()

    page = lesson("Erbuiten")
    page.core = "Een andere kern."
    page.save_revision().publish()

    assert kept(feed) == {"Erin": ""}
    assert Feed.objects.get(pk=feed.pk).fault == ""


def test_words_that_mean_something_else_now_seek_anew(feed):
    make_lesson(title="Samen in de kolenwijk")
    feed = Feed.objects.create(title="Fabriek", slug="fabriek", description="-", query="q=fabriek")
    before = kept(feed)

    SynonymGroup.objects.create(preferred="fabriek", synonyms="kolenwijk")

    assert (before, kept(feed)) == ({}, {"Samen in de kolenwijk": ""})


def test_a_feed_that_ended_is_not_kept(feed):
    feed.is_active = False
    feed.save()
    withdraw(lesson("Erin"), reason="outdated")

    assert kept(feed) == {"Erin": ""}


def test_the_slug_never_changes_and_saving_leaves_what_the_drain_keeps(feed):
    stale = Feed.objects.get(pk=feed.pk)
    Feed.objects.filter(pk=feed.pk).update(position=99)

    stale.slug = "anders"
    stale.title = "Nieuw"
    stale.save()

    saved = Feed.objects.get(pk=feed.pk)
    assert (saved.slug, saved.title, saved.position) == ("borging", "Nieuw", 99)


def test_seeking_again_changes_nothing(feed):
    kept(feed)
    before = list(FeedMember.objects.values_list("uuid", "position"))

    members.seek_all_anew()

    assert kept(feed) == {"Erin": ""}
    assert list(FeedMember.objects.values_list("uuid", "position")) == before
