"""How embeds answer: to any website, without a cookie, conditionally, and never with a fault."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontend_api import kept_answers
from frontend_api.embeds import released
from frontend_api.embeds.views import SECONDS_BEHIND
from search.models import Feed

pytestmark = pytest.mark.django_db

KINDS = ["lijst", "lijst?feed=borging", "les", "zoeken", "zoeken?q=buren", "gemeente/GM0014"]
every_kind = pytest.mark.parametrize("kind", KINDS)


def address_of(planted, kind, **more):
    path = f"les/{planted.lesson.uuid}" if kind == "les" else kind
    asked = "&".join(f"{name}={value}" for name, value in more.items())
    joint = "&" if "?" in path else "?"
    return f"/embed/v1/{path}{joint}{asked}" if asked else f"/embed/v1/{path}"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@every_kind
@pytest.mark.parametrize("form", [{}, {"vorm": "fragment"}])
def test_every_form_may_be_framed_read_and_kept_by_anybody(planted, client, kind, form):
    response = client.get(address_of(planted, kind, **form))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "public, max-age=30, stale-while-revalidate=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["X-Robots-Tag"] == "noindex"


def test_only_embeds_may_be_framed_by_others(planted, client):
    response = client.get("/insluiten/")

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@every_kind
def test_who_has_the_newest_version_is_told_so_without_a_query(
    planted, client, kind, django_assert_num_queries
):
    address = address_of(planted, kind, vorm="fragment")
    first = client.get(address)

    with django_assert_num_queries(0):
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        kept = client.get(address)

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert kept.content == first.content


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("lijst", 6),
        ("lijst?phase=borging&phase=uitvoering", 12),
        ("lijst?feed=borging", 14),
        ("les", 8),
        ("zoeken?q=lijst", 6),
        ("gemeente/GM0014", 16),
    ],
)
def test_an_answer_takes_a_fixed_number_of_queries(planted, client, kind, most):
    client.get(address_of(planted, kind))
    counts = []
    for number in (1, 2):
        kept_answers.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of(planted, kind, aantal=number))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= most


@every_kind
def test_a_fragment_is_one_element_that_needs_nothing_beside_it(planted, client, kind):
    text = client.get(address_of(planted, kind, vorm="fragment")).content.decode()

    assert text.strip().startswith("<section")
    assert text.strip().endswith("</section>")
    assert re.findall(r"<(script|style|link|img|iframe)\b", text) == []
    assert re.findall(r'\s(id|style|on\w+)="', text) == []
    assert re.findall(r'(?:href|action)="(?!http)', text) == []


@every_kind
def test_a_page_loads_its_style_and_script_from_here_only(planted, client, kind):
    text = client.get(address_of(planted, kind)).content.decode()

    assert re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]*)"', text) == [
        "/embed/v1/lessenbank-1.0.0.css",
        "/static/frontend_api/embeds/pagina.js",
    ]
    assert '<base target="_top">' in text


@pytest.mark.parametrize(
    "kind", ["lijst", "lijst?feed=borging", "zoeken?q=vind", "gemeente/GM0014"]
)
def test_every_lesson_names_its_source_and_licence(planted, client, kind):
    text = text_of(client.get(address_of(planted, kind, vorm="fragment")))

    assert "Naamsvermelding: Regio &lt;i&gt;Noord&lt;/i&gt;." in text
    assert 'rel="license">CC BY 4.0</a>' in text
    assert 'Bron: <a href="http://testserver/">Lessenbank</a>' in text
    assert "<script" not in text
    assert "<b>" not in text


def test_a_list_follows_its_feed_or_its_question(planted, client):
    feed = text_of(client.get("/embed/v1/lijst?feed=borging&vorm=fragment"))
    asked = text_of(client.get("/embed/v1/lijst?phase=borging&van=2020&vorm=fragment"))

    assert "Borging &amp; zo" in feed
    assert "Wat &lt;blijft&gt;." in feed
    assert "Fase Borging; vanaf 2020" in asked
    assert 'href="http://testserver/zoeken/?phase=borging&amp;van=2020"' in asked
    for text in (feed, asked):
        assert "Zoek &amp; &lt;b&gt;" in text
        assert "buren" not in text
        assert "Straks ingetrokken" not in text


def test_a_list_has_as_many_lessons_as_asked(planted, client):
    one = text_of(client.get("/embed/v1/lijst?aantal=1&vorm=fragment"))

    assert one.count("<article") == 1
    assert "Bekijk 2 lessen in de Lessenbank" in one


def test_a_feed_passes_over_what_left_it(planted, client, monkeypatch):
    monkeypatch.setattr("frontend_api.embeds.contents._FEED_PAGE", 1)

    text = text_of(client.get("/embed/v1/lijst?feed=borging&vorm=fragment"))

    assert text.count("<article") == 1


@pytest.mark.parametrize("level", [2, 3, 4])
@every_kind
def test_headings_begin_at_the_level_that_is_asked(planted, client, kind, level):
    text = client.get(address_of(planted, kind, koppen=level, vorm="fragment")).content.decode()

    levels = [int(found) for found in re.findall(r"<h([1-6])\b", text)]
    assert levels[0] == level == min(levels)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_looks_and_colors_are_marked(planted, client):
    text = client.get("/embed/v1/lijst?uiterlijk=denhaag&kleuren=donker").content.decode()

    assert "lessenbank-pagina--denhaag" in text
    assert "lessenbank--denhaag" in text
    assert text.count('data-kleuren="donker"') == 2


def test_a_withdrawn_lesson_leaves_why_and_what_instead(planted, client):
    for form, asked in (("page", ""), ("fragment", "?vorm=fragment")):
        response = client.get(f"/embed/v1/les/{planted.withdrawn.uuid}{asked}")
        text = text_of(response)

        assert response.status_code == 410, form
        assert response["Cache-Control"] == "no-store"
        assert "Deze les is ingetrokken." in text
        assert "Zie &lt;daar&gt;." in text
        assert "Praat met de buren" in text
        assert "Straks ingetrokken" not in text


def test_the_script_asks_again_within_the_declared_time(planted):
    stated = dict(re.findall(r"const (\w+) = (\d+) \* SECOND", released.composed_script()))

    kept_on_the_way = kept_answers.MAX_AGE + kept_answers.STALE_WHILE_REVALIDATE
    until_asked = int(stated["CURRENT"]) + int(stated["RETRY"])
    assert kept_on_the_way + until_asked <= SECONDS_BEHIND == 300


def test_the_search_form_sends_its_filters_and_looks_along(planted, client):
    text = text_of(client.get("/embed/v1/zoeken?phase=borging&aantal=3&koppen=2&vorm=fragment"))

    # A server may have put the form into a page of its own; the script asks the other address.
    assert 'action="http://testserver/zoeken/"' in text
    assert 'data-adres="http://testserver/embed/v1/zoeken"' in text
    page = text_of(client.get("/embed/v1/zoeken"))
    assert 'action="http://testserver/embed/v1/zoeken" target="_self"' in page
    for name, value in (("phase", "borging"), ("aantal", "3"), ("koppen", "2")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in text
    assert "Zoek in 1 les." in text


def test_a_search_tells_its_count_also_when_there_is_nothing(planted, client):
    found = text_of(client.get("/embed/v1/zoeken?q=buren&vorm=fragment"))
    nothing = text_of(client.get("/embed/v1/zoeken?q=xyzzy&phase=borging&vorm=fragment"))

    assert 'data-melding="1 les gevonden voor ‘buren’"' in found
    assert "<mark>buren</mark>" in found
    assert 'data-melding="Geen lessen gevonden voor ‘xyzzy’"' in nothing


def test_a_gemeente_shows_figures_with_sources_what_is_like_it_and_lessons(planted, client):
    text = text_of(client.get("/embed/v1/gemeente/GM0014?vorm=fragment"))

    assert "Provincie Groningen, jeugdregio Groningen." in text
    assert re.search(r"Inwoners <span class=\"lb-reden\">[^<]+2025</span>", text)
    assert '<td role="cell">24.000' in text
    assert 'href="http://testserver/gemeenten/GM0106/">Assen</a>, overeenkomst' in text
    assert "Uit deze gemeente" in text


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("lijst?aantal=0", 400, "Schrijf bij ‘aantal’ een getal van 1 tot en met 20."),
        ("lijst?aantal=%00", 400, "Schrijf bij ‘aantal’"),
        ("lijst?aantal=٣", 400, "Schrijf bij ‘aantal’"),
        ("lijst?koppen=6", 400, "Schrijf bij ‘koppen’ een getal van 2 tot en met 4."),
        ("lijst?uiterlijk=x", 400, "Bij ‘uiterlijk’ kan staan: denhaag, voorbeeld."),
        ("lijst?kleuren=roze", 400, "Bij ‘kleuren’ kan staan: licht, donker, auto."),
        ("lijst?vorm=pdf", 400, "Bij ‘vorm’ kan staan: fragment."),
        ("lijst?phase=x", 400, "Een van de filters op fase bestaat niet."),
        ("lijst?phase=%00", 400, "Een van de filters op fase bestaat niet."),
        ("lijst?van=x", 400, "Schrijf een jaar met vier cijfers"),
        ("lijst?sorteer=x", 400, "Sorteren kan op"),
        ("lijst?vanuit=x", 400, "om mee te vergelijken bestaat niet"),
        ("lijst?comparability=very", 400, ""),
        ("lijst?feed=bestaat-niet", 404, "Er is geen feed met deze naam."),
        ("lijst?feed=%00", 404, "Er is geen feed met deze naam."),
        ("zoeken?q=" + "x" * 401, 400, ""),
        ("gemeente/GM9999", 404, "Deze gemeente is er niet."),
        ("gemeente/%00", 404, "Deze gemeente is er niet."),
        ("les/00000000-0000-4000-8000-000000000000", 404, "Deze les is er niet (meer)."),
        ("les/x", 404, "Deze embed is er niet."),
        ("bestaat-niet", 404, "Deze embed is er niet."),
    ],
)
@pytest.mark.parametrize("form", ["", "vorm=fragment"])
def test_what_cannot_be_shown_is_said_in_words(planted, client, asked, status, sentence, form):
    if form and "vorm=" not in asked:
        asked = f"{asked}{'&' if '?' in asked else '?'}{form}"

    response = client.get(f"/embed/v1/{asked}")
    text = text_of(response)

    assert response.status_code == status
    assert sentence in text
    assert 'class="lb-melding"' in text
    assert "data-lessenbank" in text
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert ("<html" in text) is not ("vorm=fragment" in asked)


def test_an_ended_feed_says_so(planted, client):
    Feed.objects.update(is_active=False)

    response = client.get("/embed/v1/lijst?feed=borging")

    assert response.status_code == 410
    assert "Deze feed is beëindigd." in response.content.decode()


def test_embeds_are_only_read(planted, client):
    assert client.post("/embed/v1/lijst").status_code == 405
    assert client.head("/embed/v1/lijst").content == b""
