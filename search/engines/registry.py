"""Which engine answers: the one that the settings name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from search.engines.contract import Engine
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.locks import FileLocks, Locks, PostgresqlLocks

if TYPE_CHECKING:
    from search.engines.elasticsearch.engine import ElasticsearchEngine


def get_engine() -> Engine:
    """Return the engine of the settings; one for each process and index."""
    return ENGINES[settings.SEARCH_ENGINE]()


def embedded_in(root: Path) -> EmbeddedEngine:
    """Return the embedded engine with its index in a folder."""
    return _embedded_in(root)


def elasticsearch_under(prefix: str) -> ElasticsearchEngine:
    """Return the engine on the cluster of the settings, its indices named so."""
    return _elasticsearch(
        tuple(settings.ELASTICSEARCH_ADDRESSES),
        settings.ELASTICSEARCH_USER,
        settings.ELASTICSEARCH_PASSWORD,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_FILE,
        prefix,
        settings.ELASTICSEARCH_SECONDS,
        Path(settings.SEARCH_INDEX_DIR),
        connection.vendor,
        # Two processes cannot speak over one connection; a fork makes its own.
        os.getpid(),
    )


def _embedded() -> Engine:
    return _embedded_in(Path(settings.SEARCH_INDEX_DIR))


def _elasticsearch_of_settings() -> Engine:
    return elasticsearch_under(settings.ELASTICSEARCH_PREFIX)


@lru_cache(maxsize=4)
def _embedded_in(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)


@lru_cache(maxsize=2)
def _elasticsearch(
    addresses: tuple[str, ...],
    user: str,
    password: str,
    api_key: str,
    ca_file: str,
    prefix: str,
    seconds: float,
    folder: Path,
    database: str,
    _process: int,
) -> ElasticsearchEngine:
    # The client takes a second to load, which only those pay who use it.
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.engines.elasticsearch.server import Access

    access = Access(addresses, user, password, api_key, ca_file, prefix, seconds)
    # Whoever shares the database shares the index, and takes turns at writing it.
    locks: Locks = PostgresqlLocks(prefix) if database == "postgresql" else FileLocks(folder)
    return ElasticsearchEngine(access, locks)


ENGINES: Mapping[str, Callable[[], Engine]] = {
    "embedded": _embedded,
    "elasticsearch": _elasticsearch_of_settings,
}
