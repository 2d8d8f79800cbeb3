"""Making the documents of very many lessons, in several processes at once.

Reading and cutting up a lesson takes far more time than writing it to an index, and one
process of Python does it on one core. So a large rebuild has helpers: each is given keys,
and gives documents back with their words already cut. A helper ends when this process does,
however that ends: its end of the pipe then closes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from django.db import connection

from search.documents import LessonDocument, lesson_documents
from search.engines.contract import EngineError
from search.helper_process import begin

Batch = Sequence[int]

WORTH_HELPERS = 5000
"""With fewer lessons the helpers would take longer to begin than to do the work."""

_MOST_HELPERS = 4


def documents_of(batches: Sequence[Batch]) -> Iterator[list[LessonDocument]]:
    """Yield the documents of each batch, in any order of the batches.

    Raises ``EngineError`` when a helper could not go on.
    """
    helpers = _helpers_for(sum(map(len, batches)))
    if not helpers:
        yield from map(lesson_documents, batches)
        return
    with _running(helpers) as pipes:
        yield from _handed_out(batches, pipes)


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
    pipes, processes = [], []
    try:
        for _helper in range(number):
            ours, theirs = fresh.Pipe()
            process = fresh.Process(target=begin, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join()


def _handed_out(
    batches: Iterable[Batch], pipes: Sequence[Connection[Any, Any]]
) -> Iterator[list[LessonDocument]]:
    """Give every helper its next batch as soon as it is done with the last."""
    waiting = iter(batches)
    busy: list[Connection[Any, Any]] = []
    try:
        for pipe, batch in zip(pipes, waiting, strict=False):
            pipe.send(batch)
            busy.append(pipe)
        while busy:
            for ready in wait(busy):
                pipe = cast("Connection[Any, Any]", ready)
                made = pipe.recv()
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
