"""Helpers of a rebuild: new processes, in which Django is not there yet."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from search.engines.contract import EntryMaker


def begin(pipes: Sequence[Connection[Any, Any]]) -> None:
    """Make entries for whoever holds the other ends of the pipes, until nobody asks for more.

    There is a process for each pipe. It takes a maker of entries, and then keys of lessons;
    it gives their entries pickled, or the fault as a text.
    """
    django.setup()
    # All that is there by now stays: nothing of it needs to be looked through for garbage.
    gc.freeze()
    # To begin takes seconds, which one process spends for all. Nothing runs beside it yet,
    # and it has no connection to the database: a copy of it is as good as a new one.
    others = [_begin_another(pipes, number) for number in range(1, len(pipes))]
    _serve(pipes, 0)
    for other in others:
        os.waitpid(other, 0)


def _begin_another(pipes: Sequence[Connection[Any, Any]], number: int) -> int:
    process = os.fork()
    if not process:
        try:
            _serve(pipes, number)
        finally:
            os._exit(0)
    return process


def _serve(pipes: Sequence[Connection[Any, Any]], number: int) -> None:
    # Models can be imported from here on only.
    from django.db import connection

    pipe = pipes[number]
    for other in pipes:
        # Only one process may hold a pipe: it would never end for the others.
        if other is not pipe:
            other.close()
    try:
        entry = pipe.recv()
        while True:
            pipe.send_bytes(pickle.dumps(_made(entry, pipe.recv()), pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        connection.close()


def _made(entry: EntryMaker, pks: Sequence[int]) -> list[Any] | str:
    from search.documents import lesson_documents

    try:
        return [entry(document) for document in lesson_documents(pks)]
    except Exception as error:  # noqa: BLE001 - told to the process that asked
        return f"{type(error).__name__}: {error}"
