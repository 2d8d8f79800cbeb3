"""RDF graphs and how they are written: Turtle and JSON-LD, the same at every writing.

The context of the JSON-LD stands in the document: nobody has to fetch one.
"""

from __future__ import annotations

import json

from django.utils.encoding import iri_to_uri
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, SDO, SKOS, XSD

from frontend_api.linked_data.negotiation import TURTLE, Form

ADMS = Namespace("http://www.w3.org/ns/adms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LANGUAGE = "nl"

_PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "owl": OWL,
    "rdf": RDF,
    "schema": SDO,
    "skos": SKOS,
    "vcard": VCARD,
    "xsd": XSD,
}


def new_graph() -> Graph:
    """Return an empty graph that knows our prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def uri(address: str) -> URIRef:
    """Return an address as a node; signs that no URI can hold, which editors may type, escaped."""
    return URIRef(iri_to_uri(address))


def dutch(text: str) -> Literal:
    """Return words of ours as a literal."""
    return Literal(text, lang=LANGUAGE)


def written(graph: Graph, form: Form) -> str:
    """Return the graph as Turtle or JSON-LD."""
    if form is TURTLE:
        return graph.serialize(format="turtle")
    content = json.loads(graph.serialize(format="json-ld", auto_compact=True))
    # rdflib writes the nodes, and several values of one property, in no order.
    return json.dumps(_ordered(content), ensure_ascii=False, indent=1, sort_keys=True)


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {name: _ordered(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
