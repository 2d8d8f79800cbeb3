"""A lesson in the words of schema.org: alone as a document, and inside its page.

A lesson is an ``Article``, which everybody knows, and more exactly a ``Report``: somebody
tells what was done and what came of it. It is no ``LearningResource``, which teaches a pupil.

Who is to be named (the attribution) is the author. Partners did what is told, so they are
creators, funders or contributors by their role.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings

from frontend_api.feeds.items import LANGUAGE, STATE_LABELS, absolute_page
from lessons import selectors
from lessons.records import (
    LessonCard,
    LessonDetail,
    PartnerRoleRef,
    Period,
    PilotRef,
    PlaceRef,
    Source,
    TermRef,
    Tombstone,
)

Node = dict[str, Any]

CONTEXT: Mapping[str, Any] = MappingProxyType(
    {
        "@vocab": "https://schema.org/",
        "cito": "http://purl.org/spar/cito/",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        **{link: {"@type": "@id"} for link in ("inDefinedTermSet", "isBasedOn", "license", "url")},
        **{day: {"@type": "Date"} for day in ("expires", "lastReviewed")},
        **{moment: {"@type": "DateTime"} for moment in ("dateModified", "datePublished")},
    }
)
"""As schema.org's own context types them, for who shall not have to fetch that one."""

_PARTNER_PROPERTIES = {"lead": "creator", "funder": "funder"}
_RELATIONS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("confirms", False): "cito:confirms",
        ("confirms", True): "cito:isConfirmedBy",
        ("contradicts", False): "cito:disagreesWith",
        ("contradicts", True): "cito:isDisagreedWithBy",
        ("refines", False): "cito:extends",
        ("refines", True): "cito:isExtendedBy",
        ("replaces", False): "dct:replaces",
        ("replaces", True): "dct:isReplacedBy",
        ("part_of", False): "isPartOf",
        ("part_of", True): "hasPart",
    }
)
"""Kind and whether the other lesson says so → property; CiTO has words for what papers do."""


def lesson_document(lesson: LessonDetail) -> str:
    """Return a lesson with its text and its relations as a JSON-LD document."""
    node = lesson_node(lesson)
    for relation in lesson.relations:
        name = _RELATIONS[relation.kind, relation.is_incoming]
        node.setdefault(name, []).append({"@id": relation.lesson.uri})
    body = "\n\n".join(f"{part.label.capitalize()}\n{part.text}" for part in lesson.story)
    return document({**node, "articleBody": body})


def document(node: Node) -> str:
    """Return a node as a document that holds its own context."""
    return json.dumps({"@context": dict(CONTEXT), **node}, ensure_ascii=False, indent=1)


def lesson_node(lesson: LessonDetail) -> Node:
    """Return a lesson in words of schema.org alone."""
    card = lesson.card
    return known_values(
        {
            "@id": card.uri,
            "@type": ["Article", "Report"],
            "identifier": card.uuid,
            "url": absolute_page(card.url),
            "mainEntityOfPage": {
                "@id": absolute_page(card.url),
                "@type": "WebPage",
                "lastReviewed": card.last_reviewed.isoformat(),
            },
            "name": card.title,
            "headline": card.title,
            "abstract": card.core,
            "genre": card.kind_label,
            "inLanguage": LANGUAGE,
            "datePublished": card.first_published_at.isoformat(),
            "dateModified": card.last_published_at.isoformat(),
            "temporalCoverage": _interval(card.period),
            "spatialCoverage": [place_node(place) for place in _places(card)],
            "about": [*map(term_node, _subjects(card)), *_pilot(card.pilot)],
            "audience": [
                {"@id": term.uri, "@type": "Audience", "audienceType": term.label}
                for term in card.audiences
            ],
            "keywords": [term_node(card.evidence_level)],
            "author": {"@type": "Organization", "name": card.attribution},
            **partner_nodes(card.partners),
            "publisher": publisher_node(),
            "creditText": card.attribution,
            "license": lesson.licence_url,
            "isAccessibleForFree": True,
            "citation": [_citation(source) for source in lesson.sources],
            "isBasedOn": [source.url for source in lesson.sources if source.url],
        }
    )


def breadcrumbs_node(lesson: LessonDetail, list_url: str) -> Node:
    """Return the way to the page of a lesson, as it stands above it."""
    steps = [
        ("Home", f"{settings.BASE_URL}/"),
        ("Lessen", absolute_page(list_url)),
        (lesson.card.title, absolute_page(lesson.card.url)),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def tombstone_document(tombstone: Tombstone) -> str:
    """Return that a lesson is gone, since when and why; nothing of what it said."""
    label = STATE_LABELS[tombstone.state]
    told = [f"Deze les is {label}.", f"Reden: {tombstone.reason_label}.", tombstone.explanation]
    replacement = tombstone.replacement
    node = {
        "@id": tombstone.uri,
        "@type": "CreativeWork",
        "identifier": tombstone.uuid,
        "creativeWorkStatus": label,
        "expires": tombstone.withdrawn_on.isoformat(),
        "skos:changeNote": " ".join(filter(None, told)),
        "dct:isReplacedBy": {"@id": replacement.uri} if replacement else None,
    }
    return document(known_values(node))


def term_node(term: TermRef) -> Node:
    """Return a term beside something that is described."""
    return {
        "@id": term.uri,
        "@type": "DefinedTerm",
        "name": term.label,
        "termCode": term.code,
        "inDefinedTermSet": term.uri.rpartition("/")[0],
    }


def place_node(place: PlaceRef) -> Node:
    """Return a gemeente or jeugdregio beside something that is described."""
    return {"@id": place.uri, "@type": "AdministrativeArea", "name": place.name}


def partner_nodes(partners: Iterable[PartnerRoleRef]) -> dict[str, list[Node]]:
    """Return partners under the property that fits their role."""
    found: dict[str, list[Node]] = {}
    for each in partners:
        node = {"@id": each.partner.uri, "@type": "Organization", "name": each.partner.label}
        found.setdefault(_PARTNER_PROPERTIES.get(each.role, "contributor"), []).append(node)
    return found


def publisher_node() -> Node:
    """Return who publishes the lessons."""
    node = {"@type": "Organization", "name": settings.PUBLISHER, "url": f"{settings.BASE_URL}/"}
    return {"@id": settings.PUBLISHER_URI, **node} if settings.PUBLISHER_URI else node


def known_values(node: Node) -> Node:
    """Return the node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _subjects(card: LessonCard) -> list[TermRef]:
    return [
        card.ontwikkelpunt,
        *card.other_ontwikkelpunten,
        *card.phases,
        *card.family_forms,
        *card.situations,
    ]


def _places(card: LessonCard) -> Iterable[PlaceRef]:
    return (*card.gemeenten, *((card.jeugdregio,) if card.jeugdregio else ()))


def _pilot(pilot: PilotRef | None) -> list[Node]:
    if pilot is None:
        return []
    return [
        {
            "@id": selectors.pilot_uri(pilot.slug),
            "@type": "Project",
            "name": pilot.title,
            "url": absolute_page(pilot.url),
        }
    ]


def _citation(source: Source) -> Node:
    attached = absolute_page(source.attachment.url) if source.attachment else ""
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    return known_values(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "publisher": publisher,
            "pagination": source.page,
            "url": source.url or attached,
        }
    )


def _interval(period: Period) -> str:
    """Return a period as ISO 8601 writes it; empty when nothing of it is known."""
    start, end = period.from_year, period.to_year
    if start and end and start != end:
        return f"{start}/{end}"
    return str(start or end or "")
