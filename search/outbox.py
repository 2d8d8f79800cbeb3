"""Writing and reading the outbox; what an entry means is told in ``search.models``.

An entry waits until the index holds its lesson as it is. While a rebuild runs it is kept
a little longer, marked as written, because the index in the making may have read its
lesson before the change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from search.models import OutboxEntry

_FIRST_DELAY_SECONDS = 2
_LONGEST_DELAY_SECONDS = 300
_ERROR_LENGTH = 500
_MOST_AT_ONCE = 5000


def add(lesson_pks: Iterable[int]) -> int:
    """Note that these lessons may have changed; call it in the transaction of the change."""
    entries = [OutboxEntry(lesson_pk=pk) for pk in sorted(set(lesson_pks))]
    OutboxEntry.objects.bulk_create(entries, batch_size=500)
    return len(entries)


def _waiting() -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(written_at__isnull=True)


def waiting() -> QuerySet[OutboxEntry]:
    """Return what waits, to be made part of another query."""
    return _waiting().order_by()


def pending() -> int:
    """Return how many entries wait, those that failed before included."""
    return _waiting().count()


@dataclass(frozen=True)
class Backlog:
    """What waits: how many lessons, how many of them failed before, and since when."""

    waiting: int
    failing: int
    oldest: datetime | None
    last_error: str = ""


def backlog() -> Backlog:
    """Return what waits; one query, and one more when something failed."""
    found = _waiting().aggregate(
        waiting=Count("lesson_pk", distinct=True),
        failing=Count("lesson_pk", distinct=True, filter=Q(attempts__gt=0)),
        oldest=Min("created_at"),
    )
    failed = _waiting().filter(attempts__gt=0).order_by("-pk").first() if found["failing"] else None
    return Backlog(**found, last_error=failed.last_error if failed else "")


def is_empty() -> bool:
    """Return whether nothing waits; one query."""
    return not _waiting().exists()


def pending_lessons() -> frozenset[int]:
    """Return the lessons that the index may show as they no longer are."""
    return frozenset(_waiting().values_list("lesson_pk", flat=True))


def waiting_lessons() -> dict[int, int]:
    """Return entry → lesson of all that waits; an entry made later has a higher number."""
    return dict(_waiting().values_list("pk", "lesson_pk"))


def due(limit: int) -> list[OutboxEntry]:
    """Return the oldest entries that may be tried now."""
    return list(_waiting().filter(available_at__lte=timezone.now()).order_by("pk")[:limit])


def unrecorded(limit: int, among: Collection[int] | None = None) -> list[OutboxEntry]:
    """Return the oldest entries that the register of changes does not have yet."""
    found = _waiting().filter(recorded_at__isnull=True)
    if among is not None:
        found = found.filter(pk__in=among)
    return list(found.order_by("pk")[:limit])


def mark_recorded(entries: Sequence[OutboxEntry]) -> None:
    """Note that the register of changes has these entries, though the index has not."""
    keys = [entry.pk for entry in entries]
    OutboxEntry.objects.filter(pk__in=keys).update(recorded_at=timezone.now())


def complete(entries: Sequence[OutboxEntry], *, keep: bool) -> None:
    """Take away entries whose lessons the index holds; ``keep`` them while a rebuild runs."""
    done = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    if keep:
        done.update(written_at=timezone.now())
    else:
        done.delete()
        # Left by a rebuild that was killed.
        OutboxEntry.objects.filter(written_at__isnull=False).delete()


def fail(entries: Sequence[OutboxEntry], error: Exception) -> None:
    """Put entries back, to be tried again after a delay that doubles each time."""
    for entry in entries:
        delay = min(_FIRST_DELAY_SECONDS * 2 ** min(entry.attempts, 20), _LONGEST_DELAY_SECONDS)
        OutboxEntry.objects.filter(pk=entry.pk).update(
            attempts=F("attempts") + 1,
            last_error=f"{type(error).__name__}: {error}"[:_ERROR_LENGTH],
            available_at=timezone.now() + timedelta(seconds=delay),
        )


def retry_now() -> None:
    """Let entries that failed be tried at once."""
    _waiting().update(available_at=timezone.now())


def written_during_rebuild() -> list[OutboxEntry]:
    """Return the entries that were written to the old index while a new one was made."""
    return list(OutboxEntry.objects.filter(written_at__isnull=False).order_by("pk"))


def waiting_entries() -> list[int]:
    """Return the keys of the entries that wait now, those that failed before included."""
    return list(_waiting().values_list("pk", flat=True))


def forget(entry_pks: Sequence[int]) -> None:
    """Take away entries that every index holds."""
    for start in range(0, len(entry_pks), _MOST_AT_ONCE):
        OutboxEntry.objects.filter(pk__in=entry_pks[start : start + _MOST_AT_ONCE]).delete()
