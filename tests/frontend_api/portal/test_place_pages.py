"""Gemeenten and jeugdregio's: their own pages, the map, and places beside each other."""

import html
import re

import pytest
from django.db import transaction
from django.test import override_settings

from lessons.models import GemeenteProfile
from search import service
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_home,
    make_jeugdregio,
    make_lesson,
    make_section,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker, tmp_path_factory):
    """Twelve gemeenten of growing size in three regions, made once for all tests here."""
    index = tmp_path_factory.mktemp("places") / "search-index"
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_INDEX_DIR=index),
        transaction.atomic(),
    ):
        make_home()
        regions = [make_jeugdregio(f"JZ0{n}", f"Regio {n}") for n in (1, 2, 3)]
        for n in range(1, 13):
            gemeente = make_gemeente(f"GM{n:04}", f"Plaats {n}", regions[n % 3])
            GemeenteProfile.objects.create(
                gemeente=gemeente,
                edition=2025,
                figures={
                    "inwoners_2025": 10_000 * 2**n,
                    "oad_2024": 100 * n,
                    "grootteklasse_2025": 4,
                },
            )
        make_former_gemeente("GM0999", "Oudstad", make_gemeente("GM0003"))
        make_lesson(
            make_section(regions[0]), title="Les uit drie", gemeenten=[make_gemeente("GM0003")]
        )
        make_lesson(
            make_section(regions[1]), title="Les uit vier", gemeenten=[make_gemeente("GM0004")]
        )
        make_lesson(title="Nog geheim", published=False, gemeenten=[make_gemeente("GM0003")])
        service.rebuild()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def index_folder(places):
    """Let all tests use the index of the places."""


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def test_a_gemeente_shows_its_lessons_its_like_and_their_lessons(client):
    page = page_of(client, "/gemeenten/GM0003/")

    assert "<h1>Gemeente Plaats 3</h1>" in page
    assert ">Les uit drie</a>" in page
    assert "Nog geheim" not in page
    assert re.findall(r'comparable__name"> <a href="([^"]+)"', page)[:2] == [
        "/gemeenten/GM0004/",
        "/gemeenten/GM0002/",
    ]
    assert len(re.findall(r'class="comparable"', page)) == 10
    assert "Iets meer inwoners: 80.000 en 160.000" in page
    assert "Plaats 4: overeenkomst 89 van 100" in page
    assert ">Les uit vier</a>" in page
    assert "/zoeken/?vanuit=GM0003&sorteer=vergelijkbaarheid" in page.replace(
        "sorteer=vergelijkbaarheid&vanuit=GM0003", "vanuit=GM0003&sorteer=vergelijkbaarheid"
    )


def test_every_figure_of_the_profile_has_its_year_and_source(client):
    page = page_of(client, "/gemeenten/GM0003/")
    row = page.partition('<th scope="row">Inwoners</th>')[2].partition("</tr>")[0]

    assert re.findall(r"<td>([^<]+)</td>", row) == [
        "80.000",
        "960.000",
        "2025",
        "CBS StatLine 70072ned (Regionale kerncijfers Nederland)",
    ]
    assert "Hierop is niet vergeleken." in page


def test_the_honest_limits_stand_above_the_list(client):
    page = page_of(client, "/gemeenten/GM0003/")

    assert re.search(r"komen gemiddeld voor <strong>\d+ van 100</strong> overeen", page)
    assert re.search(r"Bij een doorsnee gemeente is dat \d+\.", page)


def test_the_list_narrows_by_conditions_in_the_address(client):
    page = page_of(client, "/gemeenten/GM0003/?buiten_jeugdregio=ja")

    names = re.findall(r'comparable__name"> <a href="/gemeenten/GM00(\d\d)/"', page)
    assert len(names) == 8
    assert not any(int(name) % 3 == 0 for name in names)
    assert re.search(r'name="buiten_jeugdregio" value="ja" checked', page)


def test_the_map_shows_every_gemeente_with_its_similarity(client):
    page = page_of(client, "/gemeenten/GM0003/")

    assert page.count('class="tile"') == 12
    assert 'aria-label="Plaats 3: deze plaats"' in page
    assert 'aria-label="Plaats 4: overeenkomst 89 van 100"' in page
    table = page.partition('id="overeenkomst-bijschrift"')[2].partition("</table>")[0]
    assert table.count('<th scope="row">') == 11
    assert re.search(r"Plaats 4</a> </th> <td>89</td>", table)


def test_a_former_gemeente_leads_to_its_successor_which_says_so(client):
    response = client.get("/gemeenten/GM0999/")

    assert response.status_code == 301
    assert response["Location"] == "/gemeenten/GM0003/?voorheen=GM0999"
    page = page_of(client, response["Location"])
    assert "GM0999 (Oudstad) bestaat niet meer" in page
    assert "Oudstad (tot" in page
    assert "bestaat niet meer" not in page_of(client, "/gemeenten/GM0004/?voorheen=GM0999")


def test_a_gemeente_without_lessons_says_so(client):
    page = page_of(client, "/gemeenten/GM0005/")

    assert "Uit Plaats 5 is nog geen les gepubliceerd." in page
    assert '"/zoeken/?jeugdregio=JZ03"' in page


def test_a_jeugdregio_shows_its_gemeenten_lessons_and_like(client):
    page = page_of(client, "/jeugdregios/JZ01/")

    assert "<h1>Jeugdregio Regio 1</h1>" in page
    assert '4 gemeenten: <a href="/gemeenten/GM0012/">Plaats 12</a>' in page
    assert ">Les uit drie</a>" in page
    assert len(re.findall(r'class="comparable"', page)) == 2
    assert page.count('class="tile"') == 3
    assert "Het inkomen is daardoor een benadering." in page


@pytest.mark.parametrize("address", ["/gemeenten/GM9999/", "/jeugdregios/JZ99/"])
def test_an_unknown_place_is_not_found(client, address):
    page_of(client, address, status=404)


def test_the_map_counts_lessons_per_region_and_gemeente(client):
    page = page_of(client, "/kaart/")

    assert page.count('class="tile"') == 15
    assert 'aria-label="Plaats 3: 1 les"' in page
    assert 'aria-label="Plaats 5: 0 lessen"' in page
    assert "Uit 2 van de 3 jeugdregio’s is een les gepubliceerd." in page
    assert "2 van de 12 gemeenten worden in een les genoemd." in page
    assert 'href="/zoeken/?gemeente=GM0003">1<' in page


def test_gemeenten_stand_beside_each_other_in_a_chart_and_a_table(client):
    page = page_of(client, "/vergelijken/?gemeente=GM0003&gemeente=GM0004")

    assert "Plaats 3 en Plaats 4: overeenkomst <strong>89</strong> van 100." in page
    assert "Plaats 3 80.000; Plaats 4 160.000. De middelste gemeente: 960.000." in page
    row = page.partition('<th scope="row">Inwoners</th>')[2].partition("</tr>")[0]
    assert re.findall(r"<td>([^<]+)</td>", row)[:3] == ["80.000", "160.000", "960.000"]
    assert page.count('role="img"') == 8
    assert "niet bekend" in page


def test_names_lead_to_the_address_with_codes(client):
    response = client.get("/vergelijken/?gemeente=plaats+3&gemeente=&gemeente=GM0004")

    assert response.status_code == 302
    assert response["Location"] == "/vergelijken/?gemeente=GM0003&gemeente=GM0004"


def test_a_former_gemeente_is_compared_as_its_successor_with_a_notice(client):
    page = page_of(client, "/vergelijken/?gemeente=Oudstad&gemeente=GM0004")

    assert "GM0999 (Oudstad) bestaat niet meer" in page
    assert 'value="Plaats 3"' in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["Nergenshuizen"], "Er is geen gemeente met de naam of code ‘Nergenshuizen’."),
        (["GM0001"] * 5, "U koos 5 gemeenten. Vergelijk er twee tot en met 4."),
    ],
)
def test_an_unclear_choice_gets_400_and_what_to_do(client, typed, message):
    address = "/vergelijken/?" + "&".join(f"gemeente={text}" for text in typed)

    page = page_of(client, address, status=400)

    assert message in page
    assert f'value="{typed[0]}"' in page


def test_one_gemeente_asks_for_another(client):
    assert "Kies nog een gemeente om mee te vergelijken" in page_of(
        client, "/vergelijken/?gemeente=GM0003"
    )


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/gemeenten/GM0003/", 18),
        ("/jeugdregios/JZ01/", 18),
        ("/kaart/", 8),
        ("/vergelijken/?gemeente=GM0003&gemeente=GM0004", 6),
    ],
)
def test_the_number_of_queries_is_fixed(client, address, most, django_assert_max_num_queries):
    page_of(client, address)

    with django_assert_max_num_queries(most):
        page_of(client, address)
