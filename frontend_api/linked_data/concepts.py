"""Vocabularies as SKOS: each a concept scheme, its terms concepts.

A term that was merged into another stays a concept, deprecated, which names its successor:
whoever stored its code can find out what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, SKOS

from frontend_api.linked_data.graphs import dutch, new_graph, uri
from lessons.records import Term, Vocabulary


def scheme_graph(vocabulary: Vocabulary) -> Graph:
    """Return a vocabulary with all its terms."""
    graph = new_graph()
    scheme = add_scheme(graph, vocabulary.uri, vocabulary.label)
    by_code = {term.code: term for term in vocabulary.terms}
    for term in vocabulary.terms:
        _add_term(graph, vocabulary, term, by_code)
        if _is_on_top(term):
            graph.add((scheme, SKOS.hasTopConcept, uri(term.uri)))
    return graph


def term_graph(vocabulary: Vocabulary, code: str) -> Graph | None:
    """Return one term with the names of its neighbours; None for an unknown code."""
    by_code = {term.code: term for term in vocabulary.terms}
    term = by_code.get(code)
    if term is None:
        return None
    graph = new_graph()
    add_scheme(graph, vocabulary.uri, vocabulary.label)
    _add_term(graph, vocabulary, term, by_code)
    for neighbour in _neighbours(term, by_code):
        graph.add((uri(neighbour.uri), SKOS.prefLabel, dutch(neighbour.label)))
    return graph


def add_scheme(graph: Graph, address: str, label: str) -> URIRef:
    """Add a concept scheme and return its node."""
    scheme = uri(address)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, dutch(label)))
    graph.add((scheme, DCTERMS.title, dutch(label)))
    return scheme


def add_concept(graph: Graph, scheme: str, address: str, code: str, label: str) -> URIRef:
    """Add a concept with what every concept has, and return its node."""
    concept = uri(address)
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, uri(scheme)))
    graph.add((concept, SKOS.notation, Literal(code)))
    graph.add((concept, SKOS.prefLabel, dutch(label)))
    return concept


def deprecate(graph: Graph, concept: URIRef, successors: Iterable[str]) -> None:
    """Say that a concept is no longer to be used, and what stands for it."""
    graph.add((concept, OWL.deprecated, Literal(True)))
    for successor in successors:
        graph.add((concept, DCTERMS.isReplacedBy, uri(successor)))


def _add_term(
    graph: Graph, vocabulary: Vocabulary, term: Term, by_code: Mapping[str, Term]
) -> None:
    concept = add_concept(graph, vocabulary.uri, term.uri, term.code, term.label)
    for label in term.alternative_labels:
        graph.add((concept, SKOS.altLabel, dutch(label)))
    if term.definition:
        graph.add((concept, SKOS.definition, dutch(term.definition)))
    if term.source:
        graph.add((concept, DCTERMS.source, uri(term.source)))
    if term.website:
        graph.add((concept, FOAF.homepage, uri(term.website)))
    if term.broader_code:
        graph.add((concept, SKOS.broader, uri(by_code[term.broader_code].uri)))
    for narrower in _narrower(term, by_code):
        graph.add((concept, SKOS.narrower, uri(narrower.uri)))
    if _is_on_top(term):
        graph.add((concept, SKOS.topConceptOf, uri(vocabulary.uri)))
    if term.is_retired:
        follower = by_code.get(term.replaced_by_code or "")
        deprecate(graph, concept, [follower.uri] if follower else [])


def _is_on_top(term: Term) -> bool:
    return term.broader_code is None and not term.is_retired


def _narrower(term: Term, by_code: Mapping[str, Term]) -> list[Term]:
    return [each for each in by_code.values() if each.broader_code == term.code]


def _neighbours(term: Term, by_code: Mapping[str, Term]) -> list[Term]:
    named = [by_code[code] for code in (term.broader_code, term.replaced_by_code) if code]
    return [*named, *_narrower(term, by_code)]
