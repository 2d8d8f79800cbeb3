"""The pages around lessons: home, lists, editorial pages and faults."""

import re

import pytest
from django.template import loader

from cms.models import HomePage
from lessons.models import Ontwikkelpunt
from tests.factories import (
    make_content_page,
    make_home,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
)

pytestmark = pytest.mark.django_db


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_home_page_leads_to_search_ontwikkelpunten_and_newest_lessons(client):
    make_term(Ontwikkelpunt, "eenvoud", "Zorg voor eenvoud", order=5)
    make_lesson(title="Vraag het gezin")

    page = words(client.get("/"))

    assert 'action="/zoeken/"' in page
    assert '<a href="/ontwikkelpunten/eenvoud/">Zorg voor eenvoud</a>' in page
    assert "0 lessen" in page
    assert '<a href="/ontwikkelpunten/informele-steun/">Informele steun</a>' in page
    assert "1 les" in page
    assert ">Vraag het gezin</a>" in page
    assert '<a href="/graphiql/">API</a>' in page


def test_retired_and_merged_ontwikkelpunten_are_no_entrance(client):
    current = make_term(Ontwikkelpunt, "eenvoud", "Eenvoud")
    make_term(Ontwikkelpunt, "oud", "Oud punt", is_retired=True)
    make_term(Ontwikkelpunt, "simpel", "Simpel", is_retired=True, replaced_by=current)
    make_home()

    page = words(client.get("/"))

    assert ">Eenvoud</a>" in page
    assert "Oud punt" not in page
    assert "Simpel" not in page


def test_every_page_links_to_lists_above_and_editorial_pages_below(client):
    make_lesson()
    make_pilot()
    make_content_page("Toegankelijkheid")
    make_content_page("Nog niet af", live=False)

    header, _, footer = words(client.get("/")).partition("<main")

    assert re.findall(r'<a href="(/[a-z]+/)"', header) == ["/zoeken/", "/lessen/", "/pilots/"]
    assert ">Toegankelijkheid</a>" in footer
    assert "Nog niet af" not in footer


def test_the_list_of_lessons_leads_to_the_lessons_of_a_region(client):
    make_lesson(make_section(make_jeugdregio("JZ04", "Drenthe")))
    make_lesson(make_section(None))

    page = words(client.get("/lessen/"))

    assert '<a href="/zoeken/?jeugdregio=JZ04">Drenthe</a>' in page
    assert 'href="/zoeken/?scope=national&amp;scope=supraregional"' in page


def test_a_section_shows_its_own_lessons(client):
    drenthe = make_section(make_jeugdregio("JZ04", "Drenthe"))
    make_lesson(drenthe, title="Uit Drenthe")
    make_lesson(make_section(None), title="Voor het hele land")

    own = words(client.get(drenthe.url))
    national = words(client.get(make_section(None).url))

    assert "Uit Drenthe" in own
    assert "Voor het hele land" not in own
    assert 'href="/zoeken/?jeugdregio=JZ04"' in own
    assert "Voor het hele land" in national
    assert "Uit Drenthe" not in national


def test_the_list_of_pilots_shows_public_pilots_only(client):
    make_pilot(title="Pilot Groningen")
    make_pilot("pilot-geheim", title="Geheime pilot", published=False)

    page = words(client.get("/pilots/"))

    assert ">Pilot Groningen</a>" in page
    assert "Geheime pilot" not in page


def test_rich_text_of_an_editorial_page_is_cleaned_at_output(client):
    make_content_page(
        slug="over",
        summary="<p>Kort.</p>",
        body='<h2>Kop</h2><p style="color:red" onclick="x()">Tekst</p><script>alert(1)</script>',
    )

    page = client.get("/over/").content.decode()

    assert "<h2>Kop</h2><p>Tekst</p>" in page
    assert "alert(1)" not in page


def test_an_unknown_address_gets_help_in_dutch(client):
    make_home()

    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in words(response)
    assert 'role="search"' in words(response)


def test_the_page_for_our_own_faults_needs_nothing_that_can_fail(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = loader.render_to_string("500.html")

    assert "Er ging iets mis" in page
    assert 'lang="nl"' in page


@pytest.mark.parametrize("path", ["/", "/zoeken/", "/bestaat-niet/"])
def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(client, path):
    make_home()

    response = client.get(path)
    page = response.content.decode()

    assert "unsafe" not in response["Content-Security-Policy"]
    assert "style=" not in page
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert [(attributes.split('"')[1], body) for attributes, body in scripts] == [
        ("/static/frontend_api/portal/suggestions.js", ""),
        ("/static/frontend_api/portal/selection.js", ""),
    ]
    assert not re.search(r'(?:src|<link[^>]*href)="https?://', page)


def test_the_home_page_shows_its_introduction_in_the_preview():
    home: HomePage = make_home()
    home.introduction = "<p>Welkom bij <b>Lessenbank</b>.</p>"

    page = home.make_preview_request().rendered_content

    assert "Welkom bij <b>Lessenbank</b>." in page
    assert "Voorbeeld van een concept" in page
