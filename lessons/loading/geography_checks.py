"""What must hold in the tables of gemeenten and jeugdregio's, and between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.loading.geography_columns import (
    FIGURES,
    GEMEENTE_CODE,
    JEUGDREGIO_CODE,
    LATITUDES,
    LONGITUDES,
    NAME_COLUMNS,
    NEVER_EMPTY,
    NUMBER,
    PROVINCIE_CODE,
    SUMMED_COLUMNS,
    TOOI_PREFIX,
    base_name,
    newest_column,
)
from lessons.loading.problems import Problem, cell
from lessons.loading.tables import Table


def has_form(table: Table, required: tuple[str, ...], problems: list[Problem]) -> bool:
    """Tell whether every required column is there; add what is missing or unknown."""
    bases = {base_name(column) for column in table.columns}
    missing = [base for base in required if base not in bases]
    unknown = [column for column in table.columns if base_name(column) not in required]
    for base in missing:
        problems.append(Problem(cell(table.file, column=base), "deze kolom ontbreekt."))
    for column in unknown:
        problems.append(Problem(cell(table.file, column=column), "deze kolom is onbekend."))
    return not missing


def check_cells(gemeenten: Table, jeugdregios: Table, problems: list[Problem]) -> None:
    """Add the faults of single cells: codes, names, numbers, duplicates."""
    for table, pattern, code in (
        (gemeenten, GEMEENTE_CODE, "gm_code"),
        (jeugdregios, JEUGDREGIO_CODE, "jeugdregio_code"),
    ):
        problems += _pattern_problems(table, code, pattern)
        problems += _duplicates(table, code)
        problems += _duplicates(table, "naam")
    problems += _pattern_problems(gemeenten, "provincie_code", PROVINCIE_CODE)
    problems += _pattern_problems(
        gemeenten, newest_column(gemeenten, "jeugdregio_code"), JEUGDREGIO_CODE
    )
    problems += _number_problems(jeugdregios, "aantal_gemeenten", (1, 1000), may_be_empty=False)
    for table in (gemeenten, jeugdregios):
        for column in table.columns:
            base = base_name(column)
            if base in NAME_COLUMNS:
                problems += _empty_cells(table, column)
            if base in FIGURES:
                problems += _number_problems(
                    table, column, FIGURES[base], may_be_empty=base not in NEVER_EMPTY
                )
    problems += _number_problems(gemeenten, "lat", LATITUDES, may_be_empty=False)
    problems += _number_problems(gemeenten, "lon", LONGITUDES, may_be_empty=False)
    for row in gemeenten.rows:
        if row.cells["tooi_uri"] != TOOI_PREFIX + row.cells["gm_code"].lower():
            place = cell(gemeenten.file, row.line, "tooi_uri")
            problems.append(Problem(place, f"verwacht {TOOI_PREFIX} met de eigen code."))


def _pattern_problems(table: Table, column: str, pattern: re.Pattern[str]) -> Iterator[Problem]:
    for row in table.rows:
        if not pattern.match(row.cells[column]):
            expected = pattern.pattern.strip("^$")
            yield Problem(
                cell(table.file, row.line, column),
                f"'{row.cells[column]}' is geen geldige code (verwacht {expected}).",
            )


def _duplicates(table: Table, column: str) -> Iterator[Problem]:
    first_line: dict[str, int] = {}
    for row in table.rows:
        value = row.cells[column]
        if value in first_line:
            yield Problem(
                cell(table.file, row.line, column),
                f"'{value}' staat ook in rij {first_line[value]}.",
            )
        first_line.setdefault(value, row.line)


def _empty_cells(table: Table, column: str) -> Iterator[Problem]:
    for row in table.rows:
        if not row.cells[column]:
            yield Problem(cell(table.file, row.line, column), "deze cel mag niet leeg zijn.")


def _number_problems(
    table: Table, column: str, bounds: tuple[float, float], *, may_be_empty: bool
) -> Iterator[Problem]:
    low, high = bounds
    for row in table.rows:
        text = row.cells[column]
        place = cell(table.file, row.line, column)
        if not text:
            if not may_be_empty:
                yield Problem(place, "deze cel mag niet leeg zijn.")
        elif not NUMBER.match(text):
            yield Problem(place, f"'{text}' is geen getal (met een punt als decimaalteken).")
        elif not low <= float(text) <= high:
            yield Problem(place, f"{text} ligt niet tussen {low:g} en {high:g}.")


def check_agreement(gemeenten: Table, jeugdregios: Table, problems: list[Problem]) -> None:
    """Add where the tables differ: editions, which gemeente lies where, and the sums."""
    if gemeenten.edition != jeugdregios.edition:
        problems.append(
            Problem(
                jeugdregios.file,
                f"edition is {jeugdregios.edition}, in {gemeenten.file} {gemeenten.edition}.",
            )
        )
    problems += _region_problems(gemeenten, jeugdregios)
    problems += _membership_problems(gemeenten, jeugdregios)
    for base in SUMMED_COLUMNS:
        column = newest_column(jeugdregios, base)
        if column not in gemeenten.columns:
            place = cell(jeugdregios.file, column=column)
            problems.append(Problem(place, f"{gemeenten.file} heeft deze kolom niet."))
        else:
            problems += _sum_problems(gemeenten, jeugdregios, column)


def _region_problems(gemeenten: Table, jeugdregios: Table) -> Iterator[Problem]:
    code_column = newest_column(gemeenten, "jeugdregio_code")
    name_column = newest_column(gemeenten, "jeugdregio")
    names = {row.cells["jeugdregio_code"]: row.cells["naam"] for row in jeugdregios.rows}
    for row in gemeenten.rows:
        code, name = row.cells[code_column], row.cells[name_column]
        if code not in names:
            place = cell(gemeenten.file, row.line, code_column)
            yield Problem(place, f"{code} staat niet in {jeugdregios.file}.")
        elif name != names[code]:
            place = cell(gemeenten.file, row.line, name_column)
            yield Problem(place, f"'{name}', in {jeugdregios.file} heet {code} '{names[code]}'.")


def _membership_problems(gemeenten: Table, jeugdregios: Table) -> Iterator[Problem]:
    code_column = newest_column(gemeenten, "jeugdregio_code")
    region_of = {row.cells["gm_code"]: row.cells[code_column] for row in gemeenten.rows}
    listed_in: dict[str, str] = {}
    for row in jeugdregios.rows:
        region = row.cells["jeugdregio_code"]
        place = cell(jeugdregios.file, row.line, "gemeenten")
        members = [code.strip() for code in row.cells["gemeenten"].split(";") if code.strip()]
        for code in members:
            if code in listed_in:
                yield Problem(place, f"{code} staat ook bij {listed_in[code]}.")
            elif code not in region_of:
                yield Problem(place, f"{code} staat niet in {gemeenten.file}.")
            elif region_of[code] != region:
                yield Problem(place, f"{code} hoort in {gemeenten.file} bij {region_of[code]}.")
            listed_in.setdefault(code, region)
        if row.cells["aantal_gemeenten"] != str(len(members)):
            place = cell(jeugdregios.file, row.line, "aantal_gemeenten")
            yield Problem(
                place, f"{row.cells['aantal_gemeenten']}, maar er staan {len(members)} codes."
            )
    for row in gemeenten.rows:
        if row.cells["gm_code"] not in listed_in:
            place = cell(gemeenten.file, row.line, "gm_code")
            yield Problem(
                place, f"{row.cells['gm_code']} staat bij geen enkele regio in {jeugdregios.file}."
            )


def _sum_problems(gemeenten: Table, jeugdregios: Table, column: str) -> Iterator[Problem]:
    code_column = newest_column(gemeenten, "jeugdregio_code")
    sums: dict[str, float] = {}
    for row in gemeenten.rows:
        region, text = row.cells[code_column], row.cells[column]
        sums[region] = sums.get(region, 0) + (float(text) if NUMBER.match(text) else 0)
    for row in jeugdregios.rows:
        text = row.cells[column]
        total = sums.get(row.cells["jeugdregio_code"], 0)
        if NUMBER.match(text) and float(text) != total:
            place = cell(jeugdregios.file, row.line, column)
            yield Problem(place, f"{text}, maar de gemeenten tellen op tot {total:g}.")
