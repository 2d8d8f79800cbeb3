"""The search page: its state is the address, and every question gets an answer."""

import html
import re
import shutil

import pytest
from django.test import override_settings

from lessons.models import Ontwikkelpunt, Phase
from search import query_log, service
from search.models import Pin, PinnedQuery
from tests.factories import (
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_section,
    make_term,
)
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant three lessons: two about eenvoud, of which one in Drenthe, and one about support."""
    index = tmp_path_factory.mktemp("planted") / "search-index"
    with override_settings(SEARCH_INDEX_DIR=index), rolled_back(django_db_blocker):
        eenvoud = make_term(Ontwikkelpunt, "eenvoud", "Eenvoud")
        drenthe = make_section(make_jeugdregio("JZ04", "Drenthe"))
        make_lesson(title="Maak regels eenvoudig", ontwikkelpunt=eenvoud)
        make_lesson(
            drenthe, title="Zet kosten naast elkaar", ontwikkelpunt=eenvoud, period_from=2021
        )
        make_lesson(title="Werf steungezinnen", period_from=None, period_is_unknown=True)
        service.rebuild()
        yield index


@pytest.fixture
def lessons(planted, db, index_folder):
    """Have the three lessons, with an index that the test may change."""
    shutil.copytree(planted, index_folder)


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def links(page):
    return {html.unescape(link) for link in re.findall(r'href="(/zoeken/[^"]*)"', page)}


def test_all_lessons_are_listed_with_counts(client, lessons):
    page = page_of(client, "/zoeken/")

    assert "<title>" in page
    assert "3 lessen" in page
    assert page.count("<article") == 3
    assert re.search(r'name="ontwikkelpunt"\s+value="eenvoud"', page)
    assert page.count("<h1") == 1


def test_words_found_are_marked(client, lessons):
    page = page_of(client, "/zoeken/?q=steungezin")

    assert "<mark>steungezinnen</mark>" in page
    assert page.count("<article") == 1


def test_a_chosen_filter_is_checked_and_can_be_taken_away(client, lessons):
    page = page_of(client, "/zoeken/?q=regels&ontwikkelpunt=eenvoud&jeugdregio=JZ01&sorteer=titel")

    assert re.search(r'value="eenvoud"\s+checked', page)
    assert "/zoeken/?q=regels&jeugdregio=JZ01&sorteer=titel" in links(page)
    assert "/zoeken/?q=regels&ontwikkelpunt=eenvoud&sorteer=titel" in links(page)
    assert re.search(r'name="sorteer"\s+form="zoekformulier"\s+value="titel"', page)


def test_a_filter_that_finds_nothing_stays_visible(client, lessons):
    make_term(Phase, "borging", "Borging")

    page = page_of(client, "/zoeken/?phase=borging")

    assert re.search(r'value="borging"\s+checked', page)
    assert "Geen lessen gevonden" in page


def test_a_merged_term_shows_the_term_of_today(client, lessons):
    eenvoud = Ontwikkelpunt.objects.get(code="eenvoud")
    make_term(Ontwikkelpunt, "simpel", "Simpel", replaced_by=eenvoud)

    page = page_of(client, "/zoeken/?ontwikkelpunt=simpel&ontwikkelpunt=eenvoud")

    assert "2 lessen" in page
    assert "Simpel" not in page


def test_nothing_found_says_which_part_to_drop_with_counts(client, lessons):
    page = page_of(client, "/zoeken/?q=steungezinnen&ontwikkelpunt=eenvoud")

    assert "Zonder filter op ontwikkelpunt</a>: 1 les" in re.sub(r"\s+", " ", page)
    assert "Zonder zoekwoorden</a>: 2 lessen" in re.sub(r"\s+", " ", page)
    assert {"/zoeken/?q=steungezinnen", "/zoeken/?ontwikkelpunt=eenvoud"} <= links(page)


def test_nothing_found_at_all_still_says_what_to_do(client, lessons):
    page = page_of(client, "/zoeken/?q=xyzzy")

    assert "Geen lessen gevonden" in page
    assert "Gebruik minder of andere woorden" in page


def test_a_period_is_a_filter_as_well(client, lessons):
    page = page_of(client, "/zoeken/?van=2020&tot=2022")

    assert page.count("<article") == 1
    assert {"/zoeken/?tot=2022", "/zoeken/?van=2020"} <= links(page)


def test_paging_goes_on_where_it_was_and_back_to_the_start(client, lessons):
    for number in range(20):
        make_lesson(title=f"Les {number}")

    first = page_of(client, "/zoeken/?sorteer=titel")
    following = next(link for link in links(first) if "na=" in link)
    second = page_of(client, following)

    titles = [re.findall(r'card__title">\s*<a[^>]*>([^<]*)', page) for page in (first, second)]
    assert len(titles[0]) == 20
    assert len(titles[1]) == 3
    assert not set(titles[0]) & set(titles[1])
    assert "/zoeken/?sorteer=titel" in links(second)


@pytest.mark.parametrize(
    "parameters",
    [
        "na=geen-plek",
        "van=tweeduizend",
        "van=2022&tot=2020",
        "sorteer=prijs",
        "phase=bestaat-niet",
        f"q={'a' * 500}",
    ],
)
def test_a_question_with_a_fault_gets_400_and_what_to_do(client, lessons, parameters):
    page = page_of(client, f"/zoeken/?{parameters}", status=400)

    assert "Deze zoekvraag klopt niet" in page
    assert 'role="search"' in page


@pytest.mark.parametrize("parameters", ["q=<script>alert(1)</script>", "phase=<b>x</b>"])
def test_what_was_typed_is_shown_as_text(client, lessons, parameters):
    page = client.get(f"/zoeken/?{parameters}").content.decode()

    assert "<script>" not in page
    assert "<b>x" not in page


def test_only_reading_is_possible(client):
    assert client.post("/zoeken/").status_code == 405


@pytest.fixture
def places(lessons):
    """Two gemeenten that differ, the second with a lesson, beside the three lessons."""
    for code, name, inhabitants in (("GM0014", "Groningen", 240_000), ("GM0037", "Ten Post", 900)):
        gemeente = make_gemeente(code, name)
        figures = {"inwoners_2025": inhabitants, "grootteklasse_2025": 7}
        gemeente.profiles.create(edition=2025, figures=figures)
    make_lesson(title="Les uit het dorp", gemeenten=[make_gemeente("GM0037")])
    service.rebuild()


def test_a_chosen_place_is_kept_compared_with_and_can_be_removed(client, places):
    page = page_of(client, "/zoeken/?q=dorp&vanuit=GM0014&sorteer=vergelijkbaarheid&gewicht=size:4")

    assert re.search(r'<option value="GM0014"\s+selected>', page)
    assert re.search(r'<input type="hidden"\s+name="gewicht"[^>]+value="size:4">', page)
    assert "Minder vergelijkbaar" in page
    assert "Ten Post, overeenkomst 0 van 100" in page
    assert "Veel minder inwoners: 240.000 en 900" in page
    assert "/zoeken/?q=dorp" in links(page)
    assert "/zoeken/?q=dorp&vanuit=GM0014&gewicht=size%3A4" in links(page)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/zoeken/?vanuit=GM9999", "De gemeente of jeugdregio om mee te vergelijken bestaat niet."),
        ("/zoeken/?sorteer=vergelijkbaarheid", "Kies eerst een gemeente of jeugdregio"),
        ("/zoeken/?vanuit=GM0014&comparability=zeer", "‘Hoe vergelijkbaar’ bestaat niet"),
        ("/zoeken/?vanuit=GM0014&gewicht=size", "Schrijf een gewicht als thema:getal"),
    ],
)
def test_a_viewpoint_that_cannot_be_is_explained(client, places, address, message):
    assert message in page_of(client, address, status=400)


def test_a_pinned_lesson_says_that_editors_put_it_there(client, lessons):
    question = PinnedQuery.objects.create(wordings="steungezin")
    pinned = make_lesson(title="Lees dit eerst")
    Pin.objects.create(question=question, lesson=pinned, reason="Kernles")

    page = page_of(client, "/zoeken/?q=steungezin")

    assert page.index("Lees dit eerst") < page.index("Werf")
    assert page.count("Uitgelicht door de redactie") == 1


def test_a_question_is_counted_once_whatever_the_page_tries_by_itself(client, lessons):
    query_log.write()

    page_of(client, "/zoeken/?q=xylofoon&phase=uitvoering&van=2020")

    assert query_log.write() == 1


def test_bands_narrow_and_the_way_out_is_named(client, places):
    page = page_of(client, "/zoeken/?vanuit=GM0014&comparability=fairly")

    assert "Hoe vergelijkbaar: Redelijk vergelijkbaar" in " ".join(page.split())
    assert "Ongeacht hoe vergelijkbaar</a>: 4 lessen" in " ".join(page.split())
