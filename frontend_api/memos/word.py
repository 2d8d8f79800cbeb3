"""A memo as a Word document with real styles: to be worked in, read out and reflowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from frontend_api.feeds.items import PUBLISHER, xml_text
from frontend_api.memos.blocks import Block
from frontend_api.memos.memo import Fact, Item, Memo, MemoLesson

_LANGUAGE = "nl-NL"
_ACCENT, _LINK = RGBColor(0x0B, 0x46, 0x60), RGBColor(0x0A, 0x5A, 0x7D)
_STYLES = {
    "paragraph": "",
    "bullet": "List Bullet",
    "number": "List Number",
    "quote": "Quote",
    "heading": "Heading 3",
}


def write_docx(memo: Memo) -> bytes:
    """Return the memo as a Word document."""
    paper = _Paper(memo.title)
    paper.paragraph(memo.title, "Title")
    paper.paragraph(f"Overgenomen op {memo.exported_on}")
    paper.paragraph(memo.introduction)
    where = paper.paragraph("Dezelfde lijst, zoals zij nu is: ")
    paper.link(where, memo.address, memo.address)
    several = len(memo.lessons) + len(memo.tombstones) > 1
    if several and memo.lessons:
        _overview(paper, memo.lessons)
    for place, lesson in enumerate(memo.lessons, start=1):
        heading = f"{place}. {lesson.title}" if several else "De les"
        _lesson(paper, heading, lesson, on_new_page=several)
    for stone in memo.tombstones:
        paper.paragraph(stone.title, "Heading 1")
        paper.paragraph(stone.sentence)
        _facts(paper, stone.facts)
    return paper.content()


class _Paper:
    """The document that is being written.

    python-docx looks a style up in all styles for each paragraph, and a row in all rows: fifty
    lessons would take seconds. Here styles are looked up once, and a table is made whole.
    """

    def __init__(self, title: str) -> None:
        self._document: Any = Document()
        properties = self._document.core_properties
        properties.title, properties.author = xml_text(title), PUBLISHER
        properties.language, properties.comments = _LANGUAGE, ""
        styles = self._document.styles
        # The template of python-docx is in English wherever nothing else is said.
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), _LANGUAGE)
            language.set(qn("w:eastAsia"), _LANGUAGE)
        styles["Normal"].font.size = Pt(11)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            styles[name].font.color.rgb = _ACCENT
        self._style_ids = {style.name: style.style_id for style in styles}

    def paragraph(self, text: str = "", style: str = "") -> Any:
        """Return a new paragraph at the end, in the style of this name."""
        paragraph = self._document.add_paragraph(xml_text(text))
        if style:
            paragraph._p.style = self._style_ids[style]
        return paragraph

    def table(self, headings: Sequence[str], rows: int) -> list[list[Any]]:
        """Return the paragraphs of a new table by row; its first row is marked as header."""
        table = self._document.add_table(rows=rows + 1, cols=len(headings))
        table._tbl.tblPr.style = self._style_ids["Table Grid"]
        paragraphs = [cell.paragraphs[0] for cell in table._cells]
        for paragraph, heading in zip(paragraphs, headings, strict=False):
            paragraph.add_run(heading).bold = True
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        width = len(headings)
        return [
            paragraphs[start : start + width] for start in range(width, width * (rows + 1), width)
        ]

    def link(self, paragraph: Any, text: str, url: str) -> None:
        """Add a link; python-docx reads them and has no way to write one."""
        key = paragraph.part.relate_to(xml_text(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), key)
        run = paragraph.add_run(xml_text(text))
        run.font.color.rgb, run.font.underline = _LINK, True
        link.append(run._r)
        paragraph._p.append(link)

    def content(self) -> bytes:
        """Return the document as a file."""
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()


def _overview(paper: _Paper, lessons: Sequence[MemoLesson]) -> None:
    paper.paragraph("Overzicht", "Heading 1")
    rows = paper.table(("Nr.", "Les", "Waar", "Bewijskracht"), len(lessons))
    for place, (row, each) in enumerate(zip(rows, lessons, strict=True), start=1):
        texts = (str(place), each.title, each.place, each.evidence)
        for paragraph, text in zip(row, texts, strict=True):
            paragraph.add_run(xml_text(text))


def _lesson(paper: _Paper, heading: str, lesson: MemoLesson, *, on_new_page: bool) -> None:
    title = paper.paragraph(heading, "Heading 1")
    title.paragraph_format.page_break_before = on_new_page
    paper.paragraph().add_run(xml_text(lesson.kind)).bold = True
    paper.paragraph(lesson.core, "Intense Quote")
    _facts(paper, lesson.facts)
    for part in lesson.story:
        note = f" ({part.note})" if part.note else ""
        paper.paragraph(f"{part.heading}{note}", "Heading 2")
        _blocks(paper, part.blocks)
    for listing in lesson.listings:
        paper.paragraph(listing.heading, "Heading 2")
        for item in listing.items:
            _item(paper, item)
    if lesson.interpretation_note:
        paper.paragraph("Feit en duiding", "Heading 2")
        paper.paragraph(lesson.interpretation_note)


def _blocks(paper: _Paper, blocks: Iterable[Block]) -> None:
    number = 0
    for block in blocks:
        # Word would count on through all lists of the document.
        number = number + 1 if block.kind == "number" else 0
        style = "List Paragraph" if number else _STYLES[block.kind]
        paragraph = paper.paragraph(f"{number}. " if number else "", style)
        for run in block.runs:
            if run.url:
                paper.link(paragraph, run.text, run.url)
                continue
            written = paragraph.add_run(xml_text(run.text))
            written.bold, written.italic = run.bold or None, run.italic or None


def _item(paper: _Paper, item: Item) -> None:
    paragraph = paper.paragraph("" if item.url else item.text, "List Bullet")
    if item.url:
        paper.link(paragraph, item.text, item.url)
    if item.note:
        paragraph.add_run(xml_text(f" ({item.note})"))
    if item.url and item.url != item.text:
        # On paper a link shows no address.
        paragraph.add_run().add_break(WD_BREAK.LINE)
        paragraph.add_run(xml_text(item.url)).font.size = Pt(9)


def _facts(paper: _Paper, facts: Sequence[Fact]) -> None:
    rows = paper.table(("Kenmerk", "Waarde"), len(facts))
    for (label, value), fact in zip(rows, facts, strict=True):
        label.add_run(fact.label).bold = True
        if fact.url:
            paper.link(value, fact.text, fact.url)
        else:
            value.add_run(xml_text(fact.text))
    paper.paragraph()
