"""From the outbox to the index, and from the database to a whole new index.

Both lose nothing, whenever a process is killed: an entry leaves the outbox only after
the index is on disk, and a new index serves only when it is complete. In the transaction
that takes the entry away, the change is written down in the register of changes, and the
lesson joins and leaves feeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import structlog
from django.db import DatabaseError, connection, transaction

from cms import content_version
from lessons import selectors
from search import outbox
from search.changes import recording
from search.document_makers import entries_of
from search.documents import LessonDocument, lesson_documents
from search.engines.contract import Engine, EngineError, IndexState, Rebuild
from search.engines.registry import get_engine
from search.feeds import members
from search.models import OutboxEntry

logger = structlog.get_logger(__name__)

BATCH_SIZE = 250
REQUEST_LIMIT = 400
"""How many entries a web request carries out at most; a worker or the next does the rest."""

_PUBLISH_WAIT = 2.0
_REBUILD_WAIT = 60.0

Progress = Callable[[int, int], None]


def drain(*, limit: int | None = None, wait: float = 0.0) -> int:
    """Carry out what waits in the outbox; return the number of entries done.

    Stops when another process writes for longer than ``wait`` seconds, and does nothing
    while there is no index. Raises nothing: what fails stays in the outbox.
    """
    done = 0
    try:
        while limit is None or done < limit:
            size = BATCH_SIZE if limit is None else min(BATCH_SIZE, limit - done)
            count = _drain_batch(get_engine(), size, wait)
            if not count:
                break
            done += count
        _refresh_feeds(get_engine(), wait)
    except (EngineError, DatabaseError, OSError):
        logger.exception("drain_interrupted")
    return done


def _drain_batch(engine: Engine, size: int, wait: float) -> int:
    """Carry out one batch. The lock is let go in between, for a rebuild that wants to end."""
    with engine.writing(wait=wait) as held:
        if not held or not _is_ready(engine, size):
            return 0
        count = 0
        while not count and (entries := outbox.due(size)):
            count = _carry_out(engine, entries)
        return count


def _is_ready(engine: Engine, size: int) -> bool:
    """Return whether the index can be written; without it, still write down what changed."""
    is_ready = False
    try:
        is_ready = engine.state() is IndexState.READY
    finally:
        if not is_ready:
            _record_alone(outbox.unrecorded(size))
    return is_ready


def _record_alone(entries: Sequence[OutboxEntry]) -> None:
    """Write down what changed, of entries that have yet to reach the index."""
    if entries:
        with transaction.atomic():
            recording.record({entry.lesson_pk for entry in entries})
            outbox.mark_recorded(entries)
            content_version.changed()


def _refresh_feeds(engine: Engine, wait: float) -> None:
    """Seek the members of new feeds, and of those whose question means something else now."""
    for feed in members.stale_feeds():
        with engine.writing(wait=wait) as held:
            if held and engine.state() is IndexState.READY:
                members.refresh(engine, feed)


def _carry_out(engine: Engine, entries: Sequence[OutboxEntry]) -> int:
    """Write the lessons of the entries; on a fault find out which of them it is."""
    try:
        pks = sorted({entry.lesson_pk for entry in entries})
        documents = _write(engine, pks)
        matches = members.find_matches(engine, pks)
        with transaction.atomic():
            recording.record(pks, documents)
            members.follow(matches, pks)
            outbox.complete(entries, keep=engine.is_rebuilding())
            content_version.changed()
    except DatabaseError:
        raise
    except Exception as error:
        # Whatever a lesson holds that cannot be indexed must not keep the others waiting.
        if len(entries) > 1 and not isinstance(error, EngineError):
            return sum(_carry_out(engine, [entry]) for entry in entries)
        logger.exception("index_entry_failed", lessons=[entry.lesson_pk for entry in entries])
        outbox.fail(entries, error)
        return 0
    return len(entries)


def _write(engine: Engine | Rebuild, pks: Sequence[int]) -> list[LessonDocument]:
    documents = lesson_documents(pks)
    public = {document.pk for document in documents}
    engine.write(documents, [pk for pk in pks if pk not in public])
    return documents


def drain_after_commit() -> None:
    """Bring the index up to date when this transaction is committed.

    Never disturbs the request: publishing succeeds also when indexing cannot.
    """
    # One drain does for all changes; those of another savepoint may yet be rolled back.
    here = set(connection.savepoint_ids)
    planned = [waiting[1] for waiting in connection.run_on_commit if waiting[0] == here]
    if _drain_quietly not in planned:
        transaction.on_commit(_drain_quietly)


def _drain_quietly() -> None:
    try:
        drain(limit=REQUEST_LIMIT, wait=_PUBLISH_WAIT)
    except Exception:
        logger.exception("drain_after_commit_failed")


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew from the database alone; return the number of lessons.

    The old index serves until the new one is complete. What is published meanwhile is in
    both. Raises ``RebuildRunningError`` and other ``EngineError``.
    """
    engine = get_engine()
    with engine.rebuilding() as new_index:
        # Noted before anything is read, so the new index has these changes in it.
        before = outbox.waiting_entries()
        pks = selectors.public_lesson_pks()
        _fill(new_index, pks, progress)
        with engine.writing(wait=_REBUILD_WAIT) as held:
            if not held:
                raise EngineError("The index is being written; the rebuild could not finish.")
            late = outbox.written_during_rebuild()
            for start in range(0, len(late), BATCH_SIZE):
                batch = late[start : start + BATCH_SIZE]
                _write(new_index, sorted({entry.lesson_pk for entry in batch}))
            new_index.publish()
            _catch_up_register(before)
            outbox.forget([entry.pk for entry in late])
            outbox.forget(before)
            content_version.changed()
    logger.info("index_rebuilt", lessons=len(pks))
    outbox.retry_now()
    drain(wait=_PUBLISH_WAIT)
    return len(pks)


def _catch_up_register(entry_pks: Sequence[int]) -> None:
    """Write down what nobody noted, and what these entries note; feeds follow in the drain."""
    recording.mend()
    for batch in _batches(entry_pks):
        _record_alone(outbox.unrecorded(BATCH_SIZE, among=batch))
    members.seek_all_anew()


def _fill(new_index: Rebuild, pks: Sequence[int], progress: Progress | None = None) -> None:
    done = 0
    for entries in entries_of(list(_batches(pks)), new_index.entry):
        new_index.add(entries)
        # One that stopped being public meanwhile is done too.
        done = min(done + BATCH_SIZE, len(pks))
        if progress is not None:
            progress(done, len(pks))


def make(engine: Engine) -> None:
    """Make the index of an engine that the outbox does not follow; raises ``EngineError``."""
    with engine.rebuilding() as new_index:
        _fill(new_index, selectors.public_lesson_pks())
        with engine.writing(wait=_REBUILD_WAIT) as held:
            if not held:
                raise EngineError("The index is being written; it could not be replaced.")
            new_index.publish()


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH_SIZE):
        yield pks[start : start + BATCH_SIZE]
