"""System checks: what one can forget when the domain or the settings change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from lessons.choices import StoryPart
from search.documents import STORY_TEXTS
from search.engines.registry import ENGINES
from search.signal_handlers import unfollowed_models

SEARCH_TAG = "search"


@register(SEARCH_TAG)
def check_changes_are_followed(**_kwargs: Any) -> list[CheckMessage]:
    """Whatever a lesson refers to makes its entry in the index old when it changes."""
    return [
        Error(
            f"Lessons refer to {label}, but its changes do not reach the search index.",
            hint="Connect it in search.signal_handlers, or add it to UNINDEXED_MODELS there.",
            id="search.E001",
        )
        for label in unfollowed_models()
    ]


@register(SEARCH_TAG)
def check_story_parts_are_searched(**_kwargs: Any) -> list[CheckMessage]:
    """Every part of the story is indexed and highlighted."""
    return [
        Error(
            f"The story part '{part}' is not searched.",
            hint=f"Add '{part}' to search.documents.STORY_TEXTS and raise FORM_VERSION.",
            id="search.E002",
        )
        for part in StoryPart.values
        if part not in STORY_TEXTS
    ]


@register(SEARCH_TAG)
def check_engine_exists(**_kwargs: Any) -> list[CheckMessage]:
    """The engine that the settings name is one that we have."""
    if settings.SEARCH_ENGINE in ENGINES:
        return []
    return [
        Error(
            f"There is no search engine '{settings.SEARCH_ENGINE}'.",
            hint=f"Set LESSENBANK_SEARCH_ENGINE to one of: {', '.join(ENGINES)}.",
            id="search.E003",
        )
    ]


@register(SEARCH_TAG)
def check_elasticsearch_can_be_reached(**_kwargs: Any) -> list[CheckMessage]:
    """Elasticsearch has an address, and gets a password only where nobody can read along."""
    if settings.SEARCH_ENGINE != "elasticsearch":
        return []
    if not settings.ELASTICSEARCH_ADDRESSES:
        return [
            Error(
                "The search engine is elasticsearch, but no address of it is known.",
                hint="Set LESSENBANK_ELASTICSEARCH, or LESSENBANK_SEARCH_ENGINE to embedded.",
                id="search.E004",
            )
        ]
    has_secret = settings.ELASTICSEARCH_PASSWORD or settings.ELASTICSEARCH_API_KEY
    return [
        Warning(
            f"The password or key of Elasticsearch travels to {address} unencrypted.",
            hint="Use an address that begins with https, and LESSENBANK_ELASTICSEARCH_CA_FILE.",
            id="search.W001",
        )
        for address in settings.ELASTICSEARCH_ADDRESSES
        if has_secret and not address.startswith("https:")
    ]
