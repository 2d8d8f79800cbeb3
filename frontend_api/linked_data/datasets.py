"""What data there are to take, in which forms and under which licence.

The page about open data and the catalogue in RDF are both made of this.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cms import content_version
from frontend_api.feeds.items import FORMS, absolute, feed_url
from frontend_api.linked_data.negotiation import BY_SUFFIX, TURTLE
from frontend_api.linked_data.places import LABELS
from lessons import selectors
from lessons.choices import Licence
from lessons.records import Vocabulary
from search import service
from search.service import FeedRecord

SERVICE = "graphql"
ATTRIBUTION = {
    "gemeente": "Bron: CBS en het TOOI-register.",
    "jeugdregio": "Bron: CBS.",
}
FIGURES_NOTE = (
    "Bron: CBS; per kolom staan jaar en tabel boven in het bestand. Het bestand vergelijkt "
    "de omgeving en zegt niet wie het beter doet."
)
_STRICTEST_FIRST = (Licence.CC_BY_SA, Licence.CC_BY, Licence.CC0)
_FILE_TYPES = {"json": "JSON", "atom": "ATOM", "csv": "CSV", "jsonl": "JSON"}
_MEDIA_TYPES = {"json": "application/json", "atom": "application/atom+xml", "csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Distribution:
    """A form in which a dataset can be had."""

    slug: str
    title: str
    url: str
    file_type: str
    """A code of the file types of the EU."""
    media_type: str = ""
    """Empty for one that IANA does not know."""
    is_service: bool = False
    """Whether it has to be asked for, instead of downloaded."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data under one name; ``slug`` is part of its URI."""

    slug: str
    title: str
    description: str
    licence: Licence
    keywords: tuple[str, ...]
    landing_page: str
    distributions: tuple[Distribution, ...]
    modified: datetime.datetime | None = None
    vocabulary: Vocabulary | None = None

    @property
    def licence_url(self) -> str:
        """Address of the text of the licence."""
        return selectors.licence_url(self.licence.value)


def catalog_uri() -> str:
    """Return the URI of the catalogue."""
    return absolute(reverse("frontend_api:catalog"))


def dataset_uri(slug: str) -> str:
    """Return the URI of a dataset, of a service, or of whom the catalogue names."""
    return f"{catalog_uri()}#{slug}"


def datasets() -> tuple[Dataset, ...]:
    """Return all datasets: lessons, feeds, vocabularies and places; ten queries."""
    feeds = service.feeds()
    licence = lessons_licence()
    return (
        _lessons([feed for feed in feeds if not feed.parameters], licence),
        *(_feed(feed, licence) for feed in feeds if feed.parameters),
        *(_vocabulary(vocabulary) for vocabulary in selectors.vocabularies()),
        *(_places(kind, label) for kind, label in LABELS.items()),
        _figures(),
    )


def lessons_licence() -> Licence:
    """Return the licence under which all lessons together may be used: the strictest of theirs."""
    used = selectors.licences_in_use()
    return next((each for each in _STRICTEST_FIRST if each.value in used), Licence.CC_BY)


def _lessons(feeds: list[FeedRecord], licence: Licence) -> Dataset:
    api = Distribution(
        SERVICE,
        "GraphQL",
        absolute(reverse("frontend_api:graphql")),
        "JSON",
        "application/json",
        is_service=True,
    )
    return Dataset(
        slug="lessen",
        title="Lessen over jeugdhulp in gezinsvormen",
        description=(
            "Wat gemeenten, jeugdregio's en hun partners leerden over jeugdhulp in gezinsvormen: "
            "wat werkte, wat niet en waarom, met bron en bewijskracht. Elke les noemt haar eigen "
            "licentie en wie genoemd moet worden."
        ),
        licence=licence,
        keywords=("jeugdhulp", "pleegzorg", "gezinshuizen", "geleerde lessen"),
        landing_page=absolute(reverse("frontend_api:search")),
        distributions=(api, *(form for feed in feeds for form in _feed_forms(feed))),
        modified=content_version.current().changed_at,
    )


def _feed(feed: FeedRecord, licence: Licence) -> Dataset:
    return Dataset(
        slug=f"feed-{feed.slug}",
        title=feed.title,
        description=feed.description or f"De lessen van de feed ‘{feed.title}’.",
        licence=licence,
        keywords=("jeugdhulp", "geleerde lessen"),
        landing_page=absolute(f"{reverse('frontend_api:feeds')}#feed-{feed.slug}"),
        distributions=_feed_forms(feed),
        modified=feed.changed_at,
    )


def _feed_forms(feed: FeedRecord) -> tuple[Distribution, ...]:
    return tuple(
        Distribution(
            f"{feed.slug}-{form}",
            name,
            feed_url(feed.slug, form),
            _FILE_TYPES[form],
            _MEDIA_TYPES.get(form, ""),
        )
        for form, name in FORMS.items()
    )


def _vocabulary(vocabulary: Vocabulary) -> Dataset:
    segment = vocabulary.uri.rpartition("/")[2]
    return Dataset(
        slug=segment,
        title=f"Begrippenlijst: {vocabulary.label}",
        description=(
            f"De begrippen van de lijst ‘{vocabulary.label}’ met code, namen en omschrijving, "
            "waarmee de lessen geordend zijn. Samengevoegde begrippen noemen hun opvolger."
        ),
        licence=Licence.CC_BY,
        keywords=("begrippenlijst", vocabulary.label),
        landing_page=dataset_uri(segment),
        distributions=_concept_forms(segment),
        vocabulary=vocabulary,
    )


def _places(kind: str, label: str) -> Dataset:
    return Dataset(
        slug=kind,
        title=label.capitalize(),
        description=(
            f"Namen en codes van alle {label} van nu, met hun onderlinge verband en het adres dat "
            f"ze hier hebben. {ATTRIBUTION[kind]}"
        ),
        licence=Licence.CC_BY,
        keywords=(label,),
        landing_page=absolute(reverse("frontend_api:map")),
        distributions=_concept_forms(kind),
    )


def _figures() -> Dataset:
    address = absolute(reverse("frontend_api:traits_file"))
    files = (
        ("kenmerken-gemeente", "per gemeente", address),
        ("kenmerken-jeugdregio", "per jeugdregio", f"{address}?soort=jeugdregio"),
    )
    return Dataset(
        slug="kenmerken",
        title="Kenmerken van gemeenten en jeugdregio's",
        description=f"Waarop gemeenten en jeugdregio's hier vergeleken worden. {FIGURES_NOTE}",
        licence=Licence.CC_BY,
        keywords=("gemeenten", "jeugdregio's", "kerncijfers"),
        landing_page=absolute(reverse("frontend_api:compare")),
        distributions=tuple(
            Distribution(slug, f"CSV {title}", url, "CSV", "text/csv") for slug, title, url in files
        ),
    )


def _concept_forms(segment: str) -> tuple[Distribution, ...]:
    return tuple(
        Distribution(
            f"{segment}-{suffix}",
            form.name,
            f"{settings.BASE_URL}/id/{segment}.{suffix}",
            "RDF_TURTLE" if form is TURTLE else "JSON_LD",
            form.media_type,
        )
        for suffix, form in BY_SUFFIX.items()
    )
