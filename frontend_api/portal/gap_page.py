"""The page of gaps as values: a table and a picture of the same counts, with every link made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from frontend_api.portal.phrases import FACET_HEADINGS, capitalised, count_of_kind, enumeration
from frontend_api.portal.scales import CountScale, Step, count_scale
from frontend_api.portal.search_page import search_url
from lessons import selectors
from lessons.records import FacetTable, GapCell, GapMap, GapTerm
from search.service import LessonQuery, QueryError, to_parameters

AXIS_HEADINGS = {axis: FACET_HEADINGS.get(axis, "Gemeentegrootte") for axis in selectors.GAP_AXES}
CELL_WIDTH, CELL_HEIGHT, LABEL_WIDTH, HEAD_HEIGHT = 72, 34, 296, 118
ROOM_FOR_LAST_HEAD = 60
MAX_LABEL, MAX_HEAD = 40, 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the table and of the picture."""

    count: int
    url: str
    level: int
    strongest: str
    kinds: str
    is_gap: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table, with what is lacking in it."""

    anchor: str
    label: str
    short_label: str
    is_narrower: bool
    is_retired: bool
    total: int
    url: str
    cells: tuple[ShownCell, ...]
    lacking: str
    """The columns in which there is nothing yet, as an enumeration."""
    y: float


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the table."""

    label: str
    short_label: str
    is_retired: bool
    url: str
    x: float


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """What the map is limited to, with the address without it."""

    heading: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class GapPage:
    """A map of gaps, ready to be shown."""

    map: GapMap
    row_choices: tuple[Choice, ...]
    column_choices: tuple[Choice, ...]
    region_choices: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    """Parameters that the form sends along unchanged."""
    filters: tuple[ActiveFilter, ...]
    row_heading: str
    column_heading: str
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    steps: tuple[Step, ...]
    width: float
    height: float
    turned_url: str
    """The same map with rows and columns exchanged."""


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """What the address asks for."""

    rows: str
    columns: str
    query: LessonQuery

    def url(self) -> str:
        """Return the address of this question."""
        pairs = [("rijen", self.rows), ("kolommen", self.columns), *to_parameters(self.query)]
        return f"{reverse('frontend_api:gaps')}?{urlencode(pairs)}"


def question(rows: str, columns: str, query: LessonQuery) -> GapQuestion:
    """Return the question; text, order and place in a list mean nothing here."""
    kept = LessonQuery(
        filters=query.filters, period_from=query.period_from, period_to=query.period_to
    )
    return GapQuestion(rows or "ontwikkelpunt", columns or "phase", kept)


def answer(asked: GapQuestion) -> GapPage:
    """Count and return the page; raise ``InvalidGapMap`` when the question has a fault."""
    query = asked.query
    found = selectors.gap_map(
        asked.rows,
        asked.columns,
        filters=query.filters,
        period_from=query.period_from,
        period_to=query.period_to,
    )
    tables = selectors.facet_tables(("jeugdregio", *query.filters))
    regions = tables["jeugdregio"].labels
    scale = count_scale([cell.count for line in found.cells for cell in line])
    return GapPage(
        map=found,
        row_choices=_axis_choices(asked.rows),
        column_choices=_axis_choices(asked.columns),
        region_choices=_region_choices(asked, regions),
        kept=tuple(pair for pair in to_parameters(query) if pair[0] != "jeugdregio"),
        filters=_active(asked, tables),
        row_heading=AXIS_HEADINGS[found.rows.code],
        column_heading=AXIS_HEADINGS[found.columns.code],
        columns=tuple(
            ShownColumn(
                capitalised(term.label),
                _short(term.label, MAX_HEAD),
                term.is_retired,
                _url(query, term),
                LABEL_WIDTH + place * CELL_WIDTH + CELL_WIDTH / 2,
            )
            for place, term in enumerate(found.columns.terms)
        ),
        rows=tuple(
            _row(place, row, line, query, scale)
            for place, (row, line) in enumerate(zip(found.rows.terms, found.cells, strict=True))
        ),
        steps=scale.steps("nog geen les"),
        width=LABEL_WIDTH + CELL_WIDTH * len(found.columns.terms) + ROOM_FOR_LAST_HEAD,
        height=HEAD_HEIGHT + CELL_HEIGHT * len(found.rows.terms) + 4,
        turned_url=GapQuestion(asked.columns, asked.rows, query).url(),
    )


def _axis_choices(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(axis, AXIS_HEADINGS[axis], axis == chosen) for axis in selectors.GAP_AXES)


def _region_choices(asked: GapQuestion, regions: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return the jeugdregio's to limit the map to; none when they are an axis themselves."""
    if "jeugdregio" in (asked.rows, asked.columns):
        return ()
    chosen = asked.query.filters.get("jeugdregio", ())
    return tuple(Choice(code, label, code in chosen) for code, label in regions.items())


def _active(asked: GapQuestion, tables: Mapping[str, FacetTable]) -> tuple[ActiveFilter, ...]:
    query = asked.query
    active = [
        ActiveFilter(
            FACET_HEADINGS[facet],
            ", ".join(_label(tables[facet], code) for code in codes),
            replace(asked, query=replace(query, filters=_without(query, facet))).url(),
        )
        for facet, codes in query.filters.items()
    ]
    if query.period_from is not None or query.period_to is not None:
        years = f"{query.period_from or '…'}\N{EN DASH}{query.period_to or '…'}"
        timeless = replace(query, period_from=None, period_to=None)
        active.append(ActiveFilter("Periode", years, replace(asked, query=timeless).url()))
    return tuple(active)


def _label(table: FacetTable, code: str) -> str:
    return " en ".join(capitalised(table.labels[current]) for current in table.all_current(code))


def _without(query: LessonQuery, facet: str) -> Mapping[str, tuple[str, ...]]:
    return {name: codes for name, codes in query.filters.items() if name != facet}


def _row(
    place: int, row: GapTerm, cells: Sequence[GapCell], query: LessonQuery, scale: CountScale
) -> ShownRow:
    y = HEAD_HEIGHT + place * CELL_HEIGHT
    return ShownRow(
        anchor=f"rij-{place + 1}",
        label=capitalised(row.label),
        short_label=_short(row.label, MAX_LABEL),
        is_narrower=row.broader_code is not None,
        is_retired=row.is_retired,
        total=row.total,
        url=_url(query, row),
        cells=tuple(
            _cell(cell, query, scale, f"#rij-{place + 1}", LABEL_WIDTH + number * CELL_WIDTH, y)
            for number, cell in enumerate(cells)
        ),
        lacking=enumeration([cell.column.label for cell in cells if _is_gap(cell)]),
        y=y,
    )


def _is_gap(cell: GapCell) -> bool:
    return not (cell.count or cell.row.is_retired or cell.column.is_retired)


def _cell(
    cell: GapCell, query: LessonQuery, scale: CountScale, anchor: str, x: float, y: float
) -> ShownCell:
    strongest = cell.strongest_evidence.label if cell.strongest_evidence else ""
    kinds = ", ".join(count_of_kind(kind.kind, kind.count) for kind in cell.kinds)
    return ShownCell(
        count=cell.count,
        url=_url(query, cell.row, cell.column) if cell.count else anchor,
        level=scale.level(cell.count),
        strongest=strongest,
        kinds=kinds,
        is_gap=_is_gap(cell),
        x=x,
        y=y,
    )


def _url(query: LessonQuery, *terms: GapTerm) -> str:
    """Return the address of the lessons under these terms; empty where there are none."""
    filters = dict(query.filters)
    for term in terms:
        if not term.total:
            return ""
        filters[term.filter_facet] = term.filter_codes
    return search_url(replace(query, filters=filters))


def _short(label: str, most: int) -> str:
    label = capitalised(label)
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def fault_message(fault: QueryError | selectors.InvalidGapMap) -> str:
    """Return what a visitor can do, with headings in the place of codes."""
    if fault.code == "UNKNOWN_AXIS":
        return f"Rijen en kolommen kunnen zijn: {enumeration([*AXIS_HEADINGS.values()])}."
    facet = fault.place.rpartition(".")[2]
    if fault.code == "UNKNOWN_TERM" and facet in FACET_HEADINGS:
        return f"Een van de filters op {FACET_HEADINGS[facet].lower()} bestaat niet."
    if fault.code == "CONFLICTING_FILTER":
        heading = FACET_HEADINGS[facet].lower()
        return f"Filteren op {heading} kan niet als {heading} al in de rijen of kolommen staat."
    return fault.message
