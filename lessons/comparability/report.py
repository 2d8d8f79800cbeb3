"""The measured part of ``docs/comparable-gemeenten.md``, from the shipped tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from lessons.comparability.distances import compare
from lessons.comparability.nearness import ISOLATED_FROM
from lessons.comparability.profiles import Profiles, read_profiles
from lessons.comparability.quality import (
    Ranks,
    Stability,
    class_agreement,
    explained,
    isolations,
    rank_of,
    ranked,
    stability,
    stability_of_years,
)
from lessons.comparability.regions import region_profiles
from lessons.comparability.traits import TRAITS, Floats
from lessons.comparability.weighting import DEFAULT_WEIGHTING
from lessons.loading.geography_columns import base_name
from lessons.loading.geography_tables import GEMEENTEN_FILE, JEUGDREGIOS_FILE, read_geography

PAGE = Path(__file__).resolve().parents[2] / "docs" / "comparable-gemeenten.md"
BEGIN = "<!-- measured: manage.py report_comparability --write -->"
END = "<!-- end of what is measured -->"

KNOWN_PAIRS = (
    ("Heerlen", "Kerkrade"),
    ("Deventer", "Hengelo"),
    ("Nunspeet", "Elburg"),
    ("Amsterdam", "Rotterdam"),
    ("Urk", "Staphorst"),
)
SHOWN = ("Deventer", "Heerlen", "Nunspeet", "Urk", "Amsterdam")


class ShippedPlaces:
    """The gemeenten and jeugdregio's of the shipped tables, with their distances."""

    def __init__(self) -> None:
        self._geography = read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE)
        gemeenten = self._geography.gemeenten
        self.profiles = read_profiles({row.code: row.figures for row in gemeenten})
        self.names = [row.name for row in gemeenten]
        self.distances = compare(self.profiles, DEFAULT_WEIGHTING).values

    def figure(self, column: str) -> Floats:
        """Return a column of the reference table, in the order of the gemeenten."""
        return np.array([row.figures.get(column, np.nan) for row in self._geography.gemeenten])

    def a_year_ago(self) -> Profiles:
        """Return the profiles with each figure in its oldest year, where the table has two."""
        rows = self._geography.gemeenten
        columns = sorted({column for row in rows for column in row.figures}, reverse=True)
        oldest = {base_name(column): column for column in columns}
        kept = set(oldest.values())
        return read_profiles(
            {
                row.code: {name: value for name, value in row.figures.items() if name in kept}
                for row in rows
            }
        )

    def regions(self) -> tuple[list[str], Profiles]:
        """Return the names and profiles of the jeugdregio's."""
        members = {
            region.code: [
                row.code for row in self._geography.gemeenten if row.jeugdregio_code == region.code
            ]
            for region in self._geography.jeugdregios
        }
        names = [region.name for region in self._geography.jeugdregios]
        return names, region_profiles(self.profiles, members)


def measured() -> str:
    """Return the tables of what is measured, in Markdown."""
    places = ShippedPlaces()
    parts = [
        _traits(places),
        _pairs(places),
        _lists(places),
        _agreement(places),
        _stability(places),
        _years(places),
        _isolated(places),
        _outcome(places),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def with_measured(page: str) -> str:
    """Return the page with what is measured now between its marks."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{measured()}\n\n{END}{after}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _traits(places: ShippedPlaces) -> Iterator[str]:
    yield "### The traits\n"
    unknown = np.isnan(places.profiles.trait_values()).sum(axis=0).tolist()
    rows = []
    for trait, missing in zip(TRAITS, unknown, strict=True):
        year = places.profiles.years[trait.figure]
        shown = f"{year.year}, provisional" if year.is_provisional else str(year.year)
        rows.append(
            (str(trait.theme.label), trait.label, f"`{trait.figure}`", shown, trait.source,
             str(missing))
        )  # fmt: skip
    yield from _table(("Theme", "Trait", "Column", "Year", "Source", "Not known of"), rows)


def _pairs(places: ShippedPlaces) -> Iterator[str]:
    yield "### Known pairs\n"
    rows = []
    for one, other in KNOWN_PAIRS:
        i, j = places.names.index(one), places.names.index(other)
        similarity = f"{1 - places.distances[i, j]:.3f}"
        rows.append(
            (one, other, similarity, str(rank_of(places.distances, i, j)),
             str(rank_of(places.distances, j, i)))
        )  # fmt: skip
    yield from _table(("One", "Other", "Similarity", "Other's rank", "One's rank"), rows)


def _lists(places: ShippedPlaces) -> Iterator[str]:
    yield "### The five nearest\n"
    order = ranked(places.distances)
    rows = [_nearest(name, places.names, places.distances, order) for name in SHOWN]
    names, regions = places.regions()
    distances = compare(regions, DEFAULT_WEIGHTING).values
    order = ranked(distances)
    rows += [
        _nearest(name, names, distances, order, kind="jeugdregio ")
        for name in ("Groningen", "Flevoland")
    ]
    yield from _table(("Place", "Nearest, with similarity"), rows)


def _nearest(
    name: str, names: list[str], distances: Floats, order: Ranks, kind: str = ""
) -> tuple[str, str]:
    place = names.index(name)
    near = order[place][:5].tolist()
    listed = ", ".join(f"{names[other]} {1 - distances[place, other]:.3f}" for other in near)
    return f"{kind}{name}", listed


def _agreement(places: ShippedPlaces) -> Iterator[str]:
    yield "### Classes of CBS\n"
    yield "Share of pairs of the same class:\n"
    rows = []
    for label, column in (("size", "grootteklasse_2025"), ("urbanity", "stedelijkheid_2024")):
        found = class_agreement(places.distances, places.figure(column))
        rows.append(
            (f"{label} (`{column}`)", f"{found.nearest:.0%}", f"{found.chance:.0%}")
        )  # fmt: skip
    yield from _table(("Class", "Within the ten nearest", "By chance"), rows)


def _stability(places: ShippedPlaces) -> Iterator[str]:
    yield "### When a trait is left out\n"
    rows = [
        (found.trait.label, f"{found.rank_correlation:.3f}",
         f"{found.lowest_rank_correlation:.3f}", f"{found.kept:.0%}")
        for found in stability(places.profiles)
    ]  # fmt: skip
    head = ("Left out", "Rank correlation, median", "Lowest", "Kept of the ten nearest")
    yield from _table(head, rows)


def _years(places: ShippedPlaces) -> Iterator[str]:
    older = places.a_year_ago()
    yield "### When a year changes\n"
    yield "Of the traits that the table has in two years, the older one in place of the newer:\n"
    rows = [
        (found.trait.label,
         f"{_year(older, found)} for {_year(places.profiles, found)}",
         f"{found.rank_correlation:.3f}", f"{found.lowest_rank_correlation:.3f}",
         f"{found.kept:.0%}")
        for found in stability_of_years(places.profiles, older)
    ]  # fmt: skip
    head = ("Trait", "Year", "Rank correlation, median", "Lowest", "Kept of the ten nearest")
    yield from _table(head, rows)


def _year(profiles: Profiles, found: Stability) -> int:
    return profiles.years[found.trait.figure].year


def _isolated(places: ShippedPlaces) -> Iterator[str]:
    names = dict(zip(places.profiles.codes, places.names, strict=True))
    found = [place for place in isolations(places.profiles) if place.ratio >= ISOLATED_FROM]
    yield "### Nobody is near\n"
    yield (
        f"{len(found)} gemeenten are told so, with how many times as far as is typical: "
        + ", ".join(f"{names[place.code]} {place.ratio:.1f}" for place in found)
        + "."
    )


def _outcome(places: ShippedPlaces) -> Iterator[str]:
    share = explained(places.profiles, places.figure("pct_jeugdzorg_2022"))
    yield "### What it does not say\n"
    yield (
        f"Together the eight traits explain {share:.0%} of how `pct_jeugdzorg_2022` differs "
        "between gemeenten (least squares). Most of the difference in use is something else."
    )
