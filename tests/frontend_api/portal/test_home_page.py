"""The home page: what is applied, where pilots are, and lessons for one's own gemeente."""

import datetime
import re

import pytest

from lessons.models import Adoption
from tests.factories import (
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
)

pytestmark = pytest.mark.django_db


def adopt(lesson, code, decision="applied", **fields):
    Adoption.objects.create(
        lesson=lesson,
        jeugdregio=make_jeugdregio(code, code),
        decision=decision,
        reason="Het past.",
        decided_on=datetime.date(2026, 2, 1),
        **fields,
    )


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_lessons_that_others_apply_stand_with_how_many(client):
    twice, refused = make_lesson(title="Twee keer"), make_lesson(title="Afgewezen")
    adopt(twice, "JZ01")
    adopt(twice, "JZ04", "adapted", is_generated=True)
    adopt(refused, "JZ01", "rejected")

    page = words(client.get("/"))
    applied = page[page.index("Het meest toegepast") : page.index('id="verder"')]

    assert "Toegepast door 2 jeugdregio’s" in applied
    assert "voorbeeldgegevens" in applied
    assert "Twee keer" in applied
    assert "Afgewezen" not in applied


def test_without_applied_lessons_or_pilots_nothing_is_said_of_them(client):
    make_lesson()

    page = words(client.get("/"))

    assert "Het meest toegepast" not in page
    assert "De pilots op de kaart" not in page


def test_a_pilot_stands_on_the_map_and_in_a_list(client):
    pilot = make_pilot(title="Pilot Groningen")
    make_pilot("geheim", title="Geheime pilot", published=False)

    page = words(client.get("/"))

    assert page.count(f'{pilot.url}"') == 2
    assert 'aria-label="Groningen: Pilot Groningen"' in page
    assert "Geheime pilot" not in page


def test_a_gemeente_leads_to_lessons_from_places_like_it(client):
    make_lesson(gemeenten=[make_gemeente("GM0014", "Groningen")])

    page = words(client.get("/"))

    form = page[page.index('id="mijn-gemeente"') :]
    assert '<option value="GM0014" >Groningen</option>' in form
    (order,) = re.findall(r'<input type="hidden" name="sorteer" value="([^"]+)">', form)
    answer = client.get("/zoeken/", {"vanuit": "GM0014", "sorteer": order})
    assert answer.status_code == 200
    assert "Meest vergelijkbare plaats" in words(answer)


def test_the_home_page_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    make_pilot()
    adopt(make_lesson(), "JZ01")
    client.get("/")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(26) as asked:
            client.get("/")
        counts.append(len(asked))
        adopt(make_lesson(), "JZ04")
        client.get("/")

    assert counts[0] == counts[1]
