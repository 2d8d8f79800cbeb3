"""The word lists that editors keep, as the next search sees them: synonyms and pins.

Read from the database when they have changed and kept in memory: a change counts from
the next search on, in every process, without touching the index. Both have one mark, so
that a search asks the database once.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Exists

from cms import content_version
from lessons import selectors
from lessons.records import FacetTable
from search import outbox
from search.models import WordListVersion
from search.names import NameBook, stored_names
from search.pins import Pins, stored_pins
from search.synonyms import Synonyms, stored_synonyms

LASTING_FACETS = tuple(facet for facet in selectors.FACETS if facet != "pilot")


@dataclass(frozen=True, slots=True)
class WordLists:
    """What a search knows of words beside the index."""

    synonyms: Synonyms = field(default_factory=Synonyms)
    pins: Pins = field(default_factory=Pins)
    names: NameBook = field(default_factory=NameBook)
    tables: Mapping[str, FacetTable] = field(default_factory=lambda: MappingProxyType({}))
    """The codes of every facet but pilots: which of those are public depends on the hour."""


_cached: tuple[str, WordLists] | None = None


def current_word_lists() -> WordLists:
    """Return the lists as they are now; one query unless they have changed."""
    return Present().word_lists()


class Present:
    """What every answer asks the database when it begins, by one query: lists and backlog."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(*_question())
            found = cursor.fetchone()
        self._version: str | None = found[0] if found else None
        self.is_behind = bool(found[1]) if found else True
        """Whether changes wait for the index."""

    def word_lists(self) -> WordLists:
        """Return the lists; no query unless they have changed."""
        return _word_lists(self._version)


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and its values: to make them takes longer than to answer them."""
    versions = WordListVersion.objects.annotate(is_behind=Exists(outbox.waiting()))
    return versions.values_list("token", "is_behind")[:1].query.sql_with_params()


def _word_lists(version: str | None) -> WordLists:
    global _cached
    held = _cached
    if held is not None and held[0] == version:
        return held[1]
    if version is None:
        version = word_lists_changed()
    # Read after the mark: a change in between leaves an older mark, so it is read again.
    lists = WordLists(
        stored_synonyms(),
        stored_pins(),
        NameBook(stored_names()),
        MappingProxyType(selectors.facet_tables(LASTING_FACETS)),
    )
    _cached = (version, lists)
    return lists


def word_lists_changed() -> str:
    """Make every process read the lists again, when this transaction is committed."""
    content_version.changed()
    token = uuid.uuid4().hex
    WordListVersion.objects.update_or_create(pk=1, defaults={"token": token})
    return token
