"""A pilot in the words of schema.org."""

from __future__ import annotations

from frontend_api.feeds.items import absolute_page
from frontend_api.linked_data.lessons import (
    document,
    known_values,
    partner_nodes,
    place_node,
    publisher_node,
    term_node,
)
from lessons import selectors
from lessons.records import Pilot


def pilot_document(pilot: Pilot) -> str:
    """Return a pilot as a JSON-LD document; ``subjectOf`` is the page that tells of it."""
    places = (*pilot.gemeenten, *((pilot.jeugdregio,) if pilot.jeugdregio else ()))
    partners = [node for nodes in partner_nodes(pilot.partners).values() for node in nodes]
    page = {"@id": absolute_page(pilot.url), "@type": "WebPage", "publisher": publisher_node()}
    node = known_values(
        {
            "@id": selectors.pilot_uri(pilot.slug),
            "@type": "Project",
            "identifier": pilot.slug,
            "name": pilot.title,
            "description": pilot.summary,
            "url": absolute_page(pilot.url),
            "subjectOf": page,
            "areaServed": [place_node(place) for place in places],
            "knowsAbout": [term_node(term) for term in pilot.ontwikkelpunten],
            "member": partners,
        }
    )
    return document(node)
