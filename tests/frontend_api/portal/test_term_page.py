"""The pages of ontwikkelpunten and partners."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import LessonPartner, Ontwikkelpunt, Partner
from tests.factories import make_lesson, make_pilot, make_term

pytestmark = pytest.mark.django_db

POINT = "/ontwikkelpunten/informele-steun/"


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_ontwikkelpunt_shows_what_it_is_its_lessons_and_its_pilots(client):
    make_term(Ontwikkelpunt, "informele-steun", definition="Hulp uit de eigen kring.")
    make_lesson(title="Vraag het gezin")
    make_lesson(
        title="Over iets anders", ontwikkelpunt=make_term(Ontwikkelpunt, "werving", "Werving")
    )
    pilot = make_pilot(title="Pilot met steun")
    pilot.ontwikkelpunten.set([make_term(Ontwikkelpunt, "informele-steun")])
    pilot.save()
    make_pilot("zonder", title="Pilot zonder")

    page = words(client.get(POINT))

    assert "Hulp uit de eigen kring." in page
    assert "Vraag het gezin" in page
    assert "Over iets anders" not in page
    assert "Uitvoering</a>: 1 les" in page
    assert "Pilot met steun" in page
    assert "Pilot zonder" not in page
    assert "/zoeken.atom?ontwikkelpunt=informele-steun" in page


def test_a_partner_shows_its_lessons_whatever_its_role(client):
    vng = make_term(Partner, "vng", "VNG", website="https://vng.nl/")
    make_lesson(title="Met de VNG", partner_roles=[LessonPartner(partner=vng, role="funder")])
    make_lesson(title="Zonder de VNG")

    page = words(client.get("/partners/vng/"))

    assert "Met de VNG" in page
    assert "Zonder de VNG" not in page
    assert 'href="https://vng.nl/"' in page


def test_a_term_without_public_lessons_says_so(client):
    make_lesson(title="Nog niet openbaar", published=False)

    page = words(client.get(POINT))

    assert "Hierover is nog geen les gepubliceerd." in page
    assert "Nog niet openbaar" not in page


def test_a_merged_term_leads_on_and_an_unknown_one_does_not_exist(client):
    heir = make_term(Ontwikkelpunt, "werving", "Werving")
    make_term(Ontwikkelpunt, "oud", "Oud", replaced_by=heir)

    led = client.get("/ontwikkelpunten/oud/")

    assert (led.status_code, led["Location"]) == (301, "/ontwikkelpunten/werving/")
    assert client.get("/ontwikkelpunten/onbekend/").status_code == 404


def test_the_uri_of_a_term_leads_to_its_page(client):
    led = client.get("/id/ontwikkelpunt/informele-steun", headers={"accept": "text/html"})

    assert (led.status_code, led["Location"]) == (303, POINT)


def test_the_number_of_queries_does_not_grow_with_the_lessons(client):
    numbers = []
    for _round in range(2):
        for _number in range(3):
            make_lesson()
        client.get(POINT)
        with CaptureQueriesContext(connection) as captured:
            client.get(POINT)
        numbers.append(len(captured))

    assert numbers[0] == numbers[1] <= 20
