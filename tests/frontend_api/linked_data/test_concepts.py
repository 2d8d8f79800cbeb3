"""Vocabularies and places as SKOS, triple by triple, in both forms."""

from __future__ import annotations

import re

import pytest
from rdflib import Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, SDO, SKOS

from lessons.models import Partner, Phase
from tests.factories import make_term
from tests.frontend_api.linked_data.conftest import BASE, parsed

pytestmark = pytest.mark.django_db


def node(path):
    return URIRef(f"{BASE}/id/{path}")


def dutch(text):
    return Literal(text, lang="nl")


def about(graph, subject):
    """Return what a graph says of one thing."""
    return set(graph.predicate_objects(subject))


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_a_term_is_a_concept_with_all_that_editors_wrote(client, planted, suffix):
    graph = parsed(client.get(f"/id/fase/borging.{suffix}"))

    assert about(graph, node("fase/borging")) == {
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, node("fase")),
        (SKOS.topConceptOf, node("fase")),
        (SKOS.notation, Literal("borging")),
        (SKOS.prefLabel, dutch("Borging")),
        (SKOS.altLabel, dutch("verankeren")),
        (SKOS.altLabel, dutch("vastleggen")),
        (SKOS.definition, dutch("Wat werkt, blijft.")),
        # What no URI can hold is escaped.
        (DCTERMS.source, URIRef("https://example.org/fasen%7C%7B2018%7D?q=a%20b")),
    }
    assert about(graph, node("fase")) == {
        (RDF.type, SKOS.ConceptScheme),
        (SKOS.prefLabel, dutch("fasen")),
        (DCTERMS.title, dutch("fasen")),
    }


def test_a_narrower_term_and_its_broader_one_name_each_other(client, planted):
    narrow, broad = node("gezinsvorm/deeltijdpleeggezin"), node("gezinsvorm/pleeggezin")

    of_narrow = parsed(client.get("/id/gezinsvorm/deeltijdpleeggezin.ttl"))
    of_broad = parsed(client.get("/id/gezinsvorm/pleeggezin.ttl"))

    assert (narrow, SKOS.broader, broad) in of_narrow
    assert (narrow, SKOS.topConceptOf, None) not in of_narrow
    assert about(of_narrow, broad) == {(SKOS.prefLabel, dutch("Pleeggezin"))}
    assert (broad, SKOS.narrower, narrow) in of_broad
    assert (broad, SKOS.topConceptOf, node("gezinsvorm")) in of_broad


def test_a_merged_term_names_its_successor_and_a_retired_one_nothing(client, planted):
    merged = parsed(client.get("/id/fase/verankering.jsonld"))
    retired = parsed(client.get("/id/fase/proef.jsonld"))

    assert about(merged, node("fase/verankering")) == {
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, node("fase")),
        (SKOS.notation, Literal("verankering")),
        (SKOS.prefLabel, dutch("Verankering")),
        (OWL.deprecated, Literal(True)),
        (DCTERMS.isReplacedBy, node("fase/borging")),
    }
    assert (node("fase/borging"), SKOS.prefLabel, dutch("Borging")) in merged
    assert (node("fase/proef"), OWL.deprecated, Literal(True)) in retired
    assert (None, DCTERMS.isReplacedBy, None) not in retired


@pytest.mark.parametrize("segment", ["fase", "gezinsvorm", "gemeente", "jeugdregio"])
def test_a_whole_list_says_the_same_in_both_forms(client, planted, segment):
    turtle = parsed(client.get(f"/id/{segment}.ttl"))

    assert isomorphic(turtle, parsed(client.get(f"/id/{segment}.jsonld")))
    tops = set(turtle.objects(node(segment), SKOS.hasTopConcept))
    assert tops == set(turtle.subjects(SKOS.topConceptOf, node(segment))) != set()


def test_a_whole_vocabulary_holds_every_term(client, planted):
    graph = parsed(client.get("/id/fase.ttl"))

    codes = {str(code) for code in graph.objects(None, SKOS.notation)}
    assert codes == set(Phase.objects.values_list("code", flat=True))
    assert codes >= {"borging", "verankering", "proef"}
    assert set(graph.objects(node("fase"), SKOS.hasTopConcept)) == {
        node(f"fase/{code}") for code in codes - {"verankering", "proef"}
    }


def test_a_partner_has_its_homepage(client, planted):
    make_term(Partner, "nji", website="https://www.nji.nl/")

    graph = parsed(client.get("/id/partner/nji.ttl"))

    assert (node("partner/nji"), FOAF.homepage, URIRef("https://www.nji.nl/")) in graph


def test_a_gemeente_is_an_exact_match_of_its_tooi_uri(client, planted):
    graph = parsed(client.get("/id/gemeente/GM0014.ttl"))

    assert about(graph, node("gemeente/GM0014")) == {
        (RDF.type, SKOS.Concept),
        (RDF.type, SDO.AdministrativeArea),
        (SKOS.inScheme, node("gemeente")),
        (SKOS.topConceptOf, node("gemeente")),
        (SKOS.notation, Literal("GM0014")),
        (SKOS.prefLabel, dutch("Groningen")),
        (
            SKOS.exactMatch,
            URIRef("https://identifier.overheid.nl/tooi/id/gemeente/gm0014"),
        ),
        (SDO.containedInPlace, node("jeugdregio/JZ01")),
    }


def test_the_page_of_a_place_names_its_documents(client, planted):
    for path, uri in (
        ("/gemeenten/GM0014/", "gemeente/GM0014"),
        ("/jeugdregios/JZ01/", "jeugdregio/JZ01"),
    ):
        head = client.get(path).content.decode().partition("</head>")[0]

        found = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', head)
        assert [kind for kind, _address in found] == ["text/turtle", "application/ld+json"]
        for kind, address in found:
            document = client.get(address.removeprefix(BASE))
            assert document["Content-Type"].startswith(kind)
            assert (node(uri), RDF.type, SKOS.Concept) in parsed(document)


def test_a_former_gemeente_names_the_one_of_today(client, planted):
    alone = parsed(client.get("/id/gemeente/GM0381.ttl"))
    among_all = parsed(client.get("/id/gemeente.ttl"))

    assert about(alone, node("gemeente/GM0381")) == {
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, node("gemeente")),
        (SKOS.notation, Literal("GM0381")),
        (SKOS.prefLabel, dutch("Bussum")),
        (SKOS.changeNote, dutch("Bestaat niet meer sinds 2019-01-01.")),
        (OWL.deprecated, Literal(True)),
        (DCTERMS.isReplacedBy, node("gemeente/GM1942")),
    }
    assert about(among_all, node("gemeente/GM0381")) == about(alone, node("gemeente/GM0381"))


def test_a_jeugdregio_contains_its_gemeenten(client, planted):
    graph = parsed(client.get("/id/jeugdregio/JZ01.jsonld"))

    region = node("jeugdregio/JZ01")
    assert set(graph.objects(region, SDO.containsPlace)) == {
        node("gemeente/GM0014"),
        node("gemeente/GM1942"),
    }
    assert (region, RDF.type, SKOS.Concept) in graph
    assert (node("gemeente/GM1942"), SKOS.prefLabel, dutch("Gooise Meren")) in graph
