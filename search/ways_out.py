"""When nothing is found: which filter stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from lessons.records import FacetTable
from search.engines.contract import BANDS_FACET, Engine, EngineQuery
from search.results import WayOut
from search.viewpoints import BAND_LABELS

FACET_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ontwikkelpunt": "Ontwikkelpunt",
        "phase": "Fase",
        "partner": "Partner",
        "familyForm": "Gezinsvorm",
        "situation": "Situatie",
        "audience": "Doelgroep",
        "evidenceLevel": "Bewijskracht",
        "kind": "Soort les",
        "scope": "Gebied",
        "jeugdregio": "Jeugdregio",
        "gemeente": "Gemeente",
        "pilot": "Pilot",
        BANDS_FACET: "Vergelijkbaarheid",
    }
)


def best_way_out(
    asked: EngineQuery, engine: Engine, tables: Mapping[str, FacetTable]
) -> WayOut | None:
    """Return the filter whose removal gives most lessons, or None when none gives any.

    Takes a search for each filter and no query to the database.
    """
    ways = [
        WayOut(facet, tuple(tables[facet].labels.get(code, code) for code in codes), total)
        for facet, codes in asked.filters.items()
        if (total := engine.search(_without(asked, facet)).total)
    ]
    viewpoint = asked.viewpoint
    if viewpoint is not None and viewpoint.only:
        widened = replace(asked, viewpoint=replace(viewpoint, only=(), counts_bands=False))
        if total := engine.search(_counted(widened)).total:
            labels = tuple(BAND_LABELS[band] for band in viewpoint.only)
            ways.append(WayOut(BANDS_FACET, labels, total))
    return max(ways, key=lambda way: way.total, default=None)


def way_out_notice(way: WayOut) -> str:
    """Return what a visitor can do, in Dutch."""
    found = "is er 1 les" if way.total == 1 else f"zijn er {way.total} lessen"
    return f"Zonder het filter ‘{FACET_NAMES[way.facet]}: {' of '.join(way.labels)}’ {found}."


def _without(asked: EngineQuery, facet: str) -> EngineQuery:
    remaining = {name: codes for name, codes in asked.filters.items() if name != facet}
    return _counted(replace(asked, filters=remaining))


def _counted(asked: EngineQuery) -> EngineQuery:
    return replace(
        asked,
        first=1,
        after=None,
        facets=(),
        with_highlights=False,
    )
