"""CSV for spreadsheets: a row for each lesson, or a row for each tag of each lesson.

In the wide form the values of one cell have `` | `` between them. A cell that a spreadsheet
would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from frontend_api.feeds.items import (
    STATE_LABELS,
    FeedPage,
    absolute_page,
    gone_since,
    tags_of,
)
from lessons import selectors
from lessons.choices import PublicState
from lessons.records import LessonCard
from search.service import LessonChange

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
SEPARATOR = " | "
FACET_COLUMNS = {
    "kind": "soort",
    "ontwikkelpunt": "ontwikkelpunten",
    "phase": "fasen",
    "partner": "partners",
    "familyForm": "gezinsvormen",
    "situation": "situaties",
    "audience": "doelgroepen",
    "evidenceLevel": "bewijskracht",
    "jeugdregio": "jeugdregio",
    "gemeente": "gemeenten",
    "pilot": "pilot",
}
WIDE_HEAD = (
    *("uuid", "uri", "toestand", "titel", "kern", "adres"),
    *FACET_COLUMNS.values(),
    *("periode_van", "periode_tot", "eerst_gepubliceerd", "laatst_gewijzigd"),
    *("laatst_getoetst", "naamsvermelding", "licentie", "licentie_adres"),
    *("reden", "toelichting", "weg_sinds", "vervangen_door"),
)
LONG_HEAD = (
    *("uuid", "uri", "toestand", "titel", "laatst_gewijzigd"),
    *("soort_kenmerk", "code", "kenmerk", "uri_kenmerk"),
)
# A spreadsheet that divides lines at semicolons meets the beginning of a cell there too.
_FORMULA = re.compile(r"(^|[;\t\r\n])(\s*)([=+\-@\uff1d\uff0b\uff0d\uff20])")

Row = Sequence[object]


def written(page: FeedPage, *, is_long: bool = False) -> bytes:
    """Return the page of the feed."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(LONG_HEAD if is_long else WIDE_HEAD)
    for change in page.page.changes:
        for row in _long_rows(change) if is_long else _wide_rows(change):
            writer.writerow([safe(value) for value in row])
    return lines.getvalue().encode()


def safe(value: object) -> str:
    """Return a cell that no spreadsheet carries out."""
    text = "" if value is None else str(value).replace("\0", "")
    return _FORMULA.sub(r"\1\2'\3", text)


def _wide_rows(change: LessonChange) -> Iterator[Row]:
    card = change.card
    if card is not None:
        yield (
            *(card.uuid, card.uri, STATE_LABELS[PublicState.PUBLIC.value], card.title, card.core),
            absolute_page(card.url),
            *_joined_tags(card),
            *(card.period.from_year, card.period.to_year),
            *(_moment(card.first_published_at), _moment(card.last_published_at)),
            *(card.last_reviewed.isoformat(), card.attribution),
            *(card.licence, selectors.licence_url(card.licence), "", "", "", ""),
        )
        return
    tombstone = change.tombstone
    replacement = tombstone.replacement if tombstone else None
    width = len(WIDE_HEAD) - 7
    yield (
        *(change.uuid, change.uri, STATE_LABELS[change.state], *[""] * width),
        *((tombstone.reason_label, tombstone.explanation) if tombstone else ("", "")),
        gone_since(change).isoformat(),
        replacement.uri if replacement else "",
    )


def _joined_tags(card: LessonCard) -> Iterable[str]:
    labels: dict[str, list[str]] = {facet: [] for facet in FACET_COLUMNS}
    for tag in tags_of(card):
        # The separator cannot occur within a value.
        labels[tag.facet].append(tag.label.replace("|", "/"))
    return (SEPARATOR.join(found) for found in labels.values())


def _long_rows(change: LessonChange) -> Iterator[Row]:
    card = change.card
    if card is None:
        state = STATE_LABELS[change.state]
        yield (change.uuid, change.uri, state, "", _moment(change.changed_at), "", "", "", "")
        return
    state = STATE_LABELS[PublicState.PUBLIC.value]
    begin = (card.uuid, card.uri, state, card.title, _moment(card.last_published_at))
    for tag in tags_of(card):
        yield (*begin, FACET_COLUMNS[tag.facet], tag.code, tag.label, tag.uri)


def _moment(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")
