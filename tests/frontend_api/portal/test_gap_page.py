"""The page of gaps: a table and a picture, and a way on from every cell."""

import html
import re

import pytest

from lessons.models import FamilyForm, Ontwikkelpunt, Phase
from search import service
from tests.factories import make_home, make_jeugdregio, make_lesson, make_section, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons():
    """Two lessons in one cell, of which one in Drenthe; a phase and a point without any."""
    make_term(Ontwikkelpunt, "eenvoud", "Eenvoud", order=1)
    make_term(Phase, "borging", "Borging", order=200)
    make_lesson(kind="dead_end")
    make_lesson(make_section(make_jeugdregio("JZ04", "Drenthe")))
    make_lesson(published=False)
    service.rebuild()


def page_of(client, address="/witte-vlekken/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def test_a_cell_leads_to_its_lessons_and_tells_evidence_and_kinds(client, lessons):
    page = page_of(client)
    (link,) = re.findall(r'table__count" href="(/zoeken/[^"]+)">2<', page)

    assert link == "/zoeken/?ontwikkelpunt=informele-steun&phase=uitvoering"
    assert "2 lessen" in page_of(client, link)
    assert "Eén ervaring" in page
    assert "1 les, 1 doodlopende weg" in page


def test_a_cell_without_lessons_leads_to_what_would_fill_it(client, lessons):
    page = page_of(client)

    assert '<a class="table__count" href="#rij-1">0' in page
    lacking = page.partition('<div id="rij-1">')[2].partition("</div>")[0]
    assert "Eenvoud" in lacking
    assert "nog niets over Uitvoering en Borging." in lacking
    rest = page.partition('<div id="rij-2">')[2].partition("</div>")[0]
    assert 'href="/zoeken/?ontwikkelpunt=informele-steun">Bekijk wat er wel is (2 lessen)' in rest
    assert 'href="/cms/"' in page
    assert "2 lessen</strong>, 3 witte vlekken." in page


def test_the_table_and_the_picture_have_the_same_numbers(client, lessons):
    page = page_of(client)

    drawn = re.findall(r'<text class="level__number [^"]*"[^>]*>(\d+)</text>', page)
    written = re.findall(r'table__count"[^>]*>(\d+)', page)
    assert drawn == written == ["0", "0", "2", "0"]
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2


def test_rows_columns_and_filters_are_chosen_by_the_address(client, lessons):
    make_term(FamilyForm, "steungezin", "Steungezin", order=1)
    steun = FamilyForm.objects.get(code="steungezin")
    make_term(FamilyForm, "buurtgezin", "Buurtgezin", order=2, broader=steun)

    page = page_of(
        client, "/witte-vlekken/?rijen=familyForm&kolommen=kind&jeugdregio=JZ04&van=2020"
    )

    assert '<option value="familyForm" selected>' in page
    assert '<option value="JZ04" selected>' in page
    assert '<input type="hidden" name="van" value="2020">' in page
    assert '<th scope="row" class="table__narrower">' in page
    assert 'href="/witte-vlekken/?rijen=familyForm&kolommen=kind&van=2020"' in page
    assert 'href="/witte-vlekken/?rijen=kind&kolommen=familyForm&jeugdregio=JZ04&van=2020"' in page
    assert "1 les</strong>" in page
    assert "1 les past in geen vak" in page


def test_the_source_of_size_classes_is_named(client, lessons):
    assert "Grootteklassen van CBS" in page_of(
        client, "/witte-vlekken/?rijen=sizeClass&kolommen=phase"
    )


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ("rijen=prijs", "Rijen en kolommen kunnen zijn: Ontwikkelpunt, Fase, Partner"),
        ("rijen=phase&kolommen=phase", "Kies voor de kolommen iets anders dan voor de rijen."),
        ("phase=borging", "Filteren op fase kan niet als fase al in de rijen of kolommen staat."),
        ("audience=<b>x", "Een van de filters op doelgroep bestaat niet."),
        ("van=vroeger", "Schrijf een jaar met vier cijfers"),
    ],
)
def test_a_question_with_a_fault_gets_400_and_what_to_do(client, lessons, parameters, message):
    page = page_of(client, f"/witte-vlekken/?{parameters}", status=400)

    assert message in page
    assert "<b>x" not in page


def test_the_page_works_before_there_is_anything(client, nothing_made):
    make_home()

    assert "Er zijn nog geen begrippen" in page_of(client)


def test_the_number_of_queries_does_not_grow(client, lessons, django_assert_max_num_queries):
    page_of(client)
    for number in range(6):
        make_term(Ontwikkelpunt, f"punt-{number}")
        make_term(Phase, f"fase-{number}")

    with django_assert_max_num_queries(9):
        page_of(client)
