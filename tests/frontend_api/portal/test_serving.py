"""Lessons and pilots at their own addresses: what the gate lets through, and no more."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from lessons import selectors
from lessons.choices import WithdrawalReason
from lessons.withdrawing import withdraw
from tests.factories import make_lesson, make_pilot

pytestmark = pytest.mark.django_db


def restrict(page, password="zesdekamer"):
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=password
    )


def test_a_lesson_is_shown_with_all_its_parts(client):
    lesson = make_lesson(
        title="Vraag eerst het gezin",
        works_if=[("condition", "Er is tijd voor een gesprek.")],
        own_figures=True,
        money_amount=44000,
        interpretation_note="De aanbeveling is duiding.",
    )

    response = client.get(lesson.url)
    page = response.content.decode()

    assert response.status_code == 200
    assert page.count("<h1") == 1
    for text in (
        "Vraag eerst het gezin",
        "Wie het gezin eerst vraagt",
        "Een wijkteam zocht hulp in de eigen kring.",
        "Er is tijd voor een gesprek.",
        "Begin met een gesprek.",
        "€ 44.000",
        "eigen cijfers",
        "De aanbeveling is duiding.",
        'href="https://example.org/verslag"',
        "Jeugdregio Groningen",
        "Projectleider pleegzorg",
        "15 januari 2027",
        f"/id/les/{lesson.uuid}",
    ):
        assert text in page


def test_a_lesson_page_takes_few_queries(client, django_assert_max_num_queries):
    lesson = make_lesson()
    client.get(lesson.url)

    with django_assert_max_num_queries(22):
        client.get(lesson.url)


def test_a_draft_has_no_address(client):
    lesson = make_lesson(published=False)

    assert client.get(lesson.get_url()).status_code == 404


def test_a_lesson_that_expired_says_so_before_the_scheduler_passes(client):
    lesson = make_lesson(title="Geheime titel")
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    type(lesson).objects.filter(pk=lesson.pk).update(expire_at=yesterday)

    for address in (lesson.url, f"/id/les/{lesson.uuid}"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Deze les is verlopen" in response.content.decode()
        assert "Geheime titel" not in response.content.decode()


def test_a_lesson_that_expired_behind_a_restriction_stays_silent(client):
    lesson = make_lesson()
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    type(lesson).objects.filter(pk=lesson.pk).update(expire_at=yesterday)

    assert client.get(lesson.url).status_code == 302
    assert client.get(f"/id/les/{lesson.uuid}").status_code == 404


@pytest.mark.parametrize("by", ["address", "uri"])
def test_a_withdrawn_lesson_answers_with_its_tombstone_only(client, by):
    replacement = make_lesson(title="De betere les")
    lesson = make_lesson(title="Geheime titel", core="Geheime kern.")
    address = lesson.url if by == "address" else f"/id/les/{lesson.uuid}"
    withdraw(
        lesson,
        reason=WithdrawalReason.REPLACED,
        explanation="Er is nieuw onderzoek.",
        replacement=replacement,
        user=None,
    )

    response = client.get(address)
    page = response.content.decode()

    assert response.status_code == 410
    assert "Er is nieuw onderzoek." in page
    assert f'href="{selectors.lesson(uuid=str(replacement.uuid)).card.url}"' in page
    for secret in ("Geheime titel", "Geheime kern", "wijkteam zocht", lesson.slug):
        assert secret not in page


def test_a_private_lesson_asks_for_its_password_and_is_then_shown(client):
    lesson = make_lesson(title="Besloten les")
    restriction = restrict(lesson)

    closed = client.get(lesson.url)
    assert "Deze pagina is afgeschermd" in closed.content.decode()
    assert "Besloten les" not in closed.content.decode()

    opened = client.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, lesson.pk]),
        {"password": "zesdekamer", "return_url": lesson.url},
        follow=True,
    )
    assert "Besloten les" in opened.content.decode()


def test_a_wrong_password_is_named_at_its_field(client):
    lesson = make_lesson()
    restriction = restrict(lesson)

    response = client.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, lesson.pk]),
        {"password": "anders", "return_url": lesson.url},
    )

    assert 'aria-invalid="true"' in response.content.decode()


def test_the_preview_of_a_draft_shows_the_draft_with_a_banner():
    lesson = make_lesson(published=False, title="Nog niet klaar", ontwikkelpunt=None)

    response = lesson.make_preview_request()
    page = response.rendered_content

    assert "Voorbeeld van een concept" in page
    assert "Nog niet klaar" in page
    assert "nog niet gekozen" in page


def test_a_pilot_is_shown_and_its_draft_is_not(client):
    pilot = make_pilot(summary="Wat helpt een gezin?")
    draft = make_pilot("pilot-geheim", published=False)

    shown = client.get(pilot.url)

    assert shown.status_code == 200
    assert "Wat helpt een gezin?" in shown.content.decode()
    assert "Er zijn nog geen lessen van deze pilot." in shown.content.decode()
    assert client.get(f"{pilot.get_parent().url}{draft.slug}/").status_code == 404


def test_a_pilot_leads_to_its_lessons(client):
    pilot = make_pilot("pilot-een")
    make_lesson(pilot=pilot)

    page = client.get(pilot.url).content.decode()

    assert 'href="/zoeken/?pilot=pilot-een"' in page
    assert "1 les van deze pilot" in page


def test_the_preview_of_a_pilot_shows_the_draft_with_a_banner():
    pilot = make_pilot("pilot-concept", published=False, summary="Nog te bespreken.")

    page = pilot.make_preview_request().rendered_content

    assert "Voorbeeld van een concept" in page
    assert "Nog te bespreken." in page
