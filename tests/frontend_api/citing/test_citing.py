"""Referring to a lesson: as a sentence on its page, and as files under its identity."""

import datetime
import re
from dataclasses import replace

import pytest

from frontend_api.citing.references import bibtex, reference, ris
from lessons import selectors
from lessons.withdrawing import withdraw
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def card():
    lesson = make_lesson(title="Vraag & {het} gezin", attribution="Jeugdregio Groningen")
    found = selectors.lesson(uuid=str(lesson.uuid)).card
    published = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
    return replace(found, last_published_at=published)


def test_a_reference_names_author_year_title_kind_and_when_it_was_seen(card):
    assert reference(card, TODAY).text == (
        "Jeugdregio Groningen. (2025). Vraag & {het} gezin [Les]. Lessenbank. Geraadpleegd op "
        f"22 november 2026, van {card.uri}"
    )


def test_bibtex_keeps_signs_and_the_whole_name(card):
    written = bibtex(card, TODAY)

    assert written.startswith(f"@online{{lessenbank-{card.uuid},\n")
    assert r"  title = {{Vraag \& \{het\} gezin}}," in written
    assert "  author = {{Jeugdregio Groningen}}," in written
    assert "  urldate = {2026-11-22}," in written
    assert f"  url = {{{card.uri}}}," in written
    odd = bibtex(replace(card, title="a\\b~c"), TODAY)
    assert r"title = {{a\textbackslash{}b\textasciitilde{}c}}" in odd


def test_ris_is_lines_of_tags(card):
    lines = ris(replace(card, core="Een\nregel"), TODAY).split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert "TI  - Vraag & {het} gezin" in lines
    assert "AB  - Een regel" in lines
    assert "PY  - 2025" in lines
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


@pytest.mark.parametrize(
    ("form", "content_type"),
    [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")],
)
def test_the_files_stand_under_the_identity_of_the_lesson(client, form, content_type):
    lesson, draft = make_lesson(title="Vraag het"), make_lesson(published=False)

    response = client.get(f"/id/les/{lesson.uuid}.{form}")

    assert response.status_code == 200
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    assert response["Content-Disposition"].endswith(f'.{form}"')
    assert "Vraag het" in response.content.decode()
    assert client.get(f"/id/les/{draft.uuid}.{form}").status_code == 404
    withdraw(lesson, reason="outdated")
    gone = client.get(f"/id/les/{lesson.uuid}.{form}")
    assert gone.status_code == 410
    assert "Vraag het" not in gone.content.decode()


def test_the_page_of_a_lesson_tells_how_to_refer_to_it(client):
    lesson = make_lesson(title="Vraag het")

    page = client.get(lesson.url).content.decode()

    assert "<cite>Vraag het</cite>" in page
    for form in ("bib", "ris", "pdf", "docx"):
        assert f'href="/id/les/{lesson.uuid}.{form}"' in page
    assert 'href="mailto:?subject=Vraag%20het&amp;body=' in page
