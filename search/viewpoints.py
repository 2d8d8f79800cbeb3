"""From where somebody looks: comparable places in a question and in its answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from lessons import selectors
from lessons.records import LessonCard
from search.engines.contract import BANDS_FACET, EngineAnswer, EngineQuery, EngineViewpoint
from search.query import LessonOrder, LessonQuery, QueryError, Viewpoint
from search.results import Facet, FacetTerm, HitComparison, LessonResults

BANDS: Mapping[str, range] = MappingProxyType(
    {"very": range(88, 101), "fairly": range(80, 88), "less": range(80)}
)
"""Band → percentages alike. A gemeente in the middle has about twenty others that are
very alike, a third at least fairly; sixteen have none very alike, and are not given any."""

BAND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "very": "Zeer vergelijkbaar",
        "fairly": "Redelijk vergelijkbaar",
        "less": "Minder vergelijkbaar",
    }
)


def view(asked: Viewpoint) -> selectors.Viewpoint:
    """Return how alike all places are; raise ``QueryError`` with the place of a fault."""
    try:
        return selectors.viewpoint(asked.place, weights=dict(asked.weights), off=[*asked.without])
    except selectors.UnknownCode as error:
        raise QueryError(
            f"‘{asked.place[:60]}’ is geen code van een gemeente (GM…) of jeugdregio (JZ…).",
            code="UNKNOWN_PLACE",
            place="viewpoint.place",
            accepted=error.accepted,
        ) from error
    except selectors.InvalidComparison as error:
        raise QueryError(
            error.message,
            code=error.code,
            place=f"viewpoint.{error.place}",
            accepted=error.accepted,
        ) from error


def engine_viewpoint(
    seen: selectors.Viewpoint | None, query: LessonQuery
) -> EngineViewpoint | None:
    """Return the view as an engine takes it: whole percentages, and what is asked of bands.

    Raises ``QueryError`` for an unknown band, and for what needs a viewpoint without one.
    """
    _check(query)
    if seen is None:
        return None
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for code, similarity in seen.similarities.items():
        levels[percentage(similarity)].append(code)
    return EngineViewpoint(
        levels={level: tuple(levels[level]) for level in sorted(levels, reverse=True)},
        bands=BANDS,
        only=query.comparability,
        counts_bands=query.counts_comparability,
    )


def percentage(similarity: float) -> int:
    """Return a similarity in whole percentages."""
    return round(similarity * 100)


def band_of(similarity: float) -> str:
    """Return the band of a similarity."""
    return next(band for band, values in BANDS.items() if percentage(similarity) in values)


def _check(query: LessonQuery) -> None:
    if query.viewpoint is None:
        needing = {
            "orderBy": query.order is LessonOrder.NEAREST,
            "filter.comparability": bool(query.comparability),
            "facets": query.counts_comparability,
        }
        for place, needs_one in needing.items():
            if needs_one:
                raise QueryError(
                    "Kies eerst een gemeente of jeugdregio om vanuit te kijken.",
                    code="NO_VIEWPOINT",
                    place=place,
                )
    for band in query.comparability:
        if band not in BANDS:
            raise QueryError(
                f"‘{band[:60]}’ is geen mate van vergelijkbaarheid.",
                code="UNKNOWN_TERM",
                place="filter.comparability",
                accepted=tuple(BANDS),
            )


def bands_facet(asked: EngineQuery, found: EngineAnswer) -> tuple[Facet, ...]:
    """Return the counts of the bands, the most alike first, when they were asked for."""
    if asked.viewpoint is None or not asked.viewpoint.counts_bands:
        return ()
    counts = found.facet_counts.get(BANDS_FACET, {})
    terms = (FacetTerm(band, BAND_LABELS[band], counts.get(band, 0)) for band in BANDS)
    return (Facet(BANDS_FACET, tuple(term for term in terms if term.count)),)


def with_comparisons(results: LessonResults, seen: selectors.Viewpoint) -> LessonResults:
    """Return the answer with how the place of each lesson compares."""
    hits = (replace(hit, comparison=compared(seen, hit.card)) for hit in results.hits)
    return replace(results, hits=tuple(hits), viewpoint=seen.place)


def compared(seen: selectors.Viewpoint, card: LessonCard) -> HitComparison | None:
    """Return how the place of a lesson compares; None for one without a place."""
    regions = (card.jeugdregio,) if card.jeugdregio else ()
    found = seen.nearest(card.gemeenten or regions)
    if found is None:
        return None
    return HitComparison(
        place=found.place,
        similarity=found.similarity,
        band=band_of(found.similarity),
        label=BAND_LABELS[band_of(found.similarity)],
        reasons=found.reasons,
        note=found.note,
    )
