"""Sharing a draft by a signed link: who may, what it opens, and when it ends."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from lessons.draft_links import LIFETIME, make_link, token_of
from lessons.models import DraftLink, LessonPage
from lessons.withdrawing import withdraw
from tests.factories import make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db


def share_url(lesson: LessonPage) -> str:
    return reverse("share_draft", args=[lesson.pk])


def draft_of(people: People, title: str = "Nog niet klaar") -> LessonPage:
    return make_lesson(people.groningen, published=False, title=title)


def address_of(link: DraftLink) -> str:
    return f"/concept/{token_of(link)}/"


def opened(address: str) -> tuple[int, str]:
    """Return what somebody without an account sees."""
    response = Client().get(address)
    return response.status_code, response.content.decode()


def test_an_editor_makes_a_link_that_opens_the_draft_without_an_account(people: People) -> None:
    lesson = draft_of(people)
    client = logged_in(people.editor)

    client.post(share_url(lesson))

    page = client.get(share_url(lesson)).content.decode()
    (address,) = re.findall(r"(/concept/[^<]+)</textarea>", page)
    response = Client().get(address)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Concept, niet openbaar" in shown
    assert "Nog niet klaar" in shown
    assert (response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"]) == (
        "private, no-store",
        "no-referrer",
        "noindex, nofollow",
    )
    for offered in ("data-keep", ".pdf", "Op uw eigen website", 'rel="canonical"', "ld+json"):
        assert offered not in shown, offered
    assert PageLogEntry.objects.filter(page=lesson.pk, action="lessons.share_draft").count() == 1


def test_the_newest_version_is_shown_also_of_a_lesson_that_is_online(people: People) -> None:
    lesson = make_lesson(people.groningen, title="Zoals het was")
    lesson.title = "Zoals het wordt"
    lesson.save_revision()
    lesson.refresh_from_db()
    address = address_of(make_link(lesson, people.editor))

    assert "Zoals het wordt" in opened(address)[1]
    assert "Zoals het wordt" not in opened(lesson.url)[1]

    lesson.get_latest_revision().publish()
    response = Client().get(address)
    assert response.status_code == 302
    assert response.url.endswith(lesson.url)


def test_only_who_may_edit_the_lesson_sees_or_makes_links(people: People) -> None:
    lesson = draft_of(people)
    make_link(lesson, people.editor)

    for client in (logged_in(people.stranger), Client()):
        for answer in (client.get(share_url(lesson)), client.post(share_url(lesson))):
            assert answer.status_code == 302
            assert "/concept/" not in answer.content.decode()
    assert DraftLink.objects.count() == 1
    assert logged_in(people.reviewer).get(share_url(lesson)).status_code == 200


def test_a_lesson_without_a_draft_has_nothing_to_share(people: People) -> None:
    public, gone = make_lesson(people.groningen), make_lesson(people.groningen)
    withdraw(gone, reason="privacy", user=people.reviewer)

    for lesson in (public, gone):
        response = logged_in(people.reviewer).post(share_url(lesson))
        assert response.url == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert not DraftLink.objects.exists()


def test_all_links_are_revoked_at_once_and_those_of_other_lessons_stay(people: People) -> None:
    lesson, other = draft_of(people), draft_of(people, "Een ander concept")
    ended = [address_of(make_link(lesson, people.editor)) for _ in range(2)]
    kept = address_of(make_link(other, people.editor))

    logged_in(people.reviewer).post(share_url(lesson), {"revoke": "yes"})

    for address in ended:
        status, page = opened(address)
        assert status == 410
        assert "Deze link werkt niet meer" in page
        assert "Nog niet klaar" not in page
    assert opened(kept)[0] == 200
    log = PageLogEntry.objects.filter(page=lesson.pk, action="lessons.revoke_draft_links")
    assert log.get().user == people.reviewer


def test_a_link_ends_after_seven_days_and_with_the_next_one_its_row_goes(people: People) -> None:
    lesson = draft_of(people)
    link = make_link(lesson, people.editor)
    assert datetime.timedelta(days=7) == LIFETIME
    assert abs(link.expires_at - timezone.now() - LIFETIME) < datetime.timedelta(minutes=1)
    DraftLink.objects.update(expires_at=timezone.now())

    status, page = opened(address_of(link))

    assert (status, "Nog niet klaar" in page) == (410, False)
    make_link(lesson, people.editor)
    assert DraftLink.objects.count() == 1


def test_a_link_ends_with_its_lesson_its_maker_and_a_withdrawal(people: People) -> None:
    deleted, withdrawn, moved = (draft_of(people, f"Geheim {name}") for name in "abc")
    withdrawn.get_latest_revision().publish()
    withdrawn.refresh_from_db()
    addresses = [
        address_of(make_link(lesson, people.editor)) for lesson in (deleted, withdrawn, moved)
    ]
    Page.objects.get(pk=deleted.pk).specific.delete()
    withdraw(withdrawn, reason="privacy", user=people.reviewer)
    people.editor.groups.clear()

    for address in addresses:
        status, page = opened(address)
        assert (status, "Geheim" in page) == (410, False)


def test_a_link_of_somebody_who_may_no_longer_log_in_is_over(people: People) -> None:
    address = address_of(make_link(draft_of(people), people.editor))
    assert opened(address)[0] == 200
    people.editor.is_active = False
    people.editor.save()

    assert opened(address)[0] == 410


@pytest.mark.parametrize(
    "tamper",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "x" + token,
        lambda token: token.partition(".")[0],
        lambda _token: "WzEsMV0.1abcde.c2lnbmF0dXJl",
        lambda _token: "onzin",
    ],
)
def test_a_link_that_was_tampered_with_opens_nothing(people: People, tamper) -> None:
    link = make_link(draft_of(people), people.editor)

    status, page = opened(f"/concept/{tamper(token_of(link))}/")

    assert (status, "Nog niet klaar" in page) == (404, False)


def test_the_header_of_a_draft_leads_to_sharing_it(people: People) -> None:
    draft, public = draft_of(people), make_lesson(people.groningen)
    client = logged_in(people.editor)

    edited = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    other = client.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()

    assert share_url(draft) in edited
    assert share_url(public) not in other
