"""A lesson in the words of schema.org, as a document and inside its page."""

from __future__ import annotations

import json
import re

import pytest
from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import RDF, SDO
from wagtail.models import PageViewRestriction

from frontend_api.linked_data.lessons import CONTEXT
from lessons.models import LessonPage
from tests.factories import make_lesson
from tests.frontend_api.linked_data.conftest import BASE, graph_of, parsed

pytestmark = pytest.mark.django_db

CITO = Namespace("http://purl.org/spar/cito/")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def document(client, lesson):
    return client.get(f"/id/les/{lesson.uuid}.jsonld").json()


def page_of(client, lesson):
    return client.get(lesson.get_url_parts()[2]).content.decode()


def embedded(page):
    """Return the nodes in the page, as a parser of HTML finds them."""
    (found,) = SCRIPT.findall(page)
    content = json.loads(found)
    assert content["@context"] == "https://schema.org"
    return content["@graph"]


def test_a_lesson_tells_all_that_is_public_of_it(client, planted):
    lesson = planted.lesson
    page = f"{BASE}{lesson.get_url_parts()[2]}"
    told = document(client, lesson)
    del told["@context"]

    assert told == {
        "@id": f"{BASE}/id/les/{lesson.uuid}",
        "@type": ["Article", "Report"],
        "identifier": str(lesson.uuid),
        "url": page,
        "mainEntityOfPage": {"@id": page, "@type": "WebPage", "lastReviewed": "2026-01-15"},
        "name": "Vraag het </script><b>gezin</b> & de buurt",
        "headline": "Vraag het </script><b>gezin</b> & de buurt",
        "abstract": "Wie het gezin vraagt, vindt hulp.",
        "genre": "doodlopende weg",
        "inLanguage": "nl",
        "datePublished": lesson.first_published_at.isoformat(),
        "dateModified": lesson.last_published_at.isoformat(),
        "temporalCoverage": "2022/2024",
        "spatialCoverage": [
            place("gemeente/GM0014", "Groningen"),
            place("jeugdregio/JZ01", "Groningen"),
        ],
        "about": [
            term("ontwikkelpunt/informele-steun", "Informele steun"),
            term("ontwikkelpunt/eenvoud", "Eenvoud"),
            term("fase/borging", "Borging"),
            term("gezinsvorm/deeltijdpleeggezin", "Deeltijdpleeggezin"),
            {
                "@id": f"{BASE}/id/pilot/pilot-groningen",
                "@type": "Project",
                "name": "Pilot Groningen",
                "url": f"{BASE}/pilots/pilot-groningen/",
            },
        ],
        "audience": [
            {
                "@id": f"{BASE}/id/doelgroep/beleidsmakers",
                "@type": "Audience",
                "audienceType": "Beleidsmakers",
            }
        ],
        "keywords": [term("bewijs/ervaring", "Eén ervaring")],
        "author": {"@type": "Organization", "name": "Jeugdregio Groningen"},
        "creator": [organisation("nji", "NJi")],
        "funder": [organisation("vng", "VNG")],
        "publisher": {"@type": "Organization", "name": "Lessenbank", "url": f"{BASE}/"},
        "creditText": "Jeugdregio Groningen",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/deed.nl",
        "isAccessibleForFree": True,
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Verslag",
                "publisher": {"@type": "Organization", "name": "VNG"},
                "pagination": "12",
                "url": "https://example.org/verslag",
            },
            {"@type": "CreativeWork", "name": "Gesprek"},
        ],
        "isBasedOn": ["https://example.org/verslag"],
        "cito:confirms": [{"@id": uri_of("Zo doen we het nu")}],
        "articleBody": (
            "Context\nEen wijkteam zocht hulp in de eigen kring.\n\n"
            "Aanpak\nHet team vroeg elk gezin wie het vertrouwt.\n\n"
            "Resultaat\nIn acht van tien gezinnen kwam er iemand bij."
        ),
    }


def place(path, name):
    return {"@id": f"{BASE}/id/{path}", "@type": "AdministrativeArea", "name": name}


def term(path, name):
    scheme, _, code = path.partition("/")
    return {
        "@id": f"{BASE}/id/{path}",
        "@type": "DefinedTerm",
        "name": name,
        "termCode": code,
        "inDefinedTermSet": f"{BASE}/id/{scheme}",
    }


def organisation(code, name):
    return {"@id": f"{BASE}/id/partner/{code}", "@type": "Organization", "name": name}


def uri_of(title):
    return f"{BASE}/id/les/{LessonPage.objects.get(title=title).uuid}"


def test_a_lesson_is_rdf_with_links_and_dates_as_such(client, planted):
    graph = parsed(client.get(f"/id/les/{planted.lesson.uuid}.jsonld"))

    lesson = URIRef(f"{BASE}/id/les/{planted.lesson.uuid}")
    assert set(graph.objects(lesson, RDF.type)) == {SDO.Article, SDO.Report}
    assert (lesson, SDO.about, URIRef(f"{BASE}/id/fase/borging")) in graph
    assert (lesson, SDO.isBasedOn, URIRef("https://example.org/verslag")) in graph
    licence = URIRef("https://creativecommons.org/licenses/by-sa/4.0/deed.nl")
    assert (lesson, SDO.license, licence) in graph
    published = Literal(planted.lesson.first_published_at.isoformat(), datatype=SDO.DateTime)
    assert (lesson, SDO.datePublished, published) in graph
    assert (lesson, CITO.confirms, URIRef(uri_of("Zo doen we het nu"))) in graph
    other = LessonPage.objects.get(title="Zo doen we het nu")
    back = parsed(client.get(f"/id/les/{other.uuid}.jsonld"))
    assert (URIRef(uri_of(other.title)), CITO.isConfirmedBy, lesson) in back


def test_every_word_is_one_of_schema_org(client, planted):
    paths = (
        f"/id/les/{planted.lesson.uuid}.jsonld",
        f"/id/les/{planted.replaced.uuid}.jsonld",
        "/id/pilot/pilot-groningen.jsonld",
    )
    graphs = [parsed(client.get(path)) for path in paths]
    used = {
        str(word)
        for graph in graphs
        for _subject, name, value in graph
        for word in (name, *((value,) if name == RDF.type else ()))
    }

    words = {word.removeprefix(str(SDO)) for word in used if word.startswith(str(SDO))}
    assert len(words) > 30
    assert words - set(SDO.__annotations__) == set()


def test_the_page_of_a_lesson_holds_the_same_and_the_way_to_it(client, planted):
    told = document(client, planted.lesson)
    page = page_of(client, planted.lesson)

    lesson, breadcrumbs = embedded(page)

    beside = {"@context", "articleBody", "cito:confirms"}
    assert lesson == {name: value for name, value in told.items() if name not in beside}
    assert [(each["position"], each["name"]) for each in breadcrumbs["itemListElement"]] == [
        (1, "Home"),
        (2, "Lessen"),
        (3, "Vraag het </script><b>gezin</b> & de buurt"),
    ]
    assert breadcrumbs["itemListElement"][2]["item"] == told["url"]
    # No text ends the element.
    assert "</script><b>" not in page
    # As RDF it holds no word that the document lacks.
    inside = graph_of(json.dumps({"@context": dict(CONTEXT), **lesson}), "json-ld")
    subject = URIRef(lesson["@id"])
    outside = parsed(client.get(f"/id/les/{planted.lesson.uuid}.jsonld"))
    assert set(inside.predicates(subject)) < set(outside.predicates(subject))


def test_the_page_of_a_lesson_names_its_other_forms(client, planted):
    page = page_of(client, planted.lesson)
    head = page.partition("</head>")[0]

    assert f'<link rel="canonical" href="{BASE}{planted.lesson.get_url_parts()[2]}">' in head
    assert f'href="/id/les/{planted.lesson.uuid}.jsonld"' in head
    (found,) = re.findall(r'type="application/json\+oembed"[^>]*href="([^"]+)"', head)
    assert client.get(found.replace("&amp;", "&")).json()["title"] == planted.lesson.title


def test_a_lesson_that_some_may_see_names_no_addresses(client, planted):
    lesson = make_lesson(title="Besloten")
    PageViewRestriction.objects.create(page=lesson, restriction_type="password", password="sesam")
    client.session.save()
    restriction = PageViewRestriction.objects.get()
    session = client.session
    session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()

    page = page_of(client, lesson)

    assert "Besloten" in page
    assert "ld+json" not in page
    assert "oembed" not in page


def test_little_known_of_a_lesson_leaves_no_empty_properties(client, planted):
    lesson = make_lesson(title="Kort", sources=[], period_from=None, period_is_unknown=True)

    told = document(client, lesson)

    assert told.keys().isdisjoint({"temporalCoverage", "citation", "isBasedOn", "funder"})
    assert not [name for name, value in told.items() if value in ("", None, [])]


def test_the_publisher_has_the_uri_that_the_operator_gives(client, planted, settings):
    settings.PUBLISHER = "Gemeente Groningen"
    settings.PUBLISHER_URI = "https://identifier.overheid.nl/tooi/id/gemeente/gm0014"

    assert document(client, planted.lesson)["publisher"] == {
        "@id": "https://identifier.overheid.nl/tooi/id/gemeente/gm0014",
        "@type": "Organization",
        "name": "Gemeente Groningen",
        "url": f"{BASE}/",
    }


def test_a_pilot_is_a_project_with_its_partners_and_places(client, planted):
    response = client.get("/id/pilot/pilot-groningen.jsonld")

    told = response.json()
    assert told["@type"] == "Project"
    assert told["name"] == "Pilot Groningen"
    assert told["areaServed"] == [place("jeugdregio/JZ01", "Groningen")]
    assert "member" not in told
    assert (URIRef(f"{BASE}/id/pilot/pilot-groningen"), RDF.type, SDO.Project) in parsed(response)
