"""Gemeenten and jeugdregio's as SKOS, with the official identifier of a gemeente.

Ours is an exact match of the TOOI URI and not the same as it: TOOI names the organisation,
with all that the government states of it; ours the place in which lessons were learned.
"""

from __future__ import annotations

from django.conf import settings
from rdflib import Graph
from rdflib.namespace import RDF, SDO, SKOS

from frontend_api.linked_data.concepts import add_concept, add_scheme, deprecate
from frontend_api.linked_data.graphs import dutch, new_graph, uri
from lessons import selectors
from lessons.records import FormerGemeente, GemeenteRecord, JeugdregioRecord

GEMEENTE = "gemeente"
JEUGDREGIO = "jeugdregio"
LABELS = {GEMEENTE: "gemeenten", JEUGDREGIO: "jeugdregio's"}


def scheme_uri(kind: str) -> str:
    """Return the URI of the list of all places of a kind."""
    return f"{settings.BASE_URL}/id/{kind}"


def gemeenten_graph() -> Graph:
    """Return all gemeenten, those that ended since 2015 among them; three queries."""
    graph = new_graph()
    scheme = add_scheme(graph, scheme_uri(GEMEENTE), LABELS[GEMEENTE])
    for gemeente in selectors.gemeenten():
        _add_gemeente(graph, gemeente)
        graph.add((scheme, SKOS.hasTopConcept, uri(gemeente.uri)))
    for former in selectors.former_gemeenten():
        _add_former(graph, former)
    return graph


def jeugdregios_graph() -> Graph:
    """Return all jeugdregio's; two queries."""
    graph = new_graph()
    scheme = add_scheme(graph, scheme_uri(JEUGDREGIO), LABELS[JEUGDREGIO])
    for jeugdregio in selectors.jeugdregios():
        _add_jeugdregio(graph, jeugdregio)
        graph.add((scheme, SKOS.hasTopConcept, uri(jeugdregio.uri)))
    return graph


def gemeente_graph(code: str) -> Graph | None:
    """Return one gemeente, also one that ended; None for an unknown code; four queries at most."""
    graph = new_graph()
    add_scheme(graph, scheme_uri(GEMEENTE), LABELS[GEMEENTE])
    gemeente = selectors.gemeente(code)
    if gemeente is None:
        return None
    if gemeente.code == code:
        _add_gemeente(graph, gemeente)
        region = gemeente.jeugdregio
        graph.add((uri(region.uri), SKOS.prefLabel, dutch(region.name)))
        return graph
    for former in selectors.former_gemeenten():
        if former.code == code:
            _add_former(graph, former)
            for place in former.successors:
                graph.add((uri(place.uri), SKOS.prefLabel, dutch(place.name)))
    return graph


def jeugdregio_graph(code: str) -> Graph | None:
    """Return one jeugdregio with its gemeenten; None for an unknown code; two queries."""
    jeugdregio = selectors.jeugdregio(code)
    if jeugdregio is None:
        return None
    graph = new_graph()
    add_scheme(graph, scheme_uri(JEUGDREGIO), LABELS[JEUGDREGIO])
    _add_jeugdregio(graph, jeugdregio)
    for gemeente in jeugdregio.gemeenten:
        graph.add((uri(gemeente.uri), SKOS.prefLabel, dutch(gemeente.name)))
    return graph


def _add_gemeente(graph: Graph, gemeente: GemeenteRecord) -> None:
    scheme = scheme_uri(GEMEENTE)
    concept = add_concept(graph, scheme, gemeente.uri, gemeente.code, gemeente.name)
    graph.add((concept, RDF.type, SDO.AdministrativeArea))
    graph.add((concept, SKOS.topConceptOf, uri(scheme)))
    graph.add((concept, SKOS.exactMatch, uri(gemeente.tooi_uri)))
    graph.add((concept, SDO.containedInPlace, uri(gemeente.jeugdregio.uri)))


def _add_former(graph: Graph, former: FormerGemeente) -> None:
    scheme = scheme_uri(GEMEENTE)
    concept = add_concept(graph, scheme, f"{scheme}/{former.code}", former.code, former.name)
    note = f"Bestaat niet meer sinds {former.ended_on.isoformat()}."
    graph.add((concept, SKOS.changeNote, dutch(note)))
    deprecate(graph, concept, [place.uri for place in former.successors])


def _add_jeugdregio(graph: Graph, jeugdregio: JeugdregioRecord) -> None:
    scheme = scheme_uri(JEUGDREGIO)
    concept = add_concept(graph, scheme, jeugdregio.uri, jeugdregio.code, jeugdregio.name)
    graph.add((concept, RDF.type, SDO.AdministrativeArea))
    graph.add((concept, SKOS.topConceptOf, uri(scheme)))
    for gemeente in jeugdregio.gemeenten:
        graph.add((concept, SDO.containsPlace, uri(gemeente.uri)))
