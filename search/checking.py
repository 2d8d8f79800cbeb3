"""Comparing the index with the database, lesson by lesson."""

from __future__ import annotations

from dataclasses import dataclass

from lessons import selectors
from search import indexing, outbox
from search.documents import lesson_documents
from search.engines.registry import get_engine


@dataclass(frozen=True)
class Difference:
    """The lessons in which index and database do not agree."""

    missing: tuple[int, ...] = ()
    """Public, but not in the index."""
    extra: tuple[int, ...] = ()
    """In the index, but not public."""
    differing: tuple[int, ...] = ()
    """In both, but not the same."""

    @property
    def lessons(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(sorted({*self.missing, *self.extra, *self.differing}))

    def __bool__(self) -> bool:
        return bool(self.lessons)


def check() -> Difference:
    """Compare every document of the index with one made now. Raises ``EngineError``."""
    indexed = get_engine().fingerprints()
    public = selectors.public_lesson_pks()
    missing, differing = [], []
    for start in range(0, len(public), indexing.BATCH_SIZE):
        for document in lesson_documents(public[start : start + indexing.BATCH_SIZE]):
            if document.pk not in indexed:
                missing.append(document.pk)
            elif indexed[document.pk] != document.fingerprint:
                differing.append(document.pk)
    return Difference(
        missing=tuple(missing),
        extra=tuple(sorted(indexed.keys() - set(public))),
        differing=tuple(differing),
    )


def mend(difference: Difference) -> int:
    """Send the lessons through the outbox once more; return how many entries were done."""
    outbox.add(difference.lessons)
    outbox.retry_now()
    return indexing.drain(wait=10.0)
