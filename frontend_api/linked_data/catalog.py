"""The catalogue in RDF, after DCAT-AP-NL 3.0 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/).

Values of lists are told with their class: who checks the catalogue by the profile's shapes
need not fetch those lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from cms import content_version
from frontend_api.feeds.items import absolute
from frontend_api.linked_data.datasets import (
    SERVICE,
    Dataset,
    Distribution,
    catalog_uri,
    dataset_uri,
)
from frontend_api.linked_data.graphs import VCARD, dutch, new_graph, uri

DESCRIPTION = (
    "De open gegevens van Lessenbank: lessen over jeugdhulp in gezinsvormen, de begrippen waarmee "
    "ze geordend zijn, en de gemeenten en jeugdregio's waar ze vandaan komen."
)
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
_VALUES = {
    DCTERMS.accessRights: (f"{_AUTHORITY}/access-right/PUBLIC", DCTERMS.RightsStatement),
    DCTERMS.language: (f"{_AUTHORITY}/language/NLD", DCTERMS.LinguisticSystem),
    DCAT.theme: (f"{_AUTHORITY}/data-theme/SOCI", SKOS.Concept),
    DCTERMS.spatial: (f"{_AUTHORITY}/country/NLD", DCTERMS.Location),
}
_EVERY_KIND = (DCTERMS.accessRights, DCTERMS.language, DCAT.theme)


def catalog_graph(found: Sequence[Dataset]) -> Graph:
    """Return the catalogue with these datasets and the service that serves lessons."""
    graph = new_graph()
    catalog = uri(catalog_uri())
    _describe(graph, catalog, DCAT.Catalog, "Open gegevens van Lessenbank", DESCRIPTION)
    for name in (DCTERMS.language, DCTERMS.spatial):
        _add_value(graph, catalog, name)
    graph.add((catalog, DCAT.themeTaxonomy, uri(f"{_AUTHORITY}/data-theme")))
    graph.add((uri(f"{_AUTHORITY}/data-theme"), RDF.type, SKOS.ConceptScheme))
    graph.add((catalog, FOAF.homepage, _document(graph, f"{settings.BASE_URL}/")))
    graph.add((catalog, DCTERMS.conformsTo, uri(PROFILE)))
    graph.add((uri(PROFILE), RDF.type, DCTERMS.Standard))
    graph.add((catalog, DCTERMS.modified, _moment(content_version.current().changed_at)))
    # The lessons come first, and what holds for all of them holds for the catalogue.
    _add_licence(graph, catalog, found[0].licence_url)
    for dataset in found:
        graph.add((catalog, DCAT.dataset, _add_dataset(graph, dataset)))
    graph.add((catalog, DCAT.service, _add_service(graph, found[0])))
    return graph


def _add_dataset(graph: Graph, dataset: Dataset) -> URIRef:
    node = uri(dataset_uri(dataset.slug))
    _describe(graph, node, DCAT.Dataset, dataset.title, dataset.description)
    for name in (*_EVERY_KIND, DCTERMS.spatial):
        _add_value(graph, node, name)
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCAT.landingPage, _document(graph, dataset.landing_page)))
    for keyword in dataset.keywords:
        graph.add((node, DCAT.keyword, dutch(keyword)))
    if dataset.modified is not None:
        graph.add((node, DCTERMS.modified, _moment(dataset.modified)))
        frequency = uri(f"{_AUTHORITY}/frequency/UPDATE_CONT")
        graph.add((node, DCTERMS.accrualPeriodicity, frequency))
        graph.add((frequency, RDF.type, DCTERMS.Frequency))
    for distribution in dataset.distributions:
        added = _add_distribution(graph, dataset, distribution)
        graph.add((node, DCAT.distribution, added))
    return node


def _add_distribution(graph: Graph, dataset: Dataset, distribution: Distribution) -> URIRef:
    node = uri(dataset_uri(f"distributie-{distribution.slug}"))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, dutch(f"{dataset.title} ({distribution.title})")))
    graph.add((node, DCAT.accessURL, uri(distribution.url)))
    if distribution.is_service:
        graph.add((node, DCAT.accessService, uri(dataset_uri(SERVICE))))
    else:
        graph.add((node, DCAT.downloadURL, uri(distribution.url)))
    file_type = uri(f"{_AUTHORITY}/file-type/{distribution.file_type}")
    graph.add((node, DCTERMS["format"], file_type))
    graph.add((file_type, RDF.type, DCTERMS.MediaTypeOrExtent))
    if distribution.media_type:
        media_type = uri(f"{_MEDIA_TYPES}/{distribution.media_type}")
        graph.add((node, DCAT.mediaType, media_type))
        graph.add((media_type, RDF.type, DCTERMS.MediaType))
    _add_value(graph, node, DCTERMS.language)
    _add_licence(graph, node, dataset.licence_url)
    return node


def _add_service(graph: Graph, lessons: Dataset) -> URIRef:
    node = uri(dataset_uri(SERVICE))
    title = "GraphQL-API van Lessenbank"
    description = (
        "Zoeken en filteren in de lessen, met begrippen, plaatsen, pilots en alle wijzigingen "
        "sinds een moment. Zonder sleutel te gebruiken; met een sleutel mag er meer."
    )
    _describe(graph, node, DCAT.DataService, title, description)
    for name in _EVERY_KIND:
        _add_value(graph, node, name)
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    graph.add((node, DCAT.endpointURL, uri(absolute(reverse("frontend_api:graphql")))))
    schema = absolute(reverse("frontend_api:graphql_schema"))
    graph.add((node, DCAT.endpointDescription, uri(schema)))
    graph.add((node, DCAT.servesDataset, uri(dataset_uri(lessons.slug))))
    for keyword in lessons.keywords:
        graph.add((node, DCAT.keyword, dutch(keyword)))
    _add_licence(graph, node, lessons.licence_url)
    return node


def _describe(graph: Graph, node: URIRef, kind: URIRef, title: str, description: str) -> None:
    """Say what the profile wants of everything in the catalogue."""
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, dutch(title)))
    graph.add((node, DCTERMS.description, dutch(description)))
    publisher = uri(settings.PUBLISHER_URI or dataset_uri("uitgever"))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, dutch(settings.PUBLISHER)))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCTERMS.creator, publisher))
    graph.add((node, DCAT.contactPoint, _add_contact(graph)))


def _add_contact(graph: Graph) -> URIRef:
    node = uri(dataset_uri("contact"))
    graph.add((node, RDF.type, VCARD.Kind))
    graph.add((node, VCARD.fn, dutch(f"Redactie van {settings.PUBLISHER}")))
    address = settings.CONTACT or f"{settings.BASE_URL}/"
    by_mail = address.startswith("mailto:")
    graph.add((node, VCARD.hasEmail if by_mail else VCARD.hasURL, uri(address)))
    return node


def _add_value(graph: Graph, node: URIRef, name: URIRef) -> None:
    address, kind = _VALUES[name]
    graph.add((node, name, uri(address)))
    graph.add((uri(address), RDF.type, kind))


def _add_licence(graph: Graph, node: URIRef, address: str) -> None:
    graph.add((node, DCTERMS.license, uri(address)))
    graph.add((uri(address), RDF.type, DCTERMS.LicenseDocument))


def _document(graph: Graph, address: str) -> URIRef:
    node = uri(address)
    graph.add((node, RDF.type, FOAF.Document))
    return node


def _moment(moment: datetime.datetime) -> Literal:
    return Literal(moment.isoformat(), datatype=XSD.dateTime)
