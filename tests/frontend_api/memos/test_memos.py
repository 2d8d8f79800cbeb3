"""A memo in PDF and Word: the same lessons, with all that a reader needs, for every reader."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from frontend_api.clients import limiting
from frontend_api.memos.memo import Memo, make_memo
from frontend_api.memos.pdf import write_pdf
from frontend_api.memos.word import write_docx
from lessons.models import LessonPage, Recommendation
from lessons.withdrawing import withdraw
from tests.factories import make_lesson, story
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db

MARKUP = "#eval(1+1) *niet vet* _x_ $y$ `z` \\ @les <a> = kop // weg"
TODAY = datetime.date(2026, 11, 22)


@dataclass(frozen=True)
class Planted:
    first: LessonPage
    second: LessonPage
    gone: LessonPage
    hidden: LessonPage

    @property
    def uuids(self) -> list[str]:
        return [str(each.uuid) for each in (self.first, self.gone, self.second)]


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant two lessons, of which one looks like markup, and two that are not public."""
    index = tmp_path_factory.mktemp("memo") / "search-index"
    with override_settings(SEARCH_INDEX_DIR=index), rolled_back(django_db_blocker):
        first = make_lesson(
            title=MARKUP,
            context=[
                ("paragraph", '<p>Lees <a href="https://example.org/x?a=1&amp;b=2">dit</a>.</p>'),
                ("paragraph", "<ol><li>een</li><li>twee</li></ol>"),
            ],
            explanation=story("Onze duiding."),
            works_if=[("condition", MARKUP)],
            does_not_work_if=[("condition", "Er is geen tijd.")],
            recommendations=[Recommendation(text="Begin klein.", is_interpretation=True)],
            interpretation_note="De bedragen komen uit de bron.",
            period_from=2020,
            period_to=2021,
            own_figures=True,
        )
        second = make_lesson(title="Tweede les")
        gone = make_lesson(title="Geheime titel", core="Geheime kern.")
        withdraw(gone, reason="replaced", explanation="Er is nieuws.", replacement=second)
        hidden = make_lesson(title="Geheim besloten")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        yield Planted(first, second, gone, hidden)


@pytest.fixture
def memo(planted, db) -> Memo:
    return make_memo([*planted.uuids, str(planted.hidden.uuid)], "/mijn-selectie/", TODAY)


def words_of_pdf(content: bytes) -> str:
    """Return the words without spaces and line ends, which a page adds and takes away."""
    return "".join(
        "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )


def words_of_docx(content: bytes) -> str:
    root = Document(BytesIO(content)).element.body
    return "".join("".join(each.text or "" for each in root.iter(qn("w:t"))).split())


FORMS = [(write_pdf, words_of_pdf), (write_docx, words_of_docx)]


def test_a_memo_holds_the_lessons_in_their_order_and_then_what_is_gone(memo, planted):
    assert [lesson.title for lesson in memo.lessons] == [MARKUP, "Tweede les"]
    assert [stone.title for stone in memo.tombstones] == ["Les die is vervangen"]
    assert memo.exported_on == "22 november 2026"
    assert [part.heading for part in memo.lessons[0].story] == [
        "Context",
        "Aanpak",
        "Resultaat",
        "Toelichting",
    ]


@pytest.mark.parametrize(("write", "words"), FORMS)
def test_a_document_says_all_and_reads_no_text_as_markup(memo, planted, write, words):
    text = words(write(memo))

    uri = f"/id/les/{planted.first.uuid}"
    for said in (
        *(MARKUP, "Wie het gezin eerst vraagt", "Onze duiding.", "Toelichting (duiding)"),
        *("Werkt als", "Er is geen tijd.", "Begin klein.", "duiding van de redactie"),
        *("De bedragen komen uit de bron.", "2020–2021", "Eén ervaring (eigen cijfers)"),
        *("Jeugdregio Groningen", "https://example.org/verslag", "Creative Commons"),
        *("15 januari 2026", uri, "Overgenomen op 22 november 2026"),
        *("Deze les geldt niet meer", "Er is nieuws.", "Tweede les", "1. een", "2. twee"),
    ):
        assert "".join(said.split()) in text, said
    assert "Geheim" not in text


def test_a_pdf_is_tagged_titled_and_in_dutch(memo):
    reader = PdfReader(BytesIO(write_pdf(memo)))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Lessen uit Lessenbank"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = _tags(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(tags)
    assert tags.count("/H1") == 4
    assert [each["/Title"].split(".")[0] for each in reader.outline if isinstance(each, dict)][
        -2:
    ] == ["2", "Les die is vervangen"]
    links = {
        note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", ())
    }
    assert "https://example.org/x?a=1&b=2" in links


def _tags(node) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        return [tag for each in node for tag in _tags(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (_tags(node["/K"]) if "/K" in node else [])


def test_a_word_document_has_styles_language_title_links_and_marked_headers(memo):
    document = Document(BytesIO(write_docx(memo)))

    properties = document.core_properties
    assert (properties.title, properties.language) == ("Lessen uit Lessenbank", "nl-NL")
    headings = [
        (each.style.name, each.text)
        for each in document.paragraphs
        if each.style.name == "Heading 1"
    ]
    assert headings == [
        ("Heading 1", "Overzicht"),
        ("Heading 1", f"1. {MARKUP}"),
        ("Heading 1", "2. Tweede les"),
        ("Heading 1", "Les die is vervangen"),
    ]
    assert "Heading 2" in {each.style.name for each in document.paragraphs}
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    links = {link.address for each in document.paragraphs for link in each.hyperlinks}
    assert {"https://example.org/x?a=1&b=2", "https://example.org/verslag"} <= links


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_list_is_downloaded_and_counts_against_the_limit(client, planted, settings, form):
    settings.API_ANONYMOUS_PER_MINUTE = 1
    limiting.forget()

    response = client.get(f"/mijn-selectie/memo.{form}", {"les": planted.uuids})

    assert response.status_code == 200
    today = datetime.date.today().year
    assert f'filename="lessen-{today}' in response["Content-Disposition"]
    refused = client.get(f"/mijn-selectie/memo.{form}", {"les": planted.uuids})
    assert refused.status_code == 429
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_lesson_is_downloaded_under_its_own_identity(client, planted, form):
    response = client.get(f"/id/les/{planted.second.uuid}.{form}")

    assert response.status_code == 200
    assert 'filename="les-tweede-les.' in response["Content-Disposition"]
    words = dict(zip(("pdf", "docx"), (words_of_pdf, words_of_docx), strict=True))[form]
    assert words(response.content).startswith("Tweedeles")
    assert client.get(f"/id/les/{planted.gone.uuid}.{form}").status_code == 410
    for uuid in (planted.hidden.uuid, uuid4()):
        assert client.get(f"/id/les/{uuid}.{form}").status_code == 404


def test_a_list_of_nothing_public_is_not_there(client, planted):
    assert client.get("/mijn-selectie/memo.pdf").status_code == 404
    hidden = {"les": str(planted.hidden.uuid)}
    assert client.get("/mijn-selectie/memo.docx", hidden).status_code == 404


def test_a_memo_takes_a_fixed_number_of_queries(planted, django_assert_max_num_queries):
    counts = []
    for uuids in (planted.uuids[:2], planted.uuids):
        with django_assert_max_num_queries(17) as asked:
            make_memo(uuids, "/", TODAY)
        counts.append(len(asked))

    assert counts[0] == counts[1]
