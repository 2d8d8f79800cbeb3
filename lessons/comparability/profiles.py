"""The figures of places as arrays: a row for each place, NaN for what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lessons.comparability.traits import TRAITS, Floats
from lessons.loading.geography_columns import YEAR_SUFFIX, base_name

SUPPORTING_FIGURES = (
    "grootteklasse", "huishoudens", "aantal_0_19", "aantal_0_24", "hh_met_kinderen",
)  # fmt: skip
"""What a comparison needs beside the traits: to filter by size, to sum regions."""

SHOWN_FIGURES = ("pct_jeugdzorg", "lasten_jeugd_totaal_keur")
"""What is shown beside a comparison, and never part of it."""

FIGURES = (*(trait.figure for trait in TRAITS), *SUPPORTING_FIGURES, *SHOWN_FIGURES)


@dataclass(frozen=True)
class FigureYear:
    """Of which year a figure is; provisional ones may still be corrected by CBS."""

    year: int
    is_provisional: bool


@dataclass(frozen=True)
class Profiles:
    """The newest figures of places. Treat the arrays as read-only."""

    codes: tuple[str, ...]
    figures: Mapping[str, Floats]
    """Figure → its values in the order of ``codes``."""
    years: Mapping[str, FigureYear]
    """Figure → its year, the same for all places; absent when nobody has the figure."""

    def of(self, codes: Sequence[str]) -> Profiles:
        """Return the profiles of these places, in this order; unknown places have NaN."""
        rows = {code: row for row, code in enumerate(self.codes)}
        places = np.array([rows.get(code, len(rows)) for code in codes], dtype=np.intp)
        return Profiles(
            codes=tuple(codes),
            figures={
                name: np.append(values, np.nan)[places] for name, values in self.figures.items()
            },
            years=self.years,
        )

    def trait_values(self) -> Floats:
        """Return the values of the traits as they are: a row for each place."""
        return np.column_stack([self.figures[trait.figure] for trait in TRAITS])


def read_profiles(rows: Mapping[str, Mapping[str, float]]) -> Profiles:
    """Return the profiles of places: code → column of the reference table → number.

    Of a figure with several years the newest that any place has is taken for all, so
    that no two places are compared over different years.
    """
    columns = _newest_columns({column for figures in rows.values() for column in figures})
    return Profiles(
        codes=tuple(rows),
        figures={name: _values(rows, columns.get(name)) for name in FIGURES},
        years={name: _year(column) for name, column in columns.items()},
    )


def _newest_columns(columns: set[str]) -> dict[str, str]:
    newest: dict[str, str] = {}
    for column in sorted(columns, key=lambda column: _year(column).year):
        if base_name(column) in FIGURES:
            newest[base_name(column)] = column
    return newest


def _values(rows: Mapping[str, Mapping[str, float]], column: str | None) -> Floats:
    return np.array([figures.get(column or "", np.nan) for figures in rows.values()], dtype=float)


def _year(column: str) -> FigureYear:
    found = YEAR_SUFFIX.search(column)
    return FigureYear(int(found["year"]), column.endswith("vl")) if found else FigureYear(0, False)
