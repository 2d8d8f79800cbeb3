"""Two to four lessons beside each other: the same questions put to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from frontend_api.portal.phrases import capitalised, period
from frontend_api.selections.choosing import Selection, address, look_up, read
from frontend_api.selections.selection_page import MAX_COMPARED
from lessons import selectors
from lessons.records import LessonCard, LessonDetail, Source, TermRef, Tombstone

MIN_COMPARED = 2


class UnclearSelectionError(ValueError):
    """A choice of lessons that cannot stand beside each other; in Dutch, what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said of a lesson, with where it leads."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A lesson that is compared."""

    card: LessonCard
    rest_url: str
    """The same comparison without it; empty when too few would be left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one lesson answers to a question; without lines it does not say."""

    lines: tuple[Line, ...]
    title: str
    """Of the lesson, for a screen that has no room for columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the answers of all lessons."""

    heading: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Lessons beside each other."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gone: tuple[Tombstone, ...]
    back_url: str
    pdf_url: str
    docx_url: str


def comparison_page(given: Sequence[str], whole_list: str) -> ComparisonPage:
    """Return the page; raise :class:`UnclearSelectionError` for too few or too many.

    ``whole_list`` is the list that they were chosen from, joined by dots. Takes fifteen
    queries at most.
    """
    chosen = read(given)
    if len(chosen.uuids) > MAX_COMPARED:
        raise UnclearSelectionError(
            f"U koos {len(chosen.uuids)} lessen. Vergelijk er twee tot en met {MAX_COMPARED}."
        )
    selection = look_up(chosen)
    cards = [entry for entry in selection.entries if isinstance(entry, LessonCard)]
    if len(cards) < MIN_COMPARED:
        raise UnclearSelectionError(_too_few(selection))
    uuids = [card.uuid for card in cards]
    details = selectors.lesson_details(uuids)
    shown = [details[uuid] for uuid in uuids if uuid in details]
    return ComparisonPage(
        columns=tuple(Column(detail.card, _rest(detail, uuids, whole_list)) for detail in shown),
        rows=tuple(_row(heading, answer, shown) for heading, answer in _QUESTIONS),
        gone=tuple(entry for entry in selection.entries if isinstance(entry, Tombstone)),
        back_url=back_url(whole_list, selection.uuids),
        pdf_url=address("memo_pdf", uuids),
        docx_url=address("memo_docx", uuids),
    )


def back_url(whole_list: str, otherwise: Sequence[str]) -> str:
    """Return the address of the list that the lessons were chosen from."""
    return address("selection", read(whole_list.split(".")).uuids or otherwise)


def _too_few(selection: Selection) -> str:
    if any(isinstance(entry, Tombstone) for entry in selection.entries):
        return (
            "Van wat u koos is er te weinig over: een ingetrokken les telt niet mee. "
            "Kies er een bij."
        )
    return "Kies ten minste twee lessen om naast elkaar te zetten."


def _rest(detail: LessonDetail, uuids: Sequence[str], whole_list: str) -> str:
    rest = [uuid for uuid in uuids if uuid != detail.card.uuid]
    if len(rest) < MIN_COMPARED:
        return ""
    others = (("uit", whole_list),) if whole_list else ()
    return address("selection_compare", rest, *others)


def _row(
    heading: str,
    answer: Callable[[LessonDetail], Iterable[Line]],
    details: Sequence[LessonDetail],
) -> Row:
    return Row(heading, tuple(Cell(tuple(answer(each)), each.card.title) for each in details))


def _terms(terms: Iterable[TermRef]) -> list[Line]:
    return [Line(term.label) for term in terms]


def _places(detail: LessonDetail) -> list[Line]:
    card = detail.card
    lines = [Line(place.name) for place in card.gemeenten]
    if card.jeugdregio is not None:
        lines.append(Line(f"Jeugdregio {card.jeugdregio.name}"))
    return lines or [Line(capitalised(card.scope_label))]


def _evidence(detail: LessonDetail) -> list[Line]:
    card = detail.card
    return [Line(card.evidence_level.label, note="eigen cijfers" if card.own_figures else "")]


def _source(source: Source) -> Line:
    url = source.url or (source.attachment.url if source.attachment else "")
    return Line(source.title, url, source.publisher)


_QUESTIONS: tuple[tuple[str, Callable[[LessonDetail], Iterable[Line]]], ...] = (
    ("Soort", lambda lesson: [Line(capitalised(lesson.card.kind_label))]),
    ("Kern", lambda lesson: [Line(lesson.card.core)]),
    (
        "Ontwikkelpunt",
        lambda lesson: _terms((lesson.card.ontwikkelpunt, *lesson.card.other_ontwikkelpunten)),
    ),
    ("Fase", lambda lesson: _terms(lesson.card.phases)),
    ("Waar", _places),
    ("Wanneer", lambda lesson: [Line(capitalised(period(lesson.card.period)))]),
    ("Werkt als", lambda lesson: map(Line, lesson.works_if)),
    ("Werkt niet als", lambda lesson: map(Line, lesson.does_not_work_if)),
    ("Bewijskracht", _evidence),
    (
        "Aanbevelingen",
        lambda lesson: [
            Line(each.text, note="duiding van de redactie" if each.is_interpretation else "")
            for each in lesson.recommendations
        ],
    ),
    ("Bronnen", lambda lesson: map(_source, lesson.sources)),
)
