"""The version of all that the public may see: it differs as soon as any of it does.

Who keeps an answer keeps it under the version it was made from, and compares. Every
transaction that writes a row of the project or of Wagtail moves the version, in that same
transaction: rather once too often than once too few. So does the search index, when a
change has reached it, and so does the moment at which a page expires.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Max
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from wagtail.models import Page

from cms.models import ContentChange

SECONDS_BELIEVED = 1.0
"""How long a process believes a version before it asks the database again."""

T = TypeVar("T")

_KEPT = datetime.timedelta(hours=1)
_SECONDS_KEPT = 600
_SHOWN_APPS = frozenset(
    {"cms", "lessons", "search", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects"}
)
_UNSEEN_MODELS = frozenset(
    {
        "cms.contentchange",
        "cms.customrendition",
        "search.outboxentry",
        "search.querycount",
        "search.wordlistversion",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.taskstate",
        "wagtailcore.workflowstate",
    }
)


@dataclass(frozen=True, slots=True)
class Version:
    """What the public sees: a token to compare, and when it last changed."""

    token: str
    changed_at: datetime.datetime


_believed: tuple[float, Version] | None = None
_held: dict[str, tuple[str, Any]] = {}
"""Name → the version it was made from, and what was made. Names are few."""


def current() -> Version:
    """Return the version of now, in at most two queries.

    A change by this process counts from its commit on, one by another process within
    ``SECONDS_BELIEVED``.
    """
    global _believed
    believed = _believed
    if believed is not None and time.monotonic() < believed[0]:
        return believed[1]
    # The moment before the question: what is committed meanwhile is asked for again.
    until = time.monotonic() + SECONDS_BELIEVED
    version = _read()
    _believed = (until, version)
    return version


def kept(name: str, make: Callable[[], T]) -> T:
    """Return what ``make`` returns in this version of the content; made once for each version.

    For what is shown, and never for what is written down: another process may have changed
    it within ``SECONDS_BELIEVED``. A None is not kept.
    """
    stated = f"{current().token} {name}"
    key = f"content-{hashlib.sha256(stated.encode()).hexdigest()}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        if found is not None:
            cache.set(key, found, _SECONDS_KEPT)
    return found


def held(name: str, make: Callable[[], T]) -> T:
    """Return what :func:`kept` does, from the memory of this process alone.

    Nothing is copied, which takes less time than the cache does for a table: whoever asks
    must leave what it gets as it is.
    """
    token = current().token
    known = _held.get(name)
    if known is not None and known[0] == token:
        found: T = known[1]
        return found
    made = make()
    _held[name] = (token, made)
    return made


def changed() -> None:
    """Move the version, when this transaction is committed; once is enough for all of it."""
    here = set(connection.savepoint_ids)
    # What another savepoint planned may yet be rolled back.
    planned = [waiting[1] for waiting in connection.run_on_commit if waiting[0] == here]
    if forget in planned:
        return
    ContentChange.objects.create()
    forget()
    transaction.on_commit(forget)


def forget() -> None:
    """Ask the database for the version when it is wanted again."""
    global _believed
    _believed = None
    _held.clear()


def forget_old_changes() -> int:
    """Delete the rows that no longer matter; return how many. The version moves once."""
    return int(ContentChange.objects.filter(made_at__lt=timezone.now() - _KEPT).delete()[0])


def follow_changes() -> None:
    """Let every write of what can be seen move the version."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_note, dispatch_uid=f"cms.content_version.{id(signal)}")


def _note(sender: Any, **_kwargs: Any) -> None:
    meta = sender._meta
    if sender.__module__ == "__fake__":
        # A model of a migration, which may come before the table of changes.
        return
    if meta.app_label in _SHOWN_APPS and meta.label_lower not in _UNSEEN_MODELS:
        changed()


def _read() -> Version:
    """Return the newest row, the number of rows, and the number of pages whose time is over.

    Transactions may be committed in another order than they began: the number tells of one
    that came late with a lower key.
    """
    found = ContentChange.objects.aggregate(
        newest=Max("pk"), number=Count("pk"), changed_at=Max("made_at")
    )
    now = timezone.now()
    # Until the scheduler passes; then they go offline, which is a change by itself.
    expired = Page.objects.filter(live=True, expire_at__lte=now).count()
    token = f"{found['newest'] or 0}-{found['number']}-{expired}"
    return Version(token, now if expired else found["changed_at"] or now)
