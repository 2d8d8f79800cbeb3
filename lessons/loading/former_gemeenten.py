"""The table of gemeenten that ended: read, checked, and followed to those of today."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lessons.loading.geography_columns import GEMEENTE_CODE
from lessons.loading.problems import Problem, cell
from lessons.loading.tables import Table, TableRow, read_table

CODE, NAME, ENDED, SUCCESSOR, ALSO, SOURCES = COLUMNS = (
    "gm_code",
    "naam",
    "opgeheven_op",
    "opvolger",
    "ook_naar",
    "bron",
)


@dataclass(frozen=True)
class FormerGemeente:
    """A gemeente that ended; ``successors`` are of today, the main one first."""

    code: str
    name: str
    ended_on: datetime.date
    successors: tuple[str, ...]
    sources: str


def read_former_gemeenten(
    path: Path, current: Collection[str], problems: list[Problem]
) -> tuple[FormerGemeente, ...]:
    """Return the former gemeenten; every fault is added to ``problems``.

    ``current`` are the codes of today's gemeenten, at which every chain must end.
    """
    table = read_table(path, problems)
    if table is None:
        return ()
    faults = list(_form_problems(table)) or list(_cell_problems(table, current))
    problems += faults
    if faults:
        return ()
    rows = {row.cells[CODE]: row for row in table.rows}
    return tuple(_former(row, rows) for row in table.rows)


def _former(row: TableRow, rows: Mapping[str, TableRow]) -> FormerGemeente:
    return FormerGemeente(
        code=row.cells[CODE],
        name=row.cells[NAME],
        ended_on=datetime.date.fromisoformat(row.cells[ENDED]),
        successors=tuple(dict.fromkeys(_followed(row, rows))),
        sources=row.cells[SOURCES],
    )


def _followed(row: TableRow, rows: Mapping[str, TableRow]) -> Iterator[str]:
    """Yield today's gemeenten that a former one went to, the main one first."""
    for code in _successors(row):
        if code in rows:
            yield from _followed(rows[code], rows)
        else:
            yield code


def _successors(row: TableRow) -> list[str]:
    also = [code.strip() for code in row.cells[ALSO].split(";")]
    return [row.cells[SUCCESSOR], *filter(None, also)]


def _form_problems(table: Table) -> Iterator[Problem]:
    for column in COLUMNS:
        if column not in table.columns:
            yield Problem(cell(table.file, column=column), "deze kolom ontbreekt.")
    for column in table.columns:
        if column not in COLUMNS:
            yield Problem(cell(table.file, column=column), "deze kolom is onbekend.")


def _cell_problems(table: Table, current: Collection[str]) -> Iterator[Problem]:
    ended: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        code = row.cells[CODE]
        place = cell(table.file, row.line, CODE)
        if not GEMEENTE_CODE.match(code):
            yield Problem(place, f"'{code}' is geen geldige code (verwacht GM en vier cijfers).")
        elif code in current:
            yield Problem(place, f"{code} is een gemeente van nu en kan hier niet staan.")
        elif code in ended:
            yield Problem(place, f"'{code}' staat ook in rij {ended[code][1]}.")
        for column in (NAME, SOURCES):
            if not row.cells[column]:
                place = cell(table.file, row.line, column)
                yield Problem(place, "deze cel mag niet leeg zijn.")
        if not _is_date(row.cells[ENDED]):
            place = cell(table.file, row.line, ENDED)
            yield Problem(place, f"'{row.cells[ENDED]}' is geen datum (verwacht jjjj-mm-dd).")
        ended.setdefault(code, (row.cells[ENDED], row.line))
    for row in table.rows:
        yield from _successor_problems(table, row, current, ended)


def _successor_problems(
    table: Table,
    row: TableRow,
    current: Collection[str],
    ended: Mapping[str, tuple[str, int]],
) -> Iterator[Problem]:
    """Yield where a chain does not reach today; ends that follow each other make no circle."""
    successors = _successors(row)
    for number, code in enumerate(successors):
        place = cell(table.file, row.line, ALSO if number else SUCCESSOR)
        if code in successors[:number]:
            yield Problem(place, f"{code} staat hier meer dan eens.")
        elif code in ended and ended[code][0] <= row.cells[ENDED]:
            yield Problem(
                place, f"{code} was zelf al opgeheven (rij {ended[code][1]}, {ended[code][0]})."
            )
        elif code not in ended and code not in current:
            shown = f"'{code}'" if code else "een lege cel"
            yield Problem(place, f"{shown} is geen gemeente van nu en heeft hier geen eigen rij.")


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
