"""Making the entries of very many lessons, in several processes at once.

Reading and cutting up a lesson takes more time than writing it to an index, and one process
of Python does it on one core. So a large rebuild has helpers: each is given keys, and gives
back what the engine stores of those lessons, ready to be written. A helper ends when this
process does, however that ends: its end of the pipe then closes.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from django.db import connection

from search.documents import lesson_documents
from search.engines.contract import EngineError, Entry, EntryMaker
from search.helper_process import begin

Batch = Sequence[int]

WORTH_HELPERS = 5000
"""With fewer lessons the helpers would take longer to begin than to do the work."""

_MOST_HELPERS = 4


def entries_of(batches: Sequence[Batch], entry: EntryMaker) -> Iterator[Sequence[Entry]]:
    """Yield the entries of the lessons of each batch, in any order of the batches.

    Raises ``EngineError`` when a helper could not go on.
    """
    waiting = iter(batches)
    helpers = _helpers_for(sum(map(len, batches)))
    if helpers:
        with _running(helpers) as pipes:
            yield from _handed_out(waiting, pipes, entry)
    for batch in waiting:
        yield _made_here(batch, entry)


def _made_here(batch: Batch, entry: EntryMaker) -> list[Entry]:
    return [entry(document) for document in lesson_documents(batch)]


def _helpers_for(lessons: int) -> int:
    # A database in memory is seen by this process only.
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    if lessons < WORTH_HELPERS or in_memory or connection.in_atomic_block:
        return 0
    cores = len(os.sched_getaffinity(0))
    return 0 if cores < 2 else min(cores, _MOST_HELPERS)


@contextmanager
def _running(number: int) -> Iterator[list[Connection[Any, Any]]]:
    # A fresh start: a copy of this process would share its connection to the database.
    fresh = multiprocessing.get_context("spawn")
    pairs = [fresh.Pipe() for _helper in range(number)]
    ours, theirs = ([pair[end] for pair in pairs] for end in (0, 1))
    process = fresh.Process(target=begin, args=(theirs,), daemon=True)
    try:
        process.start()
        for pipe in theirs:
            pipe.close()
        yield ours
    finally:
        for pipe in ours:
            pipe.close()
        process.join()


def _handed_out(
    waiting: Iterator[Batch], pipes: Iterable[Connection[Any, Any]], entry: EntryMaker
) -> Iterator[Sequence[Entry]]:
    """Give every helper its next batch as soon as it is done with the last."""
    busy: list[Connection[Any, Any]] = []
    have_begun = False
    try:
        for pipe, batch in zip(pipes, waiting, strict=False):
            pipe.send(entry)
            pipe.send(batch)
            busy.append(pipe)
        while busy:
            ready = wait(busy, None if have_begun else 0)
            own = None if ready else next(waiting, None)
            if own is not None:
                # Until they have begun, the work is done here.
                yield _made_here(own, entry)
                continue
            have_begun = True
            for pipe in cast("list[Connection[Any, Any]]", ready):
                made = pickle.loads(pipe.recv_bytes())  # noqa: S301 - made by our own helper
                if isinstance(made, str):
                    raise EngineError(f"A helper of the rebuild failed: {made}")
                following = next(waiting, None)
                if following is not None:
                    pipe.send(following)
                else:
                    busy.remove(pipe)
                yield made
    except (EOFError, OSError) as error:
        raise EngineError("A helper of the rebuild ended before its work was done.") from error
