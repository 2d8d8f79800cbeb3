"""A list of lessons that lives in its address."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import override_settings
from wagtail.models import PageViewRestriction

from frontend_api.selections.choosing import MAX_LESSONS
from frontend_api.selections.short_ids import short_id
from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from search import service
from tests.factories import make_lesson
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Planted:
    lessons: list[LessonPage]
    gone: LessonPage
    hidden: LessonPage

    def address(self, *numbers: int, page: str = "") -> str:
        pairs = [f"les={short_id(str(self.lessons[number].uuid))}" for number in numbers]
        return f"/mijn-selectie/{page}?{'&'.join(pairs)}"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return tmp_path_factory.mktemp("selection") / "search-index"


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, index):
    """Plant five public lessons, one that was withdrawn and one that only some may see."""
    with override_settings(SEARCH_INDEX_DIR=index), rolled_back(django_db_blocker):
        lessons = [make_lesson(title=f"Les nummer {number}") for number in range(5)]
        gone = make_lesson(title="Geheime titel", core="Geheime kern.")
        withdraw(gone, reason="outdated", explanation="De regels zijn anders.")
        hidden = make_lesson(title="Geheim besloten")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        service.rebuild()
        yield Planted(lessons, gone, hidden)


@pytest.fixture
def index_folder(settings, index):
    """Let all tests read the one index."""
    settings.SEARCH_INDEX_DIR = index


def words(response):
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def titles(page):
    return re.findall(r'<h2 class="card__title"> <a href="[^"]*">([^<]*)</a>', page)


def link(page, label, title):
    """Return the address that a link with this label and this lesson leads to."""
    for address, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page):
        if re.sub("<[^>]+>", "", text).strip() == f"{label} {title}":
            return address
    raise AssertionError(f"no link {label} {title}")


def test_without_a_list_the_page_says_how_to_begin(client, planted):
    page = words(client.get("/mijn-selectie/"))

    assert "Uw lijst is nog leeg" in page
    assert 'href="/zoeken/"' in page
    assert "memo.pdf" not in page


def test_the_lessons_stand_in_the_order_of_the_address(client, planted):
    page = words(client.get(planted.address(2, 0, 2)))

    assert titles(page) == ["Les nummer 2", "Les nummer 0"]
    assert "2 lessen." in page
    assert 'content="noindex"' in page
    assert planted.address(2, 0, page="memo.pdf") in page


def test_a_lesson_moves_up_and_down_and_goes_by_links(client, planted):
    page = words(client.get(planted.address(0, 1, 2)))

    up, down, away = (
        link(page, label, "Les nummer 1") for label in ("Omhoog", "Omlaag", "Haal weg")
    )
    assert up.endswith(f"#les-{short_id(str(planted.lessons[1].uuid))}")
    assert titles(words(client.get(up))) == ["Les nummer 1", "Les nummer 0", "Les nummer 2"]
    assert titles(words(client.get(down))) == ["Les nummer 0", "Les nummer 2", "Les nummer 1"]
    assert titles(words(client.get(away))) == ["Les nummer 0", "Les nummer 2"]
    with pytest.raises(AssertionError):
        link(page, "Omhoog", "Les nummer 0")
    with pytest.raises(AssertionError):
        link(page, "Omlaag", "Les nummer 2")


def test_a_withdrawn_lesson_is_a_line_with_its_reason_and_none_of_its_text(client, planted):
    gone = short_id(str(planted.gone.uuid))

    response = client.get(f"{planted.address(0)}&les={gone}")
    page = words(response)

    assert titles(page) == ["Les nummer 0"]
    assert "Deze les is ingetrokken" in page
    assert "De regels zijn anders." in page
    assert "Geheim" not in page
    assert f'id="les-{gone}"' in page


def test_what_is_hidden_or_unknown_is_counted_and_not_named(client, planted):
    given = [str(planted.hidden.uuid), str(uuid4()), "onzin<b>"]

    page = words(client.get("/mijn-selectie/", {"les": given}))

    assert "3 lessen uit het adres bestaan niet of niet meer." in page
    assert "Geheim" not in page
    assert "onzin" not in page


def test_a_list_holds_fifty_lessons(client, planted):
    uuids = [str(uuid4()) for _ in range(MAX_LESSONS)] + [str(planted.lessons[0].uuid)]

    page = words(client.get("/mijn-selectie/", {"les": uuids}))

    assert "Op een lijst passen 50 lessen. Wat daarna kwam, 1 les, staat er niet bij." in page
    assert titles(page) == []


def test_a_lesson_is_found_and_added_with_the_list_kept(client, planted):
    page = words(client.get(f"{planted.address(3)}&zoek=nummer"))

    assert page.count("Zet erbij<") == 4
    assert "Staat erop" in page
    added = link(page, "Zet erbij", "Les nummer 1")
    assert titles(words(client.get(added))) == ["Les nummer 3", "Les nummer 1"]


def test_a_question_with_a_fault_keeps_the_list(client, planted):
    response = client.get(
        "/mijn-selectie/", {"les": str(planted.lessons[0].uuid), "zoek": "x" * 401}
    )

    assert response.status_code == 400
    assert 'role="alert"' in words(response)
    assert titles(words(response)) == ["Les nummer 0"]


def test_a_list_takes_as_many_queries_as_one_lesson(client, planted, django_assert_max_num_queries):
    client.get(planted.address(0))
    counts = []
    for address in (planted.address(0), planted.address(0, 1, 2, 3, 4)):
        with django_assert_max_num_queries(10) as asked:
            client.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_lessons_stand_beside_each_other_in_a_table_with_headers(client, planted):
    page = words(client.get(planted.address(0, 1, 4, page="vergelijken/")))

    assert page.count('scope="col"') == 4
    for heading in ("Kern", "Ontwikkelpunt", "Werkt als", "Bewijskracht", "Bronnen"):
        assert f'<th scope="row" role="rowheader">{heading}</th>' in page
    assert page.count('role="cell"') == 3 * page.count('scope="row"')
    assert "niet genoemd" in page
    assert 'href="https://example.org/verslag"' in page
    assert planted.address(0, 4, page="vergelijken/") in page


def test_a_comparison_leads_back_to_the_whole_list(client, planted):
    whole = ".".join(short_id(str(planted.lessons[number].uuid)) for number in (0, 1, 2))

    page = words(client.get(f"{planted.address(0, 1, page='vergelijken/')}&uit={whole}"))

    assert f'href="{planted.address(0, 1, 2)}">Kies andere lessen' in page


@pytest.mark.parametrize(
    ("numbers", "says"),
    [((0,), "Kies ten minste twee lessen"), ((0, 1, 2, 3, 4), "U koos 5 lessen")],
)
def test_too_few_or_too_many_are_told_what_to_do(client, planted, numbers, says):
    response = client.get(planted.address(*numbers, page="vergelijken/"))

    assert response.status_code == 400
    assert says in words(response)
    assert f'href="{planted.address(*numbers)}"' in words(response)


def test_a_withdrawn_lesson_is_not_compared(client, planted):
    gone = f"&les={short_id(str(planted.gone.uuid))}"

    two = client.get(planted.address(0, page="vergelijken/") + gone)
    three = client.get(planted.address(0, 1, page="vergelijken/") + gone)

    assert two.status_code == 400
    assert "een ingetrokken les telt niet mee" in words(two)
    assert three.status_code == 200
    assert "De regels zijn anders." in words(three)
    assert "Geheim" not in words(three)


def test_a_comparison_takes_a_fixed_number_of_queries(
    client, planted, django_assert_max_num_queries
):
    client.get(planted.address(0, 1, page="vergelijken/"))
    counts = []
    for numbers in ((0, 1), (0, 1, 2, 3)):
        with django_assert_max_num_queries(25) as asked:
            client.get(planted.address(*numbers, page="vergelijken/"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_card_and_a_lesson_offer_to_be_kept(client, planted):
    lesson = planted.lessons[0]
    kept = f'data-keep="{short_id(str(lesson.uuid))}"'

    assert kept in words(client.get("/zoeken/?q=nummer"))
    page = words(client.get(lesson.url))
    assert kept in page
    assert f'href="{planted.address(0)}"' in page
