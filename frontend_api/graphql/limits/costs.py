"""What an answer may cost: how many values it can hold.

A field counts once, and inside a list once for each item that the list may have. A list
with ``first`` has as many as that says, which may be a variable: its value is known with
the request only, so a cost keeps what depends on it and is summed up then. For other lists
``SIZES`` says how many are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lessons.selectors import MAX_COMPARABLE
from search import service

USUAL_SIZE = 5
SIZES: Mapping[str, int] = MappingProxyType(
    {
        "Feed.addresses": 4,
        "FormerGemeente.successors": 1,
        "GapAxisTerms.terms": 50,
        "GapMap.cells": 250,
        "GapMap.gaps": 100,
        "Gemeente.figures": 40,
        "Gemeente.predecessors": 1,
        "Jeugdregio.gemeenten": 10,
        "LessonConnection.facets": 12,
        "LessonFacetCounts.terms": 40,
        "PeriodProfile.figures": 40,
        "Query.feeds": 50,
        "Query.gemeenten": 350,
        "Query.jeugdregios": 45,
        "Query.pages": 20,
        "Query.pilots": 20,
        "Query.vocabularies": 8,
        "Vocabulary.terms": 25,
    }
)
"""Items counted of lists of objects without ``first``; of any other ``USUAL_SIZE``."""

PAGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "LessonConnection": (service.DEFAULT_PAGE_SIZE, service.MAX_PAGE_SIZE),
        "LessonChangePage": (service.DEFAULT_CHANGES, service.MAX_CHANGES),
        "GemeenteComparison": (10, MAX_COMPARABLE),
        "JeugdregioComparison": (10, MAX_COMPARABLE),
        "Suggestion": (service.DEFAULT_SUGGESTIONS, service.MAX_SUGGESTIONS),
        "Lesson": (service.DEFAULT_RELATED, service.MAX_RELATED),
    }
)
"""What a field with ``first`` gives → how many items without it, and at most."""

ITEMS_OF_PAGES = frozenset({"nodes", "edges"})
"""The fields of a page that hold its items."""

LISTED = "uuids"
"""The argument of a list that has an item for each of its values."""
MOST_LISTED = service.MAX_CHANGES


@dataclass(frozen=True, slots=True)
class PageSize:
    """How many items a page may hold: a number, or that of a variable."""

    usual: int
    """Without the variable, or with one that is no number."""
    most: int
    variable: str | None = None

    def items(self, variables: Mapping[str, Any]) -> int:
        """Return the number with these variables; what is out of bounds is refused later."""
        value = variables.get(self.variable) if self.variable else None
        if isinstance(value, list):
            number = len(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            number = value
        else:
            number = self.usual
        return max(1, min(number, self.most))


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum: a fixed part, one for each item of the page that it stands in, and one by page."""

    fixed: int = 0
    each_item: int = 0
    pages: tuple[tuple[PageSize, int], ...] = ()

    def beside(self, other: Cost) -> Cost:
        """Return the cost of both together."""
        if not other.pages or not self.pages:
            pages = self.pages or other.pages
        else:
            together = dict(self.pages)
            for size, number in other.pages:
                together[size] = together.get(size, 0) + number
            pages = tuple(together.items())
        return Cost(self.fixed + other.fixed, self.each_item + other.each_item, pages)

    def times(self, number: int) -> Cost:
        """Return the cost of as many."""
        pages = tuple((size, each * number) for size, each in self.pages)
        return Cost(self.fixed * number, self.each_item * number, pages)

    def as_items(self) -> Cost:
        """Return the cost of the items of a page, each of which costs this much."""
        return Cost(each_item=self.largest())

    def on_page(self, size: PageSize) -> Cost:
        """Return the cost with the size of the page that it stands in."""
        if not self.each_item:
            return self
        return Cost(self.fixed, 0, self.pages).beside(Cost(pages=((size, self.each_item),)))

    def largest(self) -> int:
        """Return the cost with every page as long as it may be."""
        return self.fixed + sum(size.most * number for size, number in self.pages)

    def total(self, variables: Mapping[str, Any] | None) -> int:
        """Return the cost with the variables of a request."""
        given = variables or {}
        return self.fixed + sum(size.items(given) * number for size, number in self.pages)


NO_COST = Cost()
