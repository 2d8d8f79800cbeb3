"""The page of a list as values: what the template shows, with every link made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from frontend_api.feeds.items import absolute
from frontend_api.portal.phrases import count_of_lessons
from frontend_api.selections.choosing import MAX_LESSONS, Selection, address, look_up, read
from frontend_api.selections.short_ids import short_id
from lessons.records import LessonCard, Tombstone
from search.service import LessonQuery, search

MAX_COMPARED = 4
_FOUND = 5


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A lesson of the list, or what is told of one that is gone."""

    id: str
    card: LessonCard | None
    tombstone: Tombstone | None
    up_url: str
    """Empty for the first, as is ``down_url`` for the last."""
    down_url: str
    without_url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson that could be added."""

    card: LessonCard
    with_url: str
    """Empty when it is on the list already."""


@dataclass(frozen=True, slots=True)
class SelectionPage:
    """A list, ready to be shown."""

    entries: tuple[ShownEntry, ...]
    ids: str
    notices: tuple[str, ...]
    is_full: bool
    can_compare: bool
    is_small: bool
    """Whether all fit beside each other."""
    joined: str
    pdf_url: str
    docx_url: str
    mail_url: str
    text: str
    found: tuple[Found, ...]
    suggestion: str


def selection_page(given: Sequence[str], text: str) -> SelectionPage:
    """Return the page; raise ``QueryError`` when what is searched for has a fault."""
    selection = look_up(read(given))
    uuids = selection.uuids
    ids = [short_id(uuid) for uuid in uuids]
    lessons = sum(isinstance(entry, LessonCard) for entry in selection.entries)
    found, suggestion = _found(text, uuids)
    return SelectionPage(
        entries=tuple(_entry(selection, place) for place in range(len(uuids))),
        ids=" ".join(ids),
        notices=_notices(selection),
        is_full=len(uuids) >= MAX_LESSONS,
        can_compare=lessons > 1,
        is_small=lessons <= MAX_COMPARED,
        joined=joined(uuids),
        pdf_url=address("memo_pdf", uuids),
        docx_url=address("memo_docx", uuids),
        mail_url=_mail_url(uuids),
        text=text,
        found=found,
        suggestion=suggestion,
    )


def joined(uuids: Sequence[str]) -> str:
    """Return a list as one value, for a page that shows a part of it and leads back."""
    return ".".join(short_id(uuid) for uuid in uuids)


def _entry(selection: Selection, place: int) -> ShownEntry:
    entry, uuids = selection.entries[place], list(selection.uuids)
    identifier = short_id(entry.uuid)
    anchor = f"#les-{identifier}"
    up = _swapped(uuids, place - 1, place) if place else []
    down = _swapped(uuids, place, place + 1) if place + 1 < len(uuids) else []
    rest = [*uuids[:place], *uuids[place + 1 :]]
    return ShownEntry(
        id=identifier,
        card=entry if isinstance(entry, LessonCard) else None,
        tombstone=entry if isinstance(entry, Tombstone) else None,
        up_url=f"{address('selection', up)}{anchor}" if up else "",
        down_url=f"{address('selection', down)}{anchor}" if down else "",
        without_url=f"{address('selection', rest)}#lijst",
    )


def _swapped(uuids: list[str], one: int, other: int) -> list[str]:
    moved = [*uuids]
    moved[one], moved[other] = moved[other], moved[one]
    return moved


def _notices(selection: Selection) -> tuple[str, ...]:
    notices = []
    if selection.left_out:
        notices.append(
            f"Op een lijst passen {MAX_LESSONS} lessen. Wat daarna kwam, "
            f"{count_of_lessons(selection.left_out)}, staat er niet bij."
        )
    if selection.missing:
        notices.append(
            f"{count_of_lessons(selection.missing)} uit het adres "
            f"{'bestaat' if selection.missing == 1 else 'bestaan'} niet of niet meer."
        )
    return tuple(notices)


def _mail_url(uuids: Sequence[str]) -> str:
    body = f"Deze lessen staan in Lessenbank:\n{absolute(address('selection', uuids))}"
    return f"mailto:?subject={quote('Lessen uit Lessenbank')}&body={quote(body)}"


def _found(text: str, uuids: Sequence[str]) -> tuple[tuple[Found, ...], str]:
    if not text.strip():
        return (), ""
    results = search(LessonQuery(text=text, first=_FOUND), counted=True)
    found = (
        Found(
            hit.card,
            ""
            if hit.card.uuid in uuids
            else f"{address('selection', [*uuids, hit.card.uuid])}#les-{short_id(hit.card.uuid)}",
        )
        for hit in results.hits
    )
    return tuple(found), results.suggestion or ""
