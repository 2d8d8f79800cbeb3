"""Lessons that editors put on top of the answer to a question."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.models import PinnedQuery
from search.text_syntax import parse


@dataclass(frozen=True, slots=True)
class PinnedLesson:
    """A lesson on top, up to and including a day."""

    lesson_pk: int
    until: datetime.date | None = None


class Pins:
    """Finds the lessons that lead the answer to a wording."""

    def __init__(self, pinned: Iterable[tuple[str, Sequence[PinnedLesson]]] = ()) -> None:
        self._lessons = {parse(typed).wording: tuple(lessons) for typed, lessons in pinned}

    def leading(self, wording: str, today: datetime.date) -> tuple[int, ...]:
        """Return the keys of the lessons for a wording (``TextQuery.wording``), in order."""
        return tuple(
            pinned.lesson_pk
            for pinned in self._lessons.get(wording, ())
            if pinned.until is None or pinned.until >= today
        )

    def with_lessons(self, typed: str, lesson_pks: Iterable[int]) -> Pins:
        """Return these pins with other lessons for one wording."""
        changed = Pins()
        changed._lessons = {
            **self._lessons,
            parse(typed).wording: tuple(map(PinnedLesson, lesson_pks)),
        }
        return changed


def stored_pins() -> Pins:
    """Return the pins as the database has them; two queries."""
    return Pins(
        (typed, [PinnedLesson(pin.lesson_id, pin.until) for pin in question.pins.all()])
        for question in PinnedQuery.objects.prefetch_related("pins")
        for typed in question.typed
    )
