"""Reading a reference table: a CSV file that describes itself in lines that begin with '#'.

Such a line is ``# name: value``. ``edition``, ``rows``, ``licence`` and ``attribution``
must be there, with a ``column NAME`` line for each column; ``total COLUMN`` lines give
sums to check against.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lessons.loading.problems import Problem, cell

REQUIRED_NOTES = ("edition", "rows", "licence", "attribution")
NOTE = re.compile(r"^#\s*(?P<name>[a-z]+( \S+)?):\s*(?P<value>.+?)\s*$")
WHOLE_NUMBER = re.compile(r"^\d+$")


@dataclass(frozen=True)
class TableRow:
    """One row: its line in the file, as an editor shows it, and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table as it stands in the file, with every cell still text."""

    file: str
    notes: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def edition(self) -> int:
        """The year of the table."""
        return int(self.notes["edition"])


def read_table(path: Path, problems: list[Problem]) -> Table | None:
    """Return the table, or None when it cannot be read at all.

    Faults of form (notes, columns, cells too many or too few, the number of rows, the
    totals) are added to ``problems``.
    """
    file = path.name
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        problems.append(Problem(file, f"het bestand is niet te lezen ({error.strerror})."))
        return None
    except UnicodeDecodeError:
        problems.append(Problem(file, "het bestand is geen UTF-8; bewaar het als 'CSV UTF-8'."))
        return None
    head = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    notes = {m["name"]: m["value"] for line in lines[:head] if (m := NOTE.match(line))}
    if head == len(lines):
        problems.append(Problem(file, "het bestand heeft geen rij met kolomnamen."))
        return None
    reader = csv.reader(lines[head:])
    columns = tuple(name.strip() for name in next(reader))
    if len(columns) == 1 and ";" in columns[0]:
        problems.append(
            Problem(cell(file, head + 1), "scheid de kolommen met een komma, niet met ';'.")
        )
        return None
    numbered = [(head + reader.line_num, values) for values in reader]
    rows = tuple(_rows(numbered, file, columns, problems))
    table = Table(file, notes, columns, rows)
    _check_form(table, head + 1, problems)
    return None if any(name not in notes for name in REQUIRED_NOTES) else table


def _rows(
    numbered: Iterable[tuple[int, list[str]]],
    file: str,
    columns: tuple[str, ...],
    problems: list[Problem],
) -> list[TableRow]:
    rows = []
    for line, values in numbered:
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(columns):
            problems.append(
                Problem(cell(file, line), f"{len(values)} cellen, verwacht {len(columns)}.")
            )
            continue
        cells = {name: value.strip() for name, value in zip(columns, values, strict=True)}
        rows.append(TableRow(line, cells))
    return rows


def _check_form(table: Table, header_line: int, problems: list[Problem]) -> None:
    for name in REQUIRED_NOTES:
        if name not in table.notes:
            problems.append(Problem(table.file, f"de regel '# {name}: ...' ontbreekt in de kop."))
    for name in ("edition", "rows"):
        if not WHOLE_NUMBER.match(table.notes.get(name, "0")):
            problems.append(Problem(table.file, f"'# {name}:' in de kop is geen geheel getal."))
            table.notes.pop(name)
    for column in table.columns:
        if table.columns.count(column) > 1:
            place = cell(table.file, header_line, column)
            problems.append(Problem(place, "deze kolom komt meer dan eens voor."))
        if f"column {column}" not in table.notes:
            place = cell(table.file, header_line, column)
            problems.append(
                Problem(place, f"jaar en bron ontbreken: voeg '# column {column}: ...' toe.")
            )
    _check_totals(table, problems)


def _check_totals(table: Table, problems: list[Problem]) -> None:
    stated = table.notes.get("rows")
    if stated is not None and int(stated) != len(table.rows):
        problems.append(
            Problem(table.file, f"{len(table.rows)} goede rijen, volgens de kop {stated}.")
        )
    for name, value in table.notes.items():
        kind, _, column = name.partition(" ")
        if kind != "total":
            continue
        if column not in table.columns:
            problems.append(Problem(table.file, f"'# {name}:' noemt een kolom die er niet is."))
            continue
        cells = [row.cells[column] for row in table.rows]
        total = sum(int(text) for text in cells if WHOLE_NUMBER.match(text))
        if str(total) != value:
            place = cell(table.file, column=column)
            problems.append(Problem(place, f"de som is {total}, volgens de kop {value}."))
