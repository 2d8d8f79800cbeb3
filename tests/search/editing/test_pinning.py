"""Pinned lessons in the CMS."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.withdrawing import withdraw
from search.editing.pinning import pinning_url
from search.models import Pin, PinnedQuery
from tests.factories import make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_search_pinnedquery:list"
ADD = "wagtailsnippets_search_pinnedquery:add"
EDIT = "wagtailsnippets_search_pinnedquery:edit"


def posted(*lessons, wordings="xylofoon", known=(), **fields):
    """Return what the form posts with these lessons as rows, ``known`` ones first."""
    data = {
        "wordings": wordings,
        "pins-TOTAL_FORMS": str(len(lessons)),
        "pins-INITIAL_FORMS": str(len(known)),
        "pins-MIN_NUM_FORMS": "0",
        "pins-MAX_NUM_FORMS": "5",
    }
    for number, lesson in enumerate(lessons):
        row = {"lesson": lesson.pk, "reason": "Kernles", "ORDER": number + 1, **fields}
        row["id"] = known[number].pk if number < len(known) else ""
        data |= {f"pins-{number}-{name}": value for name, value in row.items()}
    return data


def row_errors(response):
    return [dict(form.errors) for form in response.context["form"].formsets["pins"].forms]


def test_a_reviewer_pins_lessons_in_an_order(reviewer):
    first, second = make_lesson(), make_lesson()

    reviewer.post(reverse(ADD), posted(second, first, wordings="Xylofoon\nxylofoons"))

    question = PinnedQuery.objects.get()
    assert question.typed == ("Xylofoon", "xylofoons")
    assert [pin.lesson.pk for pin in question.pins.all()] == [second.pk, first.pk]


def test_a_lesson_that_is_not_public_cannot_be_chosen(reviewer):
    response = reviewer.post(reverse(ADD), posted(make_lesson(published=False)))

    assert row_errors(response) == [{"lesson": ["Kies een les die openbaar is."]}]
    assert not PinnedQuery.objects.exists()


def test_a_lesson_that_was_withdrawn_later_stands_in_nobodys_way(reviewer):
    lesson = make_lesson()
    question = PinnedQuery.objects.create(wordings="xylofoon")
    pin = Pin.objects.create(question=question, lesson=lesson, reason="Kernles")
    withdraw(lesson, reason="outdated")

    page = reviewer.get(reverse(LIST)).content.decode()
    data = posted(lesson, wordings="trompet", known=[pin])
    reviewer.post(reverse(EDIT, args=[question.pk]), data)

    assert "niets bovenaan: verlopen of niet meer openbaar" in page
    assert PinnedQuery.objects.get().wordings == "trompet"


def test_a_last_day_that_is_over_is_refused(reviewer):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)

    response = reviewer.post(reverse(ADD), posted(make_lesson(), until=yesterday.isoformat()))

    assert row_errors(response) == [{"until": ["Deze dag is voorbij; kies vandaag of later."]}]


@pytest.mark.parametrize(
    ("wordings", "message"),
    [
        ("?!", "‘?!’ heeft geen woorden om op te zoeken."),
        ("xylofoon\nXylofóon", "‘Xylofóon’ en ‘xylofoon’ zijn voor de zoekfunctie hetzelfde."),
        ("Trompet!", "‘Trompet!’ hoort al bij een andere vraag met vastgezette lessen: ‘trompet’."),
        ("\n".join(f"w{number}" for number in range(31)), "Geef hoogstens 30 formuleringen."),
    ],
)
def test_wordings_are_words_of_one_question(reviewer, wordings, message):
    PinnedQuery.objects.create(wordings="trompet")

    response = reviewer.post(reverse(ADD), posted(make_lesson(), wordings=wordings))

    assert response.context["form"].errors["wordings"] == [message]


def test_a_question_without_lessons_is_refused(reviewer):
    response = reviewer.post(reverse(ADD), posted())

    assert response.status_code == 200
    assert not PinnedQuery.objects.exists()


def test_the_form_is_filled_in_with_public_lessons_of_the_address(reviewer):
    lesson, draft = make_lesson(), make_lesson(published=False)

    response = reviewer.get(pinning_url("xylofoon", (draft.pk, lesson.pk)))

    form = response.context["form"]
    assert form["wordings"].value() == "xylofoon"
    assert [row["lesson"].value() for row in form.formsets["pins"].forms] == [lesson.pk]


def test_a_wording_that_has_pins_leads_to_those():
    question = PinnedQuery.objects.create(wordings="iets anders\nXylofoon")

    assert pinning_url("xylofoon!", (1,)) == reverse(EDIT, args=[question.pk])


def test_region_editors_pin_nothing(people: People):
    client = logged_in(people.editor)

    assert client.get(reverse(LIST)).status_code == 302
    client.post(reverse(ADD), posted(make_lesson()))

    assert not PinnedQuery.objects.exists()
