"""The tables of gemeenten, former ones and jeugdregio's, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lessons.loading.former_gemeenten import FormerGemeente, read_former_gemeenten
from lessons.loading.geography_checks import check_agreement, check_cells, has_form
from lessons.loading.geography_columns import (
    FIGURES,
    GEMEENTE_COLUMNS,
    JEUGDREGIO_COLUMNS,
    SUMMED_COLUMNS,
    base_name,
    newest_column,
)
from lessons.loading.problems import LoadingError, Problem, raise_if_any
from lessons.loading.tables import Table, TableRow, read_table

DATA_DIR = Path(__file__).resolve().parents[1] / "data"
GEMEENTEN_FILE = DATA_DIR / "gemeenten.csv"
JEUGDREGIOS_FILE = DATA_DIR / "jeugdregios.csv"
FORMER_FILE = DATA_DIR / "former_gemeenten.csv"


@dataclass(frozen=True)
class JeugdregioRow:
    """A jeugdregio as its table gives it."""

    code: str
    name: str


@dataclass(frozen=True)
class GemeenteRow:
    """A gemeente as its table gives it, with its figures."""

    code: str
    name: str
    cbs_name: str
    tooi_uri: str
    provincie_code: str
    provincie: str
    jeugdregio_code: str
    latitude: float
    longitude: float
    figures: dict[str, float]


@dataclass(frozen=True)
class Geography:
    """The tables, checked.

    Every gemeente lies in exactly one of the jeugdregio's, and every former one was
    followed to gemeenten of this table.
    """

    edition: int
    jeugdregios: tuple[JeugdregioRow, ...]
    gemeenten: tuple[GemeenteRow, ...]
    former: tuple[FormerGemeente, ...]
    gemeenten_file: str
    jeugdregios_file: str


def read_geography(
    gemeenten_path: Path = GEMEENTEN_FILE,
    jeugdregios_path: Path = JEUGDREGIOS_FILE,
    former_path: Path = FORMER_FILE,
) -> Geography:
    """Read and check the tables; raise ``LoadingError`` with every fault in them."""
    problems: list[Problem] = []
    gemeenten = read_table(gemeenten_path, problems)
    jeugdregios = read_table(jeugdregios_path, problems)
    complete = [
        table is not None and has_form(table, required, problems)
        for table, required in (
            (gemeenten, (*GEMEENTE_COLUMNS, *FIGURES)),
            (jeugdregios, (*JEUGDREGIO_COLUMNS, *SUMMED_COLUMNS)),
        )
    ]
    if gemeenten is None or jeugdregios is None or not all(complete):
        raise LoadingError(problems)
    check_cells(gemeenten, jeugdregios, problems)
    check_agreement(gemeenten, jeugdregios, problems)
    codes = {row.cells["gm_code"] for row in gemeenten.rows}
    former = read_former_gemeenten(former_path, codes, problems)
    raise_if_any(problems)
    return Geography(
        edition=gemeenten.edition,
        jeugdregios=tuple(
            JeugdregioRow(row.cells["jeugdregio_code"], row.cells["naam"])
            for row in jeugdregios.rows
        ),
        gemeenten=tuple(_gemeente_row(gemeenten, row) for row in gemeenten.rows),
        former=former,
        gemeenten_file=gemeenten.file,
        jeugdregios_file=jeugdregios.file,
    )


def _gemeente_row(table: Table, row: TableRow) -> GemeenteRow:
    cells = row.cells
    return GemeenteRow(
        code=cells["gm_code"],
        name=cells["naam_tooi"],
        cbs_name=cells["naam"],
        tooi_uri=cells["tooi_uri"],
        provincie_code=cells["provincie_code"],
        provincie=cells["provincie"],
        jeugdregio_code=cells[newest_column(table, "jeugdregio_code")],
        latitude=float(cells["lat"]),
        longitude=float(cells["lon"]),
        figures={
            column: float(text) if "." in text else int(text)
            for column, text in cells.items()
            if base_name(column) in FIGURES and text
        },
    )
