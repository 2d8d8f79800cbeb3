"""What the templates of embeds write out, as values.

Every address is in full: the fragment stands on somebody else's page.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.records import Comparison, LessonCard, SideBySide, Tombstone
from search.service import LessonHit


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson in an embed, with whom to name and under what terms."""

    hit: LessonHit
    url: str
    where: str
    period: str
    licence: str
    licence_url: str

    @property
    def card(self) -> LessonCard:
        """All that is shown of the lesson itself."""
        return self.hit.card


@dataclass(frozen=True, slots=True)
class ListEmbed:
    """The lessons of a feed, or of a question."""

    title: str
    about: str
    lessons: tuple[ShownLesson, ...]
    total: int | None
    """How many there are in all; None for a feed, which is not counted."""
    more_url: str


@dataclass(frozen=True, slots=True)
class LessonEmbed:
    """One lesson."""

    lesson: ShownLesson

    @property
    def title(self) -> str:
        """What the embed is called."""
        return self.lesson.card.title


@dataclass(frozen=True, slots=True)
class GoneEmbed:
    """What is told of a lesson that is gone."""

    tombstone: Tombstone
    sentence: str
    replacement_url: str

    @property
    def title(self) -> str:
        """What the embed is called."""
        return self.sentence


@dataclass(frozen=True, slots=True)
class SearchEmbed:
    """A search form and, once something was asked, what was found."""

    text: str
    action: str
    """Where the form leads in the page of an iframe."""
    own_page: str
    """Where it leads when a server put the fragment into a page of its own."""
    kept: tuple[tuple[str, str], ...]
    """What the form sends along beside the words."""
    is_asked: bool
    lessons: tuple[ShownLesson, ...]
    total: int
    message: str
    """The count, as it is told to whoever does not see the list appear."""
    notices: tuple[str, ...]
    suggestion: str
    more_url: str

    @property
    def title(self) -> str:
        """What the embed is called."""
        return self.message or "Zoeken in de lessen"


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A comparable gemeente."""

    name: str
    url: str
    similarity: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenLesson:
    """A lesson with how the place where it was learned compares."""

    lesson: ShownLesson
    similarity: int | None
    place: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class GemeenteEmbed:
    """A gemeente: its figures with their sources, what is like it, and lessons for it."""

    name: str
    url: str
    provincie: str
    jeugdregio: str
    notice: str
    profile: SideBySide
    comparison: Comparison
    comparable: tuple[ShownPlace, ...]
    lessons: tuple[SeenLesson, ...]
    more_url: str

    @property
    def title(self) -> str:
        """What the embed is called."""
        return f"Gemeente {self.name}"
