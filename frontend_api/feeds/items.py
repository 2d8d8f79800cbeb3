"""What every output of a feed tells of a lesson, and of one that is gone."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from lessons import selectors
from lessons.choices import PublicState
from lessons.records import LessonCard
from search.service import LEFT, ChangePage, FeedRecord, LessonChange

LANGUAGE = "nl"
PUBLISHER = "Lessenbank"
STATE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{state.value: str(state.label) for state in PublicState},
        LEFT: "valt niet meer onder deze feed",
    }
)
FORMS = {"json": "JSON Feed", "atom": "Atom", "csv": "CSV", "jsonl": "JSON Lines"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A term, place or pilot of a lesson, by the facet that it belongs to."""

    facet: str
    code: str
    label: str
    uri: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed with its addresses; what every form is written from."""

    feed: FeedRecord
    page: ChangePage
    own_url: str
    next_url: str | None
    identity: str
    """What stays the same whatever page and form it is read in."""

    @property
    def lessons(self) -> list[LessonCard]:
        """The lessons of this page."""
        return [change.card for change in self.page.changes if change.card is not None]

    @property
    def gone(self) -> list[LessonChange]:
        """What this page tells to be gone."""
        return [change for change in self.page.changes if change.card is None]

    @property
    def home_url(self) -> str:
        """The page on which a person sees the same lessons."""
        address = absolute(reverse("frontend_api:search"))
        asked = urlencode(self.feed.parameters)
        return f"{address}?{asked}" if asked else address


def absolute(path: str) -> str:
    """Return an address of this site in full."""
    return f"{settings.BASE_URL}{path}"


def feed_url(slug: str, form: str) -> str:
    """Return the address of a feed in one of ``FORMS``."""
    return absolute(feed_path(slug, form))


def feed_path(slug: str, form: str) -> str:
    """Return the path of a feed in one of ``FORMS``."""
    return reverse("frontend_api:feed_file", args=[slug, form])


_TERMS: Mapping[str, Callable[[LessonCard], Iterable[Any]]] = MappingProxyType(
    {
        "ontwikkelpunt": lambda card: (card.ontwikkelpunt, *card.other_ontwikkelpunten),
        "phase": lambda card: card.phases,
        "partner": lambda card: (role.partner for role in card.partners),
        "familyForm": lambda card: card.family_forms,
        "situation": lambda card: card.situations,
        "audience": lambda card: card.audiences,
        "evidenceLevel": lambda card: (card.evidence_level,),
    }
)
_PLACES: Mapping[str, Callable[[LessonCard], Iterable[Any]]] = MappingProxyType(
    {
        "jeugdregio": lambda card: (card.jeugdregio,) if card.jeugdregio else (),
        "gemeente": lambda card: card.gemeenten,
    }
)


def tags_of(card: LessonCard) -> list[Tag]:
    """Return the tags of a lesson, each once, by facet in a fixed order."""
    tags = [Tag("kind", card.kind, card.kind_label, "")]
    for facet, terms in _TERMS.items():
        tags += [Tag(facet, term.code, term.label, term.uri) for term in terms(card)]
    for facet, places in _PLACES.items():
        tags += [Tag(facet, place.code, place.name, place.uri) for place in places(card)]
    if card.pilot:
        tags.append(Tag("pilot", card.pilot.slug, card.pilot.title, absolute_page(card.pilot.url)))
    return list(dict.fromkeys(tags))


def absolute_page(url: str) -> str:
    """Return the address of a page in full; it may be so already."""
    return absolute(url) if url.startswith("/") else url


def lesson_values(card: LessonCard) -> dict[str, Any]:
    """Return what programs may want of a lesson beside title, core and tags."""
    return {
        "uuid": card.uuid,
        "uri": card.uri,
        "state": PublicState.PUBLIC.value,
        "kind": card.kind,
        "scope": card.scope,
        "attribution": card.attribution,
        "licence": card.licence,
        "licence_url": selectors.licence_url(card.licence),
        "last_reviewed": card.last_reviewed.isoformat(),
        "next_review": card.next_review.isoformat(),
        "period": {"from": card.period.from_year, "to": card.period.to_year},
        "own_figures": card.own_figures,
        "owner": card.owner,
        "tags": [
            {"facet": tag.facet, "code": tag.code, "label": tag.label, "uri": tag.uri or None}
            for tag in tags_of(card)
        ],
    }


def gone_values(change: LessonChange) -> dict[str, Any]:
    """Return what may be told of a lesson that is no longer in the feed."""
    tombstone = change.tombstone
    replacement = tombstone.replacement if tombstone else None
    return {
        "uuid": change.uuid,
        "uri": change.uri,
        "state": change.state,
        "state_label": STATE_LABELS[change.state],
        "reason": tombstone.reason if tombstone else None,
        "reason_label": tombstone.reason_label if tombstone else None,
        "explanation": (tombstone.explanation or None) if tombstone else None,
        "gone_since": gone_since(change).isoformat(),
        "changed_at": change.changed_at.isoformat(),
        "replaced_by": replacement.uri if replacement else None,
    }


def gone_since(change: LessonChange) -> datetime.date:
    """Return the first day on which the lesson was no longer in the feed."""
    if change.tombstone is not None:
        return change.tombstone.withdrawn_on
    return change.changed_at.date()


def gone_sentence(change: LessonChange) -> str:
    """Return in Dutch why the lesson is no longer there."""
    sentence = f"Deze les is {STATE_LABELS[change.state]}."
    if change.state == LEFT:
        sentence = "Deze les valt niet meer onder deze feed."
    if change.tombstone is None:
        return sentence
    return " ".join(
        filter(
            None,
            [sentence, f"Reden: {change.tombstone.reason_label}.", change.tombstone.explanation],
        )
    )


def xml_text(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
