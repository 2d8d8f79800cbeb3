"""A helper of a rebuild: a new process, in which Django is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from search.documents import LessonDocument


def begin(pipe: Connection[Any, Any]) -> None:
    """Make documents for whoever holds the other end of the pipe, until nobody asks for more.

    Takes keys of lessons; gives their documents with the words already cut, or the fault
    as a text.
    """
    django.setup()
    # Models can be imported from here on only.
    from django.db import connection

    from search.documents import lesson_documents
    from search.engines.analysis import analysed

    def documents(pks: Sequence[int]) -> list[LessonDocument]:
        made = lesson_documents(pks)
        for document in made:
            analysed(document)
        return made

    try:
        while True:
            pipe.send(_made(documents, pipe.recv()))
    except (EOFError, OSError):
        connection.close()


def _made(
    documents: Callable[[Sequence[int]], list[LessonDocument]], pks: Sequence[int]
) -> list[LessonDocument] | str:
    try:
        return documents(pks)
    except Exception as error:  # noqa: BLE001 - told to the process that asked
        return f"{type(error).__name__}: {error}"
