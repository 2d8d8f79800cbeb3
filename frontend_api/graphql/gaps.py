"""Where lessons are and where there are none yet, as a field of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.enums import GapAxis, LessonFacet, LessonKind
from frontend_api.graphql.lesson_lists import LessonFilter, filters_of
from frontend_api.graphql.record_type import RecordType
from frontend_api.graphql.terms import Term
from lessons import records, selectors
from search.service import QueryError


def _many(of_type: Any, description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(of_type), required=True, description=description)


class GapTerm(RecordType):
    """A row or column."""

    class Meta:
        description = "A row or a column of a gap map."

    code = graphene.String(required=True, description="Code; '1' to '8' for a size class.")
    label = graphene.String(required=True, description="Label, in Dutch.")
    broader_code = graphene.String(
        description="Of a narrower term: the row or column in which its lessons count as well."
    )
    is_retired = graphene.Boolean(
        required=True,
        description="Whether the term can no longer be chosen; shown for lessons that keep it.",
    )
    total = graphene.Int(
        required=True, description="Lessons under it, in whatever cell or in none."
    )
    filter_facet = graphene.Field(
        LessonFacet, required=True, description="Field of `LessonFilter` that finds its lessons."
    )
    filter_codes = _many(
        graphene.String,
        "Values for that field: for a size class the gemeenten of that class with lessons.",
    )


class GapAxisTerms(RecordType):
    """The rows or the columns."""

    class Meta:
        description = "The rows or the columns of a gap map."

    axis = graphene.Field(GapAxis, required=True, description="What they are.")
    label = graphene.String(required=True, description="Name, in Dutch.")
    terms = _many(GapTerm, "In order, a narrower term right after its broader one.")

    @staticmethod
    def resolve_axis(axis: records.GapAxis, _info: GraphQLResolveInfo) -> str:
        """Return the code of the axis."""
        return axis.code


class EvidenceCount(RecordType):
    """Lessons that rest on one level of evidence."""

    class Meta:
        description = "How many lessons of a cell rest on this evidence."

    level = graphene.Field(Term, required=True, description="The evidence level.")
    count = graphene.Int(required=True, description="Number of lessons.")


class KindCount(RecordType):
    """Lessons of one kind."""

    class Meta:
        description = "How many lessons of a cell are of this kind; failures count as any."

    kind = graphene.Field(LessonKind, required=True, description="The kind.")
    label = graphene.String(required=True, description="Its name, in Dutch.")
    count = graphene.Int(required=True, description="Number of lessons.")


class GapCell(RecordType):
    """The lessons in one row and column."""

    class Meta:
        description = "The lessons in one row and column; `count` may be 0."

    row = graphene.Field(GapTerm, required=True, description="The row.")
    column = graphene.Field(GapTerm, required=True, description="The column.")
    count = graphene.Int(required=True, description="Number of public lessons.")
    strongest_evidence = graphene.Field(
        Term, description="The firmest level of evidence here; null in an empty cell."
    )
    evidence = _many(EvidenceCount, "The levels that occur here, the firmest first.")
    kinds = _many(KindCount, "The kinds that occur here.")


class GapMap(RecordType):
    """Counts of lessons over two axes."""

    class Meta:
        description = (
            "Where public lessons are and where there are none yet. A lesson counts in every "
            "cell whose row and column it has, so cells together may exceed the total."
        )

    rows = graphene.Field(GapAxisTerms, required=True, description="The rows.")
    columns = graphene.Field(GapAxisTerms, required=True, description="The columns.")
    cells = _many(GapCell, "Row by row; cells without lessons are there.")
    gaps = _many(
        GapCell, "The cells without lessons that could have some: those of retired terms could not."
    )
    total = graphene.Int(required=True, description="Lessons that meet the filter.")
    unplaced = graphene.Int(
        required=True, description="Those among them that have no row or no column."
    )
    source = graphene.String(
        description="Year and source of a size class; null where only lessons are counted."
    )

    @staticmethod
    def resolve_cells(found: records.GapMap, _info: GraphQLResolveInfo) -> list[records.GapCell]:
        """Return the cells of all rows, one after the other."""
        return [cell for line in found.cells for cell in line]


def gap_map_field() -> graphene.Field:
    """Return the field ``gapMap``."""
    return graphene.Field(
        GapMap,
        required=True,
        description="Counts of lessons in rows and columns, with evidence and with the gaps.",
        resolver=_resolve,
        args={
            "rows": graphene.Argument(
                GapAxis, description="What the rows are; ONTWIKKELPUNT when left out."
            ),
            "columns": graphene.Argument(
                GapAxis, description="What the columns are; PHASE when left out."
            ),
            "filter": graphene.Argument(
                LessonFilter,
                description=(
                    "Which lessons are counted. Not on what is a row or column already, nor on "
                    "`comparability`."
                ),
            ),
        },
    )


def _resolve(
    _root: None,
    _info: GraphQLResolveInfo,
    rows: Any = None,
    columns: Any = None,
    filter: Any = None,
) -> records.GapMap:
    asked = filter or {}
    if asked.get("comparability"):
        raise QueryError(
            "Vergelijkbaarheid hangt af van waar iemand kijkt; laat dat filter hier weg.",
            code="UNSUPPORTED_FILTER",
            place="filter.comparability",
        )
    period = asked.get("period") or {}
    try:
        return selectors.gap_map(
            **dict(_given(rows=rows, columns=columns)),
            filters=filters_of(asked),
            period_from=period.get("from_year"),
            period_to=period.get("to_year"),
        )
    except selectors.InvalidGapMap as fault:
        if fault.place in ("rows", "columns"):
            fault.accepted = tuple(GapAxis.get(axis).name for axis in fault.accepted)
        raise


def _given(**axes: Any) -> Iterable[tuple[str, str]]:
    return ((name, axis.value) for name, axis in axes.items() if axis is not None)
