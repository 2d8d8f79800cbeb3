"""Atom (RFC 4287), paged after RFC 5005, with deleted entries after RFC 6721.

Django's generator writes feed and entries; licences follow RFC 4946.
"""

from __future__ import annotations

import html
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from frontend_api.feeds.items import (
    LANGUAGE,
    PUBLISHER,
    FeedPage,
    absolute,
    absolute_page,
    gone_sentence,
    tags_of,
    xml_text,
)
from lessons import selectors
from lessons.records import LessonCard
from search.service import LessonChange

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
OWN_NAMESPACE = "urn:lessenbank:feed"


def written(page: FeedPage) -> bytes:
    """Return the page of the feed."""
    feed = page.feed
    generator = _Atom(
        title=xml_text(feed.title),
        link=page.home_url,
        description=None,
        subtitle=xml_text(feed.description),
        language=LANGUAGE,
        author_name=PUBLISHER,
        author_link=absolute("/"),
        feed_url=page.own_url,
        feed_guid=page.identity,
        page=page,
    )
    for card in page.lessons:
        generator.add_item(**_entry(card))
    return generator.writeString("utf-8").encode()


def _entry(card: LessonCard) -> dict[str, Any]:
    address = selectors.licence_url(card.licence)
    attribution = xml_text(card.attribution)
    return {
        "title": xml_text(card.title),
        "link": absolute_page(card.url),
        # Django calls it HTML; the core is plain text.
        "description": html.escape(xml_text(card.core), quote=False),
        "unique_id": card.uri,
        "author_name": attribution,
        "pubdate": card.first_published_at,
        "updateddate": card.last_published_at,
        "item_copyright": f"{card.licence}; naamsvermelding: {attribution}",
        "licence_url": address,
        "card": card,
    }


class _Atom(Atom1Feed):
    """Django's feed with tombstones, the next page, licences and the terms of a lesson."""

    def root_attributes(self) -> dict[str, str]:
        """Name the namespaces."""
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES, "xmlns:lb": OWN_NAMESPACE}

    def latest_post_date(self) -> Any:
        """Return when the feed changed; an entry may be older, and one that is gone newer."""
        return self.feed["page"].feed.changed_at

    def add_root_elements(self, handler: Any) -> None:
        """Write what belongs to the feed, and the lessons that are gone."""
        super().add_root_elements(handler)
        page: FeedPage = self.feed["page"]
        if page.next_url:
            handler.addQuickElement("link", "", {"rel": "next", "href": page.next_url})
        if page.feed.language_level:
            handler.addQuickElement("lb:languageLevel", page.feed.language_level)
        for change in page.gone:
            _write_gone(handler, change)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item)
        card: LessonCard = item["card"]
        if item["licence_url"]:
            handler.addQuickElement("link", "", {"rel": "license", "href": item["licence_url"]})
        for tag in tags_of(card):
            scheme = tag.uri.rpartition("/")[0] if tag.uri else f"{OWN_NAMESPACE}:{tag.facet}"
            attributes = {"term": tag.code, "scheme": scheme, "label": xml_text(tag.label)}
            handler.addQuickElement("category", "", attributes)
        handler.addQuickElement("lb:lastReviewed", card.last_reviewed.isoformat())


def _write_gone(handler: Any, change: LessonChange) -> None:
    attributes = {"ref": change.uri, "when": rfc3339_date(change.changed_at)}
    handler.startElement("at:deleted-entry", attributes)
    handler.addQuickElement("at:comment", xml_text(gone_sentence(change)))
    if change.tombstone is not None and change.tombstone.replacement is not None:
        link = {"rel": "related", "href": change.tombstone.replacement.uri}
        handler.addQuickElement("link", "", link)
    handler.addQuickElement("lb:state", change.state)
    handler.endElement("at:deleted-entry")
