"""The catalogue: what DCAT-AP-NL 3.0 asks, and that what it names is there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from rdflib import Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from frontend_api.linked_data.graphs import VCARD
from lessons.models import LessonPage
from tests.frontend_api.linked_data.conftest import BASE, parsed

pytestmark = pytest.mark.django_db

CATALOG = URIRef(f"{BASE}/data/catalogus")
AGENT, KIND = FOAF.Agent, VCARD.Kind
ANY = None
# Class → property → smallest number, largest number, class of the value: the mandatory ones of
# https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/ and of DCAT-AP 3.0, which it builds on.
PROFILE = {
    DCAT.Catalog: {
        DCTERMS.title: (1, ANY, ANY),
        DCTERMS.description: (1, ANY, ANY),
        DCTERMS.publisher: (1, 1, AGENT),
        DCAT.contactPoint: (1, 1, KIND),
        DCAT.dataset: (1, ANY, DCAT.Dataset),
        DCAT.service: (1, ANY, DCAT.DataService),
        DCTERMS.license: (0, 1, DCTERMS.LicenseDocument),
        DCTERMS.modified: (0, 1, ANY),
        FOAF.homepage: (0, 1, FOAF.Document),
        DCTERMS.language: (1, ANY, DCTERMS.LinguisticSystem),
    },
    DCAT.Dataset: {
        DCTERMS.title: (1, ANY, ANY),
        DCTERMS.description: (1, ANY, ANY),
        DCTERMS.identifier: (1, 1, ANY),
        DCTERMS.accessRights: (1, 1, DCTERMS.RightsStatement),
        DCTERMS.creator: (1, ANY, AGENT),
        DCTERMS.publisher: (1, 1, AGENT),
        DCAT.contactPoint: (1, 1, KIND),
        DCAT.theme: (1, ANY, SKOS.Concept),
        DCAT.distribution: (1, ANY, DCAT.Distribution),
        DCAT.landingPage: (1, ANY, FOAF.Document),
        DCTERMS.language: (1, ANY, DCTERMS.LinguisticSystem),
        DCTERMS.spatial: (1, ANY, DCTERMS.Location),
        DCTERMS.modified: (0, 1, ANY),
        DCTERMS.accrualPeriodicity: (0, 1, DCTERMS.Frequency),
    },
    DCAT.Distribution: {
        DCAT.accessURL: (1, 1, ANY),
        DCAT.downloadURL: (0, 1, ANY),
        DCAT.accessService: (0, 1, DCAT.DataService),
        DCTERMS.license: (1, 1, DCTERMS.LicenseDocument),
        DCTERMS["format"]: (1, 1, DCTERMS.MediaTypeOrExtent),
        DCAT.mediaType: (0, 1, DCTERMS.MediaType),
    },
    DCAT.DataService: {
        DCTERMS.title: (1, ANY, ANY),
        DCTERMS.description: (1, ANY, ANY),
        DCTERMS.identifier: (1, 1, ANY),
        DCTERMS.accessRights: (1, 1, DCTERMS.RightsStatement),
        DCTERMS.creator: (0, 1, AGENT),
        DCTERMS.publisher: (1, 1, AGENT),
        DCAT.contactPoint: (1, 1, KIND),
        DCAT.endpointURL: (1, 1, ANY),
        DCAT.endpointDescription: (1, 1, ANY),
        DCTERMS.license: (1, 1, DCTERMS.LicenseDocument),
        DCAT.servesDataset: (1, ANY, DCAT.Dataset),
        DCAT.theme: (1, ANY, SKOS.Concept),
    },
    FOAF.Agent: {FOAF.name: (1, ANY, ANY)},
    VCARD.Kind: {VCARD.fn: (1, ANY, ANY)},
}


@pytest.fixture
def catalog(client, planted):
    return parsed(client.get("/data/catalogus.ttl"))


def faults(graph):
    """Yield what the profile asks and the graph lacks."""
    for kind, properties in PROFILE.items():
        nodes = set(graph.subjects(RDF.type, kind))
        if not nodes:
            yield kind
        for node in nodes:
            for name, (least, most, value_kind) in properties.items():
                values = list(graph.objects(node, name))
                if len(values) < least or (most is not None and len(values) > most):
                    yield node, name, len(values)
                for value in values:
                    if value_kind is not None and (value, RDF.type, value_kind) not in graph:
                        yield node, name, value


def test_the_catalog_holds_what_the_profile_asks(catalog):
    assert list(faults(catalog)) == []
    assert {literal.datatype for literal in catalog.objects(None, DCTERMS.modified)} == {
        XSD.dateTime
    }


def test_the_check_notices_what_is_missing(catalog):
    node = URIRef(f"{CATALOG}#lessen")
    catalog.remove((node, DCTERMS.accessRights, None))

    assert list(faults(catalog)) == [(node, DCTERMS.accessRights, 0)]


def test_the_catalog_holds_lessons_feeds_vocabularies_and_places(catalog):
    assert {str(name).partition("#")[2] for name in catalog.objects(CATALOG, DCAT.dataset)} == {
        *("lessen", "feed-borging"),
        *("ontwikkelpunt", "fase", "partner", "gezinsvorm", "situatie", "doelgroep", "bewijs"),
        *("gemeente", "jeugdregio", "kenmerken"),
    }
    assert formats(catalog, "lessen") == {
        f"{BASE}/graphql/",
        *(f"{BASE}/feeds/alle.{form}" for form in ("json", "atom", "csv", "jsonl")),
    }
    assert formats(catalog, "feed-borging") == {
        f"{BASE}/feeds/borging.{form}" for form in ("json", "atom", "csv", "jsonl")
    }
    assert formats(catalog, "fase") == {f"{BASE}/id/fase.ttl", f"{BASE}/id/fase.jsonld"}


def formats(graph, slug):
    return {
        str(address)
        for distribution in graph.objects(URIRef(f"{CATALOG}#{slug}"), DCAT.distribution)
        for address in graph.objects(distribution, DCAT.accessURL)
    }


def test_both_forms_of_the_catalog_say_the_same(client, catalog):
    assert isomorphic(catalog, parsed(client.get("/data/catalogus.jsonld")))


def test_every_address_in_the_catalog_answers(client, catalog):
    addresses = {
        str(address)
        for name in (DCAT.accessURL, DCAT.landingPage, DCAT.endpointDescription, FOAF.homepage)
        for address in catalog.objects(None, name)
    }

    assert len(addresses) > 30
    for address in addresses - {f"{BASE}/graphql/"}:
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        assert client.get(path).status_code == 200, address


def test_the_licence_of_all_lessons_is_the_strictest_of_theirs(client, planted):
    licence = (URIRef(f"{CATALOG}#distributie-alle-csv"), DCTERMS.license)

    with_share_alike = parsed(client.get("/data/catalogus.ttl"))
    LessonPage.objects.filter(pk=planted.lesson.pk).delete()
    without = parsed(client.get("/data/catalogus.ttl"))

    deed = "https://creativecommons.org/licenses/{}/4.0/deed.nl"
    assert list(with_share_alike.objects(*licence)) == [URIRef(deed.format("by-sa"))]
    assert list(without.objects(*licence)) == [URIRef(deed.format("by"))]


def test_publisher_and_contact_are_those_of_the_operator(client, planted, settings):
    settings.PUBLISHER = "Jeugdregio Groningen"
    settings.PUBLISHER_URI = "https://example.org/id/regio"
    settings.CONTACT = "mailto:redactie@example.org"

    graph = parsed(client.get("/data/catalogus.ttl"))

    publisher = URIRef("https://example.org/id/regio")
    assert (CATALOG, DCTERMS.publisher, publisher) in graph
    assert (publisher, FOAF.name, Literal("Jeugdregio Groningen", lang="nl")) in graph
    address = URIRef("mailto:redactie@example.org")
    assert (URIRef(f"{CATALOG}#contact"), VCARD.hasEmail, address) in graph


def test_the_page_shows_every_dataset_with_its_forms_and_licence(client, planted):
    page = client.get("/data/catalogus").content.decode()

    assert 'id="lessen"' in page
    assert 'id="fase"' in page
    assert f'href="{BASE}/id/fase.ttl"' in page
    assert f'href="{BASE}/feeds/borging.jsonld"' not in page
    assert "CC-BY-SA-4.0" in page
    assert f'<a href="{BASE}/id/fase/verankering">Verankering</a>' in page
