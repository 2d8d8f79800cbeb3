"""Sending documents, so that no answer that got lost can do harm.

A request may be carried out long after we stopped waiting for its answer. So every change
carries the moment at which it was made, and the server refuses one that is older than
what it holds, or than a removal that it remembers.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.contract import EngineError

_MOST_BYTES = 10_000_000
_NOT_FOUND, _CONFLICT, _TOO_MANY = 404, 409, 429


class DocumentRefusedError(Exception):
    """A lesson holds something that Elasticsearch does not take; the next one may be well."""


def changes(
    alias: str, entries: Iterable[tuple[int, bytes]], removed: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Return the actions that store what ``to_source`` made, and remove other lessons."""
    known = {"_index": alias, "version": time.time_ns(), "version_type": "external"}
    return [
        *({**known, "_op_type": "delete", "_id": str(pk)} for pk in removed),
        *(
            {**known, "_op_type": "index", "_id": str(pk), "_source": source}
            for pk, source in entries
        ),
    ]


def send(client: Elasticsearch, actions: Iterable[dict[str, Any]], *, refresh: bool) -> None:
    """Carry out actions on an alias that exists; raise for the first that failed."""
    results = streaming_bulk(
        client,
        actions,
        max_chunk_bytes=_MOST_BYTES,
        raise_on_error=False,
        refresh=refresh,
        require_alias=True,
    )
    for fault in _faults(results):
        raise fault


def _faults(results: Iterable[tuple[bool, dict[str, Any]]]) -> Iterator[Exception]:
    for is_done, result in results:
        ((action, told),) = result.items()
        status = told["status"]
        if is_done or (action == "delete" and status == _NOT_FOUND and "error" not in told):
            continue
        message = f"Lesson {told['_id']}: {status} {told.get('error')}"
        is_ours = 400 <= status < 500 and status not in (_NOT_FOUND, _CONFLICT, _TOO_MANY)
        yield DocumentRefusedError(message) if is_ours else EngineError(message)
