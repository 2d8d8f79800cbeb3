"""What is asked: one frozen value that every output speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_TEXT_LENGTH = 400


class LessonOrder(StrEnum):
    """How hits are ordered. Without a text, relevance is the same as newest."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    ADOPTED = "adopted"
    """The lesson that most jeugdregio's apply first."""
    NEAREST = "nearest"
    """The most comparable place first; needs a viewpoint."""


class QueryError(ValueError):
    """A query that cannot be answered as it stands.

    ``code`` is for programs (``UNKNOWN_TERM``, ``INVALID_CURSOR``, ``PAGE_SIZE`` …),
    ``place`` says which argument is at fault, the message says in Dutch what to do.
    """

    def __init__(self, message: str, *, code: str, place: str, accepted: tuple[str, ...] = ()):
        super().__init__(message)
        self.message = message
        self.code = code
        self.place = place
        self.accepted = accepted


@dataclass(frozen=True)
class Viewpoint:
    """From where somebody looks, and how places are compared then.

    ``place`` is the code of a gemeente or jeugdregio; ``weights`` maps a theme to a step
    of 0 to 4, ``without`` names traits that do not count: see
    ``lessons.selectors.comparable_gemeenten``.
    """

    place: str
    weights: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonQuery:
    """A question to the lessons.

    ``filters`` maps a facet (``lessons.selectors.FACETS``) to codes: a lesson matches
    when for each facet it has at least one of the codes. A period filter matches
    lessons whose period overlaps it; lessons of unknown period then do not match.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    period_from: int | None = None
    period_to: int | None = None
    order: LessonOrder = LessonOrder.RELEVANCE
    first: int = DEFAULT_PAGE_SIZE
    after: str | None = None
    facets: tuple[str, ...] = ()
    """The facets to count; each count ignores that facet's own filter."""
    with_highlights: bool = False
    viewpoint: Viewpoint | None = None
    """With one, lessons from comparable places are lifted, and every hit says how its
    place compares."""
    comparability: tuple[str, ...] = ()
    """Bands of ``search.viewpoints.BANDS`` that the place of a lesson must be in one of."""
    counts_comparability: bool = False
    """Whether to count the bands; the count ignores ``comparability``."""
