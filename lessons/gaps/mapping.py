"""From a question about two axes to a gap map, as records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from lessons.choices import LessonKind
from lessons.gaps.axes import GAP_AXES, SIZE_CLASS, AxisTerm, SizeClasses, axis_terms, size_classes
from lessons.gaps.content import Mark, content_mark, terms_mark
from lessons.gaps.reading import Codes, TaggedLessons, public_pilot_slugs, read_lessons
from lessons.models import VOCABULARIES
from lessons.reading.facets import facet_tables
from lessons.reading.terms import Terms
from lessons.records import (
    CountedEvidence,
    CountedKind,
    FacetTable,
    GapAxis,
    GapCell,
    GapMap,
    GapTerm,
    TermRef,
)

_AXIS_LABELS = {
    "kind": "soorten lessen",
    "scope": "gebieden",
    "jeugdregio": "jeugdregio’s",
    SIZE_CLASS: "gemeentegrootte",
}


class InvalidGapMap(ValueError):
    """A gap map that cannot be made as asked.

    ``code`` is for programs, ``place`` says which argument is at fault, ``accepted``
    holds what would be right, and the message says so in Dutch.
    """

    def __init__(
        self, message: str, *, code: str, place: str, accepted: Iterable[str] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.place = place
        self.accepted = tuple(accepted)


@dataclass(frozen=True)
class GapFilter:
    """Which lessons are counted: as in ``search.query.LessonQuery``."""

    codes: Mapping[str, tuple[str, ...]]
    period_from: int | None = None
    period_to: int | None = None

    @property
    def has_period(self) -> bool:
        """Whether the period of a lesson matters."""
        return self.period_from is not None or self.period_to is not None

    def admits(self, lesson: TaggedLessons) -> bool:
        """Tell whether lessons are counted; those of unknown period match no period."""
        return (
            all(not lesson.codes[facet].isdisjoint(codes) for facet, codes in self.codes.items())
            and (self.period_to is None or _at_most(lesson.period_from, self.period_to))
            and (self.period_from is None or _at_most(self.period_from, lesson.period_to))
        )


def _at_most(first: int | None, second: int | None) -> bool:
    return first is not None and second is not None and first <= second


def gap_map(
    rows: str = "ontwikkelpunt",
    columns: str = "phase",
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    period_from: int | None = None,
    period_to: int | None = None,
) -> GapMap:
    """Return how many public lessons there are in each row and column.

    Takes a fixed number of queries for each question; those that read lessons only when
    anything changed since it was asked last in this process.

    ``rows`` and ``columns`` are of ``GAP_AXES``; filters and period are those of a
    search, and a search with the filters of a cell finds as many lessons as it counts.
    Raises :class:`InvalidGapMap`.
    """
    asked = GapFilter(
        {facet: tuple(codes) for facet, codes in (filters or {}).items() if codes},
        period_from,
        period_to,
    )
    _check_axes(rows, columns, asked)
    wanted = replace(asked, codes=_current_codes(asked.codes))
    terms = Terms()
    sizes = size_classes() if SIZE_CLASS in (rows, columns) else None
    facets = _facets(rows, columns, wanted)
    state = _State(
        lessons=content_mark(facets),
        terms=tuple(terms_mark(terms[each]) for each in _vocabularies(facets)),
        pilots=tuple(public_pilot_slugs().items()) if "pilot" in facets else (),
    )
    question = (rows, columns, tuple(sorted(wanted.codes.items())), period_from, period_to)
    found = _kept.get((question, state))
    if found is None:
        found = _mapped(rows, columns, wanted, terms, sizes)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[question, state] = found
    return found


@dataclass(frozen=True)
class _State:
    """All that a map is made of, besides the question, as it is at this moment."""

    lessons: Mark
    terms: tuple[Mark, ...]
    pilots: tuple[tuple[int, str], ...]


_kept: dict[tuple[object, _State], GapMap] = {}
_MOST_KEPT = 32


def _facets(rows: str, columns: str, wanted: GapFilter) -> frozenset[str]:
    """Return what must be known of a lesson; size classes are those of its gemeenten."""
    places = ("gemeente",) if SIZE_CLASS in (rows, columns) else ()
    return frozenset({rows, columns, *wanted.codes, *places})


def _vocabularies(facets: Iterable[str]) -> list[str]:
    return sorted({"evidenceLevel", *VOCABULARIES.keys() & set(facets)})


def _mapped(
    rows: str, columns: str, wanted: GapFilter, terms: Terms, sizes: SizeClasses | None
) -> GapMap:
    """Return the map of one question, made anew."""
    facets = _facets(rows, columns, wanted)
    read = read_lessons(facets, terms, sizes, with_periods=wanted.has_period)
    lessons = [lesson for lesson in read if wanted.admits(lesson)]
    counts = _Counts(lessons, rows, columns)
    axes = [
        _axis(name, counts.of_axis[place], terms, _SizeFilter(sizes, lessons))
        for place, name in enumerate((rows, columns))
    ]
    cells = _cells(axes[0], axes[1], counts, terms)
    return GapMap(
        rows=axes[0],
        columns=axes[1],
        cells=cells,
        gaps=tuple(
            cell
            for line in cells
            for cell in line
            if not (cell.count or cell.row.is_retired or cell.column.is_retired)
        ),
        total=sum(lesson.number for lesson in lessons),
        unplaced=counts.unplaced,
        source=sizes.source if sizes else "",
    )


def axis_label(axis: str) -> str:
    """Return the Dutch name of an axis."""
    if axis in VOCABULARIES:
        return str(VOCABULARIES[axis]._meta.verbose_name_plural)
    return _AXIS_LABELS[axis]


def _check_axes(rows: str, columns: str, asked: GapFilter) -> None:
    for place, axis in (("rows", rows), ("columns", columns)):
        if axis not in GAP_AXES:
            raise InvalidGapMap(
                f"Rijen en kolommen kunnen zijn: {', '.join(GAP_AXES)}.",
                code="UNKNOWN_AXIS",
                place=place,
                accepted=GAP_AXES,
            )
    if rows == columns:
        raise InvalidGapMap(
            "Kies voor de kolommen iets anders dan voor de rijen.",
            code="SAME_AXIS",
            place="columns",
            accepted=(axis for axis in GAP_AXES if axis != rows),
        )
    for axis in (rows, columns):
        facet = "gemeente" if axis == SIZE_CLASS else axis
        if asked.codes.get(facet):
            raise InvalidGapMap(
                f"Op {facet} kan hier niet ook worden gefilterd: het staat al in de rijen of "
                "kolommen. Laat dat filter weg.",
                code="CONFLICTING_FILTER",
                place=f"filter.{facet}",
            )


def _current_codes(asked: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the filters with the codes of today; three queries at most."""
    tables = facet_tables(list(asked)) if asked else {}
    return {
        facet: tuple(
            current for code in codes for current in _current_codes_of(facet, code, tables[facet])
        )
        for facet, codes in asked.items()
    }


def _current_codes_of(facet: str, code: str, table: FacetTable) -> tuple[str, ...]:
    current = table.all_current(code)
    if not current:
        shown = "".join(letter for letter in code[:60] if letter.isprintable())
        raise InvalidGapMap(
            f"‘{shown}’ komt niet voor in {facet}.",
            code="UNKNOWN_TERM",
            place=f"filter.{facet}",
            accepted=table.labels,
        )
    return current


class _Counts:
    """How many lessons are in each cell, by evidence and kind; one pass over the lessons."""

    def __init__(self, lessons: Iterable[TaggedLessons], rows: str, columns: str) -> None:
        self.of_axis: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.evidence: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.unplaced = 0
        # What comes apart from the database may stand under the same codes all the same.
        alike: Counter[tuple[Codes, Codes, str, str]] = Counter()
        for lesson in lessons:
            tags = (lesson.codes[rows], lesson.codes[columns], lesson.evidence, lesson.kind)
            alike[tags] += lesson.number
        for (down, across, evidence, kind), number in alike.items():
            self.of_axis[0].update(dict.fromkeys(down, number))
            self.of_axis[1].update(dict.fromkeys(across, number))
            self.unplaced += 0 if down and across else number
            for cell in product(down, across):
                self.evidence[cell][evidence] += number
                self.kinds[cell][kind] += number


@dataclass(frozen=True)
class _SizeFilter:
    """Which gemeenten to search for: those of a size class from which there are lessons."""

    sizes: SizeClasses | None
    lessons: Sequence[TaggedLessons]

    def codes(self, size: str) -> tuple[str, ...]:
        if self.sizes is None:
            return ()
        found = {code for lesson in self.lessons for code in lesson.codes["gemeente"]}
        return tuple(sorted(code for code in found if self.sizes.of_gemeenten.get(code) == size))


def _axis(axis: str, totals: Counter[str], terms: Terms, sizes: _SizeFilter) -> GapAxis:
    table = terms[axis] if axis in VOCABULARIES else None
    is_size = axis == SIZE_CLASS

    def gap_term(term: AxisTerm) -> GapTerm:
        return GapTerm(
            code=term.code,
            label=term.label,
            broader_code=term.broader_code,
            is_retired=term.is_retired,
            total=totals[term.code],
            filter_facet="gemeente" if is_size else axis,
            filter_codes=sizes.codes(term.code) if is_size else (term.code,),
        )

    # Nobody can choose a retired term any more; it is shown for the lessons that keep it.
    shown = [term for term in axis_terms(axis, table) if totals[term.code] or not term.is_retired]
    return GapAxis(axis, axis_label(axis), tuple(map(gap_term, shown)))


def _cells(
    rows: GapAxis, columns: GapAxis, counts: _Counts, terms: Terms
) -> tuple[tuple[GapCell, ...], ...]:
    levels = terms["evidenceLevel"]
    # A higher order is firmer.
    firmest_first = [levels.ref(level.pk) for level in reversed(levels.standing())]
    empty: Counter[str] = Counter()

    def cell(row: GapTerm, column: GapTerm) -> GapCell:
        kinds = counts.kinds.get((row.code, column.code), empty)
        return GapCell(
            row=row,
            column=column,
            count=kinds.total(),
            evidence=_evidence(counts.evidence.get((row.code, column.code), empty), firmest_first),
            kinds=tuple(
                CountedKind(kind.value, str(kind.label), kinds[kind.value])
                for kind in LessonKind
                if kinds[kind.value]
            ),
        )

    return tuple(tuple(cell(row, column) for column in columns.terms) for row in rows.terms)


def _evidence(counts: Counter[str], levels: Sequence[TermRef]) -> tuple[CountedEvidence, ...]:
    return tuple(
        CountedEvidence(level, counts[level.code]) for level in levels if counts[level.code]
    )
