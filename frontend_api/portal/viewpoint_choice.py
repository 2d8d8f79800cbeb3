"""Choosing from where to look, on the search page."""

from __future__ import annotations

from dataclasses import dataclass

from lessons import selectors
from search.service import BAND_LABELS, BANDS_FACET, LessonQuery, LessonResults


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place that can be looked from."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BandOption:
    """A degree of comparability as a checkbox."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ViewpointChoice:
    """The places to choose from and, once one is chosen, the bands."""

    gemeenten: tuple[PlaceOption, ...]
    jeugdregios: tuple[PlaceOption, ...]
    chosen: str
    """Name of the place; empty without one."""
    bands: tuple[BandOption, ...]
    kept: tuple[tuple[str, str], ...]
    """Parameters of weights for the form to send along."""


def viewpoint_choice(query: LessonQuery, results: LessonResults) -> ViewpointChoice:
    """Return the choice as it stands for an answered query; three queries at most."""
    gemeenten, jeugdregios = place_options(results.viewpoint.code if results.viewpoint else "")
    return ViewpointChoice(
        gemeenten=gemeenten,
        jeugdregios=jeugdregios,
        chosen=results.viewpoint.name if results.viewpoint else "",
        bands=_bands(query, results),
        kept=_kept(query),
    )


def place_options(chosen: str = "") -> tuple[tuple[PlaceOption, ...], tuple[PlaceOption, ...]]:
    """Return all gemeenten and all jeugdregio's by name; three queries at most."""
    tables = selectors.facet_tables(("gemeente", "jeugdregio"))
    gemeenten, jeugdregios = (
        tuple(
            PlaceOption(place, name, place == chosen)
            for place, name in sorted(tables[facet].labels.items(), key=lambda pair: pair[1])
        )
        for facet in ("gemeente", "jeugdregio")
    )
    return gemeenten, jeugdregios


def _bands(query: LessonQuery, results: LessonResults) -> tuple[BandOption, ...]:
    if results.viewpoint is None:
        return ()
    counts = {
        term.code: term.count
        for facet in results.facets
        if facet.name == BANDS_FACET
        for term in facet.terms
    }
    return tuple(
        BandOption(band, label, counts.get(band, 0), band in query.comparability)
        for band, label in BAND_LABELS.items()
    )


def _kept(query: LessonQuery) -> tuple[tuple[str, str], ...]:
    if query.viewpoint is None:
        return ()
    weights = (("gewicht", f"{theme}:{step}") for theme, step in query.viewpoint.weights.items())
    return (*weights, *(("zonder", trait) for trait in query.viewpoint.without))
