"""All lessons to load, with what belongs to them: relations, rights, dates of review."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lessons.choices import Licence, RelationKind
from lessons.loading.content_files import CONTENT_DIR, read_entries, read_entry
from lessons.loading.lesson_files import LESSONS_DIR, KnownCodes, LessonEntry, read_lessons
from lessons.loading.problems import Problem, raise_if_any

PUBLICATION_FILE = CONTENT_DIR / "publication.yaml"
ATTRIBUTION_MAX_LENGTH = 200


@dataclass(frozen=True)
class PublicationEntry:
    """What holds for every lesson of the editors: rights, contact, dates of review."""

    licence: str
    contact_role: str
    attribution: str
    last_reviewed: date
    next_review: date
    review_soon: date
    to_review_soon: frozenset[str]

    def next_review_of(self, lesson: LessonEntry) -> date:
        """Return when the lesson must be looked at again."""
        if lesson.next_review is not None:
            return lesson.next_review
        return self.review_soon if lesson.code in self.to_review_soon else self.next_review

    def attribution_of(self, lesson: LessonEntry) -> str:
        """Return how others must name the makers: the editors and the publishers."""
        publishers = list(dict.fromkeys(source.publisher for source in lesson.sources))
        text = f"{self.attribution} {_enumerated(publishers) or 'eigen kennis'}"
        if len(text) > ATTRIBUTION_MAX_LENGTH:
            return f"{self.attribution} de genoemde bronnen"
        return text


def _enumerated(names: list[str]) -> str:
    """Return the names as Dutch prose lists them: 'a, b en c'."""
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@dataclass(frozen=True)
class RelationEntry:
    """How one lesson stands to another, by their codes."""

    source: str
    kind: str
    target: str


@dataclass(frozen=True)
class LessonCollection:
    """All lessons to load, with what belongs to them."""

    lessons: tuple[LessonEntry, ...]
    relations: tuple[RelationEntry, ...]
    publication: PublicationEntry


def read_collection(
    lessons_dir: Path = LESSONS_DIR, content_dir: Path = CONTENT_DIR
) -> LessonCollection:
    """Read all files of lessons; raise ``LoadingError`` with every fault in them."""
    lessons = read_lessons(lessons_dir, KnownCodes.load())
    codes = {lesson.code for lesson in lessons}
    problems: list[Problem] = []
    relations = []
    for entry in read_entries(content_dir / "relations.yaml", problems, called="verband"):
        relations.append(
            RelationEntry(
                source=entry.code("from", codes),
                kind=entry.code("kind", RelationKind.values),
                target=entry.code("to", codes),
            )
        )
        entry.text("reason")
        entry.finish()
    raise_if_any(problems)
    publication = read_publication(content_dir / "publication.yaml", codes)
    return LessonCollection(lessons, tuple(relations), publication)


def read_publication(
    path: Path = PUBLICATION_FILE, codes: Collection[str] | None = None
) -> PublicationEntry:
    """Read what holds for every lesson; ``codes`` are the lessons that it may name."""
    problems: list[Problem] = []
    entry = read_entry(path, problems)
    soon = entry.entry("review_soon")
    soon_date = soon.date("date") if soon else None
    lessons = soon.entry("lessons") if soon else None
    for code in lessons.values if lessons else ():
        if codes is not None and code not in codes:
            entry.report("review_soon", f"les '{code}' is er niet.")
    publication = PublicationEntry(
        licence=entry.code("licence", Licence.values),
        contact_role=entry.text("contact_role", max_length=120),
        attribution=entry.text("attribution", max_length=80),
        last_reviewed=entry.date("last_reviewed") or date.max,
        next_review=entry.date("next_review") or date.max,
        review_soon=soon_date or date.max,
        to_review_soon=frozenset(lessons.values if lessons else ()),
    )
    entry.finish()
    raise_if_any(problems)
    return publication
